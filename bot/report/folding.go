package report

import (
	"context"
	"slices"
	"time"

	"praline/bot/learner"
	"praline/records"
	"praline/scheduler"
	"praline/scheduler/recall"
)

// folding is one write of the collector in the making.
type folding struct {
	reports *Reports
	org     string
	today   scheduler.Date
	shards  map[string]*kept[cursors]
	counts  map[string]*kept[Counts]
	answers int
}

// kept is a value with the version that it was read in.
type kept[T any] struct {
	key     records.Key
	version uint64
	value   T
	changed bool
}

func read[T any](ctx context.Context, store records.Store, keys []records.Key) ([]*kept[T], error) {
	all, err := store.Read(ctx, keys...)
	if err != nil {
		return nil, err
	}
	values := make([]*kept[T], len(all))
	for i, record := range all {
		values[i] = &kept[T]{key: record.Key, version: record.Version}
		if record.Version > 0 {
			if values[i].value, err = records.Decode[T](record); err != nil {
				return nil, err
			}
		}
	}
	return values, nil
}

// fold reads, counts and writes; records.ErrConflict where somebody else wrote
// meanwhile.
func (f *folding) fold(ctx context.Context, who []learner.ID, joined map[learner.ID]time.Time, all bool) (int, error) {
	loaded, err := f.reports.Learners.Load(ctx, who...)
	if err != nil {
		return 0, err
	}
	if err := f.readShards(ctx, loaded); err != nil {
		return 0, err
	}
	add := make(additions)
	for _, record := range loaded {
		l := record.Learner
		since, member := joined[l.ID]
		if !all {
			since, member = l.Member.Since, l.Member.Org == f.org
		}
		if l.Version == 0 || l.Into != "" || record.Damaged != nil || !member {
			continue // erased, folded into another, or to be mended first
		}
		if err := f.one(ctx, l, since, add); err != nil {
			return 0, err
		}
	}
	if err := f.addAll(ctx, add); err != nil {
		return 0, err
	}
	return f.answers, f.write(ctx)
}

func (f *folding) readShards(ctx context.Context, loaded []learner.Record) error {
	var keys []records.Key
	want := func(id learner.ID) {
		key := cursorKey(f.org, shardOf(string(id)))
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	for _, record := range loaded {
		want(record.Learner.ID)
		for _, id := range record.Learner.Joined {
			want(id)
		}
	}
	all, err := read[cursors](ctx, f.reports.Store, keys)
	if err != nil {
		return err
	}
	for _, shard := range all {
		if shard.value == nil {
			shard.value = make(cursors)
		}
		f.shards[shard.key.ID] = shard
	}
	return nil
}

// one adds what a learner did since they were last looked at.
func (f *folding) one(ctx context.Context, l learner.Learner, since time.Time, add additions) error {
	shard := f.shards[shardOf(string(l.ID))]
	before, known := shard.value[l.ID]
	c := before
	c.Weeks = slices.Clone(before.Weeks)
	f.uniteJoined(l, &c)
	if l.Answers > c.Answers {
		log, err := f.reports.Learners.Log(ctx, l.ID)
		if err != nil {
			return err
		}
		scan(l.Cards, log, piece{c.Answers, since, c.Carried}, add)
		f.weeks(&c, log, since)
		f.answers += len(log) - c.Answers
		c.Answers = len(log)
	}
	f.minutes(&c, l, known)
	c.Cards, c.Known = f.knows(l)
	if !known || !same(before, c) {
		shard.value[l.ID] = c
		shard.changed = true
	}
	return nil
}

func same(a, b cursor) bool {
	return a.Answers == b.Answers && a.Carried == b.Carried && a.Seconds == b.Seconds && a.Cards == b.Cards && a.Known == b.Known && slices.Equal(a.Weeks, b.Weeks)
}

// uniteJoined takes over the cursors of those who were folded into a learner.
func (f *folding) uniteJoined(l learner.Learner, c *cursor) {
	for _, id := range l.Joined {
		shard := f.shards[shardOf(string(id))]
		if was, ok := shard.value[id]; ok {
			c.unite(was)
			delete(shard.value, id)
			shard.changed = true
		}
	}
}

// weeks notes in which weeks and hours a learner answered. A carried answer was
// noted when it was given, or is of before they belonged here.
func (f *folding) weeks(c *cursor, log []learner.Answer, since time.Time) {
	for _, a := range log[min(c.Answers, len(log)):] {
		if a.At.Before(since) || a.Carried {
			continue
		}
		w := c.in(dayOf(a.At).Monday())
		w.Answers++
		w.Hours |= 1 << a.At.In(brussels()).Hour()
	}
}

// minutes adds the time that was spent since the last look to the week of the
// last answer. Of somebody who is new here only their answers' own week counts.
func (f *folding) minutes(c *cursor, l learner.Learner, known bool) {
	spent := l.Seconds - c.Seconds
	c.Seconds = l.Seconds
	if len(c.Weeks) == 0 || spent <= 0 {
		return
	}
	w := &c.Weeks[len(c.Weeks)-1]
	if !known { // an unknown part of it was spent before
		spent = min(spent, w.Answers*usualSeconds)
	}
	w.Seconds += spent
}

// usualSeconds is what an answer takes, with its part of a lesson.
const usualSeconds = 60

// knownFrom is from which chance of recall on a question counts as known, as in
// the conversation.
const knownFrom = 0.8

// knows is how many questions a learner met, and knows today.
func (f *folding) knows(l learner.Learner) (cards, known int) {
	for _, c := range l.Cards {
		if !c.Memory.Asked() {
			continue
		}
		cards++
		if !c.Memory.Missed && recall.Retrievability(c.Memory, f.today) >= knownFrom {
			known++
		}
	}
	return cards, known
}

// addAll adds to the counts of each question.
func (f *folding) addAll(ctx context.Context, add additions) error {
	keys := make([]records.Key, 0, len(add))
	for id := range add {
		keys = append(keys, records.Key{Org: f.org, Kind: kindQuestion, ID: id})
	}
	all, err := read[Counts](ctx, f.reports.Store, keys)
	if err != nil {
		return err
	}
	for _, question := range all {
		more := add[question.key.ID]
		question.value.Question, question.value.Print = more.Question, more.Print
		question.value.add(more)
		question.value.show()
		question.changed = true
		f.counts[question.key.ID] = question
	}
	return nil
}

// write writes all that changed, or nothing.
func (f *folding) write(ctx context.Context) error {
	var all []records.Record
	for _, shard := range f.shards {
		if shard.changed {
			r, err := records.Encode(shard.key, shard.version, shard.value)
			if err != nil {
				return err
			}
			all = append(all, r)
		}
	}
	for _, question := range f.counts {
		r, err := records.Encode(question.key, question.version, question.value)
		if err != nil {
			return err
		}
		all = append(all, r)
	}
	if len(all) == 0 {
		return nil
	}
	return f.reports.Store.Write(ctx, all...)
}
