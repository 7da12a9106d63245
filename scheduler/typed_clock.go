package scheduler

// The parts of a day, as people name them in Belgium (CONTENT: voormiddag is 9
// to 12, middag 12 to 14, namiddag 12 to 18).
const (
	startOfDay = iota
	morning
	forenoon
	midday
	afternoon
	endOfDay
	evening
)

// dayparts gives each part the time that stands for it where no other is named,
// and the times that may be meant with it; in minutes.
var dayparts = [...]struct{ usual, first, end int }{
	startOfDay: {8*60 + 30, 5 * 60, 10 * 60},
	morning:    {9 * 60, 0, 13 * 60},
	forenoon:   {10 * 60, 7 * 60, 13 * 60},
	midday:     {12*60 + 30, 11 * 60, 15 * 60},
	afternoon:  {13*60 + 30, 12 * 60, 19 * 60},
	endOfDay:   {15*60 + 45, 14 * 60, 20 * 60},
	evening:    {18*60 + 30, 16 * 60, 24 * 60},
}

const halfDay = 12 * 60

// moment is a time of the day as somebody said it.
type moment struct {
	minutes int
	vague   bool // said on a clock of twelve hours: 3 may be 15
	other   int  // another reading that was as likely meant; -1 for none
	part    int  // the part of the day that was named instead of a time; -1 for none
}

func named(part int) moment { return moment{minutes: dayparts[part].usual, other: -1, part: part} }

// within returns the moment as it falls into a part of the day: "9 heures du
// soir", "l'après-midi à 3 heures".
func (m moment) within(part int) (moment, bool) {
	for _, minutes := range []int{m.minutes, m.minutes + halfDay} {
		if minutes >= dayparts[part].first && minutes < dayparts[part].end {
			return moment{minutes: minutes, other: -1, part: -1}, true
		}
		if !m.vague {
			break
		}
	}
	return m, false
}

// settled returns the moment as somebody at work means it: 3 is 15.00, half een
// is 12.30, 6 may be either.
func (m moment) settled() moment {
	if !m.vague {
		return m
	}
	m.vague = false
	switch hour := m.minutes / 60; {
	case hour < 6:
		m.minutes += halfDay
		if m.other >= 0 && m.other < 6*60 {
			m.other += halfDay
		}
	case hour == 6 && m.other < 0:
		m.other = m.minutes + halfDay
	}
	return m
}

// clock reads the moments in a row of items.
type clock struct {
	items  []item
	spoken *lexicon
	lang   string
}

func (c clock) kind(i int) kind {
	if i < 0 || i >= len(c.items) {
		return unknown
	}
	return c.items[i].kind
}

// number returns the number at i, if it is at most limit.
func (c clock) number(i, limit int) (int, bool) {
	if c.kind(i) != number || c.items[i].n > limit {
		return 0, false
	}
	return c.items[i].n, true
}

// moment reads the moment that starts at i and returns the index after it. A
// number that nothing marks as an hour is one only where bare says so.
func (c clock) moment(i int, bare bool) (m moment, end int, ok bool) {
	switch c.kind(i) {
	case noon:
		m, end = moment{minutes: halfDay, other: -1, part: -1}, i+1
	case midnight:
		return moment{other: -1, part: -1}, i + 1, true
	case half:
		return c.halfHour(i)
	case quarter:
		if c.kind(i+1) != before && c.kind(i+1) != after && c.kind(i+1) != later {
			return m, i, false
		}
		return c.around(15, i+1)
	case number:
		if m, end, ok = c.spokenMinutes(i); ok {
			return m, end, true
		}
		if m, end, ok = c.hour(i, bare); !ok {
			return m, i, false
		}
	default:
		return m, i, false
	}
	m, end = c.corrected(m, end)
	return m, end, m.minutes >= 0 && m.minutes < 24*60
}

// halfHour reads "half negen" (8.30) and "half past nine" (9.30).
func (c clock) halfHour(i int) (moment, int, bool) {
	n, ok := c.number(i+1, 24)
	if !ok || n == 0 {
		return moment{}, i, false
	}
	m := moment{minutes: n*60 + c.items[i].n, other: -1, part: -1}
	switch {
	case c.items[i].n == 0: // "half nine" is said in Britain for 9.30, and by a Fleming for 8.30
		m.minutes, m.other = n*60+30, n*60-30
	case c.items[i].n < 0 && c.items[i+1].digits > 0 && c.spoken.lang != c.lang:
		m.other = n*60 + 30
	}
	m.vague = m.minutes < halfDay
	end := i + 2
	if c.kind(end) == hourMark {
		end++
	}
	return m, end, m.minutes >= 0 && m.minutes < 24*60
}

