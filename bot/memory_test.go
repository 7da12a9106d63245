package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"praline/bot/learner"
	"praline/channels/outbound"
	"praline/scheduler/queue"
)

// memory is a store in this process: versions, outboxes, receipts and hints as
// bot.Store and queue.Hints promise them, everything kept as JSON, as a store
// would. It has one fault to switch on: away.
type memory struct {
	mu        sync.Mutex
	addresses map[string]learner.ID // by their names
	codes     map[string]*code
	ledger    *outbound.Ledger
	slots     map[learner.ID]*slot
	hints     map[learner.ID]int64 // Unix microseconds
	lists     map[string][][]byte
	erased    int
	running   int64
	away      bool
	fixed     learner.ID // who the next one is, where chance would show
}

type slot struct {
	refused  []learner.Undelivered
	version  uint64
	state    []byte
	next     time.Time
	outbox   [][]byte
	receipts map[string]string
	log      []byte
}

func newMemory() *memory {
	return &memory{
		addresses: map[string]learner.ID{}, codes: map[string]*code{}, ledger: outbound.NewLedger(), slots: map[learner.ID]*slot{},
		hints: map[learner.ID]int64{}, lists: map[string][][]byte{},
	}
}

var errAway = fmt.Errorf("the store is away")

func (m *memory) lock() (func(), error) {
	m.mu.Lock()
	if m.away {
		m.mu.Unlock()
		return nil, errAway
	}
	return m.mu.Unlock, nil
}

func (m *memory) Resolve(_ context.Context, a learner.Address) (learner.ID, error) {
	unlock, err := m.lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	return m.addresses[a.Name()], nil
}

func (m *memory) Claim(_ context.Context, a learner.Address, id learner.ID) (learner.ID, error) {
	unlock, err := m.lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	if has := m.addresses[a.Name()]; has != "" {
		return has, nil
	}
	if m.fixed != "" {
		id = m.fixed
	}
	m.addresses[a.Name()] = id
	return id, nil
}

func (m *memory) Load(_ context.Context, ids ...learner.ID) ([]learner.Record, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	records := make([]learner.Record, len(ids))
	for i, id := range ids {
		records[i].Learner.ID = id
		s := m.slots[id]
		if s == nil {
			continue
		}
		unmarshal(s.state, &records[i].Learner)
		records[i].Learner.ID, records[i].Learner.Version = id, s.version
		records[i].Receipts = maps.Clone(s.receipts)
		for _, said := range s.outbox {
			var x learner.Said
			unmarshal(said, &x)
			records[i].Outbox = append(records[i].Outbox, x)
		}
	}
	return records, nil
}

func (m *memory) Commit(_ context.Context, now time.Time, changes ...learner.Change) []error {
	errs := make([]error, len(changes))
	unlock, err := m.lock()
	for i, c := range changes {
		if err != nil {
			errs[i] = err
			continue
		}
		s := m.slots[c.Learner.ID]
		if s == nil {
			s = &slot{receipts: map[string]string{}}
		}
		if s.version != c.Learner.Version {
			errs[i] = fmt.Errorf("learner %s: %w", c.Learner.ID, learner.ErrConflict)
			continue
		}
		m.slots[c.Learner.ID] = s
		s.version++
		s.state, s.next = marshal(c.Learner), c.Next
		s.outbox = slices.DeleteFunc(s.outbox, func(b []byte) bool {
			var x learner.Said
			unmarshal(b, &x)
			return slices.Contains(c.Drop, x.Message.ID)
		})
		for _, said := range c.Say {
			s.outbox = append(s.outbox, marshal(said))
		}
		for _, id := range c.Forget {
			delete(s.receipts, id)
		}
		s.log = learner.AppendAnswers(s.log, c.Answers...)
		m.hint(c.Learner.ID, now.Add(30*time.Second))
	}
	if err == nil {
		unlock()
	}
	return errs
}

func (m *memory) hint(id learner.ID, at time.Time) {
	if at.IsZero() {
		delete(m.hints, id)
		return
	}
	m.running++
	m.hints[id] = at.UnixMicro() + m.running%1000
}

func (m *memory) Note(_ context.Context, noted ...learner.Noted) error {
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	defer unlock()
	for _, n := range noted {
		s := m.slots[n.Learner]
		if s == nil {
			continue
		}
		s.outbox = slices.DeleteFunc(s.outbox, func(b []byte) bool {
			var x learner.Said
			unmarshal(b, &x)
			return x.Message.ID == n.Message
		})
		if n.Receipt != "" {
			s.receipts[n.Message] = n.Receipt
		}
		if n.Refused != "" {
			s.refused = append(s.refused, learner.Undelivered{Message: n.Message, Why: n.Refused})
		}
		if len(s.outbox) == 0 {
			m.hint(n.Learner, s.next)
		}
	}
	return nil
}

func (m *memory) Undelivered(_ context.Context, id learner.ID) ([]learner.Undelivered, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if s := m.slots[id]; s != nil {
		return s.refused, nil
	}
	return nil, nil
}

func (m *memory) Receipt(_ context.Context, id learner.ID, message string) (string, error) {
	unlock, err := m.lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	if s := m.slots[id]; s != nil {
		return s.receipts[message], nil
	}
	return "", nil
}

