package learner

import (
	"encoding/binary"
	"fmt"
	"math/bits"
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

	// What older logs do not say; zero there.
	Lang    int    // language of the question: 1 + its index in locales.Languages
	First   bool   // the first answer to this card, or since its right answer changed
	Carried bool   // given as another learner, who was folded into this one (Fold)
	Picked  uint64 // choices that were picked, a bit each from the lowest; 0 for typed, and for "I do not know"
}

// Choices that Picked can say: what is picked beyond them is not kept.
const pickedChoices = 32

// Picks is the set of choices as Picked says it.
func Picks(choices []int) uint64 {
	var picked uint64
	for _, i := range choices {
		if i >= 0 && i < pickedChoices {
			picked |= 1 << i
		}
	}
	return picked
}

// The last field of an answer is choice+1 where it is under told, as all were
// once; from there on it is told plus what the answer says more, Choice being
// the lowest that was picked: three bits of language, one each of First and
// Carried, then Picked.
const told = 256

func (a Answer) last() uint64 {
	if a.Lang == 0 && !a.First && !a.Carried && a.Picked == 0 {
		return uint64(a.Choice + 1)
	}
	return told + (a.Picked<<5 | bit(a.Carried)<<4 | bit(a.First)<<3 | uint64(a.Lang)&7)
}

func bit(is bool) uint64 {
	if is {
		return 1
	}
	return 0
}

func (a *Answer) setLast(value uint64) {
	if value < told {
		a.Choice = int(value) - 1
		return
	}
	value -= told
	a.Lang, a.First, a.Carried, a.Picked = int(value&7), value&8 != 0, value&16 != 0, value>>5
	a.Choice = -1
	if a.Picked != 0 {
		a.Choice = bits.TrailingZeros64(a.Picked)
	}
}

// AppendAnswers appends answers to log in its stored form and returns it. Each
// takes about ten bytes: five unsigned varints (Unix seconds, card+1, score in
// hundredths, seconds, and what was picked: see told).
func AppendAnswers(log []byte, answers ...Answer) []byte {
	for _, a := range answers {
		log = binary.AppendUvarint(log, uint64(max(a.At.Unix(), 0)))
		log = binary.AppendUvarint(log, uint64(a.Card+1))
		log = binary.AppendUvarint(log, uint64(a.Score*100+0.5))
		log = binary.AppendUvarint(log, uint64(min(max(a.Seconds, 0), 3600)))
		log = binary.AppendUvarint(log, a.last())
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
		a := Answer{
			At:      time.Unix(int64(fields[0]), 0).UTC(),
			Card:    int(fields[1]) - 1,
			Score:   float64(fields[2]) / 100,
			Seconds: int(fields[3]),
		}
		a.setLast(fields[4])
		answers = append(answers, a)
	}
	return answers, nil
}
