package bot

import (
	"os"
	"testing"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/recall"
)

// BenchmarkDecide is one press on an answer, decided: no store, no app. The
// learner has sixty questions behind them.
func BenchmarkDecide(b *testing.B) {
	series, report := lessons.Read(os.DirFS("testdata/series/atelier"))
	if !report.OK() {
		b.Fatal(report.Faults)
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
	record := learner.Record{Learner: *t.learner}
	event := channels.Event{Kind: channels.Pressed, Channel: "chat", Conversation: "ann", ID: "e", Value: value("answer", t.learner.Place.Ask.ID, 1)}
	b.ReportAllocs()
	for b.Loop() {
		t := bot.turn(record, here, now.Add(5*time.Second))
		t.handle(event)
		if change := t.change(); len(change.Answers) != 1 {
			b.Fatalf("not answered: %+v", change.Say)
		}
	}
}
