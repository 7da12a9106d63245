package scheduler

import (
	"slices"
	"time"
)

// Times is what was understood of typed times. It is to be said back before it
// is kept.
type Times struct {
	// Slots in the order in which they were said. One of every second week has
	// no Anchor yet: see Anchored.
	Slots []Slot
	// Weeks says whether even or odd weeks were named.
	Weeks Weeks
	// Ambiguous is set instead of Slots when the words may mean several things:
	// two or three readings to offer, the likeliest first.
	Ambiguous []Times
}

// Weeks names one of two weeks by its number in ISO 8601.
type Weeks int

// Which of two weeks was named.
const (
	AnyWeek Weeks = iota
	EvenWeeks
	OddWeeks
)

// Anchored returns the times with every second week counted from this week, or
// from next week if the other one was named.
func (t Times) Anchored(today Date) Times {
	anchor := today
	_, week := time.Date(today.Year, today.Month, today.Day, 0, 0, 0, 0, time.UTC).ISOWeek()
	if (t.Weeks == EvenWeeks && week%2 == 1) || (t.Weeks == OddWeeks && week%2 == 0) {
		anchor = today.Monday().AddDays(7)
		if _, following := anchor.utc().ISOWeek(); following%2 == week%2 { // week 53, then week 1
			anchor = anchor.AddDays(7)
		}
	}
	t.Slots = slices.Clone(t.Slots)
	for i := range t.Slots {
		if t.Slots[i].Every == 2 {
			t.Slots[i].Anchor = anchor
		}
	}
	t.Ambiguous = slices.Clone(t.Ambiguous)
	for i, reading := range t.Ambiguous {
		t.Ambiguous[i] = reading.Anchored(today)
	}
	return t
}

// mostSlots is how many times of the week one text may name.
const mostSlots = 6

// ParseTimes reads times of the week as people type them: "8h30", "half negen",
// "lundi et jeudi à 13 h", "elke werkdag om 9u", "na de middag", "une semaine
// sur deux". lang ("fr", "nl", "de", "en") is tried first, then the others.
// Without days every working day is meant; with a part of the day instead of a
// time, its usual time; an hour from 1 to 5 is in the afternoon. ok is false if
// nothing, or something that is no time of the week, was understood.
func ParseTimes(text, lang string) (times Times, ok bool) {
	items, strange, spoken := read(text, lang)
	if spoken == nil {
		return Times{}, false
	}
	p := timesParser{clock: clock{items: items, spoken: spoken, lang: lang}}
	if !p.clauses() {
		return Times{}, false
	}
	if p.silent() && strange == 0 {
		p.alone()
	}
	return p.times()
}

// clause is days and the times of those days.
type clause struct {
	days, except Days
	moments      []moment
	timesFirst   bool // "à 9h le lundi"
}

// timesParser gathers clauses from left to right.
type timesParser struct {
	clock
	done    []clause
	current clause
	joined  bool // "et" since the last moment
	either  bool // "ou" since the last moment
	every   int
	weeks   Weeks
}

// clauses reads all items; false if they say something that is no time of the week.
func (p *timesParser) clauses() bool {
	for i := 0; i < len(p.items); {
		end, ok := p.one(i)
		if !ok {
			return false
		}
		i = max(end, i+1)
	}
	p.close()
	return true
}

// one reads what starts at an item and returns the index after it.
func (p *timesParser) one(i int) (end int, ok bool) {
	switch p.items[i].kind {
	case dayNamed, dayset:
		days, end := p.days(i)
		p.addDays(days)
		return end, true
	case not:
		return p.exception(i + 1)
	case alternate:
		p.every = 2
	case evenWeeks:
		p.every, p.weeks = 2, EvenWeeks
	case oddWeeks:
		p.every, p.weeks = 2, OddWeeks
	case daypart:
		p.addPart(p.items[i].n)
	case relative:
		if p.items[i].n != 1 || p.kind(i-1) != dayNamed { // "maandagmorgen"
			return i, false
		}
		p.addPart(morning)
	case month, endOf, next: // once, not every week
		return i, false
	case unit:
		return i + 1, p.items[i].n < 30 // a time of the month
	case or:
		p.either = true
	case within, later:
		_, number := p.number(i+1, 9999)
		return i + 1, !number
	case and:
		p.joined = true
	default:
		return p.time(i)
	}
	return i + 1, true
}

