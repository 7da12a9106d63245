package main

import "testing"

// raced says that the race detector looks on: this story takes too long then,
// and make life tells it without.
var raced bool

// TestOrganisation is the life of one organisation with Praline, from the first
// administrator to a badge that verifies: the real server with every app turned
// on, a real browser for its pages, people in the four apps' strict stand-ins,
// and the real command line beside it. Each act stands in a file of its own:
//
//	organisation_roster_test.go   an administrator comes, imports 50 people, invites who will do more
//	organisation_write_test.go    a trainer writes a series in two languages, and tries it
//	organisation_review_test.go   a reviewer asks for a change, she mends, he publishes
//	organisation_sponsor_test.go  a manager sponsors it for her teams
//	organisation_learn_test.go    ten learners come in four apps, and learn
//	organisation_days_test.go     what some of them do meanwhile: thank, ask, wonder, erase
//	organisation_figures_test.go  a digest, a question that is mended, a badge
//
// organisation_world_test.go is the server and its time, organisation_colleague_test.go
// somebody in a chat app, organisation_desk_test.go somebody before the console.
//
// On Redis it is told in full; on the file the month is shorter. With
// PRALINE_SCREENSHOTS=folder (make screenshots) the pictures of every page of the
// console are taken, in both languages, on a phone and on a desk.
func TestOrganisation(t *testing.T) {
	if raced {
		t.Skip("a story in browsers: make life")
	}
	t.Parallel()
	for _, row := range []struct {
		label string
		redis func(testing.TB) string
		weeks int
	}{
		{"redis", redisURL, 4},
		{"file", func(testing.TB) string { return "" }, 2},
	} {
		t.Run(row.label, func(t *testing.T) {
			t.Parallel()
			s := newStory(t, row.redis(t), row.weeks)
			for _, act := range []struct {
				label string
				play  func(*story)
			}{
				{"an administrator comes", (*story).administrator},
				{"fifty people", (*story).roster},
				{"settings", (*story).settings},
				{"invitations", (*story).invitations},
				{"a trainer comes", (*story).trainer},
				{"writes a series", (*story).writes},
				{"tries it and asks for a review", (*story).tries},
				{"a reviewer asks for a change", (*story).reviewer},
				{"the trainer mends it", (*story).mends},
				{"the reviewer publishes it", (*story).publishes},
				{"a manager comes", (*story).manager},
				{"sponsors a campaign", (*story).sponsors},
				{"ten learners come", (*story).arrivals},
				{"a month", (*story).month},
				{"the manager reads her digest", (*story).figures},
				{"the trainer mends a question", (*story).badQuestion},
				{"a badge", (*story).badge},
				{"what is left", (*story).after},
			} {
				if !t.Run(act.label, func(t *testing.T) { act.play(s.in(t)) }) {
					return
				}
			}
		})
	}
}
