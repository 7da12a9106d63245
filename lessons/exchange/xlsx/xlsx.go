// Package xlsx reads and writes series as a workbook: the rows of package
// table on one sheet, all languages beside each other.
//
// A workbook is a zip, and hostile ones unpack to gigabytes: Read limits what
// is unpacked, and how many rows and columns it looks at. Formulas are never
// computed; a cell that Write writes is text, whatever it starts with.
package xlsx

import (
	"bytes"
	"fmt"

	"github.com/xuri/excelize/v2"

	"praline/lessons"
	"praline/lessons/exchange"
	"praline/lessons/exchange/table"
)

var options = excelize.Options{UnzipSizeLimit: 64 << 20, UnzipXMLSizeLimit: 16 << 20, RawCellValue: true}

// Read reads the first sheet with a head that we know; lang is the language of
// a plain list of questions.
func Read(content []byte, lang string) (contents exchange.Contents, err error) {
	none := &exchange.Fault{Code: "not-xlsx"}
	defer func() { // a workbook can be broken in more ways than the library knows
		if p := recover(); p != nil {
			contents, err = exchange.Contents{}, none
		}
	}()
	if len(content) > exchange.MostBytes {
		return exchange.Contents{}, &exchange.Fault{Code: "too-big", Args: []any{"limit", exchange.MostBytes >> 20}}
	}
	f, err := excelize.OpenReader(bytes.NewReader(content), options)
	if err != nil {
		return exchange.Contents{}, none
	}
	defer f.Close()
	err = &exchange.Fault{Code: "no-head"}
	for _, sheet := range f.GetSheetList() {
		rows, fault := rowsOf(f, sheet)
		if fault != nil {
			return exchange.Contents{}, fault
		}
		if contents, err = table.Read(rows, lang); err == nil {
			return contents, nil
		}
	}
	return exchange.Contents{}, err
}

func rowsOf(f *excelize.File, sheet string) ([]table.Row, error) {
	all, err := f.Rows(sheet)
	if err != nil {
		return nil, &exchange.Fault{Code: "not-xlsx"}
	}
	defer all.Close()
	var rows []table.Row
	for line := 1; all.Next(); line++ {
		cells, err := all.Columns()
		switch {
		case err != nil:
			return nil, &exchange.Fault{Line: line, Code: "not-xlsx"}
		case line > table.MostRows:
			return nil, &exchange.Fault{Line: line, Code: "too-many-rows", Args: []any{"limit", table.MostRows}}
		}
		rows = append(rows, table.Row{Line: line, Cells: cells[:min(len(cells), table.MostColumns)]})
	}
	return rows, nil
}

const sheet = "Praline"

// Write writes a series in all its languages, or in one.
func Write(s *lessons.Series, lang string) ([]byte, []exchange.Note, error) {
	rows, notes := table.Write(s, lang)
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return nil, nil, fmt.Errorf("xlsx: %w", err)
	}
	for y, row := range rows {
		for x, cell := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err == nil && cell != "" {
				err = f.SetCellStr(sheet, at, cell)
			}
			if err != nil {
				return nil, nil, fmt.Errorf("xlsx: %w", err)
			}
		}
	}
	if err := dress(f, len(rows), len(rows[0])); err != nil {
		return nil, nil, fmt.Errorf("xlsx: %w", err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		return nil, nil, fmt.Errorf("xlsx: %w", err)
	}
	return b.Bytes(), notes, nil
}

// dress makes the sheet readable: a head that stays, texts on several lines.
func dress(f *excelize.File, rows, columns int) error {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	wrapped, err := f.NewStyle(&excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(columns)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		func() error { return f.SetCellStyle(sheet, "A1", fmt.Sprintf("%s%d", last, rows), wrapped) },
		func() error { return f.SetCellStyle(sheet, "A1", last+"1", bold) },
		func() error { return f.SetColWidth(sheet, "A", "C", 12) },
		func() error { return f.SetColWidth(sheet, "D", last, 45) },
		func() error {
			return f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"})
		},
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}
