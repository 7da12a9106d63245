package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"praline/lessons"
	"praline/records"
)

// Signature is an expert's word on the facts of a lesson: that of a person whom
// its trainer asked. It is bound to the lesson's files as they were.
type Signature struct {
	Lesson       string `json:"lesson"` // file name without language: "01-sender"
	Person       string `json:"person"`
	Name         string `json:"name,omitempty"` // as they wish to be credited
	Organisation string `json:"organisation,omitempty"`
	Asked        Mark   `json:"asked"`
	Signed       Mark   `json:"signed,omitzero"` // zero: not yet
	Digest       string `json:"digest,omitempty"`
}

// FactsState is how a signature stands.
type FactsState string

// The states.
const (
	FactsAsked    FactsState = "asked"
	FactsSigned   FactsState = "signed"
	FactsOutdated FactsState = "outdated" // the lesson changed since
)

// State is how a signature stands on a draft.
func (s Signature) State(d Draft) FactsState {
	switch {
	case s.Digest == "":
		return FactsAsked
	case s.Digest == d.LessonDigest(s.Lesson):
		return FactsSigned
	}
	return FactsOutdated
}

// LessonDigest names the state of a lesson's files in all languages, and of all
// media of the series: a drawing holds facts too. "" where there is no such lesson.
func (d Draft) LessonDigest(lesson string) string {
	sum := sha256.New()
	found := false
	for _, p := range d.Paths() {
		name, _, ok := stem(p)
		if ok && name == lesson {
			found = true
		} else if !strings.HasPrefix(p, "media/") {
			continue
		}
		fmt.Fprintf(sum, "%s\x00%s\n", p, d.Files[p].Digest)
	}
	if !found {
		return ""
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// Signatures of a series: asked, signed, outdated.
func (l *Library) Signatures(ctx context.Context, org, id string) ([]Signature, error) {
	all, err := records.Load[[]Signature](ctx, l.Store, records.Key{Org: org, Kind: kindFacts, ID: id})
	if isNone(err) {
		err = nil
	}
	return all, err
}

// AskFacts asks a person to sign a lesson's facts; asking again is one request.
func (l *Library) AskFacts(ctx context.Context, org, id string, by Mark, lesson, person string) error {
	return l.written(ctx, org, id, func(d *desk) error {
		if d.draft.LessonDigest(lesson) == "" {
			return refuse("no-lesson", "lesson", lesson)
		}
		for i, s := range d.facts {
			if s.Lesson == lesson && s.Person == person {
				d.facts[i].Asked = by
				return nil
			}
		}
		d.facts = append(d.facts, Signature{Lesson: lesson, Person: person, Asked: by})
		return nil
	})
}

// SignFacts is the word of a person who was asked, on the lesson as they saw it
// (Draft.LessonDigest).
func (l *Library) SignFacts(ctx context.Context, org, id string, by Mark, lesson, seen, name, organisation string) error {
	return l.written(ctx, org, id, func(d *desk) error {
		if seen == "" || seen != d.draft.LessonDigest(lesson) {
			return refuse("changed-meanwhile")
		}
		i := slices.IndexFunc(d.facts, func(s Signature) bool { return s.Lesson == lesson && s.Person == by.By })
		if i < 0 {
			return refuse("not-asked")
		}
		d.facts[i].Signed, d.facts[i].Digest, d.facts[i].Name, d.facts[i].Organisation = by, seen, name, organisation
		return nil
	})
}

// ToSign are the lessons of an organisation whose facts a person was asked to
// sign and has not signed as they are: by series.
func (l *Library) ToSign(ctx context.Context, org, person string) (map[string][]Signature, error) {
	drafts, err := l.Drafts(ctx, org)
	if err != nil {
		return nil, err
	}
	waiting := map[string][]Signature{}
	for _, d := range drafts {
		all, err := l.Signatures(ctx, org, d.ID)
		if err != nil {
			return nil, err
		}
		for _, s := range all {
			if s.Person == person && s.State(d) != FactsSigned && d.LessonDigest(s.Lesson) != "" {
				waiting[d.ID] = append(waiting[d.ID], s)
			}
		}
	}
	return waiting, nil
}

// experts are who signed the facts of the lessons as they are.
func (d *desk) experts(s *lessons.Series) []Credit {
	var all []Credit
	for _, f := range d.facts {
		if f.State(d.draft) == FactsSigned {
			_, lesson, _ := strings.Cut(f.Lesson, "-")
			all = append(all, Credit{f.Person, f.Name, f.Organisation, lesson})
		}
	}
	return all
}
