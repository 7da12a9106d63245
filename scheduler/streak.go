package scheduler

// Streak counts the working days of learning in a row, up to today. Days on
// which workingDay is false (holidays, days off, pauses) and excused days (our
// own failures) are passed over: they neither break the row nor make it longer,
// unless something was learned on an excused working day. Today breaks nothing,
// for it is not over.
//
// learned may be in any order and hold a day twice. workingDay must still know
// the pauses and days off of the past, as far back as learned goes.
func Streak(learned []Date, today Date, workingDay func(Date) bool, excused ...Date) int {
	if len(learned) == 0 {
		return 0
	}
	first := today
	did, forgiven := make(map[Date]bool, len(learned)), make(map[Date]bool, len(excused))
	for _, date := range learned {
		did[date] = true
		if date.Before(first) {
			first = date
		}
	}
	for _, date := range excused {
		forgiven[date] = true
	}
	count := 0
	for date := today; !date.Before(first); date = date.AddDays(-1) {
		switch {
		case !did[date] && (date == today || forgiven[date]), !workingDay(date):
		case did[date]:
			count++
		default:
			return count
		}
	}
	return count
}
