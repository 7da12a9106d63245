package bot_test

import (
	"context"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"praline/bot"
	"praline/bot/learner"
	"praline/scheduler"
)

// one is a store with one learner.
type one struct {
	bot.Store
	learner learner.Learner
}

func (s one) Resolve(_ context.Context, a learner.Address) (learner.ID, error) {
	if a.Conversation != "here" {
		return "", nil
	}
	return "abc", nil
}

func (s one) Load(context.Context, ...learner.ID) ([]learner.Record, error) {
	l := s.learner
	l.ID = "abc"
	return []learner.Record{{Learner: l}}, nil
}

func TestTimesICS(t *testing.T) {
	now := time.Date(2026, 10, 20, 12, 0, 0, 0, time.UTC) // a Tuesday
	monday := scheduler.Date{Year: 2026, Month: 10, Day: 19}
	for _, row := range []struct {
		label string
		zone  string
		slots []scheduler.Slot
		want  []string
		not   []string
	}{
		{
			"Monday and Thursday at 13.00", "",
			[]scheduler.Slot{{Days: scheduler.Monday | scheduler.Thursday, Hour: 13}},
			[]string{
				"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "TZID:Europe/Brussels\r\n",
				"BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n",
				"BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n",
				"DTSTART;TZID=Europe/Brussels:20261022T130000\r\n", "DURATION:PT3M\r\n", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH\r\n",
				"SUMMARY:Praline\\, een korte les\r\n", "END:VEVENT\r\nEND:VCALENDAR\r\n",
			},
			[]string{"INTERVAL", "abc"},
		},
		{
			"every second week, in a week that counts", "",
			[]scheduler.Slot{{Days: scheduler.Monday, Hour: 8, Minute: 30, Every: 2, Anchor: monday}},
			[]string{"DTSTART;TZID=Europe/Brussels:20261102T083000\r\n", "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=MO;BYDAY=MO\r\n"},
			nil,
		},
		{
			"two slots are two events", "",
			[]scheduler.Slot{{Days: scheduler.Monday, Hour: 9}, {Days: scheduler.Friday, Hour: 16, Minute: 5}},
			[]string{"20261026T090000", "20261023T160500"},
			nil,
		},
		{
			"a zone whose clock never changes", "Asia/Tokyo",
			[]scheduler.Slot{{Days: scheduler.Monday, Hour: 9}},
			[]string{"TZID:Asia/Tokyo\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0900\r\n", "DTSTART;TZID=Asia/Tokyo:20261026T090000"},
			nil,
		},
		{"no slots", "", nil, nil, nil},
		{"a slot that never comes", "", []scheduler.Slot{{Hour: 9}}, nil, nil},
	} {
		b := &bot.Bot{Store: one{learner: learner.Learner{Lang: "nl", Zone: row.zone, Slots: row.slots}}}
		file, err := b.TimesICS(context.Background(), now, learner.Address{Channel: "web", Conversation: "here"})
		if err != nil || (file == nil) != (row.want == nil) {
			t.Errorf("%s: %v\n%s", row.label, err, file)
			continue
		}
		for _, part := range row.want {
			if !strings.Contains(string(file), part) {
				t.Errorf("%s: %q is missing in\n%s", row.label, part, file)
			}
		}
		for _, part := range row.not {
			if strings.Contains(string(file), part) {
				t.Errorf("%s: %q stands in\n%s", row.label, part, file)
			}
		}
		for line := range strings.SplitSeq(string(file), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
				t.Errorf("%s: a line of %d bytes: %q", row.label, len(line), line)
			}
		}
		if n := strings.Count(string(file), "BEGIN:VEVENT"); n != len(row.slots) && row.want != nil {
			t.Errorf("%s: %d events", row.label, n)
		}
	}
	b := &bot.Bot{Store: one{}}
	if file, err := b.TimesICS(context.Background(), now, learner.Address{Channel: "web", Conversation: "elsewhere"}); file != nil || err != nil {
		t.Errorf("nobody: %v %s", err, file)
	}
}
