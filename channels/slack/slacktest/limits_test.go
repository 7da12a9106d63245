package slacktest_test

import (
	"fmt"
	"strings"
	"testing"

	"praline/channels/slack/slacktest"
)

func times(n int, s string) string { return strings.Repeat(s, n) }

func many(n int, one func(int) any) []any {
	all := make([]any, n)
	for i := range all {
		all[i] = one(i)
	}
	return all
}

func options(n int, kind func(string) object) []any {
	return many(n, func(i int) any { return object{"text": kind(fmt.Sprint("o", i)), "value": fmt.Sprint(i)} })
}

func section(more object) []any { return []any{with(object{"type": "section"}, more)} }

func with(o, more object) object {
	for name, v := range more {
		o[name] = v
	}
	return o
}

func actions(elements ...any) []any { return []any{object{"type": "actions", "elements": elements}} }

func input(element object) []any {
	return []any{object{"type": "input", "label": plain("x"), "element": with(element, object{"action_id": "a"})}}
}

// dots are sections that each hold one sign.
func dots(n int) []any {
	return many(n, func(int) any { return object{"type": "section", "text": mrkdwn("x")} })
}

func modal(more object) object {
	return with(object{"type": "modal", "title": plain("t"), "submit": plain("s"), "blocks": dots(1)}, more)
}

func oneOption(more object) object {
	return object{"type": "radio_buttons", "action_id": "r", "options": []any{with(object{"text": plain("x"), "value": "v"}, more)}}
}

