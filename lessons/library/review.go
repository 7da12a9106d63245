package library

import (
	"context"
	"slices"
)

// Request asks somebody for something: an author for a review, a reviewer for
// changes.
type Request struct {
	Mark
	Note string `json:"note,omitempty"`
}

// Approval is a reviewer's word on the files as they were.
type Approval struct {
	Mark
	Digest string `json:"digest"` // Draft.Digest
}

const maxNote = 2000

// FourEyes refuses a draft that nobody but its author approved as it is. Who
// changed a file since the last version cannot approve alone: it takes somebody
// who changed nothing, or two who approve one another's work.
func (d Draft) FourEyes() error {
	approvers := d.approvers()
	strangers := slices.ContainsFunc(approvers, func(p string) bool { return !slices.Contains(d.Authors, p) })
	switch {
	case len(approvers) == 0:
		return refuse("not-approved")
	case !strangers && len(approvers) < 2:
		return refuse("four-eyes")
	}
	return nil
}

// AskReview hands a draft to the reviewers.
func (l *Library) AskReview(ctx context.Context, org, id string, by Mark, note string) error {
	note = shortened(note)
	return l.written(ctx, org, id, func(d *desk) error {
		if d.draft.State == Published {
			return refuse("nothing-changed")
		}
		_, report, err := l.Check(ctx, org, d.draft)
		switch {
		case err != nil:
			return err
		case !report.OK():
			return Broken{report}
		}
		d.draft.State, d.draft.Asked = InReview, Request{by, note}
		return nil
	})
}

// AskChanges hands a draft back to its authors.
func (l *Library) AskChanges(ctx context.Context, org, id string, by Mark, note string) error {
	note = shortened(note)
	return l.written(ctx, org, id, func(d *desk) error {
		if d.draft.State != InReview {
			return refuse("not-in-review")
		}
		d.draft.State, d.draft.Asked = Changes, Request{by, note}
		d.draft.Approved = slices.DeleteFunc(d.draft.Approved, func(a Approval) bool { return a.By == by.By })
		return nil
	})
}

// Approve is a reviewer's word on the files as they saw them (Draft.Digest). It
// lapses when a file changes. All languages count as read by them.
func (l *Library) Approve(ctx context.Context, org, id string, by Mark, seen string) (Draft, error) {
	var approved Draft
	err := l.written(ctx, org, id, func(d *desk) error {
		switch {
		case d.draft.State != InReview:
			return refuse("not-in-review")
		case seen != d.draft.Digest():
			return refuse("changed-meanwhile")
		}
		if !slices.Contains(d.draft.approvers(), by.By) {
			d.draft.Approved = slices.DeleteFunc(d.draft.Approved, func(a Approval) bool { return a.By == by.By })
			d.draft.Approved = append(d.draft.Approved, Approval{by, seen})
		}
		d.draft.read(by, "")
		approved = d.draft
		return nil
	})
	return approved, err
}

// shortened cuts what is longer than a note may be.
func shortened(note string) string {
	if letters := []rune(note); len(letters) > maxNote {
		return string(letters[:maxNote])
	}
	return note
}
