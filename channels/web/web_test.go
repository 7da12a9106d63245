package web_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"praline/channels"
	"praline/channels/web"
)

// hello is a small bot: it greets, asks one question and marks the answer.
func hello(e channels.Event) []channels.Message {
	switch {
	case e.Kind == channels.Came:
		return []channels.Message{{ID: "1", Lang: "nl", Text: "Goedemorgen. Ik ben **Praline**.", Choices: []channels.Choice{
			{Label: "Verdergaan in het Nederlands", Value: "hello.lang.nl", Role: channels.Primary},
			{Label: "Continuer en français", Value: "hello.lang.fr", Role: channels.Secondary},
		}}}
	case e.Value == "hello.lang.nl":
		return []channels.Message{question("2", "1")}
	case e.Value == "answer.1.1", e.Text == "2":
		return []channels.Message{feedback("3", "2")}
	case e.Value == "again":
		return []channels.Message{{ID: "4", Replaces: "3", Retire: true}, {ID: "5", Lang: "nl", Text: "Tot morgen."}}
	}
	return []channels.Message{{ID: "s" + e.ID[:4], Lang: "nl", Text: "Dat heb ik niet begrepen."}}
}

func question(id, replaces string) channels.Message {
	return channels.Message{
		ID: id, Replaces: replaces, Lang: "nl", Text: "Wat doet u eerst?", Steps: &channels.Steps{Done: 1, Of: 4, Label: "Vraag 2 van 4"},
		Choices: []channels.Choice{
			{Label: "Ik stuur de lijst door.", Value: "answer.1.0", Role: channels.Answer, Number: 1},
			{Label: "Ik bel de collega.", Value: "answer.1.1", Role: channels.Answer, Number: 2},
		},
		Note: "U kunt ook het cijfer typen.",
	}
}

func feedback(id, replaces string) channels.Message {
	return channels.Message{
		ID: id, Replaces: replaces, Lang: "nl", Text: "Wat doet u eerst?",
		Choices: []channels.Choice{
			{Label: "Ik stuur de lijst door.", Role: channels.Answer, Number: 1, Mark: channels.Folded},
			{Label: "Ik bel de collega.", Role: channels.Answer, Number: 2, Mark: channels.Right, Said: "Juist", Detail: "Een **ander** kanaal."},
			{Label: "Verder", Value: "again", Role: channels.Primary},
		},
		After: "Controleer langs een andere weg.", Note: "Deze vraag komt morgen terug.",
	}
}

func TestFirstVisit(t *testing.T) {
	c := newChat(t, hello)
	first := c.get("/chat", "Accept-Language", "nl-BE,nl;q=0.9,en;q=0.5")
	if len(c.bot.seen()) > 0 {
		t.Errorf("a visit without a cookie is not greeted: %v", c.bot.seen())
	}
	has(t, "a page that nobody was on", first.body, `<html lang="nl">`, `data-new="`, `content="0;url=/chat?again"`)
	again := c.get("/chat?again", "Accept-Language", "nl-BE,nl;q=0.9,en;q=0.5")
	if got, want := said(again), "bot: Goedemorgen. Ik ben Praline . Verdergaan in het Nederlands Continuer en français"; got != want {
		t.Errorf("who brings the cookie back is greeted:\n%s\nnot\n%s", got, want)
	}
	want := channels.Event{Kind: channels.Came, Channel: web.Name, Languages: []string{"nl-BE", "nl", "en"}}
	if diff := cmp.Diff(want, c.bot.seen()[0], cmpopts.IgnoreFields(channels.Event{}, "Conversation", "User", "ID")); diff != "" {
		t.Error(diff)
	}
	has(t, "the page's own words follow the bot's language", again.body, "Antwoord typen", "Dinsdag 20\u00a0oktober, 8.30")
	c.get("/chat")
	if n := len(c.bot.seen()); n != 1 {
		t.Errorf("coming back is not coming anew: %d events", n)
	}
}

func TestFirstVisitByTheScript(t *testing.T) {
	c := newChat(t, hello)
	c.get("/chat")
	s := c.state(values("came", "1", "zone", "Europe/Brussels"))
	if len(s.Changed) != 1 || s.Order[0] != "1" {
		t.Errorf("hello comes with the answer: %+v", s)
	}
	if got := c.bot.seen()[0]; got.Kind != channels.Came || got.Zone != "Europe/Brussels" {
		t.Errorf("the script tells the time zone: %+v", got)
	}
	hidden := newChat(t, hello)
	hidden.get("/chat")
	hidden.state(values("came", "1", "zone", "UTC"))
	if got := hidden.bot.seen()[0]; got.Zone != "" {
		t.Errorf("a browser that says UTC keeps its zone to itself: %+v", got)
	}
}