// time reads a moment, and the words before it that say how it is meant.
func (p *timesParser) time(i int) (end int, ok bool) {
	lead, bare := kind(unknown), p.kind(i-1) == dayNamed || p.kind(i-1) == dayset
	switch p.items[i].kind {
	case at, before, after, between, from:
		lead, bare = p.items[i].kind, true
		for i++; p.kind(i) == filler || p.kind(i) == at; {
			i++
		}
	case number:
		bare = bare || (p.kind(i+1) == and || p.kind(i+1) == or) && p.hourAt(i+2)
	}
	m, end, ok := p.moment(i, bare)
	if !ok {
		return i, true
	}
	if second, skipped := p.until(lead, end); second {
		end = skipped
	} else if lead == from && !p.markedBefore(end) {
		return i + 1, true // "van 9": no hour
	}
	if lead == before {
		m.minutes = max(m.minutes-15, 0)
	}
	p.addMoment(m)
	return end, true
}

// markedBefore says that the moment that ended here was more than a number.
func (p *timesParser) markedBefore(end int) bool {
	return p.kind(end-1) != number || p.separated(end-2)
}

// until says that a moment is the start of a stretch ("de 9h à 10h", "tussen 9
// en 10", "9u-10u") and returns the index after its end: the start counts.
func (p *timesParser) until(lead kind, i int) (ok bool, end int) {
	switch p.kind(i) {
	case to, dash:
	case at:
		ok = lead == from
		if !ok {
			return false, i
		}
	case and:
		if lead != between {
			return false, i
		}
	default:
		return false, i
	}
	_, end, ok = p.moment(i+1, true)
	return ok, end
}

// days reads a day, a set or a range of days.
func (p *timesParser) days(i int) (days Days, end int) {
	first := p.items[i]
	if first.kind == dayset {
		return Days(first.n), i + 1
	}
	j := i + 1
	switch p.kind(j) {
	case to, dash, at, before: // "before" is the English "to"
		for j++; p.kind(j) == filler || p.kind(j) == to || p.kind(j) == dot; {
			j++
		}
		if p.kind(j) == dayNamed {
			for d := first.n; ; d = (d + 1) % 7 {
				days |= 1 << d
				if d == p.items[j].n {
					return days, j + 1
				}
			}
		}
	}
	return 1 << first.n, i + 1
}

// exception reads the days after "sauf", "pas", "niet op".
func (p *timesParser) exception(i int) (end int, ok bool) {
	for ; i < len(p.items); i++ {
		switch p.items[i].kind {
		case dayNamed, dayset:
			days, end := p.days(i)
			p.current.except |= days
			for p.kind(end) == and || p.kind(end) == filler || p.kind(end) == comma {
				if end++; p.kind(end) == dayNamed {
					days, end = p.days(end)
					p.current.except |= days
				}
			}
			return end, true
		case filler, at:
		default:
			return i, false
		}
	}
	return i, false
}

func (p *timesParser) addDays(days Days) {
	c := &p.current
	switch {
	case len(c.moments) > 0 && c.days == 0:
		c.timesFirst = true
	case len(c.moments) > 0 && !c.timesFirst:
		p.close()
	}
	p.current.days |= days
}

func (p *timesParser) addMoment(m moment) {
	if p.current.timesFirst && p.current.days != 0 {
		p.close()
	}
	c := &p.current
	if n := len(c.moments); n > 0 && p.either {
		c.moments[n-1] = c.moments[n-1].settled()
		c.moments[n-1].other, p.either = m.settled().minutes, false
		return
	}
	if n := len(c.moments); n > 0 && !p.joined && c.moments[n-1].part >= 0 {
		if meant, ok := m.within(c.moments[n-1].part); ok {
			c.moments[n-1] = meant
			return
		}
	}
	c.moments, p.joined = append(c.moments, m), false
}

