package slacktest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// hook is a response_url: five answers within half an hour.
type hook struct {
	person  *Person
	message *Message
	at      time.Time
	used    int
}

func (p *Person) hook(m *Message) string {
	id := fmt.Sprint(p.server.next())
	p.server.hooks[id] = &hook{person: p, message: m, at: p.server.clock()}
	return p.server.URL + "/response/" + id
}

// serveHook takes an answer on a response_url.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
func (s *Server) serveHook(w http.ResponseWriter, r *http.Request) {
	in, problem := arguments(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.hooks[strings.TrimPrefix(r.URL.Path, "/response/")]
	switch {
	case h == nil:
		problem = "invalid_url"
	case problem != "":
	case h.used >= 5:
		problem = "used_url"
	case s.clock().Sub(h.at) > 30*time.Minute:
		problem = "expired_url"
	}
	if problem != "" {
		s.violate("response_url: " + problem)
		w.WriteHeader(http.StatusNotFound)
		_ = json.NewEncoder(w).Encode(refusal(problem))
		return
	}
	h.used++
	var out object
	switch {
	case in["delete_original"] == true && h.message != nil:
		h.person.messages = slices.DeleteFunc(h.person.messages, func(m *Message) bool { return m == h.message })
	case in["replace_original"] == true && h.message != nil:
		c := call{server: s, method: "response_url", in: in}
		text, blocks, wrong := c.content()
		if out = wrong; wrong == nil {
			h.message.Text, h.message.blocks, h.message.Edits = text, blocks, h.message.Edits+1
		}
	default:
		out = h.person.hooked("response_url", in)
	}
	if out != nil {
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(out)
		return
	}
	_, _ = w.Write([]byte("ok"))
	s.changed.Broadcast()
}

// hooked shows an answer that needs no token.
func (p *Person) hooked(where string, in object) object {
	c := call{server: p.server, method: where, in: in}
	text, blocks, wrong := c.content()
	if wrong != nil {
		return wrong
	}
	p.receive(&Message{TS: p.server.stamp(), Text: text, blocks: blocks, Ephemeral: in["response_type"] != "in_channel"})
	return nil
}
