package scheduler_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"praline/scheduler"
)

// federal is a gate of a federal office in Brussels.
func federal(working scheduler.WorkingTime) scheduler.Gate {
	calendar, _ := scheduler.Named("federal")
	return scheduler.Gate{Working: working, Calendar: calendar, Zone: brussels}
}

// fourFifths has no Friday and no Wednesday afternoon.
func fourFifths() scheduler.WorkingTime {
	week := scheduler.UsualWeek()
	week[2] = []scheduler.Opening{{8 * 60, 12 * 60}}
	week[4] = nil
	return scheduler.WorkingTime{Week: week}
}

// wednesdayOff has a Wednesday off every second week, first on 25 November 2026.
func wednesdayOff() scheduler.WorkingTime {
	second := scheduler.UsualWeek()
	second[2] = nil
	return scheduler.WorkingTime{Second: second, Anchor: day("2026-11-25")}
}

func TestOpen(t *testing.T) {
	lunch := scheduler.WorkingTime{Week: scheduler.UsualWeek()}
	for i := range 5 {
		lunch.Week[i] = []scheduler.Opening{{13 * 60, 18 * 60}, {8 * 60, 12 * 60}}
	}
	away := scheduler.WorkingTime{
		Off:    []scheduler.Date{day("2026-11-24")},
		Pauses: []scheduler.Pause{{From: day("2026-11-26"), Until: day("2026-12-01")}, {From: day("2026-12-01"), Until: day("2026-12-03")}},
	}
	for _, row := range []struct {
		label   string
		working scheduler.WorkingTime
		at      string
		why     scheduler.Reason
		holiday string
		until   string
	}{
		{label: "said nothing: Tuesday morning", at: "2026-11-24 08:00"},
		{label: "said nothing: last minute", at: "2026-11-24 17:59"},
		{label: "said nothing: closing", at: "2026-11-24 18:00", why: scheduler.OutsideHours, until: "2026-11-25 08:00 CET"},
		{label: "said nothing: too early", at: "2026-11-24 07:59", why: scheduler.OutsideHours, until: "2026-11-24 08:00 CET"},
		{label: "Saturday", at: "2026-11-28 10:00", why: scheduler.NotWorked, until: "2026-11-30 08:00 CET"},
		{label: "a holiday", at: "2026-11-11 10:00", why: scheduler.OnHoliday, holiday: "armistice", until: "2026-11-12 08:00 CET"},
		{label: "a bridge before a holiday", at: "2026-07-20 10:00", why: scheduler.OnHoliday, holiday: "bridge", until: "2026-07-22 08:00 CEST"},
		{label: "the end of the year", at: "2026-12-24 19:00", why: scheduler.OutsideHours, until: "2027-01-04 08:00 CET"},
		{label: "noon, of openings told in disorder", working: lunch, at: "2026-11-24 12:30", why: scheduler.OutsideHours, until: "2026-11-24 13:00 CET"},
		{label: "four fifths: Friday", working: fourFifths(), at: "2026-11-27 10:00", why: scheduler.NotWorked, until: "2026-11-30 08:00 CET"},
		{label: "half a day: morning", working: fourFifths(), at: "2026-11-25 10:00"},
		{label: "half a day: afternoon", working: fourFifths(), at: "2026-11-25 14:00", why: scheduler.OutsideHours, until: "2026-11-26 08:00 CET"},
		{label: "alternating: the Wednesday off", working: wednesdayOff(), at: "2026-11-25 10:00", why: scheduler.NotWorked, until: "2026-11-26 08:00 CET"},
		{label: "alternating: the next one is worked", working: wednesdayOff(), at: "2026-12-02 10:00"},
		{label: "alternating: over the new year, week 53 is worked", working: wednesdayOff(), at: "2027-01-13 10:00"},
		{label: "alternating: two weeks after 23 December", working: wednesdayOff(), at: "2027-01-06 10:00", why: scheduler.NotWorked, until: "2027-01-07 08:00 CET"},
		{label: "a day off", working: away, at: "2026-11-24 10:00", why: scheduler.DayOff, until: "2026-11-25 08:00 CET"},
		{label: "two pauses that touch", working: away, at: "2026-11-27 10:00", why: scheduler.OnPause, until: "2026-12-03 08:00 CET"},
		{
			label:   "a pause without end",
			working: scheduler.WorkingTime{Pauses: []scheduler.Pause{{From: day("2026-11-20")}}},
			at:      "2026-11-24 10:00", why: scheduler.OnPause, until: "never",
		},
		{
			label:   "snoozed",
			working: scheduler.WorkingTime{Snooze: at("2026-11-24 11:00")},
			at:      "2026-11-24 10:00", why: scheduler.Snoozed, until: "2026-11-24 11:00 CET",
		},
		{
			label:   "snoozed into the night",
			working: scheduler.WorkingTime{Snooze: at("2026-11-24 22:00")},
			at:      "2026-11-24 17:00", why: scheduler.Snoozed, until: "2026-11-25 08:00 CET",
		},
		{
			label:   "works on no day",
			working: scheduler.WorkingTime{Week: make(scheduler.Week, 7)},
			at:      "2026-11-24 10:00", why: scheduler.NotWorked, until: "never",
		},
		{
			label:   "one minute in the gap of spring, on Sundays",
			working: scheduler.WorkingTime{Week: scheduler.Week{6: {{150, 151}}}},
			at:      "2027-03-28 01:00", why: scheduler.OutsideHours, until: "2027-04-04 02:30 CEST",
		},
	} {
		got := federal(row.working).Open(at(row.at))
		if got.Open != (row.why == "") || got.Why != row.why || got.Holiday != row.holiday {
			t.Errorf("%s: %+v", row.label, got)
		}
		if !got.Open && show(got.Until) != row.until {
			t.Errorf("%s: opens %s, want %s", row.label, show(got.Until), row.until)
		}
	}
}

