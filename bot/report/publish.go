package report

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"praline/bot/learner"
	"praline/bot/people"
	"praline/records"
	"praline/scheduler"
)

// Published is a week's figures as they were shown first, and stay.
type Published struct {
	Week  scheduler.Date `json:"week"`  // its Monday
	Since scheduler.Date `json:"since"` // when the groups were fixed
	Rows  []Row          `json:"rows"`
	Views []View         `json:"views"` // of all teams, and of each manager's
}

// Row is the figures of one group.
type Row struct {
	Teams    []people.Team `json:"teams,omitempty"` // ID "": who is in no team
	Withheld Withheld      `json:"withheld,omitempty"`
	People   int           `json:"people,omitempty"`   // about
	Known    int           `json:"known"`              // tenths: 0 is under one, 10 over nine; NotShown
	Minutes  int           `json:"minutes"`            // a person, about; NotShown
	Promised int           `json:"promised,omitempty"` // a person
}

// NotShown stands for a figure that would say too much.
const NotShown = -1

// Withheld is why nothing is shown of a group.
type Withheld string

// The reasons.
const (
	Few    Withheld = "few"     // fewer than five took part, or hardly more
	Guess  Withheld = "guess"   // a smaller group could be guessed from it
	TooNew Withheld = "too-new" // these teams were not looked at together when the week was published
)

// View is some teams together.
type View struct {
	Teams []string `json:"teams,omitempty"` // sorted; none: all of the organisation
	Row
	Hour      int `json:"hour"`       // of the day in which most learned; NotShown
	HourShare int `json:"hour_share"` // tenths of people who did so
}

// Publish makes the figures of a week that has ended, once: what was published
// is returned as it is. Fold everybody before.
func (r *Reports) Publish(ctx context.Context, org string, week scheduler.Date) (Published, error) {
	if week != week.Monday() || week.AddDays(7).After(dayOf(r.Now())) {
		return Published{}, fmt.Errorf("week %s: not the Monday of a week that has ended: give an earlier one", week)
	}
	for range tries {
		p, err := r.publish(ctx, org, week)
		if !errors.Is(err, records.ErrConflict) {
			return p, err
		}
	}
	return Published{}, fmt.Errorf("organisation %s: publish %s: %d times: %w", org, week, tries, records.ErrConflict)
}

func digestKey(org string, week scheduler.Date) records.Key {
	return records.Key{Org: org, Kind: kindDigest, ID: week.String()}
}

func (r *Reports) publish(ctx context.Context, org string, week scheduler.Date) (Published, error) {
	known, err := records.Load[Published](ctx, r.Store, digestKey(org, week))
	if err == nil || !errors.Is(err, records.ErrNone) {
		return known, err
	}
	persons, err := r.Roster.Persons(ctx, org)
	if err != nil {
		return Published{}, err
	}
	d, err := r.divided(ctx, org, periodOf(week), persons)
	if err != nil {
		return Published{}, err
	}
	promised := map[string]int{}
	if r.Promised != nil {
		if promised, err = r.Promised(ctx, org); err != nil {
			return Published{}, err
		}
	}
	cells, err := r.cells(ctx, org, week, d, persons, promised)
	if err != nil {
		return Published{}, err
	}
	p := Published{Week: week, Since: periodOf(week)}
	p.draw(veil{r.Secret}, d.value.Groups, cells, views(d.value.Groups, persons), promised)
	if slices.ContainsFunc(p.Views, func(v View) bool { return v.Withheld == "" }) {
		d.value.Shown = true
	}
	if d.version == 0 || len(d.write) > 0 {
		record, err := records.Encode(d.key, d.version, d.value)
		if err != nil {
			return Published{}, err
		}
		d.write = append(d.write, record)
	}
	record, err := records.Encode(digestKey(org, week), 0, p)
	if err != nil {
		return Published{}, err
	}
	if err := r.Store.Write(ctx, append(d.write, record)...); err != nil {
		return Published{}, err
	}
	return p, r.forgetGroups(ctx, org, p.Since)
}

