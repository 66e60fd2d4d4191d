// The source: what stands in it is brought into sight, larger or smaller, and lights up with its slot.

const STEPS = [75, 100, 125, 150, 200, 300];
const KEY = "solieu.desk.zoom";

// A page is as wide as its place; on a narrow screen nobody could read it so.
const fitting = () => (matchMedia("(max-width: 600px)").matches ? 200 : 100);
const step = () => Number(localStorage.getItem(KEY)) || fitting();

export function layOut(place) {
  const view = place.querySelector(".source-view");
  if (!view) return;
  for (const one of STEPS) view.classList.toggle(`zoom-${one}`, one === step() && one !== 100);
  bringIntoSight(view, place.querySelector("#here"));
  const current = place.querySelector(".strip [aria-current]");
  if (current) {
    const strip = current.closest("ol"), inner = current.getBoundingClientRect(), outer = strip.getBoundingClientRect();
    strip.scrollLeft += inner.left - outer.left - (strip.clientWidth - inner.width) / 2;
  }
}

export function bringIntoSight(view, element) {
  if (!element) return;
  const inner = element.getBoundingClientRect(), outer = view.getBoundingClientRect();
  view.scrollTop += inner.top - outer.top - (view.clientHeight - inner.height) * 0.4;
  view.scrollLeft += inner.left - outer.left - (view.clientWidth - inner.width) / 2;
}

export function zoom(place, by) {
  const at = STEPS.indexOf(step());
  if (by === 0) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, STEPS[Math.min(Math.max((at < 0 ? 1 : at) + by, 0), STEPS.length - 1)]);
  layOut(place);
}

// The words of a slot stand out while one points at the slot.
export function lightUp(place, slot, on) {
  for (const mark of place.querySelectorAll(`.source-view .slot-${slot}`)) mark.classList.toggle("lit", on);
}

// The words of a page's picture, laid unseen over it when one first points at it, so that they can be selected.
export async function layWords(place) {
  const layer = place.querySelector("[data-words]");
  if (!layer) return;
  const address = layer.dataset.words;
  delete layer.dataset.words;
  const answer = await fetch(address).catch(() => null);
  if (answer?.ok) layer.innerHTML = await answer.text();
  else layer.dataset.words = address;
}

// The offset in the document of a place in the page: pieces bear theirs, in code points.
function offsetOf(node, at) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const child = node.childNodes[at] ?? node;
    const piece = child.nodeType === Node.ELEMENT_NODE ? child.querySelector("[data-at]") ?? child.closest("[data-at]") : null;
    if (piece) return Number(piece.dataset.at);
    return child.nodeType === Node.TEXT_NODE ? offsetOf(child, 0) : null;
  }
  const piece = node.parentElement.closest("[data-at]");
  return piece ? Number(piece.dataset.at) + [...node.data.slice(0, at)].length : null;
}

// The words that are selected in the text, as offsets; null where none are.
export function selectedWords(place) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!place.querySelector(".source-view .text, .source-view .words")?.contains(range.commonAncestorContainer)) return null;
  const start = offsetOf(range.startContainer, range.startOffset), end = offsetOf(range.endContainer, range.endOffset);
  return start !== null && end !== null && start < end ? { start, end } : null;
}
