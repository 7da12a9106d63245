package locales

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// calendar is how a language says days and hours.
type calendar struct {
	days, months [12]string // days from Sunday
	clock        func(hour, minute int) string
}

const noBreak = "\u00a0" // a day stays with its month

const thin = "\u202f" // narrow no-break space

var calendars = map[string]calendar{
	"fr": {
		days:   [12]string{"dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"},
		months: [12]string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
		clock: func(h, m int) string {
			if m == 0 {
				return fmt.Sprintf("%d%sh", h, thin)
			}
			return fmt.Sprintf("%d%sh%s%02d", h, thin, thin, m)
		},
	},
	"nl": {
		days:   [12]string{"zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"},
		months: [12]string{"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
		clock: func(h, m int) string {
			if m == 0 {
				return fmt.Sprintf("%d%suur", h, thin)
			}
			return fmt.Sprintf("%d.%02d%suur", h, m, thin)
		},
	},
}

func (w Words) calendar() calendar {
	if c, ok := calendars[w.Lang]; ok {
		return c
	}
	return calendars["fr"]
}

// Clock says a time of the day: "8 h 30", "8.30 uur".
func (w Words) Clock(hour, minute int) string { return w.calendar().clock(hour, minute) }

// Weekday says a day of the week: "lundi", "maandag".
func (w Words) Weekday(day time.Weekday) string { return w.calendar().days[day] }

// Date says a day: "mardi 20 octobre", "dinsdag 20 oktober"; the first of a
// month is "1er" in French.
func (w Words) Date(year int, month time.Month, day int) string {
	c := w.calendar()
	weekday := time.Date(year, month, day, 12, 0, 0, 0, time.UTC).Weekday()
	number := fmt.Sprint(day)
	if w.Lang == "fr" && day == 1 {
		number = "1er"
	}
	return fmt.Sprintf("%s %s%s%s", c.days[weekday], number, noBreak, c.months[month-1])
}

// Month says a month: "octobre", "oktober".
func (w Words) Month(month time.Month) string { return w.calendar().months[month-1] }

// Day says a day of the year without its weekday: "3 novembre", "3 november".
func (w Words) Day(month time.Month, day int) string {
	if w.Lang == "fr" && day == 1 {
		return "1er" + noBreak + w.calendar().months[month-1]
	}
	return fmt.Sprintf("%d%s%s", day, noBreak, w.calendar().months[month-1])
}

// Number says a number with a decimal comma, and thousands parted as the
// language does: "1 000,5" in French, "1.000,5" in Dutch.
func (w Words) Number(value float64) string {
	text := strconv.FormatFloat(value, 'f', -1, 64)
	whole, decimals, _ := strings.Cut(text, ".")
	sign := ""
	if strings.HasPrefix(whole, "-") {
		sign, whole = "−", whole[1:]
	}
	separator := "\u202f"
	if w.Lang == "nl" {
		separator = "."
	}
	for i := len(whole) - 3; i > 0 && len(text) > 4; i -= 3 {
		whole = whole[:i] + separator + whole[i:]
	}
	if decimals != "" {
		decimals = "," + decimals
	}
	return sign + whole + decimals
}

// Colon is a colon with its spaces: French has one in front.
func (w Words) Colon() string {
	if w.Lang == "fr" {
		return "\u00a0: "
	}
	return ": "
}
