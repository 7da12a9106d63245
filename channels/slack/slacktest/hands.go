package slacktest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// surface is what holds blocks: a message, or a view.
type surface struct {
	message *Message
	view    *View
}

func (f surface) id() string {
	if f.view != nil {
		return f.view.ID
	}
	return f.message.TS
}

func (f surface) blocks() []object {
	if f.view != nil {
		return f.view.blocks
	}
	return f.message.blocks
}

// part is one element that a person can do something with.
type part struct {
	surface surface
	block   object
	element object
}

func (e part) kind() string     { s, _ := e.element["type"].(string); return s }
func (e part) blockID() string  { s, _ := e.block["block_id"].(string); return s }
func (e part) actionID() string { s, _ := e.element["action_id"].(string); return s }
func (e part) key() string      { return e.surface.id() + "\x00" + e.blockID() + "\x00" + e.actionID() }

// label is what stands beside an element: an input's label, a section's text.
func (e part) label() string {
	if e.block["type"] == "input" {
		return shownText(e.block["label"])
	}
	return shownText(e.block["text"])
}

// parts are the elements of a surface, in their order.
func (f surface) parts() []part {
	var all []part
	add := func(b object, v any) {
		if e, ok := v.(object); ok && e["type"] != "image" {
			all = append(all, part{f, b, e})
		}
	}
	for _, b := range f.blocks() {
		switch b["type"] {
		case "section":
			add(b, b["accessory"])
		case "actions":
			list, _ := b["elements"].([]any)
			for _, v := range list {
				add(b, v)
			}
		case "input":
			add(b, b["element"])
		}
	}
	return all
}

// before is what a person has before their eyes, best first: the modal alone
// where one is open; else the Home or the messages, newest first.
func (p *Person) before() []surface {
	if n := len(p.modals); n > 0 {
		return []surface{{view: p.modals[n-1]}}
	}
	var all []surface
	for _, m := range slices.Backward(p.messages) {
		all = append(all, surface{message: m})
	}
	if p.home == nil {
		return all
	}
	if p.atHome {
		return append([]surface{{view: p.home}}, all...)
	}
	return append(all, surface{view: p.home})
}

// Presses presses the newest button that is labelled so, stands beside a text
// that is or holds the label, or begins with it; false where there is none.
func (p *Person) Presses(label string) bool { return p.presses(label) }

// presses tries several labels, on one surface after the other.
func (p *Person) presses(labels ...string) bool {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	for _, f := range p.before() {
		if e, option := f.button(labels); option != nil {
			p.press(e, object{"selected_option": told(option)})
			return true
		} else if e.element != nil {
			p.press(e, nil)
			return true
		}
	}
	return false
}

// button is the part that one of the labels means, best first; with the option
// where it is a menu.
func (f surface) button(labels []string) (found part, option object) {
	parts := f.parts()
	matches := []func(e part, label string) bool{
		func(e part, label string) bool { return e.kind() == "button" && solid(e.text()) == solid(label) },
		func(e part, label string) bool { return e.kind() == "overflow" && pick(e.element, label) != nil },
		func(e part, label string) bool { return e.beside() && solid(e.label()) == solid(label) },
		func(e part, label string) bool { return e.beside() && !number(label) && holds(e.label(), label) },
		func(e part, label string) bool {
			return e.kind() == "button" && !number(label) && strings.HasPrefix(solid(e.text()), solid(label))
		},
	}
	for _, match := range matches {
		for _, label := range labels {
			for _, e := range parts {
				if solid(label) == "" || !match(e, label) {
					continue
				}
				if e.kind() == "overflow" {
					return e, pick(e.element, label)
				}
				return e, nil
			}
		}
	}
	return part{}, nil
}

func (e part) text() string { return shownText(e.element["text"]) }

// beside is true for a button at the side of a text.
func (e part) beside() bool { return e.kind() == "button" && e.block["type"] == "section" }

func number(s string) bool { return strings.Trim(s, "0123456789") == "" }

// holds is true for a text that holds the label as whole lines or words.
func holds(text, label string) bool {
	return solid(label) != "" && strings.Contains(solid(text), solid(label))
}

func solid(text string) string { return strings.Join(strings.Fields(text), "") }

// PressesOld presses a button that was once shown, by what it said to the app:
// ids and value, whether it is still there or not. message is a ts.
func (p *Person) PressesOld(message, blockID, actionID, value string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	m := p.message(message)
	if m == nil {
		m = &Message{TS: message}
	}
	element := object{"type": "button", "action_id": actionID, "text": object{"type": "plain_text", "text": "?"}, "value": value}
	p.press(part{surface{message: m}, object{"block_id": blockID}, element}, nil)
}

