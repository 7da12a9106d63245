package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Submits submits the modal that is open; false where there is none, or where
// something that must be filled in is not.
func (p *Person) Submits() bool {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	if len(p.modals) == 0 {
		return false
	}
	v := p.modals[len(p.modals)-1]
	if v.raw["submit"] == nil {
		return false
	}
	for _, e := range (surface{view: v}).parts() {
		if e.block["type"] == "input" && e.block["optional"] != true && empty(p.filled(e)) {
			return false
		}
	}
	v.Errors = nil
	payload := p.interaction("view_submission")
	payload["view"] = v.payload(p)
	payload["response_urls"] = []any{}
	p.interact(payload, func(body []byte) { p.submitted(v, body) })
	return true
}

func empty(state object) bool {
	for name, v := range state {
		if name == "type" || v == nil {
			continue
		}
		if list, ok := v.([]any); ok && len(list) == 0 {
			continue
		}
		if o, ok := v.(object); ok && o == nil {
			continue
		}
		return false
	}
	return true
}

// submitted does what the app's acknowledgement asks for.
// https://docs.slack.dev/surfaces/modals#response_actions
func (p *Person) submitted(v *View, body []byte) {
	s := p.server
	var answer struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   any               `json:"view"`
	}
	if len(strings.TrimSpace(string(body))) > 0 && json.Unmarshal(body, &answer) != nil {
		s.violate("view_submission: the answer is not JSON")
		return
	}
	at := slices.Index(p.modals, v)
	switch answer.Action {
	case "":
		if at >= 0 {
			p.modals = p.modals[:at]
		}
	case "clear":
		p.modals = nil
	case "errors":
		p.complain(v, answer.Errors)
	case "update", "push":
		view, check := s.checkView(answer.View, "modal")
		for _, w := range append(check.wrong, check.unwise...) {
			s.violate("view_submission: " + w)
		}
		switch {
		case len(check.wrong) > 0 || at < 0:
		case answer.Action == "update":
			view.ID = v.ID
			p.modals[at] = view
		case len(p.modals) >= maxStack:
			s.violate("view_submission: push_limit_reached")
		default:
			p.modals = append(p.modals, view)
		}
	default:
		s.violate(fmt.Sprintf("view_submission: unknown response_action %q", answer.Action))
	}
}

// complain shows errors beside the inputs that they name.
func (p *Person) complain(v *View, errors map[string]string) {
	if len(errors) == 0 {
		p.server.violate("view_submission: response_action errors without errors")
	}
	v.Errors = map[string]string{}
	for id, text := range errors {
		found := false
		for _, e := range (surface{view: v}).parts() {
			if e.block["type"] == "input" && e.blockID() == id {
				v.Errors[e.label()], found = text, true
			}
		}
		if !found || text == "" {
			p.server.violate(fmt.Sprintf("view_submission: an error for %q, which is no input", id))
		}
	}
}

// Closes closes the modal that is open.
func (p *Person) Closes() {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	n := len(p.modals)
	if n == 0 {
		return
	}
	v := p.modals[n-1]
	p.modals = p.modals[:n-1]
	if v.raw["notify_on_close"] == true {
		payload := p.interaction("view_closed")
		payload["view"], payload["is_cleared"] = v.payload(p), false
		delete(payload, "trigger_id")
		p.interact(payload, nil)
	}
}
