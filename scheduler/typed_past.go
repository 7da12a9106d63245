package scheduler

import "strings"

// ParsePast reads a day that is over, as people ask about one: "lundi",
// "maandag", "hier", "vorige dinsdag", "le 12 octobre", "12/10", "le 12",
// 2026-10-12. A weekday is the last one, today's own name today; a day without a
// year is the last such day. ok is false if no day is understood, or one to come.
func ParsePast(text, lang string, today Date) (last Date, ok bool) {
	var date Date
	text = strings.TrimPrefix(strings.ReplaceAll(" "+text, " op ", " "), " ") // "op 2" may be every second week
	items, _, spoken := read(text, lang)
	if spoken == nil {
		return Date{}, false
	}
	for field := range strings.FieldsSeq(strings.NewReplacer("-", " ", "’", " ", "'", " ").Replace(strings.ToLower(text))) {
		if days, is := yesterdays[field]; is {
			if strings.Contains(strings.ToLower(text), "avant") {
				days++
			}
			return today.AddDays(-days), true
		}
	}
	at := func(from Date) dateParser {
		return dateParser{clock{items: items, spoken: spoken, lang: lang}, from}
	}
	year := at(Date{today.Year - 1, today.Month, today.Day}.AddDays(1))
	for i := range items {
		for _, form := range []func(int) (Date, bool){year.figures, year.dayAndMonth} {
			if date, ok = form(i); ok {
				return date, !date.After(today)
			}
		}
	}
	for _, it := range items {
		switch it.kind {
		case dayNamed:
			behind := (weekdayIndex(today.Weekday()) - it.n + 7) % 7
			return today.AddDays(-behind), true
		case relative:
			return today.AddDays(it.n), it.n <= 0
		}
	}
	for from := today.AddDays(-62); !from.After(today); from = date.AddDays(1) {
		var is bool
		if date, is = at(from).dayAlone(); !is || date.After(today) {
			break
		}
		last, ok = date, true
	}
	return last, ok
}

// yesterdays are the words for days that are over.
var yesterdays = map[string]int{
	"hier": 1, "gisteren": 1, "eergisteren": 2, "gestern": 1, "vorgestern": 2, "yesterday": 1,
}
