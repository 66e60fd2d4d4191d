"use strict";

// The menu is folded on a narrow screen; without this script it is simply open.
const menu = document.querySelector(".menu");
const narrow = window.matchMedia("(max-width: 900px)");
const foldMenu = () => { if (menu) menu.open = !narrow.matches; };
narrow.addEventListener("change", foldMenu);
foldMenu();

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && button.dataset.do === "print") window.print();
});

// "/" goes to the search field, as in many programs, unless one is typing.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, select, textarea, [contenteditable]")) return;
  event.preventDefault();
  document.querySelector(".find input").focus();
});

// The chosen fact is brought into sight in the list beside the text as well.
const showChosen = () => {
  const list = document.querySelector(".facts");
  const chosen = list && list.querySelector(".selected");
  if (chosen) list.scrollTop = chosen.offsetTop - list.offsetTop - 40;
};
showChosen();

// Filters that were unfolded on a narrow screen stay so while the page follows their changes.
let unfolded = false;
document.addEventListener("htmx:before:swap", () => {
  const fold = document.querySelector(".fold");
  unfolded = Boolean(fold && fold.open);
});
document.addEventListener("htmx:after:swap", () => {
  const fold = document.querySelector(".fold");
  if (fold) fold.open = unfolded;
});
