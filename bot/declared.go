package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/channels/markup"
	"praline/scheduler/campaign"
)

// declare says, before the first screen of compulsory training, that it is and
// what the learner's manager will see of it. The learner stands there until
// they go on.
func (t *turn) declare(c *campaign.Campaign, lesson string) {
	l := t.learner
	if l.Place.Lesson != lesson {
		l.Place.Lesson, l.Place.Screen = lesson, 0
	}
	l.Place.Topic, l.Place.Step, l.Place.Ask = topicCampaign, c.ID, nil
	text := t.w("campaign.compulsory", "name", markup.Escape(t.campaignName(c)), "org", markup.Escape(t.orgName()))
	if told := inLanguage(c.Told, l.Lang); told != "" {
		text = join(text, markup.Escape(told))
	}
	text = join(text, t.w("campaign.seen"))
	here := tag(c.ID)
	l.Place.Live = t.say(channels.Message{
		Title: t.w("campaign.compulsory-title"), Text: join(text, t.sponsorWords(c)),
		Choices: []channels.Choice{primary(t.w("campaign.go"), value("campaign.go", here)), quiet(t.w("lesson.later"), value("campaign.later", here))},
	})
}

// declareAgain says it once more, or goes on where it is not compulsory any more.
func (t *turn) declareAgain() {
	l := t.learner
	for i, c := range t.campaigns() {
		if c.ID == l.Place.Step && t.lesson(l.Place.Lesson) != nil {
			t.declare(&t.org.Campaigns[i], l.Place.Lesson)
			return
		}
	}
	l.Place.Topic, l.Place.Step, l.Place.Live = "", "", ""
	t.advance()
}

// pressCampaign follows the buttons of what was declared and of a letter about
// a campaign.
func (t *turn) pressCampaign(arguments []string) {
	l := t.learner
	i := slices.IndexFunc(t.campaigns(), func(c campaign.Campaign) bool { return len(arguments) == 2 && tag(c.ID) == arguments[1] })
	if i < 0 {
		t.old()
		return
	}
	c := &t.org.Campaigns[i]
	stands := l.Place.Topic == topicCampaign && l.Place.Step == c.ID
	switch {
	case arguments[0] == "go" && stands:
		t.enrolled(c).Told = true
		t.retire(l.Place.Live)
		t.reopen()
		t.touch()
		t.happen("campaign", "declared")
		l.Place.Step = ""
		if x := t.lesson(l.Place.Lesson); x != nil {
			t.beginLesson(x)
			return
		}
		l.Place.Topic, l.Place.Lesson = "", ""
		t.advance()
	case arguments[0] == "later" && stands:
		t.retire(l.Place.Live)
		l.Session, l.Place.Topic, l.Place.Step, l.Place.Live = nil, "", "", ""
		t.text(join(t.w("campaign.later"), t.sayNext()), secondary(t.w("session.go-on"), "more"))
	case arguments[0] == "begin":
		t.startCampaign(c)
	case arguments[0] == "tell" && c.Compulsory:
		t.enrolled(c).Told = true
		t.finishCampaign(c)
		t.text(t.w("campaign.told", "org", markup.Escape(t.orgName())), t.wayOn()...)
	default:
		t.old()
	}
}

// startCampaign follows the button of a letter: to the campaign's next lesson,
// unless the learner is in the middle of something.
func (t *turn) startCampaign(c *campaign.Campaign) {
	l := t.learner
	if x := t.lesson(l.Place.Lesson); x != nil && x.series.ID != c.Series && l.Session == nil {
		l.Place.Lesson, l.Place.Screen = "", 0 // what was kept comes again in its turn
	}
	t.startSession()
}

// finishCampaign notes that the learner had every lesson of compulsory training
// that was declared to them. The organisation is told once this is stored.
func (t *turn) finishCampaign(c *campaign.Campaign) {
	e := t.enrolled(c)
	series := t.catalogue.Series(c.Series)
	if !c.Compulsory || !e.Told || !e.Done.IsZero() || series == nil || t.learner.Member.Org == "" {
		return
	}
	for _, lesson := range series.Lessons {
		if !slices.Contains(t.learner.Taught, series.ID+"/"+lesson.ID) {
			return
		}
	}
	e.Done = t.now.UTC().Truncate(time.Second)
	t.happen("campaign", "done")
}

// reportSoon tells organisations at once, where that works; else a push does.
func (b *Bot) reportSoon(ctx context.Context, now time.Time, t *turn) {
	if !t.learner.Owes() {
		return
	}
	if err := b.reportDone(ctx, now, learner.Record{Learner: *t.committed()}); err != nil && b.Log != nil {
		b.Log.Error("an organisation could not be told that somebody is done, it is tried again", "learner", t.learner.ID, "error", err)
	}
}

// reportDone tells organisations of what their learner is done with, at least
// once, and notes that they know.
func (b *Bot) reportDone(ctx context.Context, now time.Time, record learner.Record) error {
	l := record.Learner.Clone()
	for i, e := range l.Campaigns {
		if !e.Owed() {
			continue
		}
		if b.Completed != nil && l.Member.Org != "" {
			if err := b.Completed(ctx, l.Member, e.Campaign, e.Done); err != nil {
				return fmt.Errorf("learner %s: campaign %s: %w", l.ID, e.Campaign, err)
			}
		}
		l.Campaigns[i].Reported = true
	}
	err := b.Store.Commit(ctx, now, learner.Change{Learner: *l, Next: lookAgain(*l, now)})[0]
	if errors.Is(err, learner.ErrConflict) {
		return nil // it is told once more, and that changes nothing
	}
	return err
}
