package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"praline/locales"
	"praline/pages/browsertest"
)

// person is somebody at the web page: finds what to press by the words on it,
// and presses it with the mouse where it stands in the window.
type person struct {
	*browsertest.Page
	t       testing.TB
	words   locales.Words
	presses int
	folder  string // of pictures; "" for none
}

// soon is how long a person waits for anything before giving up.
const soon = 60 * time.Second

// sight is what the bot said last, as it stands on the page.
type sight struct {
	Key, Steps, Title, Text, Note string

	Choices []string // to press
	Checks  []string // to tick
	Selects []choosing
	Field   bool // something to type into
	Buttons []string
	At      time.Time // of the last stamp on the page: the bot's time
}

// choosing is a list to choose from.
type choosing struct {
	Label   string
	Options []string
}

// asks says whether it is a question, or another choice to make.
func (s sight) asks() bool {
	return len(s.Choices)+len(s.Checks)+len(s.Selects) > 0 || s.Field
}

const sightScript = `(() => {
	const entry = [...document.querySelectorAll(".entry.bot")].pop();
	if (!entry) return {};
	const all = (s) => [...entry.querySelectorAll(s)];
	const words = (e) => (e.querySelector(".words") || e).innerText.trim();
	const one = (s) => { const e = entry.querySelector(s); return e ? e.innerText.trim() : ""; };
	const stamp = [...document.querySelectorAll(".stamp time")].pop();
	return {
		Key: entry.dataset.key, Steps: one(".steps"), Title: one("h3"), Text: one(".text"), Note: one(".note"),
		Choices: all("button.choice").map(words), Checks: all("label.choice").map(words),
		Selects: all("select").map((e) => ({ Label: e.labels[0].innerText.trim(), Options: [...e.options].map((o) => o.text.trim()) })),
		Field: all(".input input").length > 0, Buttons: all(".buttons button, .links button").map(words),
		At: stamp ? stamp.dateTime : "0001-01-01T00:00:00Z",
	};
})()`

func (p *person) sight() sight {
	p.t.Helper()
	return browsertest.Value[sight](p.Page, sightScript)
}

// until looks until what stands there is what is waited for.
func (p *person) until(what string, is func(sight) bool) sight {
	p.t.Helper()
	return p.untilWithin(soon, what, is)
}

func (p *person) untilWithin(patience time.Duration, what string, is func(sight) bool) sight {
	p.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		p.Wait(`document.readyState == "complete"`)
		s := p.sight()
		if is(s) {
			return s
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%s does not come; there stands %+v", what, s)
		}
	}
}

// has waits for a button by a message's id.
func (p *person) has(id string) sight {
	p.t.Helper()
	return p.until("a button "+p.words.Say(id), func(s sight) bool { return slices.Contains(s.Buttons, p.words.Say(id)) })
}

// spot is where something stands in the window, and whether something else covers it.
type spot struct {
	X, Y    float64
	Covered string
}

// find brings what is written on the last such button or link into view.
func (p *person) find(words string) (spot, bool) {
	p.t.Helper()
	found := browsertest.Value[[]spot](p.Page, fmt.Sprintf(`(() => {
		const words = (e) => (e.querySelector(".words") || e).innerText.trim();
		const all = [...document.querySelectorAll("button, a, summary, label.choice")];
		const e = all.filter((e) => e.getClientRects().length && words(e) == %q && e.getAttribute("aria-disabled") != "true").pop();
		if (!e) return [];
		e.scrollIntoView({ block: "nearest" });
		const r = e.getClientRects()[0], x = r.left + r.width / 2, y = r.top + r.height / 2;
		const top = document.elementFromPoint(x, y);
		return [{ X: x, Y: y, Covered: e.contains(top) ? "" : top ? top.outerHTML.slice(0, 80) : "outside the window" }];
	})()`, words))
	if len(found) == 0 {
		return spot{}, false
	}
	return found[0], true
}

// click presses what is written on a button, a link or a choice.
func (p *person) click(words string) {
	p.t.Helper()
	for deadline := time.Now().Add(soon); ; time.Sleep(20 * time.Millisecond) {
		at, ok := p.find(words)
		if ok && at.Covered == "" {
			p.Do(chromedp.MouseClickXY(at.X, at.Y))
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%q cannot be pressed: %+v; there stands %+v", words, at, p.sight())
		}
	}
}

// press presses a button and waits until the page has changed.
func (p *person) press(words string) {
	p.t.Helper()
	p.presses++
	p.changes(func() { p.click(words) })
}

// says types into the field at the bottom.
func (p *person) says(text string) {
	p.t.Helper()
	p.changes(func() { p.Do(chromedp.SendKeys(chromedp.CSS("#say"), text+kb.Enter)) })
}

