// Decisions on their way to the server. Each is kept in the browser until the server has said that it is on the disk:
// a reload, a broken line or a restart of the server loses none. They go out one after the other, in their order; the
// id of a decision is made here, so that one that is sent twice counts once.

const token = () => document.querySelector("meta[name=csrf]").content;

// crypto.randomUUID is missing where a page comes over plain http from another machine.
export const newId = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

let count = 0;

export class Outbox {
  #prefix;
  #tell;
  #sending = false;
  #failed = false;
  #retry = 0;
  #wait = 1000;

  // `reviewer` whose decisions these are: what another one has left behind in this browser is not sent under this name.
  constructor(reviewer, tell) {
    this.#prefix = `solieu.outbox.${reviewer}.`;
    this.#tell = tell;
    addEventListener("online", () => this.send());
    addEventListener("beforeunload", (event) => { if (this.#failed && this.entries().length) event.preventDefault(); });
  }

  // In their order. Each has a place of its own, so that two windows never write over each other's.
  entries() {
    const keys = Object.keys(localStorage).filter((key) => key.startsWith(this.#prefix)).sort();
    return keys.map((key) => JSON.parse(localStorage.getItem(key))).filter(Boolean);
  }

  #keep(entry) {
    localStorage.setItem(this.#prefix + entry.place, JSON.stringify(entry));
    this.#tell.count(this.entries().length);
  }

  add(entry) {
    this.#keep({ ...entry, place: `${String(Date.now()).padStart(15, "0")}.${String(count++).padStart(6, "0")}.${entry.id}` });
    this.send();
  }

  #drop(entry) {
    localStorage.removeItem(this.#prefix + entry.place);
    this.#tell.count(this.entries().length);
  }

  // Later decisions about the same fact have seen this one.
  #follow(obs, sequence) {
    for (const entry of this.entries()) if (entry.obs === obs) this.#keep({ ...entry, fields: { ...entry.fields, seen: sequence } });
  }

  holds(obs) {
    return this.entries().some((entry) => entry.obs === obs);
  }

  // When nothing about this fact is on its way any more, or after a while.
  async settled(obs, most = 4000) {
    const until = Date.now() + most;
    while (this.holds(obs) && Date.now() < until) await new Promise((done) => setTimeout(done, 25));
  }

  async send() {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#retry);
    try {
      for (let entry = this.entries()[0]; entry; entry = this.entries()[0]) if (!(await this.#sendOne(entry))) break;
    } finally {
      this.#sending = false;
    }
  }

  async #sendOne(entry) {
    let answer;
    try {
      answer = await fetch(entry.url, {
        method: "POST",
        headers: { accept: "application/json", "x-csrf-token": token() },
        body: new URLSearchParams(entry.fields),
        signal: AbortSignal.timeout(20000),
      });
    } catch {
      return this.#later("offline");
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) {
      this.#wait = 1000;
      this.#failed = false;
      this.#drop(entry);
      this.#follow(entry.obs, told.sequence);
      this.#tell.saved(entry, told);
      return true;
    }
    if (answer.status === 401) return this.#later("login");
    if (answer.status === 403) return this.#later("refused", told.detail);
    if (answer.status >= 500) return this.#later("broken");
    // The server has judged it: it is not in the record, and would not be the next time.
    this.#drop(entry);
    this.#tell.refused(entry, answer.status, told);
    return true;
  }

  #later(why, detail = "") {
    this.#failed = true;
    this.#tell.waiting(why, detail);
    this.#retry = setTimeout(() => this.send(), this.#wait);
    this.#wait = Math.min(this.#wait * 2, 30000);
    return false;
  }
}
