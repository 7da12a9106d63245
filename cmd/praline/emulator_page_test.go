package main

import (
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"praline/channels/channelstest"
	"praline/pages/browsertest"
)

// playground is the page of Microsoft's own emulator of Teams, which shows
// Adaptive Cards by the renderer that Teams has: .ci/tools fetches it from npm
// (@microsoft/m365agentsplayground). Somebody sits before it, who finds what to
// press by the words on it.
type playground struct {
	*browsertest.Page
	t testing.TB
}

// playgroundScript starts the emulator: where .ci/tools puts it.
const playgroundScript = "../../.tools/node_modules/@microsoft/m365agentsplayground/cli.js"

// startPlayground runs the emulator for a bot at an address until the test
// ends, and returns the emulator's own.
func startPlayground(t testing.TB, bot string) (address string) {
	t.Helper()
	node, err := exec.LookPath("node")
	script, _ := filepath.Abs(playgroundScript)
	if _, absent := os.Stat(script); err != nil || absent != nil {
		words := "no emulator of Teams here: fetch it with ./.ci/tools"
		if os.Getenv("PRALINE_REQUIRE_TOOLS") == "1" {
			t.Fatal(words)
		}
		t.Skip(words)
	}
	_, port, _ := net.SplitHostPort(freeAddress(t))
	command := exec.Command(node, script, "start", "-e", "http://"+bot+"/api/messages", "-c", "msteams", "-p", port, "--dt")
	command.Dir = t.TempDir()
	command.Env = append(os.Environ(), "BROWSER=none")
	var log channelstest.Log
	command.Stdout, command.Stderr = &log, &log
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
	})
	address = "127.0.0.1:" + port
	for deadline := time.Now().Add(soon); ; time.Sleep(20 * time.Millisecond) {
		if response, err := http.Get("http://" + address + "/"); err == nil {
			response.Body.Close()
			return address
		} else if time.Now().After(deadline) {
			t.Fatalf("the emulator is not up: %v\n%s", err, log.String())
		}
	}
}

// freeAddress is one on which nobody listens now.
func freeAddress(t testing.TB) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// openPlayground opens the page, which for the bot is somebody who installs it,
// and waits for what it says. In a narrow window the emulator then shows the
// conversation and nothing else.
func openPlayground(t testing.TB, browser *browsertest.Browser, screen browsertest.Screen, address string) *playground {
	t.Helper()
	p := &playground{Page: browser.Open(t, screen), t: t}
	p.Go("http://" + address + "/")
	p.Wait(`document.querySelector("[data-lexical-editor]") && document.querySelector(".ac-adaptiveCard")`)
	p.Wait(`((hide) => !hide || !hide.getClientRects().length || (hide.click(), false))(document.querySelector('[title="Hide log panel"]'))`)
	return p
}

// look is the newest card, as it stands on the page.
type look struct {
	Cards   int // on the page
	Text    string
	Buttons []string
	Checks  []string // boxes to tick, and rounds to choose one of
	Lists   []string // to choose from, by their labels
	Field   bool     // something to type into
	Width   int      // more than the card has
}

const lookScript = `(() => {
	const cards = [...document.querySelectorAll(".ac-adaptiveCard")];
	const card = cards[cards.length - 1];
	if (!card) return {};
	const shown = (s) => [...card.querySelectorAll(s)].filter((e) => e.getClientRects().length);
	const words = (e) => e.innerText.trim();
	return {
		Cards: cards.length, Text: card.innerText, Buttons: shown("button").filter((e) => !e.disabled && e.getAttribute("role") != "combobox").map(words),
		Checks: shown(".fui-Checkbox__label, .fui-Radio__label").map(words),
		Lists: shown("[role=combobox]").map((e) => e.id ? words(card.querySelector('[for="' + e.id + '"]') || e) : ""),
		Field: shown("input.fui-Input__input").length > 0, Width: Math.max(0, card.scrollWidth - card.clientWidth),
	};
})()`

func (p *playground) look() look {
	p.t.Helper()
	return browsertest.Value[look](p.Page, lookScript)
}

// until looks until the newest card is as wanted.
func (p *playground) until(what string, patience time.Duration, is func(look) bool) look {
	p.t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		l := p.look()
		if is(l) {
			return l
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%s does not come; there stands %+v", what, l)
		}
	}
}

// has waits for a button.
func (p *playground) has(button string) look {
	p.t.Helper()
	return p.until("a button "+button, soon, func(l look) bool { return slices.Contains(l.Buttons, button) })
}