func TestCheck(t *testing.T) {
	holidayOnSaturday := federal(scheduler.WorkingTime{})
	for _, row := range []struct {
		label    string
		gate     scheduler.Gate
		now, due string
		chosen   bool
		sent     int
		why      scheduler.Reason
		until    string
	}{
		{label: "inside", now: "2026-11-24 09:00", due: "2026-11-24 09:00"},
		{label: "after one today", now: "2026-11-24 09:00", due: "2026-11-24 09:00", sent: 1},
		{label: "after two today", now: "2026-11-24 09:00", due: "2026-11-24 09:00", sent: 2, why: scheduler.EnoughToday, until: "2026-11-25 08:00 CET"},
		{label: "due inside, ten minutes after", now: "2026-11-24 18:10", due: "2026-11-24 17:59"},
		{label: "due inside, eleven minutes after", now: "2026-11-24 18:11", due: "2026-11-24 17:59", why: scheduler.OutsideHours, until: "2026-11-25 08:00 CET"},
		{label: "due outside, not chosen", now: "2026-11-24 18:01", due: "2026-11-24 18:00", why: scheduler.OutsideHours, until: "2026-11-25 08:00 CET"},
		{label: "due outside, chosen", now: "2026-11-24 19:00", due: "2026-11-24 19:00", chosen: true},
		{label: "chosen, ten minutes late", now: "2026-11-24 19:10", due: "2026-11-24 19:00", chosen: true},
		{label: "chosen, an hour late", now: "2026-11-24 20:00", due: "2026-11-24 19:00", chosen: true, why: scheduler.OutsideHours, until: "2026-11-25 08:00 CET"},
		{label: "chosen, too early", now: "2026-11-24 18:59", due: "2026-11-24 19:00", chosen: true, why: scheduler.OutsideHours, until: "2026-11-25 08:00 CET"},
		{label: "chosen, but two today", now: "2026-11-24 19:00", due: "2026-11-24 19:00", chosen: true, sent: 2, why: scheduler.EnoughToday, until: "2026-11-25 08:00 CET"},
		{label: "chosen on a Saturday", now: "2026-11-28 10:00", due: "2026-11-28 10:00", chosen: true},
		{label: "chosen, on a holiday", now: "2026-11-11 19:00", due: "2026-11-11 19:00", chosen: true, why: scheduler.OnHoliday, until: "2026-11-12 08:00 CET"},
		{label: "chosen, on a holiday that is a Saturday", gate: holidayOnSaturday, now: "2026-12-26 10:00", due: "2026-12-26 10:00", chosen: true, why: scheduler.OnHoliday, until: "2027-01-04 08:00 CET"},
		{
			label: "chosen, in a pause", gate: federal(scheduler.WorkingTime{Pauses: []scheduler.Pause{{From: day("2026-11-24"), Until: day("2026-11-25")}}}),
			now: "2026-11-24 19:00", due: "2026-11-24 19:00", chosen: true, why: scheduler.OnPause, until: "2026-11-25 08:00 CET",
		},
		{
			label: "chosen, on a day off that is a Saturday", gate: federal(scheduler.WorkingTime{Off: []scheduler.Date{day("2026-11-28")}}),
			now: "2026-11-28 10:00", due: "2026-11-28 10:00", chosen: true, why: scheduler.DayOff, until: "2026-11-30 08:00 CET",
		},
		{
			label: "due inside, snoozed since", gate: federal(scheduler.WorkingTime{Snooze: at("2026-11-24 18:30")}),
			now: "2026-11-24 18:05", due: "2026-11-24 17:55", why: scheduler.Snoozed, until: "2026-11-25 08:00 CET",
		},
		{
			label: "due before noon, ten minutes into noon", gate: federal(scheduler.WorkingTime{Week: scheduler.Week{1: {{480, 720}, {780, 1080}}}}),
			now: "2026-11-24 12:09", due: "2026-11-24 11:30",
		},
	} {
		gate := row.gate
		if gate.Zone == nil {
			gate = federal(scheduler.WorkingTime{})
		}
		got := gate.Check(at(row.now), at(row.due), row.chosen, row.sent)
		if got.Open != (row.why == "") || got.Why != row.why {
			t.Errorf("%s: %+v", row.label, got)
		}
		if !got.Open && show(got.Until) != row.until {
			t.Errorf("%s: opens %s, want %s", row.label, show(got.Until), row.until)
		}
	}
}

