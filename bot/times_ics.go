package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"praline/bot/learner"
	"praline/locales"
	"praline/scheduler"
)

// TimesICS returns the times that a learner chose as an iCalendar file (RFC
// 5545), for their own calendar; nil when there are none. It says nothing but
// when: no name, no lesson, nothing that changes.
func (b *Bot) TimesICS(ctx context.Context, now time.Time, address learner.Address) ([]byte, error) {
	id, err := b.Store.Resolve(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("channel %s: who is it: %w", address.Channel, err)
	}
	if id == "" {
		return nil, nil
	}
	records, err := b.Store.Load(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("learner %s: load: %w", id, err)
	}
	return timesICS(records[0].Learner, now), nil
}

// timesICS is one weekly event a slot.
func timesICS(l learner.Learner, now time.Time) []byte {
	zone := zone(l.Zone)
	words := locales.For(l.Lang)
	var c ics
	c.line("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Praline//Praline//"+strings.ToUpper(words.Lang), "CALSCALE:GREGORIAN", "METHOD:PUBLISH")
	c.zone(zone, now)
	events := 0
	for _, slot := range l.Slots {
		next := scheduler.Next([]scheduler.Slot{slot}, now, zone)
		if next.IsZero() {
			continue
		}
		events++
		c.line("BEGIN:VEVENT",
			"UID:"+uid(l.ID, slot),
			"DTSTAMP:"+now.UTC().Format("20060102T150405Z"),
			fmt.Sprintf("DTSTART;TZID=%s:%s", zone, firstICS(slot, next.In(zone))),
			fmt.Sprintf("DURATION:PT%dM", l.DailyMinutes()),
			"RRULE:"+ruleICS(slot),
			"SUMMARY:"+escapeICS(words.Say("web.calendar-event")),
			"TRANSP:TRANSPARENT", // nobody is busy for three minutes
			"END:VEVENT")
	}
	if events == 0 {
		return nil
	}
	c.line("END:VCALENDAR")
	return []byte(c.String())
}

// firstICS is the first occurrence as the clock shows it. On the day of the
// spring change the slot may fall into the gap: the calendar program then knows
// what to do with it, as we do.
func firstICS(slot scheduler.Slot, next time.Time) string {
	return fmt.Sprintf("%s%02d%02d00", next.Format("20060102T"), slot.Hour, slot.Minute)
}

var weekdaysICS = [...]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

func ruleICS(slot scheduler.Slot) string {
	var days []string
	for _, day := range slot.Days.List() {
		days = append(days, weekdaysICS[day])
	}
	rule := "FREQ=WEEKLY"
	if slot.Every == 2 {
		rule += ";INTERVAL=2;WKST=MO"
	}
	return rule + ";BYDAY=" + strings.Join(days, ",")
}

// uid names an event: the same slot again is the same event in a calendar, and
// nobody can tell from it whose it is.
func uid(id learner.ID, slot scheduler.Slot) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d %s", id, slot.Spec(), slot.Every, slot.Anchor))
	return hex.EncodeToString(sum[:12]) + "@praline"
}

// ics writes content lines.
type ics struct{ strings.Builder }

// line writes lines, folded so that none is longer than 75 bytes.
func (c *ics) line(lines ...string) {
	for _, line := range lines {
		room := 75
		for len(line) > room {
			at := room
			for !utf8.RuneStart(line[at]) {
				at--
			}
			c.WriteString(line[:at] + "\r\n ")
			line, room = line[at:], 74
		}
		c.WriteString(line + "\r\n")
	}
}

// zone describes a time zone by the changes of this year, which its rules
// repeat each year.
func (c *ics) zone(zone *time.Location, now time.Time) {
	c.line("BEGIN:VTIMEZONE", "TZID:"+zone.String())
	year := now.In(zone).Year()
	at := time.Date(year, 1, 1, 0, 0, 0, 0, zone)
	changes := 0
	for {
		_, end := at.ZoneBounds()
		if end.IsZero() || end.In(zone).Year() != year {
			break
		}
		changes++
		c.change(end.Add(-time.Second).In(zone), end.In(zone))
		at = end.In(zone)
	}
	if changes == 0 {
		c.line("BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:"+at.Format("-0700"), "TZOFFSETTO:"+at.Format("-0700"), "END:STANDARD")
	}
	c.line("END:VTIMEZONE")
}

// change is one change of a zone's clock: the last second before it and the
// first moment after it.
func (c *ics) change(before, after time.Time) {
	kind := "STANDARD"
	if after.IsDST() {
		kind = "DAYLIGHT"
	}
	_, offset := before.Zone()
	wall := after.UTC().Add(time.Duration(offset) * time.Second) // what the old clock shows
	week := (wall.Day()-1)/7 + 1
	if wall.AddDate(0, 0, 7).Month() != wall.Month() {
		week = -1
	}
	c.line("BEGIN:"+kind,
		"DTSTART:"+wall.Format("20060102T150405"),
		fmt.Sprintf("RRULE:FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", wall.Month(), week, weekdaysICS[wall.Weekday()]),
		"TZOFFSETFROM:"+before.Format("-0700"), "TZOFFSETTO:"+after.Format("-0700"),
		"TZNAME:"+after.Format("MST"),
		"END:"+kind)
}

// escapeICS keeps a text from being read as anything but text.
func escapeICS(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`, "\r", "").Replace(text)
}
