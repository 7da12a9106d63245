package bot

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"praline/bot/inbox"
	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/channels/markup"
	"praline/scheduler/recall"
)

// showData says everything that is stored, as a readable summary, and hands
// over the whole as a file. An earlier file that was not taken yet gives way to
// this one: it holds all that the other did.
func (t *turn) showData() {
	l := t.learner
	for _, s := range t.waiting {
		if s.Message.Document != nil {
			t.drop = append(t.drop, s.Message.ID)
		}
	}
	t.export = &channels.Document{Name: "praline.json", MIME: "application/json"}
	text := t.w("data.summary",
		"name", orNone(markup.Escape(l.Name), t.w("data.no-name")),
		"lang", t.w("language.name"),
		"since", t.words.Day(l.Created.Month(), l.Created.Day())+" "+itoa(l.Created.Year()),
		"times", orNone(t.sayTimes(l.Slots), t.w("data.no-times")),
		"minutes", l.DailyMinutes(),
		"answers", l.Answers, "cards", len(l.Cards), "lessons", len(l.Taught),
		"channels", t.appList())
	more, known := t.sayMembership()
	if !known {
		return
	}
	text += "\n" + more
	choices := t.wayOn()
	if t.org != nil {
		choices = append(choices, quiet(t.w("do.quit"), "do.quit"))
	}
	t.say(channels.Message{
		Title: t.w("data.title"), Text: text,
		Document: t.export,
		Choices:  append(choices, quiet(t.w("do.forget"), "do.forget")),
		Note:     t.w("data.note"),
	})
}

func orNone(text, none string) string {
	if text == "" {
		return none
	}
	return text
}

// Export is everything that is stored about a learner's learning.
type Export struct {
	Learner learner.Learner       `json:"learner"`
	Known   []ExportedCard        `json:"questions"`
	Answers []ExportedAnswer      `json:"answers"`
	Waiting []learner.Said        `json:"waiting,omitempty"`     // messages on their way, without the files that they bring
	Receipt []string              `json:"receipts,omitempty"`    // the app's names of the last messages
	Refused []learner.Undelivered `json:"undelivered,omitempty"` // what an app would never take, and why
	Talks   []any                 `json:"conversations,omitempty"`
	Pushes  []learner.Delivery    `json:"pushes,omitempty"` // what became of the last things that were to be said first
	Roster  *people.Person        `json:"roster,omitempty"` // the organisation's record of the learner
	Audit   []people.Entry        `json:"audit,omitempty"`  // its log, where it is about them or by them
	Inbox   *inbox.Exported       `json:"to_trainers,omitempty"`
}

// ExportedCard is one memory, readable.
type ExportedCard struct {
	Question string  `json:"question"`
	Text     string  `json:"text,omitempty"`
	Recall   float64 `json:"chance_known_today"`
	Due      string  `json:"returns"`
	Reviews  int     `json:"reviews"`

	// What the memory model keeps: see scheduler/recall.
	Stability  float64 `json:"stability_days"`
	Difficulty float64 `json:"difficulty"` // 1 to 10
	Last       string  `json:"answered_last"`
	Lapses     int     `json:"forgotten_times"`
	Missed     bool    `json:"missed_last,omitempty"`
	Print      string  `json:"right_answer_digest"`
}

// ExportedAnswer is one answer, readable.
type ExportedAnswer struct {
	At       time.Time `json:"at"`
	Question string    `json:"question,omitempty"` // "" for a poll
	Score    float64   `json:"score"`
	Seconds  int       `json:"seconds"`
	Choice   int       `json:"choice"` // from 1; 0 for a typed answer
}

// exported gathers it, with the log of answers.
func (t *turn) exported(log []learner.Answer) Export {
	l := t.learner
	e := Export{Learner: *l, Receipt: slices.Sorted(maps.Values(t.kept))}
	e.Learner.Cards, e.Learner.Log = nil, "" // they are in Known and Pushes, with names
	e.Pushes = l.Log.All()
	if t.org != nil {
		e.Roster = &t.org.Person
	}
	for _, s := range t.waiting {
		if slices.Contains(t.drop, s.Message.ID) {
			continue
		}
		if s.Message.Document != nil { // an export in an export would double each time
			document := *s.Message.Document
			document.Data = nil
			s.Message.Document = &document
		}
		e.Waiting = append(e.Waiting, s)
	}
	for _, c := range l.Cards {
		x := ExportedCard{
			Question: c.Key, Reviews: c.Memory.Reps, Due: c.Memory.Due.String(),
			Recall:    recall.Retrievability(c.Memory, t.today),
			Stability: c.Memory.Stability, Difficulty: c.Memory.Difficulty, Last: c.Memory.Last.String(),
			Lapses: c.Memory.Lapses, Missed: c.Memory.Missed, Print: c.Fingerprint,
		}
		if q := t.question(c.Key); q != nil {
			x.Text = q.Text
		}
		e.Known = append(e.Known, x)
	}
	for _, a := range log {
		x := ExportedAnswer{At: a.At, Score: a.Score, Seconds: a.Seconds, Choice: a.Choice + 1}
		if a.Card >= 0 && a.Card < len(l.Cards) {
			x.Question = l.Cards[a.Card].Key
		}
		e.Answers = append(e.Answers, x)
	}
	return e
}

// Export returns what is stored about one learner, for the learner's page and
// the administrator's command.
func (b *Bot) Export(ctx context.Context, id learner.ID, now time.Time) (Export, error) {
	records, err := b.Store.Load(ctx, id)
	if err != nil {
		return Export{}, fmt.Errorf("learner %s: export: %w", id, err)
	}
	if records[0].Damaged != nil {
		return Export{}, records[0].Damaged
	}
	if into := records[0].Learner.Into; into != "" {
		return Export{}, fmt.Errorf("learner %s: joined with learner %s: ask for that one", id, into)
	}
	if records[0].Learner.Version == 0 {
		return Export{}, fmt.Errorf("learner %s: nobody by this id: look it up with \"praline data list\"", id)
	}
	t, err := b.begin(ctx, records[0], records[0].Learner.Reached(), now)
	if err != nil {
		return Export{}, err
	}
	return b.export(ctx, t)
}

// export gathers what stands in other places than the learner's state, and all of that.
func (b *Bot) export(ctx context.Context, t *turn) (Export, error) {
	log, err := b.Store.Log(ctx, t.learner.ID)
	if err != nil {
		return Export{}, fmt.Errorf("learner %s: export: log: %w", t.learner.ID, err)
	}
	e := t.exported(log)
	if e.Refused, err = b.Store.Undelivered(ctx, t.learner.ID); err != nil {
		return Export{}, fmt.Errorf("learner %s: export: what was refused: %w", t.learner.ID, err)
	}
	if b.Inbox != nil {
		sent, err := b.Inbox.Export(ctx, append([]learner.ID{t.learner.ID}, t.learner.Joined...)...)
		if err != nil {
			return Export{}, fmt.Errorf("learner %s: export: inbox: %w", t.learner.ID, err)
		}
		e.Inbox = &sent
	}
	if e.Audit, err = b.auditOf(ctx, t.learner.Member); err != nil {
		return Export{}, fmt.Errorf("learner %s: export: audit log: %w", t.learner.ID, err)
	}
	if b.Transcripts == nil {
		return e, nil
	}
	for _, address := range t.learner.Addresses {
		talk, err := b.Transcripts(ctx, address)
		if err != nil {
			return Export{}, fmt.Errorf("learner %s: export: conversation: %w", t.learner.ID, err)
		}
		if talk != nil {
			e.Talks = append(e.Talks, talk)
		}
	}
	return e, nil
}
