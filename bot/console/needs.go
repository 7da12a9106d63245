package console

import (
	"net/url"

	"praline/bot/inbox"
	"praline/bot/people"
)

func (c *Console) needPages() []page {
	return []page{
		{"GET /console/needs", people.RunSurveys, c.needs},
		{"POST /console/needs/{need}/aside", people.RunSurveys, c.needAside},
		{"POST /console/needs/{need}/draft", people.WriteSeries, c.needDraft},
	}
}

type needsView struct {
	Lead   string
	Needs  []inbox.Need
	Done   []inbox.Need
	Hidden int
}

// needs are what people asked for and did not find.
func (c *Console) needs(v *visit) error {
	data, err := c.needsOf(v)
	if err != nil {
		return err
	}
	data.Lead = v.W.Say("needs.lead-none")
	if len(data.Needs) > 0 {
		first := data.Needs[0]
		data.Lead = v.W.Count("needs.lead", first.People, "words", first.Words)
	}
	return v.draw("needs", "needs.title", data)
}

func (c *Console) needsOf(v *visit) (needsView, error) {
	all, hidden, err := c.options.Inbox.Needs(v.ctx(), v.Org)
	data := needsView{Hidden: hidden}
	for _, n := range all {
		if n.Done {
			data.Done = append(data.Done, n)
		} else {
			data.Needs = append(data.Needs, n)
		}
	}
	return data, err
}

// needAside takes a subject off the list, or puts it back.
func (c *Console) needAside(v *visit) error {
	done := v.text("back") == ""
	if err := c.options.Inbox.SetAside(v.ctx(), v.Org, v.r.PathValue("need"), done); err != nil {
		return err
	}
	if done {
		return v.done("/console/needs", "needs.set-aside")
	}
	return v.done("/console/needs", "needs.put-back")
}

// needDraft begins a series about a subject: its form opens with it.
func (c *Console) needDraft(v *visit) error {
	n, err := c.options.Inbox.Need(v.ctx(), v.Org, v.r.PathValue("need"))
	if err != nil {
		return err
	}
	if err := c.options.Inbox.SetAside(v.ctx(), v.Org, n.ID, true); err != nil {
		return err
	}
	return v.to("/console/series/new?" + url.Values{"about": {n.Words}, "lang": {n.Lang}}.Encode())
}

// needsShown are how many subjects home shows.
const needsShown = 5

// needsSection is what home shows of it, beside the rest.
func (c *Console) needsSection(v *visit) ([]section, error) {
	if c.options.Inbox == nil || !v.May(people.RunSurveys) {
		return nil, nil
	}
	data, err := c.needsOf(v)
	if err != nil || len(data.Needs)+data.Hidden == 0 {
		return nil, err
	}
	data.Needs = data.Needs[:min(len(data.Needs), needsShown)]
	body, err := v.part("needs-beside", data)
	return []section{{Title: v.W.Say("needs.title"), Body: body, Aside: true}}, err
}
