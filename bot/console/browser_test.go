package console_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"praline/bot/console"
	"praline/bot/console/consoletest"
	"praline/bot/people"
	"praline/pages/browsertest"
)

// narrow is a desktop at 400 %, zoomed one at 200 %.
var (
	narrow = browsertest.Screen{Name: "narrow", Width: 320, Height: 640, Lang: "nl-BE"}
	zoomed = browsertest.Screen{Name: "zoomed", Width: 640, Height: 430, Scale: 2, Lang: "fr-BE"}
)

// TestInABrowser is what only a browser can tell; one serves all.
// allLooks says that each page is looked at in every way: make pages.
var allLooks = os.Getenv("PRALINE_PAGES") == "all"

// raced says that the race detector looks on.
var raced bool

// browsers skips a test in a browser where that would only be slow: with -short,
// and under the race detector, for .ci/steps runs them by themselves.
func browsers(t *testing.T) {
	t.Helper()
	if testing.Short() || raced {
		t.Skip("in a browser: go test -run Browser ./bot/console")
	}
}

func TestInABrowser(t *testing.T) {
	browsers(t)
	browser := browsertest.Start(t)
	for _, row := range []struct {
		label string
		test  func(*testing.T, *browsertest.Browser)
	}{
		{"sign in", testSignIn},
		{"by keyboard", testByKeyboard},
		{"without a script", testScriptless},
		{"components", testComponents},
		{"every page", testEveryPage},
		{"figures", testReports},
	} {
		if !allLooks && row.label == "every page" {
			continue // TestFilledInABrowser looks at each with something on it
		}
		t.Run(row.label, func(t *testing.T) { row.test(t, browser) })
	}
}

// served is a house that a browser reaches.
func served(t *testing.T, house *consoletest.House) string {
	t.Helper()
	server := httptest.NewServer(house.Handler)
	t.Cleanup(server.Close)
	return server.URL
}

func look(p *browsertest.Page, name string) {
	p.Accessible(name)
	p.Check(name)
	p.Shot("console-" + name)
}

// enter signs somebody in, in the browser.
func enter(t *testing.T, p *browsertest.Page, house *consoletest.House, address, person string) {
	t.Helper()
	link, _ := given(t, house, person)
	p.Go(address + link)
	p.Click("form.form .button")
	p.Do(chromedp.WaitVisible(chromedp.CSS(".brand")))
	p.Wait(`location.pathname == "/console"`)
}

func testSignIn(t *testing.T, browser *browsertest.Browser) {
	for _, screen := range []browsertest.Screen{browsertest.Phone, browsertest.DesktopDark, narrow} {
		house := consoletest.New(t)
		address := served(t, house)
		p := browser.Open(t, screen)
		p.Go(address + "/console")
		look(p, "sign-in")
		p.Do(chromedp.SendKeys(chromedp.CSS("#f-code"), "ABCD 2345"+kb.Enter))
		p.Wait(`document.querySelector(".at")`)
		look(p, "code-wrong")
		link, _ := given(t, house, "trainer")
		p.Go(address + link)
		look(p, "link")
		p.Click("form.form .button")
		p.Wait(`location.pathname == "/console"`)
		look(p, "home")
		p.Go(address + "/console/sessions")
		look(p, "sessions")
		p.Go(address + "/console/no-such-page")
		p.Go(address + "/console/people/nobody/sessions")
		look(p, "problem")
	}
}

