package markup_test

import (
	"html"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"praline/channels/markup"
)

// Strict readers, each by its app's own rules, so that a writer is not judged by
// itself. All say what they read as signs.

type fataler interface{ Fatalf(string, ...any) }

// sign is a character as a reader sees it. Space is not among signs, nor what
// has no width or was no UTF-8.
type sign struct {
	r                  rune
	bold, italic, link bool
	code               bool // only known of a document
}

type signs []sign

func (s signs) String() string {
	var b strings.Builder
	for _, one := range s {
		b.WriteRune(one.r)
	}
	return b.String()
}

// plain says whether nothing is in any style.
func (s signs) plain() bool {
	for _, one := range s {
		if one.bold || one.italic || one.link {
			return false
		}
	}
	return true
}

// dressed says whether two say the same in the same styles; what is no letter, or
// is code, may be without.
func (s signs) dressed(want signs) bool {
	return slices.EqualFunc(s, want, func(got, want sign) bool {
		free := want.code || !unicode.IsLetter(want.r)
		return got.r == want.r && (free || got.bold == want.bold && got.italic == want.italic && got.link == want.link)
	})
}

func (s *signs) add(words string, style sign) {
	for _, r := range words {
		if !unicode.IsSpace(r) && !unicode.IsControl(r) && !strings.ContainsRune("\u200b\u2060\ufeff\uFFFD", r) {
			style.r = r
			*s = append(*s, style)
		}
	}
}

// content is what a document says, with the marks of its lists.
func content(source, bullet string) (all signs) {
	for _, block := range markup.Parse(source) {
		leaves(&all, block.Inlines, sign{})
		for i, item := range block.Items {
			mark := bullet
			if block.First > 0 {
				mark = strconv.Itoa(block.First+i) + "."
			}
			all.add(mark, sign{})
			leaves(&all, item, sign{})
		}
	}
	return all
}

func leaves(all *signs, inlines []markup.Inline, style sign) {
	for _, n := range inlines {
		inner := style
		switch n.Kind {
		case markup.Text, markup.Code:
			inner.code = n.Kind == markup.Code
			all.add(n.Text, inner)
		case markup.Bold:
			inner.bold = true
			leaves(all, n.Children, inner)
		case markup.Italic:
			inner.italic = true
			leaves(all, n.Children, inner)
		case markup.Link:
			var words signs
			leaves(&words, n.Children, style)
			if len(words) == 0 { // it shows its address
				words.add(strings.TrimPrefix(n.URL, "mailto:"), style)
			}
			for _, w := range words {
				*all = append(*all, sign{r: w.r, bold: words[0].bold, italic: words[0].italic, link: true})
			}
		}
	}
}

// commonMark reads what a card's Markdown means to CommonMark, with tables,
// and fails on whatever a card does not know.
var commonMark = goldmark.New(goldmark.WithExtensions(extension.Table)).Parser()

