package console

import "praline/bot/people"

// navItem is a line of the menu.
type navItem struct {
	Path, Label string
	Here        bool
}

// menu is what the navigation offers to whom: in the order of the work.
var menu = []struct {
	path, words string
	action      people.Action
}{
	{"/console", "console.nav-home", ""},
}

// nav is the menu of a visitor.
func (v *visit) nav() []navItem {
	var all []navItem
	if v.Actor == nil {
		return nil
	}
	for _, m := range menu {
		if m.action == "" || v.May(m.action) {
			all = append(all, navItem{m.path, v.W.Say(m.words), m.path == v.path})
		}
	}
	return all
}
