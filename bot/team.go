package bot

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"praline/bot/learner"
	"praline/bot/recognition"
	"praline/channels"
	"praline/channels/markup"
)

// mostSuccesses are shown of a team.
const mostSuccesses = 10

// hasTeam says whether there is a team that could be told something.
func (t *turn) hasTeam() bool { return t.recognition != nil && t.org != nil && t.org.Person.Team != "" }

// pressShare tells the learner's team of a badge ("tell"), or takes it back
// ("not"). Nothing is told without this press, and nobody is notified: who wants
// to know asks.
func (t *turn) pressShare(arguments []string) {
	l := t.learner
	i := -1
	if len(arguments) == 2 && (arguments[0] == "tell" || arguments[0] == "not") {
		i = slices.IndexFunc(l.Badges, func(b learner.Badge) bool { return short(b.Series) == arguments[1] })
	}
	if i < 0 || !t.hasTeam() {
		t.old()
		return
	}
	b, r, org, id, tell := l.Badges[i], t.recognition, l.Member.Org, l.ID, arguments[0] == "tell"
	success := recognition.Success{Team: t.org.Person.Team, Name: cmp.Or(l.Name, t.org.Person.Name), Series: b.Series, Titles: map[string]string{}, At: t.now}
	if s := t.catalogue.Series(b.Series); s != nil {
		success.Titles = s.Title
	}
	if _, ok := t.wish("share", func(ctx context.Context) (any, error) {
		if tell {
			return nil, r.Share(ctx, org, id, success)
		}
		return nil, r.Unshare(ctx, org, id, b.Series)
	}); !ok {
		return
	}
	if !tell {
		t.text(t.w("team.taken-back"), t.wayOn()...)
		return
	}
	t.happen("badge", "shared")
	t.text(t.w("team.told", "name", markup.Escape(success.Name)), append(t.wayOn(), quiet(t.w("team.take-back"), value("share", "not", short(b.Series))))...)
}

// showTeam lists what people of the learner's team wished it to know.
func (t *turn) showTeam() {
	if !t.hasTeam() {
		t.text(t.w("team.none"), t.wayOn()...)
		return
	}
	r, org, team, now := t.recognition, t.learner.Member.Org, t.org.Person.Team, t.now
	found, ok := t.wish("team", func(ctx context.Context) (any, error) { return r.Successes(ctx, org, team, now) })
	if !ok {
		return
	}
	all := found.([]recognition.Success)
	if len(all) == 0 {
		t.text(t.w("team.nothing"), t.wayOn()...)
		return
	}
	var lines []string
	for _, s := range all[:min(len(all), mostSuccesses)] {
		lines = append(lines, "- "+t.w("team.line", "name", markup.Escape(s.Name), "title", markup.Escape(inLanguage(s.Titles, t.learner.Lang))))
	}
	t.say(channels.Message{Title: t.w("team.title"), Text: strings.Join(lines, "\n"), Choices: t.wayOn(), Note: t.w("team.note")})
}
