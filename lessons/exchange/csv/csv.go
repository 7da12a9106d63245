// Package csv reads and writes series as comma-separated values: the rows of
// package table, all languages in one file.
//
// Read takes what Excel and others write: with ; or , or tabs, in UTF-8, UTF-16
// or windows-1252. A cell is text whatever it starts with. Write gives UTF-8
// with its mark and semicolons, as Excel in Belgium opens it; a cell that a
// spreadsheet would compute gets an apostrophe in front, which Read takes away.
package csv

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange"
	"praline/lessons/exchange/table"
)

// Read reads a file; lang is the language of a plain list of questions.
func Read(content []byte, lang string) (exchange.Contents, error) {
	if len(content) > exchange.MostBytes {
		return exchange.Contents{}, &exchange.Fault{Code: "too-big", Args: []any{"limit", exchange.MostBytes >> 20}}
	}
	text := exchange.Decode(content)
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = separator(text), -1, true
	var rows []table.Row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return table.Read(rows, lang)
		}
		var wrong *csv.ParseError
		if errors.As(err, &wrong) {
			return exchange.Contents{}, &exchange.Fault{Line: wrong.Line, Code: "csv-quotes"}
		}
		line, _ := r.FieldPos(0)
		switch {
		case err != nil:
			return exchange.Contents{}, err
		case len(rows) >= table.MostRows:
			return exchange.Contents{}, &exchange.Fault{Line: line, Code: "too-many-rows", Args: []any{"limit", table.MostRows}}
		}
		cells = cells[:min(len(cells), table.MostColumns)]
		for i, cell := range cells {
			if len(cell) > 1 && cell[0] == '\'' && computed(cell[1:]) {
				cells[i] = cell[1:]
			}
		}
		rows = append(rows, table.Row{Line: line, Cells: cells})
	}
}

// separator is what parts the cells of the first line that has some.
func separator(text string) rune {
	for line := range strings.Lines(text) {
		best, most := ';', 0
		for _, c := range ";,\t" {
			if n := strings.Count(line, string(c)); n > most {
				best, most = c, n
			}
		}
		if most > 0 {
			return best
		}
	}
	return ';'
}

// computed says that a spreadsheet would compute a cell, or run what it says.
func computed(cell string) bool { return cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) }

// Write writes a series in all its languages, or in one.
func Write(s *lessons.Series, lang string) ([]byte, []exchange.Note, error) {
	rows, notes := table.Write(s, lang)
	var b bytes.Buffer
	b.WriteString("\uFEFF")
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	for _, row := range rows {
		for i, cell := range row {
			if computed(cell) {
				row[i] = "'" + cell
			}
		}
		if err := w.Write(row); err != nil {
			return nil, nil, err
		}
	}
	w.Flush()
	return b.Bytes(), notes, w.Error()
}
