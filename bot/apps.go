package bot

import (
	"slices"
	"strings"

	"praline/bot/learner"
	"praline/channels"
)

// One person may meet Praline in several apps: the same lessons at the same
// place. This topic says which apps are joined, where the bot speaks first,
// gives the code that joins another one (join.go), and lets one go.

// stepLeave is where leaving waits for a second word.
const stepLeave = "leave"

// appIDs are the words for the apps that have any.
var appIDs = map[string]string{
	"telegram": "apps.telegram", "slack": "apps.slack", "teams": "apps.teams", "web": "apps.web",
}

// appName is an app as one calls it; with its place among several of its kind.
func (t *turn) appName(a learner.Address) string {
	name := capital(a.Channel)
	if id, known := appIDs[a.Channel]; known {
		name = t.w(id)
	}
	var alike []string
	for _, other := range t.learner.Addresses {
		if other.Channel == a.Channel {
			alike = append(alike, other.Name())
		}
	}
	if len(alike) < 2 {
		return name
	}
	slices.Sort(alike) // whichever was used last
	return name + " " + itoa(slices.Index(alike, a.Name())+1)
}

// appTag names an app in a choice's value.
func appTag(a learner.Address) string { return tag(a.Name()) }

// showApps says which apps are joined and where the bot speaks first, and what
// can be done about it.
func (t *turn) showApps() {
	t.learner.Place.Aside = nil
	t.say(channels.Message{
		Title: t.w("apps.title"), Text: t.sayApps(), Choices: append(t.appChoices(), t.wayOn()...), Note: t.w("apps.note"),
	})
}

// sayApps lists the apps, each with what is special about it.
func (t *turn) sayApps() string {
	l := t.learner
	reached := l.Reached()
	text := ""
	for _, a := range l.Addresses {
		var about []string
		if a.Same(t.to) {
			about = append(about, t.w("apps.here"))
		}
		if l.IsGone(a) {
			about = append(about, t.w("apps.gone"))
		}
		if a.Same(reached) {
			id := "apps.reached-last"
			if l.Reach.Same(a) {
				id = "apps.reached-chosen"
			}
			about = append(about, t.w(id))
		}
		line := "- **" + t.appName(a) + "**"
		if len(about) > 0 {
			line += " – " + strings.Join(about, ", ")
		}
		text += line + "\n"
	}
	return strings.TrimSpace(text)
}

// appChoices are what can be changed.
func (t *turn) appChoices() []channels.Choice {
	l := t.learner
	choices := []channels.Choice{primary(t.w("apps.add"), "apps.code")}
	if len(l.Addresses) < 2 {
		return choices
	}
	for _, a := range l.Addresses {
		if !l.Reach.Same(a) && !l.IsGone(a) {
			choices = append(choices, secondary(t.w("apps.reach", "app", t.appName(a)), value("apps.to", appTag(a))))
		}
	}
	if l.Reach != (learner.Address{}) {
		choices = append(choices, secondary(t.w("apps.reach-last"), "apps.to.last"))
	}
	return append(choices, quiet(t.w("apps.leave", "app", t.appName(t.to)), "apps.leave"))
}

// pressApps follows the buttons.
func (t *turn) pressApps(arguments []string) {
	switch {
	case len(arguments) == 1 && arguments[0] == "code":
		t.sayCode()
	case len(arguments) == 1 && arguments[0] == "leave":
		t.askLeave()
	case len(arguments) == 1 && arguments[0] == "stay":
		t.learner.Place.Aside = nil
		t.text(t.w("apps.stayed"), t.wayOn()...)
	case len(arguments) == 2 && arguments[0] == "to":
		t.reachIn(arguments[1])
	case len(arguments) == 2 && arguments[0] == "part" && t.isOpen(topicApps, arguments[1:]):
		t.leaveApp()
	default:
		t.old()
	}
}

// sayCode gives the code that joins another app.
func (t *turn) sayCode() {
	if t.found.code == "" {
		t.wantsCode = true // it is made, and this decided again
		return
	}
	t.happen("join", "code")
	t.say(channels.Message{Title: spelled(t.found.code), Text: t.w("apps.code"), Note: t.w("apps.code-note"), Choices: t.wayOn()})
}

// reachIn keeps where the bot speaks first.
func (t *turn) reachIn(named string) {
	l := t.learner
	if named == "last" {
		l.Reach = learner.Address{}
		t.text(t.w("apps.kept-last"), t.wayOn()...)
		return
	}
	for _, a := range l.Addresses {
		if appTag(a) == named && !l.IsGone(a) {
			l.Reach = a
			t.text(t.w("apps.kept", "app", t.appName(a)), t.wayOn()...)
			return
		}
	}
	t.old()
}

// askLeave is the first of two presses.
func (t *turn) askLeave() {
	l := t.learner
	if len(l.Addresses) < 2 {
		t.text(t.w("apps.only"), append(t.wayOn(), secondary(t.w("do.stop"), "do.stop"), quiet(t.w("do.forget"), "do.forget"))...)
		return
	}
	id := t.next()
	l.Place.Aside = &learner.Aside{Topic: topicApps, Step: stepLeave, Live: id}
	t.say(channels.Message{ID: id, Title: t.w("apps.leave-title", "app", t.appName(t.to)), Text: t.w("apps.leave-ask"), Choices: []channels.Choice{
		secondary(t.w("apps.leave-yes"), value("apps.part", id)), primary(t.w("apps.leave-no"), "apps.stay"),
	}})
}

// parting says that a value is the second press.
func parting(value string) bool { return strings.HasPrefix(value, "apps.part.") }

// leaveApp is the second: who speaks here from now on is somebody new, and
// everything stays with the learner in the other apps.
func (t *turn) leaveApp() {
	l := t.learner
	if len(l.Addresses) < 2 {
		t.old()
		return
	}
	l.Place.Aside = nil
	t.retire(l.Place.Live)
	t.retire(l.Push.Message)
	t.text(t.w("apps.parted"))
	l.LetGo()
	l.Part(t.to)
	l.Parting = append(l.Parting, t.to)
	t.happen("join", "left")
}

// typedApps reads yes or no; anything else ends the matter, and nothing changes.
func (t *turn) typedApps(text string) {
	aside := t.learner.Place.Aside
	switch said := plain(text); {
	case isYes(said) && aside.Live != "":
		t.press(value("apps.part", aside.Live))
	case isNo(said):
		t.press("apps.stay")
	default:
		t.learner.Place.Aside = nil
		t.typed(text)
	}
}

// appList is the joined apps in a row, and where the bot speaks first if that
// was chosen.
func (t *turn) appList() string {
	l := t.learner
	var names []string
	for _, a := range l.Addresses {
		name := t.appName(a)
		if l.Reach.Same(a) {
			name += " (" + t.w("apps.reached-chosen") + ")"
		}
		names = append(names, name)
	}
	return t.words.List(names)
}
