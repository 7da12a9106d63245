package library

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"znkr.io/diff"

	"praline/records"
)

// Thread is what reviewers and authors say to each other about a line. It
// belongs to the text that its first writer saw, and follows the line from
// there.
type Thread struct {
	ID     string   `json:"id"`
	Path   string   `json:"path"`
	Digest string   `json:"digest"` // of the file as it was seen
	Line   int      `json:"line"`   // there, from 1
	Quote  string   `json:"quote"`  // that line
	Said   []Remark `json:"said"`
	Solved Mark     `json:"solved,omitzero"` // zero: open
}

// Remark is one thing that somebody said.
type Remark struct {
	Mark
	Text string `json:"text"`
}

// Open says that a thread waits for somebody.
func (t Thread) Open() bool { return t.Solved.At.IsZero() }

// Placed is a thread and where its line is now.
type Placed struct {
	Thread
	Now int // line in the file as it is, from 1; 0: the line is gone
}

const (
	maxThreads = 300
	maxRemarks = 50
)

// Comment says something about a line of a file as it was seen (its digest).
func (l *Library) Comment(ctx context.Context, org, id string, by Mark, path, digest string, line int, text string) error {
	text = strings.TrimSpace(shortened(text))
	if text == "" {
		return refuse("comment-empty")
	}
	return l.written(ctx, org, id, func(d *desk) error {
		if !d.knows(path, digest) {
			return refuse("no-file", "path", path)
		}
		content, err := l.Bytes(ctx, org, digest)
		if err != nil {
			return err
		}
		lines := linesOf(content)
		switch {
		case line < 1 || line > len(lines):
			return refuse("no-line", "line", line)
		case len(d.remarks) >= maxThreads:
			return refuse("too-many-comments", "limit", maxThreads)
		}
		d.remarks = append(d.remarks, Thread{
			ID: d.nextThread(), Path: path, Digest: digest, Line: line, Quote: lines[line-1], Said: []Remark{{by, text}},
		})
		return nil
	})
}

// knows says whether a text is, or was, that of a file of this series.
func (d *desk) knows(path, digest string) bool {
	return digest != "" && (d.draft.Files[path].Digest == digest ||
		slices.ContainsFunc(d.past, func(p Past) bool { return p.Path == path && p.Digest == digest }))
}

func (d *desk) nextThread() string {
	last := 0
	for _, t := range d.remarks {
		var n int
		_, _ = fmt.Sscanf(t.ID, "%d", &n)
		last = max(last, n)
	}
	return fmt.Sprint(last + 1)
}

// Reply says something more in a thread; one that was solved is open again.
func (l *Library) Reply(ctx context.Context, org, id string, by Mark, thread, text string) error {
	text = strings.TrimSpace(shortened(text))
	return l.thread(ctx, org, id, thread, func(t *Thread) error {
		switch {
		case text == "":
			return refuse("comment-empty")
		case len(t.Said) >= maxRemarks:
			return refuse("too-many-comments", "limit", maxRemarks)
		}
		t.Said, t.Solved = append(t.Said, Remark{by, text}), Mark{}
		return nil
	})
}

// Solve closes a thread.
func (l *Library) Solve(ctx context.Context, org, id string, by Mark, thread string) error {
	return l.thread(ctx, org, id, thread, func(t *Thread) error {
		if t.Open() {
			t.Solved = by
		}
		return nil
	})
}

func (l *Library) thread(ctx context.Context, org, id, thread string, change func(*Thread) error) error {
	return l.written(ctx, org, id, func(d *desk) error {
		for i := range d.remarks {
			if d.remarks[i].ID == thread {
				return change(&d.remarks[i])
			}
		}
		return none(org, id)
	})
}

// Threads are all comments on a draft, each with the line that it is about now.
func (l *Library) Threads(ctx context.Context, org string, d Draft) ([]Placed, error) {
	threads, err := records.Load[[]Thread](ctx, l.Store, records.Key{Org: org, Kind: kindRemarks, ID: d.ID})
	if err != nil && !isNone(err) {
		return nil, err
	}
	all := make([]Placed, len(threads))
	for i, t := range threads {
		all[i] = Placed{t, t.Line}
		now := d.Files[t.Path].Digest
		switch now {
		case t.Digest:
			continue
		case "":
			all[i].Now = 0
			continue
		}
		both, err := l.many(ctx, org, t.Digest, now)
		if err != nil {
			return nil, err
		}
		all[i].Now = follow(linesOf(both[0]), linesOf(both[1]), t.Line)
	}
	return all, nil
}

// follow finds a line of a text in a later text of it: where it stands now, or
// where it was put when its words were changed; 0 where it is gone.
func follow(before, after []string, line int) int {
	edits := diff.Edits(before, after)
	for i, e := range edits {
		switch {
		case e.Op == diff.Match && e.PosX == line-1:
			return e.PosY + 1
		case e.Op == diff.Delete && e.PosX == line-1:
			return rewritten(edits, i, before[line-1])
		}
	}
	return 0
}

// rewritten finds among the lines that came at the place of a line that went
// the one that is likest to it, if half of its words stand there.
func rewritten(edits []diff.Edit[string], at int, line string) int {
	from, to := at, at
	for from > 0 && edits[from-1].Op != diff.Match {
		from--
	}
	for to < len(edits) && edits[to].Op != diff.Match {
		to++
	}
	best, found := 0.5, 0
	for _, e := range edits[from:to] {
		if e.Op != diff.Insert {
			continue
		}
		if likeness := alike(line, e.Y); likeness >= best && (found == 0 || likeness > best) {
			best, found = likeness, e.PosY+1
		}
	}
	return found
}

// alike is which share of the words of two lines they have in common.
func alike(a, b string) float64 {
	x, y := strings.Fields(a), strings.Fields(b)
	if len(x)+len(y) == 0 {
		return 1
	}
	same := 0
	for _, e := range diff.Edits(x, y) {
		if e.Op == diff.Match {
			same += 2
		}
	}
	return float64(same) / float64(len(x)+len(y))
}

// linesOf are the lines of a text, without their ends.
func linesOf(text []byte) []string {
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}
