package scheduler

import (
	"maps"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/be"
)

// Calendar is the days on which an employer is shut. It belongs to the
// employer, never to the learner's language: employers.go has one for each kind of employer. Its zero
// value has no such days.
type Calendar struct {
	Name    string
	Sources []string // where its days were read
	legal   bool
	yearly  []yearly
	once    map[Date]string
}

// yearly is a day, or a few in one month, that return every year.
type yearly struct {
	month    time.Month
	from, to int
	key      string
}

// Holiday returns the stable key of a holiday's name ("armistice"); what it is
// called in a language is for locales to say.
func (c Calendar) Holiday(date Date) (key string, ok bool) {
	if key, ok = c.once[date]; ok {
		return key, true
	}
	if c.legal {
		if key, ok = legalHoliday(date); ok {
			return key, true
		}
	}
	for _, y := range c.yearly {
		if date.Month == y.month && y.from <= date.Day && date.Day <= y.to {
			return y.key, true
		}
	}
	return "", false
}

// With returns the calendar with one more day off: a bridge, a substitute, a
// feast of a town, as the administrator enters them each year.
func (c Calendar) With(date Date, key string) Calendar {
	once := maps.Clone(c.once)
	if once == nil {
		once = map[Date]string{}
	}
	once[date] = key
	c.once = once
	return c
}

// legalHoliday asks rickar/cal for the ten legal holidays. Those that move
// with Easter fall from March to June and have no month of their own there.
func legalHoliday(date Date) (string, bool) {
	for _, legal := range legalHolidays {
		switch legal.holiday.Month {
		case date.Month:
		case 0:
			if date.Month < time.March || date.Month > time.June {
				continue
			}
		default:
			continue
		}
		day, _ := legal.holiday.Calc(date.Year)
		if y, m, d := day.Date(); date == (Date{y, m, d}) {
			return legal.key, true
		}
	}
	return "", false
}

var legalHolidays = []struct {
	key     string
	holiday *cal.Holiday
}{
	{"new-year", be.Nieuwjaar},
	{"easter-monday", be.Paasmaandag},
	{"labour-day", be.DagVanDeArbeid},
	{"ascension", be.OnzeLieveHeerHemelvaart},
	{"whit-monday", be.Pinkstermaandag},
	{"national-day", be.NationaleFeestdag},
	{"assumption", be.OnzeLieveVrouwHemelvaart},
	{"all-saints", be.Allerheiligen},
	{"armistice", be.Wapenstilstand},
	{"christmas", be.Kerstmis},
}
