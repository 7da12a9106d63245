package inbox_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/records"
	"praline/scheduler"
)

func survey(waves ...inbox.Wave) inbox.Survey {
	return inbox.Survey{
		Title: inbox.Text{"fr": "Titre", "nl": "Titel"}, Waves: waves,
		Items: []inbox.Item{
			{Kind: inbox.OnScale, Text: inbox.Text{"fr": "Échelle", "nl": "Schaal"}},
			{Kind: inbox.Choices, Text: inbox.Text{"fr": "Choix", "nl": "Keuze"}, Choices: []inbox.Text{{"fr": "un", "nl": "een"}, {"fr": "deux", "nl": "twee"}}},
			{Kind: inbox.InWords, Text: inbox.Text{"fr": "Mots", "nl": "Woorden"}},
		},
	}
}

// sent is a survey that went out.
func (h *house) sent(waves ...inbox.Wave) inbox.Survey {
	h.t.Helper()
	s, err := h.Keep(h.t.Context(), trainer, survey(waves...))
	h.ok(err)
	h.ok(h.Tend(h.t.Context()))
	s, err = h.Survey(h.t.Context(), "spf", s.ID)
	h.ok(err)
	return s
}

func TestSurveyIsChecked(t *testing.T) {
	for _, row := range []struct {
		label  string
		change func(*inbox.Survey)
		field  string
	}{
		{"whole", func(*inbox.Survey) {}, ""},
		{"no Dutch title", func(s *inbox.Survey) { delete(s.Title, "nl") }, "title.nl"},
		{"one question", func(s *inbox.Survey) { s.Items = s.Items[:1] }, "items"},
		{"six questions", func(s *inbox.Survey) { s.Items = append(s.Items, s.Items...) }, "items"},
		{"a question without words", func(s *inbox.Survey) { s.Items[1].Text["fr"] = " " }, "item.2.text.fr"},
		{"a long one", func(s *inbox.Survey) { s.Items[0].Text["fr"] = strings.Repeat("é", 201) }, "item.1.text.fr"},
		{"one choice", func(s *inbox.Survey) { s.Items[1].Choices = s.Items[1].Choices[:1] }, "item.2.choices"},
		{"a choice in one language", func(s *inbox.Survey) { s.Items[1].Choices[1] = inbox.Text{"fr": "deux"} }, "item.2.choice.2.nl"},
		{"a kind that is none", func(s *inbox.Survey) { s.Items[0].Kind = "essay" }, "item.1.kind"},
	} {
		s := survey()
		row.change(&s)
		wrong := s.Check()
		if row.field == "" && len(wrong) == 0 {
			continue
		}
		if !slices.ContainsFunc(wrong, func(w inbox.Wrong) bool { return w.Field == row.field }) {
			t.Errorf("%s: %+v", row.label, wrong)
		}
	}
}

func TestSurveyGoesOut(t *testing.T) {
	monday := scheduler.Date{Year: 2026, Month: 11, Day: 2}
	for _, row := range []struct {
		label  string
		change func(*inbox.Survey)
		now    int // letters today
		then   int // and in the end
	}{
		{"to all who came", func(*inbox.Survey) {}, 10, 10},
		{"to a team", func(s *inbox.Survey) { s.Teams = []string{"a"} }, 5, 5},
		{"to too few", func(s *inbox.Survey) { s.Teams = []string{"b"} }, 0, 0},
		{"to those who read French", func(s *inbox.Survey) { s.Lang = "fr" }, 5, 5},
		{"before and after", func(s *inbox.Survey) { s.Waves = []inbox.Wave{{ID: inbox.Before}, {ID: inbox.After, On: monday}} }, 10, 20},
	} {
		h := newHouse(t)
		count := func() (n int) {
			for _, all := range h.letters {
				n += len(all)
			}
			return n
		}
		s := survey(inbox.Wave{ID: inbox.Once})
		row.change(&s)
		s, err := h.Keep(t.Context(), trainer, s)
		h.ok(err)
		for range 2 {
			h.ok(h.Tend(t.Context()))
		}
		if got := count(); got != row.now {
			t.Errorf("%s: %d letters, not %d", row.label, got, row.now)
		}
		h.now = monday.At(600, time.UTC)
		h.ok(h.Tend(t.Context()))
		if got := count(); got != row.then {
			t.Errorf("%s: then %d letters, not %d", row.label, got, row.then)
		}
	}
	h := newHouse(t)
	if _, err := h.Keep(t.Context(), people.Actor{Org: "spf", Roles: []people.Role{people.Manager}}, survey()); !errors.Is(err, people.ErrNotAllowed) {
		t.Errorf("a manager: %v", err)
	}
}

