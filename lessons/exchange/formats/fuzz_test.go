package formats_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/xuri/excelize/v2"

	"praline/lessons"
	"praline/lessons/exchange"
	"praline/lessons/exchange/archive"
	"praline/lessons/exchange/formats"
)

// fuzz reads anything in a format: it never panics or hangs, and what comes of
// it is a series whose only faults are of what is still to be written.
func fuzz(f *testing.F, name string, seeds ...string) {
	format, _ := formats.Named(name)
	for _, seed := range seeds {
		content, err := os.ReadFile(seed)
		if err != nil {
			content = []byte(seed)
		}
		f.Add(content)
	}
	s, _ := lessons.Read(os.DirFS("testdata/everything"))
	if written, _, err := format.Write(s, "fr"); err == nil {
		f.Add(written)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) > 64<<10 {
			return
		}
		contents, err := format.Read(content, "fr")
		if err != nil || len(contents.Lessons) == 0 {
			return
		}
		files := exchange.Into(&lessons.Series{ID: "any", Version: "1.0.0"}, contents)
		folder, err := archive.FS(files)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := lessons.Read(folder)
		for _, l := range again.Lessons {
			for _, twin := range l.Twins {
				for _, q := range twin.Questions {
					q.Grade(lessons.Answer{})
				}
			}
		}
	})
}

func FuzzGift(f *testing.F) {
	fuzz(f, "gift", "../gift/testdata/mixed.gift", "{", "::a::{#}", "a{>\n}", "a{~%%}", "$CATEGORY:", "a{=->}", "\\", "a {=\\")
}

func FuzzMoodle(f *testing.F) {
	fuzz(f, "moodle", "../moodle/testdata/moodle4.xml", "<quiz/>", "<quiz><question type='cloze'><questiontext><text>{1:SA:=a</text></questiontext></question></quiz>")
}

func FuzzAiken(f *testing.F) {
	fuzz(f, "aiken", "testdata/people.aiken.txt", "a\nA. b\nB. c\nANSWER: Z", "ANSWER: A")
}

func FuzzCSV(f *testing.F) {
	fuzz(f, "csv", "testdata/rows.csv", "testdata/list.csv", "row;fr\npair;a\n\"", "row,fr\nsingle,\nchoice,")
}

func FuzzXLSX(f *testing.F) {
	book := excelize.NewFile()
	_ = book.SetCellFormula("Sheet1", "A1", "=1/0")
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		f.Fatal(err)
	}
	fuzz(f, "xlsx", b.String(), "PK\x03\x04")
}
