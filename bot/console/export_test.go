package console

import (
	"html/template"
	"net/http"
	"net/url"

	"praline/bot/people"
	"praline/locales"
	"praline/pages"
)

// Page is an address of the console, for tests of all of them.
type Page struct {
	Pattern string
	Action  people.Action
	Open    bool
}

// Pages are all addresses.
func (c *Console) Pages() []Page {
	var all []Page
	for _, p := range c.topics() {
		all = append(all, Page{p.pattern, p.action, p.action == open})
	}
	return all
}

// Next is where an address that came with a request leads.
var Next = next

// Gallery shows a template of a test's own within the frame, as a page of
// somebody: what components look like together. Its data are charts.
func (c *Console) Gallery(source string, actor people.Actor, faulty bool) http.Handler {
	return pages.Guarded(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		own := *c
		own.templates = template.Must(template.Must(c.templates.Clone()).Parse(source))
		v := &visit{console: &own, w: w, r: r, W: locales.For(actor.Lang), path: r.URL.Path, Actor: &actor}
		if faulty {
			r.PostForm = url.Values{"name": {"Hame"}}
			v.wrong("name", "console.number", "least", 1, "most", 9)
			v.wrong("team", "console.code-wrong")
		}
		data := map[string]any{
			"Bars": v.bars(barChart{Title: "Minuten per week", Limit: 30, LimitWords: "beloofd: 30", Bars: []bar{
				{Label: "38", Value: 15}, {Label: "39", Value: 20}, {Label: "40", Value: 25, Look: "nl"}, {Label: "41", None: "niet getoond"}, {Label: "42", Value: 25, Now: true},
			}}),
			"Lines": v.lines(lineChart{Title: "Hoe lang blijft het?", Least: 40, Most: 100, Ticks: []string{"1", "3", "7", "14", "30"}, Lines: []line{
				{Words: "verwacht", Values: []float64{90, 87, 81, 74, 66}, Expected: true},
				{Words: "gemeten", Values: []float64{88, 83, 76, 69, 59}, Low: []float64{82, 77, 68, 58, 43}, High: []float64{92, 88, 83, 79, 73}},
			}}),
			"Pages": v.paged(120, 50),
			"Teams": []Option{{"a", "Accueil et guichets", false}, {"b", "Permis et contrôle", true}},
		}
		if err := v.draw("gallery", "console.nav-home", data); err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
		}
	}), false)
}