// A link may say why somebody comes: an invitation.
func TestLinkThatSaysWhy(t *testing.T) {
	c := newChat(t, hello)
	first := c.get("/chat?join=INV-7KQ2-M3XA-9TBD")
	has(t, "who is new comes again with it", first.body, `content="0;url=/chat?again&amp;join=INV-7KQ2-M3XA-9TBD"`)
	c.get("/chat?again&join=INV-7KQ2-M3XA-9TBD")
	c.get("/chat?join=series_phishing")
	c.get("/chat?join=%3Cscript%3E")
	c.get("/chat")
	var got []string
	for _, e := range c.bot.seen() {
		got = append(got, e.Payload)
	}
	if want := []string{"INV-7KQ2-M3XA-9TBD", "series_phishing"}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
	script := newChat(t, hello)
	script.get("/chat")
	script.state(values("came", "1", "join", "INV-7KQ2-M3XA-9TBD"))
	if got := script.bot.seen()[0]; got.Payload != "INV-7KQ2-M3XA-9TBD" {
		t.Errorf("by the script: %+v", got)
	}
}

// TestWithoutScript is a conversation by forms alone: what came in, what the
// page then shows.
func TestWithoutScript(t *testing.T) {
	c := newChat(t, hello)
	c.open()
	for _, row := range []struct {
		label string
		form  []string
		event channels.Event
		shows string
	}{
		{
			"a press whose answer takes the message's place",
			[]string{"message", "1", "press", "hello.lang.nl"},
			channels.Event{Kind: channels.Pressed, Value: "hello.lang.nl", Message: "1"},
			"bot: Vraag 2 van 4 Wat doet u eerst? 1 Ik stuur de lijst door. 2 Ik bel de collega. U kunt ook het cijfer typen.",
		},
		{
			"typed words, which stand before their answer",
			[]string{"say", "  help? "},
			channels.Event{Kind: channels.Said, Text: "help?"},
			"bot: Vraag 2 van 4 Wat doet u eerst? 1 Ik stuur de lijst door. 2 Ik bel de collega. U kunt ook het cijfer typen.\n" +
				"me: help?\nbot: Dat heb ik niet begrepen.",
		},
		{
			"an answer after other words stands at the end, and its question has nothing to press",
			[]string{"message", "2", "press", "answer.1.1"},
			channels.Event{Kind: channels.Pressed, Value: "answer.1.1", Message: "2"},
			"bot: Vraag 2 van 4 Wat doet u eerst?\nme: help?\nbot: Dat heb ik niet begrepen.\n" +
				"bot: Wat doet u eerst? Juist Ik bel de collega. Een ander kanaal. De andere keuze bekijken 1 Ik stuur de lijst door. " +
				"Controleer langs een andere weg. Deze vraag komt morgen terug. Verder",
		},
		{
			"a press that leads on leaves no words",
			[]string{"message", "3", "press", "again"},
			channels.Event{Kind: channels.Pressed, Value: "again", Message: "3"},
			"bot: Vraag 2 van 4 Wat doet u eerst?\nme: help?\nbot: Dat heb ik niet begrepen.\n" +
				"bot: Wat doet u eerst? Juist Ik bel de collega. Een ander kanaal. De andere keuze bekijken 1 Ik stuur de lijst door. " +
				"Controleer langs een andere weg. Deze vraag komt morgen terug.\nbot: Tot morgen.",
		},
	} {
		began := time.Now()
		p := c.post("/chat", values(row.form...))
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%s: the page waited %v for what was said long ago", row.label, took)
		}
		seen := c.bot.seen()
		got := seen[len(seen)-1]
		row.event.Channel = web.Name
		if diff := cmp.Diff(row.event, got, cmpopts.IgnoreFields(channels.Event{}, "Conversation", "User", "ID")); diff != "" {
			t.Errorf("%s: event: %s", row.label, diff)
		}
		if p.status != http.StatusOK || said(p) != row.shows {
			t.Errorf("%s: %d\n%s\nnot\n%s", row.label, p.status, said(p), row.shows)
		}
		if strings.Count(p.body, `id="last"`) != 1 {
			t.Errorf("%s: the redirect leads to the last entry", row.label)
		}
	}
}
