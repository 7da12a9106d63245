package console

import (
	"context"
	"errors"

	"praline/bot/people"
)

// depart does what ends somebody's time here, when the box beside it is ticked.
func (c *Console) depart(v *visit, words, to string, do func(context.Context, people.Actor, string) error) error {
	who, err := c.options.People.Person(v.ctx(), v.Org, v.r.PathValue("person"))
	if err != nil {
		return err
	}
	if v.text("sure") != "yes" {
		v.wrong("sure", "people.not-sure")
	} else if err := do(v.ctx(), *v.Actor, who.ID); errors.Is(err, people.ErrLastAdministrator) {
		v.wrong("", "people.last-administrator")
	} else if err != nil {
		return err
	}
	if v.sound() {
		return v.done(to, words, "name", v.nameOf(who))
	}
	data, err := c.personView(v, who)
	if err != nil {
		return err
	}
	return v.again("person", "people.person", data)
}
