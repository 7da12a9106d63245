package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"praline/bot/learner"
	"praline/bot/recognition"
	"praline/channels"
	"praline/channels/markup"
	"praline/lessons"
	"praline/records"
)

// known4of5 says that four questions in five of a series are known: what is
// worth asking recognition about.
func known4of5(s Standing) bool {
	all := s.Known + s.Fading + s.NotSeen
	return all > 0 && 5*s.Known >= 4*all
}

// taughtAll says whether every lesson of a series was taught.
func (t *turn) taughtAll(s *lessons.Series) bool {
	for _, lesson := range s.Lessons {
		if !slices.Contains(t.learner.Taught, s.ID+"/"+lesson.ID) {
			return false
		}
	}
	return len(s.Lessons) > 0
}

// giveBadges gives what the learner has earned by now, and returns the series.
// Who gives is the organisation whose series it is, or Praline.
func (t *turn) giveBadges() []*lessons.Series {
	if t.recognition == nil {
		return nil
	}
	l := t.learner
	var earned []*lessons.Series
	for _, standing := range t.standings() {
		s := standing.Series
		if slices.ContainsFunc(l.Badges, func(b learner.Badge) bool { return b.Series == s.ID }) || !known4of5(standing) || !t.taughtAll(s) {
			continue
		}
		given, ok := t.wish("badge "+s.ID, t.giving(s))
		if !ok {
			return nil // decided anew once it is known
		}
		if id := given.(string); id != "" {
			l.Badges = append(slices.Clip(l.Badges), learner.Badge{Series: s.ID, ID: id})
			earned = append(earned, s)
			t.happen("badge", "given")
		}
	}
	return earned
}

// giving gives the badge of a series if it is earned, and returns its id.
func (t *turn) giving(s *lessons.Series) func(context.Context) (any, error) {
	l, zone, today, now, by, log, r := *t.learner, t.zone, t.today, t.now, t.giver(), t.log, t.recognition
	return func(ctx context.Context) (any, error) {
		answers, err := log(ctx)
		if err != nil {
			return "", err
		}
		learning := recognition.LearningOf(l, answers, s, zone, today)
		if !learning.Earned(today) {
			return "", nil
		}
		b, _, err := r.Give(ctx, l.ID, by, learning, now)
		return b.ID, err
	}
}

// giver is in whose name a badge is given.
func (t *turn) giver() string {
	if t.org == nil {
		return "Praline"
	}
	return t.orgName()
}

// sayEarned is what stands at the end of a session in which badges were given.
func (t *turn) sayEarned(earned []*lessons.Series) string {
	var titles []string
	for _, s := range earned {
		titles = append(titles, "**"+markup.Escape(s.Title.In(t.learner.Lang))+"**")
	}
	if len(titles) == 0 {
		return ""
	}
	return t.words.Count("badges.earned", len(titles), "titles", t.words.List(titles))
}

// showBadges lists what the learner has, and how to get it on paper. Nobody
// else can ask.
func (t *turn) showBadges() {
	l := t.learner
	if len(l.Badges) == 0 || t.recognition == nil {
		t.text(t.w("badges.none"), t.wayOn()...)
		return
	}
	var lines []string
	var choices []channels.Choice
	for i, b := range l.Badges {
		title := b.Series
		if s := t.catalogue.Series(b.Series); s != nil {
			title = s.Title.In(l.Lang)
		}
		lines = append(lines, strconv.Itoa(i+1)+". "+markup.Escape(title))
		choices = append(choices,
			secondary(t.w("badges.paper", "title", title), value("badge", "paper", short(b.Series))),
			quiet(t.w("badges.file", "title", title), value("badge", "file", short(b.Series))))
		if t.hasTeam() {
			choices = append(choices, quiet(t.w("badges.share", "title", title), value("share", "tell", short(b.Series))))
		}
	}
	t.say(channels.Message{
		Title: t.w("badges.title"), Text: strings.Join(lines, "\n") + "\n\n" + t.w("badges.what"),
		Choices: append(choices, quiet(t.w("do.year"), "do.year")), Note: t.w("badges.note"),
	})
}

// pressBadge hands a badge over: "paper" is the certificate, "file" the badge
// that can be verified.
func (t *turn) pressBadge(arguments []string) {
	i := -1
	if len(arguments) == 2 {
		i = slices.IndexFunc(t.learner.Badges, func(b learner.Badge) bool { return short(b.Series) == arguments[1] })
	}
	if i < 0 || t.recognition == nil || (arguments[0] != "paper" && arguments[0] != "file") {
		t.old()
		return
	}
	made, ok := t.wish("badge "+arguments[0], t.making(t.learner.Badges[i], arguments[0] == "paper"))
	if !ok {
		return
	}
	document, _ := made.(*channels.Document)
	if document == nil {
		t.text(t.w("badges.gone"), t.wayOn()...)
		return
	}
	words := "badges.here-file"
	if arguments[0] == "paper" {
		words = "badges.here-paper"
	}
	t.say(channels.Message{Text: t.w(words), Document: document})
	t.happen("badge", arguments[0])
}

// making makes the file of a badge; nil for one that is not there any more.
func (t *turn) making(of learner.Badge, paper bool) func(context.Context) (any, error) {
	l, zone, today, now, log, r, s := *t.learner, t.zone, t.today, t.now, t.log, t.recognition, t.catalogue.Series(of.Series)
	return func(ctx context.Context) (any, error) {
		b, err := r.Badge(ctx, of.ID)
		if errors.Is(err, records.ErrNone) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if !paper {
			_, picture, err := r.Files(b, l.Lang, l.Name)
			return &channels.Document{Name: "badge-" + of.Series + ".svg", MIME: "image/svg+xml", Data: picture}, err
		}
		answers, err := log(ctx)
		if err != nil {
			return nil, err
		}
		learning := recognition.Learning{Series: &lessons.Series{}, Lang: l.Lang, Lessons: b.Lessons}
		if s != nil {
			learning = recognition.LearningOf(l, answers, s, zone, today)
		}
		file, err := r.Certificate(b, learning, l.Name, now)
		return &channels.Document{Name: "praline-" + of.Series + ".pdf", MIME: "application/pdf", Data: file}, err
	}
}
