package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"praline/bot/people"
	"praline/lessons"
	"praline/lessons/library"
)

// publishCommand publishes series of an organisation.
type publishCommand struct {
	Series publishSeries `cmd:"" default:"withargs" help:"Check the series in a folder, make it the organisation's draft, and publish it."`
	List   publishList   `cmd:"" help:"List series, their versions and what is live."`
	Back   publishBack   `cmd:"" help:"Make a former version live again."`
}

// publishSeries takes a folder as a whole: what is no longer in it leaves the
// draft, and can be had back.
type publishSeries struct {
	actingFlags
	Path  string `arg:"" name:"folder" help:"Folder of the series."`
	Notes string `help:"What changed, in a sentence." placeholder:"TEXT"`
}

type publishRequest struct {
	acting
	ID    string            `json:"id"`
	Files map[string][]byte `json:"files,omitempty"`
	Notes string            `json:"notes,omitempty"`
	To    string            `json:"to,omitempty"` // a version
}

// published is what became of a series.
type published struct {
	ID        string `json:"id"`
	Version   string `json:"version"`
	State     string `json:"state"`
	Published bool   `json:"published"`
	Live      string `json:"live,omitempty"` // version
	Waits     string `json:"waits,omitempty"`
}

// Run checks here, where the files are, then asks the server.
func (c *publishSeries) Run(out io.Writer) error {
	root, err := os.OpenRoot(c.Path)
	if err != nil {
		return fmt.Errorf("%s cannot be read: %w: give the folder of one series", c.Path, err)
	}
	defer root.Close()
	series, report := lessons.Read(root.FS())
	for _, f := range report.Faults {
		fmt.Fprintln(out, sayFinding(reader(), c.Path, "check.", f))
	}
	if series == nil || !report.OK() {
		return foundError{fmt.Sprintf("%s has %d faults: nothing was changed, and what is live stays", c.Path, len(report.Faults))}
	}
	files, err := seriesFiles(root.FS())
	if err != nil {
		return err
	}
	return c.ask(out, "publish", publishRequest{acting: c.acting(), ID: series.ID, Files: files, Notes: c.Notes})
}

// seriesFiles are all files of a folder but hidden ones.
func seriesFiles(folder fs.FS) (map[string][]byte, error) {
	files, size := map[string][]byte{}, 0
	err := fs.WalkDir(folder, ".", func(p string, e fs.DirEntry, err error) error {
		switch hidden := p != "." && strings.HasPrefix(path.Base(p), "."); {
		case err != nil:
			return err
		case hidden && e.IsDir():
			return fs.SkipDir
		case hidden || e.IsDir():
			return nil
		}
		if info, err := e.Info(); err != nil || size+int(info.Size()) > library.MaxSeries {
			return errors.Join(err, foundError{fmt.Sprintf("the series is over %d MB: make its pictures and films smaller", library.MaxSeries>>20)})
		}
		files[p], err = fs.ReadFile(folder, p)
		size += len(files[p])
		return err
	})
	return files, err
}

func (a administration) publish(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[publishRequest](a, ctx, body)
	if err != nil {
		return err
	}
	by := library.Mark{By: actor.Person, At: a.now()}
	done, err := a.publishAs(ctx, actor, by, r)
	if err != nil {
		return inEnglish(err)
	}
	shelf, err := a.house.library.Shelf(ctx, actor.Org, r.ID)
	if err != nil {
		return err
	}
	if live, ok := shelf.Version(); ok {
		done.Live = live.Number
	}
	switch {
	case r.JSON:
		return say(out, done)
	case done.Published:
		_, err = fmt.Fprintf(out, "%s %s is live\n", done.ID, done.Version)
	default:
		_, err = fmt.Fprintf(out, "%s %s is in review: %s\n", done.ID, done.Version, done.Waits)
	}
	return err
}

// publishAs brings the draft to the state of the folder and as far as the actor
// may: whoever runs the server publishes, a reviewer approves, a trainer asks
// for a review.
func (a administration) publishAs(ctx context.Context, actor people.Actor, by library.Mark, r publishRequest) (published, error) {
	l := a.house.library
	draft, err := a.drafted(ctx, actor, by, r)
	if err != nil {
		return published{}, err
	}
	series, _, err := l.Draft(ctx, actor.Org, r.ID)
	if err != nil {
		return published{}, err
	}
	done := published{ID: r.ID, Version: series.Version, State: string(library.InReview)}
	alone := actor.Person == ""
	if !alone {
		if draft.State != library.InReview && actor.May(people.WriteSeries) { // it is who writes that hands in
			if err := l.AskReview(ctx, actor.Org, r.ID, by, r.Notes); err != nil {
				return done, err
			}
		}
		if !actor.May(people.ReviewSeries) {
			done.Waits = "somebody else has to approve it"
			return done, nil
		}
		if draft, err = l.Approve(ctx, actor.Org, r.ID, by, draft.Digest()); err != nil {
			return done, err
		}
		if draft.FourEyes() != nil {
			done.Waits = "approved; who changed it cannot approve it alone, so somebody else has to approve it too"
			return done, nil
		}
	}
	version, err := l.Publish(ctx, actor.Org, r.ID, library.Publication{Mark: by, Draft: draft.Digest(), Notes: r.Notes, Alone: alone})
	if err != nil {
		return done, err
	}
	done.Published, done.State = true, string(library.Published)
	return done, a.house.people.Audit(ctx, actor, "series-publish", "series:"+r.ID, "version:"+version.Number)
}

// drafted makes the draft the same as the folder. Where it is that already,
// nothing is changed, and the actor does not become an author.
func (a administration) drafted(ctx context.Context, actor people.Actor, by library.Mark, r publishRequest) (library.Draft, error) {
	l := a.house.library
	drafts, err := l.Drafts(ctx, actor.Org)
	if err != nil {
		return library.Draft{}, err
	}
	i := slices.IndexFunc(drafts, func(d library.Draft) bool { return d.ID == r.ID })
	var changes []library.Change
	for p, content := range r.Files {
		if i < 0 || drafts[i].Files[p].Digest != library.Digest(p, content) {
			changes = append(changes, library.Change{Path: p, Base: library.Whatever, Content: content})
		}
	}
	if i >= 0 {
		for _, p := range drafts[i].Paths() {
			if _, there := r.Files[p]; !there {
				changes = append(changes, library.Change{Path: p, Base: library.Whatever})
			}
		}
	}
	switch {
	case len(changes) == 0 && i >= 0:
		if !actor.May(people.WriteSeries) && !actor.May(people.ReviewSeries) {
			return library.Draft{}, people.ErrNotAllowed
		}
		return drafts[i], nil
	case !actor.May(people.WriteSeries):
		return library.Draft{}, people.ErrNotAllowed
	case i < 0:
		return l.Create(ctx, actor.Org, r.ID, by, changes...)
	}
	return l.Save(ctx, actor.Org, r.ID, by, changes...)
}
