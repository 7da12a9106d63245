package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"praline/bot/people"
	"praline/locales"
)

type peopleImport struct {
	actingFlags
	File    string `arg:"" help:"CSV or XLSX, with headings in French, Dutch or English: number, name, team, language, working pattern, roles, manages."`
	Apply   bool   `help:"Do it; without, only say what would be done."`
	Again   bool   `help:"Also bring back who was deleted."`
	Leaving bool   `name:"missing-left" help:"Whoever of the roster is not in the file has left."`
}

type importRequest struct {
	acting
	Name    string `json:"name"`
	File    []byte `json:"file"`
	Apply   bool   `json:"apply,omitempty"`
	Again   bool   `json:"again,omitempty"`
	Leaving bool   `json:"leaving,omitempty"`
}

// Run imports a roster.
func (c *peopleImport) Run(out io.Writer) error {
	file, err := os.ReadFile(c.File)
	if err != nil {
		return foundError{fmt.Sprintf("%v: give the path of a CSV or XLSX file", err)}
	}
	return c.ask(out, "people import", importRequest{c.acting(), c.File, file, c.Apply, c.Again, c.Leaving})
}

func (a administration) importPeople(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[importRequest](a, ctx, body)
	if err != nil {
		return err
	}
	roster := people.Roster{File: r.File, Again: r.Again, Leaving: r.Leaving}
	var plan people.Plan
	if r.Apply {
		plan, err = a.house.people.Import(ctx, actor, roster)
	} else {
		plan, err = a.house.people.Plan(ctx, actor, roster)
	}
	if err != nil && !errors.Is(err, people.ErrRosterFaults) {
		if errors.As(err, new(people.Fault)) {
			return foundError{r.Name + ": " + err.Error()}
		}
		return mendable(err)
	}
	if r.JSON {
		err = say(out, plan)
	} else {
		err = sayPlan(out, plan, r)
	}
	if err == nil && len(plan.Faults) > 0 {
		return foundError{fmt.Sprintf("%s: %d faults: nothing was imported; mend them and import it again", r.Name, len(plan.Faults))}
	}
	return err
}

// sayPlan says what an import does, or did: each row that changes something,
// then all in one sentence.
func sayPlan(out io.Writer, plan people.Plan, r importRequest) error {
	var b strings.Builder
	w := locales.For("en")
	for _, f := range plan.Faults {
		fmt.Fprintf(&b, "%s: %s\n", r.Name, f.Error())
	}
	if len(plan.Faults) > 0 {
		_, err := io.WriteString(out, b.String())
		return err
	}
	for _, line := range plan.Lines {
		if line.What != people.Same {
			fmt.Fprintf(&b, "row %d: %s %s %s %s\n", line.Row, line.What, line.Person.Number, line.Person.Name, strings.Join(line.Fields, ", "))
		}
		if line.Advice != "" {
			fmt.Fprintf(&b, "row %d: %s\n", line.Row, w.Say("people.fault."+line.Advice, "pattern", line.Written))
		}
	}
	for _, name := range plan.NewTeams {
		fmt.Fprintf(&b, "new team: %s\n", name)
	}
	for _, heading := range plan.Ignored {
		fmt.Fprintf(&b, "column not read: %s\n", heading)
	}
	word := "not in the file"
	if plan.Leaving {
		word = "leaves, not in the file"
	}
	for _, who := range plan.Missing {
		fmt.Fprintf(&b, "%s: %s %s\n", word, who.Number, who.Name)
	}
	fmt.Fprintf(&b, "%d created, %d changed, %d back, %d unchanged, %d deleted before and left out (--again brings them back), %d not in the file\n",
		plan.Count(people.Create), plan.Count(people.Alter), plan.Count(people.Return), plan.Count(people.Same), plan.Count(people.Gone), len(plan.Missing))
	if !r.Apply {
		b.WriteString("nothing was changed; add --apply to do it\n")
	}
	_, err := io.WriteString(out, b.String())
	return err
}

type peopleExport struct {
	actingFlags
	Lang string `name:"language" default:"en" enum:"fr,nl,en" help:"Language of the headings."`
}

// Run writes the roster.
func (c *peopleExport) Run(out io.Writer) error {
	return c.ask(out, "people export", exportRequest{c.acting(), c.Lang})
}

type exportRequest struct {
	acting
	Lang string `json:"lang"`
}

func (a administration) exportPeople(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[exportRequest](a, ctx, body)
	if err != nil {
		return err
	}
	return mendable(a.house.people.Export(ctx, actor, r.Lang, out))
}
