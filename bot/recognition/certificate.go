package recognition

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"rsc.io/qr"

	"praline/lessons"
	"praline/locales"
	"praline/scheduler"
)

// Colours of the design, on paper.
var (
	inkColour     = colour{0x2a, 0x1b, 0x15}
	softColour    = colour{0x65, 0x51, 0x49}
	lineColour    = colour{0xdd, 0xd1, 0xc5}
	cacaoColour   = colour{0x6b, 0x33, 0x22}
	caramelColour = colour{0xc2, 0x7e, 0x1a}
)

type colour [3]int

// Measures of the page, A4, in millimetres.
const (
	marginLeft = 22.0
	textWidth  = 210 - 2*marginLeft
	fontFamily = "Praline"
)

// Certificate is a badge on paper: one A4 page, tagged so that a screen reader
// reads it in order. It names whoever asked for it, and the page that verifies
// it names nobody.
func (r *Recognition) Certificate(b Badge, l Learning, name string, now time.Time) ([]byte, error) {
	w := locales.For(l.Lang)
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.SetCompression(true)
	pdf.AddUTF8FontFromBytes(fontFamily, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(fontFamily, "B", gobold.TTF)
	pdf.SetLang(w.Lang)
	pdf.SetTitle(w.Say("recognition.certificate")+" – "+drawable(in(b.Titles, w.Lang)), true)
	pdf.SetAuthor(drawable(b.Organisation), true)
	pdf.SetCreationDate(now)
	pdf.SetModificationDate(now)
	pdf.SetMargins(marginLeft, 20, marginLeft)
	pdf.SetCellMargin(0)
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddPage()
	c := &certificate{tagger: &tagger{pdf: pdf}, w: w, badge: b, learning: l, name: drawable(name), page: r.Page(b)}
	c.head()
	c.statement()
	c.pieces()
	c.facts(now)
	if err := c.foot(); err != nil {
		return nil, err
	}
	return c.output()
}

type certificate struct {
	*tagger
	w        locales.Words
	badge    Badge
	learning Learning
	name     string
	page     string
}

// drawable replaces what the fonts cannot show and fpdf cannot take: a rune
// beyond the basic plane would stop it.
func drawable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r > 0xffff:
			return '\ufffd'
		case r == '\u202f': // a narrow space, which the fonts lack
			return '\u00a0'
		}
		return r
	}, text)
}

func (c *certificate) font(style string, size float64, in colour) {
	c.pdf.SetFont(fontFamily, style, size)
	c.pdf.SetTextColor(in[0], in[1], in[2])
}

// paragraph writes a text at a height, and returns where it ends.
func (c *certificate) paragraph(kind string, x, y, width, line float64, text string) float64 {
	c.as(kind, "", func() {
		c.pdf.SetXY(x, y)
		c.pdf.MultiCell(width, line, drawable(text), "", "L", false)
	})
	return c.pdf.GetY()
}

func (c *certificate) head() {
	c.decoration(func() {
		c.pdf.SetFillColor(cacaoColour[0], cacaoColour[1], cacaoColour[2])
		c.pdf.RoundedRect(marginLeft, 20, 8, 8, 2.6, "1234", "F")
	})
	c.font("B", 15, inkColour)
	c.paragraph("P", marginLeft+10, 20, 60, 8, "Praline")
	c.font("", 10, softColour)
	c.as("P", "", func() {
		c.pdf.SetXY(marginLeft+60, 20)
		c.pdf.CellFormat(textWidth-60, 8, drawable(c.badge.Organisation), "", 0, "R", false, 0, "")
	})
}

func (c *certificate) statement() {
	c.font("", 12, softColour)
	y := c.paragraph("P", marginLeft, 52, textWidth, 6, c.w.Say("recognition.certificate-for"))
	c.font("B", 28, inkColour)
	y = c.paragraph("H1", marginLeft, y+2, textWidth, 12, c.name)
	c.font("", 15, inkColour)
	l := c.learning
	text := c.w.Say("recognition.statement", "title", in(c.badge.Titles, c.w.Lang), "date", day(c.w, c.badge.At), "known", c.badge.Known, "questions", c.badge.Questions)
	if l.DaysSince > 0 {
		text += " " + c.w.Count("recognition.since", l.DaysSince)
	}
	c.paragraph("P", marginLeft, y+6, textWidth, 8, text)
}

