package teamstest

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"praline/channels"
)

// question is a card with all that a person can fill in.
func question() object {
	c := cardOf(block("Combien ?"), asks, chooses, object{"type": "Input.Time", "id": "at", "label": "Heure"})
	object1(object1(list(c["attachments"])[0])["content"])["actions"] = []any{execute}
	return c
}

func TestPresses(t *testing.T) {
	b := start(t)
	p := b.ann()
	b.says("POST", p, "", question())
	if _, ok := p.Presses("Répondre"); ok {
		t.Error("pressed, and what is needed is not filled in")
	}
	if p.Types("Heure", "8h30") || p.Chooses("Plusieurs", "trois") || p.Chooses("Heure", "x") {
		t.Error("filled in with what the client does not take")
	}
	if !p.Types("Votre réponse", "42") || !p.Chooses("Plusieurs", "un", "deux") || !p.Types("Heure", "08:30") {
		t.Error("not filled in")
	}
	reply := cardOf(block("Bravo"))
	b.answer = func(Activity) (int, string) {
		written, _ := json.Marshal(object{"statusCode": 200, "type": cardType, "value": object1(list(reply["attachments"])[0])["content"]})
		return 200, string(written)
	}
	p.Presses("Répondre")
	want := object{"v": "answer.1", "text": "42", "choices": "0,1", "at": "08:30"}
	heard := b.heard[len(b.heard)-1]
	if got := object1(object1(object1(heard["value"])["action"])["data"]); heard["type"] != "invoke" || heard["name"] != "adaptiveCard/action" || !reflect.DeepEqual(got, want) {
		t.Errorf("the bot heard %v", heard)
	}
	if shown := p.Shown(); len(shown) != 1 || shown[0].Text != "Bravo" || shown[0].Edits != 1 || len(shown[0].Buttons) != 0 {
		t.Errorf("the card that came back: %+v", shown)
	}
	if len(p.Wrong()) > 0 || len(b.server.Violations()) > 0 {
		t.Errorf("wrong: %q %q", p.Wrong(), b.server.Violations())
	}
}

func TestOldClient(t *testing.T) {
	b := start(t)
	p := b.ann()
	p.Old = true
	b.says("POST", p, "", question())
	p.Types("text", "42")
	p.Presses("Répondre")
	heard := b.heard[len(b.heard)-1]
	if got, want := object1(heard["value"]), (object{"v": "answer.1", "text": "42", "choices": "", "at": ""}); heard["type"] != "message" || heard["text"] != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("the bot heard %v", heard)
	}
}

func TestAnswersToPresses(t *testing.T) {
	good, _ := json.Marshal(object1(list(cardOf(block("x"))["attachments"])[0])["content"])
	for _, row := range []struct {
		label      string
		status     int
		body       string
		told, bad  bool
		violations int
	}{
		{"a word", 200, `{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"Bien"}`, true, false, 0},
		{"a card", 200, `{"statusCode":200,"type":"` + cardType + `","value":` + string(good) + `}`, false, false, 0},
		{"a trouble", 200, `{"statusCode":500,"type":"application/vnd.microsoft.error","value":{"code":"x","message":"y"}}`, false, true, 0},
		{"an error", 500, ``, false, true, 0},
		{"nothing", 200, ``, false, true, 1},
		{"a word of no words", 200, `{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":""}`, false, true, 1},
		{"a card that is none", 200, `{"statusCode":200,"type":"` + cardType + `","value":{"type":"AdaptiveCard"}}`, false, true, 1},
		{"another shape", 200, `{"statusCode":200,"type":"x","value":""}`, false, true, 1},
		{"more than a shape", 200, `{"statusCode":200,"type":"application/vnd.microsoft.activity.message","value":"Bien","more":1}`, false, true, 1},
	} {
		b := start(t)
		p := b.ann()
		b.answer = func(Activity) (int, string) { return row.status, row.body }
		p.Acts("1", copied(execute))
		if (len(p.Told()) > 0) != row.told || (len(p.Wrong()) > 0) != row.bad || len(b.server.Violations()) != row.violations {
			t.Errorf("%s: told %q, wrong %q, violations %q", row.label, p.Told(), p.Wrong(), b.server.Violations())
		}
	}
}

