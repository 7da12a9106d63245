package console

import (
	"fmt"
	"html/template"
	"strings"

	"praline/scheduler"
	"praline/scheduler/campaign"
)

// The chart of minutes, in pixels at its usual size.
const (
	loadWide = 860
	loadLeft = 34
	loadTop  = 34
	loadHigh = 120
)

// loadChart draws the minutes of a person on average, day by day: reviews, this
// campaign, other campaigns; on an overloaded day also of who has most. The table beside it has the figures of the weeks.
func (v *visit) loadChart(f campaign.Forecast, from scheduler.Date) template.HTML {
	var days []campaign.Day
	most := float64(f.Promise) + 0.5
	var said []string
	for i := range shownWeeks * 7 {
		d := f.Day(from.AddDays(i))
		if d.Date.IsZero() || !scheduler.WorkingWeek.Has(d.Date.Weekday()) {
			continue
		}
		days = append(days, d)
		most = max(most, float64(d.Most)/60)
		if d.Holiday != "" {
			said = append(said, v.day(d.Date)+" "+v.holiday(d.Holiday))
			continue
		}
		said = append(said, v.day(d.Date)+" "+v.minutes(d.Seconds()))
	}
	if len(days) == 0 {
		return ""
	}
	step, top := steps(most)
	d := &drawing{}
	v.charts++
	d.add(`<figure class="chart load"><svg viewBox="0 0 %d %d" role="img" aria-labelledby="chart-%d-t chart-%d-d"><title id="chart-%d-t">%s</title><desc id="chart-%d-d">%s</desc>`,
		loadWide, loadTop+loadHigh+26, v.charts, v.charts, v.charts, template.HTMLEscapeString(v.W.Say("campaign.chart")), v.charts, template.HTMLEscapeString(strings.Join(said, "; ")))
	for value := 0.0; value <= top+step/1000; value += step {
		y := loadTop + loadHigh*(1-value/top)
		d.add(`<path class="grid" d="M%d %sH%d"/>`, loadLeft, n(y), loadWide)
		d.text(loadLeft-8, y+4, "end", "tick", v.W.Number(round(value)))
	}
	for i, day := range days {
		v.loadBar(d, day, i, len(days), top)
	}
	y := loadTop + loadHigh*(1-float64(f.Promise)/top)
	d.add(`<path class="limit" d="M%d %sH%d"/>`, loadLeft, n(y), loadWide)
	d.text(loadWide, loadTop-20, "end", "limit-words", v.W.Count("campaign.promise", f.Promise))
	return d.done()
}

// loadBar is one day: its parts stand on each other, with a gap between them.
func (v *visit) loadBar(d *drawing, day campaign.Day, i, of int, top float64) {
	wide := float64(loadWide-loadLeft) / (float64(of) + 0.5*float64((of-1)/5)) // half a bar between weeks
	across := min(wide*0.62, 40)
	middle := loadLeft + wide*(float64(i)+0.5+0.5*float64(i/5))
	if day.Holiday != "" {
		d.add(`<rect class="off" x="%s" y="%d" width="%s" height="%d" rx="4"/>`, n(middle-across/2), loadTop-8, n(across), loadHigh+8)
		d.add(`<text transform="translate(%s %d) rotate(-90)" class="tick">%s</text>`, n(middle+4), loadTop+loadHigh-8, template.HTMLEscapeString(v.W.Say("campaign.off")))
	}
	base := float64(loadTop + loadHigh)
	for _, part := range []struct {
		class   string
		seconds float64
	}{{"reviews", day.Reviews}, {"own", day.New}, {"others", day.Other}} {
		high := loadHigh * part.seconds / 60 / top
		if high < 1 {
			continue
		}
		d.add(`<rect class="%s" x="%s" y="%s" width="%s" height="%s" rx="%s"/>`, part.class, n(middle-across/2), n(base-high), n(across), n(max(high-1.5, 1)), n(min(3, high/2)))
		base -= high
	}
	if fullest := loadTop + loadHigh*(1-float64(day.Most)/60/top); day.Over > 0 {
		if fullest < base-4 { // who has most has more than the average
			d.add(`<path class="most" d="M%s %sV%sM%s %sH%s"/>`, n(middle), n(base), n(fullest), n(middle-5), n(fullest), n(middle+5))
		}
		d.text(middle, min(fullest, base)-6, "middle", "value over", v.minutes(float64(day.Most)))
	}
	d.text(middle, loadTop+loadHigh+18, "middle", "tick", fmt.Sprint(day.Date.Day))
}

// hours draws how many people have a time in each hour, on the weekday that has
// most: values stand beside the bars.
func (v *visit) hours(f campaign.Forecast) template.HTML {
	first, last, most := 24, -1, 0
	var said []string
	for hour, people := range f.Hours {
		if people == 0 {
			continue
		}
		first, last, most = min(first, hour), hour, max(most, people)
		said = append(said, v.W.Clock(hour, 0)+v.W.Colon()+v.W.Count("campaign.people", people))
	}
	if last < 0 {
		return ""
	}
	const row, left, wide = 22, 64, 288
	d := &drawing{}
	v.charts++
	d.add(`<figure class="chart hours"><svg viewBox="0 0 %d %d" role="img" aria-labelledby="chart-%d-t chart-%d-d"><title id="chart-%d-t">%s</title><desc id="chart-%d-d">%s</desc>`,
		wide, (last-first+1)*row, v.charts, v.charts, v.charts, template.HTMLEscapeString(v.W.Say("campaign.hours")), v.charts, template.HTMLEscapeString(strings.Join(said, "; ")))
	for hour := first; hour <= last; hour++ {
		y := float64((hour - first) * row)
		d.text(left-10, y+15, "end", "tick", v.W.Clock(hour, 0))
		long := float64(wide-left-40) * float64(f.Hours[hour]) / float64(most)
		if f.Hours[hour] > 0 {
			d.add(`<rect class="own" x="%d" y="%s" width="%s" height="12" rx="3"/>`, left, n(y+4), n(max(long, 3)))
		}
		d.text(left+long+8, y+15, "start", "value", fmt.Sprint(f.Hours[hour]))
	}
	return d.done()
}
