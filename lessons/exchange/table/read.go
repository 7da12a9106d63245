package table

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange"
)

// head says what the columns hold.
type head struct {
	row, id, right int
	langs          []string
	first, second  map[string]int // by language
}

var (
	langColumn   = regexp.MustCompile(`^([a-z]{2})$`)
	secondColumn = regexp.MustCompile(`^([a-z]{2}) ?2$`)
)

func headOf(r Row) (head, bool) {
	h := head{row: -1, id: -1, right: -1, first: map[string]int{}, second: map[string]int{}}
	for i, cell := range r.Cells {
		name := known(cell)
		switch {
		case name == "row" && h.row < 0:
			h.row = i
		case name == "id" && h.id < 0:
			h.id = i
		case name == "right" && h.right < 0:
			h.right = i
		case langColumn.MatchString(name) && name != "id":
			if _, there := h.first[name]; !there {
				h.first[name] = i
				h.langs = append(h.langs, name)
			}
		default:
			if m := secondColumn.FindStringSubmatch(name); m != nil {
				h.second[m[1]] = i
			}
		}
	}
	slices.Sort(h.langs)
	return h, h.row >= 0 && len(h.langs) > 0
}

// Read reads rows, of which one of the first is the head. lang is that of a
// plain list of questions.
func Read(rows []Row, lang string) (exchange.Contents, error) {
	for i, r := range rows[:min(len(rows), 10)] {
		if h, ok := headOf(r); ok {
			t := &reading{head: h, Builder: exchange.NewBuilder()}
			for _, r := range rows[i+1:] {
				if t.Full() {
					break
				}
				t.read(r)
			}
			t.end()
			return t.Done(), nil
		}
		if l, ok := listOf(r); ok {
			return l.read(rows[i+1:], lang), nil
		}
	}
	return exchange.Contents{}, &exchange.Fault{Code: "no-head"}
}

// reading is the rows so far: the question or screen that is open.
type reading struct {
	head
	*exchange.Builder
	line   int
	id     string
	asked  map[string]*lessons.Question
	screen map[string]lessons.Screen
}

// texts are the two texts of a row for a language.
func (t *reading) texts(r Row, lang string) (first, second string) {
	second2, ok := t.second[lang]
	if ok {
		second = r.cell(second2)
	}
	return r.cell(t.first[lang]), second
}

// markdown is a cell as Markdown of ours.
func (t *reading) markdown(line int, text string, room exchange.Room) string {
	got := exchange.FromMarkdown(linesKept(text), room, nil)
	t.Lost(line, t.id, got.Lost...)
	if got.Title != "" {
		return got.Title
	}
	return got.Text
}

var block = regexp.MustCompile(`^\s*(?:[-*+>#|]|[0-9]+[.)]\s)`)