func (m *memory) Log(_ context.Context, id learner.ID) ([]learner.Answer, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	if s := m.slots[id]; s != nil {
		return learner.ParseAnswers(s.log)
	}
	return nil, nil
}

func (m *memory) Append(_ context.Context, list string, line []byte) error {
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	defer unlock()
	m.lists[list] = append(m.lists[list], slices.Clone(line))
	return nil
}

func (m *memory) Lines(_ context.Context, list string) ([][]byte, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	return slices.Clone(m.lists[list]), nil
}

func (m *memory) Erase(_ context.Context, id learner.ID, addresses []learner.Address) error {
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	defer unlock()
	var l learner.Learner
	if s := m.slots[id]; s != nil {
		unmarshal(s.state, &l)
	}
	addresses = slices.Concat(addresses, l.Addresses, l.Parting)
	for _, id := range append(l.Joined, id) {
		delete(m.slots, id)
		delete(m.hints, id)
		maps.DeleteFunc(m.codes, func(_ string, c *code) bool { return c.id == id })
		for _, a := range addresses {
			if m.addresses[a.Name()] == id {
				delete(m.addresses, a.Name())
			}
		}
	}
	m.erased++
	return nil
}

func (m *memory) Repoint(_ context.Context, a learner.Address, from, to learner.ID) error {
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	defer unlock()
	if m.addresses[a.Name()] != from {
		return nil
	}
	m.addresses[a.Name()] = to
	if to == "" {
		delete(m.addresses, a.Name())
	}
	return nil
}

func (m *memory) Forward(_ context.Context, id learner.ID, version uint64, into learner.ID) error {
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	defer unlock()
	s := m.slots[id]
	if s == nil || s.version != version {
		return fmt.Errorf("learner %s: %w", id, learner.ErrConflict)
	}
	m.slots[id] = &slot{version: version + 1, state: marshal(learner.Learner{Into: into}), receipts: map[string]string{}}
	delete(m.hints, id)
	return nil
}

// code is one that joins apps.
type code struct {
	id      learner.ID
	until   time.Time
	claimer string
}

func (m *memory) PutCode(_ context.Context, made string, id learner.ID, until time.Time) error {
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	defer unlock()
	maps.DeleteFunc(m.codes, func(_ string, c *code) bool { return c.id == id })
	m.codes[made] = &code{id: id, until: until}
	return nil
}

func (m *memory) Coded(_ context.Context, now time.Time, typed, claimer string) (learner.ID, error) {
	unlock, err := m.lock()
	if err != nil {
		return "", err
	}
	defer unlock()
	c := m.codes[typed]
	if c == nil || !now.Before(c.until) || c.claimer != "" && c.claimer != claimer {
		return "", nil
	}
	return c.id, nil
}

func (m *memory) ClaimCode(ctx context.Context, now time.Time, typed, claimer string) (learner.ID, error) {
	id, err := m.Coded(ctx, now, typed, claimer)
	if err != nil || id == "" {
		return id, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if c := m.codes[typed]; c.claimer == "" || c.claimer == claimer {
		c.claimer = claimer
		return id, nil
	}
	return "", nil
}

func (m *memory) Take(ctx context.Context, now time.Time, most time.Duration, buckets ...outbound.Bucket) ([]time.Duration, error) {
	return m.ledger.Take(ctx, now, most, buckets...)
}

func (m *memory) Due(_ context.Context, now time.Time, limit int, lease time.Duration) ([]queue.Hint, error) {
	unlock, err := m.lock()
	if err != nil {
		return nil, err
	}
	defer unlock()
	var due []queue.Hint
	for id, at := range m.hints {
		if at <= now.UnixMicro() && len(due) < limit {
			m.hint(id, now.Add(lease))
			due = append(due, queue.Hint{Learner: string(id), Score: m.hints[id]})
		}
	}
	return due, nil
}

func (m *memory) Settle(_ context.Context, settled ...queue.Settled) error {
	unlock, err := m.lock()
	if err != nil {
		return err
	}
	defer unlock()
	for _, x := range settled {
		if id := learner.ID(x.Hint.Learner); m.hints[id] == x.Hint.Score {
			m.hint(id, x.Next)
		}
	}
	return nil
}

func (m *memory) Waiting(_ context.Context, now time.Time) (int, error) {
	n := 0
	for _, at := range m.hints {
		if at <= now.UnixMicro() {
			n++
		}
	}
	return n, nil
}

// everything that is stored, in one text.
func (m *memory) everything() string {
	var b strings.Builder
	for a, id := range m.addresses {
		fmt.Fprintln(&b, a, id)
	}
	for id, s := range m.slots {
		fmt.Fprintln(&b, id, string(s.state), s.receipts)
		for _, said := range s.outbox {
			fmt.Fprintln(&b, string(said))
		}
	}
	for id := range m.hints {
		fmt.Fprintln(&b, id)
	}
	for list, lines := range m.lists {
		for _, line := range lines {
			fmt.Fprintln(&b, list, string(line))
		}
	}
	return b.String()
}

func marshal(x any) []byte {
	b, err := json.Marshal(x)
	if err != nil {
		panic(err)
	}
	return b
}

func unmarshal(b []byte, x any) {
	if err := json.Unmarshal(b, x); err != nil {
		panic(err)
	}
}
