package teams_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"praline/channels"
	"praline/channels/teams"
	"praline/channels/teams/teamstest"
)

// arrived is what a peer really sent, changed; nil takes a field out.
func arrived(name string, with teamstest.Activity) teamstest.Activity {
	a := teamstest.Payload(name)
	for name, value := range with {
		if a[name] = value; value == nil {
			delete(a, name)
		}
	}
	return a
}

// TestArrived: what came in, and what the bot is told; nothing is the zero Event.
func TestArrived(t *testing.T) {
	type object = map[string]any
	at := func(clock string) time.Time {
		when, err := time.Parse(time.RFC3339, "2026-11-23T"+clock+"Z")
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	someone := func(e channels.Event) channels.Event {
		e.Channel, e.Conversation, e.User = "teams", "9e4f2e88-d152-41ef-abca-6c6bcb02be42 http://localhost:56150/_connector", "00000000-0000-0000-0000-0000000000020"
		if e.Languages == nil {
			e.Languages = []string{"en-US"}
		}
		if e.Kind != channels.Came && e.Kind != channels.Left {
			e.Name = "Alex Wilber"
		}
		return e
	}
	said := func(text string) channels.Event {
		return someone(channels.Event{Kind: channels.Said, Text: text, At: at("09:12:09.180")})
	}
	card := "1795425129272-e6e22cb0"
	pressed := func(value string) channels.Event {
		return someone(channels.Event{Kind: channels.Pressed, Value: value, Message: card, At: at("09:12:12.310")})
	}
	invoked := func(e channels.Event) channels.Event {
		e.Message, e.At = card, at("09:12:14.019")
		return someone(e)
	}
	data := func(d object) teamstest.Activity {
		return teamstest.Activity{"value": object{"action": object{"type": "Action.Execute", "verb": "answer", "data": d}, "trigger": "manual"}}
	}
	change := func(eventType string) teamstest.Activity {
		return teamstest.Activity{"type": "messageUpdate", "text": "bonsoir", "channelData": object{"eventType": eventType}}
	}
	mention := func(id string) []any {
		return []any{object{"type": "mention", "text": "<at>Praline</at>", "mentioned": object{"id": id}}}
	}
	bot := "00000000-0000-0000-0000-00000000000011"
	h := start(t, func(o *teams.Options) { o.Anonymous, o.AppID, o.AppPassword, o.TenantID = true, "", "", "" })
	for _, row := range []struct {
		label, payload string
		with           teamstest.Activity
		want           channels.Event
	}{
		{"installed", "installationupdate", nil, someone(channels.Event{Kind: channels.Came, At: at("09:11:31.196")})},
		{"removed", "installationupdate", teamstest.Activity{"action": "remove"}, someone(channels.Event{Kind: channels.Left, At: at("09:11:31.196")})},
		{"brought up to date", "installationupdate", teamstest.Activity{"action": "add-upgrade"}, channels.Event{}},
		{"the second activity of an installation", "conversationupdate", nil, channels.Event{}},
		{"typed", "message-text", nil, said("bonjour")},
		{"typed, with what looks like markup", "message-text", teamstest.Activity{"text": "<b>8h30</b> & *co* &amp; <at>x</at>"}, said("<b>8h30</b> & *co* &amp; <at>x</at>")},
		{"typed, brought as HTML", "message-text", teamstest.Activity{"text": "<div>a &lt; b</div><div>9&nbsp;h<br>5 < 6</div>", "textFormat": "xml"}, said("a < b\n9\u00a0h\n5 < 6\n")},
		{"typed in bold: once more as HTML beside it", "message-text", teamstest.Activity{"attachments": []any{object{"contentType": "text/html", "content": "<b>bonjour</b>"}}}, said("bonjour")},
		{"typed to us by name", "message-text", teamstest.Activity{"text": "<at>Praline</at> leçon", "entities": mention(bot), "locale": "fr-BE"}, func() channels.Event {
			e := said(" leçon")
			e.Languages = []string{"fr-BE"}
			return e
		}()},
		{"another one's name stays", "message-text", teamstest.Activity{"text": "<at>Praline</at> leçon", "entities": mention("29:other"), "locale": "fr-BE"}, func() channels.Event {
			e := said("<at>Praline</at> leçon")
			e.Languages = []string{"fr-BE"}
			return e
		}()},
		{"typed in Brussels", "message-text", teamstest.Activity{"localTimezone": "Europe/Brussels", "locale": "nl-BE"}, func() channels.Event {
			e := said("bonjour")
			e.Zone, e.Languages = "Europe/Brussels", []string{"nl-BE", "en-US"}
			return e
		}()},
		{"a zone that is none", "message-text", teamstest.Activity{"localTimezone": "Europe/../../etc"}, said("bonjour")},
		{"without the directory's id", "message-text", teamstest.Activity{"from": object{"id": "29:1abc", "name": "Alex Wilber"}}, func() channels.Event {
			e := said("bonjour")
			e.User = "29:1abc"
			return e
		}()},
		{"a time that cannot be read", "message-text", teamstest.Activity{"timestamp": "soon"}, func() channels.Event {
			e := said("bonjour")
			e.At = time.Time{}
			return e
		}()},
		{"our own words", "message-text", teamstest.Activity{"from": object{"id": bot}}, channels.Event{}},
		{"from nobody", "message-text", teamstest.Activity{"from": object{}}, channels.Event{}},
		{"a picture", "message-text", teamstest.Activity{"text": nil, "attachments": []any{object{"contentType": "image/png", "contentUrl": "https://x.example/1"}}}, someone(channels.Event{Kind: channels.Sent, At: at("09:12:09.180")})},
		{"nothing", "message-text", teamstest.Activity{"text": " "}, someone(channels.Event{Kind: channels.Sent, At: at("09:12:09.180")})},
		{"changed", "message-text", change("editMessage"), func() channels.Event {
			e := said("bonsoir")
			e.Kind = channels.Edited
			return e
		}()},
		{"taken back, and put back", "message-text", change("undeleteMessage"), channels.Event{}},
		{"taken back", "message-text", teamstest.Activity{"type": "messageDelete"}, channels.Event{}},
		{"a heart", "message-text", teamstest.Activity{"type": "messageReaction", "text": nil, "reactionsAdded": []any{object{"type": "heart"}}}, channels.Event{}},
		{"at the keyboard", "message-text", teamstest.Activity{"type": "typing", "text": nil}, channels.Event{}},
		{"an event", "message-text", teamstest.Activity{"type": "event", "name": "x"}, channels.Event{}},
		{"something after our time", "message-text", teamstest.Activity{"type": "telepathy"}, channels.Event{}},
		{"pressed, by an older client", "message-card-submit", nil, pressed("q/1/0")},
		{"chosen in a list, by an older client", "message-card-submit", teamstest.Activity{"value": object{"m": "a.1", "answer": "answer.2s.1"}}, pressed("answer.2s.1")},
		{"submitted without a choice", "message-card-submit", teamstest.Activity{"value": object{"m": "a.1", "answer": ""}}, channels.Event{}},
		{"a card of somebody else's", "message-card-submit", teamstest.Activity{"value": object{"x": "y"}}, channels.Event{}},
		{"a value that is no object", "message-card-submit", teamstest.Activity{"value": "v"}, someone(channels.Event{Kind: channels.Sent, At: at("09:12:12.310")})},
		{"pressed", "invoke-card-action", nil, invoked(channels.Event{Kind: channels.Pressed, Value: "q/1/1"})},
		{"pressed beside a form", "invoke-card-action", data(object{"v": "answer.7.none", "m": "a.1", "choices": "0,3"}), invoked(channels.Event{Kind: channels.Pressed, Value: "answer.7.none"})},
		{"chosen in a list", "invoke-card-action", data(object{"m": "a.1", "answer": "answer.2s.0"}), invoked(channels.Event{Kind: channels.Pressed, Value: "answer.2s.0"})},
		{"several", "invoke-card-action", data(object{"form": "answer.7", "m": "a.1", "s": "choices", "choices": "0,3"}), invoked(channels.Event{
			Kind: channels.Formed, Value: "answer.7", Fields: map[string][]string{"choices": {"0", "3"}},
		})},
		{"none of several", "invoke-card-action", data(object{"form": "answer.7", "m": "a.1", "s": "choices", "choices": ""}), invoked(channels.Event{
			Kind: channels.Formed, Value: "answer.7", Fields: map[string][]string{},
		})},
		{"pairs", "invoke-card-action", data(object{"form": "answer.9", "m": "a.1", "pair0": "2", "pair1": "0"}), invoked(channels.Event{
			Kind: channels.Formed, Value: "answer.9", Fields: map[string][]string{"pair0": {"2"}, "pair1": {"0"}},
		})},
		{"a typed answer with a comma", "invoke-card-action", data(object{"form": "answer.9", "m": "a.1", "text": "3,5"}), invoked(channels.Event{
			Kind: channels.Formed, Value: "answer.9", Fields: map[string][]string{"text": {"3,5"}},
		})},
		{"values that are no texts", "invoke-card-action", data(object{"form": "answer.9", "text": 42, "list": []any{1}, "yes": true, "none": nil}), invoked(channels.Event{
			Kind: channels.Formed, Value: "answer.9", Fields: map[string][]string{"text": {"42"}, "yes": {"true"}},
		})},
		{"an action without data", "invoke-card-action", data(nil), channels.Event{}},
		{"a value of another form", "invoke-card-action", teamstest.Activity{"value": []any{1}}, channels.Event{}},
		{"another invoke", "invoke-card-action", teamstest.Activity{"name": "composeExtension/query"}, channels.Event{}},
		{"in a group", "message-text", teamstest.Activity{"conversation": object{"conversationType": "groupChat", "isGroup": true, "id": "19:x@thread.v2"}}, channels.Event{}},
		{"in a channel", "message-text", teamstest.Activity{"conversation": object{"conversationType": "channel", "id": "19:x@thread.tacv2"}}, channels.Event{}},
	} {
		before := h.events()
		with := maps.Clone(row.with)
		if with == nil {
			with = teamstest.Activity{}
		}
		if c, ok := with["conversation"].(object); ok { // nobody is there to be answered
			with["serviceUrl"], c["tenantId"] = "http://localhost:1/_connector", "x"
		}
		status := h.asked(arrived(row.payload, with), "")
		if status != 200 && !strings.HasPrefix(row.label, "another invoke") {
			t.Errorf("%s: answered %d", row.label, status)
		}
		var got channels.Event
		if h.events() > before {
			got = h.event()
			if !strings.HasPrefix(got.ID, "tms-") {
				t.Errorf("%s: the event's id is %q", row.label, got.ID)
			}
		}
		if diff := cmp.Diff(row.want, got, cmpopts.IgnoreFields(channels.Event{}, "ID")); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", row.label, diff)
		}
	}
}

// TestEventIDs: the same activity is the same event, and no other is.
func TestEventIDs(t *testing.T) {
	h := start(t, nil)
	h.comes()
	h.person.Says("un")
	one := h.event()
	said := h.person.Last()
	h.person.Again()
	if again := h.event(); again.ID != one.ID {
		t.Errorf("brought again it is %s, was %s", again.ID, one.ID)
	}
	seen := map[string]string{one.ID: "un"}
	for _, words := range []string{"deux", "trois"} {
		h.person.Edits(said, words) // under the id of what was said
		e := h.event()
		if before := seen[e.ID]; before != "" {
			t.Errorf("%q is the same event as %q", words, before)
		}
		seen[e.ID] = words
	}
	other := h.server.Person("bob", "fr-BE")
	other.Installs()
	h.event()
	copied := other.Makes("message-text", teamstest.Activity{"id": said["id"]})
	h.server.Again(copied)
	if e := h.event(); seen[e.ID] != "" {
		t.Error("two persons' activities of one id are one event")
	}
}
