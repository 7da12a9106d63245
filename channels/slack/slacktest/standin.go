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
//	methods.go    the Web API's methods; views.go, files.go and oauth.go more of them
//	blocks.go     what is refused: blocks; elements.go their elements; text.go their texts
//	mrkdwn.go     how a reader sees mrkdwn; look.go how they see a message
//	deliver.go    what is brought to the app; http.go and socket.go the two ways
//	person.go     somebody with Slack open; hands.go what they press; form.go what
//	              they fill in; submit.go modals; hooks.go what a response_url shows
//	reader.go     the same somebody, for a conversation over all apps
//	rates.go      how often one may call
package slacktest

import (
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
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
func (s *Server) Await(wanted func() bool) bool {
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		if wanted() {
			return true
		}
		time.Sleep(2 * time.Millisecond)
	}
	return false
}

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

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request, method string) {
	in, problem := arguments(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
	if fault, ok := s.fault(method); ok {
		if fault.Late {
			s.answer(r, method, in, problem)
		}
		if fault.After > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(fault.After))
		}
		w.WriteHeader(fault.Status)
		_, _ = io.WriteString(w, fault.Body)
		s.changed.Broadcast()
		return
	}
	out, header := s.answer(r, method, in, problem)
	for name, value := range header {
		w.Header().Set(name, value)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Date", s.clock().UTC().Format(http.TimeFormat))
	if out["error"] == "ratelimited" {
		w.WriteHeader(http.StatusTooManyRequests)
	}
	_ = json.NewEncoder(w).Encode(out)
	s.changed.Broadcast()
}

// answer checks who calls and what they may, and does it.
func (s *Server) answer(r *http.Request, method string, in object, problem string) (out object, header map[string]string) {
	known, ok := methods[method]
	if !ok {
		s.violate(method + ": unknown_method")
		return object{"ok": false, "error": "unknown_method", "req_method": method}, nil
	}
	if problem != "" {
		s.violate(method + ": " + problem)
		return refusal(problem), nil
	}
	c := call{server: s, method: method, in: in, request: r}
	if !known.open {
		if out := s.admit(&c, known); out != nil {
			return out, c.header()
		}
	}
	out = known.do(&c)
	if out["error"] == "ratelimited" {
		return out, map[string]string{"Retry-After": strconv.Itoa(s.rates.after)}
	}
	if _, ok := out["ok"]; !ok {
		out["ok"] = true
	}
	return out, c.header()
}

// admit returns nil for a caller who may call the method.
func (s *Server) admit(c *call, known method) object {
	token := c.token()
	switch {
	case token == "":
		s.violate(c.method + ": not_authed")
		return refusal("not_authed")
	case known.app && token != AppToken:
		s.violate(c.method + ": a token that is not the app's")
		if s.byToken(token) != nil {
			return refusal("not_allowed_token_type")
		}
		return refusal("invalid_auth")
	case known.app:
		return nil
	}
	c.team = s.byToken(token)
	switch {
	case c.team == nil && token == AppToken:
		s.violate(c.method + ": the app's token where a bot's belongs")
		return refusal("not_allowed_token_type")
	case c.team == nil:
		return refusal("invalid_auth") // a person's mistake in the settings, not the adapter's
	case c.team.ended != "":
		return refusal(c.team.ended)
	}
	if known.scope != "" && !slices.Contains(c.team.scopes, known.scope) {
		return object{"ok": false, "error": "missing_scope", "needed": known.scope, "provided": strings.Join(c.team.scopes, ",")}
	}
	return nil
}

func (s *Server) fault(method string) (Fault, bool) {
	for i, f := range s.faults {
		speaks := strings.HasPrefix(method, "chat.") || strings.HasPrefix(method, "files.") || strings.HasPrefix(method, "views.")
		if f.Method == method || (f.Method == "" && speaks) {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			return f, true
		}
	}
	return Fault{}, false
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

func refusal(code string) object { return object{"ok": false, "error": code} }

// arguments reads a body of either kind; values of forms that hold JSON stay
// text until a method asks for them.
func arguments(r *http.Request) (object, string) {
	in := object{}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case r.Method != http.MethodPost && r.Method != http.MethodGet:
		return in, "invalid_post_type"
	case kind == "application/json":
		body, err := io.ReadAll(r.Body)
		if err != nil || len(body) > 0 && json.Unmarshal(body, &in) != nil {
			return in, "invalid_json"
		}
		return in, "" // a method without arguments may have no body
	case kind == "multipart/form-data":
		if r.ParseMultipartForm(16<<20) != nil {
			return in, "invalid_form_data"
		}
	case kind == "application/x-www-form-urlencoded", r.Method == http.MethodGet:
		if r.ParseForm() != nil {
			return in, "invalid_form_data"
		}
	default:
		body, _ := io.ReadAll(r.Body)
		if len(body) > 0 {
			return in, "invalid_post_type"
		}
	}
	for name, values := range url.Values(r.Form) {
		in[name] = values[0]
	}
	return in, ""
}
