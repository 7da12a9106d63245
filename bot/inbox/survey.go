package inbox

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"praline/bot/people"
	"praline/locales"
	"praline/records"
	"praline/scheduler"
)

// Bounds of a survey: what can be answered in two minutes.
const (
	LeastQuestions = 2
	MostQuestions  = 5
	MostChoices    = 6
	LongestText    = 200 // of a title, a question
	LongestChoice  = 60
	LongestWords   = 500 // of a reply in open words
	Scale          = 5   // a scale goes from 1 to it
)

// OpenFor is for how long a wave takes replies.
const OpenFor = 14 * 24 * time.Hour

// ItemKind is how a question of a survey is answered.
type ItemKind string

// The kinds of items.
const (
	OnScale ItemKind = "scale"
	Choices ItemKind = "choices"
	InWords ItemKind = "words"
)

// ItemKinds are all, in the order in which they are offered.
var ItemKinds = []ItemKind{OnScale, Choices, InWords}

// Text is a text by language.
type Text map[string]string

// In returns it in a language, else in the first that it has.
func (t Text) In(lang string) string {
	if said, ok := t[lang]; ok {
		return said
	}
	return t[locales.Languages[0]]
}

// Item is one question of a survey.
type Item struct {
	Kind    ItemKind `json:"kind"`
	Text    Text     `json:"text"`
	Choices []Text   `json:"choices,omitempty"`
}

// Options is how many there are to choose from: 0 for open words.
func (q Item) Options() int {
	switch q.Kind {
	case OnScale:
		return Scale
	case Choices:
		return len(q.Choices)
	}
	return 0
}

// WaveID tells the waves of a survey apart.
type WaveID string

// A survey has one wave, or one before and one after a campaign.
const (
	Once   WaveID = "once"
	Before WaveID = "before"
	After  WaveID = "after"
)

// Wave is one time that a survey goes out.
type Wave struct {
	ID   WaveID         `json:"id"`
	On   scheduler.Date `json:"on"`             // not before it
	Upto string         `json:"upto,omitempty"` // Person.ID up to which it went out
	Sent time.Time      `json:"sent,omitzero"`  // whole
	Few  bool           `json:"few,omitempty"`  // fewer than five would have got it: it did not go out
}

// Survey is a few questions for an audience. Everybody may skip each.
type Survey struct {
	ID        string         `json:"id"`
	Title     Text           `json:"title"`
	Items     []Item         `json:"items"`
	Campaign  string         `json:"campaign,omitempty"`
	Teams     []string       `json:"teams,omitempty"` // none: everybody
	Lang      string         `json:"lang,omitempty"`
	NewSince  scheduler.Date `json:"new_since,omitzero"`
	Waves     []Wave         `json:"waves"`
	Author    string         `json:"author"` // Person.ID
	Created   time.Time      `json:"created"`
	Withdrawn time.Time      `json:"withdrawn,omitzero"` // nothing more goes out, nothing is taken in
}

// Wave returns one of its waves, nil for none.
func (s *Survey) Wave(id WaveID) *Wave {
	if i := slices.IndexFunc(s.Waves, func(w Wave) bool { return w.ID == id }); i >= 0 {
		return &s.Waves[i]
	}
	return nil
}

// Wrong is what is wrong with a survey, and where: "title.fr", "item.2.text.nl",
// "item.2.choice.1.fr", "items".
type Wrong struct {
	Field string
	Err   error
}

// Check says all that is wrong with the words of a survey; nil for nothing.
func (s *Survey) Check() []Wrong {
	var all []Wrong
	text := func(field string, t Text, longest int) {
		for _, lang := range locales.Languages {
			switch said := strings.TrimSpace(t[lang]); {
			case said == "":
				all = append(all, Wrong{field + "." + lang, ErrEmpty})
			case utf8.RuneCountInString(said) > longest:
				all = append(all, Wrong{field + "." + lang, ErrLong})
			}
		}
	}
	text("title", s.Title, LongestText)
	if len(s.Items) < LeastQuestions || len(s.Items) > MostQuestions {
		all = append(all, Wrong{"items", fmt.Errorf("a survey has %d to %d questions, not %d: fill in or leave out some", LeastQuestions, MostQuestions, len(s.Items))})
	}
	for n, q := range s.Items {
		field := fmt.Sprintf("item.%d", n+1)
		text(field+".text", q.Text, LongestText)
		if !slices.Contains(ItemKinds, q.Kind) {
			all = append(all, Wrong{field + ".kind", fmt.Errorf("%q is no kind of question: take one of %v", q.Kind, ItemKinds)})
		}
		if q.Kind != Choices {
			continue
		}
		if len(q.Choices) < 2 || len(q.Choices) > MostChoices {
			all = append(all, Wrong{field + ".choices", fmt.Errorf("a question has 2 to %d choices, not %d: write one on each line, as many in each language", MostChoices, len(q.Choices))})
		}
		for c, choice := range q.Choices {
			text(fmt.Sprintf("%s.choice.%d", field, c+1), choice, LongestChoice)
		}
	}
	return all
}

// Keep stores a new survey; it goes out by Tend, each wave on its day.
func (i *Inbox) Keep(ctx context.Context, by people.Actor, s Survey) (Survey, error) {
	if !by.May(people.RunSurveys) {
		return s, people.ErrNotAllowed
	}
	if wrong := s.Check(); len(wrong) > 0 {
		return s, fmt.Errorf("%s: %w", wrong[0].Field, wrong[0].Err)
	}
	var random [5]byte
	rand.Read(random[:])
	s.ID = strings.ToLower(base32.StdEncoding.EncodeToString(random[:]))
	s.Author, s.Created = by.Person, i.now()
	return s, records.Put(ctx, i.Store, surveyKey(by.Org, s.ID), s)
}

// Withdraw ends a survey; what was counted stays.
func (i *Inbox) Withdraw(ctx context.Context, by people.Actor, id string) error {
	if !by.May(people.RunSurveys) {
		return people.ErrNotAllowed
	}
	_, err := records.Update(ctx, i.Store, surveyKey(by.Org, id), func(s *Survey) error {
		if s.ID == "" {
			return records.ErrNone
		}
		if s.Withdrawn.IsZero() {
			s.Withdrawn = i.now()
		}
		return nil
	})
	return err
}

// Surveys of an organisation, newest first.
func (i *Inbox) Surveys(ctx context.Context, org string) ([]Survey, error) {
	all, err := records.All[Survey](ctx, i.Store, org, kindSurvey)
	slices.SortStableFunc(all, func(a, b Survey) int { return b.Created.Compare(a.Created) })
	return all, err
}

// Survey returns one, records.ErrNone if the organisation has none by that id.
func (i *Inbox) Survey(ctx context.Context, org, id string) (Survey, error) {
	return records.Load[Survey](ctx, i.Store, surveyKey(org, id))
}

func surveyKey(org, id string) records.Key { return records.Key{Org: org, Kind: kindSurvey, ID: id} }
