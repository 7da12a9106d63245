package people

import (
	"context"
	"errors"
	"slices"
	"strings"

	"praline/bot/learner"
	"praline/locales"
	"praline/records"
)

// kindNumber leads from an employer's number to a person: two of one number
// cannot be written.
const kindNumber = "number"

// ErrLastAdministrator says that nobody would be left who may give roles.
var ErrLastAdministrator = errors.New("nobody else is an administrator of this organisation: make somebody one first")

func personKey(org, id string) records.Key { return records.Key{Org: org, Kind: kindPerson, ID: id} }

func numberKey(org, number string) records.Key {
	return records.Key{Org: org, Kind: kindNumber, ID: number}
}

// Find returns a person by our id or the employer's number, records.ErrNone if
// there is none.
func (p *People) Find(ctx context.Context, org, text string) (Person, error) {
	who, err := p.Person(ctx, org, text)
	if !errors.Is(err, records.ErrNone) {
		return who, err
	}
	id, err := records.Load[string](ctx, p.Store, numberKey(org, text))
	if err != nil {
		return Person{}, err
	}
	return p.Person(ctx, org, id)
}

// AddPerson adds a line to the roster; its ID is made here.
func (p *People) AddPerson(ctx context.Context, actor Actor, who Person) (Person, error) {
	who.ID, who.Learner = newID(), ""
	err := p.act(ctx, actor, ManagePeople, func() (deed, error) {
		return p.put(ctx, actor.Org, Person{}, &who, 0, "person-add")
	})
	return who, err
}

// ChangePerson changes a line of the roster.
func (p *People) ChangePerson(ctx context.Context, actor Actor, id string, change func(*Person) error) (Person, error) {
	var who Person
	err := p.act(ctx, actor, ManagePeople, func() (deed, error) {
		before, version, err := kept[Person](ctx, p, personKey(actor.Org, id))
		if err != nil {
			return deed{}, err
		}
		if version == 0 {
			return deed{}, records.ErrNone
		}
		who = before
		who.Roles, who.Manages = slices.Clone(before.Roles), slices.Clone(before.Manages)
		if err := change(&who); err != nil {
			return deed{}, err
		}
		who.ID, who.Learner, who.Joined, who.Left = before.ID, before.Learner, before.Joined, before.Left
		if err := p.keepsAdministrator(ctx, actor, before, who); err != nil {
			return deed{}, err
		}
		return p.put(ctx, actor.Org, before, &who, version, "person-change")
	})
	return who, err
}

// put is the deed of writing a line of the roster, tidied, in the place of one
// of a version.
func (p *People) put(ctx context.Context, org string, before Person, who *Person, version uint64, what string) (deed, error) {
	teams, err := p.Teams(ctx, org)
	if err != nil {
		return deed{}, err
	}
	if err := who.tidy(teams); err != nil {
		return deed{}, err
	}
	if version > 0 && same(before, *who) {
		return deed{}, nil
	}
	r, err := records.Encode(personKey(org, who.ID), version, *who)
	if err != nil {
		return deed{}, err
	}
	moved, err := p.renumber(ctx, org, before.Number, who.Number, who.ID)
	if err != nil {
		return deed{}, err
	}
	about := append([]string{AboutPerson(who.ID)}, roleChanges(before, *who)...)
	return deed{what, about, append(moved, r)}, nil
}

// roleChanges is what the audit log says of roles.
func roleChanges(before, after Person) []string {
	var about []string
	for _, role := range Roles {
		switch had, has := slices.Contains(before.Roles, role), slices.Contains(after.Roles, role); {
		case has && !had:
			about = append(about, "role:+"+string(role))
		case had && !has:
			about = append(about, "role:-"+string(role))
		}
	}
	return about
}

// renumber are the records by which a person is found by another number.
func (p *People) renumber(ctx context.Context, org, from, to, person string) ([]records.Record, error) {
	if from == to {
		return nil, nil
	}
	var moved []records.Record
	if from != "" {
		all, err := p.Store.Read(ctx, numberKey(org, from))
		if err != nil {
			return nil, err
		}
		if all[0].Version > 0 {
			moved = append(moved, records.Record{Key: all[0].Key, Version: all[0].Version})
		}
	}
	if to == "" {
		return moved, nil
	}
	_, version, err := kept[string](ctx, p, numberKey(org, to))
	if err != nil {
		return nil, err
	}
	if version > 0 {
		return nil, fault("number", "number-twice", "number", to)
	}
	r, err := records.Encode(numberKey(org, to), 0, person)
	return append(moved, r), err
}

// tidy checks a line of the roster, and writes it as we keep it.
func (who *Person) tidy(teams []Team) error {
	var err error
	if who.Name, err = tidyText("name", who.Name); err != nil {
		return err
	}
	if who.Number, err = tidyText("number", who.Number); err != nil {
		return err
	}
	if who.Pattern, err = tidyText("pattern", who.Pattern); err != nil {
		return err
	}
	if who.Name == "" && who.Learner == "" {
		return fault("name", "no-name")
	}
	if strings.ContainsAny(who.Number, "{}") {
		return fault("number", "characters")
	}
	if who.Lang != "" && !slices.Contains(locales.Languages, who.Lang) {
		return fault("lang", "language", "lang", who.Lang, "known", strings.Join(locales.Languages, ", "))
	}
	known := func(id string) bool { return slices.ContainsFunc(teams, func(t Team) bool { return t.ID == id }) }
	if who.Team != "" && !known(who.Team) {
		return fault("team", "team", "team", who.Team)
	}
	for _, id := range who.Manages {
		if !known(id) {
			return fault("manages", "team", "team", id)
		}
	}
	who.Manages = sorted(who.Manages)
	return who.tidyRoles()
}

// tidyRoles puts roles in their order; a learner is everybody, and who manages
// teams is a manager.
func (who *Person) tidyRoles() error {
	for _, role := range who.Roles {
		if !slices.Contains(Roles, role) {
			return fault("roles", "role", "role", string(role))
		}
	}
	var ordered []Role
	for _, role := range Roles[1:] {
		if slices.Contains(who.Roles, role) || role == Manager && len(who.Manages) > 0 {
			ordered = append(ordered, role)
		}
	}
	who.Roles = ordered
	return nil
}

func sorted(texts []string) []string {
	if len(texts) == 0 {
		return nil
	}
	texts = slices.Clone(texts)
	slices.Sort(texts)
	return slices.Compact(texts)
}

func same(a, b Person) bool {
	return a.ID == b.ID && a.Number == b.Number && a.Name == b.Name && a.Team == b.Team && a.Lang == b.Lang && a.Pattern == b.Pattern &&
		slices.Equal(a.Roles, b.Roles) && slices.Equal(a.Manages, b.Manages) && a.Learner == b.Learner && a.Joined.Equal(b.Joined) && a.Left.Equal(b.Left)
}

// newID is an id that nobody has: 16 characters, telling nothing.
func newID() string { return string(learner.NewID()) }

// keepsAdministrator refuses that a person of the roster leaves it without
// anybody who may give roles; the server's own administrator may do so.
func (p *People) keepsAdministrator(ctx context.Context, actor Actor, before, after Person) error {
	if actor.Person == "" || !slices.Contains(before.Roles, Administrator) || slices.Contains(after.Roles, Administrator) && after.Left.IsZero() {
		return nil
	}
	all, err := p.Persons(ctx, actor.Org)
	if err != nil {
		return err
	}
	for _, who := range all {
		if who.ID != before.ID && who.Left.IsZero() && slices.Contains(who.Roles, Administrator) {
			return nil
		}
	}
	return ErrLastAdministrator
}
