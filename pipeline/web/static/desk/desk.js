// The desk: every key and button, and what follows a decision. Without this script each is a plain form or link.

import { Facts } from "./facts.js";
import * as forms from "./forms.js";
import { Outbox, newId } from "./outbox.js";
import { bringIntoSight, layOut, layWords, lightUp, selectedWords, zoom } from "./source-view.js";

const desk = document.querySelector(".desk");
const place = document.getElementById("fact");
const say = document.getElementById("say");
const trouble = document.getElementById("trouble");
const help = document.querySelector("dialog.help");
const words = JSON.parse(desk.dataset.words);
const VERDICTS = new Set(["accept", "reject", "correct", "no_source"]);
const UNDECIDED = new Set(["pending", "changed"]);

const worded = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const announce = (text) => { say.textContent = text; };

// Trouble is told in words, never as markup; `actions` are [text, what to do].
function tell(text, actions = []) {
  const buttons = actions.map(([said, act]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button";
    button.textContent = said;
    button.addEventListener("click", act);
    return button;
  });
  trouble.replaceChildren(...(text ? [Object.assign(document.createElement("span"), { textContent: text }), ...buttons] : []));
}

const quiet = ["×", () => tell("")];
const facts = new Facts(place);
const outbox = new Outbox(desk.dataset.reviewer, {
  count(number) {
    const unsent = document.querySelector(".desk-unsent");
    unsent.hidden = number < 2;
    unsent.textContent = worded(words.unsent, { number });
  },
  saved(entry, told) {
    if (trouble.dataset.waiting) {
      delete trouble.dataset.waiting;
      tell("");
    }
    if (facts.held?.dataset.obs === entry.obs) {
      facts.held.dataset.seen = told.sequence;
      for (const field of place.querySelectorAll("input[name=seen]")) field.value = told.sequence;
    }
    if (entry.again && facts.held?.dataset.obs === entry.obs) facts.show(location.href, false).then(settle);
  },
  refused(entry, status, told) {
    facts.forget(entry.obs);
    if (entry.counted) count(-entry.counted);
    if (entry.draft) forms.keep(entry.obs, entry.draft);
    const back = [words.open, () => { tell(""); go(entry.page); }];
    tell(`${entry.said}: ${told.detail ?? words.refused}`, [back, quiet]);
  },
  waiting(why, detail) {
    trouble.dataset.waiting = why;
    const login = [words.login, () => { location.href = `/review/login?next=${encodeURIComponent(location.pathname + location.search)}`; }];
    const again = [words.again, () => outbox.send()];
    tell(`${words[why]} ${detail}`, why === "login" ? [login] : why === "refused" ? [[words.reload, () => location.reload()], again] : [again]);
  },
});

function count(by) {
  const progress = document.querySelector(".desk-progress");
  const decided = Number(progress.dataset.decided) + by, total = Number(progress.dataset.total);
  progress.dataset.decided = decided;
  progress.querySelector("b").textContent = decided.toLocaleString(document.documentElement.lang);
  progress.querySelector("rect:not(.ground)").setAttribute("width", total ? (100 * decided) / total : 0);
}

// What is done with each fact that is shown.
function settle() {
  layOut(place);
  document.getElementById("main").focus({ preventScroll: true });
  const draft = forms.draft(facts.held.dataset.obs);
  if (draft) openForm(draft.address, draft.values).then(() => announce(words.restored));
}

async function go(address, push = true) {
  if (!address) return;
  const obs = decodeURIComponent(new URL(address, location.origin).pathname.split("/")[2] ?? "");
  if (outbox.holds(obs)) {
    await outbox.settled(obs);
    facts.forget(obs);
  }
  try {
    await facts.show(address, push);
  } catch (problem) {
    if (problem.status) location.href = address;
    else tell(words.offline, [[words.again, () => { tell(""); go(address, push); }]]);
    return;
  }
  settle();
  announce(facts.held.dataset.said);
}

const made = JSON.parse(sessionStorage.getItem("solieu.made") ?? "[]");
const remember = () => sessionStorage.setItem("solieu.made", JSON.stringify(made.slice(-200)));

function decide(form, kind) {
  const held = facts.held, id = newId(), { obs, said, next, state } = held.dataset;
  // Until the next fact is there, the one that was just decided stands on the desk: a key is not meant for it.
  if ("left" in held.dataset) return;
  const page = location.pathname + location.search;
  const fields = { ...Object.fromEntries(new FormData(form)), decision: kind, decision_id: id };
  delete fields.csrf;
  const counted = VERDICTS.has(kind) && UNDECIDED.has(state) ? 1 : 0;
  const entry = { id, obs, said: `${words[kind] ?? kind} – ${said}`, url: new URL(form.action).pathname + new URL(form.action).search, fields, page, counted };
  const stays = kind === "note" || kind === "add";
  if (form.matches(".panel")) entry.draft = forms.giveUp(place.querySelector("#panel"), obs);
  if (stays) entry.again = true;
  else {
    made.push({ obs, id, page, url: entry.url, counted });
    remember();
  }
  outbox.add(entry);
  count(counted);
  facts.forget(obs);
  if (stays) {
    announce(words[kind]);
  } else if (next) {
    held.dataset.left = "";
    go(next).then(() => announce(worded(words.decided, { what: words[kind], next: facts.held.dataset.said })));
  } else {
    held.dataset.left = "";
    outbox.settled(obs).then(() => { location.href = document.querySelector(".desk-queue").href; });
  }
}

