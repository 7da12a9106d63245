package library

import (
	"context"

	"praline/lessons"
)

// Impact is what publishing a draft will change for who learns.
type Impact struct {
	First    bool     // nothing is live yet
	New      []string // questions, by id, in the order of the lessons
	Gone     []string
	Kept     []string // the same id and the same right answer: the memory stays
	Anew     []string // the same id, another right answer: the memory starts anew
	Lessons  []string // lessons added
	Without  []string // lessons removed
	Learners int      // who hold cards of it; -1 where that is not known
}

// Impact compares a draft with the live version.
func (l *Library) Impact(ctx context.Context, org string, d Draft) (Impact, error) {
	next, _, err := l.Check(ctx, org, d)
	if err != nil {
		return Impact{}, err
	}
	shelf, err := l.Shelf(ctx, org, d.ID)
	if err != nil {
		return Impact{}, err
	}
	now, err := l.version(ctx, org, shelf)
	if err != nil {
		return Impact{}, err
	}
	impact := ImpactOf(now, next)
	impact.Learners = -1
	if l.Holders != nil {
		if impact.Learners, err = l.Holders(ctx, org, d.ID); err != nil {
			return Impact{}, err
		}
	}
	return impact, nil
}

// ImpactOf compares two versions of a series; either may be nil.
func ImpactOf(now, next *lessons.Series) Impact {
	impact := Impact{First: now == nil, Learners: -1}
	before, after := questionsOf(now), questionsOf(next)
	impact.Lessons, impact.Without = beyond(lessonsOf(next), lessonsOf(now)), beyond(lessonsOf(now), lessonsOf(next))
	for _, q := range after.order {
		switch old, ok := before.prints[q]; {
		case !ok:
			impact.New = append(impact.New, q)
		case old == after.prints[q]:
			impact.Kept = append(impact.Kept, q)
		default:
			impact.Anew = append(impact.Anew, q)
		}
	}
	impact.Gone = beyond(before.order, after.order)
	return impact
}

// questions are those of a series, with what their memories depend on.
type questions struct {
	order  []string
	prints map[string]string
}

func questionsOf(s *lessons.Series) questions {
	all := questions{prints: map[string]string{}}
	if s == nil {
		return all
	}
	for _, lesson := range s.Lessons {
		for _, q := range lesson.In("").Questions {
			all.order = append(all.order, q.ID)
			all.prints[q.ID] = q.Fingerprint()
		}
	}
	return all
}

func lessonsOf(s *lessons.Series) []string {
	if s == nil {
		return nil
	}
	all := make([]string, len(s.Lessons))
	for i, lesson := range s.Lessons {
		all[i] = lesson.ID
	}
	return all
}

// beyond is what stands in all and not in known.
func beyond(all, known []string) []string {
	there := map[string]bool{}
	for _, name := range known {
		there[name] = true
	}
	var rest []string
	for _, name := range all {
		if !there[name] {
			rest = append(rest, name)
		}
	}
	return rest
}
