package telegram

import (
	"context"
	"encoding/json"
	"strconv"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"praline/channels"
)

// pollTimeout is how long the API may hold a poll that has nothing to say.
const pollTimeout = 50 * time.Second

// together is how many conversations of one poll are handled at once.
const together = 16

// pause between polls that failed.
const retry = 3 * time.Second

// inHand bounds how long updates that were received may take when we are
// asked to stop.
const inHand = 8 * time.Second

// patience is how often an update that cannot be stored is brought again while
// the store takes others: then it is passed over, or nobody would be heard any
// more.
const patience = 20

// Poll fetches updates and hands them over until ctx ends. An update is
// confirmed, by asking for a higher offset, only after handle stored it; one
// that could not be stored comes again.
func (a *Adapter) Poll(ctx context.Context, handle channels.Handler) {
	a.bring(ctx)
	var menus sync.WaitGroup
	defer menus.Wait()
	menus.Go(func() { a.menus(ctx) })
	b := newBatch()
	away := false
	for ctx.Err() == nil {
		var raw []json.RawMessage
		err := a.call(ctx, "getUpdates", tgbotapi.Params{
			"offset": strconv.Itoa(b.offset), "timeout": strconv.Itoa(int(pollTimeout / time.Second)), "allowed_updates": wanted,
		}, &raw)
		switch {
		case err == nil && away:
			a.options.Log.Info("telegram is back")
			away = false
		case says(err, "webhook is active"):
			a.bring(ctx)
		}
		if err != nil && !away && ctx.Err() == nil {
			a.options.Log.Warn("telegram does not answer, asking again", "error", err)
			away = true
		}
		if err == nil && a.take(ctx, b, raw, handle) {
			continue
		}
		wait := retry
		if refusal := channels.Refused(err); refusal != nil && refusal.After > 0 {
			wait = refusal.After
		}
		select {
		case <-ctx.Done():
		case <-a.options.Wait(wait):
		}
	}
}

// batch is what is not confirmed yet.
type batch struct {
	offset   int             // the lowest number that was not confirmed
	settled  map[int]bool    // by number: stored, or passed over
	tried    map[int]int     // by number: how often it failed while the store took others
	hopeless map[string]bool // conversations of which something was passed over
}

func newBatch() *batch {
	return &batch{settled: make(map[int]bool), tried: make(map[int]int), hopeless: make(map[string]bool)}
}

// take handles the updates of one poll. It returns false when something was
// not stored or nothing could be read: then the same updates are asked for
// again after a while.
func (a *Adapter) take(ctx context.Context, b *batch, raw []json.RawMessage, handle channels.Handler) bool {
	ctx, cancel := a.outlive(ctx)
	defer cancel()
	next := b.offset
	var conversations [][]taken // each in order
	place := make(map[string]int)
	for _, one := range raw {
		t := a.decode(one)
		next = max(next, t.id+1)
		if !t.ours && t.query == nil && t.room == nil {
			continue
		}
		i, known := place[t.where()]
		if !known {
			i = len(conversations)
			place[t.where()] = i
			conversations = append(conversations, nil)
		}
		conversations[i] = append(conversations[i], t)
	}
	failed, well := a.handAll(ctx, b, conversations, handle)
	if len(raw) > 0 && next == b.offset {
		return false // no number to ask for more
	}
	if len(failed) > 0 {
		// Passed over: the same are asked for again at once, for what stands behind.
		return (well || a.takes(ctx)) && a.passOver(b, failed)
	}
	b.offset = next
	clear(b.settled)
	clear(b.tried)
	clear(b.hopeless)
	return true
}

// handAll hands over what is not settled: in order within a conversation,
// several conversations at once. failed are those that were not stored; well
// says that others were.
func (a *Adapter) handAll(ctx context.Context, b *batch, conversations [][]taken, handle channels.Handler) (failed []taken, well bool) {
	slots := make(chan struct{}, together)
	var wait sync.WaitGroup
	var mu sync.Mutex // over what follows, and b.settled
	for _, conversation := range conversations {
		slots <- struct{}{}
		wait.Go(func() {
			defer func() { <-slots }()
			for _, t := range conversation {
				mu.Lock()
				settled := b.settled[t.id]
				mu.Unlock()
				if settled {
					continue
				}
				err := a.hand(ctx, t, handle)
				mu.Lock()
				b.settled[t.id] = err == nil
				if err != nil {
					failed = append(failed, t)
				} else if t.ours && t.query == nil {
					well = true
				}
				mu.Unlock()
				if err != nil {
					a.options.Log.Warn("telegram: update not stored, it will come again", "update", t.id, "error", a.secretless(err))
				}
				if err != nil && !b.hopeless[t.event.Conversation] {
					return // what was said later waits
				}
			}
		})
	}
	wait.Wait()
	return failed, well
}

// takes asks whether the store takes events now, where nobody else's update
// shows it: a full batch brings nothing new.
func (a *Adapter) takes(ctx context.Context) bool {
	return a.options.Ready != nil && a.options.Ready(ctx) == nil
}

// passOver gives up on updates that fail again and again while the store takes
// others; once on one, the rest of its conversation has one more try each. It
// returns whether all that failed are given up.
func (a *Adapter) passOver(b *batch, failed []taken) bool {
	var over []int
	for _, t := range failed {
		if b.tried[t.id]++; b.tried[t.id] >= patience || b.hopeless[t.event.Conversation] {
			b.settled[t.id] = true
			b.hopeless[t.event.Conversation] = true
			over = append(over, t.id)
		}
	}
	if len(over) > 0 {
		a.options.Log.Error("telegram: updates passed over, they cannot be stored while others can: ask the learners to write again", "updates", over)
	}
	return len(over) == len(failed)
}

// outlive is a context for what was received: it ends a while after ctx does.
func (a *Adapter) outlive(ctx context.Context) (context.Context, context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-longer.Done():
		case <-a.options.Wait(inHand):
			cancel()
		}
	})
	return longer, func() { stop(); cancel() }
}
