package people

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// What a roster may be: enough for any administration, and for no bomb.
const (
	rosterMost = 10 << 20 // bytes of the file
	unzipMost  = 64 << 20
	rowsMost   = 60_000
	cellsMost  = 100 // of a row
)

// row is a line of a table, by the number that a spreadsheet shows.
type row struct {
	number int
	cells  []string
}

// readTable reads CSV (UTF-8, UTF-16 with its mark, or windows-1252; parted by
// semicolons, commas or tabs) or the first sheet of an XLSX. Empty rows are left out.
func readTable(content []byte) ([]row, error) {
	switch {
	case len(content) > rosterMost:
		return nil, fault("file", "file-large", "n", rosterMost>>20)
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		return readXLSX(content)
	case bytes.HasPrefix(content, []byte{0xd0, 0xcf, 0x11, 0xe0}):
		return nil, fault("file", "file-xls")
	}
	return readCSV(content)
}

func readCSV(content []byte) ([]row, error) {
	text, err := decoded(content)
	if err != nil || strings.ContainsRune(text, 0) {
		return nil, fault("file", "file-unreadable")
	}
	skipped := 0
	if first, rest, ok := strings.Cut(text, "\n"); ok && strings.HasPrefix(strings.ToLower(first), "sep=") {
		text, skipped = rest, 1 // a line by which Excel is told how cells are parted
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma(text), -1, false
	var rows []row
	for {
		cells, err := r.Read()
		var wrong *csv.ParseError
		switch {
		case errors.Is(err, io.EOF):
			return rows, nil
		case errors.As(err, &wrong):
			return nil, fault("file", "file-quotes", "row", wrong.StartLine+skipped)
		case err != nil:
			return nil, err
		}
		line, _ := r.FieldPos(0)
		if rows, err = withRow(rows, line+skipped, cells); err != nil {
			return nil, err
		}
	}
}

// decoded is a text in whichever of the usual encodings it is.
func decoded(content []byte) (string, error) {
	if utf8.Valid(content) {
		return strings.TrimPrefix(string(content), "\ufeff"), nil
	}
	text, _, err := transform.Bytes(unicode.BOMOverride(charmap.Windows1252.NewDecoder()), content)
	return string(text), err
}

// comma is what parts the cells of the first line.
func comma(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\r\n"), "\n")
	best, most := ';', 0
	for _, sign := range ";,\t" {
		if n := strings.Count(first, string(sign)); n > most {
			best, most = sign, n
		}
	}
	return best
}

// rounded is how a spreadsheet shows a number that is too long for it.
var rounded = regexp.MustCompile(`^\d([.,]\d+)?E\+\d+$`)

func readXLSX(content []byte) (rows []row, err error) {
	book, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{UnzipSizeLimit: unzipMost, UnzipXMLSizeLimit: unzipMost})
	if err != nil {
		return nil, fault("file", "file-unreadable")
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return nil, fault("file", "file-unreadable")
	}
	all, err := book.Rows(sheets[0])
	if err != nil {
		return nil, fault("file", "file-unreadable")
	}
	defer func() { err = errors.Join(err, all.Close()) }()
	for number := 1; all.Next(); number++ {
		cells, err := all.Columns()
		if err != nil {
			return nil, fault("file", "file-unreadable")
		}
		for i, cell := range cells {
			if rounded.MatchString(cell) {
				name, _ := excelize.CoordinatesToCellName(i+1, number)
				if cells[i], err = book.GetCellValue(sheets[0], name, excelize.Options{RawCellValue: true}); err != nil {
					return nil, fmt.Errorf("%s: %w", name, err)
				}
			}
		}
		if rows, err = withRow(rows, number, cells); err != nil {
			return nil, err
		}
	}
	if all.Error() != nil {
		return nil, fault("file", "file-unreadable")
	}
	return rows, nil
}

// withRow adds a row that is not empty.
func withRow(rows []row, number int, cells []string) ([]row, error) {
	empty := true
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
		empty = empty && cells[i] == ""
	}
	switch {
	case empty:
		return rows, nil
	case len(rows) >= rowsMost || len(cells) > cellsMost:
		return nil, fault("file", "file-rows", "n", rowsMost, "cells", cellsMost)
	}
	return append(rows, row{number, cells}), nil
}
