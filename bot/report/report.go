// Package report folds answers into counts that name nobody, and says what they
// mean: how questions do, for trainers; how teams do, for managers.
//
//	fold.go      the collector: each answer of each learner is counted once
//	folding.go   one write of it
//	scan.go      what one learner's log adds to the counts
//	counts.go    the counts of one question, and what of them is shown
//	cursor.go    how far each learner's log is counted, and their last weeks
//	tally.go     what is only counted: pushes by outcome, lessons, thanks
//	mistake.go   mistakes that learners reported
//
//	question.go  what the counts say of a question, from five people on
//	estimate.go  shares, differences and correlations with their intervals
//	advice.go    in codes with arguments: the words are in locales/report.*
//
//	groups.go    teams as groups of a period, merged until each is large enough
//	protect.go   what may be shown of a group, and how it is rounded
//	publish.go   a week's figures, published once and never computed again
//	digest.go    the page that a manager sees of them, and so does every learner
//	say.go       that page as text for a chat
//
// Two calls keep it going: Fold, often for those who answered (Answered notes
// them) and once a day for everybody; and Publish, each Monday after a Fold.
// docs/figures.md says how small groups are protected, and from whom.
package report

import (
	"context"
	"sync"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/records"
)

// Learners is where the answers stand.
type Learners interface {
	Load(ctx context.Context, ids ...learner.ID) ([]learner.Record, error)
	Log(ctx context.Context, id learner.ID) ([]learner.Answer, error)
}

// Roster is who belongs to an organisation, and to which of its teams.
type Roster interface {
	Persons(ctx context.Context, org string) ([]people.Person, error)
	Teams(ctx context.Context, org string) ([]people.Team, error)
}

// Reports keeps counts of organisations.
type Reports struct {
	Store    records.Store
	Learners Learners
	Roster   Roster
	// Promised returns the protected minutes a week by team; nil: none are
	// promised.
	Promised func(ctx context.Context, org string) (map[string]int, error)
	Secret   []byte           // keys the rounding, and who reported a mistake
	Now      func() time.Time // the bot's clock

	mu       sync.Mutex
	answered map[learner.ID]bool
	tallies  map[tallyKey]int
}

// Answered notes that a learner may have answered: the next FoldAnswered looks.
func (r *Reports) Answered(id learner.ID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answered == nil {
		r.answered = make(map[learner.ID]bool)
	}
	r.answered[id] = true
}

// Kinds of records.
const (
	kindQuestion = "report-question" // counts of a question and right answer: series/question@fingerprint
	kindCursor   = "report-cursor"   // how far logs are counted, by shard
	kindTally    = "report-tally"    // by week
	kindMistake  = "report-mistake"  // one that a learner reported
	kindGroups   = "report-groups"   // of a period, by its first Monday
	kindMember   = "report-member"   // who was of which group: period and shard
	kindDigest   = "report-digest"   // by Monday of the week
)
