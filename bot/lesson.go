package bot

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"praline/channels"
	"praline/lessons"
)

// taught is a lesson within its series.
type taught struct {
	key    string // "series/lesson"
	series *lessons.Series
	lesson *lessons.Lesson
}

func (x *taught) twin(lang string) *lessons.Twin { return x.lesson.In(lang) }

// lesson finds a lesson by its key, nil if it is not in the catalogue any more.
func (t *turn) lesson(key string) *taught {
	id, name, _ := strings.Cut(key, "/")
	series := t.catalogue.Series(id)
	if series == nil {
		return nil
	}
	for _, lesson := range series.Lessons {
		if lesson.ID == name {
			return &taught{key, series, lesson}
		}
	}
	return nil
}

// beginLesson goes to the screen where the learner stopped, or to the first.
func (t *turn) beginLesson(x *taught) {
	l := t.learner
	if l.Place.Lesson != x.key {
		l.Place.Lesson, l.Place.Screen = x.key, 0
	}
	if !t.beginCampaign(x) {
		return
	}
	l.Place.Topic, l.Place.Ask = topicLesson, nil
	l.Place.Live = ""
	t.showScreen("")
}

// showScreen shows the screen where the learner is, in the place of another
// message if one is named. A lesson that changed meanwhile starts where it can.
func (t *turn) showScreen(replaces string) {
	l := t.learner
	x := t.lesson(l.Place.Lesson)
	if x == nil {
		l.Place.Lesson, l.Place.Screen, l.Place.Topic = "", 0, ""
		t.advance()
		return
	}
	twin := x.twin(l.Lang)
	if l.Place.Screen < 0 {
		l.Place.Screen = 0
	}
	if l.Place.Screen >= len(twin.Screens) {
		t.endScreens(x)
		return
	}
	screen := twin.Screens[l.Place.Screen]
	title := screen.Title
	if title == "" && l.Place.Screen == 0 {
		title = twin.Title
	}
	m := channels.Message{
		Replaces: replaces,
		Lang:     twin.Lang,
		Steps:    t.steps("lesson.screen", l.Place.Screen, len(twin.Screens)),
		Title:    title,
		Text:     screen.Text,
		Media:    media(x.series, screen.Media),
	}
	here := t.screenHere()
	m.Choices = append(m.Choices, primary(t.w("lesson.next"), "screen.next."+here))
	if l.Place.Screen > 0 {
		m.Choices = append(m.Choices, quiet(t.w("lesson.back"), "screen.back."+here))
	}
	m.Choices = append(m.Choices, quiet(t.w("lesson.later"), "screen.later."+here))
	if l.Place.Screen == len(twin.Screens)-1 {
		m.Note = join(t.credits(x.series), t.sources(twin))
	}
	l.Place.Live = t.say(m)
}

// screenHere names the lesson and the screen where the learner is.
func (t *turn) screenHere() string {
	return strconv.Itoa(t.learner.Place.Screen) + "-" + tag(t.learner.Place.Lesson)
}

// pressScreen follows the buttons of a screen. What they name tells an old press.
func (t *turn) pressScreen(arguments []string) {
	l := t.learner
	if len(arguments) != 2 || l.Place.Topic != topicLesson || arguments[1] != t.screenHere() {
		t.old()
		return
	}
	t.reopen()
	t.touch()
	switch arguments[0] {
	case "next":
		l.Place.Screen++
		x := t.lesson(l.Place.Lesson)
		if x != nil && l.Place.Screen < len(x.twin(l.Lang).Screens) && l.Session.Spent >= l.Session.Budget+graceSeconds {
			t.stopAtScreen()
			return
		}
		t.showScreen(l.Place.Live)
	case "back":
		l.Place.Screen = max(l.Place.Screen-1, 0)
		t.showScreen(l.Place.Live)
	case "later":
		t.retire(l.Place.Live)
		l.Session, l.Place.Topic, l.Place.Live = nil, "", ""
		text := t.w("lesson.kept")
		if next := t.sayNext(); next != "" {
			text += " " + next
		}
		t.text(text, secondary(t.w("session.go-on"), "more"))
	default:
		t.old()
	}
}

// reopen makes sure that a press inside a lesson finds a session around it.
func (t *turn) reopen() {
	l := t.learner
	if l.Session == nil {
		l.Session = newSession(t.now, l.Budget())
	}
}

// endScreens goes over from a lesson's screens to its questions.
func (t *turn) endScreens(x *taught) {
	l := t.learner
	t.reopen()
	t.retire(l.Place.Live)
	l.Session.Lesson = ""
	l.Session.Fresh, l.Session.Taught = nil, true
	for _, q := range x.twin(l.Lang).Questions {
		l.Session.Fresh = append(l.Session.Fresh, x.series.ID+"/"+q.ID)
	}
	l.Session.Total = max(l.Session.Total, l.Session.Posed+len(l.Session.Fresh))
	if !slices.Contains(l.Taught, x.key) {
		l.Taught = append(l.Taught, x.key)
		t.happen("lesson", "taught")
		t.countLesson(x)
	}
	l.Place.Lesson, l.Place.Screen, l.Place.Live = "", 0, ""
	t.advance()
}

// sources is the small print with a lesson's pages, each by its site's name.
func (t *turn) sources(twin *lessons.Twin) string {
	var links []string
	for _, source := range twin.Sources {
		if u, err := url.Parse(source); err == nil && u.Host != "" {
			links = append(links, "["+strings.TrimPrefix(u.Host, "www.")+"]("+source+")")
		}
	}
	if len(links) == 0 {
		return ""
	}
	return t.words.Count("lesson.sources", len(links), "links", strings.Join(links, ", "))
}

// media of a screen or a question, with the series' folder in their path.
func media(series *lessons.Series, from []lessons.Media) []channels.Media {
	var all []channels.Media
	for _, m := range from {
		all = append(all, channels.Media{Alt: m.Alt, Path: series.ID + "/" + m.Path, MIME: m.MIME()})
	}
	return all
}
