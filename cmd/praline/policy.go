package main

import (
	"fmt"
	"slices"
	"strings"

	"praline/bot"
	"praline/scheduler"
)

// policy is what the organisation decided, as its administrator set it.
func (c *settings) policy() (bot.Policy, error) {
	p := bot.Policy{Calendar: c.Calendar, ForbidOutside: c.Outside == "on"}
	if c.Calendar != "" && !slices.Contains(scheduler.Employers(), c.Calendar) {
		return p, fmt.Errorf("no calendar is called %q: use one of %s", c.Calendar, strings.Join(scheduler.Employers(), ", "))
	}
	var days []scheduler.Date
	for text := range strings.SplitSeq(c.Days, ",") {
		if text = strings.TrimSpace(text); text == "" {
			continue
		}
		var day scheduler.Date
		if err := day.UnmarshalText([]byte(text)); err != nil {
			return p, fmt.Errorf("--days or PRALINE_DAYS: %q is no date: write year-month-day, with commas between, as in 2027-05-07,2027-12-27", text)
		}
		days = append(days, day)
	}
	return p.Shut(days...), nil
}