// around reads "voor negen", "over half negen" after so many minutes.
func (c clock) around(minutes, i int) (moment, int, bool) {
	if c.kind(i) == before {
		minutes = -minutes
	}
	if c.kind(i+1) == half && c.items[i+1].n < 0 {
		m, end, ok := c.halfHour(i + 1)
		m.minutes += minutes
		return m, end, ok && m.minutes >= 0
	}
	n, ok := c.number(i+1, 23)
	if !ok || n*60+minutes < 0 {
		return moment{}, i, false
	}
	end := i + 2
	if c.kind(end) == hourMark {
		end++
	}
	return moment{minutes: n*60 + minutes, vague: n <= 12 && n*60+minutes < halfDay, other: -1, part: -1}, end, true
}

// spokenMinutes reads "tien over negen", "vijf voor half tien", "10 minuten voor 9".
func (c clock) spokenMinutes(i int) (moment, int, bool) {
	n, ok := c.number(i, 29)
	if !ok {
		return moment{}, i, false
	}
	if i++; c.kind(i) == countable {
		i++
	}
	switch c.kind(i) {
	case before, after, later:
		return c.around(n, i)
	}
	return moment{}, i, false
}

// hour reads an hour with or without minutes: "8h30", "8.30 uur", "9 pm", "0830".
func (c clock) hour(i int, bare bool) (m moment, end int, ok bool) {
	first := c.items[i]
	n, minutes, marked := first.n, 0, false
	end = i + 1
	if first.digits == 4 && n%100 < 60 && bare {
		n, minutes = n/100, n%100
		marked = true
	}
	switch {
	case marked:
	case c.kind(end) == hourMark:
		marked = true
		if end++; c.kind(end) == dot && c.items[end].glued && c.kind(end+1) == number { // "8 u. 30"
			end++
		}
		if v, found := c.minutesAt(end); found {
			minutes, end = v, end+1
			if c.kind(end) == countable {
				end++
			}
		}
	case c.separated(end):
		marked, minutes = true, c.items[end+1].n
		if end += 2; c.kind(end) == hourMark {
			end++
		}
	case c.kind(end) == offset || c.kind(end) == minus:
		marked = true
	case bare && c.kind(end) == number && c.items[end].digits == 2 && c.items[end].n < 60 && first.digits > 0 && !c.hourAt(end):
		minutes, marked = c.items[end].n, true
		end++
	}
	m = moment{minutes: n*60 + minutes, vague: n > 0 && n < 12 && !(first.digits == 2 && n < 10) && first.digits < 4, other: -1, part: -1}
	if c.kind(end) == morning12 || c.kind(end) == evening12 {
		return c.twelve(m, n, minutes, end)
	}
	if !marked && (!bare || c.counted(end)) || n > 24 {
		return m, i, false
	}
	if n == 24 {
		m.minutes = minutes
	}
	return m, end, true
}

// twelve reads "am" and "pm" after an hour.
func (c clock) twelve(m moment, hour, minutes, i int) (moment, int, bool) {
	if hour < 1 || hour > 12 {
		return m, i, false
	}
	hour %= 12
	if c.kind(i) == evening12 {
		hour += 12
	}
	return moment{minutes: hour*60 + minutes, other: -1, part: -1}, i + 1, true
}

// minutesAt returns the minutes that stand after an hour; a number that is
// itself an hour is none.
func (c clock) minutesAt(i int) (int, bool) {
	n, ok := c.number(i, 59)
	if !ok || c.hourAt(i) || (c.items[i].digits == 1 && !c.items[i].glued) {
		return 0, false
	}
	return n, true
}

// hourAt says that the number at i is marked as an hour of its own.
func (c clock) hourAt(i int) bool {
	return c.kind(i) == number && (c.kind(i+1) == hourMark || c.separated(i+1))
}

// separated says that a colon, dot or comma and two digits follow, without space.
func (c clock) separated(i int) bool {
	switch c.kind(i) {
	case dot, colon, comma:
	default:
		return false
	}
	n, ok := c.number(i+1, 59)
	return ok && n >= 0 && c.items[i].glued && c.items[i+1].glued && c.items[i+1].digits == 2
}

// counted says that what follows a number is what it counts: no hour.
func (c clock) counted(i int) bool {
	switch c.kind(i) {
	case countable, unit, month, slash:
		return true
	case unknown:
		return i < len(c.items)
	}
	return false
}

// corrected adds what French says after the hour: "et demie", "moins quart", "moins dix".
func (c clock) corrected(m moment, i int) (moment, int) {
	switch c.kind(i) {
	case offset:
		m.minutes += c.items[i].n
		i++
	case minus:
		if n, ok := c.number(i+1, 30); ok {
			m.minutes -= n
			if i += 2; c.kind(i) == countable {
				i++
			}
		}
	}
	return m, i
}
