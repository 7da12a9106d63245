package inbox_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/locales"
	"praline/records"
)

func TestAnswer(t *testing.T) {
	h := newHouse(t)
	h.asks(1, "Puis-je *garder* ceci ?")
	q := h.open()[0]
	if strings.Contains(h.everything(), string(who(1))) {
		t.Errorf("the learner is named:\n%s", h.everything())
	}
	if letters := h.letters["trainer-spf"]; len(letters) != 1 || letters[0].Kind != learner.LetterQuestion || strings.Contains(fmt.Sprint(letters[0]), "garder") {
		t.Errorf("word to the trainer holds no question: %+v", letters)
	}
	if len(h.letters["trainer-fod"]) != 0 {
		t.Error("another organisation's trainer was told")
	}
	for _, row := range []struct {
		label string
		by    people.Actor
		id    string
		text  string
		want  error
	}{
		{"a learner", people.Actor{Org: "spf", Person: "m2", Roles: []people.Role{people.Learner}}, q.ID, "Oui.", people.ErrNotAllowed},
		{"a trainer of another organisation", people.Actor{Org: "fod", Person: "t1", Roles: trainer.Roles}, q.ID, "Oui.", records.ErrNone},
		{"a question that is not there", trainer, "none", "Oui.", records.ErrNone},
		{"nothing", trainer, q.ID, " \n", inbox.ErrEmpty},
		{"too much", trainer, q.ID, strings.Repeat("é", inbox.LongestAnswer+1), inbox.ErrLong},
		{"a picture", trainer, q.ID, "![](https://exemple.be/a.png)", inbox.ErrMarkup},
		{"a table", trainer, q.ID, "| a | b |\n|---|---|", inbox.ErrMarkup},
		{"a link that is not https", trainer, q.ID, "[ici](http://exemple.be)", inbox.ErrMarkup},
		{"a script for a link", trainer, q.ID, "[ici](javascript:alert(1))", inbox.ErrMarkup},
		{"an answer", trainer, q.ID, "Oui, [ici](https://exemple.be).", nil},
		{"the same again", trainer, q.ID, "Oui, [ici](https://exemple.be).", nil},
		{"another answer", trainer, q.ID, "Non.", inbox.ErrAnswered},
	} {
		if _, err := h.Answer(t.Context(), row.by, row.id, row.text); !errors.Is(err, row.want) {
			t.Errorf("%s: %v, not %v", row.label, err, row.want)
		}
	}
	letters := h.letters[who(1)]
	if len(letters) != 1 || letters[0].Kind != learner.LetterAnswer || !strings.Contains(letters[0].Text["nl"], "[ici](https://exemple.be)") || !strings.Contains(letters[0].Text["fr"], `\*garder\*`) {
		t.Errorf("the learner reads %+v", letters)
	}
}

// Word goes to trainers once a day, and again for what came after or waits long.
func TestTrainersAreTold(t *testing.T) {
	h := newHouse(t)
	for _, row := range []struct {
		label string
		pass  time.Duration
		asks  string
		want  int
	}{
		{"the first", 0, "un", 1},
		{"another the same day", time.Hour, "deux", 1},
		{"the next day: that one", 23 * time.Hour, "", 2},
		{"nothing new", 24 * time.Hour, "", 2},
		{"what waits for days", 72 * time.Hour, "", 3},
	} {
		h.now = h.now.Add(row.pass)
		if row.asks != "" {
			h.asks(1, row.asks)
		}
		h.ok(h.Tend(t.Context()))
		if got := len(h.letters["trainer-spf"]); got != row.want {
			t.Errorf("%s: %d letters, not %d", row.label, got, row.want)
		}
	}
}

// An answer that could not be handed over is, later; once.
func TestAnswerIsDeliveredLater(t *testing.T) {
	h := newHouse(t)
	h.asks(1, "un")
	h.refuse = errAway
	_, err := h.Answer(t.Context(), trainer, h.open()[0].ID, "Oui.")
	h.ok(err)
	if err := h.Tend(t.Context()); !errors.Is(err, errAway) {
		t.Errorf("tended while away: %v", err)
	}
	h.refuse = nil
	for range 2 {
		h.ok(h.Tend(t.Context()))
	}
	if len(h.letters[who(1)]) != 1 {
		t.Errorf("%+v", h.letters)
	}
	h.now = h.now.AddDate(1, 0, 1)
	h.ok(h.Tend(t.Context()))
	if strings.Contains(h.everything(), "spf/inbox-question") {
		t.Error("kept for longer than a year")
	}
}

