package slacktest

import (
	"slices"
	"strings"
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
