package preview

import (
	"html/template"
	"strconv"
	"strings"
	"time"

	"praline/bot"
	"praline/channels"
	"praline/channels/markup"
	"praline/channels/slack"
	"praline/channels/teams"
	"praline/channels/telegram"
	"praline/channels/web"
	"praline/lessons"
	"praline/locales"
)

// Apps are the four apps, with the limits that their adapters state.
func Apps(words locales.Words) []App {
	return []App{
		{Name: words.Say("preview.web"), Limits: (*web.Adapter)(nil).Limits()},
		{Name: "Telegram", Limits: (*telegram.Adapter)(nil).Limits()},
		{Name: "Slack", Limits: (*slack.Adapter)(nil).Limits()},
		{Name: "Teams", Limits: teams.New(teams.Options{}).Limits()},
	}
}

// Lesson is what the bot says in a lesson of a series that may be half written.
func Lesson(series *lessons.Series, lesson, lang string, now time.Time) []channels.Message {
	return bot.Rehearse(lessons.NewCatalogue(series), series.ID+"/"+lesson, lang, now)
}

// SeriesValue is what a button of a letter leads to: a series, put first.
func SeriesValue(id string) string { return bot.SeriesValue(id) }

// Look is a message as one app shows it, in the pieces that a page draws.
type Look struct {
	Lang     string
	Steps    string
	Title    string
	Text     template.HTML
	Pictures []Picture
	Verdict  template.HTML
	Written  []Answer // answers in the text, with their numbers
	Buttons  []string
	Fields   []Field
	After    template.HTML
	Note     template.HTML
	Effects  []Effect
}

// Picture is a medium, or its words where the app shows no such file.
type Picture struct {
	Path, Alt string
	Image     bool // shown, as a picture
}

// Answer is one of a question.
type Answer struct {
	Number int
	Mark   channels.Mark
	Said   string
	Label  template.HTML
	Detail template.HTML
}

// Field is an input of a form.
type Field struct {
	Label   string
	Options []string // none: typed
}

// In is how an app shows a message.
func In(app App, m channels.Message) Look {
	look := Look{
		Lang: m.Lang, Title: m.Title, Text: markup.HTML(m.Text), After: markup.HTML(m.After), Note: markup.HTML(m.Note), Effects: Fit(app, m),
	}
	if m.Steps != nil {
		look.Steps = m.Steps.Label
	}
	if m.Verdict != nil {
		look.Verdict = markup.HTML(m.Verdict.Text)
	}
	for _, medium := range m.Media {
		look.Pictures = append(look.Pictures, Picture{medium.Path, medium.Alt, shows(app.Limits.Media, medium.MIME) && strings.HasPrefix(medium.MIME, "image/")})
	}
	numbered := false
	for _, e := range look.Effects {
		numbered = numbered || e == Numbered
	}
	for _, c := range m.Choices {
		look.choice(c, numbered)
	}
	if m.Form != nil {
		for _, f := range m.Form.Fields {
			field := Field{Label: markup.Plain(f.Label)}
			for _, o := range f.Options {
				field.Options = append(field.Options, markup.Plain(o.Label))
			}
			look.Fields = append(look.Fields, field)
		}
		look.Buttons = append(look.Buttons, m.Form.Submit)
	}
	return look
}

// choice is a button; an answer that is too long for one is written out, and
// its button carries its number.
func (l *Look) choice(c channels.Choice, numbered bool) {
	label := markup.HTML(c.Label)
	switch {
	case c.Mark != channels.Unmarked:
		l.Written = append(l.Written, Answer{c.Number, c.Mark, c.Said, label, markup.HTML(c.Detail)})
	case c.Role == channels.Answer && numbered:
		l.Written = append(l.Written, Answer{Number: c.Number, Label: label})
		l.Buttons = append(l.Buttons, strconv.Itoa(c.Number))
	case c.Role == channels.Answer && c.Number > 0:
		l.Buttons = append(l.Buttons, strconv.Itoa(c.Number)+". "+markup.Plain(c.Label))
	default:
		l.Buttons = append(l.Buttons, markup.Plain(c.Label))
	}
}
