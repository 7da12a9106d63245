// Package console is the pages of trainers, managers and administrators, and
// nothing but pages: each asks one function of bot/people, lessons/library,
// scheduler/campaign, bot/report or bot/recognition and draws what it says.
//
// A topic is a file of Go and a template of the same name: editor.go and
// editor.html. It lists its pages in one function that console.go names; each
// page says which action of the role table it needs, so that the check stands
// in one place (visit.go), before anything of the topic runs. The organisation
// is always the visitor's own and never read from a request.
//
// What pages are made of:
//
//	visit.go       one request: draw, to, fail; v.W says words, v.Org is the only organisation there is
//	form.go        v.text, v.number, v.upload read a POST (limits are kept already); v.wrong and v.refused note faults beside
//	               their fields, v.again draws the form anew (422), v.done says what was done on the next page (303)
//	paging.go      v.paged cuts a long list; {{template "pages" .Data.Pages}} leads through it
//	inputs.go      {{.Field "name" "people.name" .Data.Name "required"}}, .Area, .Choose, .Tick, .File: label, hint, input, fault
//	components.go  {{icon "lock"}}, {{tag "good" "relu"}}, {{pieces 7 2 1}}, {{withheld "…"}}, {{advice "…" "…"}}, {{empty "…" "/console/…" "…"}}
//	chart.go       v.bars(barChart{…}), chartline.go v.lines(lineChart{…}): inline SVG from Go; the table beside it is the page's own
//	chartrow.go    {{interval 0.72 0.66 0.78 "fr"}}, {{share 0.58 "nl"}}: a small chart in a table's row, its figures in the same row
//	home.go        what waits for a visitor: each topic adds its todos and its sections
//	limits.go      how often, by session and by address
//	signin.go      by a link or a code from one's own chat; sessions.go, ending them
//
// and console.css, whose classes are listed at its top. Tests of pages sign in
// with package consoletest.
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

	"praline/bot/inbox"
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
	Inbox       *inbox.Inbox
	// Catalogue is what an organisation's people can be taught.
	Catalogue func(ctx context.Context, org string) (lessons.Catalogue, error)
	// Write hands a letter to a learner; it is said when their gate is open.
	Write func(ctx context.Context, to learner.ID, letter learner.Letter) error

	// Situation is what campaigns of an organisation are judged by today; nil:
	// what roster and catalogue say. Progress is how far a campaign has come, nil
	// where there are no figures yet or too few people.
	Situation func(ctx context.Context, org string) (campaign.Situation, error)
	Progress  func(ctx context.Context, org string, c campaign.Campaign) (*campaign.Progress, error)

	// Try takes a turn to enter a sign-in code, from an address, over all
	// instances; it returns how long to wait for one. nil: only this instance's
	// own limits.
	Try func(ctx context.Context, address string) (wait time.Duration, err error)

	// Ways are how an invitation's code is taken up in each app that is on; nil:
	// the code is all that can be shown.
	Ways func(ctx context.Context, code string) []people.Way

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
	sessions  *pages.Sessions // who is signed in
	seen      *pages.Sessions // which browser saw the sign-in page
	wishes    *pages.Sessions // which page it wished to see first
	notices   *pages.Sessions // what to say on the next page
	floods    floods
	weeks     *weekForecasts // what home shows of this week
}

// New makes a console.
func New(o Options) (*Console, error) {
	https := pages.HTTPS(o.PublicURL)
	c := &Console{
		options:  o,
		sessions: pages.NewSessions(o.Secret, "console", https).Lasting(people.SessionMost),
		seen:     pages.NewSessions(o.Secret, "console-seen", https).Lasting(time.Hour),
		wishes:   pages.NewSessions(o.Secret, "console-wish", https).Lasting(time.Hour),
		notices:  pages.NewSessions(o.Secret, "console-notice", https).Lasting(time.Minute),
		floods:   newFloods(), weeks: &weekForecasts{},
	}
	if c.options.Log == nil {
		c.options.Log = slog.New(slog.DiscardHandler)
	}
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

// open is the action of a page that anybody may see, signed in or not: v.Actor
// may be nil there.
const open people.Action = "(open)"

// topics are all pages, topic by topic: each function stands in the file of its
// topic.
func (c *Console) topics() []page {
	var all []page
	for _, topic := range []func() []page{
		c.homePages, c.signInPages, c.sessionPages,
		c.peoplePages, c.importPages, c.invitationPages, c.organisationPages, c.auditPages,
		c.seriesPages, c.draftPages, c.editorPages, c.translationPages, c.factsPages, c.reviewPages, c.versionPages, c.guidePages, c.exchangePages,
		c.campaignPages, c.sponsorPages, c.compulsoryPages,
		c.questionPages, c.digestPages, c.yearPages,
		c.answerPages, c.surveyPages, c.needPages,
	} {
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
	guarded, err := pages.OwnOrigin(fromBrowsers(mux), c.options.PublicURL, nil)
	if err != nil {
		return nil, err
	}
	handler := pages.Guarded(guarded, pages.HTTPS(c.options.PublicURL))
	return map[string]http.Handler{"/console": handler, "/console/": handler}, nil
}
