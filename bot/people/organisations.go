package people

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"praline/locales"
	"praline/records"
	"praline/scheduler"
)

// CreateOrganisation makes an organisation. Only the server's own administrator
// does that, by a command. An ID that is left out follows from the name.
func (p *People) CreateOrganisation(ctx context.Context, o Organisation) (Organisation, error) {
	if err := o.tidy(); err != nil {
		return Organisation{}, err
	}
	if o.ID == "" {
		o.ID = slug(anyName(o.Names))
	}
	if !isSlug.MatchString(o.ID) {
		return Organisation{}, fault("id", "organisation-id", "id", o.ID)
	}
	o.Created = p.Now().UTC().Truncate(time.Second)
	key := records.Key{Kind: kindOrganisation, ID: o.ID}
	_, err := records.Update(ctx, p.Store, key, func(stored *Organisation) error {
		if stored.ID != "" {
			return fault("id", "organisation-twice", "id", o.ID)
		}
		*stored = o
		return nil
	})
	if err != nil {
		return Organisation{}, err
	}
	return o, p.Audit(ctx, Shell(o.ID), "organisation-create", "organisation:"+o.ID)
}

// ChangeOrganisation changes the actor's organisation.
func (p *People) ChangeOrganisation(ctx context.Context, actor Actor, change func(*Organisation) error) (Organisation, error) {
	if !actor.May(ManageOrganisation) {
		return Organisation{}, ErrNotAllowed
	}
	key := records.Key{Kind: kindOrganisation, ID: actor.Org}
	changed, err := records.Update(ctx, p.Store, key, func(o *Organisation) error {
		if o.ID == "" {
			return records.ErrNone
		}
		id, created := o.ID, o.Created
		if err := change(o); err != nil {
			return err
		}
		o.ID, o.Created = id, created
		return o.tidy()
	})
	if err != nil {
		return Organisation{}, err
	}
	return changed, p.Audit(ctx, actor, "organisation-change", "organisation:"+actor.Org)
}

// tidy checks an organisation, and writes it as we keep it.
func (o *Organisation) tidy() error {
	var err error
	if o.Names, err = tidyNames(o.Names); err != nil {
		return err
	}
	for _, lang := range o.Languages {
		if !slices.Contains(locales.Languages, lang) {
			return fault("languages", "language", "lang", lang, "known", strings.Join(locales.Languages, ", "))
		}
	}
	if _, known := scheduler.Named(o.Calendar); !known {
		return fault("calendar", "calendar", "calendar", o.Calendar, "known", strings.Join(scheduler.Employers(), ", "))
	}
	for _, day := range o.Days {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fault("days", "day", "day", day)
		}
	}
	slices.Sort(o.Days)
	o.Days = slices.Compact(o.Days)
	return nil
}

// Name is what an organisation is called in a language.
func (o Organisation) Name(lang string) string { return named(o.Names, lang) }

// Name is what a team is called in a language.
func (t Team) Name(lang string) string { return named(t.Names, lang) }

func named(names map[string]string, lang string) string {
	if name := names[lang]; name != "" {
		return name
	}
	return anyName(names)
}

// anyName is the name in the first language that has one.
func anyName(names map[string]string) string {
	for _, lang := range slices.Concat(locales.Languages, slices.Sorted(maps.Keys(names))) {
		if names[lang] != "" {
			return names[lang]
		}
	}
	return ""
}

// tidyNames are names without spaces around them; one at least.
func tidyNames(names map[string]string) (map[string]string, error) {
	tidy := make(map[string]string)
	for lang, name := range names {
		if !slices.Contains(locales.Languages, lang) {
			return nil, fault("name", "language", "lang", lang, "known", strings.Join(locales.Languages, ", "))
		}
		name, err := tidyText("name", name)
		if err != nil {
			return nil, err
		}
		if name != "" {
			tidy[lang] = name
		}
	}
	if len(tidy) == 0 {
		return nil, fault("name", "no-name")
	}
	return tidy, nil
}

// longest is how many characters a name or a number may have.
const longest = 200

// tidyText is a short text as it is kept: one line, spaces made single.
func tidyText(field, text string) (string, error) {
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.C, r) && !unicode.IsSpace(r) && r != '\u200d' }) {
		return "", fault(field, "characters")
	}
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > longest {
		return "", fault(field, "long", "n", longest)
	}
	return text, nil
}

var isSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
