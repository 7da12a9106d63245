// The chat without leaving the page: forms are sent in the background, and what
// is said arrives over a stream. Without this script the page does the same by
// forms and redirects alone.
"use strict";
(() => {
  const main = document.querySelector("main");
  const log = document.querySelector(".log");
  const notice = document.querySelector(".notice");
  const field = document.getElementById("say");
  let seen = Number(main.dataset.number);
  const languages = [document.documentElement.lang, ...navigator.languages].join(",");
  let stream;
  let spoken = ""; // the language of what was said last

  // apply makes the page what a state says. It may come twice, or late.
  function apply(state) {
    if (!state.anew && state.n <= seen) return;
    const held = log.contains(document.activeElement) ? document.activeElement.closest(".entry") : null;
    const entries = new Map();
    for (const e of [...log.children]) {
      if (state.anew && !state.order.includes(e.dataset.key)) e.remove();
      else entries.set(e.dataset.key, e);
    }
    const arrived = [];
    for (const c of state.changed) {
      const old = entries.get(c.k);
      if (old && Number(old.dataset.n) === c.n && !state.anew) continue;
      const template = document.createElement("template");
      template.innerHTML = c.html;
      const entry = template.content.firstElementChild;
      if (old) old.replaceWith(entry);
      else entry.classList.add("arriving");
      entries.set(c.k, entry);
      arrived.push(entry);
    }
    seen = state.n;
    // A page begins with the latest entries; of those we must have all.
    const order = state.order.slice(Math.max(0, state.order.findIndex((key) => entries.has(key))));
    if (order.some((key) => !entries.has(key))) return again("missed " + seen);
    order.forEach((key, i) => {
      const entry = entries.get(key);
      if (log.children[i] !== entry) log.insertBefore(entry, log.children[i] || null);
    });
    while (log.children.length > order.length) log.lastElementChild.remove();
    document.querySelectorAll(".hush").forEach((e) => e.remove());
    // Who pressed something stays where the answer is.
    const next = arrived.filter((e) => e.classList.contains("bot")).pop();
    if (next && held && (!log.contains(held) || !held.contains(document.activeElement))) {
      next.querySelector(".said").focus({ preventScroll: true });
    }
    if (next) next.scrollIntoView({ block: "nearest" });
    else if (arrived.length) arrived[arrived.length - 1].scrollIntoView({ block: "nearest" });
    spoken = state.lang;
    inLanguage();
  }

  // inLanguage draws the page in the language that is spoken, but not while
  // something is being typed.
  function inLanguage() {
    if (spoken && spoken !== document.documentElement.lang && !field.value) again(spoken);
  }

  // again draws the page anew, never twice for one reason: not in a circle.
  function again(why) {
    if (sessionStorage.getItem("drawn") === why) return;
    sessionStorage.setItem("drawn", why);
    sessionStorage.setItem("typing", document.activeElement === field ? "yes" : "");
    location.hash = "last";
    location.reload();
  }

  function say(words) {
    notice.textContent = words;
    notice.hidden = !words;
  }

  function newName() {
    const letters = "abcdefghijklmnopqrstuvwxyz234567";
    return [...crypto.getRandomValues(new Uint8Array(26))].map((b) => letters[b % 32]).join("");
  }

  const wait = (ms) => new Promise((done) => {
    setTimeout(done, ms);
    addEventListener("online", done, { once: true });
  });

  // send brings a form to the server, again and again while nobody answers: it
  // is the same event each time. It returns whether it was taken.
  async function send(values) {
    for (let pause = 1000; ; pause = Math.min(2 * pause, 15000)) {
      values.set("since", String(seen));
      try {
        const headers = { Accept: "application/json", "Accept-Language": languages };
        const answer = await fetch("/chat", { method: "POST", body: values, headers });
        const body = await answer.json();
        if (answer.ok) {
          say("");
          apply(body);
          return true;
        }
        if (answer.status < 500) {
          say(body.error || "");
          return false;
        }
      } catch {
        // no connection, or no answer of ours: wait
      }
      say(main.dataset.offline);
      await wait(pause);
    }
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (form.getAttribute("action") !== "/chat") return;
    event.preventDefault();
    const around = form.closest(".said") || form;
    if (around.classList.contains("busy")) return;
    const button = event.submitter;
    const values = new URLSearchParams(new FormData(form, button));
    const typed = form.classList.contains("write") ? field.value : "";
    const buttons = [...around.querySelectorAll("button")];
    const words = typed ? null : button && button.querySelector(".words");
    const label = words && words.textContent;
    around.classList.add("busy");
    for (const b of buttons) b.setAttribute("aria-disabled", "true");
    if (words) {
      button.dataset.sent = "";
      words.textContent = main.dataset.sending;
    }
    const menu = form.closest(".menu");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    const taken = await send(values);
    around.classList.remove("busy");
    for (const b of buttons) b.removeAttribute("aria-disabled");
    if (words) {
      delete button.dataset.sent;
      words.textContent = label;
    }
    if (taken) for (const hidden of around.querySelectorAll("[name=event]")) hidden.value = newName();
    if (taken && typed && field.value === typed) field.value = "";
    inLanguage();
  });

  // Escape and a press elsewhere close the menu.
  const menu = document.querySelector(".menu");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });

  function listen() {
    if (stream) stream.close();
    stream = new EventSource("/chat/events?since=" + seen);
    stream.onmessage = (event) => apply(JSON.parse(event.data));
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
    };
  }
  // Browsers allow few connections to a host: a page that nobody sees has none,
  // and catches up when it is looked at again.
  document.addEventListener("visibilitychange", () => {
    if (!stream) return;
    if (document.hidden) stream.close();
    else listen();
  });
  addEventListener("pagehide", () => stream && stream.close());
  addEventListener("pageshow", (event) => event.persisted && listen());

  if (main.dataset.new) {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
    const join = new URLSearchParams(location.search).get("join");
    const came = new URLSearchParams({ event: newName(), came: "1", zone });
    if (join) {
      came.set("join", join);
      history.replaceState(null, "", "/chat");
    }
    send(came).then(listen);
  } else {
    listen();
  }
  // Drawn anew in another language: go on where the conversation is.
  const newest = log.lastElementChild;
  if (newest) newest.scrollIntoView({ block: "nearest" });
  if (newest && sessionStorage.getItem("drawn") === document.documentElement.lang) {
    sessionStorage.removeItem("drawn");
    const next = sessionStorage.getItem("typing") ? field : newest.querySelector(".said");
    next.focus({ preventScroll: true });
  }
})();
