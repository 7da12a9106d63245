package inbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"unicode/utf8"

	"praline/bot/learner"
	"praline/records"
)

// Reply is what one person says to one item. The zero value skips it.
type Reply struct {
	Option int    `json:"o,omitempty"` // from 1
	Words  string `json:"w,omitempty"`
}

// Tally is what was replied to one item, by nobody.
type Tally struct {
	N       int      `json:"n"`
	Options []int    `json:"options,omitempty"` // how often each was chosen
	Words   []string `json:"words,omitempty"`   // in no order
}

// sums are the counts of a wave. Replies wait until five are there, and join
// what is shown together: who looks twice sees no single one come in.
type sums struct {
	Shown   []Tally `json:"shown"`
	Waiting []Tally `json:"waiting"`
}

// replied says of each digest in a part of a wave that it replied, or declined.
type replied map[string]string

const (
	hasReplied  = "replied"
	hasDeclined = "declined"
)

// Asked is a survey as one learner meets it: ErrClosed where it takes no
// replies (also for one of another organisation), ErrReplied where theirs is in.
func (i *Inbox) Asked(ctx context.Context, org, id string, wave WaveID, by learner.ID) (Survey, error) {
	s, err := i.Survey(ctx, org, id)
	if errors.Is(err, records.ErrNone) {
		return s, ErrClosed
	}
	if err != nil {
		return s, err
	}
	w := s.Wave(wave)
	if w == nil {
		return s, ErrClosed
	}
	if !s.Withdrawn.IsZero() || !w.Sent.IsZero() && i.Now().After(w.Sent.Add(OpenFor)) {
		return s, ErrClosed
	}
	key, name := i.whoKey(org, id, wave, by)
	who, err := records.Load[replied](ctx, i.Store, key)
	if err != nil && !errors.Is(err, records.ErrNone) {
		return s, err
	}
	if who[name] == hasReplied {
		return s, ErrReplied
	}
	return s, nil
}

// Reply counts what a learner replies to a wave, once: the same again is no
// error and has no effect.
func (i *Inbox) Reply(ctx context.Context, org, id string, wave WaveID, by learner.ID, replies []Reply) error {
	s, err := i.Asked(ctx, org, id, wave, by)
	if errors.Is(err, ErrReplied) {
		return nil
	}
	if err != nil {
		return err
	}
	if len(replies) != len(s.Items) {
		return fmt.Errorf("survey %s: %d replies to %d questions: begin anew", id, len(replies), len(s.Items))
	}
	if err := i.trace(ctx, by, func(t *trace) { t.reply(org, id+":"+string(wave)) }); err != nil {
		return err
	}
	who, name := i.whoKey(org, id, wave, by)
	for range tries {
		err := i.count(ctx, s, who, records.Key{Org: org, Kind: kindReplies, ID: id + ":" + string(wave)}, name, replies)
		if !errors.Is(err, records.ErrConflict) {
			return err
		}
	}
	return fmt.Errorf("survey %s: %d times: %w", id, tries, records.ErrConflict)
}

// tries bounds how many may reply at one moment.
const tries = 100

// count writes in one that somebody replied, and what was replied.
func (i *Inbox) count(ctx context.Context, s Survey, whoKey, sumKey records.Key, name string, replies []Reply) error {
	kept, err := i.Store.Read(ctx, whoKey, sumKey)
	if err != nil {
		return err
	}
	who, sum := replied{}, sums{}
	for n, into := range []any{&who, &sum} {
		if kept[n].Version > 0 {
			if err := json.Unmarshal(kept[n].Body, into); err != nil {
				return fmt.Errorf("%s: cannot be read: %w: restore a backup", kept[n].Key, err)
			}
		}
	}
	if who[name] == hasReplied {
		return nil
	}
	who[name] = hasReplied
	sum.add(s.Items, replies)
	a, err := records.Encode(whoKey, kept[0].Version, who)
	if err != nil {
		return err
	}
	b, err := records.Encode(sumKey, kept[1].Version, sum)
	if err != nil {
		return err
	}
	return i.Store.Write(ctx, a, b)
}

// add counts replies, and shows what waits of an item from five on.
func (s *sums) add(items []Item, replies []Reply) {
	for len(s.Shown) < len(items) {
		s.Shown, s.Waiting = append(s.Shown, Tally{}), append(s.Waiting, Tally{})
	}
	for n, item := range items {
		waiting := &s.Waiting[n]
		waiting.add(item, replies[n])
		if waiting.N >= Enough {
			s.Shown[n].join(*waiting)
			*waiting = Tally{}
		}
	}
}

func (t *Tally) add(item Item, r Reply) {
	options := item.Options()
	words := strings.Join(strings.Fields(r.Words), " ")
	switch {
	case item.Kind == InWords && words != "":
		if utf8.RuneCountInString(words) > LongestWords {
			words = string([]rune(words)[:LongestWords])
		}
		t.Words = append(t.Words, words)
	case r.Option >= 1 && r.Option <= options:
		for len(t.Options) < options {
			t.Options = append(t.Options, 0)
		}
		t.Options[r.Option-1]++
	default:
		return // skipped
	}
	t.N++
}

// join takes in another tally; words lose what order they had.
func (t *Tally) join(other Tally) {
	t.N += other.N
	for len(t.Options) < len(other.Options) {
		t.Options = append(t.Options, 0)
	}
	for n, count := range other.Options {
		t.Options[n] += count
	}
	t.Words = append(t.Words, other.Words...)
	rand.Shuffle(len(t.Words), func(a, b int) { t.Words[a], t.Words[b] = t.Words[b], t.Words[a] })
}

// Decline notes that a learner does not wish to reply; they still may.
func (i *Inbox) Decline(ctx context.Context, org, id string, wave WaveID, by learner.ID) error {
	if _, err := i.Asked(ctx, org, id, wave, by); err != nil {
		return err
	}
	if err := i.trace(ctx, by, func(t *trace) { t.reply(org, id+":"+string(wave)) }); err != nil {
		return err
	}
	key, name := i.whoKey(org, id, wave, by)
	_, err := records.Update(ctx, i.Store, key, func(who *replied) error {
		if *who == nil {
			*who = replied{}
		}
		if (*who)[name] == "" {
			(*who)[name] = hasDeclined
		}
		return nil
	})
	return err
}

// whoKey is where it stands whether a learner replied to a wave, and under which
// name: the parts keep ten thousand from writing one record.
func (i *Inbox) whoKey(org, id string, wave WaveID, by learner.ID) (records.Key, string) {
	name := i.digest("reply", org, id, string(wave), string(by))
	return records.Key{Org: org, Kind: kindWho, ID: id + ":" + string(wave) + ":" + name[:2]}, name
}

// forgetReply removes that a learner replied to "survey:wave".
func (i *Inbox) forgetReply(ctx context.Context, org, replied string, by learner.ID) error {
	id, wave, _ := strings.Cut(replied, ":")
	key, name := i.whoKey(org, id, WaveID(wave), by)
	_, err := records.Update(ctx, i.Store, key, func(who *map[string]string) error {
		delete(*who, name)
		return nil
	})
	return err
}
