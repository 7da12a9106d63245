package console

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"praline/bot/inbox"
	"praline/locales"
	"praline/scheduler"
	"praline/scheduler/campaign"
)

// beforeDays is how long before a campaign its survey goes out.
const beforeDays = 7

// kindWords and langWords say what is chosen from.
var (
	kindWords = map[inbox.ItemKind]string{inbox.OnScale: "surveys.kind-scale", inbox.Choices: "surveys.kind-choices", inbox.InWords: "surveys.kind-words"}
	langWords = map[string]string{"fr": "surveys.lang-fr", "nl": "surveys.lang-nl"}
)

type surveyForm struct {
	Items     []itemForm
	Kinds     []Option
	Teams     []Option
	Languages []Option
	Campaigns []Option
}

type itemForm struct {
	Number int
	Name   string // "item.1"
	Open   bool   // it is filled in, or one of the two that are needed
	Kinds  []Option
}

func (c *Console) surveyNew(v *visit) error {
	form, err := c.surveyForm(v)
	if err != nil {
		return err
	}
	return v.draw("survey-new", "surveys.new", form)
}

func (c *Console) surveyForm(v *visit) (surveyForm, error) {
	form := surveyForm{Languages: []Option{{Value: "", Words: v.W.Say("surveys.both-languages"), Chosen: true}}}
	for _, lang := range locales.Languages {
		form.Languages = append(form.Languages, Option{Value: lang, Words: v.W.Say(langWords[lang])})
	}
	for n := range inbox.MostQuestions {
		item := itemForm{Number: n + 1, Name: fmt.Sprintf("item.%d", n+1), Open: n < inbox.LeastQuestions}
		item.Open = item.Open || v.text(item.Name+".text.fr")+v.text(item.Name+".text.nl") != ""
		for _, kind := range inbox.ItemKinds {
			item.Kinds = append(item.Kinds, Option{Value: string(kind), Words: v.W.Say(kindWords[kind]), Chosen: kind == inbox.OnScale})
		}
		form.Items = append(form.Items, item)
	}
	teams, err := c.options.People.Teams(v.ctx(), v.Org)
	if err != nil {
		return form, err
	}
	for _, t := range teams {
		form.Teams = append(form.Teams, Option{Value: t.ID, Words: inLanguage(t.Names, v.W.Lang, t.ID)})
	}
	form.Campaigns = []Option{{Value: "", Words: v.W.Say("surveys.no-campaign"), Chosen: true}}
	all, err := c.surveyCampaigns(v)
	for _, one := range all {
		form.Campaigns = append(form.Campaigns, Option{Value: one.ID, Words: v.W.Say("surveys.around", "name", c.campaignName(v, one), "day", v.onDay(one.Start))})
	}
	return form, err
}

// surveyCampaigns are those that a survey can go round: not begun, and with an end.
func (c *Console) surveyCampaigns(v *visit) ([]campaign.Campaign, error) {
	all, err := c.options.Campaigns.All(v.ctx(), v.Org)
	if err != nil {
		return nil, err
	}
	var fit []campaign.Campaign
	today := scheduler.DateOf(c.options.Now(), brussels)
	for _, one := range all {
		if one.Start.After(today) && !one.LastNew().IsZero() && one.Stopped.IsZero() {
			fit = append(fit, one)
		}
	}
	return fit, nil
}

func (c *Console) campaignName(v *visit, one campaign.Campaign) string {
	title := one.Series
	if catalogue, err := c.options.Catalogue(v.ctx(), v.Org); err == nil {
		if s := catalogue.Series(one.Series); s != nil {
			title = s.Title.In(v.W.Lang)
		}
	}
	return inLanguage(one.Names, v.W.Lang, title)
}

// surveyKeep keeps a survey as the form says it; it goes out by itself.
func (c *Console) surveyKeep(v *visit) error {
	s, numbers := v.surveyTyped()
	if err := c.surveyFor(v, &s); err != nil {
		return err
	}
	for _, w := range s.Check() {
		v.surveyWrong(w, numbers)
	}
	if v.sound() {
		reached, err := c.options.Inbox.Reached(v.ctx(), v.Org, s)
		if err != nil {
			return err
		}
		if len(reached) < inbox.Enough {
			v.wrong("teams", "surveys.reaches-few")
		}
	}
	if v.sound() {
		kept, err := c.options.Inbox.Keep(v.ctx(), *v.Actor, s)
		if err != nil {
			return err
		}
		return v.done("/console/surveys/"+kept.ID, "surveys.kept")
	}
	form, err := c.surveyForm(v)
	if err != nil {
		return err
	}
	return v.again("survey-new", "surveys.new", form)
}

