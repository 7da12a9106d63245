package console

import (
	"cmp"
	"maps"
	"slices"

	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/library"
)

// thanksSection says how often people gave thanks this month for what the
// visitor wrote, read or vouched for.
func (c *Console) thanksSection(v *visit) ([]section, error) {
	if !v.May(people.SeeCatalogue) || c.options.Recognition == nil {
		return nil, nil
	}
	shelves, err := c.options.Library.Shelves(v.ctx(), v.Org)
	if err != nil {
		return nil, err
	}
	now := c.options.Now()
	total, most, title := 0, 0, ""
	for _, shelf := range shelves {
		if !mine(v.Person, shelf) {
			continue
		}
		byLesson, n, err := c.options.Recognition.ThankedIn(v.ctx(), v.Org, shelf.ID, now)
		if err != nil {
			return nil, err
		}
		total += n
		if n == 0 {
			continue
		}
		lesson := mostThanked(byLesson)
		live, err := c.options.Library.Version(v.ctx(), v.Org, shelf.ID, shelf.Live)
		if err == nil && byLesson[lesson] > most {
			most, title = byLesson[lesson], lessonNamed(live, lesson, v.W.Lang)
		}
	}
	if total == 0 {
		return nil, nil
	}
	month := v.W.Month(now.UTC().Month())
	words := v.W.Count("console.thanks", total, "month", month)
	if title != "" {
		key := "console.thanks-most"
		if most == total {
			key = "console.thanks-for"
		}
		words = v.W.Count(key, total, "month", month, "lesson", v.unquoted(title))
	}
	body, err := v.part("home-thanks", words)
	return []section{{Title: v.W.Say("console.thanks-title"), Body: body, Aside: true}}, err
}

// mine says whether somebody had a part in what is live of a series, or was.
func mine(person string, shelf library.Shelf) bool {
	for _, version := range shelf.Versions {
		if part(person, version) != "" {
			return true
		}
	}
	return false
}

// mostThanked is the lesson with most thanks, the first by name among equals.
func mostThanked(byLesson map[string]int) string {
	return slices.MinFunc(slices.Sorted(maps.Keys(byLesson)), func(a, b string) int { return cmp.Compare(byLesson[b], byLesson[a]) })
}

// lessonNamed is the title of a lesson; "" where there is none any more.
func lessonNamed(s *lessons.Series, id, lang string) string {
	for _, lesson := range s.Lessons {
		if lesson.ID == id {
			return lesson.In(lang).Title
		}
	}
	return ""
}
