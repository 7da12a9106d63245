package library

import (
	"context"
	"maps"
	"slices"
	"strings"
	"unicode"

	"znkr.io/diff"
)

// FileDifference is what changed in a file since the live version.
type FileDifference struct {
	Path    string
	Now     string // digest of the file as it is; "" where it went
	New     bool
	Gone    bool
	Media   bool   // bytes: that they differ is all that is said
	Lines   []Line // with a few lines around each change; a Skipped line stands for those between
	Changed int    // lines added or taken away
}

// Line is a line of a difference.
type Line struct {
	Op       Op
	Old, New int // line numbers; 0 where there is none
	Parts    []Part
	Skipped  int // lines left out here; the line has nothing else
}

// Part is some words of a line; Marked ones are those that were added or taken
// away within it.
type Part struct {
	Text   string
	Marked bool
}

// Op is what became of a line.
type Op string

// What becomes of lines.
const (
	Same    Op = "same"
	Added   Op = "added"
	Removed Op = "removed"
)

// around is how many lines are shown round a change.
const around = 3

// Difference is what changed in a draft since the live version, file by file.
func (l *Library) Difference(ctx context.Context, org string, d Draft) ([]FileDifference, error) {
	now, err := l.contents(ctx, org, d, func(string) bool { return true })
	if err != nil {
		return nil, err
	}
	before, err := l.liveFiles(ctx, org, d.ID)
	if err != nil {
		return nil, err
	}
	var all []FileDifference
	paths := maps.Clone(now)
	if paths == nil {
		paths = map[string][]byte{}
	}
	maps.Copy(paths, before)
	for _, p := range slices.Sorted(maps.Keys(paths)) {
		old, was := before[p]
		text, is := now[p]
		if was && is && string(old) == string(text) {
			continue
		}
		f := FileDifference{Path: p, Now: d.Files[p].Digest, New: !was, Gone: !is, Media: !IsText(p)}
		if !f.Media {
			f.Lines, f.Changed = Compare(old, text)
		}
		all = append(all, f)
	}
	return all, nil
}

// liveFiles are the files of the live version by path; none where nothing is.
func (l *Library) liveFiles(ctx context.Context, org, id string) (map[string][]byte, error) {
	shelf, err := l.Shelf(ctx, org, id)
	if err != nil || shelf.Live == "" {
		return nil, err
	}
	pack, err := l.PackOf(ctx, org, shelf.Live)
	if err != nil {
		return nil, err
	}
	return Unpack(pack)
}

// Compare is the difference of two texts, line by line and, where a line was
// rewritten, word by word; and how many lines changed. An empty text has none.
func Compare(before, after []byte) (lines []Line, changed int) {
	x, y := someLines(before), someLines(after)
	edits := diff.Edits(x, y)
	for i := 0; i < len(edits); {
		if edits[i].Op == diff.Match {
			lines = append(lines, Line{Op: Same, Old: edits[i].PosX + 1, New: edits[i].PosY + 1, Parts: []Part{{Text: edits[i].X}}})
			i++
			continue
		}
		var gone, come []diff.Edit[string]
		for ; i < len(edits) && edits[i].Op != diff.Match; i++ {
			if edits[i].Op == diff.Delete {
				gone = append(gone, edits[i])
			} else {
				come = append(come, edits[i])
			}
		}
		lines = append(lines, block(gone, come)...)
		changed += len(gone) + len(come)
	}
	return shortenedLines(lines), changed
}

func someLines(text []byte) []string {
	if len(text) == 0 {
		return nil
	}
	return linesOf(text)
}

// block is lines that went and lines that came in their place. Lines that are
// alike are compared by words.
func block(gone, come []diff.Edit[string]) []Line {
	was, is := make([]Line, len(gone)), make([]Line, len(come))
	for i, e := range gone {
		was[i] = Line{Op: Removed, Old: e.PosX + 1, Parts: []Part{{e.X, true}}}
	}
	next := 0
	for j, e := range come {
		is[j] = Line{Op: Added, New: e.PosY + 1, Parts: []Part{{e.Y, true}}}
		for i := next; i < len(gone); i++ {
			if alike(gone[i].X, e.Y) >= 0.3 {
				was[i].Parts, is[j].Parts = words(gone[i].X, e.Y)
				next = i + 1
				break
			}
		}
	}
	return slices.Concat(was, is)
}

// words marks in two lines what one has and the other has not.
func words(before, after string) (was, is []Part) {
	for _, e := range diff.Edits(splitWords(before), splitWords(after)) {
		switch e.Op {
		case diff.Match:
			was, is = part(was, e.X, false), part(is, e.Y, false)
		case diff.Delete:
			was = part(was, e.X, true)
		case diff.Insert:
			is = part(is, e.Y, true)
		}
	}
	return joined(was), joined(is)
}

// joined makes one of marked words that only spaces part: they are read as one.
func joined(all []Part) []Part {
	var parts []Part
	for i, p := range all {
		n := len(parts)
		between := n > 0 && parts[n-1].Marked && !p.Marked && strings.TrimSpace(p.Text) == "" && i+1 < len(all)
		if between || n > 0 && parts[n-1].Marked && p.Marked {
			parts[n-1].Text += p.Text
			continue
		}
		parts = append(parts, p)
	}
	return parts
}

// part adds a word to the last part, or begins another.
func part(all []Part, word string, marked bool) []Part {
	if n := len(all); n > 0 && all[n-1].Marked == marked {
		all[n-1].Text += word
		return all
	}
	return append(all, Part{word, marked})
}

// splitWords parts a line in words, runs of spaces, and single marks.
func splitWords(line string) []string {
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			return 1
		case unicode.IsSpace(r):
			return 2
		}
		return 3
	}
	var all []string
	last := 0
	for _, r := range line {
		if k := kind(r); k == last && k != 3 {
			all[len(all)-1] += string(r)
		} else {
			all = append(all, string(r))
			last = k
		}
	}
	return all
}

// shortenedLines leaves out lines that are far from any change.
func shortenedLines(lines []Line) []Line {
	near := make([]bool, len(lines))
	for i, line := range lines {
		if line.Op != Same {
			for j := max(i-around, 0); j <= min(i+around, len(lines)-1); j++ {
				near[j] = true
			}
		}
	}
	var all []Line
	skipped := 0
	for i, line := range lines {
		if !near[i] {
			skipped++
			continue
		}
		if skipped > 0 {
			all = append(all, Line{Op: Same, Skipped: skipped})
			skipped = 0
		}
		all = append(all, line)
	}
	if skipped > 0 && len(all) > 0 {
		all = append(all, Line{Op: Same, Skipped: skipped})
	}
	return all
}

// Whole is all lines of a text, as a difference that has none.
func Whole(text []byte) []Line {
	var all []Line
	for i, line := range someLines(text) {
		all = append(all, Line{Op: Same, New: i + 1, Parts: []Part{{Text: line}}})
	}
	return all
}
