// Package scheduler says when: the times that a learner chose, the hours and
// days on which they work, and the one gate that every unasked message passes.
//
// A Slot is a cron entry in the learner's zone; Next finds the next occurrence
// of several. ParseTimes, ParseDate and ParseHours understand what people type
// ("half negen", "lundi et jeudi à 13 h", "pas le mercredi après-midi").
//
// A WorkingTime is what one learner told of their week, a Calendar the days on
// which an employer is shut (holidays.go; whose they are: employers.go). A Gate joins both in a zone: Check says whether a
// message may leave now, Late whether it is too late to leave at all, NextOpen
// when the gate opens again. Streak counts working days of learning.
//
// Everything here is pure: no clock, no store, no words of the bot. The zones
// come from the system or from time/tzdata, which the command imports.
package scheduler
