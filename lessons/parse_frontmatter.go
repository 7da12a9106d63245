package lessons

import (
	"bytes"
	"net/url"
	"strconv"
)

var twinKeys = []string{"title", "minutes", "objective", "sources"}

// What a lesson may claim, in minutes.
const (
	minMinutes = 1
	maxMinutes = 5
)

// twin reads one page of a lesson, nil if it cannot be read at all.
func (r *reading) twin(file, lang string) *Twin {
	text, ok := r.source(file, maxPage)
	if !ok {
		return nil
	}
	t := &Twin{File: file, Lang: lang}
	head, body, first := r.head(file, text)
	if head != nil {
		if m, ok := r.mapping(file, head, 1, twinKeys...); ok {
			m.front(t)
		}
	}
	r.page(t, body, first)
	r.length(t)
	return t
}

// head parts a page in its front matter, nil if there is none, and the rest,
// which starts after line first.
func (r *reading) head(file string, text []byte) (head, body []byte, first int) {
	line, rest, _ := bytes.Cut(text, []byte("\n"))
	if string(bytes.TrimRight(line, " \t")) != "---" {
		r.fault(file, 1, "front-matter-missing")
		return nil, text, 0
	}
	head = rest
	first = 1
	for at := 0; len(rest) > 0; {
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		first++
		if string(bytes.TrimRight(line, " \t")) == "---" {
			return head[:at], rest, first
		}
		at += len(line) + 1
	}
	r.fault(file, 1, "front-matter-open")
	return nil, nil, 0
}

// front reads what a page says of itself.
func (m *mapping) front(t *Twin) {
	m.line = 1
	m.need("title", "minutes", "objective")
	t.Title, t.Objective = m.text("title"), m.text("objective")
	if minutes := m.text("minutes"); minutes != "" {
		n, err := strconv.Atoi(minutes)
		if err != nil || n < minMinutes || n > maxMinutes {
			m.r.fault(m.file, m.lineAt("minutes"), "minutes-range", "minutes", minutes, "from", minMinutes, "to", maxMinutes)
		} else {
			t.Minutes = n
		}
	}
	var lines []int
	t.Sources, lines = m.texts("sources")
	if node, ok := m.value["sources"]; !ok || isEmpty(node) {
		m.r.fault(m.file, m.lineAt("sources"), "source-missing")
	}
	for i, source := range t.Sources {
		if !isWebAddress(source) {
			m.r.fault(m.file, lines[i], "source-address", "source", source)
		}
	}
}

func isWebAddress(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}
