// Facts as fragments of the page: fetched ahead, so that the next one is there before it is asked for.

const AHEAD = 3;

export class Facts {
  #ready = new Map();

  // `place` is the element whose content a fact is.
  constructor(place) {
    this.place = place;
  }

  get held() {
    return this.place.querySelector(".held");
  }

  #fetched(address) {
    let fragment = this.#ready.get(address);
    if (!fragment) {
      fragment = fetched(address);
      this.#ready.set(address, fragment);
      fragment.catch(() => this.#ready.delete(address));
      if (this.#ready.size > 24) this.#ready.delete(this.#ready.keys().next().value);
    }
    return fragment;
  }

  // What was fetched ahead about this fact is no longer as it is.
  forget(obs) {
    for (const address of this.#ready.keys()) if (address.includes(obs)) this.#ready.delete(address);
  }

  forgetAll() {
    this.#ready.clear();
  }

  // Raises where the server does not answer.
  async show(address, push = true) {
    const { content, url } = await this.#fetched(address);
    this.#ready.delete(address);
    this.place.replaceChildren(content.cloneNode(true));
    if (push) history.pushState(null, "", url);
    this.fetchAhead();
  }

  async fetchAhead() {
    let address = this.held?.dataset.next;
    for (let n = 0; n < AHEAD && address; n++) {
      try {
        const { content } = await this.#fetched(address);
        address = content.querySelector(".held").dataset.next;
      } catch {
        return;
      }
    }
  }
}

async function fetched(address) {
  const url = new URL(address, location.origin);
  url.hash = "";
  const asked = new URL(url);
  asked.searchParams.set("fragment", "1");
  const answer = await fetch(asked, { headers: { accept: "application/json" } });
  if (!answer.ok) throw Object.assign(new Error(`${answer.status}`), { status: answer.status });
  const template = document.createElement("template");
  template.innerHTML = await answer.text();
  const picture = template.content.querySelector("svg image");
  if (picture) {
    const ahead = new Image();
    ahead.src = picture.getAttribute("href");
  }
  return { content: template.content, url: url.pathname + url.search };
}
