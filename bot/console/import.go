package console

import (
	"errors"
	"strings"

	"praline/bot/people"
)

func (c *Console) importPages() []page {
	return []page{
		{"GET /console/import", people.ManagePeople, c.importing},
		{"POST /console/import", people.ManagePeople, c.upload},
		{"GET /console/import/{upload}", people.ManagePeople, c.dryRun},
		{"POST /console/import/{upload}", people.ManagePeople, c.importRoster},
	}
}

// rosterMost is how large a roster may be.
const rosterMost = 10 << 20

func (c *Console) importing(v *visit) error { return v.draw("import", "people.import", nil) }

// upload keeps a file, and shows what it would do.
func (c *Console) upload(v *visit) error {
	name, file, err := v.upload("file", rosterMost)
	if err != nil {
		return err
	}
	if v.sound() && name == "" {
		v.wrong("file", "people.no-file")
	}
	if v.sound() {
		kept, err := c.options.People.KeepUpload(v.ctx(), *v.Actor, name, file)
		if err == nil {
			return v.to("/console/import/" + kept.ID)
		}
		if err := v.refused(err); err != nil {
			return err
		}
	}
	return v.again("import", "people.import", nil)
}

// planView is what an import would do.
type planView struct {
	File, Lead, Path string
	Faults           []faultRow
	MoreFaults       int
	Rows             []planRow
	MoreRows         int
	NewTeams         string
	Ignored          string
	Missing, Gone    int
	Todo, Leaving    bool
}

type faultRow struct {
	Row           int
	Column, Words string
}

type planRow struct {
	Row                           int
	Name, Number, Look, What, How string
	Advice                        string
}

// So many rows are drawn; a file may have thousands.
const rowsShown = 100

func (c *Console) dryRun(v *visit) error {
	data, err := c.plan(v, people.Roster{})
	if err != nil {
		return err
	}
	return v.draw("plan", "people.plan", data)
}

// importRoster does what was shown.
func (c *Console) importRoster(v *visit) error {
	kept, err := c.options.People.Kept(v.ctx(), *v.Actor, v.r.PathValue("upload"))
	if err != nil {
		return err
	}
	roster := people.Roster{File: kept.File, Again: v.text("again") == "yes", Leaving: v.text("leaving") == "yes"}
	plan, err := c.options.People.Import(v.ctx(), *v.Actor, roster)
	switch {
	case errors.Is(err, people.ErrRosterFaults):
		data, err := c.plan(v, roster)
		if err != nil {
			return err
		}
		return v.again("plan", "people.plan", data)
	case err != nil:
		return err
	}
	if err := c.options.People.DropUpload(v.ctx(), *v.Actor, kept.ID); err != nil {
		return err
	}
	return v.done("/console/people", "people.imported", "created", plan.Count(people.Create), "changed", plan.Count(people.Alter)+plan.Count(people.Return))
}

func (c *Console) plan(v *visit, roster people.Roster) (planView, error) {
	kept, err := c.options.People.Kept(v.ctx(), *v.Actor, v.r.PathValue("upload"))
	if err != nil {
		return planView{}, err
	}
	roster.File = kept.File
	plan, err := c.options.People.Plan(v.ctx(), *v.Actor, roster)
	if err != nil {
		return planView{}, err
	}
	data := planView{
		File: kept.Name, Path: "/console/import/" + kept.ID, NewTeams: strings.Join(plan.NewTeams, ", "), Ignored: strings.Join(plan.Ignored, ", "),
		Missing: len(plan.Missing), Gone: plan.Count(people.Gone), Leaving: roster.Leaving,
	}
	changed := plan.Count(people.Alter) + plan.Count(people.Return)
	data.Todo = plan.Count(people.Create)+changed+data.Gone+data.Missing > 0
	data.Lead = v.W.Say("people.plan-lead", "created", plan.Count(people.Create), "changed", changed, "same", plan.Count(people.Same))
	if n := len(plan.Faults); n > 0 {
		data.Lead = v.W.Count("people.plan-faults", n)
	}
	for i, f := range plan.Faults {
		if i == rowsShown {
			data.MoreFaults = len(plan.Faults) - i
			break
		}
		data.Faults = append(data.Faults, faultRow{f.Row, v.column(f.Column), f.Fault.Say(v.W)})
	}
	for _, line := range plan.Lines {
		if line.What == people.Same && line.Advice == "" {
			continue
		}
		if len(data.Rows) == rowsShown {
			data.MoreRows++
			continue
		}
		data.Rows = append(data.Rows, v.planRow(line))
	}
	return data, nil
}

func (v *visit) planRow(line people.PlanLine) planRow {
	row := planRow{Row: line.Row, Name: v.nameOf(line.Person), Number: line.Person.Number, What: v.W.Say("people.plan." + string(line.What)), Look: "plain"}
	switch line.What {
	case people.Create, people.Return:
		row.Look = "good"
	case people.Alter:
		row.Look = "info"
	case people.Gone:
		row.Look = "advice"
	}
	var fields []string
	for _, field := range line.Fields {
		fields = append(fields, v.column(field))
	}
	row.How = v.W.List(fields)
	if line.Advice != "" {
		row.Advice = v.W.Say("people.fault."+line.Advice, "pattern", line.Written)
	}
	return row
}

// column is what a column of a roster is called.
func (v *visit) column(name string) string {
	if id := "people.column." + name; v.W.Has(id) {
		return v.W.Say(id)
	}
	return name
}
