// Package console is the pages of trainers, managers and administrators, and
// nothing but pages: each asks one function of bot/people, lessons/library,
// scheduler/campaign, bot/report or bot/recognition and draws what it says.
//
// A topic is a file of Go and a template of the same name: editor.go and
// editor.html. It lists its pages in one function that console.go names; each
// page says which action of the role table it needs, so that the check stands
// in one place (visit.go), before anything of the topic runs. The organisation
// is always the visitor's own and never read from a request.
package console

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/bot/recognition"
	"praline/bot/report"
	"praline/lessons"
	"praline/lessons/library"
	"praline/pages"
	"praline/scheduler/campaign"
)

//go:embed *.html *.css *.js
var own embed.FS

// Options are what the pages ask.
type Options struct {
	People      *people.People
	Library     *library.Library
	Campaigns   *campaign.Campaigns
	Reports     *report.Reports
	Recognition *recognition.Recognition
	// Catalogue is what an organisation's people can be taught.
	Catalogue func(ctx context.Context, org string) (lessons.Catalogue, error)
	// Write hands a letter to a learner; it is said when their gate is open.
	Write func(ctx context.Context, to learner.ID, letter learner.Letter) error

	Secret    []byte
	PublicURL string
	Now       func() time.Time // the bot's clock
	Wall      func() time.Time
	Log       *slog.Logger
}

// Console serves the pages.
type Console struct {
	options   Options
	templates *template.Template
	files     *pages.Files
	sessions  *pages.Sessions
}

// New makes a console.
func New(o Options) (*Console, error) {
	c := &Console{options: o, sessions: pages.NewSessions(o.Secret, "console", pages.HTTPS(o.PublicURL))}
	static, err := statics()
	if err != nil {
		return nil, err
	}
	c.files = pages.NewFiles("/console/static/", static)
	if c.templates, err = template.New("console").Funcs(functions).ParseFS(own, "*.html"); err != nil {
		return nil, fmt.Errorf("console: %w", err)
	}
	return c, nil
}

// statics are the stylesheet of all topics, each script, and the icon.
func statics() (map[string][]byte, error) {
	static := map[string][]byte{"praline.svg": pages.Icon}
	sheet := pages.Tokens
	entries, err := fs.ReadDir(own, ".")
	if err != nil {
		return nil, fmt.Errorf("console: %w", err)
	}
	for _, entry := range entries {
		content, err := own.ReadFile(entry.Name())
		switch {
		case err != nil:
			return nil, fmt.Errorf("console: %w", err)
		case strings.HasSuffix(entry.Name(), ".css"):
			sheet += string(content)
		case strings.HasSuffix(entry.Name(), ".js"):
			static[entry.Name()] = content
		}
	}
	static["console.css"] = []byte(sheet)
	return static, nil
}

// page is one address of the console.
type page struct {
	pattern string        // of http.ServeMux: "POST /console/people/{person}"
	action  people.Action // that the visitor must be allowed; "" for who is signed in
	handle  func(*visit) error
}

// topics are all pages, topic by topic: each function stands in the file of its
// topic.
func (c *Console) topics() []page {
	var all []page
	for _, topic := range []func() []page{c.homePages} {
		all = append(all, topic()...)
	}
	return all
}

// Routes are the addresses of the console.
func (c *Console) Routes() (map[string]http.Handler, error) {
	mux := http.NewServeMux()
	for _, p := range c.topics() {
		mux.Handle(p.pattern, c.visiting(p))
	}
	mux.Handle("GET /console/static/", c.files)
	guarded, err := pages.OwnOrigin(mux, c.options.PublicURL, nil)
	if err != nil {
		return nil, err
	}
	handler := pages.Guarded(guarded, pages.HTTPS(c.options.PublicURL))
	return map[string]http.Handler{"/console": handler, "/console/": handler}, nil
}