async function undo() {
  const last = made.pop();
  remember();
  if (!last) return tell(words.nothing_to_undo, [quiet]);
  outbox.add({ id: newId(), obs: last.obs, said: words.undo, url: last.url, page: last.page, counted: -last.counted, fields: { decision: "undo", decision_id: newId(), undoes: last.id } });
  count(-last.counted);
  facts.forget(last.obs);
  await go(last.page);
  announce(`${words.undo}: ${facts.held.dataset.said}`);
}

// A form of the server, beside the fact. `kept` is what was typed into it before the page was left.
async function openForm(address, kept) {
  const asked = new URL(address, location.origin);
  asked.searchParams.set("fragment", "1");
  const answer = await fetch(asked, { headers: { accept: "application/json" } }).catch(() => null);
  if (!answer) return tell(words.offline, [[words.again, () => { tell(""); openForm(address, kept); }]]);
  if (!answer.ok) return tell((await answer.json().catch(() => ({}))).detail ?? words.refused, [quiet]);
  forms.open(place.querySelector("#panel"), await answer.text(), address, kept);
}

async function addMissed(button) {
  const chosen = selectedWords(place), focused = document.activeElement;
  if (chosen) return openForm(`${button.href}${button.search ? "&" : "?"}start=${chosen.start}&end=${chosen.end}`);
  if (focused?.dataset?.do === "form" && focused.closest(".source-view")) return openForm(focused.getAttribute("href"));
  const text = place.querySelector("[data-do=swap][href*='show=text']:not([aria-current])");
  if (text) await go(text.href);
  tell(words.select_first, [quiet]);
}

function nextLeft() {
  const left = [...place.querySelectorAll(".source-view a[data-do=form]")];
  if (!left.length) return announce(words.none_left);
  const at = left.indexOf(document.activeElement);
  const one = left[(at + 1) % left.length];
  one.focus({ preventScroll: true });
  bringIntoSight(place.querySelector(".source-view"), one);
}

const DOING = {
  "zoom-in": () => zoom(place, 1),
  "zoom-out": () => zoom(place, -1),
  help: () => help.showModal(),
  open: (element) => go(element.href),
  swap: (element) => go(element.href),
  form: (element) => openForm(element.getAttribute("href")),
  "add-here": addMissed,
  cancel,
};

function cancel() {
  forms.giveUp(place.querySelector("#panel"), facts.held.dataset.obs);
  document.getElementById("main").focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const element = event.target.closest("[data-do]");
  const act = element && DOING[element.dataset.do];
  if (!act || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (element.getAttribute("aria-disabled") === "true") return event.preventDefault();
  event.preventDefault();
  act(element);
});

document.addEventListener("submit", async (event) => {
  const form = event.target, kind = event.submitter?.value || form.elements.decision?.value;
  if (!form.closest("#fact")) return;
  event.preventDefault();
  if (kind === "undo") undo();
  else if (kind && (!form.dataset.check || (await forms.makesSense(form)))) decide(form, kind);
});

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.panel");
  if (form) forms.typed(form, facts.held.dataset.obs);
});

place.addEventListener("pointerover", (event) => {
  if (event.target.closest?.(".sheet")) layWords(place);
});
for (const [name, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
  document.addEventListener(name, (event) => {
    const line = event.target.closest?.("[data-slot]");
    if (line) lightUp(place, line.dataset.slot, on);
  });
}

// Keys of one letter stand on their buttons; these have none.
const KEYS = {
  "[": () => go(facts.held.dataset.previousHere),
  "]": () => go(facts.held.dataset.nextHere),
  g: () => { location.href = document.querySelector(".desk-queue").href; },
  c: () => press("e"),
  PageDown: () => turn(1, "PageDown"),
  PageUp: () => turn(-1, "PageUp"),
  x: nextLeft,
  0: () => zoom(place, 0),
  "=": () => zoom(place, 1),
  "?": () => help.showModal(),
  ArrowDown: () => scroll(60),
  ArrowUp: () => scroll(-60),
};

// In a text, on by a view; on a page, or at an end of the text, to the next one.
function turn(by, key) {
  const view = place.querySelector(".source-view"), before = view.scrollTop;
  if (!view.querySelector(".sheet")) view.scrollTop += by * view.clientHeight * 0.9;
  if (view.scrollTop === before) press(key);
}
const scroll = (by) => { place.querySelector(".source-view").scrollTop += by; };

function press(key) {
  const element = place.querySelector(`[data-key="${CSS.escape(key)}"]:not([aria-current]):not([aria-disabled="true"])`);
  if (!element) return false;
  element.classList.add("pressed");
  setTimeout(() => element.classList.remove("pressed"), 180);
  element.click();
  return true;
}

// A Vietnamese input method may hold a letter back; the key itself tells then which one it is.
const letter = (event) => (event.isComposing || event.key === "Process" ? event.code.replace(/^Key/, "") : event.key);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  const field = event.target.closest?.("input, select, textarea");
  if (field) {
    if (event.key === "Escape" && field.form?.matches(".panel")) cancel();
    if (event.key === "Enter" && field.tagName === "TEXTAREA" && !event.shiftKey) {
      event.preventDefault();
      field.form.requestSubmit();
    }
    return;
  }
  const key = letter(event), name = key.length === 1 ? key.toLowerCase() : key;
  if (name === "Escape") return tell("");
  if (event.repeat && /^[a-z]$/.test(name)) return event.preventDefault();
  const own = Object.hasOwn(KEYS, name) ? KEYS[name] : null;
  if (own) {
    event.preventDefault();
    own();
  } else if (press(name)) event.preventDefault();
});

addEventListener("popstate", () => go(location.href, false));
settle();
facts.fetchAhead();
outbox.send();
desk.dataset.ready = "";
