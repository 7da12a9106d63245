package markup

import (
	"slices"
	"unicode/utf8"
)

// Parts writes a text in parts of at most most each, as size counts them (Units,
// Runes, UTF16Bytes, or what else an app counts in), each by write (Slack, Card,
// …). It cuts between paragraphs or after a sentence where one ends late enough,
// else between lines or words, and inside a word only if that alone fills a
// part. What a cut goes through (bold, a link) is whole on both sides of it; an
// item that goes on is a paragraph there, and the items behind it keep their
// numbers. A text that shows nothing has no parts.
func Parts(source string, most int, write func(string) string, size func(string) int) []string {
	whole := write(source)
	switch {
	case hollow(whole):
		return nil
	case size(whole) <= most:
		return []string{whole}
	}
	var parts []string
	var open *passage // what a cut went through
	rest, _ := skipSpace(trimmed(letters(passages(Parse(source)))), nil)
	for len(rest) > 0 {
		end, part := first(rest, most, size, func(all []atom) string { return write(inMarkdown(piece(all, open))) })
		if !hollow(part) {
			parts = append(parts, part)
		}
		for _, a := range slices.Backward(rest[:end]) {
			if !hollow(a.text) {
				open = a.passage
				break
			}
		}
		rest, _ = skipSpace(rest[end:], nil)
	}
	return parts
}

// Runes is how long a text is in characters.
func Runes(text string) int { return utf8.RuneCountInString(text) }

// UTF16Bytes is how long a text is in UTF-16, in bytes.
func UTF16Bytes(text string) int { return 2 * Units(text) }

// first writes the first part, of end atoms. How long a part is shows only once
// it is written.
func first(all []atom, most int, size func(string) int, write func([]atom) string) (end int, part string) {
	long := func(n int) int {
		part = write(all[:n])
		return size(part)
	}
	for fit := fitting(min(len(all), max(most, 1)), most, long); fit > 1; fit = end - 1 {
		end = fit
		if fit < len(all) {
			end = cut(all, fit, length(all[:fit]))
		}
		if long(end) <= most {
			return end, part
		}
	}
	return 1, write(all[:1]) // a limit below one character is none
}

// fitting is how many of n atoms fit, or nearly as many: it guesses by how long
// the last guesses were, as each costs a part.
func fitting(n, most int, long func(int) int) int {
	low, high := 0, n
	lowest, highest := 0, long(n)
	if highest <= most {
		return n
	}
	for guesses := 1; high-low > 1 && most-lowest > most/32; guesses++ {
		guess := (low + high) / 2
		if guesses%3 > 0 {
			guess = low + (high-low)*(most-lowest)/(highest-lowest)
		}
		guess = min(max(guess, low+1), high-1)
		if size := long(guess); size <= most {
			low, lowest = guess, size
		} else {
			high, highest = guess, size
		}
	}
	return low
}

func length(all []atom) int {
	n := 0
	for _, a := range all {
		n += a.size
	}
	return n
}

// letters are the atoms of passages. What stands between two of them tells
// lines from paragraphs.
func letters(all []passage) []atom {
	var atoms []atom
	for i := range all {
		p := &all[i]
		if i > 0 {
			atoms = append(atoms, atom{text: "\n", size: 1})
		}
		if i > 0 && !p.joined {
			atoms = append(atoms, atom{text: "\n", size: 1})
		}
		for j := range p.runs {
			r := &p.runs[j]
			for rest := r.text; rest != ""; {
				_, n := utf8.DecodeRuneInString(rest)
				atoms = glued(atoms, atom{text: rest[:n], size: Units(rest[:n]), run: r, passage: p})
				rest = rest[n:]
			}
		}
	}
	return atoms
}

// piece puts atoms together again. The passage that is open since the part
// before goes on as a paragraph.
func piece(all []atom, open *passage) []passage {
	var passages []passage
	var text []byte
	var from *passage
	all = trimmed(all)
	for i, a := range all {
		if a.run == nil {
			continue
		}
		if a.passage != from {
			from = a.passage
			p := passage{joined: from.joined}
			if from != open {
				p.mark = from.mark
			}
			passages = append(passages, p)
		}
		text = append(text, a.text...)
		if i+1 == len(all) || all[i+1].run != a.run {
			p := &passages[len(passages)-1]
			p.runs = append(p.runs, run{text: string(text), url: a.run.url, style: a.run.style})
			text = text[:0]
		}
	}
	return passages
}
