package lessons

import (
	"cmp"
	"io/fs"
	"slices"
)

// Read reads the series in a folder and reports every fault and all advice.
// The series is usable where the report is OK; else it is as much as could be
// read, for a preview, or nil.
//
// The way of a file: parse_source.go makes clean text of its bytes,
// parse_frontmatter.go reads its head (with parse_yaml.go, as parse_series.go
// reads series.yaml), parse_page.go parts the rest in screens and questions,
// parse_question.go and parse_answers.go read a question, parse_inline.go
// writes text in the subset that every app can show. check_twins.go then holds
// the languages against each other, and parse_spaces.go keeps French
// punctuation with its word.
func Read(folder fs.FS) (*Series, Report) {
	r := &reading{folder: folder}
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		r.fault("", 0, "folder-unreadable")
		return nil, Report{Faults: r.faults}
	}
	s := r.series()
	s.Files = folder
	r.lessons(s, entries)
	for _, l := range s.Lessons {
		r.compare(l)
	}
	r.idsOnce(s)
	report := Report{Faults: sorted(r.faults), Advice: sorted(advise(s))}
	bindFrench(s)
	return s, report
}

// reading is one run of Read: the folder, and what was found so far.
type reading struct {
	folder fs.FS
	faults []Finding
}

// fault notes a fault. Arguments are name, value, name, value, …
func (r *reading) fault(file string, line int, code string, arguments ...any) {
	r.faults = append(r.faults, Finding{File: file, Line: line, Code: code, Args: arguments})
}

// sorted puts findings in the order in which one would mend them: file by
// file, from top to bottom.
func sorted(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Code, b.Code))
	})
	return findings
}
