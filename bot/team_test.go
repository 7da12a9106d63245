package bot_test

import (
	"testing"

	"praline/bot/people"
	"praline/records/recordstest"
)

// Only who presses tells their team of a badge, and a press takes it back.
func TestATeamIsToldByWhoWishes(t *testing.T) {
	c := scholar(t, newMemory(), &recordstest.Memory{})
	h := newHouse(c)
	desk, err := h.SaveTeam(t.Context(), people.Shell("spf"), people.Team{Names: map[string]string{"fr": "Accueil", "nl": "Onthaal"}})
	if err != nil {
		t.Fatal(err)
	}
	play(c, "team", 0, []string{"learner: mon équipe", "bot: dans aucune équipe", "forged: share.tell.atelier"})
	h.join(people.Invitation{Team: desk.ID})
	play(c, "team", 0, []string{
		"learner: leçon", "learner: Bruxelles", "press: Continuer", "bot: Vous avez gagné un badge",
		"learner: mon équipe", "bot: Personne de votre équipe n'a partagé",
		"learner: mes badges", "press: Le dire à mon équipe : L'atelier", "bot: C'est fait, sous le nom de Ann",
		"learner: mon équipe", "bot: Ann a obtenu le badge",
		"press: Ne plus le montrer", "bot: C'est retiré",
		"learner: mon équipe", "bot: Personne de votre équipe n'a partagé",
	})
}
