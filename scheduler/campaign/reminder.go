package campaign

import "praline/scheduler"

// MostReminders is how often a campaign reminds one person at most: one helps
// much, a second a little, a third only tires.
const MostReminders = 2

// reminderAfter is how many days pass before the first reminder, and from it to
// the second.
var reminderAfter = [MostReminders]int{7, 14}

// Reached is how far a campaign has come with one person.
type Reached struct {
	Since    scheduler.Date // from when it was for them; zero: from its start
	Begun    bool           // they had a lesson of its series
	Reminded int            // reminders sent
	Last     scheduler.Date // of them
}

// ReminderDue says whether a person who fits is to be reminded on a day: one
// who has not begun a week after the campaign was for them, and once more two
// weeks later, where the campaign allows it. Whether a message may leave that
// day is the gate's to say.
func (c Campaign) ReminderDue(r Reached, today scheduler.Date) bool {
	if r.Begun || !c.Running(today) || r.Reminded >= min(c.Reminders, MostReminders) {
		return false
	}
	from := r.Last
	if r.Reminded == 0 {
		from = c.Start
		if r.Since.After(from) {
			from = r.Since
		}
	}
	return today.Since(from) >= reminderAfter[r.Reminded]
}
