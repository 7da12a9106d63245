package slacktest

import (
	"unicode/utf8"
)

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
