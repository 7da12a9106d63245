package console

import (
	"slices"
	"strconv"
	"strings"

	"praline/lessons"
	"praline/records"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// deeds are what can be done to a campaign by a press, in the states in which
// the button is there. Those that ask first show what they will do.
var deeds = []campaignDeed{
	{"launch", false, []campaign.State{campaign.Prepared}},
	{"mend", false, []campaign.State{campaign.Prepared, campaign.Planned, campaign.Running}},
	{"pause", true, []campaign.State{campaign.Planned, campaign.Running}},
	{"resume", true, []campaign.State{campaign.Paused}},
	{"extend", true, []campaign.State{campaign.Planned, campaign.Running, campaign.Paused, campaign.Ended}},
	{"stop", true, []campaign.State{campaign.Planned, campaign.Running, campaign.Paused}},
	{"discard", false, []campaign.State{campaign.Prepared}},
}

type campaignDeed struct {
	name   string
	asks   bool
	states []campaign.State
}

// changeOf is the change that a deed makes, with what the visitor typed.
func (v *visit) changeOf(deed string, s campaign.Situation, until scheduler.Date) campaign.Change {
	now := v.console.options.Now()
	switch deed {
	case "launch":
		return campaign.Launch(s, now)
	case "mend":
		return campaign.Mended(s)
	case "pause":
		return campaign.Pause(s)
	case "resume":
		return campaign.Resume(s)
	case "extend":
		return campaign.Extend(s, until)
	case "stop":
		return campaign.Stop(s, now)
	}
	return nil
}

// effectView is what a change will do, said before it is made.
type effectView struct {
	Name, Question, Back, Action, Button string
	Lead                                 []string
	Facts                                []string
	Shifts                               []shiftRow
	Revision                             int
	Hidden                               [][2]string // what was typed, to be sent again
	Until                                string
	Extend, Ready, Danger                bool
}

type shiftRow struct {
	Lesson   int
	From, To string
}

// beforeDeed says what a deed will do.
func (c *Console) beforeDeed(v *visit) error {
	deed := v.r.PathValue("deed")
	if !slices.ContainsFunc(deeds, func(d campaignDeed) bool { return d.name == deed && d.asks }) {
		return records.ErrNone
	}
	one, err := v.found()
	if err != nil {
		return err
	}
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	var until scheduler.Date
	if deed == "extend" {
		if err := until.UnmarshalText([]byte(v.query("until"))); err != nil {
			v.wrong("until", "campaign.fault.date")
		}
		if until.IsZero() {
			return v.draw("campaign-effect", "campaign.do.extend", c.effectView(v, one, "extend", catalogue))
		}
	}
	_, after, effect, err := c.options.Campaigns.Try(v.ctx(), v.Org, one.ID, v.changeOf(deed, s, until), s)
	if err != nil {
		if err := v.note(err); err != nil {
			return err
		}
		return v.again("campaign-effect", "campaign.do."+deed, c.effectView(v, one, deed, catalogue))
	}
	return c.showEffect(v, one, after, effect, deed, s, catalogue)
}

// deed does what was pressed.
func (c *Console) deed(v *visit) error {
	one, err := v.found()
	if err != nil {
		return err
	}
	deed := v.r.PathValue("deed")
	if deed == "discard" {
		if err := c.options.Campaigns.Discard(v.ctx(), v.Org, one.ID); err != nil {
			if err := v.note(err); err != nil {
				return err
			}
			return v.done(v.base()+"/"+one.ID, "campaign.not-done")
		}
		if err := v.audit(deed, one.ID); err != nil {
			return err
		}
		return v.done(v.base(), "campaign.done.discard")
	}
	s, catalogue, err := v.situation()
	if err != nil {
		return err
	}
	until := v.date("until")
	change := v.changeOf(deed, s, until)
	if change == nil {
		return records.ErrNone
	}
	if !v.sound() {
		return v.again("campaign-effect", "campaign.do."+deed, c.effectView(v, one, deed, catalogue))
	}
	return c.apply(v, one, deed, change, s)
}

// apply makes a change that the visitor has seen the effect of. One that
// somebody else was faster with is shown again.
func (c *Console) apply(v *visit, one campaign.Campaign, deed string, change campaign.Change, s campaign.Situation) error {
	revision, err := strconv.Atoi(v.text("revision"))
	if err != nil {
		revision = one.Revision
	}
	after, _, err := c.options.Campaigns.Apply(v.ctx(), v.Org, one.ID, revision, change, s)
	back := v.base() + "/" + one.ID
	if err != nil {
		if err := v.note(err); err != nil {
			return err
		}
		v.notice(v.faults[0].Words)
		return v.to(back)
	}
	if err := v.audit(deed, one.ID); err != nil {
		return err
	}
	return v.done(back, "campaign.done."+deed, "day", v.day(after.Start))
}

func (c *Console) effectView(v *visit, one campaign.Campaign, deed string, catalogue lessons.Catalogue) effectView {
	back := v.base() + "/" + one.ID
	return effectView{
		Name: v.campaignName(one, catalogue), Question: v.W.Say("campaign.ask."+deed, "name", v.campaignName(one, catalogue)), Back: back, Action: back + "/" + deed,
		Button: v.W.Say("campaign.do." + deed), Revision: one.Revision, Extend: deed == "extend", Until: one.LastNew().String(), Danger: deed == "stop",
	}
}

// showEffect draws what a change will do, with the button that makes it.
func (c *Console) showEffect(v *visit, before, after campaign.Campaign, e campaign.Effect, deed string, s campaign.Situation, catalogue lessons.Catalogue) error {
	data := c.effectView(v, before, deed, catalogue)
	data.Ready = true
	data.Lead, data.Facts = v.effectWords(e)
	if deed == "extend" {
		data.Until = after.LastNew().String()
		data.Hidden = append(data.Hidden, [2]string{"until", data.Until})
	}
	for name, values := range v.r.PostForm {
		for _, value := range values {
			if deed == "change" && name != "revision" {
				data.Hidden = append(data.Hidden, [2]string{name, value})
			}
		}
	}
	slices.SortFunc(data.Hidden, func(a, b [2]string) int { return strings.Compare(a[0]+a[1], b[0]+b[1]) })
	for _, shift := range e.Shifts {
		data.Shifts = append(data.Shifts, shiftRow{shift.Lesson, v.orNever(shift.From), v.orNever(shift.To)})
	}
	return v.draw("campaign-effect", "campaign.do."+deed, data)
}

func (v *visit) orNever(d scheduler.Date) string {
	if d.IsZero() {
		return v.W.Say("campaign.never")
	}
	return v.weekday(d)
}

// effectWords says an effect: first what it does, then what it costs.
func (v *visit) effectWords(e campaign.Effect) (lead, facts []string) {
	sooner, later, never := 0, 0, 0
	for _, shift := range e.Shifts {
		switch {
		case shift.Never():
			never++
		case shift.Sooner():
			sooner++
		default:
			later++
		}
	}
	for _, part := range []struct {
		words string
		n     int
	}{{"joins", e.Joins}, {"leaves", e.Leaves}, {"sooner", sooner}, {"later", later}, {"gone", never}} {
		if part.n > 0 {
			lead = append(lead, v.W.Count("campaign.effect."+part.words, part.n))
		}
	}
	if len(lead) == 0 {
		lead = []string{v.W.Say("campaign.effect.none")}
	}
	facts = append(facts, v.W.Say("campaign.effect.minutes", "before", v.W.Number(round(e.WeeklyBefore)), "after", v.W.Number(round(e.WeeklyAfter))))
	if e.OverBefore+e.OverAfter > 0 {
		facts = append(facts, v.W.Say("campaign.effect.over", "before", e.OverBefore, "after", e.OverAfter))
	}
	return lead, facts
}
