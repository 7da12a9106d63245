package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/channels/markup"
	"praline/locales"
	"praline/scheduler"
	"praline/scheduler/campaign"
	"praline/scheduler/queue"
)

// Attend looks at learners whose organisation has begun, changed or ended
// something, and at those who are to be reminded: what there is to be said waits
// for their gate. Whoever calls it daily for all of an organisation misses nobody.
func (b *Bot) Attend(ctx context.Context, now time.Time, ids ...learner.ID) error {
	for batch := range slices.Chunk(ids, queue.Batch) {
		hints := make([]queue.Hint, len(batch))
		for i, id := range batch {
			hints[i].Learner = string(id)
		}
		if _, err := b.Push(ctx, now, hints); err != nil {
			return err
		}
	}
	return nil
}

// letterOf begins the ID of each letter about a campaign.
func letterOf(c *campaign.Campaign) string { return "campaign " + c.ID + " " }

// enrol notes which campaigns are for the learner, and writes to them that one
// begins, or reminds who has not begun; false where nothing changes. announced
// is a series of which they were told just now.
func (t *turn) enrol(announced string) (changed bool) {
	l := t.learner
	if l.Agreed.IsZero() {
		return false
	}
	for i := range t.campaigns() {
		c := &t.org.Campaigns[i]
		next, _ := t.nextOf(c)
		known := l.Enrolled(c.ID)
		switch {
		case t.catalogue.Series(c.Series) == nil:
		case known == nil:
			t.enrolled(c)
			changed = true
			if c.Series != announced && (next != nil || c.Compulsory) {
				t.post(t.beginningLetter(c, next == nil))
			}
		case next != nil && c.ReminderDue(campaign.Reached{Since: known.Since, Begun: known.Begun, Reminded: known.Reminded, Last: known.Last}, t.today):
			known.Reminded, known.Last = known.Reminded+1, t.today
			changed = true
			t.post(t.reminderLetter(c, known.Reminded))
		}
	}
	return t.dropBegun() || changed
}

// dropBegun drops what was to be said of campaigns that the learner has begun
// since, or that are over.
func (t *turn) dropBegun() bool {
	l := t.learner
	before := len(l.Letters)
	l.Letters = slices.DeleteFunc(l.Letters, func(x learner.Letter) bool {
		if !strings.HasPrefix(x.ID, "campaign ") {
			return false
		}
		i := slices.IndexFunc(t.campaigns(), func(c campaign.Campaign) bool { return strings.HasPrefix(x.ID, letterOf(&c)) })
		return i < 0 || l.Enrolled(t.org.Campaigns[i].ID) != nil && l.Enrolled(t.org.Campaigns[i].ID).Begun
	})
	return len(l.Letters) < before
}

// beginningLetter says that a campaign begins; had says that the learner has had
// all its lessons already.
func (t *turn) beginningLetter(c *campaign.Campaign, had bool) learner.Letter {
	id, button := "campaign.begins", "campaign.begin"
	if had {
		id, button = "campaign.had", "campaign.tell"
	}
	return t.campaignLetter(c, "0", id, button)
}

func (t *turn) reminderLetter(c *campaign.Campaign, n int) learner.Letter {
	return t.campaignLetter(c, itoa(n), "campaign.reminder", "campaign.begin")
}

// campaignLetter is a letter about a campaign, in every language that lessons
// come in: the learner may have changed theirs when it is said.
func (t *turn) campaignLetter(c *campaign.Campaign, n, id, button string) learner.Letter {
	letter := learner.Letter{
		ID: letterOf(c) + n, Kind: learner.LetterCampaign, At: t.now.UTC().Truncate(time.Second),
		Text:    map[string]string{},
		Buttons: []learner.LetterButton{{Label: map[string]string{}, Value: value(button, tag(c.ID))}},
	}
	if last := c.LastNew(); !last.IsZero() {
		letter.Until = last.AddDays(1).At(0, t.zone).UTC()
	}
	series := t.catalogue.Series(c.Series)
	for _, lang := range locales.Languages {
		if !slices.Contains(series.Languages, lang) {
			continue
		}
		w := locales.For(lang)
		name := inLanguage(c.Names, lang)
		if name == "" {
			name = series.Title.In(lang)
		}
		text := w.Say(id, "name", markup.Escape(name), "org", markup.Escape(inLanguage(t.org.Names, lang)), "lessons", w.Count("campaign.lessons", len(series.Lessons)))
		if id == "campaign.begins" {
			text = join(text, sayEnds(w, c))
		}
		if c.Compulsory && id != "campaign.had" {
			text = join(text, w.Say("campaign.is-compulsory"))
		}
		letter.Text[lang], letter.Buttons[0].Label[lang] = text, w.Say(button)
	}
	return letter
}

// sayEnds says until when there are new lessons, and until when what was learned
// is kept known.
func sayEnds(w locales.Words, c *campaign.Campaign) string {
	day := func(d scheduler.Date) string { return w.Date(d.Year, d.Month, d.Day) }
	switch {
	case !c.KnownUntil.IsZero() && !c.End.IsZero():
		return w.Say("campaign.ends", "end", day(c.End)) + " " + w.Say("campaign.known", "until", day(c.KnownUntil))
	case !c.KnownUntil.IsZero():
		return w.Say("campaign.known", "until", day(c.KnownUntil))
	case !c.End.IsZero():
		return w.Say("campaign.ends", "end", day(c.End))
	}
	return ""
}
