(() => {
  const faults = [];
  const seen = e => e.checkVisibility({visibilityProperty: true});
  const name = e => e.outerHTML.slice(0, 140);
  const style = getComputedStyle;
  const all = [...document.querySelectorAll("body *")].filter(seen);
  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    all.filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth && !e.closest(".scroll,svg")).slice(-3).forEach(e => faults.push("makes the page too wide: " + name(e)));
  const headings = document.querySelectorAll("h1").length;
  if (headings !== 1) faults.push(headings + " h1");

  // Everything that can be pressed shows that it has the focus, and is large enough.
  for (const e of document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex='0']")) {
    if (!seen(e) || e.disabled) continue;
    e.focus({focusVisible: true, preventScroll: true});
    if (document.activeElement !== e) { faults.push("takes no focus: " + name(e)); continue; }
    const s = style(e);
    if (s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2) faults.push("does not show its focus: " + name(e));
    const box = e.getBoundingClientRect();
    if (!/^(A|SUMMARY)$/.test(e.tagName) && box.height && (box.height < 20 || box.width < 20)) faults.push("is too small: " + name(e));
  }
  document.activeElement.blur();
  if (document.querySelector("[tabindex]:not([tabindex='0']):not([tabindex='-1'])")) faults.push("an order of its own for Tab");

  for (const e of all) {
    const s = style(e);
    if (s.order !== "0" || s.flexDirection.endsWith("reverse")) faults.push("is seen in another order than it is read: " + name(e));
    const wide = e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 1;
    if (wide && /auto|scroll/.test(s.overflowX) && e.tagName !== "TEXTAREA" && !(e.tabIndex === 0 && e.getAttribute("aria-label")))
      faults.push("scrolls sideways without a name and the keyboard: " + name(e));
    if (wide && /hidden|clip/.test(s.overflowX) && s.textOverflow !== "ellipsis" && !e.closest(".sr,thead,svg") && e.tagName !== "INPUT")
      faults.push("is cut off: " + name(e));
    if (e.tagName === "TH" && e.scope === "" && e.closest("table")) faults.push("heads nothing: " + name(e));
  }

  // What is drawn is still there in few colours.
  if (matchMedia("(forced-colors: active)").matches) {
    const paper = style(document.body).backgroundColor;
    for (const e of document.querySelectorAll("main svg :is(rect,path,circle,line,polyline,polygon)")) {
      if (!seen(e) || e.closest("defs,pattern,.grid,.qr")) continue;
      const s = style(e), drawn = c => c !== "none" && c !== paper && !/rgba\(.*, 0\)/.test(c);
      if (!drawn(s.fill) && !drawn(s.stroke)) faults.push("is lost in few colours: " + name(e) + " in " + e.parentElement.getAttribute("class"));
    }
  }
  return faults;
})()
