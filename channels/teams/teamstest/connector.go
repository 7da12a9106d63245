package teamstest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The limits of https://learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages,
// counted as UTF-16; beyond wise a message may be refused by an older client.
const (
	mostBytes = 100 * 1024
	wiseBytes = 80 * 1024
)

// chat is a personal conversation as its person sees it.
type chat struct {
	person    *Person
	installed bool
	blocked   bool
	messages  []*message
	typing    int
}

// message is one message of the bot.
type message struct {
	id       string
	activity object
	edits    int
	inputs   map[string]string // what the person has filled in
	toggled  map[string]bool   // what they have made visible, or not
	decided  bool              // whether they take a file
}

// connectorCall tells which call of the connector a path is. Each region has
// an address of its own: /emea/, /amer/.
func (s *Server) connectorCall(c *call, path string) {
	pieces := strings.Split(path, "/")
	if len(pieces) < 6 || pieces[2] != "v3" || pieces[3] != "conversations" || pieces[5] != "activities" || len(pieces) > 7 {
		return
	}
	c.conversation, _ = url.PathUnescape(pieces[4])
	if len(pieces) == 7 {
		c.activity, _ = url.PathUnescape(pieces[6])
	}
	switch method := c.request.Method; {
	case method == http.MethodPost && isTyping(c.body):
		c.method = "typing"
	case method == http.MethodPost: // with an activity it is a reply: the same in a personal chat
		c.method = "send"
	case method == http.MethodPut && c.activity != "":
		c.method = "update"
	case method == http.MethodDelete && c.activity != "":
		c.method = "delete"
	}
}

func isTyping(body []byte) bool {
	var activity struct{ Type string }
	return json.Unmarshal(body, &activity) == nil && activity.Type == "typing"
}

func (s *Server) connector(c call) answer {
	if refusal, ok := s.admits(c.request); !ok {
		return refusal
	}
	if refusal, yes := s.tooOften(c.conversation); yes {
		return refusal
	}
	chat := s.chats[c.conversation]
	switch {
	case chat == nil:
		return refuse(http.StatusNotFound, "ConversationNotFound", "Conversation not found.")
	case !chat.installed:
		return refuse(http.StatusForbidden, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
	case chat.blocked:
		return refuse(http.StatusForbidden, "ConversationBlockedByUser", "User blocked the conversation with the bot.")
	case strings.Trim(c.request.URL.Path[:strings.Index(c.request.URL.Path, "/v3/")], "/") != chat.person.region:
		s.violate("the conversation is reached at %q now", chat.person.region)
		return refuse(http.StatusForbidden, "InvalidBotApiHost", "Invalid bot api host.")
	case c.method == "delete":
		return s.deletes(chat, c)
	}
	activity, refusal, ok := s.read(c)
	if !ok {
		return refusal
	}
	switch c.method {
	case "typing":
		chat.typing++
		return answer{status: http.StatusAccepted}
	case "update":
		return s.updates(chat, c, activity)
	}
	return s.sends(chat, activity)
}

// read returns the activity of a call, or why it is refused.
func (s *Server) read(c call) (activity object, refusal answer, ok bool) {
	size := 2 * len(utf16.Encode([]rune(string(c.body))))
	if size > wiseBytes {
		s.violate("%s: a message of %d bytes in UTF-16, more than %d", c.method, size, wiseBytes)
	}
	if size > mostBytes {
		return nil, refuse(http.StatusRequestEntityTooLarge, "MessageSizeTooBig", "Message size too large."), false
	}
	problem := ""
	decoder := json.NewDecoder(bytes.NewReader(c.body))
	switch {
	case !strings.HasPrefix(c.request.Header.Get("Content-Type"), "application/json"):
		s.violate("%s: a body that is not said to be JSON", c.method)
		return nil, refuse(http.StatusUnsupportedMediaType, "BadArgument", "Unsupported media type."), false
	case !utf8.Valid(c.body):
		problem = "the body is not UTF-8"
	case decoder.Decode(&activity) != nil || decoder.More():
		problem = "the body is not one JSON object"
	default:
		problem = activityProblem(activity, c.conversation)
	}
	if problem != "" {
		s.violate("%s: %s", c.method, problem)
		return nil, refuse(http.StatusBadRequest, "BadSyntax", "Bad syntax: "+problem), false
	}
	return activity, answer{}, true
}

func (s *Server) sends(chat *chat, activity object) answer {
	m := s.shown(activity)
	chat.messages = append(chat.messages, m)
	if hasText(activity) && len(list(activity["attachments"])) > 0 {
		return says(http.StatusAccepted, object{}) // it becomes two messages: no id for them
	}
	return says(http.StatusCreated, object{"id": m.id})
}

func (s *Server) shown(activity object) *message {
	m := &message{id: fmt.Sprintf("17954251%05d", s.next()), activity: activity}
	m.clear()
	return m
}

// clear puts a card's inputs back to what the bot filled in.
func (m *message) clear() {
	m.inputs, m.toggled = map[string]string{}, map[string]bool{}
	for _, c := range cards(m.activity) {
		for _, in := range inputs(c) {
			m.inputs[text(in["id"])] = text(in["value"])
		}
	}
}

func (s *Server) updates(chat *chat, c call, activity object) answer {
	for _, m := range chat.messages {
		if m.id == c.activity {
			m.becomes(activity)
			return says(http.StatusOK, object{"id": m.id})
		}
	}
	return refuse(http.StatusNotFound, "ActivityNotFoundInConversation", "The message was not found in the conversation.")
}

func (m *message) becomes(activity object) {
	m.activity = activity
	m.edits++
	m.clear()
}

func (s *Server) deletes(chat *chat, c call) answer {
	for i, m := range chat.messages {
		if m.id == c.activity {
			chat.messages = append(chat.messages[:i:i], chat.messages[i+1:]...)
			return answer{status: http.StatusOK}
		}
	}
	return refuse(http.StatusNotFound, "ActivityNotFoundInConversation", "The message was not found in the conversation.")
}
