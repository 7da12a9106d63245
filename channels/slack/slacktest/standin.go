// Package slacktest is a stand-in of Slack for tests: its Web API, Events API,
// interactivity, slash commands and Socket Mode. It is as strict as Slack's
// documents are: it refuses what would be refused there (a text that is too
// long, a block it does not know, an option that is not among the options, a
// trigger that is three seconds old), in Slack's words, and remembers every
// violation so that a test can fail on it. Some of what Slack would take is a
// violation here too: a raw & or < in mrkdwn, blocks without a text for those
// who do not see them.
//
// What people do is brought over HTTP (Server.Posts), signed as Slack signs,
// or over Socket Mode to whoever asked for a connection. The stand-in knows
// neither our adapter nor a library of blocks: it reads JSON and judges.
//
//	standin.go    the server, and the faults that it can be told to have
//	workspace.go  workspaces, their tokens and scopes
//	api.go        a call of the Web API: who may make it, and what it is answered
//	methods.go    the Web API's methods; views.go, files.go and oauth.go more of them
//	blocks.go     what is refused: blocks; elements.go their elements; text.go their texts
//	mrkdwn.go     how a reader sees mrkdwn; look.go how they see a message
//	deliver.go    what is brought to the app; http.go and socket.go the two ways
//	person.go     somebody with Slack open; hands.go what they press; form.go what
//	              they fill in; submit.go modals; commands.go commands and shortcuts;
//	              hooks.go what a response_url shows
//	reader.go     the same somebody, for a conversation over all apps
//	rates.go      how often one may call
//	attacks.go    requests that a webhook must refuse
package slacktest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"praline/channels/channelstest"
)

// What the stand-in's app is configured with.
const (
	AppID         = "A0STANDIN"
	AppToken      = "xapp-stand-in"
	SigningSecret = "stand-in-signing-secret"
	ClientID      = "1111.2222"
	ClientSecret  = "stand-in-client-secret"
	// BotToken is the token in the first workspace.
	BotToken = "xoxb-stand-in-T0FIRST"
)

// Server is Slack, as one app sees it.
type Server struct {
	URL string
	// First is the workspace that has installed the app from the start.
	First *Workspace

	t          testing.TB
	mu         sync.Mutex
	changed    *sync.Cond
	closed     bool
	clock      func() time.Time
	serial     int
	workspaces map[string]*Workspace
	violations []string
	faults     []Fault
	calls      map[string]int
	triggers   map[string]trigger
	hooks      map[string]*hook
	uploads    map[string]*upload
	codes      map[string]code
	rates      rates
	mail       mail
	sockets    sockets
	client     *http.Client
	working    sync.WaitGroup
}

// Fault is an answer that is given once instead of doing what a method says.
type Fault struct {
	Method string // "" for the next call of any chat, files or views method
	Status int
	After  int // seconds, as Retry-After
	Body   string
	Late   bool // the method is done, and only its answer is lost
}

// The faults that an adapter must live with.
var (
	TooMany   = Fault{Status: http.StatusTooManyRequests, After: 3, Body: `{"ok":false,"error":"ratelimited"}`}
	Internal  = Fault{Status: http.StatusInternalServerError, Body: `{"ok":false,"error":"internal_error"}`}
	Fatal     = Fault{Status: http.StatusOK, Body: `{"ok":false,"error":"fatal_error"}`}
	BadBridge = Fault{Status: http.StatusBadGateway, Body: "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n</html>\r\n"}
	CutShort  = Fault{Status: http.StatusOK, Body: `{"ok":tr`}
	Lost      = Fault{Status: http.StatusGatewayTimeout, Late: true}
)

// Of is a fault of one method.
func (f Fault) Of(method string) Fault {
	f.Method = method
	return f
}

// Start runs a stand-in until the test ends. One workspace, First, has
// installed the app.
func Start(t testing.TB) *Server {
	s := &Server{
		t: t, clock: time.Now, workspaces: map[string]*Workspace{}, calls: map[string]int{}, triggers: map[string]trigger{},
		hooks: map[string]*hook{}, uploads: map[string]*upload{}, codes: map[string]code{},
		client: &http.Client{Timeout: acknowledged, Transport: &http.Transport{}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	s.changed = sync.NewCond(&s.mu)
	s.First = s.Workspace("T0FIRST")
	s.First.installed = true
	web := httptest.NewServer(s)
	s.URL = web.URL
	t.Cleanup(func() {
		s.mu.Lock()
		s.closed = true
		s.sockets.hangUp()
		s.changed.Broadcast()
		s.mu.Unlock()
		web.CloseClientConnections()
		s.working.Wait()
		s.client.CloseIdleConnections()
		web.Close()
	})
	return s
}

// API is the Web API's address, with a slash at the end.
func (s *Server) API() string { return s.URL + "/api/" }

// Clock sets what tells the time: for stamps, signatures, triggers and rates.
func (s *Server) Clock(now func() time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock = now
}

// Fails answers the next calls with faults, in order.
func (s *Server) Fails(faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = append(s.faults, faults...)
}

// Pending counts the faults that no call has met yet.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.faults)
}

// Violations are what Slack would have refused, and what it would have let
// pass to a person's harm.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// Calls counts the calls of a method.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Await waits until something is as wanted; false after a while.
func (s *Server) Await(wanted func() bool) bool { return channelstest.Await(wanted) }

// ServeHTTP answers whatever the app asks of Slack.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch path := r.URL.Path; {
	case strings.HasPrefix(path, "/api/"):
		s.serveAPI(w, r, strings.TrimPrefix(path, "/api/"))
	case strings.HasPrefix(path, "/upload/"):
		s.serveUpload(w, r)
	case strings.HasPrefix(path, "/response/"):
		s.serveHook(w, r)
	case path == "/link/":
		s.serveSocket(w, r)
	case path == "/oauth/v2/authorize":
		s.serveAuthorize(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *Server) violate(problem string) { s.violations = append(s.violations, problem) }

// next is a number that was not used before.
func (s *Server) next() int {
	s.serial++
	return s.serial
}

// stamp is a message's ts: never the same twice.
func (s *Server) stamp() string { return fmt.Sprintf("%d.%06d", s.clock().Unix(), s.next()) }

type object = map[string]any
