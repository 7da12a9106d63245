package exchange

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

func itoa(n int) string { return strconv.Itoa(n) }

// flush ends a block.
func (w *rewriter) flush() {
	if w.heading && w.room == Page && len(w.blocks) == 0 && w.out.Title == "" {
		for _, r := range w.runs {
			w.out.Title += r.text
		}
		w.out.Title = OneLine(strings.ReplaceAll(w.out.Title, gapSign, gapText))
		w.runs = nil
		return
	}
	text := w.inlines()
	w.runs = nil
	if text == "" {
		return
	}
	w.blocks = append(w.blocks, block{text, w.item, w.quote > 0 && (w.room == Rich || w.room == Page)})
	w.item = ""
}

// text puts blocks under each other.
func (w *rewriter) text() string {
	var b strings.Builder
	for i, block := range w.blocks {
		if w.room == Line {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(block.text)
			continue
		}
		if i > 0 {
			before := w.blocks[i-1]
			between := "\n\n"
			if before.item != "" && block.item != "" && (before.item == "- ") == (block.item == "- ") && before.quoted == block.quoted {
				between = "\n"
			}
			if before.quoted && block.quoted {
				between = strings.ReplaceAll(between, "\n\n", "\n>\n")
			}
			b.WriteString(between)
		}
		text := block.item + block.text
		if block.item != "" {
			text = strings.ReplaceAll(text, "\\\n", " ")
		}
		if block.quoted {
			text = "> " + strings.ReplaceAll(text, "\n", "\n> ")
		}
		b.WriteString(text)
	}
	return b.String()
}

// inlines writes the runs of a block, its line breaks as ours.
func (w *rewriter) inlines() string {
	var lines []string
	var line []run
	end := func() {
		if text := strings.TrimSpace(marked(joined(line))); text != "" {
			lines = append(lines, guarded(text, w.room))
		}
		line = nil
	}
	for _, r := range w.runs {
		if r.breaks {
			end()
			continue
		}
		line = append(line, r)
	}
	end()
	if w.room == Line {
		return strings.Join(lines, " ")
	}
	return strings.Join(lines, "\\\n")
}

// joined puts runs with the same marks together, on one line, with single
// spaces between words, also across runs.
func joined(runs []run) []run {
	var all []run
	space := true // so far: nothing to keep apart
	for _, r := range runs {
		var b strings.Builder
		for _, c := range r.text {
			if c == ' ' || c == '\n' || c == '\t' {
				if !space {
					b.WriteByte(' ')
				}
				space = true
				continue
			}
			space = false
			b.WriteRune(c)
		}
		r.text = b.String()
		if r.text == "" {
			continue
		}
		if n := len(all) - 1; n >= 0 && all[n].bold == r.bold && all[n].italic == r.italic && all[n].code == r.code && all[n].href == r.href {
			all[n].text += r.text
			continue
		}
		all = append(all, r)
	}
	return all
}

// marked writes runs with their marks. A mark that Markdown would not read
// there, since it touches a word, is left out.
func marked(runs []run) string {
	var b strings.Builder
	for i, r := range runs {
		words := strings.Trim(r.text, " ")
		lead := r.text[:len(r.text)-len(strings.TrimLeft(r.text, " "))]
		trail := ""
		if words != "" {
			trail = r.text[len(strings.TrimRight(r.text, " ")):]
		}
		mark := ""
		if r.bold {
			mark += "**"
		}
		if r.italic {
			mark += "*"
		}
		before, _ := utf8.DecodeLastRuneInString(b.String() + lead)
		after := ' '
		switch {
		case trail != "":
		case i+1 < len(runs):
			after, _ = utf8.DecodeRuneInString(runs[i+1].text)
		}
		if words == "" || !stands(before, words, after) {
			mark = ""
		}
		b.WriteString(lead + mark + r.inner(words) + mark + trail)
	}
	return b.String()
}

// inner is the words of a run within its bold and italics.
func (r run) inner(words string) string {
	text := escaped(words)
	if r.code && words != "" {
		fence := "`"
		for strings.Contains(words, fence) {
			fence += "`"
		}
		space := ""
		if strings.HasPrefix(words, "`") || strings.HasSuffix(words, "`") {
			space = " "
		}
		text = fence + space + words + space + fence
	}
	switch {
	case r.href == "" || words == "":
		return text
	case words == r.href && strings.HasPrefix(words, "http"):
		return "<" + r.href + ">"
	}
	return "[" + text + "](" + r.href + ")"
}

// stands says that marks around words are read as marks: CommonMark's rule of
// flanking, with some to spare.
func stands(before rune, words string, after rune) bool {
	first, _ := utf8.DecodeRuneInString(words)
	last, _ := utf8.DecodeLastRuneInString(words)
	loose := func(c rune) bool {
		return c == utf8.RuneError || unicode.IsSpace(c) || isPunct(c) && c != '*' && c != '_'
	}
	return (!isPunct(first) || loose(before)) && (!isPunct(last) || loose(after)) && before != '*' && after != '*'
}

func isPunct(c rune) bool { return unicode.IsPunct(c) || unicode.IsSymbol(c) }

var named = regexp.MustCompile(`^&(?:[A-Za-z][A-Za-z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});`)

// escaped writes words as Markdown that shows them, with no more backslashes
// than it takes.
func escaped(words string) string {
	var b strings.Builder
	for i, c := range words {
		rest := words[i:]
		switch {
		case strings.ContainsRune("\\`*[]<", c),
			c == '_' && !(i > 0 && isWord(words[:i], true) && isWord(rest[1:], false)),
			c == '&' && named.MatchString(rest),
			c == '{' && strings.HasPrefix(rest, "{{"), c == '!' && strings.HasPrefix(rest, "!["):
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// isWord says that a text ends, or begins, with a letter or a digit.
func isWord(text string, end bool) bool {
	c, _ := utf8.DecodeRuneInString(text)
	if end {
		c, _ = utf8.DecodeLastRuneInString(text)
	}
	return unicode.IsLetter(c) || unicode.IsDigit(c)
}

var opens = regexp.MustCompile(`^(?:[#>+~|:=-]|[0-9]{1,9}[.)])`)

// guarded keeps a line of words from being a heading, a list, a table or, in a
// question, an answer.
func guarded(line string, room Room) string {
	at := opens.FindString(line)
	switch {
	case room == Asking && (strings.HasPrefix(line, "=") || strings.HasPrefix(line, `\=`)):
		return "\u2060" + line // a joiner that nobody sees
	case at == "":
		return line
	}
	return line[:len(at)-1] + `\` + line[len(at)-1:]
}