func readCard(t fataler, written string) (all signs) {
	if strings.Contains(written, "{{") {
		t.Fatalf("a function of the template in %q", written)
	}
	if strings.Contains(written, "~~") {
		t.Fatalf("text that is struck out in %q", written)
	}
	source := []byte(written)
	var read func(ast.Node, sign)
	read = func(parent ast.Node, style sign) {
		for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
			inner := style
			switch n := n.(type) {
			case *ast.Paragraph, *ast.TextBlock, *ast.List:
			case *ast.ListItem:
				list := n.Parent().(*ast.List)
				mark := "-"
				if list.IsOrdered() {
					place := 0
					for before := n.PreviousSibling(); before != nil; before = before.PreviousSibling() {
						place++
					}
					mark = strconv.Itoa(list.Start+place) + "."
				}
				all.add(mark, sign{})
			case *ast.Text:
				raw := string(n.Segment.Value(source))
				if html.UnescapeString(raw) != raw && !strings.Contains(raw, `\`) {
					t.Fatalf("an entity in %q", written)
				}
				all.add(string(util.UnescapePunctuations([]byte(raw))), style)
			case *ast.Emphasis:
				inner.bold = inner.bold || n.Level == 2
				inner.italic = inner.italic || n.Level == 1
			case *ast.Link:
				inner.link = true
			default:
				t.Fatalf("a %s in %q", n.Kind(), written)
			}
			read(n, inner)
		}
	}
	read(commonMark.Parse(text.NewReader(source)), sign{})
	return all
}

// slackBracket is all that may stand in angle brackets.
var slackBracket = regexp.MustCompile(`^<((?:https?://|mailto:)[^<>|\s]+)\|([^<>\n]+)>`)

var slackEmoji = regexp.MustCompile(`^:[\p{L}\p{Nd}\p{M}_+'-]+:`)

// readSlack reads mrkdwn. Nobody but Slack knows whether a word joiner is like a
// letter or like a space to it: as says which.
func readSlack(t fataler, written string, as rune) (all signs) {
	r := slackReader{t: t, whole: written, as: as}
	for line := range strings.SplitSeq(written, "\n") {
		if strings.HasPrefix(strings.TrimLeft(line, " "), "&gt;") || strings.HasPrefix(strings.TrimLeft(line, " "), "＞") {
			t.Fatalf("a quote in %q", written)
		}
		all = append(all, r.line([]rune(line), sign{}, 0, 0)...)
	}
	return all
}

type slackReader struct {
	t     fataler
	whole string
	as    rune
}

func (r slackReader) word(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || c == '\u2060' && r.as == 'a'
}

func (r slackReader) space(c rune) bool {
	return c == 0 || unicode.IsSpace(c) || c == '\u2060' && r.as == ' '
}

func (r slackReader) line(line []rune, style sign, before, after rune) (all signs) {
	at := func(i int) rune {
		switch {
		case i < 0:
			return before
		case i >= len(line):
			return after
		}
		return line[i]
	}
	for i := 0; i < len(line); i++ {
		c := line[i]
		rest := string(line[i:])
		switch c {
		case '<':
			m := slackBracket.FindStringSubmatch(rest)
			if m == nil {
				r.t.Fatalf("a < that is no link in %q", r.whole)
			}
			inner := style
			inner.link = true
			all = append(all, r.line([]rune(m[2]), inner, '|', '>')...)
			i += utf8.RuneCountInString(m[0]) - 1
			continue
		case '>':
			r.t.Fatalf("a bare > in %q", r.whole)
		case '&':
			end := strings.IndexByte(rest, ';')
			if end < 0 || rest[:end] != "&amp" && rest[:end] != "&lt" && rest[:end] != "&gt" {
				r.t.Fatalf("a bare & in %q", r.whole)
			}
			all.add(html.UnescapeString(rest[:end+1]), style)
			i += end
			continue
		case ':':
			if m := slackEmoji.FindString(rest); m != "" && !(unicode.IsDigit(at(i-1)) && strings.Trim(m, ":0123456789") == "") {
				r.t.Fatalf("an emoji %s in %q", m, r.whole)
			}
		case '`':
			if end := index(line, i+1, '`'); end > 0 && !r.word(at(i-1)) && !r.word(at(end+1)) && !r.space(at(i+1)) && !r.space(at(end-1)) {
				all.add(html.UnescapeString(string(line[i+1:end])), style)
				i = end
				continue
			}
		case '*', '_', '~':
			if end := r.closes(line, i, at); end > 0 {
				inner := style
				inner.bold = inner.bold || c == '*'
				inner.italic = inner.italic || c == '_'
				if c == '~' {
					r.t.Fatalf("text that is struck out in %q", r.whole)
				}
				all = append(all, r.line(line[i+1:end], inner, c, c)...)
				i = end
				continue
			}
		}
		all.add(string(c), style)
	}
	return all
}

// closes is where the mark at i is closed, or 0.
func (r slackReader) closes(line []rune, i int, at func(int) rune) int {
	if r.word(at(i-1)) || r.space(at(i+1)) {
		return 0
	}
	for end := i + 1; end < len(line); end++ {
		if line[end] == '`' { // a mark within code is none
			if close := index(line, end+1, '`'); close > 0 && !r.space(at(end+1)) && !r.word(at(end-1)) {
				end = close
				continue
			}
		}
		if end > i+1 && line[end] == line[i] && !r.space(at(end-1)) && !r.word(at(end+1)) {
			return end
		}
	}
	return 0
}

func index(line []rune, from int, c rune) int {
	for i := from; i < len(line); i++ {
		if line[i] == c {
			return i
		}
	}
	return 0
}
