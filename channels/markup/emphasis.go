package markup

import "unicode"

// emphasis is the marks of Markdown around runs, which read as they were meant
// whatever stands beside them.
//
// A mark opens only what it touches from the left and closes only what it
// touches from the right, which is judged by the letters, punctuation and space
// around it. Where that would fail, inside a word, a joiner stands in as a
// letter, and italics are written with the sign that counts there.
// https://spec.commonmark.org/0.31.2/#emphasis-and-strong-emphasis
type emphasis struct {
	slant  string // the sign of the italics that are open
	coding bool   // code has signs, too
}

// turn is the marks between runs[i-1] and runs[i]; last is the character that
// was written before them.
func (e *emphasis) turn(runs []run, i int, last rune, closed, opened style) string {
	closed.code, opened.code = false, false
	if closed == (style{}) && opened == (style{}) {
		return ""
	}
	both := closed != (style{}) && opened != (style{})
	next := e.head(runs, i)
	marks := ""
	if closed != (style{}) {
		if (both || outside(next)) && inside(last) {
			marks += string(joiner)
		}
		if closed.italic {
			marks += e.slant
		}
		if closed.bold {
			marks += "**"
		}
	}
	if both {
		marks += string(joiner)
		last = joiner
	}
	if opened != (style{}) {
		if opened.bold {
			marks += "**"
		}
		if opened.italic {
			e.slant = "_"
			if outside(last) || e.goesOn(runs, i) {
				e.slant = "*"
			}
			if opened.bold && e.slant == "*" {
				marks += string(joiner) // three stars could be closed by one that opens
				last = joiner
			}
			marks += e.slant
		}
		if outside(last) && inside(next) {
			marks += string(joiner)
		}
	}
	return marks
}

// goesOn says whether a word or other marks go on right behind the italics
// that begin with runs[i].
func (e *emphasis) goesOn(runs []run, i int) bool {
	end := i + 1
	for end < len(runs) && runs[end].italic && runs[end].bold == runs[i].bold {
		end++
	}
	if end == len(runs) {
		return false
	}
	return runs[end].italic || runs[end].bold && !runs[i].bold || outside(e.head(runs, end))
}

// outside says whether a character beside a mark is like a letter: neither
// space nor punctuation. Symbols are taken for either, as readers differ.
func outside(r rune) bool { return r != 0 && !unicode.IsSpace(r) && !unicode.IsPunct(r) }

func inside(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) }

// head is the character that runs[i] is written with first, or one of its kind.
func (e *emphasis) head(runs []run, i int) rune {
	switch {
	case i == len(runs):
		return 0
	case runs[i].url != "":
		return '['
	case runs[i].code && e.coding:
		return '`'
	}
	return firstRune(runs[i].text)
}
