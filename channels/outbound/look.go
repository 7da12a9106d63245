package outbound

import (
	"context"
	"errors"
	"time"

	"praline/channels"
)

// A message that waits for its turn stands in its owner's store all the while.
// When the owner's hint comes due, or the person acts, it is handed in again,
// perhaps to another instance; or it is dropped there, since it would disturb.
// So what waited, or was handed in before, is looked up once more before it is
// said, and the instance that is about to say it claims it.

// errSettled says that a message is not to be said any more.
var errSettled = errors.New("settled elsewhere")

// fresh is how long a message that was handed in, or looked up, is taken to be
// still to be said.
const fresh = 200 * time.Millisecond

// claimFor is how long a claim holds: most messages are said and noted in less,
// and after a crash nobody waits long. Who waits longer claims again.
const claimFor = 2 * time.Second

// claimed is a claim as a rate: one turn, for whoever comes first.
var claimed = channels.Rate{PerSecond: 1 / claimFor.Seconds()}

// looks is how often, and after how long each, an answer looks whether
// another instance has said what comes before it.
const (
	looks    = 8
	lookRest = 250 * time.Millisecond
)

// look returns errSettled when a message is not to be said any more, errLater
// when another instance is saying it, or that the store did not answer.
func (o *Outbound) look(h *hand, lane *lane) error {
	s := h.saying.Saying
	if s.Owner == "" || o.now().Sub(h.looked) < fresh || !lane.limited && !h.looked.IsZero() {
		return nil // where there are no limits nobody waits for a turn
	}
	for range looks {
		ours, err := o.claim(h, lane)
		if err != nil {
			return err
		}
		ctx, cancel := context.WithTimeout(h.ctx, noteTimeout)
		waits, err := o.receipts.Waits(ctx, s)
		cancel()
		switch {
		case err != nil:
			return err
		case !waits:
			return errSettled
		case ours:
			h.looked = o.now()
			return nil
		case h.patient(): // another message takes this place in line
			return errLater
		case !sleep(h.ctx, lookRest):
			return errLater
		}
	}
	return errLater
}

// claim makes a message ours, unless another instance says it just now.
func (o *Outbound) claim(h *hand, lane *lane) (bool, error) {
	if now := o.now(); !now.Before(h.ours) {
		s := h.saying.Saying
		waits, err := lane.turns.Take(h.ctx, now, 0, Bucket{Name: s.Channel + " message " + s.Owner + " " + s.Message.ID, Rate: claimed})
		if err != nil {
			return false, err
		}
		if waits[0] > 0 {
			return false, nil
		}
		h.ours = now.Add(claimFor)
	}
	return true, nil
}
