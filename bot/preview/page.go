package preview

import (
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"strings"
	"time"

	"praline/channels"
	"praline/channels/web"
	"praline/locales"
	"praline/pages"
)

// Shown is what a preview page shows: a lesson in one language, as it is now.
type Shown struct {
	Lang     string
	Title    string
	File     string // path within the series' folder
	Source   string
	Lessons  []Link // of the series, in this language
	Others   []Link // the same lesson in every language
	Messages []channels.Message
	Faults   []string // "line 12: what is wrong: how to mend it"
	Advice   []string
}

// Link leads to another lesson or language.
type Link struct {
	Title, Address string
	Here           bool
}

// Page is the preview on a web page: the source on the left, on the right the
// lesson as the web chat shows it, under each message what every app does with
// it. It reloads by itself when a file is saved.
type Page struct {
	// Show reads the series anew and returns the lesson that is asked for; ""
	// is the first one.
	Show func(lesson, lang string) (Shown, error)
	// Stamp changes whenever a file of the series does.
	Stamp func() string
	// Media opens the pictures of the series.
	Media channels.Library
	Apps  []App
	Words locales.Words
	// Tick comes whenever it is time to look whether a file was saved.
	Tick func() <-chan time.Time
}

//go:embed page.html page.css page.js
var own embed.FS

var page = template.Must(template.ParseFS(own, "page.html"))

// Handler serves the page.
func (p *Page) Handler() http.Handler {
	files := pages.NewFiles("/static/", map[string][]byte{
		"preview.css": []byte(web.Stylesheet() + read("page.css")), "preview.js": []byte(read("page.js")),
	})
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { p.show(w, r, files) })
	mux.HandleFunc("GET /events", p.events)
	mux.Handle("GET /static/", files)
	mux.HandleFunc("GET /chat/media/{path...}", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFileFS(w, r, p.Media, r.PathValue("path"))
	})
	return pages.Guarded(mux, false)
}

func read(name string) string {
	content, err := fs.ReadFile(own, name)
	if err != nil {
		panic(err) // embedded: a build that is broken
	}
	return string(content)
}

// shownMessage is one message with what the apps do with it.
type shownMessage struct {
	HTML template.HTML
	Fits string
}

func (p *Page) show(w http.ResponseWriter, r *http.Request, files *pages.Files) {
	stamp := p.Stamp() // before reading: what is saved meanwhile is shown a moment later
	shown, err := p.Show(r.FormValue("lesson"), r.FormValue("lang"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	view := struct {
		Shown
		W                  locales.Words
		Stamp              string
		Stylesheet, Script string
		Lines              []string
		Said               []shownMessage
	}{Shown: shown, W: p.Words, Stamp: stamp, Stylesheet: files.URL("preview.css"), Script: files.URL("preview.js"), Lines: strings.Split(shown.Source, "\n")}
	for _, m := range shown.Messages {
		if !m.Retire {
			view.Said = append(view.Said, shownMessage{web.Static(m), SayFits(p.Words, p.Apps, m)})
		}
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := page.Execute(w, view); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

// events says "changed" when a file of the series was saved.
func (p *Page) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	stamp := r.FormValue("stamp")
	for {
		now := p.Stamp()
		changed := now != stamp
		_ = control.SetWriteDeadline(time.Time{}) // as long as the page is open
		event := ": still here\n\n"
		if changed {
			event = "event: changed\ndata: " + now + "\n\n"
		}
		if _, err := fmt.Fprint(w, event); err != nil {
			return
		}
		if control.Flush() != nil || changed {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-p.Tick():
		}
	}
}
