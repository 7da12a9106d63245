package lessons

import (
	"os"
	"regexp"
	"testing"
	"testing/fstest"
)

// fence is a block of an example in a guide.
var fence = regexp.MustCompile("(?ms)^```(yaml|markdown)\n(.*?)^```$")

// TestGuides reads the lesson that the guides for trainers write step by step:
// what they show is whole, right in both languages, and earns no advice.
func TestGuides(t *testing.T) {
	folder := fstest.MapFS{"media/bouton.png": {Data: []byte("\x89PNG\r\n\x1a\n")}, "media/knop.png": {Data: []byte("\x89PNG\r\n\x1a\n")}}
	for _, lang := range []string{"fr", "nl"} {
		guide, err := os.ReadFile("../docs/trainers/write-a-lesson." + lang + ".md")
		if err != nil {
			t.Fatal(err)
		}
		page := ""
		for _, f := range fence.FindAllStringSubmatch(string(guide), -1) {
			if f[1] == "yaml" {
				folder["series.yaml"] = &fstest.MapFile{Data: []byte(f[2])}
			} else {
				page += f[2] + "\n"
			}
		}
		folder["01-report."+lang+".md"] = &fstest.MapFile{Data: []byte(page)}
	}
	s, report := Read(folder)
	for _, f := range append(report.Faults, report.Advice...) {
		t.Errorf("%s:%d: %s %v", f.File, f.Line, f.Code, f.Args)
	}
	kinds := map[Kind]bool{}
	for _, l := range s.Lessons {
		for _, q := range l.In("fr").Questions {
			kinds[q.Kind] = true
		}
	}
	if len(kinds) != 8 {
		t.Errorf("the guide shows %v", kinds)
	}
}
