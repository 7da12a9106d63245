package console_test

import (
	"cmp"
	_ "embed"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"praline/bot/console/consoletest"
	"praline/pages/browsertest"
)

// faultsOf finds, on the page as it stands, what neither axe nor a width tells.
//
//go:embed testdata/faults.js
var faultsOf string

// Where each page is looked at with axe, and turned to afterwards. A desk at
// 200 % has 640 points, one at 400 % has 320.
var (
	filledFirst = map[string]browsertest.Screen{"fr": browsertest.DesktopDark, "nl": {Name: "phone", Width: 360, Height: 780, Lang: "nl-BE"}}
	filledThen  = []browsertest.Screen{
		{Name: "desktop", Width: 1280, Height: 860},
		{Name: "zoomed", Width: 640, Height: 430},
		{Name: "phone", Width: 360, Height: 780},
		{Name: "narrow", Width: 320, Height: 640, Dark: true, Forced: true},
	}
)

// TestFilledInABrowser looks at every page of an organisation in the middle of
// its work, in both languages.
func TestFilledInABrowser(t *testing.T) {
	browsers(t)
	browser := browsertest.Start(t)
	house, visits := filledHouse(t)
	allVisited(t, house, visits)
	public, err := house.Options.Recognition.Routes(house.Now, house.Options.Log)
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle("/", house.Handler)
	for pattern, handler := range public {
		mux.Handle(pattern, handler)
	}
	server := httptest.NewServer(mux)
	defer server.Close()
	for _, lang := range []string{"fr", "nl"} {
		whose := map[string]*browsertest.Page{}
		for _, one := range visits {
			p := whose[one.person]
			if p == nil {
				p = browser.Open(t, filledFirst[lang].In(lang+"-BE"))
				if one.person != "" {
					enter(t, p, house, server.URL, one.person)
					if browsertest.Value[string](p, `document.documentElement.lang`) != lang {
						p.Click(`.languages [value="` + lang + `"]`)
						p.Wait(`document.documentElement.lang == "` + lang + `" && document.readyState == "complete"`)
					}
				}
				whose[one.person] = p
			}
			house.Pass(time.Second) // nobody is a flood
			p.Go(server.URL + one.path)
			inspect(t, p, lang, one)
		}
		byKeys(t, whose["trainer"], server.URL, visits)
	}
}

// allVisited holds the visits against the console's addresses: a page that
// nobody looks at is one that nobody has seen.
func allVisited(t *testing.T, house *consoletest.House, visits []visited) {
	t.Helper()
	mux := http.NewServeMux()
	missing := map[string]bool{}
	for _, page := range addresses(t, house) {
		if !downloads.MatchString(page.Pattern) && strings.HasPrefix(page.Pattern, "GET ") {
			mux.Handle(page.Pattern, http.NotFoundHandler())
			missing[page.Pattern] = true
		}
	}
	for _, one := range visits {
		_, pattern := mux.Handler(httptest.NewRequest(http.MethodGet, one.path, nil))
		delete(missing, pattern)
	}
	for pattern := range missing {
		t.Errorf("nobody looks at %s", pattern)
	}
}

var (
	// downloads are addresses that show no page.
	downloads = regexp.MustCompile(`\.csv$|/download$|/media/|/\{format\}$`)
	unnamed   = regexp.MustCompile(`[^a-z0-9]+`)
)

func inspect(t *testing.T, p *browsertest.Page, lang string, one visited) {
	t.Helper()
	label := lang + " " + one.person + " " + one.path
	first := p.Screen
	if status := browsertest.Value[int](p, `performance.getEntriesByType("navigation")[0].responseStatus`); status != cmp.Or(one.status, 200) {
		t.Errorf("%s: %d", label, status)
	}
	screens := filledThen
	if !allLooks { // one each: axe at the French page, the smallest screen at the Dutch one
		screens = nil
		if lang == "nl" {
			screens = filledThen[len(filledThen)-1:]
		}
	}
	if allLooks || lang == "fr" {
		p.Accessible(label)
	}
	for _, screen := range screens {
		p.Turn(screen)
		p.Check(label)
		if screen.Name == "zoomed" {
			continue // only its width
		}
		for _, fault := range browsertest.Value[[]string](p, faultsOf) {
			t.Errorf("%s on %s: %s", label, screen.Name, fault)
		}
		if folder := os.Getenv("PRALINE_SCREENSHOTS"); folder != "" {
			whole := screen
			whole.Height = int64(browsertest.Value[int](p, `Math.min(4000, document.documentElement.scrollHeight)`))
			p.Turn(whole)
			name := strings.Trim(unnamed.ReplaceAllString(one.person+one.path, "-"), "-")
			if err := os.WriteFile(filepath.Join(folder, name+"."+lang+"-"+screen.Name+".png"), p.Picture(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	p.Turn(first)
}

// byKeys walks with Tab over pages of every kind: what can be pressed is
// reached, in the order in which it is read.
func byKeys(t *testing.T, p *browsertest.Page, address string, visits []visited) {
	t.Helper()
	walked := map[string]bool{}
	for _, one := range visits {
		kind, _, _ := strings.Cut(strings.TrimPrefix(one.path, "/console/"), "/")
		if one.person != "trainer" || len(walked) == 6 || walked[kind] {
			continue
		}
		walked[kind] = true
		p.Go(address + one.path)
		wanted := browsertest.Value[int](p, `(window.stops=[...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex='0']")]`+
			`.filter(e=>e.checkVisibility({visibilityProperty:true})&&!e.disabled&&(e.type!="radio"||e.checked||!document.querySelector("[name='"+e.name+"']:checked")))).length`)
		for i := range min(wanted, 40) {
			p.Press(kb.Tab)
			if at := browsertest.Value[int](p, `window.stops.indexOf(document.activeElement)`); at != i {
				t.Errorf("%s: Tab %d leads to %d: %s", one.path, i, at, browsertest.Value[string](p, `document.activeElement.outerHTML.slice(0,160)`))
				break
			}
		}
	}
}

// TestFilledInABrowserWithoutScript fills a form in a browser that runs no script.
func TestFilledInABrowserWithoutScript(t *testing.T) {
	browsers(t)
	browser := browsertest.Start(t)
	house, _ := filledHouse(t)
	address := served(t, house)
	screen := browsertest.Phone
	screen.Scriptless = true
	p := browser.Open(t, screen)
	link, _ := given(t, house, "trainer")
	p.Go(address + link)
	p.Click("form.form .button")
	p.Do(chromedp.WaitVisible(chromedp.CSS(".todos")))
	for _, row := range []struct{ path, field, typed, press, then string }{
		{"/console/series/" + own + "/edit?file=01-real-sender.fr.md", "textarea[name=text]", " ", "button[value=save]", ".notice"},
		{"/console/campaigns/new", "#f-start", "", "main form .button.primary", "main .actions"},
		{"/console/series/" + own, "#f-comment, main input[type=text]", "", "", "main"},
	} {
		p.Go(address + row.path)
		if row.typed != "" {
			p.Do(chromedp.SendKeys(chromedp.CSS(row.field), row.typed))
		}
		if row.press != "" {
			p.Click(row.press)
		}
		p.Do(chromedp.WaitVisible(chromedp.CSS(row.then)))
		p.Check(row.path)
	}
}
