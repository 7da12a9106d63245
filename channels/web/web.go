// Package web is the adapter of the web page /chat: the one channel that needs
// no app, no token and no account.
//
// The page is rendered here and works with nothing but HTML: every button is a
// form, and a form is answered by a redirect back to the conversation. Where a
// browser runs the one small script, forms are sent without leaving the page
// and what is said arrives over a stream (SSE). Both show the same: the
// conversation stands in a Transcript, and a page is that transcript, drawn.
//
// A person is a signed cookie with an opaque conversation in it; a code carries
// it to another device.
//
//	web.go         who we are, and what belongs to us over HTTP
//	transcript.go  what a conversation keeps, as it is asked of a store
//	event.go       what came in, as an Event
//	send.go        saying a message: giving it its place in the transcript
//	room.go        who is looking at a conversation right now
//	page.go        the page; state.go what changed on it since; stream.go the stream of that
//	render.go      a Message as HTML (chat.html, chat.css, chat.js)
//	files.go       pictures, documents, the calendar, the manifest
//	code.go        carrying a conversation to another device
package web

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"praline/channels"
	"praline/pages"
)

// Name of the channel, as it is stored.
const Name = "web"

// Options of an Adapter.
type Options struct {
	Secret     []byte // signs the session cookie
	Transcript Transcript
	// PublicURL is where the world reaches us; empty: wherever we listen.
	PublicURL string
	// Media opens pictures by their path; nil for none.
	Media channels.Library
	// Calendar returns the chosen times of a conversation as an iCalendar
	// file, nil when there are none; a nil func offers no calendar.
	Calendar func(ctx context.Context, conversation string) ([]byte, error)
	// NewCode returns a code that joins a conversation with another app, as it
	// is read out: "ABCD EFGH"; "" where nobody was met yet. Redeem takes one as it was typed, and returns
	// the conversation with which this browser goes on: its own, or the one
	// that the code carries here; "" for a code that leads nowhere, and a
	// WaitError for one too many.
	NewCode func(ctx context.Context, conversation string) (code string, err error)
	Redeem  func(ctx context.Context, conversation, typed string) (carried string, err error)
	Log     *slog.Logger
	// Now stamps what is said (it may run fast); nil is the wall's clock.
	Now func() time.Time
	// Wall is the clock of limits and deadlines; nil is the wall's clock.
	Wall func() time.Time
	// Zone in which stamps are written; nil is Europe/Brussels.
	Zone *time.Location
}

// Adapter is the web page.
type Adapter struct {
	options  Options
	sessions *pages.Sessions
	files    *pages.Files
	rooms    *rooms
	beat     time.Duration // of a stream that has nothing to say
	patience time.Duration // with a browser that does not read
	away     atomic.Bool   // streams could not read

	floods   floods
	handle   channels.Handler
	draining chan struct{} // closed by Close
}

// floods are the limits of one session, and of one address.
type floods struct{ session, address *pages.Flood }

// New returns an Adapter.
func New(options Options) *Adapter {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Wall == nil {
		options.Wall = time.Now
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	if options.Zone == nil {
		options.Zone = brussels()
	}
	return &Adapter{
		options:  options,
		sessions: pages.NewSessions(options.Secret, "chat", pages.HTTPS(options.PublicURL)),
		files:    pages.NewFiles(staticPath, staticFiles()),
		rooms:    newRooms(),
		beat:     15 * time.Second,
		patience: patience,
		floods: floods{
			session: pages.NewFlood(40, 500*time.Millisecond),
			address: pages.NewFlood(400, 20*time.Millisecond), // a whole ministry may share one
		},
		draining: make(chan struct{}),
	}
}

func brussels() *time.Location {
	zone, err := time.LoadLocation("Europe/Brussels")
	if err != nil {
		return time.UTC // a build without time/tzdata
	}
	return zone
}

// Name of the channel.
func (*Adapter) Name() string { return Name }

// Limits of a web page: hardly any.
func (*Adapter) Limits() channels.Limits {
	return channels.Limits{
		Replaces: true,
		Waits:    true,
		Media:    []string{"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", "audio/mpeg", "video/mp4"},
	}
}

// Routes are the patterns that belong to the web channel, for the one HTTP
// server. Everything under /chat carries the headers of pages.Guarded, and
// forms are taken from our own pages only.
func (a *Adapter) Routes(handle channels.Handler) (map[string]http.Handler, error) {
	a.handle = handle
	mux := http.NewServeMux()
	mux.HandleFunc("GET /chat", a.page)
	mux.HandleFunc("POST /chat", a.take)
	mux.HandleFunc("GET /chat/events", a.stream)
	mux.HandleFunc("GET /chat/code", a.codePage)
	mux.HandleFunc("POST /chat/code", a.takeCode)
	mux.HandleFunc("GET /chat/media/{path...}", a.medium)
	mux.HandleFunc("GET /chat/file/{key}", a.document)
	mux.HandleFunc("GET /chat/times.ics", a.calendar)
	mux.HandleFunc("GET /chat/manifest.webmanifest", a.manifest)
	mux.Handle("GET "+staticPath, a.files)
	own, err := pages.OwnOrigin(a.unflooded(mux), a.options.PublicURL, http.HandlerFunc(a.foreign))
	if err != nil {
		return nil, err
	}
	all := pages.Guarded(own, pages.HTTPS(a.options.PublicURL))
	return map[string]http.Handler{
		"/chat":    all,
		"/chat/":   all,
		"GET /{$}": http.RedirectHandler("/chat", http.StatusSeeOther),
	}, nil
}

// Close ends the streams, so that the server can stop; browsers come back by
// themselves.
func (a *Adapter) Close() {
	a.rooms.mu.Lock()
	defer a.rooms.mu.Unlock()
	select {
	case <-a.draining:
	default:
		close(a.draining)
	}
}

// unflooded keeps one address from taking all our time.
func (a *Adapter) unflooded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !a.floods.address.Allow(pages.Client(r), a.options.Wall()) {
			a.problem(w, r, http.StatusTooManyRequests, "web.too-many")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// foreign answers a form that another site's page sent.
func (a *Adapter) foreign(w http.ResponseWriter, r *http.Request) {
	a.problem(w, r, http.StatusForbidden, "web.foreign")
}