// surveyTyped is the survey of the form, and which number each question has there.
func (v *visit) surveyTyped() (s inbox.Survey, numbers []int) {
	both := func(name string) inbox.Text {
		return inbox.Text{"fr": v.text(name + ".fr"), "nl": v.text(name + ".nl")}
	}
	s.Title = both("title")
	for n := 1; n <= inbox.MostQuestions; n++ {
		name := fmt.Sprintf("item.%d", n)
		item := inbox.Item{Kind: inbox.ItemKind(v.text(name + ".kind")), Text: both(name + ".text")}
		fr, nl := lines(v.text(name+".choices.fr")), lines(v.text(name+".choices.nl"))
		if item.Text["fr"]+item.Text["nl"] == "" && len(fr)+len(nl) == 0 {
			continue // not filled in
		}
		if item.Kind == inbox.Choices {
			for i := range max(len(fr), len(nl)) {
				item.Choices = append(item.Choices, inbox.Text{"fr": at(fr, i), "nl": at(nl, i)})
			}
		}
		s.Items, numbers = append(s.Items, item), append(numbers, n)
	}
	return s, numbers
}

// surveyFor reads for whom and when.
func (c *Console) surveyFor(v *visit, s *inbox.Survey) error {
	form, err := c.surveyForm(v)
	if err != nil {
		return err
	}
	today := scheduler.DateOf(c.options.Now(), time.UTC)
	s.Waves = []inbox.Wave{{ID: inbox.Once, On: today}}
	if id := v.text("campaign"); id != "" {
		all, err := c.surveyCampaigns(v)
		if err != nil {
			return err
		}
		for _, one := range all {
			if one.ID == id {
				first := one.Start.AddDays(-beforeDays)
				if first.Before(today) {
					first = today
				}
				s.Campaign, s.Teams, s.Lang, s.NewSince = id, one.Audience.Teams, one.Audience.Lang, one.Audience.NewSince
				s.Waves = []inbox.Wave{{ID: inbox.Before, On: first}, {ID: inbox.After, On: one.LastNew().AddDays(1)}}
				return nil
			}
		}
		v.wrong("campaign", "surveys.no-such-campaign")
		return nil
	}
	for _, team := range v.texts("teams") {
		if !offered(form.Teams, team) {
			v.wrong("teams", "surveys.no-such-team")
			return nil
		}
		s.Teams = append(s.Teams, team)
	}
	if s.Lang = v.text("lang"); !offered(form.Languages, s.Lang) {
		v.wrong("lang", "surveys.no-such-language")
	}
	return nil
}

func offered(options []Option, value string) bool {
	for _, o := range options {
		if o.Value == value {
			return true
		}
	}
	return false
}

// surveyWrong notes a fault beside the field in which it was typed.
func (v *visit) surveyWrong(w inbox.Wrong, numbers []int) {
	field := w.Field
	var n int
	if _, err := fmt.Sscanf(field, "item.%d.", &n); err == nil && n <= len(numbers) {
		_, rest, _ := strings.Cut(strings.TrimPrefix(field, "item."), ".")
		field = fmt.Sprintf("item.%d.%s", numbers[n-1], rest)
	}
	name, choice, isChoice := strings.Cut(field, ".choice.")
	switch {
	case isChoice:
		_, lang, _ := strings.Cut(choice, ".")
		v.wrong(name+".choices."+lang, "surveys.choice-each")
	case strings.HasSuffix(field, ".choices"):
		v.wrong(field+".fr", "surveys.choices", "most", inbox.MostChoices)
	case field == "items":
		v.wrong("item.1.text.fr", "surveys.how-many", "least", inbox.LeastQuestions, "most", inbox.MostQuestions)
	case errors.Is(w.Err, inbox.ErrEmpty):
		v.wrong(field, "surveys.needed")
	case errors.Is(w.Err, inbox.ErrLong):
		v.wrong(field, "surveys.long", "most", inbox.LongestText)
	default:
		v.wrong(field, "surveys.kind-unknown")
	}
}

// lines of a text that are not empty.
func lines(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// at is the text at a place, "" where there is none.
func at(all []string, place int) string {
	if place < len(all) {
		return all[place]
	}
	return ""
}
