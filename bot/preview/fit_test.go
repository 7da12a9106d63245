package preview_test

import (
	"slices"
	"strings"
	"testing"

	"praline/bot/preview"
	"praline/channels"
)

func TestFit(t *testing.T) {
	small := preview.App{Name: "small", Limits: channels.Limits{
		Text: channels.Limit{Max: 40, Unit: channels.UTF16}, ButtonLabel: channels.Limit{Max: 10, Unit: channels.Characters},
		Typed: true, Media: []string{"image/png"},
	}}
	answer := func(label string) channels.Choice {
		return channels.Choice{Label: label, Value: "v", Role: channels.Answer}
	}
	for _, row := range []struct {
		label   string
		message channels.Message
		want    []preview.Effect
	}{
		{"a short text", channels.Message{Text: "court"}, []preview.Effect{preview.Whole}},
		{"a text at the limit", channels.Message{Text: strings.Repeat("a", 40)}, []preview.Effect{preview.Whole}},
		{"a text above it", channels.Message{Text: strings.Repeat("a", 41)}, []preview.Effect{preview.Split}},
		{"a text above it in the app's unit only", channels.Message{Text: strings.Repeat("🙂", 21)}, []preview.Effect{preview.Split}},
		{"title, explanation and note count", channels.Message{Title: strings.Repeat("a", 20), After: strings.Repeat("b", 20), Note: "c"}, []preview.Effect{preview.Split}},
		{"an answer that fits a button", channels.Message{Text: "?", Choices: []channels.Choice{answer("dix lettres"[:10])}}, []preview.Effect{preview.Whole}},
		{"an answer that does not", channels.Message{Text: "?", Choices: []channels.Choice{answer("onze lettres")}}, []preview.Effect{preview.Numbered}},
		{"an answer that is only shown", channels.Message{Text: "?", Choices: []channels.Choice{{Label: "onze lettres", Role: channels.Answer, Mark: channels.Right}}}, []preview.Effect{preview.Whole}},
		{"a form", channels.Message{Text: "?", Form: &channels.Form{Fields: []channels.Field{{Label: "x"}}}}, []preview.Effect{preview.Typed}},
		{"a picture", channels.Message{Text: "x", Media: []channels.Media{{MIME: "image/png"}}}, []preview.Effect{preview.Whole}},
		{"a film", channels.Message{Text: "x", Media: []channels.Media{{MIME: "video/mp4"}}}, []preview.Effect{preview.Worded}},
		{
			"everything at once",
			channels.Message{
				Text: strings.Repeat("a", 41), Choices: []channels.Choice{answer("onze lettres")},
				Form: &channels.Form{}, Media: []channels.Media{{MIME: "audio/mpeg"}},
			},
			[]preview.Effect{preview.Split, preview.Typed, preview.Numbered, preview.Worded},
		},
	} {
		if got := preview.Fit(small, row.message); !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, not %v", row.label, got, row.want)
		}
		if got := preview.Fit(preview.App{}, channels.Message{Text: strings.Repeat("a", 9999)}); !slices.Equal(got, []preview.Effect{preview.Whole}) {
			t.Errorf("no limits: %v", got)
		}
	}
}
