package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"praline/bot/learner"
	"praline/channels"
	"praline/locales"
)

// Overview returns what an app's own page shows of the learner who is met at an
// address (Slack's App Home, a tab of Teams): what waits, what is known, when
// the bot writes, and in which language, each with the choices that change it.
// Pressed, they are what the same choices are in the conversation. Somebody
// unknown is greeted. Nothing is stored, and nothing said.
func (b *Bot) Overview(ctx context.Context, now time.Time, address learner.Address) ([]channels.Message, error) {
	id, err := b.Store.Resolve(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("channel %s: overview: %w", address.Channel, err)
	}
	record := learner.Record{}
	if id != "" {
		chain, loop, err := b.chain(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("channel %s: overview: %w", address.Channel, err)
		}
		if !loop {
			record = chain[len(chain)-1]
		}
	}
	t, err := b.begin(ctx, record, address, now)
	if err != nil {
		return nil, fmt.Errorf("channel %s: overview: %w", address.Channel, err)
	}
	if record.Learner.Agreed.IsZero() {
		return t.overviewHello(), nil
	}
	var all []channels.Message
	err = decided(func() { all = t.overview() })
	return all, err
}

// overviewHello greets somebody who has not begun, in both languages.
func (t *turn) overviewHello() []channels.Message {
	var texts []string
	for _, lang := range locales.Languages {
		texts = append(texts, locales.For(lang).Say("apps.home-hello"))
	}
	return []channels.Message{{
		ID: "home.hello", Lang: t.words.Lang, Title: "Praline", Text: strings.Join(texts, "\n\n"),
		Choices: []channels.Choice{primary(t.w("apps.home-begin"), "here")},
	}}
}

// overview is the page of somebody who learns.
func (t *turn) overview() []channels.Message {
	return []channels.Message{t.overviewNext(), t.overviewProgress(), t.overviewTimes(), t.overviewLanguage()}
}

func (t *turn) overviewNext() channels.Message {
	l := t.learner
	m := channels.Message{ID: "home.next", Lang: t.words.Lang, Title: t.w("apps.home-next"), Choices: []channels.Choice{primary(t.w("do.lesson"), "do.lesson")}}
	next := t.nextLesson()
	switch {
	case l.Place.Topic != "":
		m.Text = t.w("apps.home-waits")
		m.Choices = []channels.Choice{primary(t.w("do.here"), "here")}
	case next != nil:
		m.Text = t.w("apps.home-lesson", "title", next.twin(l.Lang).Title)
	default:
		m.Text = t.w("session.nothing")
		if due := t.nextDue(); due != "" {
			m.Text = join(m.Text, t.w("session.next-due", "date", due))
		}
		m.Choices = nil
	}
	m.Choices = append(m.Choices, secondary(t.w("do.catalogue"), "do.catalogue"))
	return m
}

func (t *turn) overviewProgress() channels.Message {
	m := t.progress()
	m.ID, m.Lang = "home.progress", t.words.Lang
	m.Choices = nil // the way on stands above
	return m
}

// overviewTimes says when the bot writes, or that it does not.
func (t *turn) overviewTimes() channels.Message {
	l := t.learner
	m := channels.Message{ID: "home.times", Lang: t.words.Lang, Title: t.w("do.time"), Choices: []channels.Choice{
		secondary(t.w("apps.home-times"), "do.time"), secondary(t.w("do.minutes"), "do.minutes"),
	}}
	paused, until := t.pausedUntil()
	switch {
	case l.Stopped:
		m.Text = t.w("apps.home-stopped")
	case paused && until == "":
		m.Text = t.w("apps.home-paused-open")
	case paused:
		m.Text = t.w("apps.home-paused", "date", until)
	case len(l.Slots) == 0:
		m.Text = t.w("apps.home-no-times")
	default:
		m.Text = join(t.w("times.now", "times", t.sayTimes(l.Slots)), t.sayNext())
	}
	if l.Stopped || paused {
		m.Choices = append(m.Choices, primary(t.w("do.resume"), "pause.resume"))
	} else {
		m.Choices = append(m.Choices, secondary(t.w("do.pause"), "do.pause"))
	}
	return m
}

// pausedUntil says whether the learner pauses today and, unless that is open,
// until which day.
func (t *turn) pausedUntil() (paused bool, until string) {
	for _, p := range t.learner.Working.Pauses {
		if !p.From.After(t.today) && (p.Until.IsZero() || p.Until.After(t.today)) {
			if p.Until.IsZero() {
				return true, ""
			}
			return true, t.sayDate(p.Until)
		}
	}
	return false, ""
}

func (t *turn) overviewLanguage() channels.Message {
	return channels.Message{
		ID: "home.language", Lang: t.words.Lang, Title: t.w("apps.home-more"),
		Text: t.w("apps.home-language", "lang", t.w("language.name"), "apps", t.appList()),
		Choices: []channels.Choice{
			secondary(t.w("do.language"), "do.language"),
			secondary(t.w("do.apps"), "do.apps"),
			quiet(t.w("do.data"), "do.data"),
			quiet(t.w("do.help"), "do.help"),
		},
	}
}
