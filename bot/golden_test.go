package bot_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"praline/lessons"
)

var update = flag.Bool("update", false, "write testdata/golden anew")

// TestGolden writes whole days of a learner down as they read them, in both
// languages, free and guided. Read them aloud after -update.
func TestGolden(t *testing.T) {
	for name, labels := range golden {
		t.Run(name, func(t *testing.T) {
			s := newMemory()
			s.fixed = "abcdefgh22222222"
			c := newChat(t, s, lessons.NewCatalogue(atelier(t)))
			c.languages = []string{name[:2]}
			var b strings.Builder
			play := func(step, argument string) {
				problem := steps[step](c, argument)
				if problem != "" {
					t.Fatalf("%s %s: %s", step, argument, problem)
				}
				fmt.Fprintf(&b, "\n>>> %s %s\n", step, argument)
				for _, s := range c.heard() {
					fmt.Fprintf(&b, "\n%s\n", read(s.Message))
					if all := buttons(s.Message); len(all) > 0 {
						fmt.Fprintf(&b, "  [%s]\n", strings.Join(all, "] ["))
					}
				}
			}
			play("came", "")
			for _, label := range labels {
				step, argument, _ := strings.Cut(label, ": ")
				play(step, argument)
			}
			compare(t, "testdata/golden/"+strings.ReplaceAll(name, " ", "-")+".txt", strings.TrimSpace(b.String())+"\n")
		})
	}
}

// compare holds a text against a golden file.
func compare(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run go test -update", err)
	}
	if got == string(want) {
		return
	}
	g, w := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("%s:%d\n got: %q\nwant: %q", path, i+1, g[i], w[i])
		}
	}
	t.Fatalf("%s: %d lines, not %d", path, len(g), len(w))
}

// golden are the days: what the learner does, in order.
var golden = map[string][]string{
	"fr": {
		"press: Continuer en français", "press: En savoir plus", "press: Oui, d'accord", "press: 3 minutes",
		"press: Un autre moment, avec vos mots", "learner: lundi et jeudi à 13h30", "press: C'est bien cela",
		"press: Je suis à l'aise, montrez-moi tout", "press: Ma première leçon",
		"press: Continuer", "press: Continuer", "press: Continuer", "press: Namur", "press: Continuer", "press: Oui", "press: Continuer",
		"learner: palai", "press: Continuer", "press: Encore un peu", "press: Continuer", "learner: onze", "press: Continuer",
		"fill: choices=0,2", "press: Continuer", "learner: régions", "press: Continuer", "press: Encore un peu", "press: Continuer",
		"learner: 1 2 3", "press: Continuer", "learner: 1a 2b 3c", "press: Continuer", "press: Mes progrès",
		"time: Thu 15 Oct 2026 13:30", "press: Commencer", "press: Pourquoi cette question ?", "press: Bruxelles",
		"learner: bilan", "learner: aide", "learner: les sujets", "learner: mes données", "learner: heures", "learner: samedi à 10h", "press: Corriger",
		"learner: je ne travaille pas le mercredi après-midi", "press: C'est bien cela", "learner: pause", "press: Une semaine", "press: Reprendre les messages",
		"learner: minutes", "press: 5 minutes", "learner: langue", "press: Français", "learner: bof", "learner: une erreur", "learner: signaler", "learner: le parlement aussi",
		"time: Mon 19 Oct 2026 13:30", "press: Dans une heure", "time: Mon 19 Oct 2026 14:31", "press: Pas aujourd'hui",
		"time: Mon 2 Nov 2026 13:30", "press: Moins souvent", "learner: stop", "learner: effacer", "press: Oui, tout effacer",
	},
	"nl": {
		"press: Verdergaan in het Nederlands", "press: Meer lezen", "press: Ja, dat is goed", "press: 3 minuten",
		"press: Een ander moment, in uw woorden", "learner: maandag en donderdag om half twee", "press: Dat klopt",
		"press: Ik ben vertrouwd met apps, toon mij alles", "press: Mijn eerste les",
		"press: Verder", "press: Verder", "press: Verder", "press: Namen", "press: Verder", "press: Ja", "press: Verder",
		"learner: palijs", "press: Verder", "press: Nog even verder", "press: Verder", "learner: elf", "press: Verder",
		"fill: choices=0,2", "press: Verder", "learner: gewesten", "press: Verder", "press: Nog even verder", "press: Verder",
		"learner: 1 2 3", "press: Verder", "learner: 1a 2b 3c", "press: Verder", "press: Mijn vooruitgang",
		"time: Thu 15 Oct 2026 13:30", "press: Beginnen", "press: Waarom deze vraag?", "press: Brussel",
		"learner: overzicht", "learner: hulp", "learner: onderwerpen", "learner: mijn gegevens", "learner: momenten", "learner: zaterdag om 10 uur", "press: Aanpassen",
		"learner: ik werk niet op woensdagnamiddag", "press: Dat klopt", "learner: pauze", "press: Eén week", "press: Opnieuw berichten krijgen",
		"learner: minuten", "press: 5 minuten", "learner: taal", "press: Nederlands", "learner: bof", "learner: melden", "learner: het parlement ook",
		"time: Mon 19 Oct 2026 13:30", "press: Over een uur", "time: Mon 19 Oct 2026 14:31", "press: Vandaag niet",
		"time: Mon 2 Nov 2026 13:30", "press: Minder vaak", "learner: stop", "learner: wissen", "press: Ja, alles wissen",
	},
	"fr guided": {
		"press: Continuer en français", "press: Oui, d'accord", "press: 2 minutes", "press: Chaque jour ouvrable à 9 h",
		"press: Boutons seulement, une chose à la fois", "learner: 1", "learner: 1", "learner: 1", "learner: 1", "learner: 2", "learner: 1", "learner: 1", "learner: 1",
		"learner: palais", "learner: 1", "learner: aide", "learner: 3", "time: Thu 15 Oct 2026 9:00", "learner: 1", "learner: 4",
	},
	"nl guided": {
		"press: Verdergaan in het Nederlands", "press: Ja, dat is goed", "press: 2 minuten", "press: Elke werkdag om 9 uur",
		"press: Alleen met knoppen, stap voor stap", "learner: 1", "learner: 1", "learner: 1", "learner: 1", "learner: 2", "learner: 1", "learner: 1", "learner: 1",
		"learner: paleis", "learner: 1", "learner: hulp", "learner: 3", "time: Thu 15 Oct 2026 9:00", "learner: 1", "learner: 4",
	},
}
