package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"praline/bot/people"
)

// auditCommand reads the log of what was administered.
type auditCommand struct {
	Verify auditVerify `cmd:"" help:"Look whether the audit log is as it was written."`
	List   auditList   `cmd:"" help:"List its lines, the newest first."`
}

type auditVerify struct {
	actingFlags
	Expect string `help:"What an earlier verify said, noted outside this server: the log must still contain it." placeholder:"LINES:DIGEST"`
}

type auditRequest struct {
	acting
	Expect string `json:"expect,omitempty"`
	Past   int    `json:"past,omitempty"`
	Most   int    `json:"most,omitempty"`
	Person string `json:"person,omitempty"`
}

// Run verifies the audit log.
func (c *auditVerify) Run(out io.Writer) error {
	return c.ask(out, "audit verify", auditRequest{acting: c.acting(), Expect: c.Expect})
}

func (a administration) verifyAudit(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[auditRequest](a, ctx, body)
	if err != nil {
		return err
	}
	if !actor.May(people.SeeAudit) {
		return mendable(people.ErrNotAllowed)
	}
	found, err := a.house.people.VerifyAudit(ctx, actor.Org)
	if err != nil {
		return err
	}
	if r.Expect != "" && found.Why == "" {
		if err := a.expected(ctx, actor, r.Expect, &found); err != nil {
			return err
		}
	}
	if r.JSON {
		err = say(out, found)
	} else if found.Why == "" {
		_, err = fmt.Fprintf(out, "%d lines, as they were written; note this elsewhere for --expect: %d:%s\n", found.Lines, found.Lines, found.Digest)
	}
	if err == nil && found.Err() != nil {
		return foundError{"organisation " + actor.Org + ": " + found.Err().Error()}
	}
	return err
}

// expected looks whether a line that was noted outside is still there.
func (a administration) expected(ctx context.Context, actor people.Actor, noted string, found *people.Verdict) error {
	lines, digest, _ := strings.Cut(noted, ":")
	n, err := strconv.Atoi(lines)
	if err != nil || n < 1 || digest == "" {
		return foundError{"--expect " + noted + ": write it as \"praline audit verify\" said it: LINES:DIGEST"}
	}
	if n > found.Lines {
		found.First, found.Why = found.Lines+1, "cut off"
		return nil
	}
	page, _, err := a.house.people.AuditPage(ctx, actor, found.Lines-n, 1)
	if err == nil && (len(page) != 1 || page[0].Digest != digest) {
		found.First, found.Why = n, "changed"
	}
	return err
}

type auditList struct {
	actingFlags
	Past   int    `help:"Leave out so many of the newest."`
	Most   int    `default:"100" help:"So many at most."`
	Person string `help:"Only what this person did, or what was done to them."`
}

// Run lists the audit log.
func (c *auditList) Run(out io.Writer) error {
	return c.ask(out, "audit list", auditRequest{acting: c.acting(), Past: c.Past, Most: c.Most, Person: c.Person})
}

// auditLine is a line with the people that can still be named.
type auditLine struct {
	people.Entry
	Person string `json:"person,omitempty"` // who did it, by id
}

func (a administration) listAudit(ctx context.Context, body json.RawMessage, out io.Writer) error {
	r, actor, err := asked[auditRequest](a, ctx, body)
	if err != nil {
		return err
	}
	p := a.house.people
	page, _, err := p.AuditPage(ctx, actor, r.Past, min(max(r.Most, 1), 10_000))
	if err == nil && r.Person != "" {
		var who people.Person
		if who, err = p.Find(ctx, actor.Org, r.Person); err == nil {
			page, err = p.AuditOf(ctx, actor.Org, who.ID)
		}
	}
	if err != nil {
		return mendable(err)
	}
	called, err := p.Called(ctx, actor)
	if err != nil {
		return err
	}
	lines := make([]auditLine, len(page))
	for i, e := range page {
		lines[i] = auditLine{e, called[e.Who].ID}
	}
	if r.JSON {
		return say(out, lines)
	}
	var failed error
	for _, e := range lines {
		_, err := fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\n", e.Number, e.At.Format("2006-01-02 15:04:05"), e.Who, e.What, strings.Join(e.About, " "))
		failed = errors.Join(failed, err)
	}
	return failed
}
