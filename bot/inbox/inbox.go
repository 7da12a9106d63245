// Package inbox is what learners send to the trainers of their organisation:
// questions, replies to surveys, and what they looked for without finding it.
// Nothing here says who they are.
//
//	question.go  "ask a trainer": asked, listed, answered
//	letters.go   what goes out: the answer, and word to trainers that questions wait
//	markdown.go  what an answer may hold
//	survey.go    surveys: what is asked, of whom, when
//	send.go      a survey goes out; before and after a campaign are two waves of one survey
//	reply.go     a reply is counted, once, and by whom is kept apart from what
//	results.go   distributions and words, from five answers on; CSV
//	need.go      what was looked for in vain, from five people on
//	trace.go     what there is of one learner: to hand over, and to erase
//	seal.go      how a learner stands in a record without being named
//
// A question holds its learner sealed, so that the answer finds the way back
// while nobody who reads the record does; the text goes when the learner erases
// what is theirs. Word to a trainer's chat never holds the text: it is shown
// there on a press, so that one which was erased meanwhile is not. A reply to a
// survey holds no learner at all: it can be neither found nor taken back.
//
// What goes out is first written down and then handed over as a letter whose
// name makes the same twice one; Tend does again what a crash left.
package inbox

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/records"
)

// Enough is from how many people on something of theirs is shown.
const Enough = 5

// Faults that people can mend; who shows them finds words for each.
var (
	ErrTooMany  = errors.New("five of your questions wait already: wait for an answer to one of them")
	ErrNobody   = errors.New("this organisation has no trainer yet: an administrator gives somebody that role")
	ErrAnswered = errors.New("this question has an answer already: read it under the answered ones")
	ErrEmpty    = errors.New("there is no text: write something")
	ErrLong     = errors.New("the text is too long: shorten it")
	ErrMarkup   = errors.New("the text holds a picture, a table or a link that is not https: a chat shows none of them, write it in words")
	ErrClosed   = errors.New("this survey is over: nothing more is taken in")
	ErrGone     = errors.New("this question is not there any more: whoever asked it has taken it back")
	ErrReplied  = errors.New("this survey has a reply from the same person already")
)

// Inbox keeps it, for all organisations.
type Inbox struct {
	Store  records.Store
	People *people.People
	Secret []byte // keys digests and seals, with what follows from PRALINE_SECRET
	// Write hands a letter to a learner: it is said when their gate is open.
	Write func(ctx context.Context, to learner.ID, letter learner.Letter) error
	Now   func() time.Time // the bot's clock
	Log   *slog.Logger     // nil for none
}

// Kinds of records.
const (
	kindQuestion = "inbox-question"
	kindTold     = "inbox-told"  // when trainers were last told
	kindSurvey   = "survey"      //
	kindReplies  = "survey-sum"  // counts of a wave: "survey:wave"
	kindWho      = "survey-who"  // who replied, by digest: "survey:wave:00" to "…:ff"
	kindNeed     = "inbox-need"  // by digest of its words
	kindTrace    = "inbox-trace" // of the whole server: by digest of a learner
)

// Tend does what time asks for: answers and surveys that are to go out, word to
// trainers, and forgetting. What fails for one organisation keeps the others
// from nothing. It may be called as often as one likes.
func (i *Inbox) Tend(ctx context.Context) error {
	all, err := i.People.Organisations(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, o := range all {
		failed = append(failed, i.deliverAll(ctx, o.ID), i.tellTrainers(ctx, o.ID), i.sendDue(ctx, o.ID), i.dropOld(ctx, o.ID))
	}
	return errors.Join(failed...)
}

// Turn says whether it is the caller's turn to Tend: of many who ask within
// every before now by the wall, one.
func (i *Inbox) Turn(ctx context.Context, now time.Time, every time.Duration) (bool, error) {
	mine := false
	_, err := records.Update(ctx, i.Store, records.Key{Kind: kindTold, ID: "tended"}, func(last *time.Time) error {
		mine = now.Sub(*last) >= every
		if mine {
			*last = now
		}
		return nil
	})
	return mine, err
}

// soon does what may fail now because Tend does it again.
func (i *Inbox) soon(what string, err error) {
	if err != nil && i.Log != nil {
		i.Log.Warn("inbox: "+what+" waits, it is tried again", "error", err)
	}
}
