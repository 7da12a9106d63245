package bot

import "praline/scheduler"

// Shut returns the policy with more days on which nobody is written to: a
// bridge, a substitute for a holiday on a Sunday, as an administrator enters
// them each year. They count as days off for every employer's people.
func (p Policy) Shut(days ...scheduler.Date) Policy {
	if len(days) == 0 {
		return p
	}
	shut := make(map[string]scheduler.Calendar)
	for _, employer := range scheduler.Employers() {
		calendar := p.calendar(employer)
		for _, day := range days {
			if _, off := calendar.Holiday(day); !off {
				calendar = calendar.With(day, "bridge")
			}
		}
		shut[employer] = calendar
	}
	p.shut = shut
	return p
}

// calendar is the days off at an employer: a learner's own, or "" for the organisation's.
func (p Policy) calendar(employer string) scheduler.Calendar {
	if employer == "" {
		employer = p.Calendar
	}
	calendar, _ := scheduler.Named(employer)
	if more, ok := p.shut[calendar.Name]; ok {
		return more
	}
	return calendar
}
