package recognition

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"praline/records"
)

// Thanks are the thanks for one lesson, by month. They name nobody.
type Thanks struct {
	Lesson string         `json:"lesson"` // "series/lesson"
	Months map[string]int `json:"months"` // "2026-10" → how many
	Recent []string       `json:"recent,omitempty"`
}

const (
	kindThanks = "thanks"
	// remembered is how many presses a lesson remembers, so that one that comes
	// twice counts once.
	remembered = 64
)

// Thank counts one thank for a lesson. press names the press, so that the same
// one again, after a crash, changes nothing; it says nothing of who pressed.
func (r *Recognition) Thank(ctx context.Context, org, lesson, press string, at time.Time) error {
	_, err := records.Update(ctx, r.Store, records.Key{Org: org, Kind: kindThanks, ID: lesson}, func(t *Thanks) error {
		if slices.Contains(t.Recent, press) {
			return nil
		}
		t.Lesson = lesson
		t.Recent = append(t.Recent, press)
		t.Recent = t.Recent[max(0, len(t.Recent)-remembered):]
		if t.Months == nil {
			t.Months = make(map[string]int)
		}
		t.Months[at.UTC().Format("2006-01")]++
		return nil
	})
	if err != nil {
		return fmt.Errorf("thanks for %s: %w", lesson, err)
	}
	return nil
}

// Thanked are the thanks for the lessons of a series, of a year (0: of all).
func (r *Recognition) Thanked(ctx context.Context, org, series string, year int) (byLesson map[string]int, total int, err error) {
	if year == 0 {
		return r.thanked(ctx, org, series, "")
	}
	return r.thanked(ctx, org, series, fmt.Sprintf("%04d-", year))
}

// ThankedIn are the thanks for the lessons of a series in the month of a time.
func (r *Recognition) ThankedIn(ctx context.Context, org, series string, month time.Time) (byLesson map[string]int, total int, err error) {
	return r.thanked(ctx, org, series, month.UTC().Format("2006-01"))
}

// thanked are those of months that begin so.
func (r *Recognition) thanked(ctx context.Context, org, series, months string) (byLesson map[string]int, total int, err error) {
	all, err := records.All[Thanks](ctx, r.Store, org, kindThanks)
	if err != nil {
		return nil, 0, err
	}
	byLesson = make(map[string]int)
	for _, t := range all {
		lesson, ok := strings.CutPrefix(t.Lesson, series+"/")
		if !ok {
			continue
		}
		for month, n := range t.Months {
			if strings.HasPrefix(month, months) {
				byLesson[lesson] += n
				total += n
			}
		}
	}
	return byLesson, total, nil
}
