package learner_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"praline/bot/learner"
	"praline/scheduler"
	"praline/scheduler/recall"
)

func day(n int) scheduler.Date { return scheduler.NumberedDate(20_700 + n) }

func always(scheduler.Date) bool { return true }

func card(key string, last, reps int) learner.Card {
	return learner.Card{Key: key, Fingerprint: "f", Memory: recall.Memory{Stability: 2, Difficulty: 5, Last: day(last), Due: day(last + 2), Reps: reps}}
}

var begun = time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)

func settled(id learner.ID) learner.Learner {
	return learner.Learner{
		ID: id, Created: begun, Agreed: begun, Lang: "fr", Minutes: 3, Addresses: []learner.Address{{Channel: string(id), Conversation: "1"}},
		Slots: []scheduler.Slot{{Days: scheduler.WorkingWeek, Hour: 9}},
	}
}

func TestFoldCardsAndLogs(t *testing.T) {
	l, n := settled("t"), settled("n")
	l.Cards = learner.Cards{card("a/1", 5, 2), card("a/2", 3, 1)}
	n.Cards = learner.Cards{card("a/2", 4, 1), card("a/3", 1, 1), card("a/1", 5, 1)}
	n.Seconds, l.Seconds, n.Sequence, l.Sequence = 30, 12, 40, 7
	log := []learner.Answer{{Card: 0}, {Card: 1}, {Card: -1}, {Card: 2}, {Card: 9}}
	got := l.Fold(n, log, 24, 4, always)
	want := learner.Cards{card("a/1", 5, 2), card("a/2", 4, 1), card("a/3", 1, 1)}
	if d := cmp.Diff(want, l.Cards); d != "" {
		t.Errorf("cards (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]learner.Answer{{Card: 1, Carried: true}, {Card: 2, Carried: true}, {Card: -1, Carried: true}, {Card: 0, Carried: true}, {Card: -1, Carried: true}}, got); d != "" {
		t.Errorf("the log (-want +got):\n%s", d)
	}
	if log[0].Card != 0 {
		t.Error("the newcomer's log was written into")
	}
	if l.Seconds != 42 || l.Sequence != 40 || len(l.Joined) != 1 || l.Joined[0] != "n" || len(l.Addresses) != 2 {
		t.Errorf("%+v", l)
	}
}

func TestFoldKeepsWhatWasChosen(t *testing.T) {
	question := learner.Place{Topic: "question", Ask: &learner.Ask{ID: "5-abcd", Question: "a/1"}}
	hello := learner.Place{Topic: "hello", Step: "minutes"}
	for _, row := range []struct {
		label string
		l, n  func(*learner.Learner)
		want  func(learner.Learner) bool
	}{
		{
			"both in a question",
			func(l *learner.Learner) { l.Place, l.Session, l.Lang = question, &learner.Session{Total: 3}, "nl" },
			func(n *learner.Learner) {
				n.Place, n.Session, n.Minutes = learner.Place{Topic: "lesson", Lesson: "a/x"}, &learner.Session{}, 10
			},
			func(l learner.Learner) bool {
				return l.Place.Ask != nil && l.Session.Total == 3 && l.Lang == "nl" && l.Minutes == 3
			},
		},
		{
			"nowhere, and in a question",
			func(*learner.Learner) {},
			func(n *learner.Learner) { n.Place, n.Session = question, &learner.Session{Total: 3} },
			func(l learner.Learner) bool { return l.Place.Ask != nil && l.Session != nil },
		},
		{
			"stopped at a screen, and in a question",
			func(l *learner.Learner) { l.Place = learner.Place{Lesson: "a/x", Screen: 2} },
			func(n *learner.Learner) { n.Place, n.Session = question, &learner.Session{Total: 3} },
			func(l learner.Learner) bool { return l.Place.Screen == 2 && l.Session == nil },
		},
		{
			"nowhere, and in hello",
			func(*learner.Learner) {},
			func(n *learner.Learner) { n.Place, n.Agreed = hello, time.Time{} },
			func(l learner.Learner) bool { return l.Place.Topic == "" && !l.Agreed.IsZero() },
		},
		{
			"in hello, and through it",
			func(l *learner.Learner) { l.Place, l.Agreed, l.Slots, l.Minutes = hello, time.Time{}, nil, 0 },
			func(n *learner.Learner) {
				n.Place, n.Session, n.Minutes, n.Lang = question, &learner.Session{}, 5, "nl"
			},
			func(l learner.Learner) bool {
				return l.Place.Ask != nil && l.Minutes == 5 && l.Lang == "nl" && len(l.Slots) == 1 && !l.Agreed.IsZero()
			},
		},
		{
			"without times, and with",
			func(l *learner.Learner) { l.Slots = nil },
			func(n *learner.Learner) { n.Outside = true },
			func(l learner.Learner) bool { return len(l.Slots) == 1 && l.Outside },
		},
	} {
		l, n := settled("t"), settled("n")
		row.l(&l)
		row.n(&n)
		l.Fold(n, nil, 24, 4, always)
		if !row.want(l) {
			t.Errorf("%s: %+v", row.label, l)
		}
	}
}

func TestFoldUnites(t *testing.T) {
	l, n := settled("t"), settled("n")
	for i := range 70 {
		l.Streak.Learn(day(i), always)
	}
	n.Streak.Learn(day(69), always)
	n.Streak.Learn(day(70), always)
	n.Streak.Excuse(day(71))
	l.Series, n.Series = []string{"a", "b"}, []string{"c", "b"}
	for i := range 20 {
		l.Remember("t"+string(rune('a'+i)), 24)
		n.Remember("n"+string(rune('a'+i)), 24)
	}
	l.Asked = []learner.Ask{{ID: "1", At: begun}, {ID: "3", At: begun.Add(3)}, {ID: "5", At: begun.Add(5)}}
	n.Asked = []learner.Ask{{ID: "2", At: begun.Add(2)}, {ID: "4", At: begun.Add(4)}}
	n.Joined = []learner.ID{"m"}
	l.Fold(n, nil, 24, 4, always)
	if row := l.Streak.Row(day(70), always); row != 71 || len(l.Streak.Days) != 60 || len(l.Streak.Excused) != 1 {
		t.Errorf("a row of %d, %d days, excused %v", row, len(l.Streak.Days), l.Streak.Excused)
	}
	if d := cmp.Diff([]string{"a", "b", "c"}, l.Series); d != "" {
		t.Error(d)
	}
	if !l.HasSeen("nt") || l.HasSeen("ta") || len(l.Seen) != 24 {
		t.Errorf("%d events are remembered", len(l.Seen))
	}
	if len(l.Asked) != 4 || l.Asked[0].ID != "2" || l.Asked[3].ID != "5" {
		t.Errorf("asks: %+v", l.Asked)
	}
	if d := cmp.Diff([]learner.ID{"m", "n"}, l.Joined); d != "" {
		t.Error(d)
	}
}

// A channel's name alone in Gone is of a time when a channel was one conversation.
func TestGone(t *testing.T) {
	here := learner.Address{Channel: "teams", Conversation: "a:1 https://one.example"}
	there := learner.Address{Channel: "teams", Conversation: "a:2"}
	l := learner.Learner{Addresses: []learner.Address{here, there}}
	l.Left(here)
	l.Left(learner.Address{Channel: "teams", Conversation: "a:1 https://two.example"})
	if !l.IsGone(here) || l.IsGone(there) || len(l.Gone) != 1 || l.Reached() != there {
		t.Errorf("one left: %v, %v", l.Gone, l.Reached())
	}
	l.Reach = here
	if l.Reached() != there {
		t.Errorf("what was chosen is gone: %v", l.Reached())
	}
	moved := learner.Address{Channel: "teams", Conversation: "a:1 https://three.example"}
	l.Met(moved)
	if l.IsGone(here) || l.Addresses[0] != moved || len(l.Addresses) != 2 || l.Reached() != moved {
		t.Errorf("met again: %v, %v", l.Addresses, l.Gone)
	}
	old := learner.Learner{Addresses: l.Addresses, Gone: []string{"teams"}}
	if old.Reached() != (learner.Address{}) {
		t.Errorf("all of teams is gone: %v", old.Reached())
	}
	if old.Met(there); old.Reached() != there {
		t.Errorf("and back: %v", old.Reached())
	}
}
