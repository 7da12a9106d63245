package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"praline/bot"
	"praline/bot/learner"
	"praline/bot/store"
)

// adminRequest is one thing that an administrator asks.
type adminRequest struct {
	Do      string `json:"do"`
	Learner string `json:"learner,omitempty"`
	Days    int    `json:"days,omitempty"`
	Yes     bool   `json:"yes,omitempty"`
	// Body is what a request of another subcommand says, in its own JSON.
	Body json.RawMessage `json:"body,omitempty"`
}

// administration does what administrators ask, in the command or the server.
type administration struct {
	bot   *bot.Bot
	store *store.Store
	now   func() time.Time
	house *house
}

// requests are what the subcommands ask, by name ("people import"): each stands
// in the file of its subcommand.
var requests = map[string]func(administration, context.Context, json.RawMessage, io.Writer) error{
	"badge issuer":               sayIssuer,
	"campaign list":              administration.listCampaigns,
	"campaign new":               administration.newCampaign,
	"campaign forecast":          administration.forecastCampaign,
	"campaign do":                administration.doCampaign,
	"campaign completions":       administration.listCompletions,
	"series import":              administration.importFile,
	"series export":              administration.exportFile,
	"publish":                    administration.publish,
	"publish list":               administration.listPublished,
	"publish back":               administration.publishedBack,
	"people organisation create": administration.createOrganisation,
	"people organisation list":   administration.listOrganisations,
	"people organisation set":    administration.setOrganisation,
	"people team list":           administration.listTeams,
	"people team save":           administration.saveTeam,
	"people team remove":         administration.removeTeam,
	"people list":                administration.listPeople,
	"people add":                 administration.addPerson,
	"people change":              administration.changePerson,
	"people leave":               administration.leavePerson,
	"people delete":              administration.deletePerson,
	"people import":              administration.importPeople,
	"people export":              administration.exportPeople,
	"people invite":              administration.invite,
	"people invitations":         administration.listInvitations,
	"people uninvite":            administration.endInvitation,
	"report questions":           administration.reportQuestions,
	"report mistakes":            administration.reportMistakes,
	"report digest":              administration.reportDigest,
	"report counts":              administration.reportCounts,
	"report fold":                administration.reportFold,
	"audit verify":               administration.verifyAudit,
	"audit list":                 administration.listAudit,
}

func (a administration) do(ctx context.Context, request adminRequest, out io.Writer) error {
	switch request.Do {
	case "list":
		return a.each(ctx, func(l learner.Learner) error {
			var apps []string
			for _, address := range l.Addresses {
				apps = append(apps, address.Channel)
			}
			_, err := fmt.Fprintf(out, "%s\t%s\t%v\t%d answers\tlast here %s\n", l.ID, l.Lang, apps, l.Answers, l.Here().Format("2006-01-02"))
			return err
		})
	case "export":
		export, err := a.bot.Export(ctx, learner.ID(request.Learner), a.now())
		if err != nil {
			return foundError{err.Error()}
		}
		encoder := json.NewEncoder(out)
		encoder.SetIndent("", "  ")
		return encoder.Encode(export)
	case "erase":
		return a.erase(ctx, learner.ID(request.Learner), out)
	case "retention":
		return a.retention(ctx, request, out)
	}
	if answer, ok := requests[request.Do]; ok {
		return answer(a, ctx, request.Body, out)
	}
	return fmt.Errorf("no such request: %q", request.Do)
}

func (a administration) erase(ctx context.Context, id learner.ID, out io.Writer) error {
	records, err := a.store.Load(ctx, id)
	if err != nil {
		return err
	}
	if records[0].Learner.Version == 0 && records[0].Damaged == nil {
		return foundError{fmt.Sprintf("learner %s: nobody by this id: look it up with \"praline data list\"", id)}
	}
	if into := records[0].Learner.Into; into != "" {
		return foundError{fmt.Sprintf("learner %s: joined with learner %s: erase that one, and this one goes too", id, into)}
	}
	if err := a.bot.Erase(ctx, id, records[0].Learner.Addresses); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%s erased\n", id)
	return err
}

func (a administration) retention(ctx context.Context, request adminRequest, out io.Writer) error {
	quiet := notHereSince(a.now().AddDate(0, 0, -request.Days))
	old, err := a.all(ctx, quiet)
	if err != nil {
		return err
	}
	if !request.Yes {
		_, err := fmt.Fprintf(out, "%d learners would be erased; add --yes to do it\n", len(old))
		return err
	}
	return a.eraseAll(ctx, old, quiet, func(id learner.ID) error {
		_, err := fmt.Fprintf(out, "%s erased\n", id)
		return err
	})
}

// notHereSince are learners without a sign of life since a time.
func notHereSince(t time.Time) func(learner.Learner) bool {
	return func(l learner.Learner) bool { return l.Here().Before(t) }
}

// all is who is such.
func (a administration) all(ctx context.Context, such func(learner.Learner) bool) ([]learner.ID, error) {
	var all []learner.ID
	err := a.each(ctx, func(l learner.Learner) error {
		if such(l) {
			all = append(all, l.ID)
		}
		return nil
	})
	return all, err
}

// eraseAll erases who is still such, and says each when it is done.
func (a administration) eraseAll(ctx context.Context, all []learner.ID, such func(learner.Learner) bool, done func(learner.ID) error) error {
	for _, id := range all {
		records, err := a.store.Load(ctx, id)
		if err != nil {
			return err
		}
		l := records[0].Learner
		if l.Version == 0 || l.Into != "" || !such(l) {
			continue // gone, joined, or here again meanwhile
		}
		if err := a.bot.Erase(ctx, id, l.Addresses); err != nil {
			return err
		}
		if err := done(id); err != nil {
			return err
		}
	}
	return nil
}

// together is how many learners are read at once.
const together = 200

// each looks at every learner that can be read.
func (a administration) each(ctx context.Context, look func(learner.Learner) error) error {
	var ids []learner.ID
	load := func() error {
		records, err := a.store.Load(ctx, ids...)
		ids = ids[:0]
		for _, r := range records {
			if r.Damaged == nil && r.Learner.Version != 0 && r.Learner.Into == "" && err == nil { // else they are listed as who they were joined with
				err = look(r.Learner)
			}
		}
		return err
	}
	err := a.store.Learners(ctx, func(id learner.ID) error {
		if ids = append(ids, id); len(ids) < together {
			return nil
		}
		return load()
	})
	if err != nil || len(ids) == 0 {
		return err
	}
	return load()
}
