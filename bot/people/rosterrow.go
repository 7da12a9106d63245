package people

import (
	"slices"
	"strings"
)

// read takes from a row what it says, and notes what is wrong there.
func (p *Plan) read(l layout, r row, line *PlanLine, wrong func(column, Fault)) {
	for _, c := range append(slices.Clone(columns), columnFirst) {
		text, given := l.cell(r, c)
		if !given || c == columnNumber || c == columnFirst {
			continue
		}
		if isFormula(text) {
			wrong(c, Fault{string(c), "formula", []any{"text", text}})
			continue
		}
		text = plainText(text)
		switch c {
		case columnName:
			if first, ok := l.cell(r, columnFirst); ok {
				if isFormula(first) {
					wrong(columnFirst, Fault{"name", "formula", []any{"text", first}})
					continue
				}
				text = plainText(first) + " " + text
			}
			line.Person.Name = text
		case columnTeam:
			line.Person.Team = p.team(text, l.lang)
		case columnLang:
			lang, ok := readLanguage(text)
			if !ok && text != "" {
				wrong(c, Fault{"language", "language", []any{"lang", text, "known", "fr, nl"}})
			}
			line.Person.Lang = lang
		case columnPattern:
			line.Person.Pattern = text
			if _, ok := Pattern(text, line.Person.Lang); !ok && text != "" {
				line.Advice, line.Written = "pattern", text
			}
		case columnRoles:
			line.Person.Roles = nil
			for _, word := range parted(text) {
				role, ok := readRole(word)
				if !ok {
					wrong(c, Fault{"roles", "role", []any{"role", word}})
				}
				line.Person.Roles = append(line.Person.Roles, role)
			}
		case columnManages:
			line.Person.Manages = nil
			for _, name := range parted(text) {
				line.Person.Manages = append(line.Person.Manages, p.team(name, l.lang))
			}
		}
	}
}

// team is the id of a team by its name or id; one that is not there will be
// made.
func (p *Plan) team(name, lang string) string {
	if name == "" {
		return ""
	}
	if id, ok := p.called[name]; ok {
		return id
	}
	if p.called == nil {
		p.called = map[string]string{}
	}
	if team, ok := teamCalled(p.teams, name); ok {
		p.called[name] = team.ID
		return team.ID
	}
	t := Team{Names: map[string]string{lang: name}}
	names, err := tidyNames(t.Names)
	if err != nil {
		return name // and the check of the line says what is wrong
	}
	t.Names = names
	t.ID = freeTeamID(p.teams, t)
	p.teams, p.made = append(p.teams, t), append(p.made, t)
	p.NewTeams, p.called[name] = append(p.NewTeams, name), t.ID
	return t.ID
}

// isFormula says whether a spreadsheet would work a text out instead of showing
// it: such cells are refused, and neutralised when we write.
func isFormula(text string) bool { return strings.ContainsAny(text[:min(1, len(text))], "=+-@") }

// plainText is a cell without the sign by which a spreadsheet is told that it
// is a text.
func plainText(text string) string {
	if bare, ok := strings.CutPrefix(text, "'"); ok && isFormula(bare) {
		return bare
	}
	return text
}

// neutral is a text as a cell that no spreadsheet works out.
func neutral(text string) string {
	if isFormula(text) || strings.HasPrefix(text, "\t") || strings.HasPrefix(text, "\r") {
		return "'" + text
	}
	return text
}
