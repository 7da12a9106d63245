package recall

import (
	"encoding/json"
	"fmt"
	"math"

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
func (m Memory) MarshalJSON() ([]byte, error) {
	if m == (Memory{}) {
		return []byte("[]"), nil
	}
	values := []any{
		rounded(m.Stability), rounded(m.Difficulty), dayNumber(m.Last), dayNumber(m.Due), m.Reps, m.Lapses,
	}
	if m.Missed {
		values = append(values, 1)
	}
	b, err := json.Marshal(values)
	if err != nil {
		return nil, fmt.Errorf("memory: %w", err)
	}
	return b, nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (m *Memory) UnmarshalJSON(b []byte) error {
	var values []float64
	if err := json.Unmarshal(b, &values); err != nil {
		return fmt.Errorf("memory: %w", err)
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
