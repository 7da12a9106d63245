package teamstest

import (
	"encoding/json"
	"net/http"
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

// TestReaderPresses: a choice is a button, or one of a list, with its number or
// by it.
func TestReaderPresses(t *testing.T) {
	radios := func(titles ...string) object {
		var all []any
		for i, title := range titles {
			all = append(all, object{"title": title, "value": string(rune('a' + i))})
		}
		c := cardOf(block("Laquelle ?"), object{"type": "Input.ChoiceSet", "id": "choice", "label": "Réponse", "style": "expanded", "wrap": true, "choices": all})
		object1(object1(list(c["attachments"])[0])["content"])["actions"] = []any{put(titled(execute, "Passer"), "associatedInputs", "none"), execute}
		return c
	}
	choice := channels.Choice{Label: "Gand", Number: 2}
	for _, row := range []struct {
		label string
		card  object
		value any
	}{
		{"a button", put1(titled(execute, "Gand")), nil},
		{"a button with its number", put1(titled(execute, "2. Gand")), nil},
		{"a button that is its number", put1(titled(execute, "2")), nil},
		{"one of a list", radios("Namur", "Gand"), "b"},
		{"one of a list, with its number", radios("1.\u00a0Namur", "2.\u00a0Gand"), "b"},
		{"one of a list, by its number", radios("1", "2"), "b"},
	} {
		b := start(t)
		p := b.ann()
		b.says("POST", p, "", row.card)
		b.server.Reader(p).Presses(choice)
		heard := b.heard[len(b.heard)-1]
		if got := object1(object1(object1(heard["value"])["action"])["data"])["choice"]; heard["type"] != "invoke" || got != row.value {
			t.Errorf("%s: the bot heard %v", row.label, heard)
		}
	}
}

// put1 is a card with one button.
func put1(action object) object {
	c := cardOf(block("Laquelle ?"))
	object1(object1(list(c["attachments"])[0])["content"])["actions"] = []any{action}
	return c
}

func TestFiles(t *testing.T) {
	b := start(t)
	p := b.ann()
	offer := object{"description": "Vos données", "sizeInBytes": 4, "acceptContext": object{"file": "1"}, "declineContext": object{}}
	b.says("POST", p, "", object{"type": "message", "attachments": []any{object{"contentType": consentType, "name": "praline.json", "content": offer}}})
	p.Accepts()
	p.Accepts()
	heard := b.heard[len(b.heard)-1]
	value := object1(heard["value"])
	if len(b.heard) != 3 || heard["name"] != "fileConsent/invoke" || value["action"] != "accept" || text(object1(value["context"])["file"]) != "1" {
		t.Fatalf("the bot heard %v", b.heard[2:])
	}
	info := object1(value["uploadInfo"])
	for _, row := range []struct {
		label, body, as string
		status          int
	}{
		{"too short", "{}", "bytes 0-1/2", 400},
		{"without a range", "{  }", "", 400},
		{"whole", "{  }", "bytes 0-3/4", 201},
	} {
		request, _ := http.NewRequest(http.MethodPut, text(info["uploadUrl"]), strings.NewReader(row.body))
		request.Header.Set("Content-Range", row.as)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != row.status {
			t.Errorf("%s: %d", row.label, response.StatusCode)
		}
	}
	b.says("POST", p, "", object{"type": "message", "attachments": []any{object{
		"contentType": fileType, "name": "praline.json", "contentUrl": info["contentUrl"], "content": object{"uniqueId": info["uniqueId"], "fileType": info["fileType"]},
	}}})
	seen := b.server.Reader(p).Sees()
	if got := string(seen[len(seen)-1].Files["praline.json"]); got != "{  }" {
		t.Errorf("the file holds %q: %+v", got, seen)
	}
	if n := len(b.server.Violations()); n != 2 {
		t.Errorf("violations: %q", b.server.Violations())
	}
}
