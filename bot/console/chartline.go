package console

import (
	"cmp"
	"html/template"
	"math"
	"slices"
	"strings"
)

// line is values at the ticks of a chart; NaN where there is none.
type line struct {
	Words     string // stands at its end
	Values    []float64
	Look      string    // "nl" has diamonds
	Expected  bool      // dashed, without marks: what a model or a promise says
	Low, High []float64 // the band of an interval; nil for none
}

// lineChart is how something goes over time.
type lineChart struct {
	Title       string
	Ticks       []string
	Lines       []line
	Least, Most float64 // of the axis; both 0: from zero to what is needed
}

// lines draws a chart of lines.
func (v *visit) lines(c lineChart) template.HTML {
	most := c.Most
	var said []string
	for _, l := range c.Lines {
		var values []string
		for i, value := range l.Values {
			if c.Most == 0 && !math.IsNaN(value) {
				most = max(most, value)
			}
			if !math.IsNaN(value) && i < len(c.Ticks) {
				values = append(values, c.Ticks[i]+" "+v.W.Number(round(value)))
			}
		}
		said = append(said, l.Words+v.W.Colon()+strings.Join(values, ", "))
	}
	step, top := steps(most - c.Least)
	top += c.Least
	d := v.drawing(c.Title, strings.Join(said, "; "), chartWhole)
	d.grid(v, c.Least, step, top)
	p := plot{ticks: len(c.Ticks), least: c.Least, most: top}
	for i, tick := range c.Ticks {
		d.text(p.x(i), chartTop+chartHigh+18, "middle", "tick", tick)
	}
	var ends []end
	for _, l := range c.Lines {
		if last := p.line(d, l); last >= 0 {
			ends = append(ends, end{p.y(l.Values[last]), 0, l})
		}
	}
	for _, e := range apart(ends) {
		d.text(chartWide, e.words, "end", "words"+e.look(), e.Words)
	}
	return d.done()
}

// end is where a line ends, and where its words stand.
type end struct {
	y, words float64
	line
}

// apart places words so that none covers others: those of the highest line
// above it, the others below theirs.
func apart(ends []end) []end {
	const high = 16
	slices.SortStableFunc(ends, func(a, b end) int { return cmp.Compare(a.y, b.y) })
	for i := range ends {
		if i == 0 {
			ends[i].words = ends[i].y - 10
			continue
		}
		ends[i].words = max(ends[i].y+18, ends[i-1].words+high)
	}
	lowest := float64(chartTop + chartHigh - 4)
	for i := len(ends) - 1; i >= 0; i-- {
		ends[i].words = min(ends[i].words, lowest)
		lowest = min(lowest, ends[i].words) - high
	}
	return ends
}

// look is the class of what is drawn of a line.
func (l line) look() string {
	if l.Expected {
		return " expected"
	}
	return look(l.Look)
}

// plot is where values stand.
type plot struct {
	ticks       int
	least, most float64
}

func (p plot) x(i int) float64 {
	return chartLeft + 10 + float64(chartWide-chartLeft-30)*float64(i)/float64(max(p.ticks-1, 1))
}

func (p plot) y(value float64) float64 {
	return chartTop + chartHigh*(1-(min(max(value, p.least), p.most)-p.least)/(p.most-p.least))
}

// line draws a line; it returns the last tick that has a value, -1 for none.
func (p plot) line(d *drawing, l line) int {
	class := l.look()
	if len(l.Low) == len(l.Values) && len(l.High) == len(l.Values) && len(l.Low) > 1 {
		var band strings.Builder
		for i, high := range l.High {
			band.WriteString(n(p.x(i)) + "," + n(p.y(high)) + " ")
		}
		for i := len(l.Low) - 1; i >= 0; i-- {
			band.WriteString(n(p.x(i)) + "," + n(p.y(l.Low[i])) + " ")
		}
		if !strings.Contains(band.String(), "NaN") {
			d.add(`<polygon class="band%s" points="%s"/>`, class, band.String())
		}
	}
	var path strings.Builder
	pen, last := "M", -1
	for i, value := range l.Values {
		if math.IsNaN(value) {
			pen = "M"
			continue
		}
		path.WriteString(pen + n(p.x(i)) + " " + n(p.y(value)))
		pen, last = "L", i
	}
	d.add(`<path class="line%s" d="%s"/>`, class, path.String())
	for i, value := range l.Values {
		if !math.IsNaN(value) && !l.Expected {
			d.mark(l.Look, p.x(i), p.y(value))
		}
	}
	return last
}

// mark is a value's: French a square, Dutch a diamond, both together a dot.
func (d *drawing) mark(look string, x, y float64) {
	switch look {
	case "fr":
		d.add(`<rect class="mark-fr" x="%s" y="%s" width="9" height="9" rx="2"/>`, n(x-4.5), n(y-4.5))
	case "nl":
		d.add(`<path class="mark-nl" d="M%s %sl6 6-6 6-6-6z"/>`, n(x), n(y-6))
	default:
		d.add(`<circle class="mark-all" cx="%s" cy="%s" r="4.5"/>`, n(x), n(y))
	}
}
