package learner

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"praline/scheduler"
)

// IsMark says that this is no learner any more but a mark: they were folded
// into another, Into.
func (l *Learner) IsMark() bool { return l.Into != "" && l.Created.IsZero() }

// settled says whether somebody has agreed and is through hello.
func (l *Learner) settled() bool { return !l.Agreed.IsZero() && l.Place.Topic != "hello" }

// Fold makes one learner of two: what another, n, knows and did becomes this
// learner's as well, and n's log of answers is returned as it is to be appended
// to this one's. Both were one person all along.
//
//   - Of a question that both were asked the card with the later answer stays.
//   - The place, the session, the times, the language and the minutes stay as
//     they are; where there are none yet, n's are taken.
//   - Days of learning, lessons, series, apps, events and asks are united, what
//     was counted is added.
//   - Messages are numbered from where both had come: nothing that was said
//     before is replaced any more.
//
// keep bounds Seen and Asked; worked says which days are working days.
func (l *Learner) Fold(n Learner, log []Answer, keepSeen, keepAsked int, worked func(scheduler.Date) bool) []Answer {
	if n.Created.Before(l.Created) {
		l.Created = n.Created
	}
	l.foldChoices(n)
	places := l.foldCards(n.Cards)
	l.Streak.unite(n.Streak, worked)
	l.Series, l.Taught = united(l.Series, n.Series), united(l.Taught, n.Taught)
	l.Seconds += n.Seconds
	if n.Push.Day == l.Push.Day {
		l.Push.Today += n.Push.Today
	}
	l.Seen = united(l.Seen, n.Seen)
	l.Seen = l.Seen[max(0, len(l.Seen)-keepSeen):]
	l.Asked = append(l.Asked, n.Asked...)
	slices.SortStableFunc(l.Asked, func(a, b Ask) int { return a.At.Compare(b.At) })
	l.Asked = l.Asked[max(0, len(l.Asked)-keepAsked):]
	l.foldLetters(n)
	l.Sequence = max(l.Sequence, n.Sequence)
	l.Badges, l.Thanked = unitedBadges(l.Badges, n.Badges), united(l.Thanked, n.Thanked)
	l.Joined = united(l.Joined, append(slices.Clone(n.Joined), n.ID))
	for _, a := range n.Addresses {
		if !l.Knows(a) {
			l.Addresses = append(l.Addresses, a)
		}
	}
	l.Gone = united(l.Gone, n.Gone)
	l.Parting = append(l.Parting, n.Parting...)
	if l.Reach == (Address{}) {
		l.Reach = n.Reach
	}
	folded := slices.Clone(log)
	for i, a := range folded {
		folded[i].Card, folded[i].Carried = -1, true
		if a.Card >= 0 && a.Card < len(places) {
			folded[i].Card = places[a.Card]
		}
	}
	return folded
}

// foldChoices takes over what n chose and this learner did not.
func (l *Learner) foldChoices(n Learner) {
	if l.Name == "" {
		l.Name = n.Name
	}
	if l.Zone == "" {
		l.Zone = n.Zone
	}
	l.Agreed = earliest(l.Agreed, n.Agreed)
	if !l.settled() && n.settled() {
		l.Lang, l.Minutes, l.Guided, l.Stopped = cmp.Or(n.Lang, l.Lang), n.Minutes, n.Guided, n.Stopped
		l.Place, l.Session, l.Streak.Hidden = n.Place, n.Session, n.Streak.Hidden
		l.Slots, l.Outside, l.Working, l.Push = n.Slots, n.Outside, n.Working, n.Push
		return
	}
	l.Lang, l.Minutes = cmp.Or(l.Lang, n.Lang), cmp.Or(l.Minutes, n.Minutes)
	if len(l.Slots) == 0 {
		l.Slots, l.Outside = n.Slots, n.Outside
	}
	if l.Working.Week == nil && len(l.Working.Pauses) == 0 && l.Working.Employer == "" {
		l.Working = n.Working
	}
	if l.Place.Topic == "" && l.Place.Lesson == "" && l.Session == nil && n.settled() {
		aside := l.Place.Aside
		l.Place, l.Session = n.Place, n.Session
		l.Place.Aside = aside
	}
}

// foldLetters takes over what waits for n and was not written to both. Of two
// memberships this learner's stays.
func (l *Learner) foldLetters(n Learner) {
	if l.Member.Org == "" {
		l.Member = n.Member
	}
	if l.Member.Org == n.Member.Org {
		l.foldCampaigns(n)
	}
	if l.Invited == "" {
		l.Invited = n.Invited
	}
	for _, letter := range n.Letters {
		if !slices.Contains(l.Posted, digest("letter "+letter.ID)) {
			l.PutBack(letter)
		}
	}
	l.Posted = united(l.Posted, n.Posted)
	l.Posted = l.Posted[max(0, len(l.Posted)-keptPosted):]
	l.Log.unite(n.Log)
}

// unitedBadges keeps one badge a series.
func unitedBadges(a, b []Badge) []Badge {
	all := slices.Clone(a)
	for _, badge := range b {
		if !slices.ContainsFunc(all, func(has Badge) bool { return has.Series == badge.Series }) {
			all = append(all, badge)
		}
	}
	return all
}

// earliest is the first of two times; one that is zero is none.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// foldCards keeps of each question the card with the later answer, and returns
// where each of the other's cards is now.
func (l *Learner) foldCards(other Cards) []int {
	places := make([]int, len(other))
	for i, c := range other {
		at := l.Card(c.Key)
		switch {
		case at < 0:
			at = len(l.Cards)
			l.Cards = append(l.Cards, c)
		case later(c, l.Cards[at]):
			l.Cards[at] = c
		}
		places[i] = at
	}
	return places
}

// later says whether a card knows of a later answer than another; on one and
// the same day, of more answers.
func later(a, b Card) bool {
	m, o := a.Memory, b.Memory
	if m.Last != o.Last {
		return m.Last.After(o.Last)
	}
	if m.Reps != o.Reps {
		return m.Reps > o.Reps
	}
	return strings.Compare(a.Fingerprint, b.Fingerprint) > 0
}

// unite adds another's days of learning. A row that is longer than the days
// kept by name counts on from where it is longest.
func (s *Streak) unite(other Streak, worked func(scheduler.Date) bool) {
	longest := *s
	if other.Before > longest.Before {
		longest = other
	}
	days := united(s.Days, other.Days)
	slices.SortFunc(days, func(a, b scheduler.Date) int { return a.Compare(b) })
	s.Days, s.Before = nil, longest.Before
	for _, day := range days {
		if longest.Before > 0 && len(longest.Days) > 0 && day.Before(longest.Days[0]) {
			continue // counted in Before
		}
		s.Learn(day, worked)
	}
	s.Excused = united(s.Excused, other.Excused)
	slices.SortFunc(s.Excused, func(a, b scheduler.Date) int { return a.Compare(b) })
	s.Excused = s.Excused[max(0, len(s.Excused)-keptDays):]
}

// united is all of a, and what b has more, in order.
func united[T comparable](a, b []T) []T {
	all := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(all, x) {
			all = append(all, x)
		}
	}
	return all
}
