// Package formats lists the formats that series come in and go out in, and
// finds the one of a file. Adding a format is a package beside gift, a line
// here, and its rows in docs/exchange.md.
package formats

import (
	"bytes"
	"path"
	"regexp"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange"
	"praline/lessons/exchange/aiken"
	"praline/lessons/exchange/csv"
	"praline/lessons/exchange/gift"
	"praline/lessons/exchange/moodle"
	"praline/lessons/exchange/xlsx"
)

// Format is a format of files.
type Format struct {
	Name      string // as commands and pages call it: "gift"
	Extension string // of files that we write: ".txt"
	MIME      string
	Languages bool // a file holds all languages; else one
	// Read reads a file; lang is the language of one that does not say.
	Read func(content []byte, lang string) (exchange.Contents, error)
	// Write writes a series; lang is the language of a format that has one.
	Write func(s *lessons.Series, lang string) ([]byte, []exchange.Note, error)
}

// All are all formats, the one that holds most first.
var All = []Format{
	{"moodle", ".xml", "application/xml", false, moodle.Read, moodle.Write},
	{"gift", ".gift.txt", "text/plain; charset=utf-8", false, gift.Read, gift.Write},
	{"xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true, xlsx.Read, xlsx.Write},
	{"csv", ".csv", "text/csv; charset=utf-8", true, csv.Read, csv.Write},
	{"aiken", ".aiken.txt", "text/plain; charset=utf-8", false, aiken.Read, aiken.Write},
}

// Named returns the format of a name.
func Named(name string) (Format, bool) {
	for _, f := range All {
		if f.Name == name {
			return f, true
		}
	}
	return Format{}, false
}

var answer = regexp.MustCompile(`(?m)^\s*ANSWER:\s*[A-Za-z]`)

// Of finds the format of a file by its name and, where several have the same
// ending, by what it holds.
func Of(name string, content []byte) (Format, bool) {
	switch strings.ToLower(path.Ext(name)) {
	case ".xml":
		return Named("moodle")
	case ".xlsx":
		return Named("xlsx")
	case ".csv", ".tsv":
		return Named("csv")
	case ".gift":
		return Named("gift")
	case ".txt":
		text := exchange.Decode(content[:min(len(content), 1<<20)])
		if answer.MatchString(text) && bytes.Count(content, []byte("{")) < 2 {
			return Named("aiken")
		}
		return Named("gift")
	}
	return Format{}, false
}
