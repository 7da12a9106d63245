// Package telegramtest is a stand-in of Telegram's Bot API for tests. It is as
// strict as the real one: it refuses what would be refused there (texts that
// are too long, tags it does not know, callback data over 64 bytes, an edit
// that changes nothing), keeps an update until a higher offset is asked for or
// the webhook took it, and remembers every violation so that a test can fail
// on it. A Person does with the bot's messages what people do.
//
//	standin.go   the server: who is there, and the faults that it can be told to have
//	methods.go   what the bot says: send, edit, files
//	updates.go   updates on their way: polling and webhook
//	content.go   what is refused: texts, keyboards, commands; html.go the HTML mode
//	poll.go      quizzes; group.go groups and channels; self.go what the bot says of itself
//	pace.go      too many requests, by a clock
//	person.go    somebody with Telegram on a phone; reader.go the same for a
//	             conversation over all apps
//	attacks.go   requests that a webhook must refuse
package telegramtest

import (
	"encoding/json"
	_ "image/gif"  // that the API takes
	_ "image/jpeg" // too
	_ "image/png"  // too
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"praline/channels/channelstest"
)

// Token that the stand-in expects.
const Token = "1234567:stand-in-token"

// Server is one bot's view of Telegram.
type Server struct {
	URL string

	t          testing.TB
	mu         sync.Mutex
	arrived    *sync.Cond // something changed
	closed     bool
	update     int
	updates    []map[string]any
	allowed    []string // kinds of updates; nil: all
	poll       int      // number of the newest getUpdates
	hook       webhook
	trouble    trouble
	message    int
	chats      map[int64]*Chat
	violations []string
	faults     []Fault
	unanswered map[string]bool // callback queries
	calls      map[string]int
	menus      map[string][]Command // by scope and language
	about      map[string]string    // by method and language
	pace       *pace
	floods     int
	alone      bool // joins no groups
	hearsAll   bool
	client     *http.Client
	delivering sync.WaitGroup
}

// Chat is a conversation as its people see it.
type Chat struct {
	Kind        string // "" is private
	Away        bool   // the bot is no member of this group
	Messages    []*Message
	Blocked     bool
	Deactivated bool
}

// Message is one message of the bot.
type Message struct {
	ID      int
	Text    string // as it is read, without markup
	HTML    string // as it was sent
	Buttons [][]Button
	Edits   int
	Caption string
	File    *File
	Poll    *Poll
}

// File is a picture or a document.
type File struct {
	Method string // "sendPhoto", "sendDocument"
	Name   string
	Data   []byte
}

// Button is one inline button.
type Button struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

// Value is what a button carries without the seal that may follow it.
func (b Button) Value() string {
	value, _, _ := strings.Cut(b.Data, "!")
	return value
}

// Command is an entry of the bot's menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// Fault is an answer that is given once instead of doing what a method says.
type Fault struct {
	Method string // "" for the next call of any sending method
	Status int
	Body   string
	Late   bool // the method is done, and only its answer is lost
}

// The faults that an adapter must live with.
var (
	TooMany   = Fault{Status: 429, Body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}`}
	BadBridge = Fault{Status: 502, Body: "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"}
	Internal  = Fault{Status: 500, Body: `{"ok":false,"error_code":500,"description":"Internal Server Error"}`}
	CutShort  = Fault{Status: 200, Body: `{"ok":true,"resu`}
	Lost      = Fault{Status: 504, Body: "", Late: true}
)

// Of is a fault of one method.
func (f Fault) Of(method string) Fault {
	f.Method = method
	return f
}

// Start runs a stand-in until the test ends.
func Start(t testing.TB) *Server {
	s := &Server{
		t: t, about: map[string]string{},
		chats: map[int64]*Chat{}, unanswered: map[string]bool{}, calls: map[string]int{}, menus: map[string][]Command{},
		client: &http.Client{Transport: &http.Transport{}},
	}
	s.arrived = sync.NewCond(&s.mu)
	web := httptest.NewServer(s)
	s.URL = web.URL
	t.Cleanup(func() {
		s.mu.Lock()
		s.closed = true
		s.arrived.Broadcast()
		s.mu.Unlock()
		s.delivering.Wait()
		s.client.CloseIdleConnections()
		web.CloseClientConnections()
		web.Close()
	})
	return s
}

// ServeHTTP answers a method of the Bot API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method, ok := strings.CutPrefix(r.URL.Path, "/bot"+Token+"/")
	if !ok {
		refuse(w, http.StatusUnauthorized, "Unauthorized")
		return
	}
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		_ = r.ParseMultipartForm(16 << 20)
	} else {
		_ = r.ParseForm()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls[method]++
	if fault, ok := s.fault(method); ok {
		if fault.Late {
			s.do(httptest.NewRecorder(), r, method)
		}
		w.WriteHeader(fault.Status)
		_, _ = io.WriteString(w, fault.Body)
		return
	}
	if s.pace != nil && paced(method) {
		if wait := s.pace.over(r.Form.Get("chat_id")); wait > 0 {
			s.floods++
			tooMany(w, wait)
			return
		}
	}
	s.do(w, r, method)
	s.arrived.Broadcast()
}

func (s *Server) do(w http.ResponseWriter, r *http.Request, method string) {
	switch method {
	case "getUpdates":
		s.getUpdates(w, r)
	case "setWebhook", "deleteWebhook":
		s.setWebhook(w, r)
	case "getWebhookInfo":
		s.getWebhookInfo(w)
	case "sendMessage":
		s.sendMessage(w, r)
	case "editMessageText", "editMessageReplyMarkup":
		s.edit(w, r, method)
	case "sendPhoto", "sendDocument":
		s.sendFile(w, r, method)
	case "answerCallbackQuery":
		s.answerCallbackQuery(w, r)
	case "sendPoll":
		s.sendPoll(w, r)
	case "stopPoll":
		s.stopPoll(w, r)
	case "leaveChat":
		s.leaveChat(w, r)
	case "setMyCommands", "deleteMyCommands":
		s.setMyCommands(w, r, method)
	case "setMyDescription", "setMyShortDescription":
		s.setAbout(w, r, method)
	case "getMyDescription", "getMyShortDescription":
		s.getAbout(w, r, method)
	case "sendChatAction":
		answer(w, true)
	case "getMe":
		answer(w, s.bot())
	default:
		refuse(w, http.StatusNotFound, "Not Found")
	}
}

func (s *Server) fault(method string) (Fault, bool) {
	for i, f := range s.faults {
		sends := strings.HasPrefix(method, "send") || strings.HasPrefix(method, "edit")
		if f.Method == method || (f.Method == "" && sends) {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			return f, true
		}
	}
	return Fault{}, false
}

// violate refuses what the vendor would refuse, and remembers it.
func (s *Server) violate(w http.ResponseWriter, problem string) {
	s.violations = append(s.violations, problem)
	refuse(w, http.StatusBadRequest, problem)
}

func answer(w http.ResponseWriter, result any) {
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func refuse(w http.ResponseWriter, status int, description string) {
	body := map[string]any{"ok": false, "error_code": status, "description": description}
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
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

// Violations are the requests that the vendor would have refused.
func (s *Server) Violations() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string{}, s.violations...)
}

// Unanswered counts presses whose button still spins.
func (s *Server) Unanswered() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.unanswered)
}

// AnswerAll lets every button stop, as the app does by itself after a while.
func (s *Server) AnswerAll() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.unanswered)
}

// Calls counts the calls of a method.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// Await waits until something is as wanted; false after a while.
func (s *Server) Await(wanted func() bool) bool { return channelstest.Await(wanted) }
