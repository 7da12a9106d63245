// Package partway says a message of ours that is several of an app's: a
// picture, a long text in parts, a file. When the app is busy in the middle,
// the next try goes on there and says no part twice.
//
// How far a message was said is remembered in this process only. After a crash
// it is said from the beginning: rather twice than never.
package partway

import (
	"context"
	"sync"

	"praline/channels"
)

// Step says a part of a message; its receipt is "" where that is not the one to
// keep.
type Step func(context.Context) (receipt string, err error)

// Messages are those that were said in part. The zero value has none.
type Messages struct {
	mu  sync.Mutex
	all map[string]spoken
}

// spoken is how far a message was said, and the receipt that it has so far.
type spoken struct {
	steps   int
	receipt string
}

// most bounds what is remembered of messages that nobody says again.
const most = 1000

// Say takes the steps of a message that were not taken yet, and returns the
// last receipt that is to be kept. A message without an ID, and one that the
// app will never take, begins anew the next time.
func (p *Messages) Say(ctx context.Context, conversation, id string, steps []Step) (string, error) {
	key := channels.Identity(conversation) + "\x00" + id
	done := p.take(key)
	for i := done.steps; i < len(steps); i++ {
		receipt, err := steps[i](ctx)
		if err != nil {
			refusal := channels.Refused(err)
			if id != "" && i > 0 && (refusal == nil || refusal.Reason != channels.Invalid) {
				p.keep(key, spoken{i, done.receipt})
			}
			return "", err
		}
		if receipt != "" {
			done.receipt = receipt
		}
	}
	return done.receipt, nil
}

// take returns what is known of a message and forgets it.
func (p *Messages) take(key string) spoken {
	p.mu.Lock()
	defer p.mu.Unlock()
	said := p.all[key]
	delete(p.all, key)
	return said
}

func (p *Messages) keep(key string, said spoken) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all == nil || len(p.all) >= most {
		p.all = make(map[string]spoken)
	}
	p.all[key] = said
}
