package exchange

import (
	"bytes"
	"cmp"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"praline/lessons"
)

// Into lays what a file holds over a series, which may be new (without
// lessons): a lesson with the same id gets the questions, each in the place of
// the one with its id or behind the others; other lessons come behind. It
// returns the files that change, all of them or none to be saved.
//
// What the file says nothing of stays: in a page that is there, title,
// objective and sources, and screens if the file has none.
func Into(s *lessons.Series, c Contents) map[string][]byte {
	files := placeMedia(s, c)
	placed := elsewhere(s, c)
	title := maps.Clone(s.Title)
	for _, l := range placed {
		at := slices.IndexFunc(s.Lessons, func(o *lessons.Lesson) bool { return o.ID == l.ID })
		if at < 0 {
			s.Lessons = append(s.Lessons, &lessons.Lesson{ID: l.ID, Twins: map[string]*lessons.Twin{}})
			at = len(s.Lessons) - 1
		}
		for lang, t := range l.Twins {
			there := s.Lessons[at]
			merged := merge(there.Twins[lang], t)
			if merged.File == "" {
				merged.File = pageName(there, at+1, lang)
			}
			there.Twins[lang] = merged
			files[merged.File] = lessons.WriteTwin(merged)
			if s.Title == nil {
				s.Title = lessons.Text{}
			}
			if s.Title[lang] == "" {
				s.Title[lang] = cmp.Or(c.Title, s.Title.In(""), s.ID)
			}
		}
	}
	if len(title) != len(s.Title) || len(title) == 0 {
		s.Languages = slices.Sorted(maps.Keys(s.Title))
		files["series.yaml"] = lessons.WriteSeries(s)
	}
	return files
}

// placeMedia gives media names that no other medium of the series has, and
// returns them by these.
func placeMedia(s *lessons.Series, c Contents) map[string][]byte {
	files, moved := map[string][]byte{}, map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(c.Media)) {
		at := name
		for i := 2; taken(s.Files, files, at, c.Media[name]); i++ {
			extension := path.Ext(name)
			at = strings.TrimSuffix(name, extension) + "-" + itoa(i) + extension
		}
		files[at], moved[name] = c.Media[name], at
	}
	move := func(media []lessons.Media) {
		for i, m := range media {
			if at, ok := moved[m.Path]; ok {
				media[i].Path = at
			}
		}
	}
	for _, l := range c.Lessons {
		for _, t := range l.Twins {
			for _, screen := range t.Screens {
				move(screen.Media)
			}
			for _, q := range t.Questions {
				move(q.Media)
			}
		}
	}
	return files
}

// taken says that another medium has a name.
func taken(folder fs.FS, files map[string][]byte, name string, content []byte) bool {
	if there, ok := files[name]; ok {
		return !bytes.Equal(there, content)
	}
	if folder == nil {
		return false
	}
	there, err := fs.ReadFile(folder, name)
	return err == nil && !bytes.Equal(there, content)
}

// pageName is the file of a new page: with the number of its twin, if it has
// one, else the next.
func pageName(l *lessons.Lesson, place int, lang string) string {
	if twin := l.In(lang); twin != nil && twin.File != "" {
		number, _, _ := strings.Cut(twin.File, "-")
		return number + "-" + l.ID + "." + lang + ".md"
	}
	return lessons.PageName(place, place, l.ID, lang)
}

// elsewhere moves questions that the series has in another lesson to that
// lesson, so that a re-import under other categories doubles nothing.
func elsewhere(s *lessons.Series, c Contents) []*lessons.Lesson {
	home := map[string]string{} // of a question's id
	for _, l := range s.Lessons {
		for _, t := range l.Twins {
			for _, q := range t.Questions {
				home[q.ID] = l.ID
			}
		}
	}
	var all []*lessons.Lesson
	page := func(id, lang string) *lessons.Twin {
		at := slices.IndexFunc(all, func(l *lessons.Lesson) bool { return l.ID == id })
		if at < 0 {
			all = append(all, &lessons.Lesson{ID: id, Twins: map[string]*lessons.Twin{}})
			at = len(all) - 1
		}
		if all[at].Twins[lang] == nil {
			all[at].Twins[lang] = &lessons.Twin{Lang: lang}
		}
		return all[at].Twins[lang]
	}
	for _, l := range c.Lessons {
		for _, lang := range slices.Sorted(maps.Keys(l.Twins)) {
			t := l.Twins[lang]
			own := *t
			own.Questions = nil
			for _, q := range t.Questions {
				if other := home[q.ID]; other != "" && other != l.ID {
					into := page(other, lang)
					into.Questions = append(into.Questions, q)
					continue
				}
				own.Questions = append(own.Questions, q)
			}
			if len(own.Questions) > 0 || len(own.Screens) > 0 {
				into := page(l.ID, lang)
				own.Questions = append(into.Questions, own.Questions...)
				*into = own
			}
		}
	}
	return all
}

// merge lays a page over one that is there, or is that page where none is.
func merge(there, t *lessons.Twin) *lessons.Twin {
	if there == nil {
		return t
	}
	merged := *there
	merged.Questions = slices.Clone(there.Questions)
	if len(t.Screens) > 0 {
		merged.Screens = t.Screens
	}
	for _, field := range []struct {
		to   *string
		from string
	}{{&merged.Title, t.Title}, {&merged.Objective, t.Objective}} {
		if *field.to == "" {
			*field.to = field.from
		}
	}
	if len(merged.Sources) == 0 {
		merged.Sources = t.Sources
	}
	for _, q := range t.Questions {
		at := slices.IndexFunc(merged.Questions, func(o *lessons.Question) bool { return o.ID == q.ID })
		if at < 0 {
			merged.Questions = append(merged.Questions, q)
		} else {
			merged.Questions[at] = q
		}
	}
	if merged.Minutes == 0 {
		merged.Minutes = t.Minutes
	}
	return &merged
}