// testByKeyboard: the skip link, the menu, the language, without a mouse.
func testByKeyboard(t *testing.T, browser *browsertest.Browser) {
	house := consoletest.New(t)
	address := served(t, house)
	p := browser.Open(t, browsertest.Phone)
	enter(t, p, house, address, "trainer")
	focused := func(label, expression string) {
		t.Helper()
		p.Wait(expression)
		if outline := browsertest.Value[string](p, `getComputedStyle(document.activeElement).outlineStyle`); outline != "solid" && !strings.Contains(expression, "main") {
			t.Errorf("%s: the focus is not shown: %s", label, outline)
		}
	}
	p.Press(kb.Tab)
	focused("first of all", `document.activeElement.className == "skip"`)
	p.Press(kb.Enter)
	focused("past the frame", `document.activeElement.id == "main"`)
	p.Go(address + "/console")
	for browsertest.Value[string](p, `document.activeElement.tagName`) != "SUMMARY" {
		p.Press(kb.Tab)
	}
	focused("the menu", `document.activeElement.closest("details.all")`)
	p.Press(kb.Enter)
	p.Wait(`document.querySelector("details.all").open`)
	look(p, "menu")
	p.Press(kb.Tab)
	focused("into it", `document.activeElement.closest("details.all nav")`)
	p.Press(kb.Escape)
	focused("and out", `document.activeElement.tagName == "SUMMARY" && !document.querySelector("details.all").open`)
	for browsertest.Value[string](p, `document.activeElement.value || ""`) != "nl" {
		p.Do(chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(8)))
	}
	p.Press(kb.Enter)
	p.Wait(`document.documentElement.lang == "nl" && location.pathname == "/console"`)
	p.Check("keyboard")
}

func testScriptless(t *testing.T, browser *browsertest.Browser) {
	house := consoletest.New(t)
	address := served(t, house)
	screen := browsertest.Phone
	screen.Scriptless = true
	p := browser.Open(t, screen)
	link, _ := given(t, house, "trainer")
	p.Go(address + link)
	p.Click("form.form .button")
	p.Click("details.all summary")
	p.Click(`details.all a[href="/console/sessions"]`)
	p.Click(`.act .button`)
	p.Do(chromedp.WaitVisible(chromedp.CSS("#f-code")))
	p.Check("without a script")
}

// testComponents shows all components together, on every kind of screen.
func testComponents(t *testing.T, browser *browsertest.Browser) {
	source, err := os.ReadFile("testdata/gallery.html")
	if err != nil {
		t.Fatal(err)
	}
	house := consoletest.New(t)
	c, err := console.New(house.Options)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", house.Handler)
	actor := people.Actor{Org: consoletest.Org, Person: "manager", Name: "Els Voorbeeld", Lang: "nl", Roles: people.Roles}
	mux.Handle("/console/gallery", c.Gallery(string(source), actor, false))
	mux.Handle("/console/gallery/faulty", c.Gallery(string(source), actor, true))
	server := httptest.NewServer(mux)
	defer server.Close()
	for _, screen := range []browsertest.Screen{browsertest.Phone, browsertest.PhoneDark, browsertest.Desktop, browsertest.DesktopDark, narrow, zoomed} {
		screen.Height = 2400 // all of it in the picture
		p := browser.Open(t, screen)
		p.Go(server.URL + "/console/gallery")
		look(p, "gallery")
	}
	tall := browsertest.Phone
	tall.Height = 2400
	p := browser.Open(t, tall)
	p.Go(server.URL + "/console/gallery/faulty")
	p.Wait(`document.activeElement.className == "faults"`)
	look(p, "gallery-faulty")
}

// testEveryPage shows each page that needs no id to each role that may see it,
// as it is on the first day: empty.
func testEveryPage(t *testing.T, browser *browsertest.Browser) {
	house := consoletest.New(t)
	address := served(t, house)
	for _, row := range []struct {
		person string
		screen browsertest.Screen
	}{
		{"learner", browsertest.Phone},
		{"trainer", browsertest.Phone},
		{"trainer", browsertest.Desktop},
		{"trainer", zoomed},
		{"reviewer", browsertest.DesktopDark},
		{"manager", browsertest.PhoneDark},
		{"manager", browsertest.Desktop},
		{"administrator", browsertest.Phone},
		{"administrator", browsertest.DesktopDark},
	} {
		p := browser.Open(t, row.screen)
		enter(t, p, house, address, row.person)
		b := house.SignedIn(row.person)
		for _, one := range addresses(t, house) {
			path, reads := strings.CutPrefix(one.Pattern, "GET ")
			if !reads || one.Open || strings.Contains(path, "{") {
				continue
			}
			if first := b.Get(path); first.Status != 200 || !strings.Contains(first.Body, "<main") {
				continue // not for them, or a download
			}
			p.Go(address + path)
			if row.screen.Name == zoomed.Name { // a phone's page: only its width is to be seen
				p.Check(path)
				continue
			}
			look(p, row.person+strings.ReplaceAll(path, "/", "-"))
		}
	}
}
