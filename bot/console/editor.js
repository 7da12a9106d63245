// Line numbers beside the source, findings at their lines, and the lesson as it
// is typed. All of it works without: numbers stand in the findings, and
// "Preview" draws the page anew.
"use strict";
for (const box of document.querySelectorAll(".source")) {
  const area = box.querySelector("textarea");
  const lines = document.createElement("div");
  lines.className = "numbers";
  lines.setAttribute("aria-hidden", "true");
  box.prepend(lines);
  box.classList.add("lined");
  const scope = box.closest("section, form");
  const marks = () => {
    const at = new Map();
    for (const f of scope.querySelectorAll(".findings [data-line]")) {
      if (f.dataset.line !== "0" && at.get(f.dataset.line) !== "fault") at.set(f.dataset.line, f.dataset.kind);
    }
    [...lines.children].forEach((line, i) => { line.className = at.has(String(i + 1)) ? at.get(String(i + 1)) + "-line" : ""; });
  };
  const draw = () => {
    const look = getComputedStyle(area);
    for (const of of ["font", "letterSpacing", "wordSpacing", "tabSize", "padding"]) lines.style[of] = look[of];
    lines.replaceChildren(...area.value.split("\n").map((text, i) => {
      const line = document.createElement("div");
      line.dataset.n = i + 1;
      line.textContent = text || "\u200b";
      return line;
    }));
    area.style.height = lines.scrollHeight + 2 + "px";
    marks();
  };
  area.addEventListener("input", draw);
  new ResizeObserver(draw).observe(box);
  box.addEventListener("marks", marks);
  draw();
}
// A press on a finding goes to its line.
document.addEventListener("click", (e) => {
  const label = e.target.closest(".findings strong");
  const item = label?.closest("[data-line]");
  const area = item?.closest("section, form")?.querySelector(".source textarea") || document.querySelector(".editing .source textarea");
  if (!item || !area || item.dataset.line === "0" || item.querySelector('a[href^="/console/series"]')) return;
  const before = area.value.split("\n").slice(0, item.dataset.line - 1).join("\n");
  const start = before.length + (item.dataset.line > 1 ? 1 : 0);
  const end = area.value.indexOf("\n", start);
  area.focus();
  area.setSelectionRange(start, end < 0 ? area.value.length : end);
});
// What becomes of the text, a moment after the last key.
const form = document.querySelector("form[data-live]");
if (form) {
  const live = document.getElementById("live");
  const area = form.querySelector("textarea[name=text]");
  let timer, running;
  const show = async () => {
    running?.abort();
    running = new AbortController();
    const body = new URLSearchParams({ file: form.elements.file.value, text: area.value });
    try {
      const answer = await fetch(form.dataset.live, { method: "POST", body, signal: running.signal });
      if (!answer.ok) return;
      const open = live.querySelector(".app[open]")?.dataset.app;
      const top = live.querySelector(".app[open] .phone")?.scrollTop || 0;
      live.innerHTML = await answer.text();
      for (const app of live.querySelectorAll(".app")) app.open = app.dataset.app === open;
      const phone = live.querySelector(".app[open] .phone");
      if (phone) phone.scrollTop = top;
      form.querySelector(".source").dispatchEvent(new Event("marks"));
    } catch { /* the next key tries again; nothing is lost */ }
  };
  area.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 500); });
  // What was typed and not saved is not left by mistake.
  let saved = area.value;
  form.addEventListener("submit", () => { saved = area.value; });
  window.addEventListener("beforeunload", (e) => { if (area.value !== saved) e.preventDefault(); });
}
