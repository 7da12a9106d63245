package web_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"praline/channels"
	"praline/pages/browsertest"
)

// TestInABrowser is what only a browser can tell; one serves all.
func TestInABrowser(t *testing.T) {
	browser := browsertest.Start(t)
	for _, row := range []struct {
		label string
		test  func(*testing.T, *browsertest.Browser)
	}{
		{"screens", testScreens},
		{"by keyboard", testByKeyboard},
		{"without a script", testScriptless},
		{"two devices", testTwoDevices},
		{"away", testAway},
		{"a long conversation", testLongConversationGoesOn},
	} {
		t.Run(row.label, func(t *testing.T) { row.test(t, browser) })
	}
}

// narrow is a desktop at 400%, and the smallest phones.
var narrow = browsertest.Screen{Name: "narrow", Width: 320, Height: 640, Lang: "nl-BE"}

// testScreens shows each kind of screen on each kind of device to axe-core.
func testScreens(t *testing.T, browser *browsertest.Browser) {
	for _, screen := range []browsertest.Screen{browsertest.Phone, browsertest.PhoneDark, browsertest.Desktop, browsertest.DesktopDark, narrow} {
		t.Run(screen.Name, func(t *testing.T) {
			c := newChat(t, gallery)
			p := browser.Open(t, screen)
			p.Go(c.server.URL + "/chat")
			entries(p, 1)
			look(p, "hello")
			for i, word := range words {
				say(p, word)
				entries(p, 2*i+3)
				if screen.Name == browsertest.Phone.Name {
					p.Accessible(word)
				}
				p.Check(word)
				p.Shot(word)
			}
			p.Click(".rest summary")
			look(p, "folded choices")
			if screen.Width < 960 {
				p.Click(".menu summary")
				look(p, "menu")
			}
			p.Go(c.server.URL + "/chat/code")
			look(p, "code")
			p.Click("section button")
			p.Wait(`document.querySelector("p.code")`)
			look(p, "code made")
			p.Go(c.server.URL + "/chat/no-such-page")
			p.Go(c.server.URL + "/chat/times.ics")
			look(p, "problem")
		})
	}
}

func look(p *browsertest.Page, name string) {
	p.Accessible(name)
	p.Check(name)
	p.Shot(strings.ReplaceAll(name, " ", "-"))
}

func entries(p *browsertest.Page, n int) {
	p.Wait(fmt.Sprintf(`document.querySelectorAll(".entry").length == %d`, n))
}

func say(p *browsertest.Page, text string) {
	p.Do(chromedp.SendKeys(chromedp.CSS("#say"), text+kb.Enter))
	p.Wait(`!document.querySelector(".busy") && document.querySelector("#say").value == ""`)
}

// testByKeyboard goes through a question without a mouse: the focus is always
// where the conversation is.
func testByKeyboard(t *testing.T, browser *browsertest.Browser) {
	c := newChat(t, hello)
	p := browser.Open(t, browsertest.Phone.In("nl-BE"))
	p.Go(c.server.URL + "/chat")
	entries(p, 1)
	focused := func(label, want string) {
		t.Helper()
		p.Wait(`document.activeElement.textContent.trim().startsWith(` + fmt.Sprintf("%q", want) + `)`)
		if outline := browsertest.Value[string](p, `getComputedStyle(document.activeElement).outlineStyle`); outline != "solid" {
			t.Errorf("%s: the focus is not shown: %s", label, outline)
		}
	}
	for browsertest.Value[string](p, `document.activeElement.value || ""`) != "hello.lang.nl" {
		p.Press(kb.Tab)
	}
	focused("the first button", "Verdergaan")
	p.Press(kb.Enter)
	p.Wait(`document.querySelector(".choice")`)
	focused("the answer took the place of what was pressed", "Vraag 2 van 4")
	p.Press(kb.Tab, kb.Tab)
	focused("the second choice", "2")
	p.Press(kb.Enter)
	p.Wait(`document.querySelector(".marked")`)
	focused("the feedback", "Wat doet u eerst?")
	p.Check("keyboard")
	if got, want := len(c.bot.seen()), 3; got != want {
		t.Errorf("%d events, not %d", got, want)
	}
	// Digits are typed as any text.
	p.Do(chromedp.Focus(chromedp.CSS("#say")))
	p.Press("2", "4")
	if got := browsertest.Value[string](p, `document.querySelector("#say").value`); got != "24" {
		t.Errorf("digits go into the field: %q", got)
	}
}

