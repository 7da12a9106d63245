package lessons

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// pageName is NN-id.lang.md.
var pageName = regexp.MustCompile(`^([0-9]{2,3})-([a-z0-9]+(?:-[a-z0-9]+)*)\.([a-z]{2})\.md$`)

// lessons reads all files of lessons, in the order of their numbers.
func (r *reading) lessons(s *Series, entries []fs.DirEntry) {
	found := map[string]*Lesson{}
	numberOf := map[string]string{} // of a lesson
	lessonOf := map[string]string{} // of a number
	for _, e := range entries {
		name := e.Name()
		if !isPage(e) {
			continue
		}
		parts := pageName.FindStringSubmatch(name)
		if parts == nil {
			r.fault(name, 0, "lesson-name")
			continue
		}
		number, id, lang := parts[1], parts[2], parts[3]
		switch {
		case len(s.Title) > 0 && !slices.Contains(s.Languages, lang):
			r.fault(name, 0, "language-not-in-title", "lang", lang)
		case numberOf[id] != "" && numberOf[id] != number:
			r.fault(name, 0, "lesson-number-differs", "lesson", id, "number", numberOf[id])
		case lessonOf[number] != "" && lessonOf[number] != id:
			r.fault(name, 0, "lesson-number-twice", "number", number, "other", lessonOf[number])
		}
		l := found[id]
		if l == nil {
			l = &Lesson{ID: id, Twins: map[string]*Twin{}}
			found[id], numberOf[id] = l, number
			s.Lessons = append(s.Lessons, l)
			if lessonOf[number] == "" {
				lessonOf[number] = id
			}
		}
		if twin := r.twin(name, lang); twin != nil && l.Twins[lang] == nil {
			l.Twins[lang] = twin
		}
	}
	if len(s.Lessons) == 0 {
		r.fault(seriesFile, 0, "no-lessons")
	}
	// A page that could not be read has its faults; its lesson has nothing.
	s.Lessons = slices.DeleteFunc(s.Lessons, func(l *Lesson) bool { return len(l.Twins) == 0 })
	for _, l := range s.Lessons {
		for _, lang := range s.Languages {
			r.languageThere(entries, l, numberOf[l.ID], lang)
		}
	}
}

// languageThere notes a language that a lesson lacks.
func (r *reading) languageThere(entries []fs.DirEntry, l *Lesson, number, lang string) {
	want := number + "-" + l.ID + "." + lang + ".md"
	there := slices.ContainsFunc(entries, func(e fs.DirEntry) bool {
		parts := pageName.FindStringSubmatch(e.Name())
		return parts != nil && parts[2] == l.ID && parts[3] == lang
	})
	if !there {
		r.fault(l.first().File, 0, "language-missing", "lang", lang, "file", want)
	}
}

// isPage says that a file is meant to be a lesson: Markdown, or named like
// one. README.md and its like are for the readers of the folder.
func isPage(e fs.DirEntry) bool {
	name := e.Name()
	if e.IsDir() || strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") {
		return false
	}
	extension := path.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	switch strings.ToLower(extension) {
	case ".md", ".markdown":
		return !isCapitals(stem)
	}
	return pageName.MatchString(stem + ".md")
}

func isCapitals(stem string) bool {
	return strings.IndexFunc(stem, func(c rune) bool { return !unicode.IsUpper(c) && c != '_' && c != '-' }) < 0
}

// first is a lesson's page in the first of its languages.
func (l *Lesson) first() *Twin { return l.In("") }
