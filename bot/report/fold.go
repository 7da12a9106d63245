package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"praline/bot/learner"
	"praline/records"
)

// together is how many learners are folded in one write.
const together = 256

// tries bounds how often a piece is folded again because somebody else wrote
// meanwhile.
const tries = 50

// Folded is what a call of Fold did.
type Folded struct {
	Learners int `json:"learners"` // looked at
	Answers  int `json:"answers"`  // counted
}

// Fold counts what the given learners answered and was not counted yet; with
// nobody given, of everybody on the organisation's roster. A learner's answers
// and how far they are counted are written together: each counts once, also
// when two fold at a time or one is cut short. Who is given and belongs to
// another organisation is left out.
func (r *Reports) Fold(ctx context.Context, org string, who ...learner.ID) (Folded, error) {
	var done Folded
	all := len(who) == 0
	joined := make(map[learner.ID]time.Time)
	if all {
		persons, err := r.Roster.Persons(ctx, org)
		if err != nil {
			return done, err
		}
		for _, p := range persons {
			if p.Learner != "" && p.Left.IsZero() {
				joined[p.Learner] = p.Joined
				who = append(who, p.Learner)
			}
		}
	}
	who = slices.Clone(who)
	slices.SortFunc(who, func(a, b learner.ID) int { // a piece touches few records of cursors
		return cmp.Or(cmp.Compare(shardOf(string(a)), shardOf(string(b))), cmp.Compare(a, b))
	})
	who = slices.Compact(who)
	for chunk := range slices.Chunk(who, together) {
		answers, err := r.foldChunk(ctx, org, chunk, joined, all)
		if err != nil {
			return done, fmt.Errorf("organisation %s: fold: %w", org, err)
		}
		done.Learners += len(chunk)
		done.Answers += answers
	}
	if all { // last: what was counted of who was folded into another is taken over before
		return done, r.forgetOthers(ctx, org, joined)
	}
	return done, nil
}

// FoldAnswered folds who was noted by Answered since the last time, each for
// the organisation that they belong to. On an error they stay noted.
func (r *Reports) FoldAnswered(ctx context.Context) (Folded, error) {
	var done Folded
	r.mu.Lock()
	noted := slices.Collect(maps.Keys(r.answered))
	r.answered = nil
	r.mu.Unlock()
	if len(noted) == 0 {
		return done, nil
	}
	byOrg, err := r.byOrganisation(ctx, noted)
	for org, who := range byOrg {
		if err != nil {
			break
		}
		var some Folded
		some, err = r.Fold(ctx, org, who...)
		done.Learners, done.Answers = done.Learners+some.Learners, done.Answers+some.Answers
	}
	if err != nil {
		for _, id := range noted {
			r.Answered(id)
		}
	}
	return done, err
}

func (r *Reports) byOrganisation(ctx context.Context, who []learner.ID) (map[string][]learner.ID, error) {
	byOrg := make(map[string][]learner.ID)
	for chunk := range slices.Chunk(who, together) {
		loaded, err := r.Learners.Load(ctx, chunk...)
		if err != nil {
			return nil, err
		}
		for _, l := range loaded {
			if org := l.Learner.Member.Org; org != "" {
				byOrg[org] = append(byOrg[org], l.Learner.ID)
			}
		}
	}
	return byOrg, nil
}

// foldChunk folds some learners in one write, and decides again when somebody
// else was faster.
func (r *Reports) foldChunk(ctx context.Context, org string, who []learner.ID, joined map[learner.ID]time.Time, all bool) (int, error) {
	for range tries {
		f := &folding{reports: r, org: org, today: dayOf(r.Now()), shards: make(map[string]*kept[cursors]), counts: make(map[string]*kept[Counts])}
		answers, err := f.fold(ctx, who, joined, all)
		if errors.Is(err, records.ErrConflict) {
			continue
		}
		return answers, err
	}
	return 0, fmt.Errorf("%d times: %w", tries, records.ErrConflict)
}

// Forget removes what is kept of a learner who is erased: how far they are
// counted, and the words in which they reported mistakes. The counts stay.
func (r *Reports) Forget(ctx context.Context, org string, id learner.ID) error {
	r.mu.Lock()
	delete(r.answered, id)
	r.mu.Unlock()
	key := cursorKey(org, shardOf(string(id)))
	all, err := r.Store.Read(ctx, key)
	if err != nil {
		return err
	}
	if all[0].Version > 0 {
		if _, err := records.Update(ctx, r.Store, key, func(c *cursors) error {
			delete(*c, id)
			return nil
		}); err != nil {
			return err
		}
	}
	return r.forgetMistakes(ctx, org, id)
}

// forgetOthers removes the cursors of who is not on the roster any more.
func (r *Reports) forgetOthers(ctx context.Context, org string, stay map[learner.ID]time.Time) error {
	all, err := r.Store.List(ctx, org, kindCursor)
	if err != nil {
		return err
	}
	for _, record := range all {
		shard, err := records.Decode[cursors](record)
		if err != nil {
			return err
		}
		before := len(shard)
		maps.DeleteFunc(shard, func(id learner.ID, _ cursor) bool { _, ok := stay[id]; return !ok })
		if len(shard) == before {
			continue
		}
		left, err := records.Encode(record.Key, record.Version, shard)
		if err != nil {
			return err
		}
		if err := r.Store.Write(ctx, left); err != nil && !errors.Is(err, records.ErrConflict) { // then the next time
			return err
		}
	}
	return nil
}
