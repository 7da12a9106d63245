package learner

import (
	"encoding/binary"
	"fmt"
	"time"
)

// Answer is one answer in a learner's log: appended, numbered from 0 by its
// position, never changed.
type Answer struct {
	At      time.Time // to the second
	Card    int       // index in Learner.Cards; -1 for a poll, which has no card
	Score   float64   // 0 to 1, kept in hundredths
	Seconds int       // that it took, at most 3600
	Choice  int       // first choice that was picked, from 0; -1 for typed
}

// AppendAnswers appends answers to log in its stored form and returns it. Each
// takes about nine bytes: five unsigned varints (Unix seconds, card+1, score in
// hundredths, seconds, choice+1).
func AppendAnswers(log []byte, answers ...Answer) []byte {
	for _, a := range answers {
		log = binary.AppendUvarint(log, uint64(max(a.At.Unix(), 0)))
		log = binary.AppendUvarint(log, uint64(a.Card+1))
		log = binary.AppendUvarint(log, uint64(a.Score*100+0.5))
		log = binary.AppendUvarint(log, uint64(min(max(a.Seconds, 0), 3600)))
		log = binary.AppendUvarint(log, uint64(a.Choice+1))
	}
	return log
}

// ParseAnswers reads a whole log. A log that ends in the middle of an answer is
// an error; what stands before it is returned.
func ParseAnswers(log []byte) ([]Answer, error) {
	var answers []Answer
	for len(log) > 0 {
		var fields [5]uint64
		for i := range fields {
			value, n := binary.Uvarint(log)
			if n <= 0 {
				return answers, fmt.Errorf("log of answers: answer %d is cut short", len(answers))
			}
			fields[i], log = value, log[n:]
		}
		answers = append(answers, Answer{
			At:      time.Unix(int64(fields[0]), 0).UTC(),
			Card:    int(fields[1]) - 1,
			Score:   float64(fields[2]) / 100,
			Seconds: int(fields[3]),
			Choice:  int(fields[4]) - 1,
		})
	}
	return answers, nil
}