// cells are the people behind each group's figures.
func (r *Reports) cells(ctx context.Context, org string, week scheduler.Date, d *division, persons []people.Person, promised map[string]int) ([]*cell, error) {
	groupOf := make(map[learner.ID]int, len(persons))
	for _, p := range persons {
		if g, ok := d.members[p.ID]; ok && p.Learner != "" {
			groupOf[p.Learner] = g
		}
	}
	cells := make([]*cell, len(d.value.Groups))
	for i := range cells {
		cells[i] = &cell{}
	}
	for _, g := range groupOf {
		cells[g].size++
	}
	all, err := r.Store.List(ctx, org, kindCursor)
	if err != nil {
		return nil, err
	}
	for _, record := range all {
		shard, err := records.Decode[cursors](record)
		if err != nil {
			return nil, err
		}
		for id, c := range shard {
			if g, ok := groupOf[id]; ok {
				cells[g].take(id, c, c.of(week), 2*promise(d.value.Groups[g], promised))
			}
		}
	}
	return cells, nil
}

// take adds a person who learned in the week; of their minutes so many count at most.
func (c *cell) take(id learner.ID, of cursor, w week, most int) {
	if w.Answers == 0 {
		return
	}
	if most == 0 {
		most = mostMinutes
	}
	c.who = append(c.who, string(id))
	c.cards, c.known, c.largest = c.cards+of.Cards, c.known+of.Known, max(c.largest, of.Cards)
	c.seconds += min(w.Seconds, 60*most)
	hours(w.Hours, func(h int) { c.hours[h]++ })
}

// promise is the minutes a week that a group was promised.
func promise(g group, promised map[string]int) int {
	most := promised[""] // the whole organisation's
	for _, t := range g.Teams {
		most = max(most, promised[t.ID])
	}
	return most
}

// views are which teams are looked at together: all, and each manager's.
func views(all []group, persons []people.Person) [][]string {
	views := [][]string{nil}
	seen := map[string]bool{"": true}
	for _, p := range persons {
		if !p.Left.IsZero() || !slices.Contains(p.Roles, people.Manager) {
			continue
		}
		teams := teamSet(p.Manages)
		key := strings.Join(teams, "\n")
		known := slices.ContainsFunc(all, func(g group) bool { return slices.ContainsFunc(teams, g.has) })
		if !seen[key] && known {
			seen[key] = true
			views = append(views, teams)
		}
	}
	return views
}

func teamSet(teams []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(teams)))
}

// within are the groups that teams are in; all for none.
func within(all []group, teams []string) []int {
	var which []int
	for i, g := range all {
		if len(teams) == 0 || slices.ContainsFunc(teams, g.has) {
			which = append(which, i)
		}
	}
	return which
}

// draw decides what is shown, and rounds it.
func (p *Published) draw(v veil, all []group, cells []*cell, views [][]string, promised map[string]int) {
	s := suppress(v, all, cells, views)
	for i, g := range all {
		row := Row{Withheld: s.rows[i], Known: NotShown, Minutes: NotShown}
		if row.Withheld == "" {
			row = v.row(cells[i])
		}
		row.Teams, row.Promised = g.Teams, promise(g, promised)
		p.Rows = append(p.Rows, row)
	}
	for i, teams := range views {
		view := View{Teams: teams, Row: Row{Withheld: s.views[i], Known: NotShown, Minutes: NotShown}, Hour: NotShown}
		which := within(all, teams)
		if view.Withheld == "" {
			together := union(cells, which)
			view.Row = v.row(together)
			view.Hour, view.HourShare = v.hour(together)
		}
		for _, g := range which {
			view.Promised = max(view.Promised, promise(all[g], promised))
		}
		p.Views = append(p.Views, view)
	}
}

// row are the figures of a cell.
func (v veil) row(c *cell) Row {
	row := Row{People: v.people(c), Known: NotShown, Minutes: v.minutes(c)}
	if known, ok := v.known(c); ok {
		row.Known = known
	}
	return row
}

// hour is the hour in which most people learned, and their share in tenths;
// NotShown where fewer than five did so in any.
func (v veil) hour(c *cell) (hour, tenths int) {
	best := 0
	for h, n := range c.hours {
		if n > c.hours[best] {
			best = h
		}
	}
	if c.hours[best] < 2*five {
		return NotShown, 0
	}
	return best, v.share("hour", c, c.hours[best], len(c.who))
}
