package learner

import (
	"slices"

	"praline/channels"
)

// Address is where a learner is met: one conversation in one app. What names it
// is the channel and the part of the conversation before its first space; the
// rest is how it is reached now, and changes (see channels.Event).
type Address struct {
	Channel      string `json:"c"`
	Conversation string `json:"v"`
}

// Name is what never changes of an address, as one text.
func (a Address) Name() string { return a.Channel + " " + channels.Identity(a.Conversation) }

// Same says whether two addresses are one, however it is reached now.
func (a Address) Same(b Address) bool {
	return a.Channel == b.Channel && channels.Identity(a.Conversation) == channels.Identity(b.Conversation)
}

// Index is the place of an address among many, -1 if it is not there.
func Index(all []Address, a Address) int { return slices.IndexFunc(all, a.Same) }

// Knows says whether the learner is met at an address.
func (l *Learner) Knows(a Address) bool { return Index(l.Addresses, a) >= 0 }

// Met notes that the learner was met at an address, in the way in which it is
// reached now: it is the first of Addresses, and not gone.
func (l *Learner) Met(a Address) {
	l.Addresses = append([]Address{a}, slices.DeleteFunc(l.Addresses, a.Same)...)
	l.Gone = slices.DeleteFunc(l.Gone, func(name string) bool { return name == a.Name() || name == a.Channel })
}

// Left notes that nothing can be said at an address any more, until the
// learner is met there again.
func (l *Learner) Left(a Address) {
	if !l.IsGone(a) {
		l.Gone = append(l.Gone, a.Name())
	}
}

// IsGone says whether the learner left or blocked us at an address. A name
// without a conversation, as they once were stored, is a whole channel.
func (l *Learner) IsGone(a Address) bool {
	return slices.Contains(l.Gone, a.Name()) || slices.Contains(l.Gone, a.Channel)
}

// Part takes an address from the learner: who is met there is somebody else.
func (l *Learner) Part(a Address) {
	l.Addresses = slices.DeleteFunc(l.Addresses, a.Same)
	l.Gone = slices.DeleteFunc(l.Gone, func(name string) bool { return name == a.Name() })
	if l.Reach.Same(a) {
		l.Reach = Address{}
	}
	if l.Stands.Same(a) {
		l.Stands = Address{}
	}
}

// Reached is where the learner is spoken to unasked: where they wish it, else
// the app used last; of both only where they are still. Zero for nowhere.
func (l *Learner) Reached() Address {
	if i := Index(l.Addresses, l.Reach); i >= 0 && !l.IsGone(l.Addresses[i]) {
		return l.Addresses[i]
	}
	for _, a := range l.Addresses {
		if !l.IsGone(a) {
			return a
		}
	}
	return Address{}
}

// In is the learner's first address in a channel that is not gone; false for none.
func (l *Learner) In(channel string) (Address, bool) {
	for _, a := range l.Addresses {
		if a.Channel == channel && !l.IsGone(a) {
			return a, true
		}
	}
	return Address{}, false
}

// Stand is where the messages stand that Place and Push refer to.
func (l *Learner) Stand() Address {
	stands := l.Stands
	if stands == (Address{}) && len(l.Addresses) > 0 {
		stands = l.Addresses[0]
	}
	if i := Index(l.Addresses, stands); i >= 0 {
		return l.Addresses[i] // as it is reached now
	}
	return stands
}

// StandAt says where the messages stand from now on.
func (l *Learner) StandAt(a Address) {
	if l.Stands = a; len(l.Addresses) > 0 && l.Addresses[0].Same(a) {
		l.Stands = Address{} // as mostly, and as before there were several apps
	}
}

// Live are the messages that may still have buttons: what Place and Push refer
// to, and what was said last if it offers something.
func (l *Learner) Live() []string {
	all := []string{l.Place.Live, l.Push.Message}
	if l.Place.Ask != nil {
		all = append(all, l.Place.Ask.Said)
	}
	if l.Place.Aside != nil {
		all = append(all, l.Place.Aside.Live)
	}
	if len(l.Offers) > 0 {
		all = append(all, l.Latest)
	}
	slices.Sort(all)
	return slices.DeleteFunc(slices.Compact(all), func(id string) bool { return id == "" })
}

// LetGo forgets every message that was said: none is replaced any more, and
// what was offered there cannot be typed.
func (l *Learner) LetGo() {
	l.Place.Live, l.Push.Message, l.Latest, l.Offers = "", "", "", nil
	if l.Place.Ask != nil {
		l.Place.Ask.Said = ""
	}
	if l.Place.Aside != nil {
		l.Place.Aside.Live = ""
	}
	for i := range l.Asked {
		l.Asked[i].Said = ""
	}
	l.Moved = l.Sequence
}
