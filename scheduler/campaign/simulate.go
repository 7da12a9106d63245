package campaign

import (
	"praline/scheduler"
)

// How a forecast counts. A lesson is taught on the first day from its opening
// on which the person learns, one a day and campaign. Its questions come back
// together after the gaps, each on the next day on which the person learns.
// That is scheduler/recall with nine answers in ten right, where a question
// comes back 1.3 times in a week, 2.3 in two, 2.9 in 30 days, 4.1 in 60 and 4.8
// in 90. A question takes what lessons.SecondsAQuestion says; half a minute
// over is what the conversation forgives before it cuts a lesson.
var gaps = [...]int{1, 7, 15, 32, 35}

const (
	secondsAReview = 15
	forgiven       = 30
)

// Days that a forecast looks at: from the Monday of the start to two weeks after
// the last lesson, at most half a year; and before it, for what other
// campaigns bring back.
const (
	tail     = 14
	furthest = 26 * 7
	memory   = 100
)

// course is a campaign with the days of its lessons.
type course struct {
	Campaign
	plan    []scheduler.Date
	lessons []Lesson
}

// world is what does not depend on the campaign's own calendar: people in
// classes that live alike, and the courses beside.
type world struct {
	base     scheduler.Date // day 0
	first    int            // day of the forecast's first Monday
	size     int
	holidays []string // by day; "" for none
	classes  []class
	others   []course
	shared   []int // people in both audiences, for each of others
	people   int
	promise  int
	hours    [24]int
	hoursOn  int
	unchosen int
}

// class is so many people who learn on the same days and are in the same
// campaigns.
type class struct {
	count, minutes, joined int
	next                   []int16 // the first day from each day on which they learn; the world's size if none
	in                     []bool  // each of the other courses
}

// world prepares a forecast for a campaign, wherever its calendar moves.
func (c Campaign) world(s Situation) world {
	first := c.Start.Monday()
	w := world{base: first.AddDays(-memory), first: memory, size: memory + furthest + 5*7}
	w.holidays = make([]string, w.size)
	for i := range w.holidays {
		w.holidays[i], _ = s.Calendar.Holiday(w.base.AddDays(i))
	}
	for _, o := range s.Campaigns {
		series, ok := s.series(o.Series)
		if o.ID == c.ID || !ok || o.Launched.IsZero() || !o.Stopped.IsZero() || o.Paused {
			continue
		}
		w.others = append(w.others, course{o, o.Plan(len(series.Lessons), s.Calendar), series.Lessons})
	}
	w.shared = make([]int, len(w.others))
	w.populate(c.Audience.beforehand(), s.veiled(c.Audience))
	return w
}

// beforehand is an audience without what is known only of who learns already.
func (a Audience) beforehand() Audience {
	a.Level = ""
	return a
}

// populate puts the people of an audience in classes.
func (w *world) populate(a Audience, people []Person) {
	known := map[string]int{}
	hours := hourCount{}
	minutes := map[int]int{}
	for _, p := range people {
		if !a.Has(p.Facts) {
			continue
		}
		w.people++
		minutes[p.minutes()]++
		hours.add(p)
		one, name := w.classOf(p)
		for i, in := range one.in {
			if in {
				w.shared[i]++
			}
		}
		if i, ok := known[name]; ok {
			w.classes[i].count++
			continue
		}
		one.next = w.next(name)
		known[name] = len(w.classes)
		w.classes = append(w.classes, one)
	}
	w.hours, w.hoursOn, w.unchosen = hours.fullest()
	w.promise = UsualMinutes
	for n, count := range minutes {
		if count > minutes[w.promise] || count == minutes[w.promise] && n < w.promise {
			w.promise = n
		}
	}
}

// classOf returns a person as a class of one, and a name that all of the same
// class have: it begins with a byte for each day.
func (w *world) classOf(p Person) (class, string) {
	one := class{count: 1, minutes: p.minutes(), in: make([]bool, len(w.others))}
	if !p.Joined.IsZero() {
		one.joined = max(p.Joined.Since(w.base), 0)
	}
	name := make([]byte, w.size, w.size+len(w.others)+4)
	for i := range w.size {
		if w.holidays[i] == "" && p.learnsOn(w.base.AddDays(i)) {
			name[i] = 1
		}
	}
	for i, o := range w.others {
		one.in[i] = o.Audience.beforehand().Has(p.Facts)
		name = append(name, flag(one.in[i]))
	}
	joined := min(one.joined, w.size)
	return one, string(append(name, byte(one.minutes), byte(joined), byte(joined>>8)))
}

