package console

import (
	"fmt"
	"html/template"
	"math"
	"strings"
)

// Charts are inline SVG with the values on them; the table beside a chart is
// its page's own. French is a plain bar and a square, Dutch a striped bar and a
// diamond: no chart tells by colour alone.

// bar is one of a chart.
type bar struct {
	Label string
	Value float64
	Look  string // "" or "fr": plain; "nl": striped
	Now   bool   // today, this week
	None  string // why it is not shown: a lock stands there, and this word in the description
}

// barChart is values from zero up, with at most one limit or promise.
type barChart struct {
	Title      string // what it shows, and the conclusion: for who does not see it
	Bars       []bar
	Limit      float64 // 0: none
	LimitWords string  // "au plus 5 minutes par jour"
}

// What a chart is drawn on, in pixels at its usual size.
const (
	chartWide  = 320
	chartLeft  = 30
	chartTop   = 30
	chartHigh  = 110 // of the plot
	chartWhole = chartTop + chartHigh + 26
)

// bars draws a chart of bars.
func (v *visit) bars(c barChart) template.HTML {
	most := c.Limit
	var said []string
	for _, b := range c.Bars {
		most = max(most, b.Value)
		value := v.W.Number(round(b.Value))
		if b.None != "" {
			value = b.None
		}
		said = append(said, b.Label+v.W.Colon()+value)
	}
	if c.Limit > 0 {
		said = append(said, c.LimitWords)
	}
	step, top := steps(most)
	d := v.drawing(c.Title, strings.Join(said, "; "), chartWhole)
	d.grid(v, 0, step, top)
	wide := float64(chartWide-chartLeft) / float64(max(len(c.Bars), 1))
	var values []func() // above the line of a limit
	for i, b := range c.Bars {
		middle := chartLeft + wide*(float64(i)+0.5)
		class := "tick"
		if b.Now {
			class = "tick now"
		}
		d.text(middle, chartTop+chartHigh+18, "middle", class, b.Label)
		if b.None != "" {
			d.add(`<path class="lock" transform="translate(%s %d) scale(0.7)" d="%s"/>`, n(middle-8), chartTop+chartHigh-20, icons["lock"])
			continue
		}
		high := chartHigh * b.Value / top
		across := min(wide*0.68, 48)
		d.add(`<rect class="bar%s"%s x="%s" y="%s" width="%s" height="%s" rx="%s"/>`, look(b.Look), filled(b.Look),
			n(middle-across/2), n(chartTop+chartHigh-high), n(across), n(high), n(min(6, across/4, high/2)))
		values = append(values, func() { d.text(middle, chartTop+chartHigh-high-6, "middle", "value", v.W.Number(round(b.Value))) })
	}
	if c.Limit > 0 {
		y := chartTop + chartHigh*(1-c.Limit/top)
		d.add(`<path class="limit" d="M%d %sH%d"/>`, chartLeft, n(y), chartWide)
		d.text(chartWide, min(y-8, chartTop-14), "end", "limit-words", c.LimitWords)
	}
	for _, write := range values {
		write()
	}
	return d.done()
}

// drawing is an SVG in the making.
type drawing struct{ b strings.Builder }

// drawing begins a chart with what it says to those who do not see it.
func (v *visit) drawing(title, description string, high int) *drawing {
	v.charts++
	d := &drawing{}
	d.add(`<figure class="chart"><svg viewBox="0 0 %d %d" role="img" aria-labelledby="chart-%d-t chart-%d-d"><title id="chart-%d-t">%s</title><desc id="chart-%d-d">%s</desc>`,
		chartWide, high, v.charts, v.charts, v.charts, template.HTMLEscapeString(title), v.charts, template.HTMLEscapeString(description))
	return d
}

func (d *drawing) add(format string, arguments ...any) { fmt.Fprintf(&d.b, format, arguments...) }

func (d *drawing) text(x, y float64, anchor, class, words string) {
	d.add(`<text x="%s" y="%s" text-anchor="%s" class="%s">%s</text>`, n(x), n(y), anchor, class, template.HTMLEscapeString(words))
}

// grid draws hairlines with their values.
func (d *drawing) grid(v *visit, least, step, most float64) {
	for value := least; value <= most+step/1000; value += step {
		y := chartTop + chartHigh*(1-(value-least)/(most-least))
		d.add(`<path class="grid" d="M%d %sH%d"/>`, chartLeft, n(y), chartWide)
		d.text(chartLeft-8, y+4, "end", "tick", v.W.Number(round(value)))
	}
}

func (d *drawing) done() template.HTML {
	return template.HTML(d.b.String() + `</svg></figure>`) //nolint:gosec // escaped where it is written
}

// steps are the distance of the grid's lines, one of 1, 2 or 5 × 10ⁿ and at
// most four, and the value of the highest.
func steps(most float64) (step, top float64) {
	if most <= 0 || math.IsNaN(most) || math.IsInf(most, 0) {
		return 1, 1
	}
	ten := math.Pow(10, math.Floor(math.Log10(most/4)))
	for _, times := range []float64{1, 2, 5, 10} {
		if step = ten * times; math.Ceil(most/step) <= 4 {
			break
		}
	}
	return step, step * math.Ceil(most/step)
}

func round(value float64) float64 { return math.Round(value*10) / 10 }

// n writes a coordinate.
func n(value float64) string { return strings.TrimSuffix(fmt.Sprintf("%.1f", value), ".0") }

// look is the class of a language: Dutch is striped.
func look(lang string) string {
	if lang == "nl" {
		return " nl"
	}
	return ""
}

// filled is what a bar is filled with beside its class. A pattern must be named
// where it is used: a stylesheet would look for it in itself.
func filled(lang string) string {
	if lang == "nl" {
		return ` fill="url(#stripes)"`
	}
	return ""
}
