package console

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"praline/bot/people"
	"praline/lessons/library"
)

func (c *Console) reviewPages() []page {
	return []page{
		{"GET /console/review", people.ReviewSeries, c.reviewList},
		{"GET /console/review/{series}", people.SeeCatalogue, c.review},
		{"POST /console/review/{series}/comment", people.ReviewSeries, c.reviewComment},
		{"POST /console/review/{series}/reply", people.SeeCatalogue, c.reviewReply},
		{"POST /console/review/{series}/solve", people.SeeCatalogue, c.reviewSolve},
		{"POST /console/review/{series}/read", people.ReviewSeries, c.reviewRead},
		{"POST /console/review/{series}/changes", people.ReviewSeries, c.reviewChanges},
		{"POST /console/review/{series}/publish", people.ReviewSeries, c.reviewPublish},
	}
}

type reviewLine struct {
	Title, Path, Who, When, Note string
	State                        [2]string
	Waits                        bool
	Live                         string
}

// reviewList is what waits for a reviewer, then all the rest.
func (c *Console) reviewList(v *visit) error {
	drafts, err := v.library().Drafts(v.ctx(), v.Org)
	if err != nil {
		return err
	}
	called := v.called()
	var lines []reviewLine
	for _, d := range drafts {
		series, _, err := v.library().Check(v.ctx(), v.Org, d)
		if err != nil {
			return err
		}
		shelf, err := v.library().Shelf(v.ctx(), v.Org, d.ID)
		if err != nil {
			return err
		}
		version, _ := shelf.Version()
		last := d.Changed()
		if !d.Asked.At.IsZero() {
			last = d.Asked.Mark
		}
		lines = append(lines, reviewLine{
			seriesTitle(series, v.W.Lang, d.ID), reviewPath(d.ID), called(last.By), v.dayOf(last.At), d.Asked.Note, stateTag(v.W, d.State), d.State == library.InReview, version.Number,
		})
	}
	slices.SortStableFunc(lines, func(a, b reviewLine) int {
		switch {
		case a.Waits == b.Waits:
			return 0
		case a.Waits:
			return -1
		}
		return 1
	})
	data := seriesView{}
	if err := c.offers(v, &data); err != nil {
		return err
	}
	opened := slices.DeleteFunc(data.Others, func(o offerLine) bool { return o.From == "" })
	return v.draw("reviews", "library.review", reviewsView{lines, opened})
}

type reviewsView struct {
	Lines  []reviewLine
	Opened []offerLine // by other organisations
}

type reviewView struct {
	ID, Title, Heading  string
	State               [2]string
	InReview, Reviewing bool // the state; the visitor may review
	Note, Digest        string
	Summary             string
	Files               []reviewFile
	Steps               []reviewStep
	Impact              []string
	Own                 bool // the visitor is an author
	Faults              []findingView
	Languages           []Option // that the visitor can say they read
	Versions            []versionLine
	Live, Open          bool
	Others              []placedView // comments whose file is as it was published
}

type reviewFile struct {
	Path, Digest, Show string
	New, Gone, Media   bool
	Whole              bool
	Lines              []reviewLineView
	Others             []placedView // comments on lines that are not shown
}

type reviewLineView struct {
	library.Line
	Comment string // address that opens a form under the line
	Asking  bool
	Threads []placedView
}

type placedView struct {
	ID, Where, Quote string
	Said             []remarkView
	Open             bool
	Solved           string
	Gone             bool
}

type remarkView struct{ Who, When, Text string }

type reviewStep struct {
	Done, Now   bool
	Title, Says string
}

func (c *Console) review(v *visit) error {
	if err := v.writesOrReviews(); err != nil {
		return err
	}
	data, err := c.reviewView(v)
	if err != nil {
		return err
	}
	return v.draw("review", data.Heading, data)
}

// reviewed goes on after something was done in a review, or draws it anew.
func (c *Console) reviewed(v *visit, err error, field, words string, at string) error {
	if err := v.unkept(field, err); err != nil {
		return err
	}
	if !v.sound() {
		data, err := c.reviewView(v)
		if err != nil {
			return err
		}
		return v.again("review", data.Heading, data)
	}
	return v.done(reviewPath(v.r.PathValue("series"))+at, words)
}

