// Package browsertest shows pages to a real browser, in tests: Chromium without
// a window, axe-core for accessibility, and an eye on what a page must not do
// (ask another host, break its own content policy, throw).
//
//	browser := browsertest.Start(t)
//	page := browser.Open(t, browsertest.Phone)
//	page.Go(server.URL + "/chat")
//	page.Wait(`document.querySelectorAll(".entry").length == 1`)
//	page.Accessible("hello")
//	page.Shot("hello")
//
// Without Chromium a test is skipped, unless PRALINE_REQUIRE_TOOLS=1 says that
// it must be there. PRALINE_SCREENSHOTS names a folder for pictures.
package browsertest

import (
	"context"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience bounds every step.
const patience = 20 * time.Second

// Screen is what a page is shown on.
type Screen struct {
	Name          string
	Width, Height int64
	Dark          bool
	Forced        bool    // few colours, chosen by who looks
	Scriptless    bool    // no script runs
	Scale         float64 // pixels of a picture to one of the page; 0 is 1
	Lang          string
}

// The usual screens.
var (
	Phone       = Screen{Name: "phone", Width: 360, Height: 780, Lang: "fr-BE"}
	PhoneDark   = Screen{Name: "phone-dark", Width: 360, Height: 780, Dark: true, Lang: "fr-BE"}
	Desktop     = Screen{Name: "desktop", Width: 1280, Height: 860, Lang: "fr-BE"}
	DesktopDark = Screen{Name: "desktop-dark", Width: 1280, Height: 860, Dark: true, Lang: "fr-BE"}
)

// In is the screen of somebody who reads another language.
func (s Screen) In(lang string) Screen {
	s.Lang = lang
	return s
}

// Browser is one Chromium with an empty profile.
type Browser struct{ ctx context.Context }

// Start starts a browser that ends with the test.
func Start(t testing.TB) *Browser {
	t.Helper()
	path := chromium()
	if path == "" {
		missing(t, "no Chromium here: install it with ./.ci/tools")
	}
	flags := append(chromedp.DefaultExecAllocatorOptions[:len(chromedp.DefaultExecAllocatorOptions):len(chromedp.DefaultExecAllocatorOptions)],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-component-update", true))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), flags...)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(func() {
		_ = chromedp.Cancel(ctx) // waits until the browser has gone
		end()
		stop()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("Chromium at %s does not start: %v", path, err)
	}
	return &Browser{ctx}
}

func chromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func missing(t testing.TB, words string) {
	t.Helper()
	if os.Getenv("PRALINE_REQUIRE_TOOLS") == "1" {
		t.Fatal(words)
	}
	t.Skip(words)
}

// Page is one person's page: it shares no cookies with another.
type Page struct {
	t   testing.TB
	ctx context.Context
	// Screen it is shown on.
	Screen Screen

	mu     sync.Mutex
	host   string
	faults []string
}

// Open opens an empty page.
func (b *Browser) Open(t testing.TB, screen Screen) *Page {
	t.Helper()
	ctx, end := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	return open(ctx, end, t, screen)
}

// Beside opens another page of the same person, with the same cookies.
func (p *Page) Beside(screen Screen) *Page {
	p.t.Helper()
	ctx, end := chromedp.NewContext(p.ctx)
	return open(ctx, end, p.t, screen)
}

func open(ctx context.Context, end func(), t testing.TB, screen Screen) *Page {
	t.Helper()
	t.Cleanup(end)
	p := &Page{t: t, ctx: ctx, Screen: screen}
	p.Do(
		chromedp.EmulateViewport(screen.Width, screen.Height, chromedp.EmulateScale(max(screen.Scale, 1))),
		media(screen.Dark, screen.Forced),
		call(network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": screen.Lang}}),
		call(emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "Europe/Brussels"}),
		call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: screen.Scriptless}),
	)
	if err := chromedp.Listen(ctx, p.watch); err != nil {
		t.Fatal(err)
	}
	return p
}

// media is what the page's style sheet may ask of the screen.
func media(dark, forced bool) chromedp.Action[chromedp.Void] {
	scheme, colours := "light", "none"
	if dark {
		scheme = "dark"
	}
	if forced {
		colours = "active"
	}
	return call(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "forced-colors", Value: colours}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
}

// Turn shows the page as it stands on another screen; only its language and
// whether scripts run stay.
func (p *Page) Turn(screen Screen) {
	p.t.Helper()
	p.Screen = screen
	p.Do(chromedp.EmulateViewport(screen.Width, screen.Height, chromedp.EmulateScale(max(screen.Scale, 1))), media(screen.Dark, screen.Forced))
}

// call is a protocol command as a step.
func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, command, params)
		return err
	})
}

