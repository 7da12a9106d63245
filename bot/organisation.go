package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/channels"
	"praline/lessons"
	"praline/records"
	"praline/scheduler/campaign"
)

// Organisations says what organisations decide for their people. It is asked at
// every event and every push: whoever answers keeps what they know for a while.
type Organisations interface {
	// Of returns what the organisation of a membership decides now:
	// records.ErrNone where there is no such person any more, or they have left.
	Of(ctx context.Context, member learner.Membership) (*Organisation, error)
}

// Organisation is what a learner's organisation decides for them, at one
// moment. Deciding reads it and changes nothing of it.
type Organisation struct {
	people.Organisation
	Person    people.Person
	Catalogue lessons.Catalogue   // what they can be taught
	Policy    Policy              // of this organisation; what apps can do is the machine's
	Campaigns []campaign.Campaign // that are for this learner now, the one to be taught first before the others
}

// begin begins a decision on somebody, as their organisation has it. A
// membership that has ended is ended here: they go on with the open catalogue.
func (b *Bot) begin(ctx context.Context, record learner.Record, address learner.Address, now time.Time) (*turn, error) {
	t := b.turn(record, address, now)
	member := t.learner.Member
	if member.Org == "" || b.Organisations == nil {
		return t, nil
	}
	org, err := b.Organisations.Of(ctx, member)
	switch {
	case errors.Is(err, records.ErrNone):
		t.forgetMembership()
		t.parted = true
	case err != nil:
		return nil, fmt.Errorf("learner %s: organisation: %w", t.learner.ID, err)
	default:
		t.belong(org)
	}
	return t, nil
}

// belong lets an organisation decide what is taught and when nobody is written to.
func (t *turn) belong(org *Organisation) {
	machine := t.policy
	t.org, t.catalogue, t.policy = org, org.Catalogue, org.Policy
	t.policy.Waits, t.policy.Inputs = machine.Waits, machine.Inputs
}

// orgName is how the learner's organisation is called in their language.
func (t *turn) orgName() string { return inLanguage(t.org.Names, t.learner.Lang) }

// inLanguage is the text of a language, or of another where it is missing.
func inLanguage(texts map[string]string, lang string) string {
	if text := texts[lang]; text != "" {
		return text
	}
	langs := make([]string, 0, len(texts))
	for other, text := range texts {
		if text != "" {
			langs = append(langs, other)
		}
	}
	if len(langs) == 0 {
		return ""
	}
	return texts[slices.Min(langs)]
}

// sayParted says, once, that the organisation does not count the learner among
// its people any more; where nothing can be said now it is written to them.
func (t *turn) sayParted() {
	switch {
	case !t.parted || strings.HasPrefix(t.event.Value, value("member.leave")):
	case t.event.Kind == channels.Left || t.event.Kind == channels.Blocked || t.learner.Agreed.IsZero():
		t.postParted()
	default:
		t.text(t.w("organisation.ended"))
	}
}

// postParted is the same to somebody who did nothing just now.
func (t *turn) postParted() bool {
	if t.parted && !t.learner.Agreed.IsZero() {
		t.post(learner.Letter{
			ID: "parted " + t.now.UTC().Format(time.RFC3339), Kind: learner.LetterCampaign, At: t.now.UTC().Truncate(time.Second),
			Text: inEach("organisation.ended"),
		})
	}
	return t.parted
}
