package console

import (
	"praline/bot/people"
)

// personView is a line of the roster as a form.
type personView struct {
	Person                 people.Person
	Path, Name, Lead, Look string
	Teams, Manages         []Option
	Roles, Languages       []Option
	Pattern                string // as it was understood, or not
	IsNew, Left, Here      bool
}

func (c *Console) newPerson(v *visit) error {
	data, err := c.personView(v, people.Person{})
	if err != nil {
		return err
	}
	return v.draw("person", "people.new", data)
}

func (c *Console) addPerson(v *visit) error {
	var who people.Person
	v.intoPerson(&who)
	added, err := c.options.People.AddPerson(v.ctx(), *v.Actor, who)
	if err != nil {
		return c.personAgain(v, who, "people.new", err)
	}
	return v.done("/console/people/"+added.ID, "people.added", "name", added.Name)
}

func (c *Console) person(v *visit) error {
	who, err := c.options.People.Person(v.ctx(), v.Org, v.r.PathValue("person"))
	if err != nil {
		return err
	}
	data, err := c.personView(v, who)
	if err != nil {
		return err
	}
	return v.draw("person", "people.person", data)
}

func (c *Console) changePerson(v *visit) error {
	id := v.r.PathValue("person")
	changed, err := c.options.People.ChangePerson(v.ctx(), *v.Actor, id, func(who *people.Person) error {
		v.intoPerson(who)
		return nil
	})
	if err != nil {
		who, other := c.options.People.Person(v.ctx(), v.Org, id)
		if other != nil {
			return other
		}
		return c.personAgain(v, who, "people.person", err)
	}
	return v.done("/console/people/"+id, "people.changed", "name", v.nameOf(changed))
}

// intoPerson puts the form into a line.
func (v *visit) intoPerson(who *people.Person) {
	who.Name, who.Number, who.Team, who.Lang, who.Pattern = v.text("name"), v.text("number"), v.text("team"), v.text("lang"), v.text("pattern")
	who.Manages, who.Roles = v.texts("manages"), nil
	for _, role := range v.texts("roles") {
		who.Roles = append(who.Roles, people.Role(role))
	}
}

// personAgain draws the form with what is wrong in it.
func (c *Console) personAgain(v *visit, who people.Person, title string, err error) error {
	if err := v.refused(err); err != nil {
		return err
	}
	data, err := c.personView(v, who)
	if err != nil {
		return err
	}
	return v.again("person", title, data)
}

func (c *Console) personView(v *visit, who people.Person) (personView, error) {
	data := personView{
		Person: who, Path: "/console/people/" + who.ID, Name: v.nameOf(who), IsNew: who.ID == "", Left: !who.Left.IsZero(), Here: who.Learner != "",
		Roles: v.roleOptions(who.Roles), Languages: v.languageOptions(who.Lang),
	}
	var err error
	if data.Teams, err = c.teamOptions(v, who.Team); err != nil {
		return data, err
	}
	if data.Manages, err = c.teamOptions(v, who.Manages...); err != nil {
		return data, err
	}
	data.Teams = append([]Option{{"", v.W.Say("people.no-team"), who.Team == ""}}, data.Teams...)
	switch {
	case data.IsNew:
		data.Path, data.Lead = "/console/people/new", v.W.Say("people.new-lead")
	case data.Left:
		data.Lead = v.W.Say("people.left-on", "date", v.W.Date(who.Left.Year(), who.Left.Month(), who.Left.Day()))
	case data.Here:
		data.Lead = v.W.Say("people.here-since", "date", v.W.Date(who.Joined.Year(), who.Joined.Month(), who.Joined.Day()))
	default:
		data.Lead = v.W.Say("people.waited")
	}
	if _, ok := people.Pattern(who.Pattern, who.Lang); who.Pattern != "" && !ok {
		data.Pattern = v.W.Say("people.fault.pattern", "pattern", who.Pattern)
	}
	return data, nil
}

func (c *Console) personLeaves(v *visit) error {
	return c.depart(v, "people.did-leave", "/console/people/"+v.r.PathValue("person"), c.options.People.Leave)
}

func (c *Console) deletePerson(v *visit) error {
	return c.depart(v, "people.did-delete", "/console/people", c.options.People.Delete)
}
