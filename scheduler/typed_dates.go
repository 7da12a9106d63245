package scheduler

import "time"

// ParseDate reads a day as people type it: "15 janvier", "15/1", "15 januari
// 2027", "vendredi", "volgende maandag", "demain", "over twee weken", "fin
// janvier", 2027-01-15. A day without a year is the next one from today on, a
// weekday the next after today; "volgende maandag" is in the week that follows.
// ok is false if no day is understood, or one that is over.
func ParseDate(text, lang string, today Date) (date Date, ok bool) {
	items, strange, spoken := read(text, lang)
	if spoken == nil {
		return Date{}, false
	}
	d := dateParser{clock{items: items, spoken: spoken, lang: lang}, today}
	for _, form := range []func(int) (Date, bool){
		d.figures, d.dayAndMonth, d.relative, d.span, d.weekday, d.following, d.ending, d.monthAlone,
	} {
		for i := range items {
			if date, ok = form(i); ok {
				return date, !date.Before(today)
			}
		}
	}
	if strange > 0 {
		return Date{}, false
	}
	return d.dayAlone()
}

type dateParser struct {
	clock
	today Date
}

// figures reads 2027-01-15, 15/1, 15.01.27, 15-1-2027.
func (d dateParser) figures(i int) (Date, bool) {
	first, ok := d.number(i, 9999)
	second, also := d.number(i+2, 9999)
	if !ok || !also || d.items[i].digits == 0 || !d.isDateSign(i+1) {
		return Date{}, false
	}
	third, hasThird := d.number(i+4, 9999)
	hasThird = hasThird && d.isDateSign(i+3)
	switch {
	case d.items[i].digits == 4 && hasThird:
		return exact(first, second, third)
	case hasThird:
		return exact(fullYear(third), second, first)
	case d.kind(i+1) == slash || d.kind(i+1) == dash:
		return d.coming(second, first)
	}
	return Date{}, false // "8.30" is an hour
}

func (d dateParser) isDateSign(i int) bool {
	switch d.kind(i) {
	case slash, dash, dot:
		return true
	}
	return false
}

// dayAndMonth reads "15 janvier", "1er février 2027", "January 15".
func (d dateParser) dayAndMonth(i int) (Date, bool) {
	if d.kind(i) != month {
		return Date{}, false
	}
	year, after := d.number(i+1, 9999)
	for j := i - 1; j >= 0 && j >= i-3; j-- {
		if n, ok := d.number(j, 31); ok {
			if after && (d.items[i+1].digits == 4 || d.items[i+1].digits == 2) {
				return exact(fullYear(year), d.items[i].n, n)
			}
			return d.coming(d.items[i].n, n)
		}
		if d.kind(j) != filler && d.kind(j) != dot {
			break
		}
	}
	if n, ok := d.number(i+1, 31); ok && d.spoken == english {
		return d.coming(d.items[i].n, n)
	}
	return Date{}, false
}

// relative reads "demain".
func (d dateParser) relative(i int) (Date, bool) {
	if d.kind(i) != relative {
		return Date{}, false
	}
	return d.today.AddDays(d.items[i].n), true
}

// span reads "dans deux semaines", "over 10 dagen", "un mois".
func (d dateParser) span(i int) (Date, bool) {
	n, ok := d.number(i, 400)
	if !ok || d.kind(i+1) != unit {
		return Date{}, false
	}
	if d.items[i+1].n != 30 {
		return d.today.AddDays(n * d.items[i+1].n), true
	}
	if n > 60 {
		return Date{}, false
	}
	first := Date{d.today.Year, d.today.Month, 1}.addMonths(n)
	return Date{first.Year, first.Month, min(d.today.Day, first.addMonths(1).AddDays(-1).Day)}, true
}

// weekday reads "lundi", "vendredi prochain", "volgende maandag", "vrijdag volgende week".
func (d dateParser) weekday(i int) (Date, bool) {
	if d.kind(i) != dayNamed {
		return Date{}, false
	}
	skip, week := false, false
	for _, it := range d.items {
		skip = skip || it.kind == next
		week = week || it.kind == unit && it.n == 7
	}
	if skip && (week || d.spoken != french) {
		return d.today.Monday().AddDays(7 + d.items[i].n), true
	}
	ahead := (d.items[i].n - weekdayIndex(d.today.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	return d.today.AddDays(ahead), true
}

// following reads "la semaine prochaine", "volgende maand": their first day.
func (d dateParser) following(i int) (Date, bool) {
	if d.kind(i) != unit || (d.kind(i-1) != next && d.kind(i+1) != next) {
		return Date{}, false
	}
	switch d.items[i].n {
	case 7:
		return d.today.Monday().AddDays(7), true
	case 30:
		return Date{d.today.Year, d.today.Month, 1}.addMonths(1), true
	}
	return Date{}, false
}

// ending reads "fin janvier", "einde van de maand": the last day.
func (d dateParser) ending(i int) (Date, bool) {
	if d.kind(i) != endOf {
		return Date{}, false
	}
	for j := i + 1; j < len(d.items) && j <= i+3; j++ {
		switch d.kind(j) {
		case month:
			first, ok := d.coming(d.items[j].n, 1)
			if time.Month(d.items[j].n) == d.today.Month {
				first = Date{d.today.Year, d.today.Month, 1}
			}
			return first.addMonths(1).AddDays(-1), ok
		case unit:
			return Date{d.today.Year, d.today.Month, 1}.addMonths(1).AddDays(-1), d.items[j].n == 30
		}
	}
	return Date{}, false
}

// monthAlone reads "en septembre": its first day.
func (d dateParser) monthAlone(i int) (Date, bool) {
	if d.kind(i) != month || d.kind(i-1) == number {
		return Date{}, false
	}
	return d.coming(d.items[i].n, 1)
}

// dayAlone reads "le 15": the next one.
func (d dateParser) dayAlone() (Date, bool) {
	found := 0
	for i, it := range d.items {
		switch it.kind {
		case number:
			if found > 0 || it.n < 1 || it.n > 31 || it.digits == 0 {
				return Date{}, false
			}
			found = d.items[i].n
		case filler, to, at, free:
		default:
			return Date{}, false
		}
	}
	if found == 0 {
		return Date{}, false
	}
	for n := range 12 {
		first := Date{d.today.Year, d.today.Month, 1}.addMonths(n)
		if date := (Date{first.Year, first.Month, found}); date.exists() && !date.Before(d.today) {
			return date, true
		}
	}
	return Date{}, false
}

// coming returns the next such day from today on; 29 February may be years away.
func (d dateParser) coming(month, day int) (Date, bool) {
	for year := d.today.Year; year <= d.today.Year+8; year++ {
		if date, ok := exact(year, month, day); ok && !date.Before(d.today) {
			return date, true
		}
	}
	return Date{}, false
}

func exact(year, month, day int) (Date, bool) {
	date := Date{year, time.Month(month), day}
	return date, year >= 1970 && date.exists()
}

func fullYear(year int) int {
	if year < 100 {
		return 2000 + year
	}
	return year
}

// addMonths returns the first of a month n months after d's.
func (d Date) addMonths(n int) Date {
	return DateOf(time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC), time.UTC)
}
