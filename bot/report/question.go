package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"praline/lessons"
	"praline/locales"
	"praline/records"
	"praline/scheduler"
)

// Question is how a question does, from the first attempts of five people or
// more; with fewer it is Withheld and says nothing else.
type Question struct {
	Key      string         `json:"question"` // series/question
	Print    string         `json:"right_answer_digest"`
	Withheld bool           `json:"withheld,omitempty"`
	Since    scheduler.Date `json:"since,omitzero"`
	Until    scheduler.Date `json:"until,omitzero"`

	Facility       Estimate    `json:"facility"` // share right at the first attempt
	Languages      []Twin      `json:"languages,omitempty"`
	Difference     *Estimate   `json:"french_minus_dutch,omitempty"`
	Choices        []Picked    `json:"choices,omitempty"`
	None           int         `json:"do_not_know,omitempty"`
	Discrimination *Estimate   `json:"discrimination,omitempty"`
	Later          []Forgotten `json:"later,omitempty"`

	Mistakes int      `json:"mistakes,omitempty"` // reported and open
	Advice   []Advice `json:"advice,omitempty"`
}

// Twin is how a question does in one language.
type Twin struct {
	Lang     string   `json:"lang"`
	Facility Estimate `json:"facility"`
	None     int      `json:"do_not_know,omitempty"`
}

// Picked is how often a choice was picked at the first attempt, in all and by
// the languages of Question.Languages.
type Picked struct {
	Choice int        `json:"choice"` // from 1
	Right  bool       `json:"right,omitempty"`
	People int        `json:"people"`
	Share  float64    `json:"share"`
	By     []Estimate `json:"by_language,omitempty"`
}

// Forgotten is how later answers went, by the days since the one before.
type Forgotten struct {
	From, To int      `json:"-"` // days; To 0: and more
	Days     string   `json:"days"`
	Right    Estimate `json:"right"`    // Of: answers
	Expected float64  `json:"expected"` // of the other questions of the series; 0: not known
}

// Questions are how the questions do that find knows, those with advice first.
// It returns a question in its first language, nil for one that is not taught.
func (r *Reports) Questions(ctx context.Context, org string, find func(key string) *lessons.Question) ([]Question, error) {
	return r.questions(ctx, org, find, "")
}

// Question is how one question does; Withheld also where nobody answered it
// yet, records.ErrNone where it is not taught.
func (r *Reports) Question(ctx context.Context, org, key string, find func(key string) *lessons.Question) (Question, error) {
	if find(key) == nil {
		return Question{}, fmt.Errorf("question %s: %w", key, records.ErrNone)
	}
	all, err := r.questions(ctx, org, find, key)
	if err != nil {
		return Question{}, err
	}
	if len(all) == 0 {
		return Question{Key: key, Print: find(key).Fingerprint(), Withheld: true}, nil
	}
	return all[0], nil
}

// questions are all, or only one.
func (r *Reports) questions(ctx context.Context, org string, find func(key string) *lessons.Question, only string) ([]Question, error) {
	list, err := r.Store.List(ctx, org, kindQuestion)
	if err != nil {
		return nil, err
	}
	mistakes, err := r.openMistakes(ctx, org)
	if err != nil {
		return nil, err
	}
	var counts []Counts
	others := make(map[string]Counts) // by series, all its questions together
	for _, record := range list {
		key := questionOf(record.ID)
		if only != "" && seriesOf(key) != seriesOf(only) {
			continue
		}
		c, err := records.Decode[Counts](record)
		if err != nil {
			return nil, err
		}
		sum := others[seriesOf(key)]
		sum.addLater(c.Shown, 1)
		others[seriesOf(key)] = sum
		if q := find(key); q != nil && q.Fingerprint() == c.Print && (only == "" || only == key) {
			counts = append(counts, c)
		}
	}
	all := make([]Question, len(counts))
	for i, c := range counts {
		rest := others[seriesOf(c.Question)]
		rest.addLater(c.Shown, -1)
		all[i] = c.question(find(c.Question), rest, mistakes[c.Question])
	}
	slices.SortFunc(all, func(a, b Question) int {
		return cmp.Or(cmp.Compare(weight(b.Advice), weight(a.Advice)), cmp.Compare(a.Key, b.Key))
	})
	return all, nil
}

func (r *Reports) openMistakes(ctx context.Context, org string) (map[string]int, error) {
	all, err := r.Mistakes(ctx, org, "")
	if err != nil && !errors.Is(err, records.ErrNone) {
		return nil, err
	}
	open := make(map[string]int)
	for _, m := range all {
		if !m.Done {
			open[m.Question]++
		}
	}
	return open, nil
}

func (c *Counts) addLater(f Figures, sign int) {
	for i, l := range f.Later {
		c.Shown.Later[i].Answers += sign * l.Answers
		c.Shown.Later[i].Right += sign * l.Right
	}
}

// question says what the shown counts mean.
func (c *Counts) question(q *lessons.Question, others Counts, mistakes int) Question {
	x := Question{Key: c.Question, Print: c.Print, Mistakes: mistakes}
	var sum Firsts
	for _, f := range c.Shown.Firsts {
		sum.add(f)
	}
	if x.Withheld = sum.People < five; x.Withheld {
		return x
	}
	x.Since, x.Until = c.Since, c.Until
	x.Facility, x.None = share(sum.Right, sum.People, usual), sum.None
	var twins []Firsts
	for i, lang := range locales.Languages {
		if f := c.Shown.Firsts[i+1]; f.People >= five {
			x.Languages = append(x.Languages, Twin{lang, share(f.Right, f.People, usual), f.None})
			twins = append(twins, f)
		}
	}
	if len(twins) == 2 {
		d := difference(x.Languages[0].Facility, x.Languages[1].Facility)
		x.Difference = &d
	}
	for i := range q.Choices {
		p := Picked{Choice: i + 1, Right: q.Choices[i].Right, People: pickedOf(sum, i)}
		p.Share = float64(p.People) / float64(sum.People)
		for _, f := range twins {
			p.By = append(p.By, share(pickedOf(f, i), f.People, usual))
		}
		x.Choices = append(x.Choices, p)
	}
	if e, ok := sum.correlation(usual); ok {
		x.Discrimination = &e
	}
	x.Later = c.forgotten(others)
	x.Advice = advise(q, sum, twins, x)
	return x
}

func pickedOf(f Firsts, choice int) int {
	if choice < len(f.Picked) {
		return f.Picked[choice]
	}
	return 0
}

func (c *Counts) forgotten(others Counts) []Forgotten {
	var all []Forgotten
	for i, l := range c.Shown.Later {
		if l.People < five {
			continue
		}
		f := Forgotten{From: laterDays[i], Right: share(l.Right, l.Answers, usual)}
		switch {
		case i == bins-1:
			f.Days = fmt.Sprint(f.From, "+")
		case laterDays[i+1]-1 > f.From:
			f.To = laterDays[i+1] - 1
			f.Days = fmt.Sprint(f.From, "–", f.To)
		default:
			f.To, f.Days = f.From, fmt.Sprint(f.From)
		}
		if o := others.Shown.Later[i]; o.Answers >= 2*five {
			f.Expected = float64(o.Right) / float64(o.Answers)
		}
		all = append(all, f)
	}
	return all
}
