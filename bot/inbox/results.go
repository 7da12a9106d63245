package inbox

import (
	"context"
	"encoding/csv"
	"errors"
	"io"
	"math/rand/v2"
	"strconv"
	"strings"

	"praline/locales"
	"praline/records"
)

// Result is what was replied to one item, wave by wave.
type Result struct {
	Item  Item
	Waves []Tally // as Survey.Waves; N 0: fewer than five, nothing is shown
}

// Results are what may be shown of a survey: of each item what at least five
// replied, and from then on in steps of five or more; words in no order, each
// time another.
func (i *Inbox) Results(ctx context.Context, org, id string) (Survey, []Result, error) {
	s, err := i.Survey(ctx, org, id)
	if err != nil {
		return s, nil, err
	}
	results := make([]Result, len(s.Items))
	for n, item := range s.Items {
		results[n] = Result{Item: item, Waves: make([]Tally, len(s.Waves))}
	}
	for w, wave := range s.Waves {
		sum, err := records.Load[sums](ctx, i.Store, records.Key{Org: org, Kind: kindReplies, ID: id + ":" + string(wave.ID)})
		if err != nil && !errors.Is(err, records.ErrNone) {
			return s, nil, err
		}
		for n := range results {
			if n < len(sum.Shown) {
				t := sum.Shown[n]
				rand.Shuffle(len(t.Words), func(a, b int) { t.Words[a], t.Words[b] = t.Words[b], t.Words[a] })
				results[n].Waves[w] = t
			}
		}
	}
	return s, results, nil
}

// WriteCSV writes results for a spreadsheet, in one language. A cell that a
// spreadsheet would take as a formula begins with an apostrophe.
func WriteCSV(out io.Writer, words locales.Words, s Survey, results []Result) error {
	w := csv.NewWriter(out)
	rows := [][]string{{words.Say("surveys.csv-question"), words.Say("surveys.csv-wave"), words.Say("surveys.csv-reply"), words.Say("surveys.csv-count")}}
	for _, r := range results {
		question := r.Item.Text.In(words.Lang)
		for n, t := range r.Waves {
			wave := WaveName(words, s.Waves[n].ID)
			if t.N == 0 {
				rows = append(rows, []string{question, wave, words.Say("surveys.few"), ""})
				continue
			}
			for o := range r.Item.Options() {
				rows = append(rows, []string{question, wave, r.Item.Option(o+1, words.Lang), strconv.Itoa(t.of(o))})
			}
			for _, said := range t.Words {
				rows = append(rows, []string{question, wave, said, ""})
			}
		}
	}
	for _, row := range rows {
		for n := range row {
			row[n] = harmless(row[n])
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// WaveName is how a wave is called.
func WaveName(words locales.Words, id WaveID) string {
	switch id {
	case Before:
		return words.Say("surveys.before")
	case After:
		return words.Say("surveys.after")
	}
	return words.Say("surveys.once")
}

// Option is what an option says, from 1: the number itself on a scale.
func (q Item) Option(n int, lang string) string {
	if q.Kind == Choices && n >= 1 && n <= len(q.Choices) {
		return q.Choices[n-1].In(lang)
	}
	return strconv.Itoa(n)
}

// of is how often an option was chosen, from 0.
func (t Tally) of(option int) int {
	if option < len(t.Options) {
		return t.Options[option]
	}
	return 0
}

// harmless keeps a text from being a formula.
func harmless(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
