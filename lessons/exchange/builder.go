package exchange

import (
	"maps"
	"slices"

	"praline/lessons"
)

// perLesson is how many questions a lesson gets at most: five minutes, with
// some time to read. A longer category becomes several lessons.
const perLesson = 12

// Builder gathers what a reader finds in a file, lesson by lesson.
type Builder struct {
	Contents
	lessonIDs, questionIDs names
	at                     *lessons.Lesson
	title                  lessons.Text // of the lesson
	root                   string       // id of the first part of a lesson that is too long
	part                   int          // of it, from 1
	full                   bool
}

// NewBuilder begins.
func NewBuilder() *Builder {
	return &Builder{Contents: Contents{Media: map[string][]byte{}}, lessonIDs: names{}, questionIDs: names{}}
}

// Note notes a loss or a change.
func (b *Builder) Note(line int, where, code string, arguments ...any) {
	b.Notes = append(b.Notes, Note{Line: line, Where: where, Code: code, Args: arguments})
}

// Lost notes what rewriting a text has lost.
func (b *Builder) Lost(line int, where string, codes ...string) {
	for _, code := range codes {
		n := Note{Line: line, Where: where, Code: code}
		if !slices.ContainsFunc(b.Notes, func(o Note) bool { return o.Line == n.Line && o.Where == n.Where && o.Code == n.Code }) {
			b.Notes = append(b.Notes, n)
		}
	}
}

// Lesson begins a lesson by its id, or its name where it has no id. What
// follows belongs to it.
func (b *Builder) Lesson(id string, title lessons.Text) {
	if id == "" {
		id = title.In("")
	}
	b.at, b.part, b.full, b.title = nil, 1, false, title
	b.begin(id)
}

func (b *Builder) begin(id string) {
	b.at = &lessons.Lesson{ID: b.lessonIDs.id(id, "lesson"), Twins: map[string]*lessons.Twin{}}
	b.Lessons = append(b.Lessons, b.at)
}

// twin is the page of the lesson in a language, made when it is needed.
func (b *Builder) twin(lang string) *lessons.Twin {
	if b.at == nil {
		b.Lesson("", lessons.Text{})
	}
	t := b.at.Twins[lang]
	if t == nil {
		t = &lessons.Twin{Lang: lang, Title: b.title[lang]}
		b.at.Twins[lang] = t
	}
	return t
}

// Page is the page of the lesson in a language, for what a file says of it.
func (b *Builder) Page(lang string) *lessons.Twin { return b.twin(lang) }

// Screen adds a screen, a text for each language.
func (b *Builder) Screen(twins map[string]lessons.Screen) {
	for _, lang := range slices.Sorted(maps.Keys(twins)) {
		if s := twins[lang]; s.Text != "" || len(s.Media) > 0 {
			t := b.twin(lang)
			t.Screens = append(t.Screens, s)
		}
	}
}

// Full says that a file has more questions than are read: the rest need not be
// looked at.
func (b *Builder) Full() bool { return b.full }

// Question adds a question with its twins, under the id that its name gives.
// One that cannot be taught is left out, and noted.
func (b *Builder) Question(line int, name string, twins map[string]*lessons.Question) {
	langs := slices.Sorted(maps.Keys(twins))
	if len(langs) == 0 {
		return
	}
	if len(b.questionIDs) >= MostQuestions {
		if !b.full {
			b.Note(line, name, "too-many-questions", "limit", MostQuestions)
		}
		b.full = true
		return
	}
	if name == "" {
		name = opening(Plain(twins[langs[0]].Text))
	}
	if !b.settle(line, name, twins) {
		return
	}
	id := b.questionIDs.id(name, "question")
	if want := Slug(name); want != "" && id != want {
		b.Note(line, id, "id-twice", "id", want)
	}
	if b.at != nil && b.asked() >= perLesson {
		b.split(line)
	}
	for _, lang := range langs {
		q := twins[lang]
		q.ID = id
		t := b.twin(lang)
		t.Questions = append(t.Questions, q)
	}
}

// asked counts the questions of the lesson so far.
func (b *Builder) asked() int {
	most := 0
	for _, t := range b.at.Twins {
		most = max(most, len(t.Questions))
	}
	return most
}

// split goes on with a lesson of its own.
func (b *Builder) split(line int) {
	if b.part == 1 {
		b.root = b.at.ID
	}
	b.part++
	b.begin(b.root + "-" + itoa(b.part))
	b.Note(line, b.at.ID, "lesson-split", "lesson", b.root, "n", perLesson)
}

// Done is what was gathered: each page with its minutes, no lesson without a
// question.
func (b *Builder) Done() Contents {
	b.Lessons = slices.DeleteFunc(b.Lessons, func(l *lessons.Lesson) bool {
		for lang, t := range l.Twins {
			if len(t.Questions) == 0 && len(t.Screens) == 0 {
				delete(l.Twins, lang)
			}
		}
		return len(l.Twins) == 0
	})
	for _, l := range b.Lessons {
		for _, t := range l.Twins {
			if t.Title == "" {
				t.Title = l.ID
			}
			if t.Minutes == 0 {
				t.Minutes = min(max((t.Seconds(0)+59)/60, 1), 5)
			}
		}
	}
	return b.Contents
}
