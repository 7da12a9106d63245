package console

import (
	"html/template"
	"slices"
	"unicode"
	"unicode/utf8"

	"praline/bot/people"
	"praline/records"
)

// todo is something that waits for a visitor, in words of its topic.
type todo struct {
	Topic        string // the menu's verb: "Relire"
	Title, Words string
	Path, Button string
	Rank         int // the lowest goes first, and has the primary button
}

// section is a part of home that a topic draws: Body by v.part.
type section struct {
	Title string
	Body  template.HTML
	Aside bool // beside the others, where there is room
}

// waits are the topics that have something for a visitor to do: each returns
// nothing for those whom it does not concern (v.May).
func (c *Console) waits() []func(*visit) ([]todo, error) {
	return []func(*visit) ([]todo, error){c.waitingPeople, c.answerTodo, c.surveyTodo, c.libraryTodo, c.questionTodo, c.campaignTodos}
}

// sections are what topics show on home, in the order in which it is read.
func (c *Console) sections() []func(*visit) ([]section, error) {
	return []func(*visit) ([]section, error){c.teamsSection, c.campaignSection, c.seriesSection, c.weekSection, c.needsSection, c.thanksSection, c.ownSection}
}

func (c *Console) homePages() []page {
	return []page{{"GET /console", "", c.home}, {"GET /console/", "", c.nowhere}}
}

type homeView struct {
	Lead         string
	Todos        []todo
	Main, Beside []section
}

// home is what waits for the visitor: work first, figures second.
func (c *Console) home(v *visit) error {
	var data homeView
	for _, topic := range c.waits() {
		todos, err := topic(v)
		if err != nil {
			return err
		}
		data.Todos = append(data.Todos, todos...)
	}
	slices.SortStableFunc(data.Todos, func(a, b todo) int { return a.Rank - b.Rank })
	for _, topic := range c.sections() {
		drawn, err := topic(v)
		if err != nil {
			return err
		}
		for _, s := range drawn {
			if s.Aside {
				data.Beside = append(data.Beside, s)
			} else {
				data.Main = append(data.Main, s)
			}
		}
	}
	today := c.options.Now().In(brussels)
	waits := v.W.Say("console.waits-nothing")
	if n := len(data.Todos); n > 0 {
		waits = v.W.Count("console.waits", n, "words", capital(v.W.InWords(n)))
	}
	data.Lead = capital(v.W.Date(today.Year(), today.Month(), today.Day())) + ". " + waits
	return v.draw("home", "console.nav-home", data)
}

// nowhere is an address that no page has.
func (c *Console) nowhere(*visit) error { return records.ErrNone }

// ownSection is for those who have no work in the console: what is about them.
func (c *Console) ownSection(v *visit) ([]section, error) {
	if v.May(people.SeeCatalogue) {
		return nil, nil
	}
	body, err := v.part("home-own", nil)
	return []section{{Title: v.W.Say("console.for-you"), Body: body}}, err
}

// part draws a template as a part of a page.
func (v *visit) part(name string, data any) (template.HTML, error) {
	return v.console.part(name, v.view("", data))
}

// capital begins a sentence.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(r)) + text[size:]
}
