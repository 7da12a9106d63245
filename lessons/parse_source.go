package lessons

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What is read of a file at most. A lesson of five minutes is under 10 KB; the
// libraries below need time that grows with the square of hostile input.
const (
	maxPage = 32 << 10 // a lesson
	maxYAML = 16 << 10 // series.yaml, and the front matter of a lesson
)

// source reads a text file: UTF-8 with or without byte-order mark, any line
// ends, accents composed, a line end at the end. Not ok: there is a fault, or
// no such file.
func (r *reading) source(name string, limit int) (text []byte, ok bool) {
	f, err := r.folder.Open(name)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			r.fault(name, 0, "file-unreadable")
		}
		return nil, false
	}
	defer f.Close()
	text, err = io.ReadAll(io.LimitReader(f, int64(limit)+1))
	switch {
	case err != nil:
		r.fault(name, 0, "file-unreadable")
		return nil, false
	case len(text) > limit:
		r.fault(name, 0, "file-too-big", "limit", limit>>10)
		return nil, false
	}
	text = bytes.TrimPrefix(text, []byte("\uFEFF"))
	if at := firstInvalid(text); at >= 0 {
		r.fault(name, lineAt(text, at), "not-utf8")
		return nil, false
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	text = bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
	if at := bytes.IndexFunc(text, isControl); at >= 0 {
		r.fault(name, lineAt(text, at), "control-character", "code", int(text[at]))
		return nil, false
	}
	text = norm.NFC.Bytes(text)
	if !bytes.HasSuffix(text, []byte("\n")) {
		text = append(text, '\n')
	}
	return text, true
}

// isControl says that a character has no place in a text: NUL and its like.
func isControl(c rune) bool { return c < ' ' && c != '\n' && c != '\t' || c == 0x7f }

// firstInvalid is where text stops being UTF-8, -1 if it never does.
func firstInvalid(text []byte) int {
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRune(text[i:])
		if c == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
	return -1
}

// lineAt is the line of an offset, from 1.
func lineAt(text []byte, offset int) int {
	return 1 + bytes.Count(text[:min(offset, len(text))], []byte("\n"))
}
