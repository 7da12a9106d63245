package console

import (
	"slices"
	"strings"

	"praline/bot/people"
)

func (c *Console) auditPages() []page {
	return []page{{"GET /console/audit", people.SeeAudit, c.audit}}
}

type auditView struct {
	Lead    string
	Verdict string
	Whole   bool
	Rows    []auditRow
	Pages   pageOf
}

type auditRow struct {
	Number        int
	At, Who, What string
	About         []auditAbout
}

type auditAbout struct{ Path, Words string }

const linesAtOnce = 100

// audit shows what was administered, the newest first.
func (c *Console) audit(v *visit) error {
	_, count, err := c.options.People.AuditPage(v.ctx(), *v.Actor, 0, 0)
	if err != nil {
		return err
	}
	data := auditView{Pages: v.paged(count, linesAtOnce), Lead: v.W.Count("people.audit-lead", count)}
	page, _, err := c.options.People.AuditPage(v.ctx(), *v.Actor, data.Pages.From-1, linesAtOnce)
	if err != nil {
		return err
	}
	called, err := c.options.People.Called(v.ctx(), *v.Actor)
	if err != nil {
		return err
	}
	for _, e := range page {
		data.Rows = append(data.Rows, v.auditRow(e, called))
	}
	if v.query("verify") != "" {
		found, err := c.options.People.VerifyAudit(v.ctx(), v.Org)
		if err != nil {
			return err
		}
		data.Verdict, data.Whole = v.W.Count("people.audit-whole", found.Lines), true
		if found.Why != "" {
			data.Verdict, data.Whole = v.W.Say("people.audit-broken", "line", found.First), false
		}
	}
	return v.draw("audit", "people.audit", data)
}

// audited are what the log calls that which other rooms do, beside what
// bot/people does: those that have words of their own here.
var audited = []string{
	"campaign-new", "campaign-launch", "campaign-mend", "campaign-pause", "campaign-resume", "campaign-extend", "campaign-stop", "campaign-discard",
	"campaign-sponsor", "campaign-compulsory", "campaign-voluntary",
	"series-take", "series-approve", "series-publish", "series-back", "series-withdraw", "series-open", "session-end",
}

func (v *visit) auditRow(e people.Entry, called map[string]people.Person) auditRow {
	row := auditRow{Number: e.Number, At: v.moment(e.At), Who: v.W.Say("people.audit-gone", "called", e.Who), What: e.What}
	if who, ok := called[e.Who]; ok {
		row.Who = v.nameOf(who)
	} else if e.Who == people.ByShell {
		row.Who = v.W.Say("people.audit-shell")
	}
	if id := "people.did." + e.What; v.W.Has(id) || slices.Contains(audited, e.What) {
		row.What = v.W.Say(id)
	}
	for _, about := range e.About {
		row.About = append(row.About, v.auditAbout(about, called))
	}
	if more := len(row.About) - aboutShown; more > 0 {
		row.About = append(row.About[:aboutShown:aboutShown], auditAbout{"", v.W.Count("people.audit-more", more)})
	}
	return row
}

// aboutShown is how many of those whom one line is about are shown: an import
// is about hundreds.
const aboutShown = 5

func (v *visit) auditAbout(about string, called map[string]people.Person) auditAbout {
	kind, id, _ := strings.Cut(about, ":")
	switch kind {
	case "person":
		if who, ok := called[id]; ok {
			return auditAbout{"/console/people/" + who.ID, v.nameOf(who)}
		}
		return auditAbout{"", v.W.Say("people.audit-gone", "called", id)}
	case "invitation":
		return auditAbout{"/console/invitations/" + id, v.W.Say("people.invitation")}
	case "role":
		for _, role := range people.Roles {
			if strings.TrimLeft(id, "+-") == string(role) {
				return auditAbout{"", strings.TrimSuffix(id, string(role)) + " " + v.W.Say("people.role."+string(role))}
			}
		}
	}
	if words := "people.about." + kind; v.W.Has(words) {
		return auditAbout{"", v.W.Say(words, "id", id)}
	}
	return auditAbout{"", about}
}
