package telegramtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The limits of sendPoll, in characters but for the number of options.
const (
	maxQuestion    = 300
	minOptions     = 2 // of a quiz
	maxOptions     = 12
	maxOption      = 100
	maxExplanation = 200
	maxBreaks      = 2
)

// Poll is a quiz as a person sees it.
type Poll struct {
	ID          string
	Question    string
	Options     []string
	Right       int
	Explanation string
	Closed      bool
	Chosen      int // -1 for nothing yet
	Protected   bool
}

func (s *Server) sendPoll(w http.ResponseWriter, r *http.Request) {
	chat, ok := s.chat(w, r)
	if !ok {
		return
	}
	p, problem := pollOf(r)
	buttons, wrong := keyboard(r)
	if problem == "" {
		problem = wrong
	}
	if problem != "" {
		s.violate(w, problem)
		return
	}
	s.message++
	p.ID = fmt.Sprint(5_400_000_000_000_000_000 + s.message)
	m := &Message{ID: s.message, Buttons: buttons, Poll: p}
	chat.Messages = append(chat.Messages, m)
	answer(w, map[string]any{"message_id": m.ID, "date": 1, "poll": p.wire()})
}

func (p *Poll) wire() map[string]any {
	return map[string]any{"id": p.ID, "question": p.Question, "is_closed": p.Closed, "is_anonymous": false, "type": "quiz"}
}

// pollOf reads a quiz; what else polls can be is not expected here.
func pollOf(r *http.Request) (p *Poll, problem string) {
	p = &Poll{Question: strings.TrimSpace(r.Form.Get("question")), Explanation: r.Form.Get("explanation"), Chosen: -1, Protected: r.Form.Get("protect_content") == "true"}
	var options []struct {
		Text string `json:"text"`
	}
	if json.Unmarshal([]byte(r.Form.Get("options")), &options) != nil {
		return nil, "Bad Request: can't parse options JSON object"
	}
	for _, o := range options {
		p.Options = append(p.Options, strings.TrimSpace(o.Text))
	}
	right, err := strconv.Atoi(r.Form.Get("correct_option_id"))
	p.Right = right
	switch {
	case r.Form.Get("type") != "quiz" || r.Form.Get("is_anonymous") != "false":
		return nil, "Bad Request: a quiz that is not anonymous is expected here"
	case p.Question == "":
		return nil, "Bad Request: poll question must be non-empty"
	case len(p.Options) < minOptions:
		return nil, "Bad Request: poll must have at least 2 option"
	case len(p.Options) > maxOptions:
		return nil, "Bad Request: poll can't have more than 12 options"
	case err != nil || right < 0 || right >= len(p.Options) || r.Form.Get("correct_option_ids") != fmt.Sprintf("[%d]", right):
		return nil, "Bad Request: wrong correct option ID specified"
	case strings.Count(p.Explanation, "\n") > maxBreaks:
		return nil, "Bad Request: too many line feeds in the explanation"
	}
	problem = fits(p.Question, maxQuestion, "poll question length must not exceed 300")
	if problem == "" {
		problem = fits(p.Explanation, maxExplanation, "message is too long")
	}
	for i, o := range p.Options {
		switch {
		case problem != "":
		case o == "":
			problem = "Bad Request: poll options must be non-empty"
		case slices.Contains(p.Options[:i], o):
			problem = "Bad Request: POLL_OPTION_DUPLICATE"
		default:
			problem = fits(o, maxOption, "poll options length must not exceed 100")
		}
	}
	return p, problem
}

func (s *Server) stopPoll(w http.ResponseWriter, r *http.Request) {
	chat, ok := s.chat(w, r)
	if !ok {
		return
	}
	id, _ := strconv.Atoi(r.Form.Get("message_id"))
	i := slices.IndexFunc(chat.Messages, func(m *Message) bool { return m.ID == id })
	switch {
	case i < 0:
		refuse(w, http.StatusBadRequest, "Bad Request: message with poll to stop not found")
	case chat.Messages[i].Poll == nil:
		refuse(w, http.StatusBadRequest, "Bad Request: message is not a poll")
	case chat.Messages[i].Poll.Closed:
		refuse(w, http.StatusBadRequest, "Bad Request: poll has already been closed")
	default:
		chat.Messages[i].Poll.Closed, chat.Messages[i].Buttons = true, nil
		answer(w, chat.Messages[i].Poll.wire())
	}
}

// Votes answers the newest quiz that is open, by the place of the answer; false
// where there is none, or it was answered.
func (p *Person) Votes(option int) bool {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	messages := p.server.chats[p.ID].Messages
	for i := len(messages) - 1; i >= 0; i-- {
		poll := messages[i].Poll
		if poll == nil {
			continue
		}
		if poll.Closed || poll.Chosen >= 0 || option >= len(poll.Options) {
			return false
		}
		poll.Chosen = option
		p.server.vote(p, poll.ID, option)
		return true
	}
	return false
}

// VotesIn brings an answer to a quiz, whether it can be answered or not.
func (p *Person) VotesIn(poll string, options ...int) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.server.vote(p, poll, options...)
}

func (s *Server) vote(p *Person, poll string, options ...int) {
	s.arrive(map[string]any{"poll_answer": map[string]any{"poll_id": poll, "user": p.from(), "option_ids": options}})
}
