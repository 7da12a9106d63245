package console

import "praline/bot/people"

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