// The store fails at each call in turn: an asking that is tried again is one
// question, and one that went through is whole.
func TestAskWithAStoreThatFails(t *testing.T) {
	for n := 1; ; n++ {
		h := newHouse(t)
		h.store.at = n
		err := h.Ask(t.Context(), asking(1, "un"))
		failed := h.store.at <= 0
		h.store.at = 0
		if err != nil {
			h.ok(h.Ask(t.Context(), asking(1, "un")))
		}
		h.ok(h.Tend(t.Context()))
		if len(h.open()) != 1 || len(h.letters["trainer-spf"]) != 1 {
			t.Errorf("failing at call %d: %d questions, letters %v", n, len(h.open()), h.letters)
		}
		h.ok(h.Forget(t.Context(), who(1)))
		if strings.Contains(h.everything(), "un") && len(h.open()) > 0 {
			t.Errorf("failing at call %d: not erased: %s", n, h.everything())
		}
		if !failed {
			if n < 5 {
				t.Fatal("it never failed")
			}
			return
		}
	}
}

func TestFiveWaitAtMost(t *testing.T) {
	h := newHouse(t)
	for n := range 5 {
		h.asks(1, fmt.Sprint("question ", n))
	}
	if err := h.Ask(t.Context(), asking(1, "six")); !errors.Is(err, inbox.ErrTooMany) {
		t.Errorf("%v", err)
	}
	h.asks(1, "question 4") // the same once more
	h.asks(2, "of another person")
	_, err := h.Answer(t.Context(), trainer, h.open()[0].ID, "Oui.")
	h.ok(err)
	h.asks(1, "six")
}

func TestForgetAndExport(t *testing.T) {
	h := newHouse(t)
	s := h.sent(inbox.Wave{ID: inbox.Once})
	h.asks(1, "Puis-je garder ceci ?")
	h.ok(h.Ask(t.Context(), inbox.Asking{Org: "fod", Learner: who(2), Event: "x", Lang: "nl", Text: "Met mijn naam", Name: "Lien Voorbeeld"}))
	h.ok(h.Reply(t.Context(), "spf", s.ID, inbox.Once, who(1), []inbox.Reply{{Option: 3}, {}, {Words: "merci"}}))
	for n := range 5 {
		h.ok(h.Missed(t.Context(), "spf", who(n), "fr", "la signature électronique"))
	}
	e, err := h.Export(t.Context(), who(1), who(2))
	h.ok(err)
	if len(e.Questions) != 2 || e.Questions[1].Name != "Lien Voorbeeld" || len(e.Surveys) != 1 || e.Searches != 2 {
		t.Errorf("exported %+v", e)
	}
	h.ok(h.Forget(t.Context(), who(1), who(2)))
	h.ok(h.Forget(t.Context(), who(1), who(2)))
	for _, gone := range []string{"garder", "naam", "Lien", "inbox-question", "replied"} {
		if strings.Contains(h.everything(), gone) {
			t.Errorf("%q still stands in\n%s", gone, h.everything())
		}
	}
	if e, err := h.Export(t.Context(), who(1), who(2)); err != nil || len(e.Questions)+len(e.Surveys)+e.Searches != 0 {
		t.Errorf("still exported: %+v %v", e, err)
	}
	shown, _, err := h.Needs(t.Context(), "spf")
	if h.ok(err); len(shown) != 1 || shown[0].People != 5 {
		t.Errorf("what was counted stays: %+v", shown)
	}
}

func TestCSV(t *testing.T) {
	h := newHouse(t)
	s := h.sent(inbox.Wave{ID: inbox.Once})
	for n := range 5 {
		h.ok(h.Reply(t.Context(), "spf", s.ID, inbox.Once, who(n), []inbox.Reply{{Option: 5}, {}, {Words: "=1+1"}}))
	}
	s, results, err := h.Results(t.Context(), "spf", s.ID)
	h.ok(err)
	var out bytes.Buffer
	h.ok(inbox.WriteCSV(&out, locales.For("nl"), s, results))
	want := "Vraag,Moment,Antwoord,Aantal\nSchaal,één keer,1,0\nSchaal,één keer,2,0\nSchaal,één keer,3,0\nSchaal,één keer,4,0\nSchaal,één keer,5,5\n" +
		"Keuze,één keer,Minder dan vijf antwoorden,\n" + strings.Repeat("Woorden,één keer,'=1+1,\n", 5)
	if out.String() != want {
		t.Errorf("%s", out.String())
	}
}
