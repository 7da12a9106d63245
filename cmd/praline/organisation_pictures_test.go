package main

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/chromedp/chromedp"

	"praline/pages/browsertest"
)

// portrayed are the screens on which each page of the console is shown.
var portrayed = []browsertest.Screen{
	{Name: "phone", Width: 360, Height: 740},
	{Name: "desk", Width: 1280, Height: 800},
}

// How high a picture is at most: of a long page the beginning tells enough.
var tallest = map[string]int64{"phone": 1500, "desk": 1000}

// portray takes a page's pictures in a tab beside, which leaves what is typed
// alone: both languages, on a phone and on a desk.
func (d *desk) portray(name string) {
	d.s.t.Helper()
	address := browsertest.Value[string](d.Page, `location.href`)
	if d.beside == nil {
		d.beside = d.Beside(browsertest.Desktop.In(d.words.Lang + "-BE"))
	}
	tab := d.beside
	tab.Go(address)
	own := browsertest.Value[string](tab, `document.documentElement.lang`)
	for _, lang := range []string{map[string]string{"fr": "nl", "nl": "fr"}[own], own} {
		tab.Wait(`(window.before = true)`)
		tab.Click(`.languages button[value="` + lang + `"]`)
		tab.Wait(fmt.Sprintf(`!window.before && document.readyState == "complete" && document.documentElement.lang == %q`, lang))
		for _, screen := range portrayed {
			tab.Screen.Name = lang + "." + screen.Name
			tab.Do(chromedp.EmulateViewport(screen.Width, screen.Height))
			tab.Wait(fmt.Sprintf(`innerWidth == %d`, screen.Width))
			tab.Check(name)
			tab.Accessible(name)
			height := min(max(screen.Height, browsertest.Value[int64](tab, `document.documentElement.scrollHeight`)), tallest[screen.Name])
			tab.Do(chromedp.EmulateViewport(screen.Width, height))
			tab.Wait(fmt.Sprintf(`innerHeight == %d && (scrollTo(0, 0), document.activeElement.blur(), true)`, height))
			file := filepath.Join(d.s.pictures, fmt.Sprintf("console-%s.%s.%s.png", name, lang, screen.Name))
			if err := os.WriteFile(file, inColours(d.s.t, tab.Picture(), 128), 0o644); err != nil {
				d.s.t.Fatal(err)
			}
		}
	}
}
