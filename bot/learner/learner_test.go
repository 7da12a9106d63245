package learner_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"praline/bot/learner"
	"praline/scheduler"
)

func TestAnswersGoThroughTheLog(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		answers := rapid.SliceOf(rapid.Custom(func(t *rapid.T) learner.Answer {
			a := learner.Answer{
				At:   time.Unix(rapid.Int64Range(0, 1<<33).Draw(t, "at"), 0).UTC(),
				Card: rapid.IntRange(-1, 500).Draw(t, "card"), Score: float64(rapid.IntRange(0, 100).Draw(t, "score")) / 100,
				Seconds: rapid.IntRange(0, 3600).Draw(t, "seconds"), Choice: rapid.IntRange(-1, 20).Draw(t, "choice"),
			}
			if rapid.Bool().Draw(t, "told") { // else as older programs wrote it
				a.Lang, a.First, a.Carried = rapid.IntRange(1, 3).Draw(t, "lang"), rapid.Bool().Draw(t, "first"), rapid.Bool().Draw(t, "carried")
				picked := rapid.SliceOfDistinct(rapid.IntRange(0, 31), rapid.ID[int]).Draw(t, "picked")
				if a.Picked, a.Choice = learner.Picks(picked), -1; len(picked) > 0 {
					a.Choice = slices.Min(picked)
				}
			}
			return a
		})).Draw(t, "answers")
		log := learner.AppendAnswers(nil, answers...)
		back, err := learner.ParseAnswers(log)
		if err != nil || len(back) != len(answers) {
			t.Fatalf("%d answers of %d: %v", len(back), len(answers), err)
		}
		for i := range back {
			if back[i] != answers[i] {
				t.Fatalf("answer %d: %+v, not %+v", i, back[i], answers[i])
			}
		}
		if len(log) > 0 {
			if back, err = learner.ParseAnswers(log[:len(log)-1]); err == nil || len(back) != len(answers)-1 {
				t.Fatalf("cut short: %d answers, %v", len(back), err)
			}
		}
	})
}

func TestAnOlderLogIsRead(t *testing.T) {
	log := []byte{0x80, 0x9b, 0xa0, 0xc9, 0x06, 1, 100, 9, 3, 0x80, 0x9b, 0xa0, 0xc9, 0x06, 2, 0, 12, 0}
	at := time.Unix(0x69280d80, 0).UTC()
	got, err := learner.ParseAnswers(log)
	if d := cmp.Diff([]learner.Answer{{At: at, Score: 1, Seconds: 9, Choice: 2}, {At: at, Card: 1, Seconds: 12, Choice: -1}}, got); d != "" || err != nil {
		t.Errorf("%v\n%s", err, d)
	}
}

func TestIDsTellNothing(t *testing.T) {
	a, b := learner.NewID(), learner.NewID()
	if a == b || len(a) != 16 || strings.Trim(string(a), "abcdefghijklmnopqrstuvwxyz234567") != "" {
		t.Errorf("%q, %q", a, b)
	}
}

// The same event is known again, until enough others have come.
func TestSeen(t *testing.T) {
	var l learner.Learner
	l.Remember("", 3)
	for i := range 4 {
		l.Remember(fmt.Sprint("event", i), 3)
	}
	for event, want := range map[string]bool{"": false, "event0": false, "event1": true, "event3": true, "event4": false} {
		if got := l.HasSeen(event); got != want {
			t.Errorf("%q: %t", event, got)
		}
	}
	if len(l.Seen) != 3 {
		t.Errorf("%d are kept", len(l.Seen))
	}
}

func TestStreakKeepsADayOnce(t *testing.T) {
	var s learner.Streak
	first := scheduler.Date{Year: 2026, Month: 10, Day: 14}
	always := func(scheduler.Date) bool { return true }
	for i := range 70 {
		s.Learn(first.AddDays(i), always)
		s.Learn(first.AddDays(i), always)
		s.Excuse(first.AddDays(i))
		s.Excuse(first.AddDays(i))
	}
	if len(s.Days) != 60 || s.Days[59] != first.AddDays(69) || len(s.Excused) != 60 {
		t.Errorf("%d days to %v, %d excused", len(s.Days), s.Days[len(s.Days)-1], len(s.Excused))
	}
}

