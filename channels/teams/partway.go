package teams

import "sync"

// partway remembers, in this process, which messages were said in part, so that
// going on says no part twice. After a crash they are said from the beginning:
// rather twice than never.
type partway struct {
	mu  sync.Mutex
	all map[string]spoken
}

// spoken is how far a message was said, and the receipt that it has so far.
type spoken struct {
	steps   int
	receipt string
}

// maxPartway bounds what is remembered of messages that nobody says again.
const maxPartway = 1000

// take returns what is known of a message and forgets it.
func (p *partway) take(key string) spoken {
	p.mu.Lock()
	defer p.mu.Unlock()
	said := p.all[key]
	delete(p.all, key)
	return said
}

func (p *partway) keep(key string, said spoken) {
	if said.steps == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all == nil || len(p.all) >= maxPartway {
		p.all = make(map[string]spoken)
	}
	p.all[key] = said
}
