package telegram_test

import (
	"context"
	"strings"
	"testing"

	"praline/channels"
	"praline/channels/channelstest"
	"praline/channels/telegram"
	"praline/channels/telegram/telegramtest"
)

// TestQuiz: the question, its answer, the feedback below, and what comes late.
func TestQuiz(t *testing.T) {
	h := start(t, telegram.Options{Key: key, Quiz: true})
	h.polls()
	ctx := context.Background()
	receipt, err := h.Send(ctx, "4242", quiz(), "")
	if err != nil {
		t.Fatal(err)
	}
	poll := h.person.Shown()[0].Poll
	if poll == nil || poll.Right != 1 || !poll.Protected || poll.Question != "Vraag 1 van 2 · Waar kijkt u eerst naar?" || poll.Explanation != "Een naam kiest iedereen zelf." {
		t.Fatalf("shown: %s\n%+v", drawn(h.person.Shown()), poll)
	}
	if !h.person.Votes(2) {
		t.Fatal("it cannot be answered")
	}
	e := h.event()
	n, placed := channels.Placed(e.Value)
	if e.Kind != channels.Pressed || !placed || n != 2 || !channels.Names(e.Message, receipt) || e.Conversation != "4242" {
		t.Errorf("the answer is %+v for %q", e, receipt)
	}
	feedback := channels.Message{ID: "2", Replaces: "1", Text: "Niet helemaal.", Choices: []channels.Choice{primary("Verder")}}
	after, err := h.Send(ctx, "4242", feedback, receipt)
	if err != nil || after == receipt {
		t.Errorf("got %q, %v", after, err)
	}
	if shown := h.person.Shown(); len(shown) != 2 || !shown[0].Poll.Closed || shown[0].Buttons != nil || shown[1].Text != "Niet helemaal." {
		t.Errorf("shown: %s", drawn(shown))
	}
	channelstest.Golden(t, "testdata/shown/quiz-answered.nl.txt", drawn(h.person.Shown()))
	if h.person.Votes(0) {
		t.Error("it can be answered once more")
	}
	if _, err := h.Send(ctx, "4242", channels.Message{ID: "3", Replaces: "1", Retire: true}, receipt); err != nil {
		t.Errorf("stopped twice: %v", err) // "poll has already been closed"
	}
}

// TestQuizPass: "I do not know" is a button beneath.
func TestQuizPass(t *testing.T) {
	h := start(t, telegram.Options{Key: key, Quiz: true})
	h.polls()
	receipt, err := h.Send(context.Background(), "4242", quiz(), "")
	if err != nil {
		t.Fatal(err)
	}
	h.person.Presses("Ik weet het niet")
	if e := h.event(); e.Value != "answer.2s.none" || !channels.Names(e.Message, receipt) {
		t.Errorf("the press is %+v for %q", e, receipt)
	}
}

// TestQuizFits: what is asked as a quiz; all the rest has buttons.
func TestQuizFits(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	many := func(n int) []channels.Choice {
		var labels []string
		for i := range n {
			labels = append(labels, strings.Repeat("a", i+1))
		}
		return answers(labels...)
	}
	for _, row := range []struct {
		label  string
		change func(*channels.Message)
		off    bool
		asked  bool
	}{
		{"a usual one", func(*channels.Message) {}, false, true},
		{"turned off", func(*channels.Message) {}, true, false},
		{"of another kind", func(m *channels.Message) { m.Quiz = nil }, false, false},
		{"300 characters", func(m *channels.Message) { m.Text = long(300) }, false, true},
		{"301 characters", func(m *channels.Message) { m.Text = long(301) }, false, false},
		{"150 characters of two units", func(m *channels.Message) { m.Text = strings.Repeat("🍫", 150) }, false, true},
		{"151 characters of two units", func(m *channels.Message) { m.Text = strings.Repeat("🍫", 151) }, false, false},
		{"two paragraphs", func(m *channels.Message) { m.Text = "Een.\n\nTwee?" }, false, false},
		{"nothing asked", func(m *channels.Message) { m.Text = " " }, false, false},
		{"an answer of 100", func(m *channels.Message) { m.Choices[0].Label = long(100) }, false, true},
		{"an answer of 101", func(m *channels.Message) { m.Choices[0].Label = long(101) }, false, false},
		{"two answers alike", func(m *channels.Message) { m.Choices[0].Label = m.Choices[2].Label }, false, false},
		{"12 answers", func(m *channels.Message) { m.Choices = many(12) }, false, true},
		{"13 answers", func(m *channels.Message) { m.Choices = many(13) }, false, false},
		{"one answer", func(m *channels.Message) { m.Choices, m.Quiz.Right = many(1), 0 }, false, false},
		{"a right answer that is none", func(m *channels.Message) { m.Quiz.Right = 3 }, false, false},
		{"a long explanation is left out", func(m *channels.Message) { m.Quiz.Explanation = long(201) }, false, true},
		{"an explanation of many lines too", func(m *channels.Message) { m.Quiz.Explanation = "a\n\nb\n\nc" }, false, true},
		{"with a picture", func(m *channels.Message) {
			m.Media = []channels.Media{{Path: "example/media/dot.png", MIME: "image/png", Alt: "punt"}}
		}, false, true},
	} {
		t.Run(row.label, func(t *testing.T) {
			h := start(t, telegram.Options{Key: key, Quiz: !row.off})
			m := quiz()
			row.change(&m)
			if _, err := h.Send(context.Background(), "4242", m, ""); err != nil {
				t.Fatal(err)
			}
			shown := h.person.Shown()
			if asked := shown[len(shown)-1].Poll != nil; asked != row.asked {
				t.Errorf("asked as a quiz: %v, want %v:\n%s", asked, row.asked, drawn(shown))
			}
		})
	}
}

// TestQuizBusy: a quiz that is not taken now is asked once in the end.
func TestQuizBusy(t *testing.T) {
	h := start(t, telegram.Options{Quiz: true})
	h.server.Fails(telegramtest.BadBridge.Of("sendPoll"))
	if _, err := h.Send(context.Background(), "4242", quiz(), ""); channels.Refused(err) == nil {
		t.Fatalf("got %v", err)
	}
	if _, err := h.Send(context.Background(), "4242", quiz(), ""); err != nil {
		t.Fatal(err)
	}
	if shown := h.person.Shown(); len(shown) != 1 {
		t.Errorf("shown:\n%s", drawn(shown))
	}
}