// A row is as long as it is, though only the last days are kept by name; one
// that was stored without its number counts from what is named.
func TestALongRow(t *testing.T) {
	first := scheduler.Date{Year: 2025, Month: 9, Day: 1}
	week := func(d scheduler.Date) bool { return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday }
	for _, row := range []struct {
		label   string
		missed  int // the day of 280 on which nothing is learned; -1 for none
		excused bool
		want    int
	}{
		{"200 working days in 40 weeks", -1, false, 200},
		{"one missed long ago", 1, false, 198},
		{"one missed in the middle", 147, false, 94},
		{"one missed in the middle that we excuse", 147, true, 199},
		{"one missed a short while ago", 275, false, 2},
		{"a Saturday is no working day", 145, false, 200},
	} {
		var s learner.Streak
		for i := range 280 {
			day := first.AddDays(i)
			switch {
			case i == row.missed && row.excused:
				s.Excuse(day)
			case i != row.missed && (week(day) || i%3 == 0): // some weekends too
				s.Learn(day, week)
			}
		}
		today := first.AddDays(280) // a Monday, not over
		if got := s.Row(today, week); got != row.want {
			t.Errorf("%s: %d, not %d (before: %d)", row.label, got, row.want, s.Before)
		}
		if text, err := json.Marshal(s); err != nil || len(text) > 1000 {
			t.Errorf("%s: %d bytes, %v", row.label, len(text), err)
		}
		if row.missed == -1 {
			s.Before = 0
			if got := s.Row(today, week); got < 40 || got > 60 {
				t.Errorf("an old state: %d", got)
			}
			s.Before = 150
			if got := s.Row(today.AddDays(3), week); got != 0 {
				t.Errorf("two days later: %d", got)
			}
		}
	}
	if (&learner.Streak{}).Row(first, week) != 0 {
		t.Error("nothing is not nothing")
	}
}

// A whole state comes back as it was, and one of a newer version with fields
// that we do not know is read all the same.
func TestLearnerIsJSON(t *testing.T) {
	at := time.Date(2026, 10, 14, 8, 0, 0, 0, time.UTC)
	l := learner.Learner{
		Created: at, Agreed: at, Name: "Ann", Lang: "nl", Minutes: 5, Guided: true, Addresses: []learner.Address{{Channel: "chat", Conversation: "ann"}},
		Slots:   []scheduler.Slot{{Days: scheduler.Monday, Hour: 8, Minute: 30, Every: 2, Anchor: scheduler.DateOf(at, time.UTC)}},
		Place:   learner.Place{Topic: "question", Ask: &learner.Ask{ID: "7-abcd", Question: "a/b", At: at, Order: []int{1, 0}}, Aside: &learner.Aside{Topic: "times", Step: "confirm"}},
		Session: &learner.Session{Began: at, Budget: 180, Reviews: []string{"a/c"}, Posed: 1}, Cards: []learner.Card{{Key: "a/b", Fingerprint: "x"}},
		Push: learner.Push{Next: at, Day: scheduler.DateOf(at, time.UTC), Today: 1}, Offers: []learner.Offer{{Value: "here", Label: "Verder", Number: 1}},
	}
	text, err := json.Marshal(l)
	if err != nil {
		t.Fatal(err)
	}
	newer := strings.Replace(string(text), "{", `{"of a newer version":[1],`, 1)
	var back learner.Learner
	if err := json.Unmarshal([]byte(newer), &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(l, back); diff != "" {
		t.Error(diff)
	}
	if i := back.Card("a/b"); i != 0 || back.Cards[0].Series() != "a" || back.Card("a/z") != -1 {
		t.Errorf("card %d of %+v", i, back.Cards)
	}
	if json.Unmarshal([]byte(`[1]`), &learner.Card{}) == nil {
		t.Error("a card that is none was read")
	}
}