// linesKept keeps the lines of a cell: who types them there means them.
func linesKept(text string) string {
	lines := strings.Split(text, "\n")
	for i := range len(lines) - 1 {
		now, next := strings.TrimRight(lines[i], " "), lines[i+1]
		if now != "" && strings.TrimSpace(next) != "" && !strings.HasSuffix(now, `\`) && !block.MatchString(next) && !block.MatchString(now) {
			lines[i] = now + `\`
		}
	}
	return strings.Join(lines, "\n")
}

func (t *reading) end() {
	if t.screen != nil {
		t.Screen(t.screen)
	}
	if t.asked != nil {
		for lang, q := range t.asked {
			if q.Text == "" && len(t.asked) > 1 {
				t.Note(t.line, t.id, "language-empty", "lang", lang)
				delete(t.asked, lang)
			}
		}
		t.Question(t.line, t.id, t.asked)
	}
	t.screen, t.asked, t.id = nil, nil, ""
}

func (t *reading) read(r Row) {
	what := known(r.cell(t.row))
	switch what {
	case "":
		if strings.TrimSpace(strings.Join(r.Cells, "")) != "" {
			t.Note(r.Line, t.id, "row-unknown", "row", "")
		}
	case "series":
		t.end()
		t.Title, _ = t.texts(r, t.langs[0])
	case "lesson":
		t.end()
		t.lesson(r)
	case "source":
		t.end()
		for _, lang := range t.langs {
			if address, _ := t.texts(r, lang); address != "" {
				page := t.Page(lang)
				page.Sources = append(page.Sources, exchange.OneLine(address))
			}
		}
	case "screen":
		t.end()
		t.id = ""
		t.screen = map[string]lessons.Screen{}
		for _, lang := range t.langs {
			text, title := t.texts(r, lang)
			if text+title != "" {
				t.screen[lang] = lessons.Screen{Text: t.markdown(r.Line, text, exchange.Rich), Title: exchange.OneLine(title)}
			}
		}
	case "picture":
		t.picture(r)
	case "single", "multiple", "poll", "short", "number", "order", "pairs", "gap":
		t.end()
		t.ask(r, lessons.Kind(what))
	case "choice", "answer", "item", "pair", "columns":
		if t.asked == nil {
			t.Note(r.Line, "", "row-alone", "row", what)
			return
		}
		for _, lang := range t.langs {
			t.part(r, what, lang, t.asked[lang])
		}
	default:
		t.Note(r.Line, t.id, "row-unknown", "row", exchange.OneLine(what[:min(len(what), 40)]))
	}
}

func (t *reading) lesson(r Row) {
	titles := lessons.Text{}
	for _, lang := range t.langs {
		if title, _ := t.texts(r, lang); title != "" {
			titles[lang] = exchange.OneLine(title)
		}
	}
	t.Lesson(r.cell(t.head.id), titles)
	for _, lang := range t.langs {
		if titles[lang] == "" {
			continue
		}
		_, objective := t.texts(r, lang)
		page := t.Page(lang)
		page.Objective = exchange.OneLine(objective)
		if n, err := strconv.Atoi(r.cell(t.right)); err == nil && n >= 1 && n <= 5 {
			page.Minutes = n
		}
	}
}

// picture adds a picture that the series has, or will have, by its path.
func (t *reading) picture(r Row) {
	m := lessons.Media{Path: r.cell(t.head.id)}
	for _, lang := range t.langs {
		alt, _ := t.texts(r, lang)
		m.Alt = exchange.OneLine(alt)
		if s, ok := t.screen[lang]; ok {
			s.Media = append(s.Media, m)
			t.screen[lang] = s
		}
		if q := t.asked[lang]; q != nil {
			q.Media = append(q.Media, m)
		}
	}
	t.Note(r.Line, t.id, "media-beside", "media", m.Path)
}

func (t *reading) ask(r Row, kind lessons.Kind) {
	t.line, t.id, t.asked = r.Line, exchange.OneLine(r.cell(t.head.id)), map[string]*lessons.Question{}
	for _, lang := range t.langs {
		text, explanation := t.texts(r, lang)
		q := &lessons.Question{Kind: kind, Text: t.markdown(r.Line, text, exchange.Asking), Explanation: t.markdown(r.Line, explanation, exchange.Rich)}
		if kind == lessons.Number {
			value, tolerance, ok := exchange.Number(r.cell(t.right))
			if !ok {
				t.Note(r.Line, t.id, "no-number", "answer", r.cell(t.right))
				t.asked = nil
				return
			}
			q.Value, q.Tolerance = value, tolerance
		}
		t.asked[lang] = q
	}
}

// marks are how a right choice is marked.
var marks = []string{"x", "1", "v", "✓", "✔", "true", "vrai", "juist", "waar", "oui", "ja", "yes", "correct", "right", "juste"}

func (t *reading) part(r Row, what, lang string, q *lessons.Question) {
	first, second := t.texts(r, lang)
	if q == nil || max(len(q.Choices), len(q.Accepted), len(q.Items), len(q.Left)) >= exchange.MostAnswers {
		return
	}
	switch what {
	case "choice":
		right := slices.Contains(marks, strings.ToLower(r.cell(t.right)))
		q.Choices = append(q.Choices, lessons.Choice{Text: t.markdown(r.Line, first, exchange.Line), Right: right, Feedback: t.markdown(r.Line, second, exchange.Rich)})
	case "answer":
		q.Accepted = append(q.Accepted, first)
	case "item":
		q.Items = append(q.Items, t.markdown(r.Line, first, exchange.Line))
	case "pair":
		q.Left = append(q.Left, t.markdown(r.Line, first, exchange.Line))
		q.Right = append(q.Right, t.markdown(r.Line, second, exchange.Line))
	case "columns":
		q.LeftTitle, q.RightTitle = t.markdown(r.Line, first, exchange.Line), t.markdown(r.Line, second, exchange.Line)
	}
}
