// Package teamstest is a stand-in of Microsoft Teams for tests: the Bot
// Connector, Microsoft's login and the OpenID metadata on one loopback server,
// and persons with Teams open. It is as strict as the vendor's documents are:
// it refuses what would be refused there (a token that it did not issue, a
// message over 100 KB, an Adaptive Card that does not follow the schema), in
// the vendor's words, and remembers every violation so that a test can fail on
// it. Some of what Teams would take is a violation here too: a card that a
// screen reader cannot read, a button whose title would be cut.
//
// Activities are brought to the address of Server.Posts, with a token that the
// stand-in signs. The stand-in knows neither our adapter nor a library of
// cards: it reads JSON and judges.
//
//	standin.go   the server, and the faults that it can be told to have
//	call.go      a call of whatever kind, and what it is answered
//	login.go     tokens for the bot: client credentials
//	keys.go      tokens of ours for the bot's door: metadata, keys, signatures
//	connector.go what a bot says: send, replace, delete, typing
//	activity.go  what is refused: activities and their attachments
//	card.go      what is refused: Adaptive Cards; action.go their buttons; schema.go what
//	             each part may hold
//	rates.go     how often one may call
//	markdown.go  how a reader sees a text; look.go how they see a card
//	deliver.go   what is brought to the bot
//	person.go    somebody with Teams open; hands.go what they press and fill in
//	file.go      a file that is offered, taken and brought
//	reader.go    the same somebody, for a conversation over all apps
//	attacks.go   requests that a webhook must refuse
package teamstest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"
	"time"

	"praline/channels/channelstest"
)

// What the stand-in's bot is configured with.
const (
	AppID       = "5b6d8f0a-1111-4222-8333-944455566677"
	AppPassword = "stand-in-client-secret"
	TenantID    = "0c1e2d3f-aaaa-4bbb-8ccc-1ddd2eee3fff"
)

// Server is Teams, as one bot sees it.
type Server struct {
	URL string

	t          testing.TB
	mu         sync.Mutex
	clock      func() time.Time
	anonymous  bool
	posts      string // where activities are brought to
	serial     int
	life       time.Duration
	tokens     map[string]time.Time // issued to the bot, and when each ends
	keys       []*key
	endorsed   []string
	chats      map[string]*chat
	persons    map[string]*Person
	violations []string
	faults     []Fault
	calls      map[string]int
	answered   map[int]int
	rates      rates
	brought    []Brought
	uploads    map[string]*upload
	client     *http.Client
}

// Fault is an answer that is given once instead of doing what a call says.
type Fault struct {
	Method string // as Calls counts; "" for the next send, update or delete
	Status int
	After  int // seconds, as Retry-After
	Body   string
	Late   bool // it is done, and only its answer is lost
	HangUp bool // the connection ends without an answer
}

// The faults that an adapter must live with.
var (
	TooMany      = Fault{Status: http.StatusTooManyRequests, After: 3, Body: `{"error":{"code":"Throttled","message":"Too many requests"}}`}
	TooManyPlain = Fault{Status: http.StatusTooManyRequests, Body: `{"error":{"code":"Throttled","message":"Too many requests"}}`} // without Retry-After
	Precondition = Fault{Status: http.StatusPreconditionFailed, Body: `{"error":{"code":"PreconditionFailed","message":"A concurrent operation is in progress"}}`}
	Internal     = Fault{Status: http.StatusInternalServerError, Body: `{"error":{"code":"ServiceError","message":"Internal server error"}}`}
	BadGateway   = Fault{Status: http.StatusBadGateway, Body: "<html><head><title>502 Bad Gateway</title></head></html>\r\n"}
	Timeout      = Fault{Status: http.StatusGatewayTimeout, Body: `{"error":{"code":"GatewayTimeout","message":"Gateway timeout"}}`}
	CutShort     = Fault{Status: http.StatusCreated, Body: `{"id":"17`}
	Lost         = Fault{Status: http.StatusGatewayTimeout, Late: true}
	HangUp       = Fault{HangUp: true}
	LostHangUp   = Fault{HangUp: true, Late: true}
)

// Of is a fault of one method: "send", "update", "delete", "typing", "token",
// "metadata", "keys".
func (f Fault) Of(method string) Fault {
	f.Method = method
	return f
}

// Start runs a stand-in until the test ends.
func Start(t testing.TB) *Server {
	s := &Server{
		t: t, clock: time.Now, life: time.Hour, tokens: map[string]time.Time{}, endorsed: []string{"msteams"},
		chats: map[string]*chat{}, persons: map[string]*Person{}, calls: map[string]int{}, answered: map[int]int{}, uploads: map[string]*upload{},
		client: &http.Client{
			Timeout: patience, Transport: &http.Transport{},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
	s.keys = []*key{s.newKey()}
	web := httptest.NewServer(s)
	s.URL = web.URL
	t.Cleanup(func() {
		s.client.CloseIdleConnections()
		web.CloseClientConnections()
		web.Close()
	})
	return s
}

// LoginURL is what Options.LoginURL is set to.
func (s *Server) LoginURL() string { return s.URL + "/login" }

// OpenIDURL is the metadata document.
func (s *Server) OpenIDURL() string { return s.URL + "/v1/.well-known/openidconfiguration" }

// Clock sets what tells the time: for stamps, tokens and rates.
func (s *Server) Clock(now func() time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock = now
}

// Anonymous makes it behave as an emulator: it signs nothing, and takes calls
// without a token only.
func (s *Server) Anonymous() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.anonymous = true
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

// Violations are what Teams would have refused, and what it would have let
// pass to a person's harm.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.violations)
}

// Calls counts the calls of a method: "send", "update", "delete", "typing",
// "token", "metadata", "keys", "upload".
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Answered counts the connector's answers of a status.
func (s *Server) Answered(status int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.answered[status]
}

// Await waits until something is as wanted; false after a while.
func (s *Server) Await(wanted func() bool) bool { return channelstest.Await(wanted) }

// ServeHTTP answers whatever the bot asks of Microsoft.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 4<<20))
	if err != nil {
		return // the other side has gone
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.call(r, body)
	s.calls[c.method]++
	out := s.meets(c)
	if out.hangUp {
		panic(http.ErrAbortHandler)
	}
	for name, value := range out.header {
		w.Header().Set(name, value)
	}
	w.Header().Set("Date", s.clock().UTC().Format(http.TimeFormat))
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body)
}

// object is JSON as it came.
type object = map[string]any

func (s *Server) violate(format string, arguments ...any) {
	s.violations = append(s.violations, fmt.Sprintf(format, arguments...))
}

// next is a number that was not used before.
func (s *Server) next() int {
	s.serial++
	return s.serial
}
