package library_test

import (
	"fmt"
	"strings"
	"testing"

	"praline/lessons/library"
)

func TestFourEyes(t *testing.T) {
	for _, row := range []struct {
		label   string
		authors []string // who change a file, in turn
		approve []string
		refused string
	}{
		{"nobody approved", []string{"ann"}, nil, "not-approved"},
		{"the author alone", []string{"ann"}, []string{"ann"}, "four-eyes"},
		{"the author twice", []string{"ann"}, []string{"ann", "ann"}, "four-eyes"},
		{"somebody else", []string{"ann"}, []string{"rik"}, ""},
		{"the author and somebody else", []string{"ann"}, []string{"ann", "rik"}, ""},
		{"one of two authors", []string{"ann", "rik"}, []string{"rik"}, "four-eyes"},
		{"two authors, each reading the other", []string{"ann", "rik"}, []string{"rik", "ann"}, ""},
		{"who corrected one word is an author", []string{"ann", "eva"}, []string{"eva"}, "four-eyes"},
	} {
		t.Run(row.label, func(t *testing.T) {
			l := published(t)
			rewrite(t, l, by("ann", 20), "series.yaml", "1.0.0", "1.1.0")
			for i, who := range row.authors {
				rewrite(t, l, by(who, 21+i), "01-water.fr.md", "Arrosez ", "Arrosez bien ")
			}
			if err := l.AskReview(t.Context(), "spf", "garden", by("ann", 30), "Merci de relire."); err != nil {
				t.Fatal(err)
			}
			for i, who := range row.approve {
				if _, err := l.Approve(t.Context(), "spf", "garden", by(who, 31+i), draft(t, l).Digest()); err != nil {
					t.Fatal(err)
				}
			}
			_, err := l.Publish(t.Context(), "spf", "garden", library.Publication{Mark: by("rik", 40)})
			if row.refused == "" && err != nil || row.refused != "" && !refused(err, row.refused) {
				t.Errorf("%v, not %q", err, row.refused)
			}
		})
	}
}

func TestReviewGoesBackAndForth(t *testing.T) {
	l := written(t)
	ctx := t.Context()
	if err := l.AskChanges(ctx, "spf", "garden", by("rik", 1), "?"); !refused(err, "not-in-review") {
		t.Errorf("changes to what is not in review: %v", err)
	}
	reviewed(t, l, 2)
	if err := l.AskChanges(ctx, "spf", "garden", by("rik", 5), "La source ?"); err != nil {
		t.Fatal(err)
	}
	if d := draft(t, l); d.State != library.Changes || d.Asked.Note != "La source ?" || len(d.Approved) != 0 {
		t.Errorf("%+v", d)
	}
	if _, err := l.Approve(ctx, "spf", "garden", by("eva", 6), draft(t, l).Digest()); !refused(err, "not-in-review") {
		t.Errorf("approved while changes are awaited: %v", err)
	}
	if err := l.AskReview(ctx, "spf", "garden", by("ann", 7), ""); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Approve(ctx, "spf", "garden", by("rik", 8), "what was there before"); !refused(err, "changed-meanwhile") {
		t.Errorf("approved what is no longer there: %v", err)
	}
}

func TestCommentsFollowTheirLine(t *testing.T) {
	const quote = "Arrosez le soir."
	line := 1 + strings.Count(lessonFR[:strings.Index(lessonFR, quote)], "\n")
	for _, row := range []struct {
		label string
		edit  []string
		want  int
	}{
		{"nothing changed", nil, line},
		{"lines were put before it", []string{"# Le soir\n", "# Le soir\n\nUn mot de plus.\n\nEt un autre.\n"}, line + 4},
		{"lines were put after it", []string{quote, quote + "\n\nEncore un mot."}, line},
		{"its words were changed", []string{quote, "Arrosez vos plantes le soir."}, line},
		{"its words were changed, and lines put before it", []string{quote, "Encore ceci.\n\nArrosez toujours le soir."}, line + 2},
		{"it moved down", []string{quote + "\n\n", "", "terre boit.\n", "terre boit.\n\n" + quote + "\n"}, 0},
		{"it is gone", []string{quote + "\n", ""}, 0},
		{"another text stands there", []string{quote, "Demain il pleut beaucoup."}, 0},
	} {
		t.Run(row.label, func(t *testing.T) {
			l := written(t)
			digest := draft(t, l).Files["01-water.fr.md"].Digest
			if err := l.Comment(t.Context(), "spf", "garden", by("rik", 1), "01-water.fr.md", digest, line, "À quelle heure ?"); err != nil {
				t.Fatal(err)
			}
			if row.edit != nil {
				rewrite(t, l, by("ann", 2), "01-water.fr.md", row.edit...)
			}
			threads, err := l.Threads(t.Context(), "spf", draft(t, l))
			if err != nil || len(threads) != 1 {
				t.Fatalf("%v %v", threads, err)
			}
			if got := threads[0]; got.Now != row.want || got.Quote != quote {
				t.Errorf("line %d, not %d: %+v", got.Now, row.want, got)
			}
		})
	}
}

