package bot_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"praline/bot/learner"
	"praline/channels"
	"praline/lessons"
)

// A place may be one that a newer version wrote, or half of one: whatever the
// learner does there, something is said, and one is somewhere afterwards.
func TestOddPlaces(t *testing.T) {
	series := atelier(t)
	rapid.Check(t, func(r *rapid.T) {
		s := newMemory()
		c := newChat(t, s, lessons.NewCatalogue(series))
		stepReady(c, "fr")
		l := c.learner()
		l.Place = oddPlace(r, series)
		if rapid.Bool().Draw(r, "in a session") {
			l.Session = &learner.Session{Began: c.now, LastSeen: c.now, Budget: 180, Fresh: []string{"atelier/capital", "no/question"}}
		}
		if err := s.Commit(t.Context(), c.now, learner.Change{Learner: l})[0]; err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 4).Draw(r, "events") {
			switch rapid.IntRange(0, 3).Draw(r, "what") {
			case 0:
				value := rapid.SampledFrom([]string{"here", "start.now", "more", "do.lesson", "do.why", "do.language", "lang.nl", "on.x", "screen.next.0-x", "answer.7-abcd.1", "answer.7-abcd"}).Draw(r, "value")
				c.does(channels.Event{Kind: channels.Pressed, Value: value})
			case 1:
				c.does(channels.Event{Kind: channels.Came})
			case 2:
				fields := map[string][]string{}
				for _, name := range []string{"place0", "place1", "place2", "pair0", "pair1", "pair2"} {
					fields[name] = []string{rapid.SampledFrom([]string{"0", "1", "2", "3"}).Draw(r, name)}
				}
				c.does(channels.Event{Kind: channels.Formed, Value: "answer.7-abcd", Fields: fields})
			default:
				c.says(rapid.SampledFrom(typed).Draw(r, "typed"))
			}
			if c.err != nil {
				r.Fatalf("%+v: %v", l.Place, c.err)
			}
			if len(c.answered) > 0 && !slices.ContainsFunc(c.answered, func(m channels.Message) bool { return !m.Retire }) {
				r.Fatalf("%+v: nothing is said", l.Place)
			}
			if t.Failed() {
				r.FailNow()
			}
		}
	})
}

func oddPlace(r *rapid.T, series *lessons.Series) learner.Place {
	p := learner.Place{
		Topic:  learner.Topic(rapid.SampledFrom([]string{"", "hello", "lesson", "question", "question", "question", "feedback", "scenario", "times"}).Draw(r, "topic")),
		Step:   rapid.SampledFrom([]string{"", "times", "confirm", "x"}).Draw(r, "step"),
		Lesson: rapid.SampledFrom([]string{"", "atelier/01-bruxelles", "atelier/bruxelles", "no/lesson", "x"}).Draw(r, "lesson"),
		Screen: rapid.IntRange(-2, 9).Draw(r, "screen"),
		Live:   rapid.SampledFrom([]string{"", "3", "zz"}).Draw(r, "live"),
	}
	if p.Topic == "question" && rapid.IntRange(0, 5).Draw(r, "ask") > 0 || rapid.Bool().Draw(r, "asked") {
		p.Ask = &learner.Ask{
			ID: "7-abcd", Question: rapid.SampledFrom([]string{"", "atelier/capital", "atelier/order", "atelier/pairs", "no/question"}).Draw(r, "question"),
			Order: rapid.SliceOfN(rapid.IntRange(-1, 4), 2, 3).Draw(r, "order"), Said: p.Live,
		}
		if lesson, i, ok := series.Question(strings.TrimPrefix(p.Ask.Question, "atelier/")); ok && rapid.Bool().Draw(r, "unchanged") {
			p.Ask.Print = lesson.In("fr").Questions[i].Fingerprint()
		}
	}
	if rapid.Bool().Draw(r, "aside") {
		p.Aside = &learner.Aside{Topic: learner.Topic(rapid.SampledFrom([]string{"", "times", "pause", "report", "minutes", "credits"}).Draw(r, "aside topic")), Step: p.Step}
	}
	return p
}
