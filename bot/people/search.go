package people

import (
	"context"
	"slices"
	"strings"
)

// Search returns the people of an organisation whose name, number or team has a
// text in it, all where it is "": by name, those who left last.
func (p *People) Search(ctx context.Context, actor Actor, text string) ([]Person, error) {
	if !actor.May(ManagePeople) {
		return nil, ErrNotAllowed
	}
	all, err := p.Persons(ctx, actor.Org)
	if err != nil {
		return nil, err
	}
	words := strings.Fields(folded(text))
	names := make(map[string]string, len(all))
	all = slices.DeleteFunc(all, func(who Person) bool {
		names[who.ID] = folded(who.Name)
		said := names[who.ID] + " " + strings.ToLower(who.Number+" "+who.Team)
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(said, word) })
	})
	slices.SortStableFunc(all, func(a, b Person) int {
		if a.Left.IsZero() != b.Left.IsZero() {
			if a.Left.IsZero() {
				return -1
			}
			return 1
		}
		return strings.Compare(names[a.ID], names[b.ID])
	})
	return all, nil
}
