package report

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"praline/bot/people"
	"praline/records"
	"praline/scheduler"
)

// Digest is the page that a manager sees of a week, and that everybody of their
// teams may read. It is made of what was published, and of nothing else.
type Digest struct {
	Week     scheduler.Date `json:"week"` // its Monday
	Since    scheduler.Date `json:"groups_since"`
	Together View           `json:"together"`
	Rows     []Row          `json:"rows,omitempty"` // none where there is only one group
	Todo     Todo           `json:"todo"`
	Before   []Past         `json:"weeks,omitempty"` // this week last
	// Nobody says that no manager looks after these teams: nobody reads it.
	Nobody bool `json:"nobody,omitempty"`
}

// Past is a week's minutes, a person.
type Past struct {
	Week     scheduler.Date `json:"week"`
	Promised int            `json:"promised"`
	Used     int            `json:"used"` // NotShown
}

// Number is the week's, as calendars count it.
func (d Digest) Number() int { return numbered(d.Week) }

// Number is the week's.
func (p Past) Number() int { return numbered(p.Week) }

func numbered(monday scheduler.Date) int {
	_, week := monday.At(0, time.UTC).ISOWeek()
	return week
}

// Sunday is the week's last day.
func (d Digest) Sunday() scheduler.Date { return d.Week.AddDays(6) }

// Todo is one thing that a manager might do this week: words are "report.todo-…".
type Todo struct {
	Code  string        `json:"code"`
	Teams []people.Team `json:"teams,omitempty"`
	Used  int           `json:"used,omitempty"`
	Of    int           `json:"of,omitempty"`
}

// The things to do, the first that fits.
const (
	TodoWait    = "wait"    // too few take part
	TodoKeep    = "keep"    // half of the promised time or less was used in a group
	TodoPromise = "promise" // no time is promised
	TodoTalk    = "talk"    // a group knows half or less
	TodoThank   = "thank"
)

// historyWeeks is how many weeks of minutes stand beside a digest.
const historyWeeks = 5

// latestWeeks is how far back the latest digest is looked for.
const latestWeeks = 8

// Latest is the week that was published last, zero where none was lately.
func (r *Reports) Latest(ctx context.Context, org string) (scheduler.Date, error) {
	week := dayOf(r.Now()).Monday()
	var keys []records.Key
	for i := range latestWeeks {
		keys = append(keys, digestKey(org, week.AddDays(-7*i)))
	}
	all, err := r.Store.Read(ctx, keys...)
	if err != nil {
		return scheduler.Date{}, err
	}
	for i, record := range all {
		if record.Version > 0 {
			return week.AddDays(-7 * i), nil
		}
	}
	return scheduler.Date{}, nil
}

// Digest is what was published of some teams in a week, of all for none; of the
// latest for a zero week. records.ErrNone where nothing was published.
func (r *Reports) Digest(ctx context.Context, org string, week scheduler.Date, teams []string) (Digest, error) {
	p, past, err := r.published(ctx, org, week)
	if err != nil {
		return Digest{}, err
	}
	return p.digest(teamSet(teams), past), nil
}

// Seen is the page that the manager of a team sees, for its people: the very
// same. Of several managers it is that of the fewest teams.
func (r *Reports) Seen(ctx context.Context, org, team string, week scheduler.Date) (Digest, error) {
	p, past, err := r.published(ctx, org, week)
	if err != nil {
		return Digest{}, err
	}
	var teams []string
	for _, v := range p.Views {
		if slices.Contains(v.Teams, team) && (teams == nil || len(v.Teams) < len(teams)) {
			teams = v.Teams
		}
	}
	d := p.digest(teams, past)
	d.Nobody = teams == nil
	return d, nil
}

// published reads a week, and those before it.
func (r *Reports) published(ctx context.Context, org string, week scheduler.Date) (Published, []Published, error) {
	if week.IsZero() {
		var err error
		if week, err = r.Latest(ctx, org); err != nil {
			return Published{}, nil, err
		}
	}
	if week.IsZero() {
		return Published{}, nil, fmt.Errorf("organisation %s: no week was published: %w", org, records.ErrNone)
	}
	var keys []records.Key
	for i := range historyWeeks {
		keys = append(keys, digestKey(org, week.AddDays(-7*i)))
	}
	all, err := r.Store.Read(ctx, keys...)
	if err != nil {
		return Published{}, nil, err
	}
	var weeks []Published
	for _, record := range all {
		if record.Version == 0 {
			continue
		}
		p, err := records.Decode[Published](record)
		if err != nil {
			return Published{}, nil, err
		}
		weeks = append(weeks, p)
	}
	if all[0].Version == 0 {
		return Published{}, nil, fmt.Errorf("organisation %s, week %s: %w", org, week, records.ErrNone)
	}
	slices.Reverse(weeks)
	return weeks[len(weeks)-1], weeks, nil
}

// view finds teams that were looked at together.
func (p Published) view(teams []string) View {
	for _, v := range p.Views {
		if slices.Equal(v.Teams, teams) {
			return v
		}
	}
	return View{Teams: teams, Row: Row{Withheld: TooNew, Known: NotShown, Minutes: NotShown}, Hour: NotShown}
}

func (p Published) digest(teams []string, past []Published) Digest {
	d := Digest{Week: p.Week, Since: p.Since, Together: p.view(teams)}
	for _, row := range p.Rows {
		if len(teams) == 0 || slices.ContainsFunc(row.Teams, func(t people.Team) bool { return slices.Contains(teams, t.ID) }) {
			d.Rows = append(d.Rows, row)
		}
	}
	for _, week := range past {
		v := week.view(teams)
		d.Before = append(d.Before, Past{week.Week, v.Promised, v.Minutes})
	}
	d.Todo = d.todo()
	if len(d.Rows) == 1 {
		if d.Together.Withheld == TooNew {
			d.Together.Row = d.Rows[0]
		}
		d.Rows = nil // it would say the same twice
	}
	return d
}

// todo follows from what is shown alone.
func (d Digest) todo() Todo {
	shown := slices.DeleteFunc(slices.Clone(d.Rows), func(r Row) bool { return r.Withheld != "" })
	if len(shown) == 0 && d.Together.Withheld != "" {
		return Todo{Code: TodoWait}
	}
	kept := slices.DeleteFunc(slices.Clone(shown), func(r Row) bool { return r.Promised == 0 || 2*r.Minutes > r.Promised })
	if len(kept) > 0 {
		r := slices.MinFunc(kept, func(a, b Row) int { return cmp.Compare(a.Minutes*b.Promised, b.Minutes*a.Promised) })
		return Todo{TodoKeep, r.Teams, r.Minutes, r.Promised}
	}
	if d.Together.Promised == 0 {
		return Todo{Code: TodoPromise}
	}
	unsure := slices.DeleteFunc(slices.Clone(shown), func(r Row) bool { return r.Known == NotShown || r.Known > tenths/2 })
	if len(unsure) > 0 {
		r := slices.MinFunc(unsure, func(a, b Row) int { return cmp.Compare(a.Known, b.Known) })
		return Todo{Code: TodoTalk, Teams: r.Teams}
	}
	return Todo{Code: TodoThank}
}