func (p *timesParser) addPart(part int) {
	c := &p.current
	if n := len(c.moments); n > 0 && !p.joined && !p.either && c.moments[n-1].part < 0 {
		if meant, ok := c.moments[n-1].within(part); ok {
			c.moments[n-1] = meant
			return
		}
	}
	p.addMoment(named(part))
}

func (p *timesParser) close() {
	if p.current.days != 0 || p.current.except != 0 || len(p.current.moments) > 0 {
		p.done = append(p.done, p.current)
	}
	p.current, p.joined, p.either = clause{}, false, false
}

// silent says that no time was found.
func (p *timesParser) silent() bool {
	return !slices.ContainsFunc(p.done, func(c clause) bool { return len(c.moments) > 0 })
}

// alone takes the only number of a text for an hour, and asks: "9".
func (p *timesParser) alone() {
	for i := range p.items {
		if p.kind(i) != number {
			continue
		}
		m, _, ok := p.moment(i, true)
		if !ok {
			return
		}
		if settled := m.settled(); m.vague && settled.other < 0 {
			m = settled
			m.other = (m.minutes + halfDay) % (2 * halfDay)
		}
		if len(p.done) == 0 {
			p.done = []clause{{}}
		}
		p.done[0].moments = []moment{m}
		return
	}
}

// offered are the times to choose from where only days were said.
var offered = []int{9 * 60, 13*60 + 30, 15*60 + 45}

// times makes slots of the clauses.
func (p *timesParser) times() (Times, bool) {
	if p.silent() {
		if len(p.done) == 0 && p.every == 0 || len(p.done) > 0 && !slices.ContainsFunc(p.done, func(c clause) bool { return c.days != 0 }) {
			return Times{}, false
		}
		offers := Times{Weeks: p.weeks}
		for _, minutes := range offered {
			slots := p.slots(func(moment) int { return minutes }, []moment{{}})
			offers.Ambiguous = append(offers.Ambiguous, Times{Slots: slots, Weeks: p.weeks})
		}
		if len(offers.Ambiguous[0].Slots) == 0 { // every day was taken out again
			return Times{}, false
		}
		return offers, true
	}
	doubt := false
	first := p.slots(func(m moment) int {
		doubt = doubt || m.other >= 0
		return m.minutes
	}, nil)
	if len(first) == 0 || len(first) > mostSlots {
		return Times{}, false
	}
	likely := Times{Slots: first, Weeks: p.weeks}
	if !doubt {
		return likely, true
	}
	second := p.slots(func(m moment) int {
		if m.other >= 0 {
			return m.other
		}
		return m.minutes
	}, nil)
	return Times{Weeks: p.weeks, Ambiguous: []Times{likely, {Slots: second, Weeks: p.weeks}}}, true
}

// slots makes slots with one reading of the moments; a clause without any takes
// those of the clause before it, the first clause usual ones.
func (p *timesParser) slots(reading func(moment) int, usual []moment) []Slot {
	clauses := p.done
	if len(clauses) == 0 {
		clauses = []clause{{}}
	}
	var slots []Slot
	for _, c := range clauses {
		if len(c.moments) > 0 {
			usual = c.moments
		}
		days := c.days
		if days == 0 {
			days = WorkingWeek
		}
		if days &^= c.except; days == 0 {
			continue
		}
		for _, m := range usual {
			slots = add(slots, Slot{Days: days, Every: p.every}, reading(m.settled()))
		}
	}
	return slots
}

// add appends a slot, or its days to one of the same time.
func add(slots []Slot, slot Slot, minutes int) []Slot {
	slot.Hour, slot.Minute = minutes/60, minutes%60
	for i := range slots {
		if slots[i].Hour == slot.Hour && slots[i].Minute == slot.Minute {
			slots[i].Days |= slot.Days
			return slots
		}
	}
	return append(slots, slot)
}