// changes waits until something has led to another page than before, and the
// bot has said what to do next: what was pressed may lose its buttons first.
func (p *person) changes(do func()) {
	p.t.Helper()
	before := p.drawn()
	do()
	quoted, err := json.Marshal(before)
	if err != nil {
		p.t.Fatal(err)
	}
	p.Wait(fmt.Sprintf(`document.readyState == "complete" && !document.querySelector(".busy") && %s != %s &&
		document.querySelector(".log > .bot:last-child button")`, drawnScript, quoted))
}

const drawnScript = `document.querySelector(".log").innerText`

// drawn is all that stands on the page.
func (p *person) drawn() string { return browsertest.Value[string](p.Page, drawnScript) }

// entries are the keys of what stands on the page, from top to bottom; each once.
func (p *person) entries(label string) []string {
	p.t.Helper()
	keys := browsertest.Value[[]string](p.Page, `[...document.querySelectorAll(".entry")].map((e) => e.dataset.key)`)
	for i, key := range keys {
		if slices.Contains(keys[:i], key) {
			p.t.Errorf("%s: %s stands there twice", label, key)
		}
	}
	return keys
}

// tabTo presses Tab until the focus is on what has these words, and it shows.
func (p *person) tabTo(words string) {
	p.t.Helper()
	for range 60 {
		if browsertest.Value[string](p.Page, `((e) => e.matches("button, a, summary, input") ? (e.querySelector(".words") || e).innerText.trim() : "")(document.activeElement)`) == words {
			if outline := browsertest.Value[string](p.Page, `getComputedStyle(document.activeElement).outlineStyle`); outline != "solid" {
				p.t.Errorf("%q has the focus, and it does not show: %s", words, outline)
			}
			return
		}
		p.Press(kb.Tab)
	}
	p.t.Fatalf("no way to %q by keyboard", words)
}

// shown takes the picture of a kind of screen, or, where no pictures are asked
// for, lets axe-core look at it.
func (p *person) shown(name string) {
	p.t.Helper()
	p.Check(name)
	if p.folder == "" {
		p.Accessible(name)
		return
	}
	p.Do(chromedp.MouseEvent(chromedp.MouseMoved, 0, 0)) // a phone has no pointer
	height := p.Screen.Height
	p.resize(max(height, browsertest.Value[int64](p.Page, `[...document.querySelectorAll(".entry")].pop().offsetHeight + 240`)))
	if err := os.WriteFile(filepath.Join(p.folder, name+".png"), small(p.t, p.Picture()), 0o644); err != nil {
		p.t.Fatal(err)
	}
	p.resize(height)
}

// resize makes the window as high as that, for a message to be seen whole.
func (p *person) resize(height int64) {
	p.t.Helper()
	if browsertest.Value[int64](p.Page, `innerHeight`) == height {
		return
	}
	p.Do(chromedp.EmulateViewport(p.Screen.Width, height, chromedp.EmulateScale(p.Screen.Scale)))
	p.Wait(fmt.Sprintf(`innerHeight == %d && ([...document.querySelectorAll(".entry")].pop().scrollIntoView({ block: "nearest" }), true)`, height))
}

// mostOfAPicture is how large a picture may be, in bytes.
const mostOfAPicture = 150_000

// small is a picture in the 256 colours that it has most of; a page has few.
func small(t testing.TB, picture []byte) []byte {
	t.Helper()
	return inColours(t, picture, 256)
}

// inColours is a picture in so many colours, at most 256, that it has most of.
func inColours(t testing.TB, picture []byte, colours int) []byte {
	t.Helper()
	full, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	counts := make(map[color.RGBA]int)
	bounds := full.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			counts[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)]++
		}
	}
	var most color.Palette
	for c := range counts {
		most = append(most, c)
	}
	slices.SortFunc(most, func(a, b color.Color) int { return counts[b.(color.RGBA)] - counts[a.(color.RGBA)] })
	most = most[:min(colours, len(most))]
	nearest := make(map[color.RGBA]uint8, len(counts))
	for c := range counts {
		nearest[c] = uint8(most.Index(c)) //nolint:gosec // at most 255
	}
	few := image.NewPaletted(bounds, most)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			few.SetColorIndex(x, y, nearest[color.RGBAModel.Convert(full.At(x, y)).(color.RGBA)])
		}
	}
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, few); err != nil {
		t.Fatal(err)
	}
	if b.Len() > mostOfAPicture {
		t.Errorf("a picture of %d bytes is too large: at most %d", b.Len(), mostOfAPicture)
	}
	return b.Bytes()
}

// letters are a text's letters and digits: the same on the page and in the
// Markdown that it was written in.
func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}