func (c *Console) reviewComment(v *visit) error {
	line, _ := strconv.Atoi(v.text("line"))
	err := v.library().Comment(v.ctx(), v.Org, v.r.PathValue("series"), v.mark(), v.text("file"), v.text("digest"), line, v.text("comment"))
	return c.reviewed(v, err, "comment", "library.commented", "#"+lineID(v.text("file"), line))
}

func (c *Console) reviewReply(v *visit) error {
	if err := v.writesOrReviews(); err != nil {
		return err
	}
	thread := v.text("thread")
	err := v.library().Reply(v.ctx(), v.Org, v.r.PathValue("series"), v.mark(), thread, v.text("reply-"+thread))
	return c.reviewed(v, err, "reply-"+thread, "library.commented", "#thread-"+thread)
}

func (c *Console) reviewSolve(v *visit) error {
	if err := v.writesOrReviews(); err != nil {
		return err
	}
	return c.reviewed(v, v.library().Solve(v.ctx(), v.Org, v.r.PathValue("series"), v.mark(), v.text("thread")), "", "library.solved", "")
}

func (c *Console) reviewRead(v *visit) error {
	err := v.library().MarkRead(v.ctx(), v.Org, v.r.PathValue("series"), v.mark(), v.text("lang"), v.text("seen"))
	return c.reviewed(v, err, "", "library.read-noted", "")
}

func (c *Console) reviewChanges(v *visit) error {
	if v.text("note") == "" {
		v.wrong("note", "library.needed")
		return c.reviewed(v, nil, "note", "", "")
	}
	return c.reviewed(v, v.library().AskChanges(v.ctx(), v.Org, v.r.PathValue("series"), v.mark(), v.text("note")), "note", "library.changes-asked", "")
}

// reviewPublish approves the draft as it was shown, and publishes it where that
// makes four eyes.
func (c *Console) reviewPublish(v *visit) error {
	id, seen := v.r.PathValue("series"), v.text("seen")
	approved, err := v.library().Approve(v.ctx(), v.Org, id, v.mark(), seen)
	if err != nil {
		return c.reviewed(v, err, "", "", "")
	}
	if v.text("do") == "approve" || approved.FourEyes() != nil {
		if err := v.auditSeries("series-approve", id); err != nil {
			return err
		}
		return v.done(reviewPath(id), "library.approved-only")
	}
	version, err := v.library().Publish(v.ctx(), v.Org, id, library.Publication{Mark: v.mark(), Draft: seen, Notes: approved.Asked.Note})
	if err != nil {
		return c.reviewed(v, err, "", "", "")
	}
	if err := v.auditSeries("series-publish", id, "version:"+version.Number); err != nil {
		return err
	}
	return v.done(reviewPath(id), "library.published", "version", version.Number)
}

// lineID is the anchor of a line.
func lineID(file string, line int) string {
	return fmt.Sprintf("l-%s-%d", strings.NewReplacer(".", "-", "/", "-").Replace(file), line)
}

// libraryTodo is what waits for whoever writes, reviews or signs.
func (c *Console) libraryTodo(v *visit) ([]todo, error) {
	var all []todo
	drafts, err := v.library().Drafts(v.ctx(), v.Org)
	if err != nil {
		return nil, err
	}
	for _, d := range drafts {
		words, button := "", ""
		switch {
		case d.State == library.InReview && v.May(people.ReviewSeries):
			words, button = "library.todo-review", "library.todo-review-do"
		case d.State == library.Changes && v.May(people.WriteSeries) && slices.Contains(d.Authors, v.Person):
			words, button = "library.todo-changes", "library.todo-changes-do"
		default:
			continue
		}
		series, _, err := v.library().Check(v.ctx(), v.Org, d)
		if err != nil {
			return nil, err
		}
		all = append(all, todo{
			Topic: v.W.Say("library.nav-review"), Title: v.W.Say(words, "title", seriesTitle(series, v.W.Lang, d.ID)),
			Words: d.Asked.Note, Path: reviewPath(d.ID), Button: v.W.Say(button), Rank: 20,
		})
	}
	waiting, err := v.library().ToSign(v.ctx(), v.Org, v.Person)
	if n := len(waiting); n > 0 && err == nil {
		all = append(all, todo{Topic: v.W.Say("library.facts"), Title: v.W.Count("library.todo-facts", n), Path: "/console/facts", Button: v.W.Say("library.todo-facts-do"), Rank: 25})
	}
	return all, err
}
