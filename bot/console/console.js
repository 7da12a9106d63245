// What a page can do without, and is nicer with.
"use strict";
// A form that was refused: the focus is on what is wrong.
document.querySelector(".faults")?.focus();
// A menu closes by Escape and by a press elsewhere.
document.addEventListener("keydown", (e) => {
  if (e.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (e) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(e.target)) menu.open = false;
});
