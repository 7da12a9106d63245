package teamstest

import (
	"fmt"
)

// actions judges the buttons of a card, or of an ActionSet.
func actions(j *judge, at string, v any) {
	shown := 0
	j.each(at, v, 1, func(at string, part object) {
		if text(part["mode"]) != "secondary" {
			shown++
		}
		j.action(at, part)
	})
	if shown > mostActions {
		j.fails(at, "are %d buttons at once, at most %d show", shown, mostActions)
	}
}

func (j *judge) action(at string, part object) {
	allowed := j.actions[text(part["type"])]
	if allowed == nil {
		j.fails(at, "is an action that version 1.5 does not know: %q", text(part["type"]))
		return
	}
	j.holds(at, part, allowed)
	if text(part["type"]) != "Action.Execute" {
		return
	}
	old := object1(part["fallback"])
	if text(old["type"]) != "Action.Submit" {
		j.fails(at, "has no Action.Submit to fall back to")
	} else if text(old["title"]) != text(part["title"]) {
		j.fails(at, "falls back to a button with other words: %q", text(old["title"]))
	}
}

func selectAction(j *judge, at string, v any) {
	part, ok := v.(object)
	if !ok || text(part["type"]) == "Action.ShowCard" {
		j.fails(at, "is not an action that can be selected")
		return
	}
	j.action(at, part)
}

// data must be an object, for what is filled in to be put into it.
func data(j *judge, at string, v any) {
	if _, ok := v.(object); !ok {
		j.fails(at, "is not an object: what is filled in has no place in it")
	}
}

func shownCard(j *judge, at string, v any) {
	part := object1(v)
	if text(part["type"]) != "AdaptiveCard" {
		j.fails(at, "is not a card")
		return
	}
	j.holds(at, part, inCards)
}

func fallbackAction(j *judge, at string, v any) {
	if v == "drop" {
		return
	}
	part, ok := v.(object)
	if !ok {
		j.fails(at, "is neither an action nor drop")
		return
	}
	inner := judge{known: j.known, ids: map[string]bool{}}
	inner.action(at, part)
	j.fallsBack(inner)
}

func targets(j *judge, at string, v any) {
	for i, member := range list(v) {
		id := text(member)
		if part, ok := member.(object); ok {
			j.holds(fmt.Sprintf("%s[%d]", at, i), part, shape{"elementId*": words, "isVisible": yes})
			id = text(part["elementId"])
		}
		j.targets = append(j.targets, id)
	}
	if len(list(v)) == 0 {
		j.fails(at, "is not a list, or too short")
	}
}

// toggles judges whether what is shown on demand is there.
func (j *judge) toggles() {
	for _, id := range j.targets {
		if !j.ids[id] {
			j.fails("card", "shows on demand what is not there: %q", id)
		}
	}
}

// submits judges that nothing that is filled in takes the place of a button's
// own data, and that what is filled in can be sent.
func (j *judge) submits(at string, c object) {
	ids := inputs(c)
	buttons := buttons(c)
	sends := false
	for _, b := range buttons {
		kind := text(b["type"])
		if kind != "Action.Execute" && kind != "Action.Submit" || text(b["associatedInputs"]) == "none" {
			continue
		}
		sends = true
		for _, in := range ids {
			if _, there := object1(b["data"])[text(in["id"])]; there {
				j.fails(at, "has an input whose value takes the place of a button's own %s", text(in["id"]))
			}
		}
	}
	if len(ids) > 0 && !sends {
		j.fails(at, "has inputs and no button that sends them")
	}
}

// teamsOnly is what Teams alone knows.
func teamsOnly(j *judge, at string, v any) {
	part, ok := v.(object)
	if !ok {
		j.fails(at, "is not an object")
		return
	}
	j.holds(at, part, shape{"width": oneOf("full"), "entities": anything})
}
