package console

import (
	"praline/bot/audience"
	"praline/bot/people"
	"praline/locales"
	"praline/records"
	"praline/scheduler/campaign"
)

const compulsoryList = "/console/compulsory"

func (c *Console) compulsoryPages() []page {
	return []page{
		{"GET " + compulsoryList, people.SeeCompletions, c.compulsory},
		{"GET " + compulsoryList + "/{campaign}", people.SeeCompletions, c.completions},
		{"GET " + scheduled + "/{campaign}/compulsory", people.DeclareCompulsory, c.beforeCompulsory},
		{"POST " + scheduled + "/{campaign}/compulsory", people.DeclareCompulsory, c.declareCompulsory},
	}
}

type compulsoryView struct {
	Lead string
	Rows []compulsoryRow
}

type compulsoryRow struct {
	Name, Path, Look, State string
	Done, NotYet            int
}

// compulsory lists the compulsory campaigns: how many of those whom the visitor
// may see are done.
func (c *Console) compulsory(v *visit) error {
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	roster, err := c.options.People.Persons(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	var data compulsoryView
	for _, one := range byStart(s.Campaigns) {
		if !audience.Listed(one) {
			continue
		}
		list, err := c.whoIsDone(v, one, roster)
		if err != nil {
			return err
		}
		row := compulsoryRow{Name: v.campaignName(one, catalogue), Path: compulsoryList + "/" + one.ID, Look: stateLooks[one.State(s.Today)], State: v.W.Say("campaign.state." + string(one.State(s.Today)))}
		for _, person := range list {
			if person.Done {
				row.Done++
			} else {
				row.NotYet++
			}
		}
		if len(list) > 0 || v.May(people.DeclareCompulsory) {
			data.Rows = append(data.Rows, row)
		}
	}
	data.Lead = v.W.Count("campaign.compulsory-lead", len(data.Rows))
	return v.draw("compulsory", "campaign.compulsory-list", data)
}

type doneRow struct {
	Name, Team, On string
	Done           bool
}

// whoIsDone is "done" or "not yet" for each of the audience whom the visitor
// may see.
func (c *Console) whoIsDone(v *visit, one campaign.Campaign, roster []people.Person) ([]doneRow, error) {
	completions, err := c.options.Campaigns.Completions(v.ctx(), v.Org, one.ID)
	if err != nil {
		return nil, err
	}
	names := v.teamNames()
	var rows []doneRow
	for _, done := range audience.WhoIsDone(one, roster, completions, *v.Actor) {
		row := doneRow{Name: done.Name, Team: names[done.Team]}
		if !done.At.IsZero() {
			at := done.At.In(brussels)
			row.Done, row.On = true, v.W.Date(at.Year(), at.Month(), at.Day())
		}
		rows = append(rows, row)
	}
	return rows, nil
}

type completionsView struct {
	Name, Lead, Told string
	Rows             []doneRow
	Pages            pageOf
}

// completions is "done / not yet", by name: the one list of its kind.
func (c *Console) completions(v *visit) error {
	one, err := c.options.Campaigns.Campaign(v.ctx(), v.Org, v.r.PathValue("campaign"))
	if err != nil {
		return err
	}
	if !audience.Listed(one) {
		return records.ErrNone
	}
	roster, err := c.options.People.Persons(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	rows, err := c.whoIsDone(v, one, roster)
	if err != nil {
		return err
	}
	if len(rows) == 0 && !v.May(people.DeclareCompulsory) {
		return records.ErrNone
	}
	catalogue, err := c.options.Catalogue(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	done := 0
	for _, row := range rows {
		if row.Done {
			done++
		}
	}
	data := completionsView{Name: v.campaignName(one, catalogue), Lead: v.W.Count("campaign.done-of", done, "of", len(rows)), Told: inLanguage(one.Told, v.W.Lang, "")}
	data.Pages = v.paged(len(rows), 100)
	data.Rows = rows[data.Pages.From-1 : data.Pages.To]
	return v.draw("completions", data.Name, data)
}

type declareView struct {
	Name, Back, Action, Fr, Nl string
	Compulsory, Late           bool
}

// beforeCompulsory asks what learners are told.
func (c *Console) beforeCompulsory(v *visit) error {
	return c.compulsoryForm(v, func(data declareView) error { return v.draw("declare", "campaign.declare", data) })
}

func (c *Console) compulsoryForm(v *visit, draw func(declareView) error) error {
	one, err := v.found()
	if err != nil {
		return err
	}
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	state := one.State(s.Today)
	data := declareView{
		Name: v.campaignName(one, catalogue), Back: scheduled + "/" + one.ID, Fr: told(one, "fr"), Nl: told(one, "nl"),
		Compulsory: one.Compulsory, Late: state != campaign.Prepared && state != campaign.Planned,
	}
	data.Action = data.Back + "/compulsory"
	return draw(data)
}

// told is what learners are told, or a text to start from.
func told(one campaign.Campaign, lang string) string {
	if one.Told[lang] != "" {
		return one.Told[lang]
	}
	return locales.For(lang).Say("campaign.told-start")
}

// declareCompulsory makes a campaign compulsory, or voluntary again.
func (c *Console) declareCompulsory(v *visit) error {
	one, err := v.found()
	if err != nil {
		return err
	}
	s, _, err := v.situation()
	if err != nil {
		return err
	}
	words := map[string]string{"fr": v.text("told.fr"), "nl": v.text("told.nl")}
	what := "compulsory"
	if v.text("voluntary") != "" {
		words, what = nil, "voluntary"
	}
	if _, _, err := c.options.Campaigns.Apply(v.ctx(), v.Org, one.ID, 0, campaign.Declared(s, words), s); err != nil {
		if err := v.note(err); err != nil {
			return err
		}
		return c.compulsoryForm(v, func(data declareView) error { return v.again("declare", "campaign.declare", data) })
	}
	if err := v.audit(what, one.ID); err != nil {
		return err
	}
	return v.done(scheduled+"/"+one.ID, "campaign.done."+what)
}

// compulsoryLinks are on the page of a campaign for whom they concern.
func (v *visit) compulsoryLinks(d *campaignView, one campaign.Campaign, state campaign.State) {
	if audience.Listed(one) && v.May(people.SeeCompletions) {
		d.Completions = compulsoryList + "/" + one.ID
	}
	early := state == campaign.Prepared || state == campaign.Planned
	if v.base() != scheduled || !v.May(people.DeclareCompulsory) || !early && !one.Compulsory {
		return
	}
	d.Compulsory, d.CompulsoryWords = d.Path+"/compulsory", v.W.Say("campaign.declare")
	if one.Compulsory {
		d.CompulsoryWords = v.W.Say("campaign.declared")
	}
}
