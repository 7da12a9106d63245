package learner

import "slices"

// Clone returns a copy that a decision may write into while the original
// stays as it was loaded. What is only ever replaced whole is shared.
func (l *Learner) Clone() *Learner {
	c := *l
	c.Streak.Days, c.Streak.Excused = slices.Clone(l.Streak.Days), slices.Clone(l.Streak.Excused)
	c.Addresses, c.Gone = slices.Clone(l.Addresses), slices.Clone(l.Gone)
	c.Joined, c.Parting = slices.Clone(l.Joined), slices.Clone(l.Parting)
	c.Working.Pauses = slices.Clone(l.Working.Pauses)
	c.Series, c.Taught = slices.Clone(l.Series), slices.Clone(l.Taught)
	c.Cards, c.Seen, c.Asked = slices.Clone(l.Cards), slices.Clone(l.Seen), slices.Clone(l.Asked)
	c.Campaigns = slices.Clone(l.Campaigns)
	c.Letters, c.Posted = slices.Clone(l.Letters), slices.Clone(l.Posted)
	if l.Place.Ask != nil {
		ask := *l.Place.Ask
		c.Place.Ask = &ask
	}
	if l.Place.Aside != nil {
		aside := *l.Place.Aside
		c.Place.Aside = &aside
	}
	if l.Session != nil {
		session := *l.Session
		session.Reviews, session.Fresh = slices.Clone(session.Reviews), slices.Clone(session.Fresh)
		c.Session = &session
	}
	return &c
}