// pieces draws one rounded square a question.
func (c *certificate) pieces() {
	total := c.badge.Questions
	each := (total + 19) / 20 // twenty fit beside one another
	shown, full := (total+each-1)/each, c.badge.Known/each
	y := c.pdf.GetY() + 8
	words := c.w.Say("recognition.pieces-alt", "known", c.badge.Known, "questions", total)
	c.as("Figure", words, func() {
		for i := range shown {
			x := marginLeft + float64(i)*8.3
			ink := cacaoColour
			if i >= full {
				ink = caramelColour
			}
			c.pdf.SetFillColor(ink[0], ink[1], ink[2])
			c.pdf.SetDrawColor(ink[0], ink[1], ink[2])
			c.pdf.SetLineWidth(0.5)
			if i < full {
				c.pdf.RoundedRect(x, y, 6.6, 6.6, 2.1, "1234", "FD")
				continue
			}
			c.pdf.RoundedRect(x, y, 6.6, 6.6, 2.1, "1234", "D")
			c.pdf.Rect(x, y+3.3, 6.6, 1.6, "F")
			c.pdf.RoundedRect(x, y+3.3, 6.6, 3.3, 1.6, "34", "F")
		}
	})
	c.font("", 9, softColour)
	c.paragraph("P", marginLeft, y+9, textWidth, 5, c.w.Count("recognition.pieces", each))
}

// facts are the lines below: what was learned, when, and who made it.
func (c *certificate) facts(now time.Time) {
	w, l, s := c.w, c.learning, c.learning.Series
	rows := [][2]string{
		{"recognition.series", w.Say("recognition.series-value", "title", in(c.badge.Titles, w.Lang), "version", c.badge.Version, "language", w.Say(inLanguage[w.Lang]))},
		{"recognition.time", w.Say("recognition.time-value", "lessons", w.Count("recognition.lessons", l.Lessons), "minutes", w.Count("recognition.minutes", l.Minutes), "from", date(w, l.From), "to", date(w, l.To))},
	}
	if len(c.badge.Competences) > 0 {
		rows = append(rows, [2]string{"recognition.competences", strings.Join(c.badge.Competences, ", ")})
	}
	if made := credited(w, s); made != "" {
		rows = append(rows, [2]string{"recognition.made-by", made})
	}
	rows = append(rows, [2]string{"recognition.issued", w.Say("recognition.issued-value", "date", day(w, now))})
	y := c.pdf.GetY() + 10
	for _, row := range rows {
		c.rule(y)
		c.font("", 10, softColour)
		c.paragraph("P", marginLeft, y+3, 40, 5.4, w.Say(row[0]))
		c.font("", 10, inkColour)
		y = c.paragraph("P", marginLeft+44, y+3, textWidth-44, 5.4, row[1]) + 3
	}
	c.rule(y)
}

func (c *certificate) rule(y float64) {
	c.decoration(func() {
		c.pdf.SetDrawColor(lineColour[0], lineColour[1], lineColour[2])
		c.pdf.SetLineWidth(0.2)
		c.pdf.Line(marginLeft, y, marginLeft+textWidth, y)
	})
}

// foot says how to verify it.
func (c *certificate) foot() error {
	const y, side = 252.0, 24.0
	x := marginLeft
	if c.page != "" {
		code, err := qr.Encode(c.page, qr.M)
		if err != nil {
			return fmt.Errorf("certificate: code of %s: %w", c.page, err)
		}
		dot := side / float64(code.Size)
		c.as("Figure", c.w.Say("recognition.code-alt", "page", c.page), func() {
			c.pdf.SetFillColor(inkColour[0], inkColour[1], inkColour[2])
			for row := range code.Size {
				for column := range code.Size {
					if code.Black(column, row) {
						c.pdf.Rect(marginLeft+float64(column)*dot, y+float64(row)*dot, dot*1.02, dot*1.02, "F")
					}
				}
			}
		})
		x += side + 7
	}
	c.font("", 10, inkColour)
	words := c.w.Say("recognition.verify", "page", c.page)
	if c.page == "" {
		words = c.w.Say("recognition.verify-file")
	}
	below := c.paragraph("P", x, y+2, textWidth-(x-marginLeft), 5.4, words)
	c.font("", 9, softColour)
	c.paragraph("P", x, below+1, textWidth-(x-marginLeft), 5, c.w.Say("recognition.signed", "organisation", c.badge.Organisation))
	return nil
}

// inLanguage says in which language something was learned.
var inLanguage = map[string]string{
	"fr": "recognition.in-fr", "nl": "recognition.in-nl", "de": "recognition.in-de", "en": "recognition.in-en",
}

// credited are who wrote a series, and who read it.
func credited(w locales.Words, s *lessons.Series) string {
	made := names(s.Authors)
	if len(made) == 0 {
		return ""
	}
	if read := names(s.Reviewers); len(read) > 0 {
		return w.Say("recognition.made-and-read", "authors", w.List(made), "reviewers", w.List(read))
	}
	return w.List(made)
}

func names(people []lessons.Person) []string {
	var all []string
	for _, p := range people {
		all = append(all, p.Name)
	}
	return all
}

// day is a time's day in words.
func day(w locales.Words, t time.Time) string { return date(w, scheduler.DateOf(t, time.UTC)) }

func date(w locales.Words, d scheduler.Date) string {
	if d.IsZero() {
		return "–"
	}
	return w.Day(d.Month, d.Day) + " " + strconv.Itoa(d.Year)
}
