package people

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"praline/locales"
	"praline/records"
)

// Roster is a file of people to bring in, and how.
type Roster struct {
	File    []byte // CSV or XLSX
	Again   bool   // also who was deleted before
	Leaving bool   // whoever of the roster is not in the file has left
}

// Plan is what an import does, said before it is done.
type Plan struct {
	Lines    []PlanLine `json:"lines"`
	Faults   []RowFault `json:"faults,omitempty"`    // with one, nothing is imported
	NewTeams []string   `json:"new_teams,omitempty"` // that will be made
	Ignored  []string   `json:"ignored,omitempty"`   // columns that say nothing to us
	Missing  []Person   `json:"missing,omitempty"`   // who is not in the file
	Leaving  bool       `json:"leaving"`             // whether they leave

	teams    []Team // all that there will be
	made     []Team
	versions map[string]uint64 // of persons, by id
	before   map[string]Person
	reserved map[string]string // person by number
	called   map[string]string // team by what the file calls it
}

// PlanLine is what becomes of one row.
type PlanLine struct {
	Row     int      `json:"row"`
	What    Change   `json:"what"`
	Fields  []string `json:"fields,omitempty"`  // that change
	Advice  string   `json:"advice,omitempty"`  // code of what could not be understood, and is kept as written: "pattern"
	Written string   `json:"written,omitempty"` // what it is about
	Person  Person   `json:"person"`
}

// Change is what becomes of a row.
type Change string

// What becomes of rows.
const (
	Create Change = "create"
	Alter  Change = "change"
	Return Change = "return" // had left
	Same   Change = "same"
	Gone   Change = "gone" // was deleted, and is left out unless asked for
)

// RowFault is what is wrong in a cell, and how to mend it.
type RowFault struct {
	Row    int
	Column string
	Fault  Fault
}

// MarshalJSON says the fault in English.
func (f RowFault) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"row": f.Row, "column": f.Column, "code": f.Fault.Code, "words": f.Fault.Error()})
}

// Say is the fault in a language, with its place.
func (f RowFault) Say(w locales.Words) string {
	if f.Row == 0 {
		return f.Fault.Say(w)
	}
	return w.Say("people.row", "row", f.Row, "column", f.Column, "fault", f.Fault.Say(w))
}

func (f RowFault) Error() string { return f.Say(locales.For("en")) }

// Count says how many rows come to a change.
func (p Plan) Count(what Change) int {
	n := 0
	for _, line := range p.Lines {
		if line.What == what {
			n++
		}
	}
	return n
}

// Plan reads a roster and says what importing it would do; it changes nothing.
func (p *People) Plan(ctx context.Context, actor Actor, r Roster) (Plan, error) {
	if !actor.May(ManagePeople) {
		return Plan{}, ErrNotAllowed
	}
	rows, err := readTable(r.File)
	if err != nil {
		return Plan{}, err
	}
	return p.plan(ctx, actor, r, rows)
}

func (p *People) plan(ctx context.Context, actor Actor, r Roster, rows []row) (Plan, error) {
	plan := Plan{Leaving: r.Leaving}
	if len(rows) == 0 {
		plan.Faults = []RowFault{{0, "", Fault{"file", "file-empty", nil}}}
		return plan, nil
	}
	l, faults := readLayout(rows[0])
	if plan.Faults, plan.Ignored = faults, l.ignored; len(faults) > 0 {
		return plan, nil
	}
	if err := p.stands(ctx, actor.Org, &plan); err != nil {
		return plan, err
	}
	gone, err := p.goneNumbers(ctx, actor.Org)
	if err != nil {
		return plan, err
	}
	seen := map[string]int{}
	for _, row := range rows[1:] {
		line, ok := plan.row(l, row, seen)
		if !ok {
			continue
		}
		if line.What == Create && !r.Again && gone[p.goneKey(actor.Org, line.Person.Number).ID] {
			line.What = Gone
		}
		plan.Lines = append(plan.Lines, line)
	}
	for _, who := range plan.before {
		if _, in := seen[who.Number]; !in && who.Left.IsZero() && who.Number != "" {
			plan.Missing = append(plan.Missing, who)
		}
	}
	slices.SortFunc(plan.Missing, func(a, b Person) int { return strings.Compare(a.Number, b.Number) })
	plan.keepsAdministrator(actor)
	return plan, nil
}

