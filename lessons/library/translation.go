package library

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"
)

// Reading says that somebody who did not write it read a file, beside the
// other languages of the lesson as they were.
type Reading struct {
	Mark
	Digest string            `json:"digest"`           // of the file
	Others map[string]string `json:"others,omitempty"` // digests of its twins, by language
}

// Translation is how a lesson stands in one language.
type Translation struct {
	Lesson string // file name without language: "01-sender"
	Lang   string
	Path   string
	State  TranslationState
	Since  time.Time // Outdated: when another language changed
	Other  string    // Outdated: which
	By     Mark      // Reviewed and Outdated: who read it, when
}

// TranslationState is one of these.
type TranslationState string

// The states.
const (
	Missing  TranslationState = "missing"
	Drafted  TranslationState = "draft"    // changed since it was read, or never read
	Reviewed TranslationState = "reviewed" // as it was read
	Outdated TranslationState = "outdated" // as it was read, but another language changed since
)

// Translations are all lessons in each of some languages, in order.
func (d Draft) Translations(languages []string) []Translation {
	var all []Translation
	for _, lesson := range d.lessons() {
		for _, lang := range languages {
			all = append(all, d.translation(lesson, lang))
		}
	}
	return all
}

// lessons are the names of lessons' files without their language, in order.
func (d Draft) lessons() []string {
	found := map[string]bool{}
	for p := range d.Files {
		if name, _, ok := stem(p); ok {
			found[name] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}

func (d Draft) translation(lesson, lang string) Translation {
	t := Translation{Lesson: lesson, Lang: lang, Path: lesson + "." + lang + ".md", State: Drafted}
	file, ok := d.Files[t.Path]
	if !ok {
		t.State = Missing
		return t
	}
	reading, ok := d.Readings[t.Path]
	if !ok || reading.Digest != file.Digest {
		return t
	}
	t.State, t.By = Reviewed, reading.Mark
	for other, digest := range reading.Others {
		now := d.Files[lesson+"."+other+".md"]
		if now.Digest != digest && (t.State != Outdated || now.At.Before(t.Since)) {
			t.State, t.Since, t.Other = Outdated, cmp.Or(now.At, t.Since), other
		}
	}
	return t
}

// twins are the digests of a lesson's other languages.
func (d Draft) twins(lesson, lang string) map[string]string {
	all := map[string]string{}
	for p, f := range d.Files {
		if name, other, ok := stem(p); ok && name == lesson && other != lang {
			all[other] = f.Digest
		}
	}
	return all
}

// read notes that somebody read all lessons in a language, or in all for "".
// What they changed last themselves does not count as read.
func (d *Draft) read(by Mark, lang string) (counted int) {
	for p, f := range d.Files {
		name, its, ok := stem(p)
		if !ok || lang != "" && its != lang || f.By == by.By {
			continue
		}
		counted++
		if d.Readings == nil {
			d.Readings = map[string]Reading{}
		}
		if now := d.Readings[p]; now.Digest != f.Digest || !maps.Equal(now.Others, d.twins(name, its)) {
			d.Readings[p] = Reading{by, f.Digest, d.twins(name, its)}
		}
	}
	return counted
}

// MarkRead notes that a reviewer read all lessons in a language as they saw
// them (Draft.Digest).
func (l *Library) MarkRead(ctx context.Context, org, id string, by Mark, lang, seen string) error {
	return l.written(ctx, org, id, func(d *desk) error {
		switch {
		case seen != d.draft.Digest():
			return refuse("changed-meanwhile")
		case d.draft.read(by, lang) == 0:
			return refuse("own-language")
		}
		return nil
	})
}
