package console

import (
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"

	"praline/locales"
)

// drawn are the elements of a drawing: name and attributes, and all its text.
type drawn struct {
	name  string
	attrs map[string]string
}

func elements(t *testing.T, label, svg string) (all []drawn, text string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader("<all>" + svg + "</all>"))
	for {
		token, err := d.Token()
		if err == io.EOF {
			return all, text
		} else if err != nil {
			t.Fatalf("%s: not well formed: %v: %s", label, err, svg)
		}
		switch token := token.(type) {
		case xml.StartElement:
			one := drawn{token.Name.Local, map[string]string{}}
			for _, a := range token.Attr {
				one.attrs[a.Name.Local] = a.Value
			}
			all = append(all, one)
		case xml.CharData:
			text += string(token) + "|"
		}
	}
}

func TestBars(t *testing.T) {
	v := &visit{W: locales.For("fr")}
	svg := string(v.bars(barChart{Title: `Minutes <&">`, Limit: 5, LimitWords: "au plus 5 minutes par jour", Bars: []bar{
		{Label: "lu", Value: 2.94}, {Label: "ma", Value: 5, Now: true}, {Label: "me", None: "moins de cinq"}, {Label: "je", Value: 2.5, Look: "nl"},
	}}))
	all, text := elements(t, "bars", svg)
	var heights []string
	for _, one := range all {
		if one.name == "rect" {
			heights = append(heights, one.attrs["height"])
		}
		if one.attrs["style"] != "" {
			t.Errorf("%s has a style, which our policy forbids", one.name)
		}
	}
	if got, want := strings.Join(heights, " "), "53.9 91.7 45.8"; got != want {
		t.Errorf("heights %s, not %s: to one scale from zero to six", got, want)
	}
	for _, want := range []string{`Minutes <&">`, "lu\u00a0: 2,9; ma\u00a0: 5; me\u00a0: moins de cinq; je\u00a0: 2,5; au plus 5 minutes par jour", "|2,9|", "|5|"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in %s", want, text)
		}
	}
	if all[2].attrs["role"] != "img" || all[2].attrs["aria-labelledby"] != "chart-1-t chart-1-d" {
		t.Errorf("what it says to those who do not see it: %v", all[2].attrs)
	}
	if second := string(v.bars(barChart{})); !strings.Contains(second, "chart-2-t") {
		t.Errorf("two charts of a page share an id: %s", second)
	}
}

func TestStepsAreRoundAndFew(t *testing.T) {
	for _, row := range []struct{ most, step, top float64 }{
		{0, 1, 1}, {3, 1, 3}, {5, 2, 6}, {30, 10, 30}, {100, 50, 100}, {0.4, 0.1, 0.4}, {1234, 500, 1500}, {math.NaN(), 1, 1}, {math.Inf(1), 1, 1},
	} {
		step, top := steps(row.most)
		if math.Abs(step-row.step) > 1e-9 || math.Abs(top-row.top) > 1e-9 {
			t.Errorf("%v: every %v up to %v, not every %v up to %v", row.most, step, top, row.step, row.top)
		}
	}
}

func TestLines(t *testing.T) {
	v := &visit{W: locales.For("nl")}
	nan := math.NaN()
	svg := string(v.lines(lineChart{Title: "Hoe lang blijft het?", Least: 40, Most: 100, Ticks: []string{"1", "3", "7"}, Lines: []line{
		{Words: "gemeten", Values: []float64{88, nan, 60}, Low: []float64{80, 70, 50}, High: []float64{95, 85, 70}},
		{Words: "verwacht", Values: []float64{90, 80, 66}, Expected: true},
	}}))
	all, text := elements(t, "lines", svg)
	count := map[string]int{}
	for _, one := range all {
		class, _, _ := strings.Cut(one.attrs["class"], " ")
		count[class]++
	}
	if count["line"] != 2 || count["mark-all"] != 2 || count["band"] != 1 {
		t.Errorf("two lines, a mark for each value that is there, one band: %v", count)
	}
	if strings.Contains(svg, "NaN") || !strings.Contains(text, "gemeten: 1 88, 7 60; verwacht: 1 90, 3 80, 7 66") {
		t.Errorf("a gap is left out: %s", text)
	}
}

func TestRowsOfATable(t *testing.T) {
	for _, row := range []struct{ label, svg, want string }{
		{"together", string(interval(0.5, 0.4, 0.6, "")), `<circle class="mark-all" cx="100"`},
		{"French, a square", string(interval(0.5, 0.4, 0.6, "fr")), `<rect class="mark-fr"`},
		{"Dutch, a diamond", string(interval(0.5, 0.4, 0.6, "nl")), `<path class="mark-nl"`},
		{"its whiskers", string(interval(0.5, 0, 1, "nl")), `d="M6 10H194M6 5v10M194 5v10"`},
		{"out of bounds", string(interval(2, -1, 3, "")), `cx="194"`},
		{"a share", string(share(0.5, "fr")), `<rect class="bar" x="0" y="1" width="100"`},
		{"of Dutch, striped", string(share(0.5, "nl")), `fill="url(#stripes)"`},
	} {
		if _, _ = elements(t, row.label, row.svg); !strings.Contains(row.svg, row.want) {
			t.Errorf("%s: no %s in %s", row.label, row.want, row.svg)
		}
	}
}