// testScriptless is the page in a browser that runs no script.
func testScriptless(t *testing.T, browser *browsertest.Browser) {
	c := newChat(t, hello)
	screen := browsertest.Phone.In("nl-BE")
	screen.Scriptless = true
	p := browser.Open(t, screen)
	p.Go(c.server.URL + "/chat")
	p.Click(`button[value="hello.lang.nl"]`)
	p.Click(`button[value="answer.1.1"]`)
	p.Do(chromedp.WaitVisible(chromedp.CSS(".marked.right")))
	p.Do(chromedp.SendKeys(chromedp.CSS("#say"), "hallo"+kb.Enter))
	p.Do(chromedp.WaitVisible(chromedp.CSS(".entry.mine")))
	p.Check("without a script")
}

// testTwoDevices: what is pressed on one device is seen on the other, where a
// code carried the conversation.
func testTwoDevices(t *testing.T, browser *browsertest.Browser) {
	c := newChat(t, hello)
	one, other := browser.Open(t, browsertest.Phone.In("nl-BE")), browser.Open(t, browsertest.Desktop.In("nl-BE"))
	one.Go(c.server.URL + "/chat")
	entries(one, 1)
	one.Go(c.server.URL + "/chat/code")
	one.Click("section button")
	one.Wait(`document.querySelector("p.code")`)
	code := browsertest.Value[string](one, `document.querySelector("p.code").textContent`)
	one.Go(c.server.URL + "/chat")
	other.Go(c.server.URL + "/chat/code")
	other.Do(chromedp.SendKeys(chromedp.CSS("#code"), strings.ToLower(code)+kb.Enter))
	entries(other, 1)
	other.Click(`button[value="hello.lang.nl"]`)
	other.Wait(`document.querySelector(".choice")`)
	one.Wait(`document.querySelector(".choice")`)
	other.Check("the other device")
}

// testAway: what is sent while the server cannot take it leaves by itself.
func testAway(t *testing.T, browser *browsertest.Browser) {
	c := newChat(t, hello)
	p := browser.Open(t, browsertest.Phone.In("nl-BE"))
	p.Go(c.server.URL + "/chat")
	entries(p, 1)
	c.bot.setFails(true)
	p.Click(`button[value="hello.lang.nl"]`)
	p.Wait(`document.querySelector(".notice").textContent.includes("Geen verbinding")`)
	p.Shot("offline")
	c.bot.setFails(false)
	p.Wait(`document.querySelector(".choice") && document.querySelector(".notice").hidden`)
	if n := len(c.bot.seen()); n != 2 || c.bot.seen()[1].Kind != channels.Pressed {
		t.Errorf("it arrived once: %v", c.bot.seen())
	}
}

// testLongConversationGoesOn: a page that began in the middle takes what comes.
func testLongConversationGoesOn(t *testing.T, browser *browsertest.Browser) {
	c := newChat(t, hello)
	p := browser.Open(t, browsertest.Phone.In("nl-BE"))
	p.Go(c.server.URL + "/chat")
	entries(p, 1)
	conversation := c.bot.seen()[0].Conversation
	for i := range 40 {
		if _, err := c.adapter.Send(t.Context(), conversation, channels.Message{ID: fmt.Sprint("long", i), Lang: "nl", Text: "Dag."}, ""); err != nil {
			t.Fatal(err)
		}
	}
	entries(p, 41)
	p.Go(c.server.URL + "/chat")
	entries(p, 30)
	browsertest.Value[bool](p, `window.same = true`)
	say(p, "help")
	entries(p, 32)
	if !browsertest.Value[bool](p, `window.same === true`) {
		t.Error("the page was drawn anew")
	}
}