// touch clicks, with the mouse, on the last of the elements that a script's
// expression finds, once one is there and nothing covers it.
func (p *playground) touch(what, elements string) {
	p.t.Helper()
	for deadline := time.Now().Add(soon); ; time.Sleep(20 * time.Millisecond) {
		found := browsertest.Value[[]spot](p.Page, fmt.Sprintf(`(() => {
			const e = (%s).filter((e) => e && e.getClientRects().length).pop();
			if (!e) return [];
			if (e.closest(".ac-adaptiveCard")) e.scrollIntoView({ block: "center" });
			const r = e.getBoundingClientRect(), x = r.left + r.width / 2, y = r.top + r.height / 2;
			const top = document.elementFromPoint(x, y);
			return [{ X: x, Y: y, Covered: e.contains(top) ? "" : top ? top.outerHTML.slice(0, 80) : "outside the window" }];
		})()`, elements))
		if len(found) > 0 && found[0].Covered == "" {
			p.Do(chromedp.MouseClickXY(found[0].X, found[0].Y))
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatalf("%s cannot be touched: %+v; there stands %+v", what, found, p.look())
		}
	}
}

// newest is a script's expression for all in the newest card that a selector finds.
func newest(selector string) string {
	return fmt.Sprintf(`[...([...document.querySelectorAll(".ac-adaptiveCard")].pop() || document).querySelectorAll(%q)]`, selector)
}

// reading is a script's expression for those of elements that have these words.
func reading(elements, words string) string {
	quoted, err := json.Marshal(words)
	if err != nil {
		panic(err) // a text: cannot happen
	}
	return fmt.Sprintf(`%s.filter((e) => e.innerText.trim() == %s)`, elements, quoted)
}

// press presses a button, and waits until the bot has said what to do next.
func (p *playground) press(button string) {
	p.t.Helper()
	p.changes(func() { p.touch(button, reading(`[...document.querySelectorAll(".ac-adaptiveCard button")]`, button)) })
}

// tick touches a box, or a round.
func (p *playground) tick(words string) {
	p.t.Helper()
	p.touch(words, reading(newest(".fui-Checkbox__label, .fui-Radio__label"), words))
}

// optionsScript is what an open list offers; a closed one keeps its own, unseen.
const optionsScript = `[...document.querySelectorAll("[role=option]")].filter((e) => e.getClientRects().length)`

// chooses opens the list number i of the newest card, and takes what pick picks.
// The list may still be moving to its place: who misses it touches it again.
func (p *playground) chooses(i int, pick func(option string) bool) {
	p.t.Helper()
	list := fmt.Sprintf(`%s.slice(%d, %d)`, newest("[role=combobox]"), i, i+1)
	for deadline := time.Now().Add(soon); ; {
		p.touch(fmt.Sprint("list ", i), list)
		p.Wait(optionsScript + `.length`)
		options := browsertest.Value[[]string](p.Page, optionsScript+`.map((e) => e.innerText.trim())`)
		at := slices.IndexFunc(options, pick)
		if at < 0 {
			p.t.Fatalf("what is looked for is not in list %d: %q", i, options)
		}
		p.touch(options[at], fmt.Sprintf(`%s.slice(%d, %d)`, optionsScript, at, at+1))
		if taken := browsertest.Value[string](p.Page, list+`[0].value.trim()`); pick(taken) {
			break
		} else if time.Now().After(deadline) {
			p.t.Fatalf("list %d does not take %q, but has %q", i, options[at], taken)
		}
		p.Press(kb.Escape)
	}
	p.Wait(`!` + optionsScript + `.length`)
}

// types types into the newest card's field.
func (p *playground) types(text string) {
	p.t.Helper()
	p.touch("the field", newest("input.fui-Input__input"))
	p.Press(keysOf(text)...)
}

func keysOf(text string) (keys []string) {
	for _, r := range text {
		keys = append(keys, string(r))
	}
	return keys
}

// says types a text into the box at the bottom, and sends it.
func (p *playground) says(text string) {
	p.t.Helper()
	p.changes(func() { p.Do(chromedp.SendKeys(chromedp.CSS("[data-lexical-editor]"), text+kb.Enter)) })
}

const cardsScript = `[...document.querySelectorAll(".ac-adaptiveCard")].map((e) => e.innerText).join("\n")`

// changes waits until something has led to other cards than before, and the
// newest has a button.
func (p *playground) changes(do func()) {
	p.t.Helper()
	quoted, err := json.Marshal(browsertest.Value[string](p.Page, cardsScript))
	if err != nil {
		p.t.Fatal(err)
	}
	do()
	p.Wait(fmt.Sprintf(`%s != %s && %s.length`, cardsScript, quoted, newest("button")))
}
