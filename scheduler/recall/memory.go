package recall

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"

	"praline/scheduler"
)

// Memory is what is known of one learner's memory of one question. Its zero
// value is a question never asked.
type Memory struct {
	Stability  float64        // days after which recall is 9 in 10 likely
	Difficulty float64        // 1 to 10
	Last       scheduler.Date // of the last review
	Due        scheduler.Date // of the next
	Reps       int            // reviews in all
	Lapses     int            // times forgotten after it was known
	Missed     bool           // the last answer was wrong
}

// Asked says that the question was reviewed at least once.
func (m Memory) Asked() bool { return m.Reps > 0 }

// MarshalJSON writes [stability, difficulty, last, due, reps, lapses], and a 1
// after them if the last answer was wrong; days are counted from 1970. Sixty
// take under 3 KB. A question never asked is [].
func (m Memory) MarshalJSON() ([]byte, error) { return m.AppendJSON(nil), nil }

// AppendJSON appends what MarshalJSON writes to b.
func (m Memory) AppendJSON(b []byte) []byte {
	if m == (Memory{}) {
		return append(b, "[]"...)
	}
	b = append(b, '[')
	b = strconv.AppendFloat(b, rounded(m.Stability), 'f', -1, 64)
	b = append(b, ',')
	b = strconv.AppendFloat(b, rounded(m.Difficulty), 'f', -1, 64)
	for _, n := range [...]int{dayNumber(m.Last), dayNumber(m.Due), m.Reps, m.Lapses} {
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(n), 10)
	}
	if m.Missed {
		b = append(b, ",1"...)
	}
	return append(b, ']')
}

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Memory) UnmarshalJSON(b []byte) error {
	values, ok := numbers(b)
	if !ok {
		if err := json.Unmarshal(b, &values); err != nil {
			return fmt.Errorf("memory: %w", err)
		}
	}
	*m = Memory{}
	switch len(values) {
	case 0:
		return nil
	case 6, 7:
	default:
		return fmt.Errorf("memory: %d numbers, where there are none, 6 or 7", len(values))
	}
	for _, day := range values[2:4] {
		if math.Abs(day) > maxDay {
			return fmt.Errorf("memory: day %g is beyond the year 9999", day)
		}
	}
	m.Stability, m.Difficulty = values[0], values[1]
	m.Last, m.Due = numberedDay(values[2]), numberedDay(values[3])
	m.Reps, m.Lapses = int(values[4]), int(values[5])
	m.Missed = len(values) == 7 && values[6] != 0
	return nil
}

// numbers reads a list of numbers as AppendJSON writes it; false for any other.
func numbers(b []byte) ([]float64, bool) {
	if len(b) < 2 || b[0] != '[' || b[len(b)-1] != ']' {
		return nil, false
	}
	if len(b) == 2 {
		return nil, true
	}
	values := make([]float64, 0, 7)
	for part := range bytes.SplitSeq(b[1:len(b)-1], []byte(",")) {
		value, err := strconv.ParseFloat(string(part), 64)
		if err != nil || math.IsInf(value, 0) || math.IsNaN(value) {
			return nil, false
		}
		values = append(values, value)
	}
	return values, true
}

const maxDay = 2932896 // 31 December 9999

// rounded keeps four decimals: a stability is at least 0.001 day, and a
// difference of a ten-thousandth of a day is no difference to a memory.
func rounded(x float64) float64 { return math.Round(x*1e4) / 1e4 }

func dayNumber(d scheduler.Date) int {
	if d.IsZero() {
		return 0
	}
	return d.Number()
}

func numberedDay(n float64) scheduler.Date {
	if n == 0 {
		return scheduler.Date{}
	}
	return scheduler.NumberedDate(int(n))
}
