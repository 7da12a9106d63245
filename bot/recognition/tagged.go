package recognition

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"codeberg.org/go-pdf/fpdf"
)

// A tagged PDF says what its marks on the paper are, so that a screen reader
// reads headings and paragraphs in order (ISO 32000-1, 14.7 and 14.8). fpdf
// writes none of it: what is written is marked here while it is drawn, and the
// structure is appended to the finished file as an incremental update (7.5.6).

// tagger draws on one page and remembers what each part is.
type tagger struct {
	pdf   *fpdf.Fpdf
	parts []part
}

type part struct {
	kind string // a standard structure type: "H1", "P", "Figure"
	alt  string
}

// as draws something that is read.
func (t *tagger) as(kind, alt string, draw func()) {
	t.pdf.RawWriteStr(fmt.Sprintf("/%s <</MCID %d>> BDC", kind, len(t.parts)))
	t.parts = append(t.parts, part{kind, alt})
	draw()
	t.pdf.RawWriteStr("EMC")
}

// decoration draws something that is not.
func (t *tagger) decoration(draw func()) {
	t.pdf.RawWriteStr("/Artifact BMC")
	draw()
	t.pdf.RawWriteStr("EMC")
}

// output is the whole file.
func (t *tagger) output() ([]byte, error) {
	var b bytes.Buffer
	if err := t.pdf.Output(&b); err != nil {
		return nil, err
	}
	return structured(b.Bytes(), t.parts)
}

var (
	catalogObject = regexp.MustCompile(`(?s)(\d+) 0 obj\s*<<\s*(/Type /Catalog.*?)>>\s*endobj`)
	pageObject    = regexp.MustCompile(`(?s)(\d+) 0 obj\s*<<\s*(/Type /Page\s.*?)>>\s*endobj`)
	infoEntry     = regexp.MustCompile(`/Info \d+ 0 R`)
	sizeEntry     = regexp.MustCompile(`/Size (\d+)`)
	startXref     = regexp.MustCompile(`startxref\s+(\d+)\s+%%EOF\s*$`)
)

// structured appends the structure of the only page to a finished file.
func structured(file []byte, parts []part) ([]byte, error) {
	catalog, page := catalogObject.FindSubmatch(file), pageObject.FindSubmatch(file)
	size, start := sizeEntry.FindSubmatch(file), startXref.FindSubmatch(file)
	if catalog == nil || page == nil || size == nil || start == nil {
		return nil, errors.New("certificate: the PDF is not as fpdf writes it: it cannot be tagged")
	}
	next, err := strconv.Atoi(string(size[1]))
	if err != nil {
		return nil, err
	}
	u := &update{file: file}
	root, document, tree := next, next+1, next+2
	kids := make([]string, len(parts))
	for i, p := range parts {
		kids[i] = fmt.Sprintf("%d 0 R", next+3+i)
		alt := ""
		if p.alt != "" {
			alt = " /Alt " + pdfText(p.alt)
		}
		u.object(next+3+i, fmt.Sprintf("/Type /StructElem /S /%s /P %d 0 R /Pg %s 0 R /K %d%s", p.kind, document, page[1], i, alt))
	}
	all := strings.Join(kids, " ")
	u.object(root, fmt.Sprintf("/Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey 1", document, tree))
	u.object(document, fmt.Sprintf("/Type /StructElem /S /Document /P %d 0 R /K [%s]", root, all))
	u.object(tree, fmt.Sprintf("/Nums [0 [%s]]", all))
	u.object(number(page[1]), string(page[2])+" /StructParents 0 /Tabs /S")
	u.object(number(catalog[1]), withoutViewer(string(catalog[2]))+fmt.Sprintf(" /MarkInfo <</Marked true>> /StructTreeRoot %d 0 R /ViewerPreferences <</DisplayDocTitle true>>", root))
	return u.end(next+3+len(parts), number(catalog[1]), string(infoEntry.Find(file)), string(start[1])), nil
}

var viewerEntry = regexp.MustCompile(`(?s)/ViewerPreferences\s*<<.*?>>`)

func withoutViewer(catalog string) string { return viewerEntry.ReplaceAllString(catalog, "") }

func number(digits []byte) int {
	n, _ := strconv.Atoi(string(digits)) // matched as digits
	return n
}

// update is objects appended to a file.
type update struct {
	file    []byte
	numbers []int
	offsets []int
}

func (u *update) object(number int, entries string) {
	u.numbers, u.offsets = append(u.numbers, number), append(u.offsets, len(u.file))
	u.file = fmt.Appendf(u.file, "%d 0 obj\n<<%s>>\nendobj\n", number, entries)
}

// end writes the table of what was appended.
func (u *update) end(size, root int, info, previous string) []byte {
	start := len(u.file)
	u.file = append(u.file, "xref\n"...)
	for i, n := range u.numbers {
		u.file = fmt.Appendf(u.file, "%d 1\n%010d 00000 n \n", n, u.offsets[i])
	}
	return fmt.Appendf(u.file, "trailer\n<</Size %d /Root %d 0 R %s /Prev %s>>\nstartxref\n%d\n%%%%EOF\n", size, root, info, previous, start)
}

// pdfText is a text string in UTF-16 (ISO 32000-1, 7.9.2.2).
func pdfText(text string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, unit := range utf16.Encode([]rune(text)) {
		fmt.Fprintf(&b, "%04X", unit)
	}
	return b.String() + ">"
}
