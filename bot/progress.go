package bot

import (
	"slices"
	"strings"

	"praline/channels"
	"praline/lessons"
	"praline/scheduler"
	"praline/scheduler/recall"
)

// known is from which chance of recall on a question counts as known, if it
// was not missed the last time.
const known = 0.8

// pieces of the text bar.
const (
	pieceKnown   = "■"
	pieceFading  = "◧"
	pieceNotSeen = "□"
)

// barLength bounds the pieces of one bar, so that it stays on one line of a phone.
const barLength = 20

// Standing is how a learner stands in one series: how many of its questions
// are known now, fading, and not seen.
type Standing struct {
	Series                 *lessons.Series
	Known, Fading, NotSeen int
}

// standings of every series that the learner has begun, in the order in which
// they are taught.
func (t *turn) standings() []Standing {
	var all []Standing
	for _, series := range t.chosenSeries() {
		s := Standing{Series: series}
		for _, lesson := range series.Lessons {
			for _, q := range lesson.In(t.learner.Lang).Questions {
				if q.Kind == lessons.Poll {
					continue
				}
				i := t.learner.Card(series.ID + "/" + q.ID)
				switch {
				case i < 0:
					s.NotSeen++
				case !t.learner.Cards[i].Memory.Missed && recall.Retrievability(t.learner.Cards[i].Memory, t.today) >= known:
					s.Known++
				default:
					s.Fading++
				}
			}
		}
		if s.Known+s.Fading > 0 {
			all = append(all, s)
		}
	}
	return all
}

// bar draws a standing in text, and says for how many questions a piece stands:
// one, or as many as keep the bar at barLength pieces. What there is at least
// one of has at least one piece.
func (s Standing) bar() (bar string, each int) {
	total := s.Known + s.Fading + s.NotSeen
	each = max(1, (total+barLength-1)/barLength)
	pieces := shared((total+each-1)/each, each, s.Known, s.Fading, s.NotSeen)
	return strings.Repeat(pieceKnown, pieces[0]) + strings.Repeat(pieceFading, pieces[1]) + strings.Repeat(pieceNotSeen, pieces[2]), each
}

// shared gives each of counts its share of some pieces, the largest remainders
// first, and one piece at least to what is there at all.
func shared(pieces, each int, counts ...int) []int {
	shares := make([]int, len(counts))
	for i, n := range counts {
		shares[i] = n / each
		pieces -= shares[i]
	}
	rests := slices.Clone(counts)
	for ; pieces > 0; pieces-- {
		most := 0
		for i := range rests {
			if rests[i]%each > rests[most]%each {
				most = i
			}
		}
		shares[most]++
		rests[most] = 0
	}
	for i, n := range counts {
		if n > 0 && shares[i] == 0 {
			shares[i]++
			shares[slices.Index(shares, slices.Max(shares))]--
		}
	}
	return shares
}

// showProgress says what is known now, by series, then the streak, the minutes
// and the next date.
func (t *turn) showProgress() { t.say(t.progress()) }

func (t *turn) progress() channels.Message {
	l := t.learner
	standings := t.standings()
	if len(standings) == 0 {
		return channels.Message{Text: join(t.w("progress.nothing"), t.sayNext()), Choices: t.wayOn()}
	}
	var known, all int
	var parts []string
	for _, s := range standings {
		total := s.Known + s.Fading + s.NotSeen
		known, all = known+s.Known, all+total
		bar, each := s.bar()
		of := t.w("progress.of", "known", s.Known, "all", total)
		if each > 1 {
			of += ", " + t.w("progress.piece", "n", each)
		}
		parts = append(parts, "**"+s.Series.Title.In(l.Lang)+"** – "+of+"\\\n"+bar)
	}
	parts = append(parts, t.w("progress.legend", "known", pieceKnown, "fading", pieceFading, "unseen", pieceNotSeen))
	parts = append(parts, t.words.Count("progress.minutes", (l.Seconds+59)/60))
	if !l.Streak.Hidden {
		if days := t.streak(); days > 1 {
			parts = append(parts, t.words.Count("progress.streak", days))
		}
	}
	if next := t.sayNext(); next != "" {
		parts = append(parts, next)
	}
	choices := append(t.wayOn(), secondary(t.w("do.time"), "do.time"))
	if !l.Guided {
		choices = append(choices, t.streakChoice())
	}
	return channels.Message{
		Title: t.words.Count("progress.title", known, "all", all), Text: strings.Join(parts, "\n\n"), Choices: choices,
		Note: t.w("progress.estimate"),
	}
}

func (t *turn) streakChoice() channels.Choice {
	if t.learner.Streak.Hidden {
		return quiet(t.w("streak.show"), "streak.show")
	}
	return quiet(t.w("streak.hide"), "streak.hide")
}

// pressStreak shows or hides the streak.
func (t *turn) pressStreak(arguments []string) {
	if len(arguments) != 1 {
		t.old()
		return
	}
	t.learner.Streak.Hidden = arguments[0] == "hide"
	id := "streak.shown"
	if t.learner.Streak.Hidden {
		id = "streak.hidden"
	}
	t.text(t.w(id), append(t.wayOn(), t.streakChoice())...)
}

// streak counts working days in a row on which the learner learned; days off,
// holidays, pauses and our own failures break nothing.
func (t *turn) streak() int { return t.learner.Streak.Row(t.today, t.streakDay()) }

// streakDay says which days count for the streak.
func (t *turn) streakDay() func(scheduler.Date) bool {
	gate := t.gate()
	anyway := gate
	anyway.Working.Pauses = nil // what was learned before a pause, or in one, counts
	days := t.learner.Streak.Days
	return func(day scheduler.Date) bool {
		return gate.WorkingDay(day) || slices.Contains(days, day) && anyway.WorkingDay(day)
	}
}