func TestLate(t *testing.T) {
	for _, row := range []struct {
		label, due, now, next string
		chosen, late          bool
	}{
		{label: "on time", due: "2026-11-24 09:00", now: "2026-11-24 09:00"},
		{label: "hours late on the same day", due: "2026-11-24 09:00", now: "2026-11-24 16:00", next: "2026-11-25 09:00"},
		{label: "the next slot has come", due: "2026-11-24 09:00", now: "2026-11-24 13:00", next: "2026-11-24 13:00", late: true},
		{label: "ten minutes past the gate", due: "2026-11-24 09:00", now: "2026-11-24 18:10", next: "2026-11-26 09:00"},
		{label: "eleven minutes past the gate", due: "2026-11-24 09:00", now: "2026-11-24 18:11", next: "2026-11-26 09:00", late: true},
		{label: "the next morning", due: "2026-11-24 09:00", now: "2026-11-25 08:00", next: "2026-11-26 09:00", late: true},
		{label: "before the gate opens", due: "2026-11-24 07:00", now: "2026-11-24 08:00", next: "2026-11-25 07:00"},
		{label: "due on a holiday", due: "2026-11-11 09:00", now: "2026-11-11 09:00", next: "2026-11-12 09:00", late: true},
		{label: "due after hours", due: "2026-11-24 19:00", now: "2026-11-24 19:00", next: "2026-11-25 19:00", late: true},
		{label: "chosen after hours", due: "2026-11-24 19:00", now: "2026-11-24 19:05", next: "2026-11-25 19:00", chosen: true},
		{label: "chosen after hours, an hour late", due: "2026-11-24 19:00", now: "2026-11-24 20:00", next: "2026-11-25 19:00", chosen: true, late: true},
		{label: "no next slot", due: "2026-11-24 09:00", now: "2026-11-24 10:00"},
	} {
		next := at("2026-11-30 09:00")
		if row.next != "" {
			next = at(row.next)
		}
		if got := federal(scheduler.WorkingTime{}).Late(at(row.due), at(row.now), next, row.chosen); got != row.late {
			t.Errorf("%s: late %v", row.label, got)
		}
	}
}

func TestWorkingDays(t *testing.T) {
	gate := federal(fourFifths())
	for _, row := range []struct{ label, got, want string }{
		{"after Thursday, without Fridays", gate.NextWorkingDay(day("2026-11-26")).String(), "2026-11-30"},
		{"after Christmas Eve", gate.NextWorkingDay(day("2026-12-24")).String(), "2027-01-04"},
		{"nearest to Friday is Thursday", gate.NearestWorkingDay(day("2026-11-27"), day("2026-11-24")).String(), "2026-11-26"},
		{"nearest to Sunday is Monday", gate.NearestWorkingDay(day("2026-11-29"), day("2026-11-24")).String(), "2026-11-30"},
		{"nearest to a holiday between two working days: the earlier", gate.NearestWorkingDay(day("2026-11-11"), day("2026-11-01")).String(), "2026-11-10"},
		{"but not before the earliest", gate.NearestWorkingDay(day("2026-11-11"), day("2026-11-11")).String(), "2026-11-12"},
		{"a working day stays", gate.NearestWorkingDay(day("2026-11-24"), day("2026-11-24")).String(), "2026-11-24"},
		{"a day in the past goes to the earliest", gate.NearestWorkingDay(day("2026-11-02"), day("2026-11-24")).String(), "2026-11-24"},
	} {
		if row.got != row.want {
			t.Errorf("%s: %s, want %s", row.label, row.got, row.want)
		}
	}
	never := federal(scheduler.WorkingTime{Week: scheduler.Week{}})
	if got := never.NextWorkingDay(day("2026-11-24")); !got.IsZero() {
		t.Errorf("who never works: %s", got)
	}
	if got := never.NearestWorkingDay(day("2026-11-24"), day("2026-11-20")).String(); got != "2026-11-24" {
		t.Errorf("who never works: nearest %s", got)
	}
}

func TestWorkingTimeText(t *testing.T) {
	for _, row := range []struct {
		working scheduler.WorkingTime
		json    string
	}{
		{scheduler.WorkingTime{}, `{}`},
		{
			scheduler.WorkingTime{Employer: "flemish", Off: []scheduler.Date{day("2026-12-24")}, Pauses: []scheduler.Pause{{From: day("2026-11-24")}}},
			`{"off":["2026-12-24"],"p":[{"f":"2026-11-24"}],"cal":"flemish"}`,
		},
		{
			scheduler.WorkingTime{Week: scheduler.Week{{{480, 720}}, nil, {{480, 720}, {780, 1080}}}},
			`{"w":[[[480,720]],null,[[480,720],[780,1080]]]}`,
		},
	} {
		b, err := json.Marshal(row.working)
		if err != nil || string(b) != row.json {
			t.Errorf("%s, %v, want %s", b, err, row.json)
		}
		var back scheduler.WorkingTime
		if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(back, row.working) {
			t.Errorf("%s comes back as %+v, %v", b, back, err)
		}
	}
}
