package main

import (
	"io"
	"time"

	"praline/bot/audience"
	"praline/bot/store"
	"praline/scheduler"
)

// campaignCommand schedules campaigns, as the console does.
type campaignCommand struct {
	List        campaignList        `cmd:"" help:"List campaigns."`
	New         campaignNew         `cmd:"" help:"Prepare a campaign, and say what it will ask of people. Nothing is sent before it is launched."`
	Forecast    campaignOne         `cmd:"" help:"Say what a campaign will ask of people, day by day."`
	Launch      campaignLaunch      `cmd:"" help:"Launch a campaign that was prepared."`
	Mend        campaignMend        `cmd:"" help:"Make the one change that the forecast proposes."`
	Change      campaignChange      `cmd:"" help:"Change a campaign: what it will do is said first, and done with --apply."`
	Pause       campaignPause       `cmd:"" help:"Open no new lessons until it is resumed; --apply does it."`
	Resume      campaignResume      `cmd:"" help:"Go on after a pause; --apply does it."`
	Extend      campaignExtend      `cmd:"" help:"Give another last day; --apply does it."`
	Stop        campaignStop        `cmd:"" help:"End a campaign for good; --apply does it."`
	Compulsory  campaignCompulsory  `cmd:"" help:"Declare a campaign compulsory before it starts, or voluntary again."`
	Completions campaignCompletions `cmd:"" help:"Of a compulsory campaign: who is done, and who is not yet."`
}

type campaignList struct{ actingFlags }

// Run lists campaigns.
func (c *campaignList) Run(out io.Writer) error {
	return c.ask(out, "campaign list", c.acting())
}

// campaignFlags are what a campaign is made of, and what can be changed.
type campaignFlags struct {
	Team       []string `help:"Teams, by id or name; without any: everybody." placeholder:"TEAM"`
	Language   string   `help:"Only who reads fr or nl."`
	Level      string   `help:"Only starter or confident."`
	NewSince   string   `help:"Only who joined on that day or later." placeholder:"2026-01-31"`
	Start      string   `help:"First day." placeholder:"2026-01-31"`
	End        string   `help:"Last day of new lessons." placeholder:"2026-01-31"`
	KnownUntil string   `help:"Keep known until that day." placeholder:"2026-01-31"`
	PerWeek    *int     `help:"New lessons a week, 1 to 5; 0: one each working day."`
	Reminders  *int     `help:"To who has not begun: 0 to 2."`
	NameFr     string   `help:"Its name in French; without: the series' title."`
	NameNl     string   `help:"Its name in Dutch."`
}

type campaignNew struct {
	actingFlags
	campaignFlags
	Series string `arg:"" help:"The series' id."`
	Launch bool   `help:"Launch it at once."`
}

// Run prepares a campaign.
func (c *campaignNew) Run(out io.Writer) error {
	return c.ask(out, "campaign new", campaignRequest{acting: c.acting(), Fields: c.campaignFlags, Series: c.Series, Apply: c.Launch})
}

// campaignRequest is what a command asks of one campaign.
type campaignRequest struct {
	acting
	Do        string            `json:"do,omitempty"`
	Campaign  string            `json:"campaign,omitempty"`
	Series    string            `json:"series,omitempty"`
	Fields    campaignFlags     `json:"fields"`
	Until     string            `json:"until,omitempty"`
	Told      map[string]string `json:"told,omitempty"`
	Voluntary bool              `json:"voluntary,omitempty"`
	Apply     bool              `json:"apply,omitempty"`
}

type campaignOne struct {
	actingFlags
	Campaign string `arg:"" help:"The campaign's id, from \"praline campaign list\"."`
}

// Run says a forecast.
func (c *campaignOne) Run(out io.Writer) error {
	return c.ask(out, "campaign forecast", campaignRequest{acting: c.acting(), Campaign: c.Campaign})
}

// campaignDeed is something done to one campaign.
type campaignDeed struct {
	actingFlags
	Campaign string `arg:"" help:"The campaign's id, from \"praline campaign list\"."`
	Apply    bool   `help:"Do it; without, only say what it will do."`
}

func (c campaignDeed) request(deed string) campaignRequest {
	return campaignRequest{acting: c.acting(), Campaign: c.Campaign, Do: deed, Apply: c.Apply}
}

type (
	campaignLaunch struct{ campaignDeed }
	campaignMend   struct{ campaignDeed }
	campaignPause  struct{ campaignDeed }
	campaignResume struct{ campaignDeed }
	campaignStop   struct{ campaignDeed }
	campaignExtend struct {
		campaignDeed
		Until string `required:"" help:"The new last day." placeholder:"2026-01-31"`
	}
	campaignChange struct {
		campaignDeed
		campaignFlags
	}
	campaignCompulsory struct {
		campaignDeed
		Fr        string `help:"What learners are told before they start, in French."`
		Nl        string `help:"The same in Dutch."`
		Voluntary bool   `help:"Make it voluntary again."`
	}
	campaignCompletions struct{ campaignOne }
)

// Run launches a campaign.
func (c *campaignLaunch) Run(out io.Writer) error {
	return c.ask(out, "campaign do", c.request("launch"))
}

// Run makes the change that was proposed.
func (c *campaignMend) Run(out io.Writer) error { return c.ask(out, "campaign do", c.request("mend")) }

// Run pauses a campaign.
func (c *campaignPause) Run(out io.Writer) error {
	return c.ask(out, "campaign do", c.request("pause"))
}

// Run lets a campaign go on.
func (c *campaignResume) Run(out io.Writer) error {
	return c.ask(out, "campaign do", c.request("resume"))
}

// Run stops a campaign.
func (c *campaignStop) Run(out io.Writer) error { return c.ask(out, "campaign do", c.request("stop")) }

// Run gives a campaign another last day.
func (c *campaignExtend) Run(out io.Writer) error {
	r := c.request("extend")
	r.Until = c.Until
	return c.ask(out, "campaign do", r)
}

// Run changes a campaign.
func (c *campaignChange) Run(out io.Writer) error {
	r := c.request("change")
	r.Fields = c.campaignFlags
	return c.ask(out, "campaign do", r)
}

// Run declares a campaign compulsory.
func (c *campaignCompulsory) Run(out io.Writer) error {
	r := c.request("compulsory")
	r.Told, r.Voluntary = map[string]string{"fr": c.Fr, "nl": c.Nl}, c.Voluntary
	return c.ask(out, "campaign do", r)
}

// Run lists who is done.
func (c *campaignCompletions) Run(out io.Writer) error {
	return c.ask(out, "campaign completions", campaignRequest{acting: c.acting(), Campaign: c.Campaign})
}

// newAudience reads what campaigns are judged by.
func (h *house) newAudience(s *store.Store) *audience.Reader {
	return &audience.Reader{People: h.people, Campaigns: h.campaigns, Catalogue: h.catalogue, Learners: s, Now: h.now, Wall: time.Now}
}

// dayOf reads a day that was typed; "" is no day.
func dayOf(flag, text string) (scheduler.Date, error) {
	var d scheduler.Date
	if err := d.UnmarshalText([]byte(text)); err != nil {
		return d, foundError{"--" + flag + " \"" + text + "\" is no day: write it as 2026-01-31"}
	}
	return d, nil
}
