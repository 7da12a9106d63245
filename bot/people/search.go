package people

import (
	"cmp"
	"context"
	"slices"
	"strings"
)

// Search returns the people of an organisation whose name, number or team has
// each word of a text in it, all where it is "": by name, those who left last.
func (p *People) Search(ctx context.Context, actor Actor, text string) ([]Person, error) {
	if !actor.May(ManagePeople) {
		return nil, ErrNotAllowed
	}
	all, err := p.Persons(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	type found struct {
		at   int
		left int
		name string
	}
	words := strings.Fields(folded(text))
	list := make([]found, 0, len(all))
	for i, who := range all {
		f := found{at: i, name: folded(who.Name)}
		if !who.Left.IsZero() {
			f.left = 1
		}
		said := f.name + " " + strings.ToLower(who.Number+" "+who.Team)
		if !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(said, word) }) {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(a, b found) int {
		return cmp.Or(a.left-b.left, strings.Compare(a.name, b.name), a.at-b.at)
	})
	sorted := make([]Person, len(list))
	for i, f := range list {
		sorted[i] = all[f.at]
	}
	return sorted, nil
}
