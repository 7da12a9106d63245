package people

import (
	"context"
	"encoding/csv"
	"io"
	"strings"

	"praline/locales"
)

// Export writes the roster as CSV that a spreadsheet opens, and that Import
// takes back: with semicolons, in UTF-8 with its mark, no cell a formula. Who
// left is not in it.
func (p *People) Export(ctx context.Context, actor Actor, lang string, out io.Writer) error {
	if !actor.May(ManagePeople) {
		return ErrNotAllowed
	}
	all, err := p.Persons(ctx, actor.Org)
	if err != nil {
		return err
	}
	teams, err := p.Teams(ctx, actor.Org)
	if err != nil {
		return err
	}
	called := make(map[string]string, len(teams))
	for _, t := range teams {
		called[t.ID] = t.Name(lang)
	}
	if lang != "en" {
		lang = locales.For(lang).Lang
	}
	if _, err := io.WriteString(out, "\ufeff"); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.Comma = ';'
	var heads []string
	for _, c := range columns {
		heads = append(heads, headings[c][lang][0])
	}
	_ = w.Write(heads) // Flush says what went wrong
	for _, who := range all {
		if !who.Left.IsZero() {
			continue
		}
		var roles, manages []string
		for _, role := range who.Roles {
			roles = append(roles, string(role))
		}
		for _, id := range who.Manages {
			manages = append(manages, called[id])
		}
		cells := []string{who.Number, who.Name, called[who.Team], who.Lang, who.Pattern, strings.Join(roles, ", "), strings.Join(manages, ", ")}
		for i := range cells {
			cells[i] = neutral(cells[i])
		}
		_ = w.Write(cells)
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	return p.Audit(ctx, actor, "roster-export")
}