// TestPayloads: what is brought has all that the peer's own payload had.
func TestPayloads(t *testing.T) {
	b := start(t)
	p := b.ann()
	b.says("POST", p, "", question())
	p.Says("bonjour")
	p.Types("text", "x")
	p.Presses("Répondre")
	p.Old = true
	p.Presses("Répondre")
	var got []string
	for i, name := range []string{"installationupdate", "conversationupdate", "message-text", "invoke-card-action", "message-card-submit"} {
		heard := b.heard[i]
		for field := range Payload(name) {
			if _, ok := heard[field]; !ok {
				t.Errorf("%s: no %s", name, field)
			}
		}
		if text(object1(heard["from"])["id"]) != p.User || text(object1(heard["conversation"])["id"]) != p.Conversation || heard["serviceUrl"] != p.ServiceURL() {
			t.Errorf("%s is not theirs: %v", name, heard)
		}
		got = append(got, text(heard["id"]))
	}
	slices.Sort(got)
	if len(slices.Compact(got)) != 5 {
		t.Errorf("two activities are one: %q", got)
	}
	last := p.Last()
	p.Again()
	if !reflect.DeepEqual(b.heard[5]["id"], last["id"]) {
		t.Error("not the same activity again")
	}
	p.Moves("amer")
	p.Says("encore")
	if address := text(b.heard[6]["serviceUrl"]); !strings.HasSuffix(address, "/amer/") {
		t.Errorf("moved, and reached at %s", address)
	}
	if status, _, _ := b.says("POST", p, "", said("x")); status != 201 {
		t.Errorf("not reached where they moved to: %d", status)
	}
}

func TestDemand(t *testing.T) {
	b := start(t)
	p := b.ann()
	c := cardOf(block("Dessus"), put(put(block("Dessous"), "id", "more"), "isVisible", false),
		set(object{"type": "Action.ToggleVisibility", "title": "Plus", "targetElements": []any{"more"}}))
	b.says("POST", p, "", c)
	for _, want := range []string{"Dessus", "Dessus\nDessous", "Dessus"} {
		if got := p.Shown()[0].Text; got != want {
			t.Errorf("reads %q, want %q", got, want)
		}
		p.Presses("Plus")
	}
	if len(b.heard) != 2 {
		t.Errorf("the bot heard of it: %v", b.heard[2:])
	}
}

func TestReader(t *testing.T) {
	b := start(t)
	p := b.ann()
	r := b.server.Reader(p)
	b.says("POST", p, "", question())
	form := channels.Form{Value: "answer.1", Submit: "Répondre", Fields: []channels.Field{
		{Name: "text", Kind: channels.TextField},
		{Name: "choices", Kind: channels.ChoicesField, Options: []channels.Option{{Value: "0", Label: "un"}, {Value: "1", Label: "deux"}}},
		{Name: "at", Kind: channels.TimeField},
	}}
	r.Fills(form, map[string][]string{"text": {"42"}, "choices": {"1"}, "at": {"08:30"}})
	got := object1(object1(object1(b.heard[len(b.heard)-1]["value"])["action"])["data"])
	if want := (object{"v": "answer.1", "text": "42", "choices": "1", "at": "08:30"}); !reflect.DeepEqual(got, want) {
		t.Errorf("the bot heard %v", got)
	}
	seen := r.Sees()
	if want := []string{"Votre réponse", "Plusieurs", "Heure", "Répondre"}; len(seen) != 1 || !slices.Equal(seen[0].Pressable, want) {
		t.Errorf("sees %+v", seen)
	}
}
