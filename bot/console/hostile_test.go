package console_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"io/fs"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// hostile is a file that somebody sends to do harm.
type hostile struct {
	label, name string
	content     []byte
}

func drawing(inner string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">` + inner + `</svg>`
}

// zipped is a zip of names and contents, in pairs.
func zipped(t *testing.T, pairs ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(pairs); i += 2 {
		w, err := z.Create(pairs[i])
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte(pairs[i+1]))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// linked is a zip with a symbolic link.
func linked(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	head := &zip.FileHeader{Name: "01-a.fr.md"}
	head.SetMode(fs.ModeSymlink | 0o777)
	w, err := z.CreateHeader(head)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = w.Write([]byte("/etc/passwd"))
	_ = z.Close()
	return b.Bytes()
}

// hugePicture is the head of a picture of 50,000 by 50,000 points.
func hugePicture(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		t.Fatal(err)
	}
	head := b.Bytes()
	binary.BigEndian.PutUint32(head[16:], 50_000)
	binary.BigEndian.PutUint32(head[20:], 50_000)
	binary.BigEndian.PutUint32(head[29:], crc32.ChecksumIEEE(head[12:29]))
	return head
}

// laughs are entities that grow to a billion words.
func laughs(root string) string {
	var b strings.Builder
	b.WriteString("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol \"lol\">")
	for n := range 9 {
		before := "lol"
		if n > 0 {
			before = fmt.Sprint("lol", n)
		}
		fmt.Fprintf(&b, "<!ENTITY lol%d \"%s\">", n+1, strings.Repeat("&"+before+";", 10))
	}
	return b.String() + "]><" + root + ">&lol9;</" + root + ">"
}

// bookWith is a workbook in which a part is replaced.
func bookWith(t *testing.T, part, content string) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close() //nolint:errcheck // in memory
	for i, head := range []string{"matricule", "nom"} {
		at, _ := excelize.CoordinatesToCellName(i+1, 1)
		_ = book.SetCellStr("Sheet1", at, head)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		into, _ := w.Create(f.Name)
		if f.Name == part {
			_, _ = into.Write([]byte(content))
			continue
		}
		from, _ := f.Open()
		var one bytes.Buffer
		_, _ = one.ReadFrom(from)
		_, _ = into.Write(one.Bytes())
	}
	_ = w.Close()
	return out.Bytes()
}

// hostiles are sent to every place that takes files.
func hostiles(t *testing.T) []hostile {
	t.Helper()
	var many []string
	for n := range 10_000 {
		many = append(many, fmt.Sprintf("%d.md", n), "")
	}
	zeros := strings.Repeat("\x00", 80<<20)
	rows := `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>` + strings.Repeat(`<row><c t="inlineStr"><is><t>a</t></is></c></row>`, 2_000_000) + `</sheetData></worksheet>`
	all := []hostile{
		{"a zip bomb", "a.zip", zipped(t, "01-a.fr.md", zeros)},
		{"a zip of 10,000 files", "a.zip", zipped(t, many...)},
		{"a path out of the folder", "a.zip", zipped(t, "../../01-a.fr.md", "x")},
		{"a path out of the folder on Windows", "a.zip", zipped(t, "..\\..\\01-a.fr.md", "x")},
		{"an absolute path", "a.zip", zipped(t, "/etc/cron.d/01-a.fr.md", "x")},
		{"a drive's path", "a.zip", zipped(t, "C:\\01-a.fr.md", "x")},
		{"a link", "a.zip", linked(t)},
		{"a name twice", "a.zip", zipped(t, "01-a.fr.md", "x", "01-a.fr.md", "y")},
		{"a name twice, in capitals", "a.zip", zipped(t, "01-a.fr.md", "x", "01-A.fr.md", "y")},
		{"a zip in a zip", "a.zip", zipped(t, "a.zip", string(zipped(t, "a", "x")))},
		{"a huge picture", "a.png", hugePicture(t)},
		{"a huge picture in a zip", "a.zip", zipped(t, "media/a.png", string(hugePicture(t)))},
		{"a program called picture", "a.png", []byte("MZ\x90\x00 a program")},
		{"a page called picture", "a.jpg", []byte("<html><script>alert(1)</script>")},
		{"a program called film", "a.mp4", []byte("#!/bin/sh\nrm -rf /\n")},
		{"a program", "a.exe", []byte("MZ")},
		{"a page", "a.html", []byte("<script>alert(1)</script>")},
		{"entities that grow", "a.xml", []byte(laughs("quiz"))},
		{"a drawing with entities that grow", "a.svg", []byte(laughs("svg"))},
		{"an entity that is a file", "a.xml", []byte(`<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>`)},
		{"a workbook that unpacks to 100 MB", "a.xlsx", bookWith(t, "xl/worksheets/sheet1.xml", rows)},
		{"a workbook with entities that grow", "a.xlsx", bookWith(t, "xl/worksheets/sheet1.xml", laughs("worksheet"))},
		{"a workbook cut short", "a.xlsx", bookWith(t, "", "")[:2000]},
		{"a name with a NUL", "a.zip", zipped(t, "01-a\x00.fr.md", "x")},
		{"a name written backwards", "a.zip", zipped(t, "01-\u202edm.rf.md", "x")},
		{"a name with a line end", "a.zip", zipped(t, "01-a\n.fr.md", "x")},
	}
	for label, inner := range map[string]string{
		"a script": "<script>alert(1)</script>", "a press": `<path onclick="alert(1)"/>`, "a load": `<g onload="alert(1)"/>`, "a page": `<foreignObject><iframe/></foreignObject>`,
		"a link": `<a xlink:href="javascript:alert(1)"><path/></a>`, "a picture of elsewhere": `<image href="https://evil.example/a.png"/>`, "a use of elsewhere": `<use xlink:href="//evil.example/a#b"/>`,
		"a style of elsewhere": `<style>@import "//evil.example/a.css"</style>`,
	} {
		all = append(all, hostile{"a drawing with " + label, "a.svg", []byte(drawing(inner))}, hostile{"a zip of a drawing with " + label, "a.zip", zipped(t, "media/a.svg", drawing(inner))})
	}
	return all
}
