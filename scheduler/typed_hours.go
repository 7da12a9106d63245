package scheduler

import "slices"

// Hours is one change of a working time, as somebody typed it. It is to be said
// back before it is applied.
type Hours struct {
	Off      bool // the days or hours are not worked; else nothing but them is
	Days     Days // 0: all that are worked
	From, To int  // minutes from midnight; both 0: the whole day
	Every    int  // 2: only in every second week
}

// ParseHours reads what people type about their week: "je ne travaille pas le
// vendredi", "ik werk niet op woensdagnamiddag", "un mercredi sur deux", "je
// travaille de 8h à 16h", "ik werk maandag, dinsdag en donderdag". ok is false
// if nothing was understood.
func ParseHours(text, lang string) (hours Hours, ok bool) {
	items, _, spoken := read(text, lang)
	if spoken == nil {
		return Hours{}, false
	}
	p := timesParser{clock: clock{items: items, spoken: spoken, lang: lang}}
	h := hoursParser{timesParser: &p}
	for i := 0; i < len(items); {
		i = max(h.one(i), i+1)
	}
	return h.hours()
}

type hoursParser struct {
	*timesParser
	read    Hours
	works   bool
	negated bool
	stretch bool // "de 8h à 16h"
}

// one reads what starts at an item and returns the index after it.
func (h *hoursParser) one(i int) int {
	switch it := h.items[i]; it.kind {
	case dayNamed, dayset:
		days, end := h.days(i)
		h.read.Days |= days
		return end
	case daypart:
		switch it.n {
		case startOfDay, morning, forenoon:
			h.read.From, h.read.To = 0, halfDay
		case afternoon, endOfDay:
			h.read.From, h.read.To = halfDay, 2*halfDay
		}
	case relative: // "maandagmorgen"
		if it.n == 1 && h.kind(i-1) == dayNamed {
			h.read.From, h.read.To = 0, halfDay
		}
	case not, free:
		h.negated = true
	case working:
		h.works = true
	case alternate, evenWeeks, oddWeeks:
		h.read.Every = 2
	case before, after, from, between:
		if m, end, ok := h.moment(i+1, true); ok {
			return h.bounds(it.kind, m, end)
		}
	case number:
		if m, end, ok := h.moment(i, false); ok {
			return h.bounds(from, m, end)
		}
	}
	return i + 1
}

// bounds keeps a stretch, or what lies before or after a moment.
func (h *hoursParser) bounds(lead kind, m moment, end int) int {
	switch lead {
	case before:
		h.read.From, h.read.To = 0, m.minutes
		return end
	case after:
		h.read.From, h.read.To = m.settled().minutes, 2*halfDay
		return end
	}
	if lead != between && h.kind(end) == and {
		return end // "9 h, 11 h et 14 h" are times, not a stretch
	}
	switch h.kind(end) {
	case to, dash, at, and:
		last, after, ok := h.moment(end+1, true)
		if !ok {
			return end
		}
		if last.vague && last.minutes <= m.minutes {
			last.minutes += halfDay
		}
		h.read.From, h.read.To, h.stretch = m.minutes, last.minutes, true
		return after
	}
	return end
}

// hours makes one change of what was read; nothing where that would be a guess.
func (h *hoursParser) hours() (Hours, bool) {
	r := h.read
	r.Off = h.negated || r.Every == 2
	switch {
	case r.From > r.To, r.Days == 0 && r.From == r.To:
		return Hours{}, false
	case !r.Off && !h.works && !h.stretch: // "lundi" alone says nothing about working
		return Hours{}, false
	case r.Off && r.Days == 0 && !h.negated:
		return Hours{}, false
	}
	return r, true
}

// Apply returns the working time with the change. Where that is for every
// second week, date is a day in a week that it is for.
func (h Hours) Apply(w WorkingTime, date Date) WorkingTime {
	week := w.Week
	if week == nil {
		week = UsualWeek()
	}
	if h.Every == 2 {
		switch {
		case w.Second == nil || w.Anchor.IsZero():
			w.Second, w.Anchor = h.change(week), date
		case sameWeek(date, w.Anchor):
			w.Second = h.change(w.Second)
		default:
			w.Week = h.change(week)
		}
		return w
	}
	w.Week = h.change(week)
	if w.Second != nil {
		w.Second = h.change(w.Second)
	}
	return w
}

// change returns a new week with the change in it.
func (h Hours) change(week Week) Week {
	changed := make(Week, 7)
	from, to := h.From, h.To
	whole := from == to
	if whole {
		from, to = 0, 2*halfDay
	}
	for i := range changed {
		var openings []Opening
		if i < len(week) {
			openings = slices.Clone(tidy(week[i]))
		}
		listed := h.Days>>i&1 == 1
		switch {
		case h.Off && (h.Days == 0 || listed):
			openings = without(openings, from, to)
		case h.Off:
		case h.Days != 0 && !listed:
			openings = nil
		case whole && len(openings) == 0:
			openings = slices.Clone(usual)
		case !whole && (listed || len(openings) > 0):
			openings = []Opening{{from, to}}
		}
		changed[i] = openings
	}
	return changed
}

// without returns openings with a stretch cut out.
func without(openings []Opening, from, to int) []Opening {
	var left []Opening
	for _, o := range openings {
		for _, part := range []Opening{{o.From, min(o.To, from)}, {max(o.From, to), o.To}} {
			if part.From < part.To {
				left = append(left, part)
			}
		}
	}
	return left
}
