package formats

import (
	"bytes"
	"errors"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange"
	"praline/lessons/exchange/archive"
)

// Upload is what somebody sent, read: the files of a series of ours, or what
// files in other formats hold.
type Upload struct {
	Format   string            // "zip" for a series of ours
	Files    map[string][]byte // of a series of ours
	Contents []exchange.Contents
}

// Zip is the format of our own: the folder of a series, packed.
const Zip = "zip"

var langInName = regexp.MustCompile(`(?i)[._-](fr|nl|de|en)\.[a-z.]+$`)

// Open reads an upload: a zip of a series or of files in other formats, or one
// such file. lang is the language of files that do not say theirs, also not in
// their name ("quiz.nl.xml"). An error is an *archive.Refusal or an
// *exchange.Fault where the upload is to blame.
func Open(name string, content []byte, lang string) (Upload, error) {
	files, err := archive.Open(name, bytes.NewReader(content), int64(len(content)), archive.Usual)
	if err != nil {
		return Upload{}, err
	}
	if isSeries(files) {
		return Upload{Format: Zip, Files: files}, nil
	}
	var u Upload
	several := len(files) > 1
	for _, file := range slices.Sorted(maps.Keys(files)) {
		f, ok := Of(file, files[file])
		if !ok {
			continue
		}
		in := lang
		if m := langInName.FindStringSubmatch(file); m != nil && (several || lang == "") {
			in = strings.ToLower(m[1])
		}
		if in == "" {
			in = "fr"
		}
		contents, err := f.Read(files[file], in)
		if err != nil {
			return Upload{}, err
		}
		u.Format = f.Name
		u.Contents = append(u.Contents, contents)
	}
	if len(u.Contents) == 0 {
		return Upload{}, &exchange.Fault{Code: "no-format", Args: []any{"file", path.Base(name)}}
	}
	return u, nil
}

// isSeries says that files are those of a series: it is enough that one is
// named like a lesson or series.yaml.
func isSeries(files map[string][]byte) bool {
	for name := range files {
		if name == "series.yaml" || strings.HasSuffix(name, ".md") && !strings.Contains(name, "/") && name[0] >= '0' && name[0] <= '9' {
			return true
		}
	}
	return false
}

// Title is what the upload calls itself, "" if it does not.
func (u Upload) Title() string {
	for _, c := range u.Contents {
		if c.Title != "" {
			return c.Title
		}
	}
	if u.Format == Zip {
		if m := idLine.FindSubmatch(u.Files["series.yaml"]); m != nil {
			return string(m[2])
		}
	}
	return ""
}

// Notes are all that was lost or changed.
func (u Upload) Notes() []exchange.Note {
	var all []exchange.Note
	for _, c := range u.Contents {
		all = append(all, c.Notes...)
	}
	return all
}

var idLine = regexp.MustCompile(`(?m)^(id:[ \t]*["']?)([a-z0-9-]*)(["']?[ \t]*\r?)$`)

// New is the upload as a series that is not there yet: its files.
func (u Upload) New(id string) map[string][]byte {
	if u.Format == Zip {
		files := maps.Clone(u.Files)
		if yaml, ok := files["series.yaml"]; ok {
			files["series.yaml"] = idLine.ReplaceAll(yaml, []byte("${1}"+id+"${3}"))
		}
		return files
	}
	return u.over(&lessons.Series{ID: id, Version: "1.0.0"})
}

// Into lays the upload over a series that is there, read with this report, and
// returns the files that change. A page with faults was not read whole: nothing
// may be laid over it, and the error says so.
func (u Upload) Into(s *lessons.Series, report lessons.Report) (map[string][]byte, error) {
	if s == nil {
		return nil, &exchange.Fault{Code: "page-has-faults", Args: []any{"file", "series.yaml"}}
	}
	if u.Format == Zip {
		return u.New(s.ID), nil
	}
	files := u.over(s)
	for _, f := range report.Faults {
		if _, changes := files[f.File]; changes && !harmless[f.Code] {
			return nil, &exchange.Fault{Code: "page-has-faults", Args: []any{"file", f.File}}
		}
	}
	return files, nil
}

// harmless are faults of pages that were read whole nevertheless: something is
// still to be written.
var harmless = map[string]bool{
	"key-missing": true, "source-missing": true, "explanation-missing": true, "too-long": true, "screens-differ": true, "question-only-here": true,
	"choices-differ": true, "right-differs": true, "kind-differs": true, "items-differ": true, "pairs-differ": true, "number-differs": true,
	"question-order-differs": true, "language-missing": true, "summary-language-missing": true, "media-without-alt": true, "media-missing": true,
	"source-address": true, "question-id-twice": true,
}

// over leaves the series as it is: the library keeps it.
func (u Upload) over(kept *lessons.Series) map[string][]byte {
	own := *kept
	s := &own
	s.Title, s.Lessons = maps.Clone(kept.Title), nil
	for _, l := range kept.Lessons {
		s.Lessons = append(s.Lessons, &lessons.Lesson{ID: l.ID, Twins: maps.Clone(l.Twins)})
	}
	files := map[string][]byte{}
	for _, c := range u.Contents {
		maps.Copy(files, exchange.Into(s, c))
	}
	return files
}

// Blame says that an error is the upload's, and what its words are: the id of
// a message, "upload.pixels", and its arguments; id+".mend" is how to mend it.
func Blame(err error) (id string, line int, arguments []any, ok bool) {
	var refused *archive.Refusal
	var fault *exchange.Fault
	switch {
	case errors.As(err, &refused):
		return "upload." + refused.Code, 0, refused.Args, true
	case errors.As(err, &fault):
		return "exchange.fault." + fault.Code, fault.Line, fault.Args, true
	}
	return "", 0, nil, false
}
