package console

import (
	"slices"

	"praline/bot/people"
	"praline/lessons/library"
)

// The versions of a series: which is taught, going back to another, taking the
// series off, and opening it to other organisations.

func (c *Console) versionPages() []page {
	return []page{
		{"POST /console/review/{series}/back", people.ReviewSeries, c.versionBack},
		{"POST /console/review/{series}/withdraw", people.ReviewSeries, c.versionWithdraw},
		{"POST /console/review/{series}/open", people.ReviewSeries, c.versionOpen},
	}
}

type versionLine struct {
	Number, Digest, When, Who, Approved, Notes string
	Live                                       bool
}

func (v *visit) versions(shelf library.Shelf, called func(string) string) []versionLine {
	var all []versionLine
	for _, version := range slices.Backward(shelf.Versions) {
		line := versionLine{version.Number, version.Digest, v.dayOf(version.At), called(version.By), "", version.Notes, version.Digest == shelf.Live}
		var approved []string
		for _, id := range version.Approved {
			approved = append(approved, called(id))
		}
		if line.Approved = v.W.List(approved); line.Approved == "" {
			line.Approved = v.W.Say("library.by-server")
		}
		all = append(all, line)
	}
	return all
}

func (c *Console) versionBack(v *visit) error {
	id := v.r.PathValue("series")
	version, err := v.library().Back(v.ctx(), v.Org, id, v.mark(), v.text("digest"))
	if err != nil {
		return err
	}
	if err := v.auditSeries("series-back", id, "version:"+version.Number); err != nil {
		return err
	}
	return v.done(reviewPath(id), "library.back-done", "version", version.Number)
}

func (c *Console) versionWithdraw(v *visit) error {
	id := v.r.PathValue("series")
	if err := v.library().Withdraw(v.ctx(), v.Org, id, v.mark()); err != nil {
		return err
	}
	if err := v.auditSeries("series-withdraw", id); err != nil {
		return err
	}
	return v.done(reviewPath(id), "library.withdrawn")
}

func (c *Console) versionOpen(v *visit) error {
	id, open := v.r.PathValue("series"), v.text("open") == "yes"
	if err := v.library().OpenToOthers(v.ctx(), v.Org, id, open); err != nil {
		return c.reviewed(v, err, "", "", "")
	}
	if err := v.auditSeries("series-open", id); err != nil {
		return err
	}
	if open {
		return v.done(reviewPath(id), "library.opened")
	}
	return v.done(reviewPath(id), "library.closed")
}
