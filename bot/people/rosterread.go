package people

import (
	"context"
	"fmt"
	"sync"

	"praline/records"
)

// decodedLine is a line of a roster as it was read before: as long as its version
// stands, so does what was read. Reading ten thousand lines is mostly JSON.
type decodedLine struct {
	version uint64
	person  Person
}

// decodedLines are those of each organisation.
type decodedLines struct {
	mu    sync.Mutex
	known map[string]map[string]decodedLine
}

// Persons are the roster of an organisation, also who left. Nobody changes what
// is returned.
func (p *People) Persons(ctx context.Context, org string) ([]Person, error) {
	list, err := p.Store.List(ctx, org, kindPerson)
	if err != nil {
		return nil, fmt.Errorf("%s/%s: %w", org, kindPerson, err)
	}
	p.lines.mu.Lock()
	defer p.lines.mu.Unlock()
	before, after := p.lines.known[org], make(map[string]decodedLine, len(list))
	all := make([]Person, len(list))
	for i, r := range list {
		line, ok := before[r.ID]
		if !ok || line.version != r.Version {
			if line.person, err = records.Decode[Person](r); err != nil {
				return nil, err
			}
			line.version = r.Version
		}
		after[r.ID], all[i] = line, line.person
	}
	if p.lines.known == nil {
		p.lines.known = make(map[string]map[string]decodedLine)
	}
	p.lines.known[org] = after
	return all, nil
}