// press tells the app of an action.
func (p *Person) press(e part, extra object) {
	action := object{"type": e.kind(), "action_id": e.actionID(), "block_id": e.blockID(), "action_ts": p.server.stamp()}
	for _, name := range []string{"text", "value", "style", "url"} {
		if e.kind() == "button" && e.element[name] != nil {
			action[name] = told(e.element[name])
		}
	}
	for name, v := range extra {
		action[name] = v
	}
	payload := p.interaction("block_actions")
	payload["actions"] = []object{action}
	if v := e.surface.view; v != nil {
		payload["container"] = object{"type": "view", "view_id": v.ID}
		payload["view"] = v.payload(p)
	} else {
		m := e.surface.message
		payload["container"] = object{"type": "message", "message_ts": m.TS, "channel_id": p.Channel, "is_ephemeral": m.Ephemeral}
		payload["channel"] = object{"id": p.Channel, "name": "directmessage"}
		payload["state"] = object{"values": p.values(e.surface)}
		payload["response_url"] = p.hook(m)
		if !m.Ephemeral {
			payload["message"] = p.sent(m)
		}
	}
	p.interact(payload, nil)
}

// values is what is filled in on a surface, as Slack tells it.
func (p *Person) values(f surface) object {
	values := object{}
	for _, e := range f.parts() {
		if e.kind() == "button" || e.kind() == "overflow" {
			continue
		}
		block, _ := values[e.blockID()].(object)
		if block == nil {
			block = object{}
			values[e.blockID()] = block
		}
		block[e.actionID()] = p.filled(e)
	}
	return values
}

// filled is the state of one element: what a person chose, else what it began
// with.
func (p *Person) filled(e part) object {
	if v, ok := p.state[e.key()]; ok {
		return v
	}
	out := object{"type": e.kind()}
	switch e.kind() {
	case "radio_buttons", "static_select":
		out["selected_option"] = told(e.element["initial_option"])
	case "checkboxes", "multi_static_select":
		out["selected_options"] = or(told(e.element["initial_options"]), []any{})
	case "timepicker":
		out["selected_time"] = e.element["initial_time"]
	case "datepicker":
		out["selected_date"] = e.element["initial_date"]
	default:
		out["value"] = e.element["initial_value"]
	}
	return out
}

// pick is the option that reads so, else the one with this value; nil for none.
func pick(element object, choice string) object {
	all := choosable(element)
	for _, option := range all {
		if shownText(option["text"]) == choice || solid(shownText(option["text"])) == solid(choice) {
			return option
		}
	}
	for _, option := range all {
		if option["value"] == choice {
			return option
		}
	}
	return nil
}

// Chooses fills in the field that is labelled so (an input's label, the text of
// a section, a placeholder, or its action_id): options by what they read or
// their value, a time as "08:30", or a text. It replaces what was chosen
// before. False where there is no such field or option, or where the client
// would not let it be.
func (p *Person) Chooses(field string, choices ...string) bool {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	for _, f := range p.before() {
		for _, e := range f.parts() {
			if e.kind() == "button" || e.kind() == "overflow" {
				continue
			}
			if holds(e.label(), field) || shownText(e.element["placeholder"]) == field || e.actionID() == field || e.blockID() == field {
				if options, ok := e.pickAll(choices); ok && p.choose(e, options, first(choices)) {
					return true
				}
			}
		}
	}
	return false
}

// pickAll is the options of these choices, nil where the element has none.
func (e part) pickAll(choices []string) (options []any, ok bool) {
	if len(choosable(e.element)) == 0 {
		return nil, true
	}
	for _, choice := range choices {
		option := pick(e.element, choice)
		if option == nil {
			return nil, false
		}
		options = append(options, option)
	}
	return options, true
}

func first(choices []string) string {
	if len(choices) == 0 {
		return ""
	}
	return choices[0]
}

// choose fills in an element: with some of its options, or with a text.
func (p *Person) choose(e part, options []any, single string) bool {
	out := object{"type": e.kind()}
	switch e.kind() {
	case "radio_buttons", "static_select":
		if len(options) != 1 {
			return false
		}
		out["selected_option"] = told(options[0])
	case "checkboxes", "multi_static_select":
		out["selected_options"] = told(append([]any{}, options...))
	case "timepicker":
		if !clock.MatchString(single) {
			return false
		}
		out["selected_time"] = single
	case "datepicker":
		out["selected_date"] = single
	default:
		if most, ok := e.element["max_length"].(float64); utf8.RuneCountInString(single) > 3000 || ok && utf8.RuneCountInString(single) > int(most) {
			return false
		}
		out["value"] = single
		if single == "" {
			out["value"] = nil
		}
	}
	p.state[e.key()] = out
	if e.block["type"] != "input" || e.block["dispatch_action"] == true {
		extra := object{}
		for name, v := range out {
			if name != "type" {
				extra[name] = v
			}
		}
		p.press(e, extra)
	}
	return true
}

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
