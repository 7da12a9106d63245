package exchange

import (
	"strings"

	"praline/lessons"
)

// Number reads "42", "1 234,5 ± 2" or "3.14" as a lesson would; not ok where
// it is no number, or could be two.
func Number(text string) (value, tolerance float64, ok bool) {
	text = OneLine(text)
	if strings.ContainsAny(text, "|\n") || len(text) > 80 {
		return 0, 0, false
	}
	return lessons.ReadNumber(text)
}