// stands fills in how the organisation stands before.
func (p *People) stands(ctx context.Context, org string, plan *Plan) error {
	var err error
	if plan.teams, err = p.Teams(ctx, org); err != nil {
		return err
	}
	list, err := p.Store.List(ctx, org, kindPerson)
	if err != nil {
		return err
	}
	plan.versions, plan.before, plan.reserved = make(map[string]uint64, len(list)), make(map[string]Person, len(list)), make(map[string]string, len(list))
	for _, r := range list {
		who, err := records.Decode[Person](r)
		if err != nil {
			return err
		}
		plan.versions[who.ID], plan.before[who.ID] = r.Version, who
		if who.Number != "" {
			plan.reserved[who.Number] = who.ID
		}
	}
	return nil
}

// goneNumbers are the keyed digests of the numbers of who was deleted.
func (p *People) goneNumbers(ctx context.Context, org string) (map[string]bool, error) {
	list, err := p.Store.List(ctx, org, kindGone)
	gone := make(map[string]bool, len(list))
	for _, r := range list {
		gone[r.ID] = true
	}
	return gone, err
}

// row decides what becomes of one row; false where it has a fault.
func (p *Plan) row(l layout, r row, seen map[string]int) (PlanLine, bool) {
	faults := len(p.Faults)
	number, _ := l.cell(r, columnNumber)
	wrong := func(c column, f Fault) {
		heading := string(c)
		p.Faults = append(p.Faults, RowFault{r.number, heading, f})
	}
	number, err := tidyText("number", plainText(number))
	switch first, twice := seen[number]; {
	case err != nil:
		wrong(columnNumber, err.(Fault))
	case number == "":
		wrong(columnNumber, Fault{"number", "number-missing", nil})
	case twice:
		wrong(columnNumber, Fault{"number", "number-in-file", []any{"number", number, "row", first}})
	}
	seen[number] = r.number
	before := p.before[p.reserved[number]]
	line := PlanLine{Row: r.number, Person: before}
	line.Person.Number = number
	p.read(l, r, &line, wrong)
	if len(p.Faults) > faults {
		return line, false
	}
	if err := line.Person.tidy(p.teams); err != nil {
		fault := err.(Fault)
		wrong(column(fault.Field), fault)
		return line, false
	}
	line.decide(before)
	return line, true
}

// decide says what a row comes to.
func (line *PlanLine) decide(before Person) {
	line.Person.Left = time.Time{}
	switch {
	case before.ID == "":
		line.What, line.Person.ID = Create, newID()
		return
	case !before.Left.IsZero():
		line.What = Return
	case same(before, line.Person):
		line.What = Same
		return
	default:
		line.What = Alter
	}
	now := line.Person
	for _, f := range []struct {
		name    string
		changed bool
	}{
		{"name", before.Name != now.Name},
		{"team", before.Team != now.Team},
		{"language", before.Lang != now.Lang},
		{"pattern", before.Pattern != now.Pattern},
		{"roles", !slices.Equal(before.Roles, now.Roles)},
		{"manages", !slices.Equal(before.Manages, now.Manages)},
	} {
		if f.changed {
			line.Fields = append(line.Fields, f.name)
		}
	}
}

// keepsAdministrator refuses a file that would leave nobody who may give roles.
func (p *Plan) keepsAdministrator(actor Actor) {
	if actor.Person == "" || len(p.Faults) > 0 {
		return
	}
	after := make(map[string]Person, len(p.before))
	for id, who := range p.before {
		after[id] = who
	}
	for _, line := range p.Lines {
		after[line.Person.ID] = line.Person
	}
	if p.Leaving {
		for _, who := range p.Missing {
			delete(after, who.ID)
		}
	}
	for _, who := range after {
		if who.Left.IsZero() && slices.Contains(who.Roles, Administrator) {
			return
		}
	}
	p.Faults = append(p.Faults, RowFault{0, "", Fault{"file", "no-administrator", nil}})
}