func TestThreads(t *testing.T) {
	l, ctx := written(t), t.Context()
	digest := draft(t, l).Files["01-water.fr.md"].Digest
	for _, row := range []struct {
		label, path, digest, text, code string
		line                            int
	}{
		{"no text", "01-water.fr.md", digest, "  ", "comment-empty", 1},
		{"no such line", "01-water.fr.md", digest, "?", "no-line", 999},
		{"another file's text", "series.yaml", digest, "?", "no-file", 1},
	} {
		if err := l.Comment(ctx, "spf", "garden", by("rik", 1), row.path, row.digest, row.line, row.text); !refused(err, row.code) {
			t.Errorf("%s: %v", row.label, err)
		}
	}
	steps := []error{
		l.Comment(ctx, "spf", "garden", by("rik", 2), "01-water.fr.md", digest, 10, "La source ?"),
		l.Reply(ctx, "spf", "garden", by("ann", 3), "1", "C’est fait."),
		l.Solve(ctx, "spf", "garden", by("rik", 4), "1"),
	}
	threads, err := l.Threads(ctx, "spf", draft(t, l))
	if fmt.Sprint(steps, err) != "[<nil> <nil> <nil>] <nil>" || len(threads) != 1 || len(threads[0].Said) != 2 || threads[0].Open() {
		t.Errorf("%v %v %+v", steps, err, threads)
	}
	if err := l.Reply(ctx, "spf", "garden", by("ann", 5), "1", "Encore ?"); err != nil {
		t.Fatal(err)
	}
	if threads, _ := l.Threads(ctx, "spf", draft(t, l)); !threads[0].Open() {
		t.Error("an answer opens a thread again")
	}
}

func TestTranslations(t *testing.T) {
	say := func(l *library.Library) string {
		var all []string
		for _, x := range draft(t, l).Translations([]string{"fr", "nl", "de"}) {
			all = append(all, x.Lang+" "+string(x.State))
		}
		return strings.Join(all, ", ")
	}
	expect := func(l *library.Library, want string) {
		t.Helper()
		if got := say(l); got != want {
			t.Errorf("%s, not %s", got, want)
		}
	}
	l := written(t)
	expect(l, "fr draft, nl draft, de missing")
	if err := l.MarkRead(t.Context(), "spf", "garden", by("rik", 5), "nl", draft(t, l).Digest()); err != nil {
		t.Fatal(err)
	}
	expect(l, "fr draft, nl reviewed, de missing")
	if err := l.MarkRead(t.Context(), "spf", "garden", by("ann", 6), "fr", draft(t, l).Digest()); !refused(err, "own-language") {
		t.Errorf("read by who wrote it: %v", err)
	}
	reviewed(t, l, 7)
	expect(l, "fr reviewed, nl reviewed, de missing")
	rewrite(t, l, by("ann", 20), "01-water.fr.md", "Arrosez le soir.", "Arrosez tard.")
	expect(l, "fr draft, nl outdated, de missing")
	nl := draft(t, l).Translations([]string{"nl"})[0]
	if !nl.Since.Equal(by("", 20).At) || nl.Other != "fr" || nl.By.By != "rik" {
		t.Errorf("%+v", nl)
	}
	rewrite(t, l, by("eva", 25), "01-water.nl.md", "Geef ’s avonds", "Geef laat")
	expect(l, "fr draft, nl draft, de missing")
	rewrite(t, l, by("ann", 26), "01-water.fr.md", "Arrosez tard.", "Arrosez le soir.")
	rewrite(t, l, by("eva", 27), "01-water.nl.md", "Geef laat", "Geef ’s avonds")
	expect(l, "fr reviewed, nl reviewed, de missing")
}

func TestSignedFacts(t *testing.T) {
	l, ctx := written(t), t.Context()
	state := func() library.FactsState {
		all, err := l.Signatures(ctx, "spf", "garden")
		if err != nil || len(all) != 1 {
			t.Fatalf("%v %v", all, err)
		}
		return all[0].State(draft(t, l))
	}
	seen := draft(t, l).LessonDigest("01-water")
	if err := l.SignFacts(ctx, "spf", "garden", by("pia", 1), "01-water", seen, "Pia Voorbeeld", ""); !refused(err, "not-asked") {
		t.Errorf("signed unasked: %v", err)
	}
	if err := l.AskFacts(ctx, "spf", "garden", by("ann", 2), "01-water", "pia"); err != nil || state() != library.FactsAsked {
		t.Fatal(err, state())
	}
	if waiting, err := l.ToSign(ctx, "spf", "pia"); err != nil || len(waiting["garden"]) != 1 {
		t.Errorf("%v %v", waiting, err)
	}
	if err := l.SignFacts(ctx, "spf", "garden", by("pia", 3), "01-water", seen, "Pia Voorbeeld", "FOD Voorbeeld"); err != nil || state() != library.FactsSigned {
		t.Fatal(err, state())
	}
	reviewed(t, l, 4)
	if _, err := l.Publish(ctx, "spf", "garden", library.Publication{Mark: by("rik", 6)}); err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(live(t, l, "spf").Series("garden").Reviewers); got != "[{Pia Voorbeeld FOD Voorbeeld}]" {
		t.Errorf("credited: %s", got)
	}
	rewrite(t, l, by("ann", 10), "01-water.nl.md", "Geef ’s avonds", "Geef laat")
	if state() != library.FactsOutdated {
		t.Error("signed, although a language changed")
	}
	if err := l.SignFacts(ctx, "spf", "garden", by("pia", 11), "01-water", seen, "Pia Voorbeeld", ""); !refused(err, "changed-meanwhile") {
		t.Errorf("signed what they did not see: %v", err)
	}
}
