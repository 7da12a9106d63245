package bot

import (
	"slices"

	"praline/bot/learner"
	"praline/channels/markup"
	"praline/scheduler/campaign"
)

// A campaign teaches its series before anything else, as many new lessons a
// week as it allows. enrol.go says what a learner is written about it,
// declared.go what they are told before compulsory training, and when it is done.

// campaigns are those that are for the learner now, each with how far it is.
func (t *turn) campaigns() []campaign.Campaign {
	if t.org == nil {
		return nil
	}
	return t.org.Campaigns
}

// campaignOf is the campaign that teaches a series now, nil if none does.
func (t *turn) campaignOf(series string) *campaign.Campaign {
	for i, c := range t.campaigns() {
		if c.Series == series {
			return &t.org.Campaigns[i]
		}
	}
	return nil
}

// enrolled is how far a campaign is with the learner.
func (t *turn) enrolled(c *campaign.Campaign) *learner.Enrolled {
	t.learner.Enrol(c.ID, t.today)
	return t.learner.Enrolled(c.ID)
}

// campaignLesson is the next lesson of the campaigns that may be begun today,
// nil where there is none.
func (t *turn) campaignLesson() *taught {
	for i := range t.campaigns() {
		if lesson, allowed := t.nextOf(&t.org.Campaigns[i]); lesson != nil && allowed {
			return lesson
		}
	}
	return nil
}

// nextOf is the next lesson of a campaign, and whether it may be begun today.
func (t *turn) nextOf(c *campaign.Campaign) (next *taught, allowed bool) {
	series := t.catalogue.Series(c.Series)
	if series == nil || !slices.Contains(series.Languages, t.learner.Lang) {
		return nil, false
	}
	done := 0
	for _, lesson := range series.Lessons {
		key := series.ID + "/" + lesson.ID
		switch {
		case slices.Contains(t.learner.Taught, key):
			done++
		case next == nil:
			next = t.lesson(key)
		}
	}
	week := 0
	if e := t.learner.Enrolled(c.ID); e != nil && e.Week == t.today.Monday() {
		week = e.Lessons
	}
	return next, c.Allowance(t.today, done, week, t.policy.calendar("")) > 0
}

// countLesson notes of a lesson that was taught now what campaigns want to know.
func (t *turn) countLesson(x *taught) {
	c := t.campaignOf(x.series.ID)
	if c == nil {
		return
	}
	e := t.enrolled(c)
	if e.Begun = true; e.Week != t.today.Monday() {
		e.Week, e.Lessons = t.today.Monday(), 0
	}
	e.Lessons++
	t.finishCampaign(c)
}

// sponsorWords are what the manager who sponsors a campaign says with its first
// lesson, "" where nobody does.
func (t *turn) sponsorWords(c *campaign.Campaign) string {
	sponsor, ok := c.SponsorOf(t.org.Person.Team)
	if !ok {
		return ""
	}
	text := ""
	if words := inLanguage(sponsor.Words, t.learner.Lang); words != "" {
		text = t.w("campaign.sponsor", "name", markup.Escape(sponsor.Name), "words", markup.Escape(words))
	}
	if sponsor.Minutes > 0 {
		text = join(text, t.words.Count("campaign.protected", sponsor.Minutes, "name", markup.Escape(sponsor.Name)))
	}
	return text
}

// campaignName is how a campaign is called in the learner's language.
func (t *turn) campaignName(c *campaign.Campaign) string {
	if name := inLanguage(c.Names, t.learner.Lang); name != "" {
		return name
	}
	if series := t.catalogue.Series(c.Series); series != nil {
		return series.Title.In(t.learner.Lang)
	}
	return c.Series
}

// beginCampaign says what comes before the first screen of a campaign; false
// where the learner has to go on from it before they see that screen.
func (t *turn) beginCampaign(x *taught) bool {
	c := t.campaignOf(x.series.ID)
	if c == nil {
		return true
	}
	e := t.enrolled(c)
	if c.Compulsory && !e.Told {
		t.declare(c, x.key)
		return false
	}
	if words := t.sponsorWords(c); !e.Begun && !c.Compulsory && words != "" {
		t.text(words)
	}
	e.Begun = true
	return true
}