func confirmed(more object) []any {
	return actions(button("x", object{"confirm": with(object{"title": plain("t"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n")}, more)}))
}

func grouped(groups []any) []any {
	return actions(object{"type": "static_select", "action_id": "s", "option_groups": groups})
}

// TestLimits goes to each limit, where Slack takes it, and one beyond.
func TestLimits(t *testing.T) {
	for _, row := range []struct {
		label string
		most  int
		make  func(n int) []any
	}{
		{"blocks of a message", 50, dots},
		{"text of a section", 3000, func(n int) []any { return section(object{"text": mrkdwn(times(n, "é"))}) }},
		{"fields of a section", 10, func(n int) []any {
			return section(object{"fields": many(n, func(int) any { return mrkdwn("x") })})
		}},
		{"text of a field", 2000, func(n int) []any { return section(object{"fields": []any{plain(times(n, "x"))}}) }},
		{"header", 150, func(n int) []any { return []any{object{"type": "header", "text": plain(times(n, "x"))}} }},
		{"elements of a context", 10, func(n int) []any {
			return []any{object{"type": "context", "elements": many(n, func(int) any { return mrkdwn("x") })}}
		}},
		{"elements of actions", 25, func(n int) []any {
			return actions(many(n, func(i int) any { return button(fmt.Sprint("b", i), nil) })...)
		}},
		{"text of a button", 75, func(n int) []any { return actions(button("x", object{"text": plain(times(n, "x"))})) }},
		{"value of a button", 2000, func(n int) []any { return actions(button("x", object{"value": times(n, "x")})) }},
		{"address of a button", 3000, func(n int) []any { return actions(button("x", object{"url": "https://x.be/" + times(n-13, "x")})) }},
		{"action_id", 255, func(n int) []any { return actions(button("x", object{"action_id": times(n, "x")})) }},
		{"block_id", 255, func(n int) []any { return section(object{"text": mrkdwn("x"), "block_id": times(n, "x")}) }},
		{"text of an option", 75, func(n int) []any { return actions(oneOption(object{"text": mrkdwn(times(n, "x"))})) }},
		{"description of an option", 75, func(n int) []any { return actions(oneOption(object{"description": plain(times(n, "x"))})) }},
		{"value of an option", 150, func(n int) []any { return actions(oneOption(object{"value": times(n, "x")})) }},
		{"radio buttons", 10, func(n int) []any {
			return actions(object{"type": "radio_buttons", "action_id": "r", "options": options(n, mrkdwn)})
		}},
		{"checkboxes", 10, func(n int) []any {
			return section(object{"text": mrkdwn("x"), "accessory": object{"type": "checkboxes", "action_id": "r", "options": options(n, mrkdwn)}})
		}},
		{"options of a select", 100, func(n int) []any {
			return actions(object{"type": "static_select", "action_id": "r", "options": options(n, plain)})
		}},
		{"options of an overflow", 5, func(n int) []any {
			return actions(object{"type": "overflow", "action_id": "r", "options": options(n, plain)})
		}},
		{"placeholder", 150, func(n int) []any {
			return actions(object{"type": "timepicker", "action_id": "r", "placeholder": plain(times(n, "x"))})
		}},
		{"alternative text", 2000, func(n int) []any {
			return []any{object{"type": "image", "image_url": "https://x.be/x.png", "alt_text": times(n, "x")}}
		}},
		{"label of an input", 2000, func(n int) []any {
			return []any{object{"type": "input", "label": plain(times(n, "x")), "element": object{"type": "plain_text_input"}}}
		}},
		{"length of what is typed", 3000, func(n int) []any {
			return input(object{"type": "plain_text_input", "max_length": n})
		}},
		{"text of a context", 3000, func(n int) []any {
			return []any{object{"type": "context", "elements": []any{mrkdwn(times(n, "x"))}}}
		}},
		{"title of a picture", 2000, func(n int) []any {
			return []any{object{"type": "image", "image_url": "https://x.be/x.png", "alt_text": "x", "title": plain(times(n, "x"))}}
		}},
		{"hint of an input", 2000, func(n int) []any {
			return []any{object{"type": "input", "label": plain("x"), "hint": plain(times(n, "x")), "element": object{"type": "plain_text_input"}}}
		}},
		{"what is typed beforehand", 3000, func(n int) []any {
			return input(object{"type": "plain_text_input", "initial_value": times(n, "x")})
		}},
		{"words for a screen reader", 75, func(n int) []any { return actions(button("x", object{"accessibility_label": times(n, "x")})) }},
		{"title of a confirmation", 100, func(n int) []any { return confirmed(object{"title": plain(times(n, "x"))}) }},
		{"text of a confirmation", 300, func(n int) []any { return confirmed(object{"text": plain(times(n, "x"))}) }},
		{"yes of a confirmation", 30, func(n int) []any { return confirmed(object{"confirm": plain(times(n, "x"))}) }},
		{"no of a confirmation", 30, func(n int) []any { return confirmed(object{"deny": plain(times(n, "x"))}) }},
		{"groups of options", 100, func(n int) []any {
			return grouped(many(n, func(i int) any {
				return object{"label": plain("g"), "options": options(1, plain)}
			}))
		}},
		{"label of a group", 75, func(n int) []any {
			return grouped([]any{object{"label": plain(times(n, "x")), "options": options(1, plain)}})
		}},
		{"options of a group", 100, func(n int) []any {
			return grouped([]any{object{"label": plain("g"), "options": options(n, plain)}})
		}},
		{"all texts of a message", 12000, func(n int) []any {
			return many(4, func(i int) any {
				return object{"type": "section", "text": mrkdwn(times([]int{3000, 3000, 3000, 2950}[i], "x")), "fields": []any{mrkdwn(times([]int{1, 1, 1, n - 11953}[i], "x"))}}
			})
		}},
	} {
		t.Run(strings.ReplaceAll(row.label, " ", "_"), func(t *testing.T) {
			s := slacktest.Start(t)
			p := s.Person("U01", "fr-FR")
			for n, want := range map[int]bool{row.most: true, row.most + 1: false} {
				out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "x", "blocks": row.make(n)})
				if out["ok"] != want {
					t.Errorf("%d: %v", n, out)
				}
				if code := fmt.Sprint(out["error"]); !want && code != "invalid_blocks" && code != "msg_blocks_too_long" {
					t.Errorf("%d is refused by %s", n, code)
				}
			}
			if v := s.Violations(); len(v) != 1 {
				t.Errorf("violations: %q", v)
			}
		})
	}
}

func TestLimitsOfViews(t *testing.T) {
	for _, row := range []struct {
		label string
		most  int
		make  func(n int) object
	}{
		{"blocks of a modal", 100, func(n int) object { return modal(object{"blocks": dots(n)}) }},
		{"title", 24, func(n int) object { return modal(object{"title": plain(times(n, "x"))}) }},
		{"submit", 24, func(n int) object { return modal(object{"submit": plain(times(n, "x"))}) }},
		{"close", 24, func(n int) object { return modal(object{"close": plain(times(n, "x"))}) }},
		{"private_metadata", 3000, func(n int) object { return modal(object{"private_metadata": times(n, "x")}) }},
		{"callback_id", 255, func(n int) object { return modal(object{"callback_id": times(n, "x")}) }},
		{"external_id", 255, func(n int) object { return modal(object{"external_id": times(n, "x")}) }},
		{"blocks of a Home", 100, func(n int) object { return object{"type": "home", "blocks": dots(n)} }},
	} {
		t.Run(strings.ReplaceAll(row.label, " ", "_"), func(t *testing.T) {
			s := slacktest.Start(t)
			a := listens(t, s)
			p := s.Person("U01", "fr-FR")
			p.Shortcut("x")
			p.Shortcut("x")
			settles(t, s)
			for i, n := range []int{row.most, row.most + 1} {
				view := row.make(n)
				method, arguments := "views.open", object{"view": view, "trigger_id": a.payload(t, i)["trigger_id"]}
				if view["type"] == "home" {
					method, arguments = "views.publish", object{"view": view, "user_id": p.ID}
				}
				out, _ := asks(t, s, slacktest.BotToken, method, arguments)
				if want := i == 0; out["ok"] != want || (!want && out["error"] != "invalid_arguments") {
					t.Errorf("%d: %v", n, out)
				}
			}
		})
	}
}

// TestRefused is what has no number.
func TestRefused(t *testing.T) {
	select2 := func(more object) object {
		return with(object{"type": "static_select", "action_id": "s", "options": options(2, plain)}, more)
	}
	for _, row := range []struct {
		label  string
		blocks []any
	}{
		{"an unknown block", []any{object{"type": "carousel"}}},
		{"a block without type", []any{object{"text": plain("x")}}},
		{"an unknown field", section(object{"text": mrkdwn("x"), "colour": "red"})},
		{"an unknown element", actions(object{"type": "slider", "action_id": "x"})},
		{"an empty text", section(object{"text": mrkdwn("")})},
		{"a section of nothing", section(nil)},
		{"a section without fields", section(object{"fields": []any{}})},
		{"mrkdwn in a header", []any{object{"type": "header", "text": mrkdwn("x")}}},
		{"mrkdwn on a button", actions(button("x", object{"text": mrkdwn("x")}))},
		{"mrkdwn in a menu", actions(select2(object{"options": options(2, mrkdwn)}))},
		{"a button without text", actions(object{"type": "button", "action_id": "x"})},
		{"an unknown style", actions(button("x", object{"style": "huge"}))},
		{"a button with an empty value", actions(button("x", object{"value": ""}))},
		{"no elements", actions()},
		{"two block_ids alike", []any{object{"type": "divider", "block_id": "x"}, object{"type": "divider", "block_id": "x"}}},
		{"two action_ids alike", actions(button("x", nil), button("x", nil))},
		{"no options", actions(select2(object{"options": []any{}}))},
		{"two values alike", actions(select2(object{"options": []any{object{"text": plain("a"), "value": "1"}, object{"text": plain("b"), "value": "1"}}}))},
		{"an initial option of none", actions(select2(object{"initial_option": object{"text": plain("o9"), "value": "9"}}))},
		{"an initial option that reads otherwise", actions(select2(object{"initial_option": object{"text": plain("x"), "value": "0"}}))},
		{"options and groups", actions(select2(object{"option_groups": []any{object{"label": plain("g"), "options": options(1, plain)}}}))},
		{"initial boxes of none", actions(object{"type": "checkboxes", "action_id": "c", "options": options(2, plain), "initial_options": []any{}})},
		{"a picture without words", []any{object{"type": "image", "image_url": "https://x.be/x.png"}}},
		{"a picture without a place", []any{object{"type": "image", "alt_text": "x"}}},
		{"a picture of a file that is not there", []any{object{"type": "image", "alt_text": "x", "slack_file": object{"id": "F1"}}}},
		{"a picture among actions", actions(object{"type": "image", "image_url": "https://x.be/x.png", "alt_text": "x"})},
		{"a button in an input", input(button("x", nil))},
		{"a text input among actions", actions(object{"type": "plain_text_input", "action_id": "x"})},
		{"a number input in a message", input(object{"type": "number_input", "is_decimal_allowed": false})},
		{"an input without label", []any{object{"type": "input", "element": object{"type": "plain_text_input"}}}},
		{"an hour that is none", actions(object{"type": "timepicker", "action_id": "x", "initial_time": "8:30"})},
		{"an address that is none", actions(button("x", object{"url": "x"}))},
		{"no list", nil},
	} {
		t.Run(strings.ReplaceAll(row.label, " ", "_"), func(t *testing.T) {
			s := slacktest.Start(t)
			p := s.Person("U01", "fr-FR")
			var blocks any = row.blocks
			if row.blocks == nil {
				blocks = object{"type": "divider"}
			}
			out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "x", "blocks": blocks})
			if out["error"] != "invalid_blocks" || len(s.Violations()) != 1 || len(p.Shown()) > 0 {
				t.Errorf("%v, violations %q", out, s.Violations())
			}
			if metadata, ok := out["response_metadata"].(object); !ok || !strings.Contains(fmt.Sprint(metadata["messages"]), "[json-pointer:/blocks") {
				t.Errorf("the place is not said: %v", out)
			}
		})
	}
}

// TestTexts is the text of a message, and who it is for.
func TestTexts(t *testing.T) {
	block := []any{object{"type": "divider"}}
	for _, row := range []struct {
		label     string
		method    string
		arguments object
		error     any // nil: taken
		violation bool
	}{
		{"a text", "chat.postMessage", object{"text": "x"}, nil, false},
		{"nothing", "chat.postMessage", object{}, "no_text", true},
		{"only space", "chat.postMessage", object{"text": " \n"}, "no_text", true},
		{"4000", "chat.postMessage", object{"text": times(4000, "é")}, nil, false},
		{"4001", "chat.postMessage", object{"text": times(4001, "é")}, nil, true},
		{"40001", "chat.postMessage", object{"text": times(40001, "x")}, "msg_too_long", true},
		{"an update of 4001", "chat.update", object{"text": times(4001, "x")}, "msg_too_long", true},
		{"blocks without text", "chat.postMessage", object{"blocks": block}, nil, true},
		{"a raw sign", "chat.postMessage", object{"text": "a < b"}, nil, true},
		{"entities and a link", "chat.postMessage", object{"text": "a &lt; b &amp; <https://x.be|c>"}, nil, false},
		{"a raw sign in a block", "chat.postMessage", object{"text": "x", "blocks": section(object{"text": mrkdwn("R&D")})}, nil, true},
		{"blocks that are text", "chat.postMessage", object{"text": "x", "blocks": `[{"type":"divider"}]`}, nil, false},
		{"blocks that are no JSON", "chat.postMessage", object{"text": "x", "blocks": "["}, "invalid_blocks_format", true},
		{"nobody", "chat.postMessage", object{"channel": "D9", "text": "x"}, "channel_not_found", false},
		{"an update of nothing", "chat.update", object{"ts": "1.1", "text": "x"}, "message_not_found", false},
		{"an unknown method", "chat.shout", object{}, "unknown_method", true},
	} {
		t.Run(strings.ReplaceAll(row.label, " ", "_"), func(t *testing.T) {
			s := slacktest.Start(t)
			p := s.Person("U01", "fr-FR")
			out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "before"})
			arguments := with(object{"channel": p.Channel, "ts": out["ts"]}, row.arguments)
			out, _ = asks(t, s, slacktest.BotToken, row.method, arguments)
			if out["error"] != row.error || (len(s.Violations()) > 0) != row.violation {
				t.Errorf("%v, violations %q", out, s.Violations())
			}
		})
	}
}