// watch notes what a page must not do.
func (p *Page) watch(event any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(e.Request.URL)
		if err == nil && p.host != "" && strings.HasPrefix(u.Scheme, "http") && u.Host != p.host {
			p.faults = append(p.faults, "asked another host: "+e.Request.URL)
		}
	case *runtime.EventExceptionThrown:
		p.faults = append(p.faults, "threw: "+e.ExceptionDetails.Text)
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" {
			p.faults = append(p.faults, "wrote an error to the console")
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" && e.Entry.Source == "security" {
			p.faults = append(p.faults, e.Entry.Text)
		}
	}
}

// Faults are what the page did that a page must not do.
func (p *Page) Faults() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.faults
}

// Do runs steps, each in time.
func (p *Page) Do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx); err != nil { // the tab lives as long as the page
		p.t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.t.Fatalf("%s: %v", p.Screen.Name, err)
	}
}

// Go opens an address.
func (p *Page) Go(address string) {
	p.t.Helper()
	if u, err := url.Parse(address); err == nil {
		p.mu.Lock()
		p.host = u.Host
		p.mu.Unlock()
	}
	p.Do(chromedp.Navigate(address))
}

// Click presses what a CSS selector finds, once it is visible.
func (p *Page) Click(selector string) {
	p.t.Helper()
	p.Do(chromedp.Click(chromedp.CSS(selector), chromedp.NodeVisible))
}

// Press presses keys, wherever the focus is (package chromedp/kb has Tab, Enter, …).
func (p *Page) Press(keys ...string) {
	p.t.Helper()
	for _, key := range keys {
		p.Do(chromedp.KeyEvent(key))
	}
}

// Wait waits until a script's expression is true.
func (p *Page) Wait(expression string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	for {
		// A page that is just being replaced answers with an error: ask again.
		// It may also never answer.
		try, end := context.WithTimeout(ctx, time.Second)
		ok, err := chromedp.Run(try, chromedp.Evaluate[bool]("!!("+expression+")"))
		end()
		if err == nil && ok {
			return
		} else if ctx.Err() != nil {
			p.t.Fatalf("%s: never came true: %s", p.Screen.Name, expression)
		}
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// Value is what a script's expression is.
func Value[T any](p *Page, expression string) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		p.t.Fatalf("%s: %s: %v", p.Screen.Name, expression, err)
	}
	return value
}

// Shot saves a picture of the whole page as name-screen.png in the folder that
// PRALINE_SCREENSHOTS names; without one it does nothing.
func (p *Page) Shot(name string) {
	p.t.Helper()
	folder := os.Getenv("PRALINE_SCREENSHOTS")
	if folder == "" {
		return
	}
	picture := p.Picture()
	if err := errors.Join(os.MkdirAll(folder, 0o755), os.WriteFile(filepath.Join(folder, name+"-"+p.Screen.Name+".png"), picture, 0o644)); err != nil {
		p.t.Fatalf("%s: picture: %v", name, err)
	}
}

// Picture is what stands in the window, as a PNG.
func (p *Page) Picture() []byte {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.t.Fatalf("%s: picture: %v", p.Screen.Name, err)
	}
	return picture
}

// Accessible lets axe-core look at the page as it stands, by the rules of WCAG
// 2.2 AA, and fails the test for each finding.
func (p *Page) Accessible(label string) {
	p.t.Helper()
	findings := Value[[]string](p, axe(p.t)+`;axe.run(document,{runOnly:["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]})`+
		`.then(r=>r.violations.flatMap(v=>v.nodes.map(n=>v.id+": "+v.help+": "+n.html.slice(0,160)+" "+(n.any[0]||n.all[0]||n.none[0]||{message:""}).message)))`)
	for _, finding := range findings {
		p.t.Errorf("%s on %s: %s", label, p.Screen.Name, finding)
	}
}

var (
	axeOnce   sync.Once
	axeScript string
)

// axe is the script, from the folder in which .ci/tools puts it.
func axe(t testing.TB) string {
	t.Helper()
	axeOnce.Do(func() {
		folder, err := os.Getwd()
		for err == nil && folder != filepath.Dir(folder) {
			if script, found := os.ReadFile(filepath.Join(folder, ".tools", "node_modules", "axe-core", "axe.min.js")); found == nil {
				axeScript = string(script)
				return
			}
			folder = filepath.Dir(folder)
		}
	})
	if axeScript == "" {
		missing(t, "no axe-core here: fetch it with ./.ci/tools")
	}
	return axeScript
}

// Overflow is how many pixels the page scrolls sideways; 0 is right.
func (p *Page) Overflow() int {
	p.t.Helper()
	return Value[int](p, `document.documentElement.scrollWidth-document.documentElement.clientWidth`)
}

// Check fails the test for each of Faults, and for a page that scrolls sideways.
func (p *Page) Check(label string) {
	p.t.Helper()
	for _, fault := range p.Faults() {
		p.t.Errorf("%s on %s: %s", label, p.Screen.Name, fault)
	}
	if n := p.Overflow(); n > 0 {
		p.t.Errorf("%s on %s: the page is %d pixels too wide", label, p.Screen.Name, n)
	}
}