// Nothing is shown under five, and then only what at least five said together.
func TestFiveRepliesAreShownTogether(t *testing.T) {
	h := newHouse(t)
	s := h.sent(inbox.Wave{ID: inbox.Once})
	for n := range 9 {
		replies := []inbox.Reply{{Option: n%5 + 1}, {Option: 1}, {Words: fmt.Sprint("mot ", n)}}
		if n == 0 {
			replies[1] = inbox.Reply{} // skipped
		}
		for range 2 { // twice is once
			h.ok(h.Reply(t.Context(), "spf", s.ID, inbox.Once, who(n), replies))
		}
		_, results, err := h.Results(t.Context(), "spf", s.ID)
		h.ok(err)
		want := []int{0, 0, 0}
		if n >= 4 {
			want = []int{5, 0, 5}
		}
		if n >= 5 {
			want[1] = 5 // the second question was skipped once
		}
		for i, r := range results {
			if r.Waves[0].N != want[i] || i == 2 && len(r.Waves[0].Words) != want[2] {
				t.Errorf("after %d replies question %d shows %+v, not %d", n+1, i+1, r.Waves[0], want[i])
			}
		}
	}
	for _, named := range []string{"learner0", "2026-10-20T09:00:00Z\",\"w"} {
		if strings.Contains(h.everything(), named) {
			t.Errorf("%q stands in %s", named, h.everything())
		}
	}
}

// Words lose the order in which they came.
func TestWordsAreShuffled(t *testing.T) {
	h := newHouse(t)
	for range 40 {
		s := h.sent(inbox.Wave{ID: inbox.Once})
		for n := range 5 {
			h.ok(h.Reply(t.Context(), "spf", s.ID, inbox.Once, who(n), []inbox.Reply{{}, {}, {Words: fmt.Sprint(n)}}))
		}
		_, results, err := h.Results(t.Context(), "spf", s.ID)
		h.ok(err)
		if words := results[2].Waves[0].Words; !slices.IsSorted(words) {
			return
		}
	}
	t.Error("forty times in the order in which they came")
}

func TestRepliesThatAreNotTaken(t *testing.T) {
	h := newHouse(t)
	s := h.sent(inbox.Wave{ID: inbox.Once})
	three := []inbox.Reply{{}, {}, {}}
	reply := func(org, id string, wave inbox.WaveID, by learner.ID) error {
		return h.Reply(t.Context(), org, id, wave, by, three)
	}
	for _, row := range []struct {
		label string
		err   error
	}{
		{"another organisation's", reply("fod", s.ID, inbox.Once, who(1))},
		{"none", reply("spf", "none", inbox.Once, who(1))},
		{"a wave that it has not", reply("spf", s.ID, inbox.After, who(1))},
	} {
		if !errors.Is(row.err, inbox.ErrClosed) {
			t.Errorf("%s: %v", row.label, row.err)
		}
	}
	if err := h.Decline(t.Context(), "spf", s.ID, inbox.Once, who(1)); err != nil {
		t.Error(err)
	}
	h.ok(reply("spf", s.ID, inbox.Once, who(1))) // after all
	h.now = h.now.AddDate(0, 0, 15)
	if err := reply("spf", s.ID, inbox.Once, who(2)); !errors.Is(err, inbox.ErrClosed) {
		t.Errorf("after two weeks: %v", err)
	}
	if err := h.Withdraw(t.Context(), people.Actor{Org: "fod", Roles: trainer.Roles}, s.ID); !errors.Is(err, records.ErrNone) {
		t.Errorf("withdrawn by another organisation: %v", err)
	}
	h.ok(h.Withdraw(t.Context(), trainer, s.ID))
}

func TestReplyWithAStoreThatFails(t *testing.T) {
	for n := 1; ; n++ {
		h := newHouse(t)
		s := h.sent(inbox.Wave{ID: inbox.Once})
		for p := range 4 {
			h.ok(h.Reply(t.Context(), "spf", s.ID, inbox.Once, who(p), []inbox.Reply{{Option: 1}, {}, {}}))
		}
		h.store.at = n
		last := []inbox.Reply{{Option: 2}, {}, {}}
		err := h.Reply(t.Context(), "spf", s.ID, inbox.Once, who(5), last)
		failed := h.store.at <= 0
		h.store.at = 0
		if failed != (err != nil) {
			t.Errorf("call %d: %v", n, err)
		}
		h.ok(h.Reply(t.Context(), "spf", s.ID, inbox.Once, who(5), last))
		_, results, err := h.Results(t.Context(), "spf", s.ID)
		h.ok(err)
		if got := results[0].Waves[0]; got.N != 5 || got.Options[1] != 1 {
			t.Errorf("failing at call %d: %+v", n, got)
		}
		if !failed {
			return
		}
	}
}
