package people

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"praline/records"
)

// together is how many people are written at once.
const together = 250

// ErrRosterFaults says that a file has faults: Plan has them, and nothing was
// changed.
var ErrRosterFaults = errors.New("the file has faults: nothing was imported; mend them and import it again")

// Import does what Plan says, some hundred people at a time. Whatever stops it,
// importing the same file again does the rest. The plan that it returns is the
// one it began with.
func (p *People) Import(ctx context.Context, actor Actor, r Roster) (Plan, error) {
	if !actor.May(ManagePeople) {
		return Plan{}, ErrNotAllowed
	}
	rows, err := readTable(r.File)
	if err != nil {
		return Plan{}, err
	}
	var first *Plan
	for range tries {
		plan, err := p.plan(ctx, actor, r, rows)
		if err != nil {
			return plan, err
		}
		if first == nil {
			first = &plan
		}
		if len(plan.Faults) > 0 {
			return plan, ErrRosterFaults
		}
		err = p.apply(ctx, actor, plan)
		if !errors.Is(err, records.ErrConflict) {
			return *first, err
		}
	}
	return *first, fmt.Errorf("organisation %s: import: %d times: %w", actor.Org, tries, records.ErrConflict)
}

// apply writes a plan; ErrConflict where somebody else changed one of its people.
func (p *People) apply(ctx context.Context, actor Actor, plan Plan) error {
	if err := p.applyTeams(ctx, actor, plan.made); err != nil {
		return err
	}
	var todo []PlanLine
	for _, line := range plan.Lines {
		if line.What == Create || line.What == Alter || line.What == Return {
			todo = append(todo, line)
		}
	}
	for batch := range slices.Chunk(todo, together) {
		if err := p.applyLines(ctx, actor, plan, batch); err != nil {
			return err
		}
	}
	if !plan.Leaving {
		return nil
	}
	for _, who := range plan.Missing {
		if err := p.Leave(ctx, actor, who.ID); err != nil && !errors.Is(err, records.ErrNone) {
			return err
		}
	}
	return nil
}

func (p *People) applyTeams(ctx context.Context, actor Actor, made []Team) error {
	if len(made) == 0 {
		return nil
	}
	var change []records.Record
	about := make([]string, len(made))
	for i, t := range made {
		r, err := records.Encode(teamKey(actor.Org, t.ID), 0, t)
		if err != nil {
			return err
		}
		change = append(change, r)
		about[i] = "team:" + t.ID
	}
	return p.writeOnce(ctx, actor, deed{"team-save", about, change})
}

func (p *People) applyLines(ctx context.Context, actor Actor, plan Plan, batch []PlanLine) error {
	d := deed{what: "import"}
	var gone []records.Key
	for _, line := range batch {
		who := line.Person
		r, err := records.Encode(personKey(actor.Org, who.ID), plan.versions[who.ID], who)
		if err != nil {
			return err
		}
		d.records = append(d.records, r)
		if line.What == Create {
			r, err := records.Encode(numberKey(actor.Org, who.Number), 0, who.ID)
			if err != nil {
				return err
			}
			d.records = append(d.records, r)
			gone = append(gone, p.goneKey(actor.Org, who.Number))
		}
		d.about = append(d.about, AboutPerson(who.ID))
		d.about = append(d.about, roleChanges(plan.before[who.ID], who)...)
	}
	back, err := p.Store.Read(ctx, gone...) // who was deleted, and is asked for again
	if err != nil {
		return err
	}
	for _, r := range back {
		if r.Version > 0 {
			d.records = append(d.records, records.Record{Key: r.Key, Version: r.Version})
		}
	}
	return p.writeOnce(ctx, actor, d)
}

// writeOnce writes a deed that was decided on versions read before; only the
// log's line is made anew where another one came first.
func (p *People) writeOnce(ctx context.Context, actor Actor, d deed) error {
	for range 3 {
		line, err := p.line(ctx, actor, d.what, d.about)
		if err != nil {
			return err
		}
		if err := p.Store.Write(ctx, slices.Concat(line, d.records)...); !errors.Is(err, records.ErrConflict) {
			return err
		}
	}
	return records.ErrConflict
}