func flag(set bool) byte {
	if set {
		return 1
	}
	return 0
}

// next returns for each day the first on which a class learns.
func (w *world) next(days string) []int16 {
	next := make([]int16, w.size+1)
	next[w.size] = int16(w.size)
	for i := w.size - 1; i >= 0; i-- {
		next[i] = next[i+1]
		if days[i] == 1 {
			next[i] = int16(i)
		}
	}
	return next
}

// load is the seconds of one person, by day.
type load struct{ new, other, reviews []int }

// simulate lets every class live through the courses, and adds up their days.
func (w *world) simulate(own course) []Day {
	days := w.days(own.plan)
	l := load{make([]int, w.size), make([]int, w.size), make([]int, w.size)}
	for _, people := range w.classes {
		clear(l.new)
		clear(l.other)
		clear(l.reviews)
		w.teach(people, own, l.new, l.reviews)
		for i, o := range w.others {
			if people.in[i] {
				w.teach(people, o, l.other, l.reviews)
			}
		}
		for i := range days {
			days[i].add(people, l, w.first+i, int(people.next[w.first+i]) == w.first+i)
		}
	}
	for i := range days {
		if n := float64(days[i].People); n > 0 {
			days[i].New, days[i].Other, days[i].Reviews = days[i].New/n, days[i].Other/n, days[i].Reviews/n
		}
	}
	return days
}

// add counts a class on one day.
func (d *Day) add(people class, l load, i int, learns bool) {
	if !learns || i < people.joined {
		return
	}
	n := people.count
	d.People += n
	d.New += float64(n * l.new[i])
	d.Other += float64(n * l.other[i])
	d.Reviews += float64(n * l.reviews[i])
	seconds := l.new[i] + l.other[i] + l.reviews[i]
	d.Most = max(d.Most, seconds)
	if seconds > people.minutes*60+forgiven {
		d.Over += n
	}
}

// teach adds what one course brings to one person.
func (w *world) teach(people class, c course, lessons, reviews []int) {
	last := w.size - 1
	if end := c.LastNew(); !end.IsZero() {
		last = min(last, end.Since(w.base))
	}
	day, week, taught := people.joined-1, -1, 0
	for i, opening := range c.plan {
		opens := opening.Since(w.base)
		if opens < 0 { // long ago: its questions are back later than we look
			continue
		}
		for {
			day = min(max(opens, day+1), w.size)
			if day = int(people.next[day]); day > last || day >= w.size {
				return
			}
			if this := (day - w.first + 7*w.size) / 7; this != week {
				week, taught = this, 0
			}
			if c.PerWeek == 0 || taught < c.PerWeek {
				break
			}
			opens = day - (day-w.first+7*w.size)%7 + 7 // next Monday
		}
		taught++
		lessons[day] += c.lessons[i].Seconds
		w.recall(people, day, c.lessons[i].Questions*secondsAReview, reviews)
	}
}

// recall adds the reviews that a lesson brings.
func (w *world) recall(people class, day, seconds int, reviews []int) {
	for _, gap := range gaps {
		if day += gap; day >= w.size {
			return
		}
		if day = int(people.next[day]); day >= w.size {
			return
		}
		reviews[day] += seconds
	}
}

// days are the empty days of a forecast.
func (w *world) days(plan []scheduler.Date) []Day {
	until := w.first + 7 - 1
	if n := len(plan); n > 0 {
		until = w.first + min(plan[n-1].Monday().Since(w.base)-w.first+6+tail, furthest-1)
	}
	days := make([]Day, 0, until-w.first+1)
	for i := w.first; i <= until; i++ {
		days = append(days, Day{Date: w.base.AddDays(i), Holiday: w.holidays[i]})
	}
	return days
}

// place finds a day; nil where the forecast does not reach.
func (w *world) place(days []Day, date scheduler.Date) *Day {
	i := date.Since(w.base) - w.first
	if i < 0 || i >= len(days) {
		return nil
	}
	return &days[i]
}
