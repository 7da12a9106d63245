package slacktest_test

import (
	"net/http"
	"testing"

	"praline/channels"
	"praline/channels/slack/slacktest"
)

// TestReader presses and fills in as one does for whom apps are all alike.
func TestReader(t *testing.T) {
	s := slacktest.Start(t)
	a := listens(t, s)
	r := s.Reader(s.Person("U01", "nl-NL"))
	n := 0
	say := func(blocks ...any) {
		t.Helper()
		if out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": r.Channel, "text": "x", "blocks": blocks}); out["ok"] != true {
			t.Fatalf("%v", out)
		}
	}
	told := func() object {
		t.Helper()
		settles(t, s)
		n = a.count()
		return a.payload(t, n-1)
	}
	value := func() any {
		t.Helper()
		return told()["actions"].([]any)[0].(object)["value"]
	}
	long := "2. een antwoord dat in geen knop past"
	say(section(object{"text": mrkdwn("1. kort &amp; goed"), "accessory": button("Kiezen", object{"value": "v1"})})[0],
		section(object{"text": mrkdwn(long), "accessory": button("Kiezen", object{"value": "v2"})})[0],
		actions(button("3", object{"value": "v3"}), button("Verder", object{"value": "v4"}))[0])
	for _, row := range []struct {
		choice channels.Choice
		value  string
	}{
		{channels.Choice{Label: "kort & goed", Number: 1}, "v1"},
		{channels.Choice{Label: long[3:], Number: 2}, "v2"},
		{channels.Choice{Label: "wat elders staat", Number: 3}, "v3"},
		{channels.Choice{Label: "Verder"}, "v4"},
	} {
		r.Presses(row.choice)
		if got := value(); got != row.value {
			t.Errorf("%q pressed %v, want %s", row.choice.Label, got, row.value)
		}
	}

	var labels []channels.Option
	for i := range 12 {
		labels = append(labels, channels.Option{Value: string(rune('a' + i)), Label: string(rune('0' + i%10))})
	}
	boxes := func(id string, from, to int) any {
		var all []any
		for i := from; i < to; i++ {
			all = append(all, object{"text": mrkdwn(labels[i].Label), "value": labels[i].Value})
		}
		return object{"type": "checkboxes", "action_id": id, "options": all}
	}
	many := channels.Form{Submit: "OK", Fields: []channels.Field{{Name: "choices", Kind: channels.ChoicesField, Options: labels}}}
	say(object{"type": "actions", "block_id": "f", "elements": []any{boxes("x", 0, 10), boxes("y", 10, 12), button("OK", nil)}})
	r.Fills(many, map[string][]string{"choices": {"b", "k"}})
	state := told()["state"].(object)["values"].(object)["f"].(object)
	for id, want := range map[string]string{"x": "b", "y": "k"} {
		if got := state[id].(object)["selected_options"].([]any); len(got) != 1 || got[0].(object)["value"] != want {
			t.Errorf("%s holds %v", id, got)
		}
	}

	typed := channels.Form{Submit: "Antwoorden", Fields: []channels.Field{{Name: "text", Kind: channels.TextField, Label: "Uw antwoord"}, {Name: "at", Kind: channels.TimeField}}}
	a.mu.Lock()
	a.answers = func(_ int, _ *http.Request, body string) (int, string) {
		if v := a.form(body); v["type"] == "block_actions" {
			_, _ = asks(t, s, slacktest.BotToken, "views.open", object{"trigger_id": v["trigger_id"], "view": modal(object{"blocks": []any{
				object{"type": "input", "block_id": "text", "label": plain("Uw antwoord"), "element": object{"type": "plain_text_input", "action_id": "v"}},
				object{"type": "input", "block_id": "at", "label": plain("Uur"), "element": object{"type": "timepicker", "action_id": "v"}},
			}})})
		}
		return http.StatusOK, ""
	}
	a.mu.Unlock()
	say(actions(button("Formulier", nil))[0])
	r.Fills(typed, map[string][]string{"text": {"Brussel"}, "at": {"09:15"}})
	values := told()["view"].(object)["state"].(object)["values"].(object)
	if values["text"].(object)["v"].(object)["value"] != "Brussel" || values["at"].(object)["v"].(object)["selected_time"] != "09:15" {
		t.Errorf("filled in %v", values)
	}
	r.Blocks()
	settles(t, s)
	if out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": r.Channel, "text": "x"}); out["error"] != "is_archived" {
		t.Errorf("%v", out)
	}
	if v := s.Violations(); len(v) > 0 {
		t.Errorf("violations %q", v)
	}
}

// TestStateStays: what is chosen stays when a message is changed and its ids
// are not, as in Slack's own clients.
func TestStateStays(t *testing.T) {
	s := slacktest.Start(t)
	a := listens(t, s)
	p := s.Person("U01", "nl-NL")
	menu := func(id string) []any {
		return []any{object{"type": "actions", "block_id": id, "elements": []any{object{"type": "static_select", "action_id": "m", "options": options(3, plain)}, button("OK", nil)}}}
	}
	out, _ := asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "x", "blocks": menu("one")})
	p.Chooses("m", "o2")
	for _, row := range []struct {
		id   string
		want any
	}{{"one", "2"}, {"two", nil}} {
		_, _ = asks(t, s, slacktest.BotToken, "chat.update", object{"channel": p.Channel, "ts": out["ts"], "text": "x", "blocks": menu(row.id)})
		p.Presses("OK")
		settles(t, s)
		chosen := a.payload(t, a.count()-1)["state"].(object)["values"].(object)[row.id].(object)["m"].(object)["selected_option"]
		if row.want == nil && chosen != nil || row.want != nil && chosen.(object)["value"] != row.want {
			t.Errorf("%s: %v is chosen", row.id, chosen)
		}
	}
}

// TestSource is what a golden file shows: what was sent, without given ids.
func TestSource(t *testing.T) {
	s := slacktest.Start(t)
	p := s.Person("U01", "nl-NL")
	_, _ = asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "R&amp;D", "blocks": []any{object{"type": "divider"}}})
	want := "{\n  \"blocks\": [\n    {\n      \"type\": \"divider\"\n    }\n  ],\n  \"text\": \"R&amp;D\"\n}\n"
	if got := p.Shown()[0].Source(); got != want {
		t.Errorf("%s", got)
	}
}

// TestPlainText is read with its entities and short names, unless it says no.
func TestPlainText(t *testing.T) {
	s := slacktest.Start(t)
	p := s.Person("U01", "nl-NL")
	for text, want := range map[string]string{"R & D": "R & D", "&lt;b&gt; &amp;amp;": "<b> &amp;", "*a* :wave:": "*a* 👋"} {
		_, _ = asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "x", "blocks": []any{object{"type": "header", "text": plain(text)}}})
		shown := p.Shown()
		if got := shown[len(shown)-1].Look().Text; got != want {
			t.Errorf("%q is read %q, want %q", text, got, want)
		}
	}
	_, _ = asks(t, s, slacktest.BotToken, "chat.postMessage", object{"channel": p.Channel, "text": "x", "blocks": actions(button("x", object{"text": object{"type": "plain_text", "text": ":wave:", "emoji": false}}))})
	shown := p.Shown()
	if got := shown[len(shown)-1].Look().Pressable[0]; got != ":wave:" {
		t.Errorf("it is read %q", got)
	}
}
