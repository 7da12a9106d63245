package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"

	"praline/locales"
	"praline/pages/browsertest"
)

// desk is somebody before the console, in a browser of their own.
type desk struct {
	*browsertest.Page
	s     *story
	words locales.Words

	beside *browsertest.Page // where pictures are taken
}

// sits opens a browser for somebody who reads a language.
func (s *story) sits(lang string) *desk {
	return &desk{Page: s.browser.Open(s.t, browsertest.Desktop.In(lang+"-BE")), s: s, words: locales.For(lang)}
}

// opens goes to a page of the console.
func (d *desk) opens(path string) {
	d.s.t.Helper()
	d.Go(d.s.address + path)
	d.steady()
}

// steady waits until the page stands there.
func (d *desk) steady() { d.Wait(`document.readyState == "complete"`) }

// follows opens a link to sign in, which another app handed over, and enters.
func (d *desk) follows(link string) {
	d.s.t.Helper()
	d.Go(link)
	d.presses("console.sign-in-enter")
	d.Wait(`document.querySelector("nav.lines")`)
}

// enters types a code to sign in.
func (d *desk) enters(code string) {
	d.s.t.Helper()
	d.opens("/console")
	d.types("code", code)
	d.presses("console.sign-in-enter")
	d.Wait(`document.querySelector("nav.lines")`)
}

// path is where the visitor is.
func (d *desk) path() string { return browsertest.Value[string](d.Page, `location.pathname`) }

// text is all that stands on the page.
func (d *desk) text() string {
	d.steady()
	return strings.Join(strings.Fields(browsertest.Value[string](d.Page, `document.querySelector("main").innerText`)), " ")
}

// reads fails the act where the page does not say something, spaces aside.
func (d *desk) reads(all ...string) {
	d.s.t.Helper()
	text := d.text()
	for _, one := range all {
		if !strings.Contains(letters(text), letters(one)) {
			d.s.t.Fatalf("%s: there is no %q: %s", d.path(), one, text)
		}
	}
}

// says is reads of words of ours, without what is filled in.
func (d *desk) finds(ids ...string) {
	d.s.t.Helper()
	for _, id := range ids {
		d.reads(d.words.Say(id))
	}
}

// does runs a script with f, the last form that has a field of a name.
func (d *desk) does(name, script string) {
	d.s.t.Helper()
	quoted, _ := json.Marshal(name)
	d.steady()
	done := browsertest.Value[string](d.Page, fmt.Sprintf(`(() => {
		const name = %s, all = [...document.querySelectorAll("[name]")].filter((e) => e.name == name && e.type != "hidden");
		if (!all.length) return "no field " + name + ", but " + [...document.querySelectorAll("main [name]")].map((e) => e.name).join(" ");
		const e = all[0];
		%s
		return "";
	})()`, quoted, script))
	if done != "" {
		d.s.t.Fatalf("%s: %s: %s", d.path(), done, d.text())
	}
}

// types replaces what stands in a field, as somebody does who pastes.
func (d *desk) types(name, text string) {
	d.s.t.Helper()
	quoted, _ := json.Marshal(text)
	d.does(name, fmt.Sprintf(`e.focus(); e.select(); const text = %s;
		if (!text) { e.value = ""; e.dispatchEvent(new Event("input", { bubbles: true })); }
		else if (!document.execCommand("insertText", false, text)) return "nothing can be typed into " + name;`, quoted))
}

// picks chooses in a list, or among rounds.
func (d *desk) picks(name, value string) {
	d.s.t.Helper()
	d.does(name, fmt.Sprintf(`const value = %q;
		if (e.tagName == "SELECT") {
			if (![...e.options].some((o) => o.value == value)) return "no choice " + value + " of " + name + ", but " + [...e.options].map((o) => o.value).join(" ");
			e.value = value; e.dispatchEvent(new Event("change", { bubbles: true })); return "";
		}
		const it = all.find((o) => o.value == value);
		if (!it) return "no choice " + value + " of " + name + ", but " + all.map((o) => o.value).join(" ");
		if (!it.checked) it.click();`, value))
}

// hands over a file.
func (d *desk) hands(name, file, content string) {
	d.s.t.Helper()
	path := filepath.Join(d.s.folder, file)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		d.s.t.Fatal(err)
	}
	d.Do(chromedp.SetUploadFiles(chromedp.CSS(`input[type=file][name="`+name+`"]`), []string{path}))
}

// presses a button or a link by the id of its words, and waits for the page
// that comes of it.
func (d *desk) presses(id string, args ...any) {
	d.s.t.Helper()
	d.pressesWords(d.words.Say(id, args...))
}

func (d *desk) pressesWords(words string) {
	d.s.t.Helper()
	d.steady()
	d.Wait(`(window.before = true)`)
	done := browsertest.Value[string](d.Page, fmt.Sprintf(`(() => {
		const squeeze = (s) => s.replace(/\s+/g, " ").trim(), words = squeeze(%q);
		const all = [...document.querySelectorAll("button, a, summary")].filter((e) => e.getClientRects().length && !e.disabled);
		const own = all.filter((e) => e.closest("main")), is = (e) => squeeze(e.innerText) == words, begins = (e) => squeeze(e.innerText).startsWith(words);
		const e = own.find(is) || own.find(begins) || all.find(is) || all.find(begins);
		if (!e) return all.map((e) => squeeze(e.innerText)).join(" | ");
		setTimeout(() => e.click());
		return "";
	})()`, words))
	if done != "" {
		d.s.t.Fatalf("%s: there is nothing to press for %q, but %s", d.path(), words, done)
	}
	d.Wait(`!window.before && document.readyState == "complete" && document.querySelector("main")`)
}

// shown looks at a page: that it scrolls nowhere sideways and breaks no policy.
// Where pictures are asked for, it takes them, once, and axe-core looks too.
func (d *desk) shown(name string) {
	d.s.t.Helper()
	d.steady()
	d.Check(name)
	if d.s.pictures != "" && !d.s.seen[name] {
		d.s.seen[name] = true
		d.portray(name)
	}
}

// pressesIn types into the one field that a selector finds, in a part of the
// page that is folded perhaps, and sends its form.
func (d *desk) pressesIn(selector, text string) {
	d.s.t.Helper()
	d.steady()
	d.Wait(`(window.before = true)`)
	done := browsertest.Value[bool](d.Page, fmt.Sprintf(`(() => {
		const e = document.querySelector(%q);
		if (!e) return false;
		if (e.closest("details")) e.closest("details").open = true;
		e.value = %q;
		setTimeout(() => e.form.requestSubmit());
		return true;
	})()`, selector, text))
	if !done {
		d.s.t.Fatalf("%s: there is no %s", d.path(), selector)
	}
	d.Wait(`!window.before && document.readyState == "complete" && document.querySelector("main")`)
}
