package scheduler

import (
	"math/bits"
	"strconv"
	"strings"
	"time"
)

// Days is a set of days of the week: Monday is bit 0, Sunday bit 6.
type Days uint8

// Sets of days.
const (
	Monday Days = 1 << iota
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
	Sunday

	WorkingWeek = Monday | Tuesday | Wednesday | Thursday | Friday
	Weekend     = Saturday | Sunday
	EveryDay    = WorkingWeek | Weekend
)

// Has says whether the set holds a day.
func (d Days) Has(w time.Weekday) bool { return d>>weekdayIndex(w)&1 == 1 }

// Count returns how many days the set holds.
func (d Days) Count() int { return bits.OnesCount8(uint8(d & EveryDay)) }

// List returns the days, Monday first.
func (d Days) List() []time.Weekday {
	var list []time.Weekday
	for i := range 7 {
		if d>>i&1 == 1 {
			list = append(list, time.Weekday((i+1)%7))
		}
	}
	return list
}

// spec returns the set as the fifth field of a cron entry, where Sunday is 0:
// "1-5", "1,4", "0,6", "*".
func (d Days) spec() string {
	if d&EveryDay == EveryDay {
		return "*"
	}
	var parts []string
	if d&Sunday != 0 {
		parts = append(parts, "0")
	}
	for i := 0; i < 6; i++ {
		first := i
		for i < 6 && d>>i&1 == 1 {
			i++
		}
		switch i - first {
		case 0:
		case 1:
			parts = append(parts, strconv.Itoa(first+1))
		case 2:
			parts = append(parts, strconv.Itoa(first+1), strconv.Itoa(first+2))
		default:
			parts = append(parts, strconv.Itoa(first+1)+"-"+strconv.Itoa(i))
		}
	}
	return strings.Join(parts, ",")
}

// weekdayIndex counts from Monday, which is 0.
func weekdayIndex(w time.Weekday) int { return (int(w) + 6) % 7 }
