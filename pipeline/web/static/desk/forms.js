// The forms of the desk: a correction, a note, a fact that was missed. What is typed is held against its slot as one
// types, and kept in the browser until it is sent or given up.

const PAUSE = 120;
const OWN = new Set(["csrf", "decision_id", "seen"]);
const key = (obs) => `solieu.draft.${obs}`;

const values = (form) => Object.fromEntries([...new FormData(form)].filter(([name]) => !OWN.has(name)));

// The draft about a fact: the address of its form, and what was typed; null where there is none.
export const draft = (obs) => JSON.parse(sessionStorage.getItem(key(obs)) ?? "null");

export function keep(obs, kept) {
  sessionStorage.setItem(key(obs), JSON.stringify(kept));
}

export function open(panel, html, address, kept) {
  panel.innerHTML = html;
  panel.hidden = false;
  const form = panel.querySelector("form");
  form.dataset.address = address;
  for (const [name, value] of Object.entries(kept ?? {})) {
    const field = form.elements[name];
    if (!field || field.value === value) continue;
    field.value = value;
  }
  if (kept) check(form);
  panel.scrollIntoView({ block: "nearest" });
  const first = panel.querySelector("[data-first]");
  first?.focus();
  if (first?.matches("input")) first.select();
}

// Closes the form; gives what was in it, for the case that the server refuses it.
export function giveUp(panel, obs) {
  const form = panel.querySelector("form");
  const kept = form && { address: form.dataset.address, values: values(form) };
  sessionStorage.removeItem(key(obs));
  panel.replaceChildren();
  panel.hidden = true;
  return kept;
}

let waiting = 0;

export function typed(form, obs) {
  keep(obs, { address: form.dataset.address, values: values(form) });
  clearTimeout(waiting);
  waiting = setTimeout(() => check(form), PAUSE);
}

// How every slot is understood that the typed changes, and what is wrong with others.
async function check(form) {
  if (!form.dataset.check) return;
  const address = new URL(form.dataset.check, location.origin);
  for (const [name, value] of Object.entries(values(form))) address.searchParams.set(name, value);
  try {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    if (answer.ok && form.isConnected) tell(form, (await answer.json()).slots);
  } catch {
    // Without the server nothing can be said of it now; saving will tell.
  }
}

// Whether all that was typed makes sense; else the first field that does not is brought forward.
export async function makesSense(form) {
  clearTimeout(waiting);
  await check(form);
  const wrong = form.querySelector("[aria-invalid=true]");
  wrong?.focus();
  return !wrong;
}

export function tell(form, slots) {
  for (const told of form.querySelectorAll(".told")) {
    const slot = told.id.replace("told-", ""), { said = "", fine = true } = slots[slot] ?? {};
    if (told.textContent !== said) told.textContent = said;
    told.classList.toggle("wrong", !fine);
    form.elements[slot]?.setAttribute("aria-invalid", String(!fine));
  }
}
