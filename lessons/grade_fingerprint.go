package lessons

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"strings"
)

// Fingerprint is a short digest of the right answer, equal in every language
// where that is fixed by position; another one starts a memory anew.
//
// It holds the kind and: the places of the right choices; the number and its
// tolerance; how many things are put in order or paired. The words of a Short
// or a Gap differ by language, so that only the kind stands for them: whoever
// changes what is asked there gives the question another id.
func (q *Question) Fingerprint() string {
	var b strings.Builder
	b.WriteString(string(q.Kind))
	switch q.Kind {
	case Single, Multiple:
		for i, c := range q.Choices {
			if c.Right {
				fmt.Fprintf(&b, " %d", i)
			}
		}
	case Number:
		fmt.Fprintf(&b, " %g %g", q.Value, q.Tolerance)
	case Order:
		fmt.Fprintf(&b, " %d", len(q.Items))
	case Pairs:
		fmt.Fprintf(&b, " %d", len(q.Left))
	}
	sum := sha256.Sum256([]byte(b.String()))
	return base64.RawURLEncoding.EncodeToString(sum[:])[:6]
}
