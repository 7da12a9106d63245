package bot

import (
	"encoding/json"
	"os"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/recall"
)

// atAnswer is a learner with sixty questions behind them, about to press an answer.
func atAnswer(tb testing.TB) (*Bot, learner.Record, channels.Event, time.Time) {
	series, report := lessons.Read(os.DirFS("testdata/series/atelier"))
	if !report.OK() {
		tb.Fatal(report.Faults)
	}
	now := time.Date(2026, 10, 14, 10, 0, 0, 0, time.UTC)
	bot := &Bot{Catalogue: lessons.NewCatalogue(series)}
	here := learner.Address{Channel: "chat", Conversation: "ann"}
	l := learner.Learner{
		ID: "abcdefgh22222222", Version: 7, Created: now, Agreed: now, Lang: "fr", Minutes: 3, Addresses: []learner.Address{here},
		Slots: []scheduler.Slot{{Days: scheduler.WorkingWeek, Hour: 9}},
	}
	for i := range 60 {
		m := recall.Review(recall.Memory{}, recall.Right, scheduler.DateOf(now.AddDate(0, 0, -1-i), time.UTC), func(scheduler.Date) bool { return true })
		l.Cards = append(l.Cards, learner.Card{Key: "atelier/q" + itoa(i), Fingerprint: "x", Memory: m})
	}
	t := bot.turn(learner.Record{Learner: l}, here, now)
	t.learner.Session = newSession(now, 180)
	t.ask("atelier/capital")
	event := channels.Event{Kind: channels.Pressed, Channel: "chat", Conversation: "ann", ID: "e", Value: value("answer", t.learner.Place.Ask.ID, 1)}
	return bot, learner.Record{Learner: *t.learner}, event, now.Add(5 * time.Second)
}

// BenchmarkDecide is one press on an answer, decided: no store, no app.
func BenchmarkDecide(b *testing.B) {
	bot, record, event, now := atAnswer(b)
	b.ReportAllocs()
	for b.Loop() {
		t := bot.turn(record, record.Learner.Addresses[0], now)
		t.handle(event)
		if change := t.change(); len(change.Answers) != 1 {
			b.Fatalf("not answered: %+v", change.Say)
		}
	}
}

// A turn changes nothing but itself: the record that it was made of can be
// decided on again.
func TestATurnChangesNothingButItself(t *testing.T) {
	bot, record, event, now := atAnswer(t)
	record.Learner.Cards = append(record.Learner.Cards, learner.Card{Key: "atelier/capital"})
	record.Learner.Addresses = append(record.Learner.Addresses, learner.Address{Channel: "other", Conversation: "x"})
	record.Learner.Gone = []string{"other", "third"}
	for i := range remembered {
		record.Learner.Remember(itoa(i), remembered)
	}
	before, err := json.Marshal(record.Learner)
	if err != nil {
		t.Fatal(err)
	}
	turn := bot.turn(record, record.Learner.Addresses[1], now)
	turn.handle(event)
	if len(turn.answers) != 1 {
		t.Fatalf("not answered: %+v", turn.said)
	}
	if after, err := json.Marshal(record.Learner); err != nil || string(after) != string(before) {
		t.Errorf("%v\n%s\n%s", err, before, after)
	}
}
