package teamstest

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// mostActions is how many show at once:
// https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-reference#support-for-adaptive-cards
const mostActions = 6

// CardProblem is why an Adaptive Card is refused; "" where it is not.
func CardProblem(c map[string]any) string {
	j := &judge{known: schema(), ids: map[string]bool{}}
	if text(c["type"]) != "AdaptiveCard" {
		return fmt.Sprintf("card: the type is %q", text(c["type"]))
	}
	j.holds("card", c, card)
	j.submits("card", c)
	j.toggles()
	return j.problem
}

// judge looks at one card, and keeps the first thing that is wrong.
type judge struct {
	known
	problem string
	ids     map[string]bool
	targets []string
}

func (j *judge) fails(at, format string, arguments ...any) {
	if j.problem == "" {
		j.problem = at + " " + fmt.Sprintf(format, arguments...)
	}
}

// holds judges each property of a part.
func (j *judge) holds(at string, part object, allowed shape) {
	for _, name := range slices.Sorted(maps.Keys(allowed)) {
		bare, needed := strings.CutSuffix(name, "*")
		v, there := part[bare]
		switch {
		case there:
			allowed[name](j, at+"."+bare, v)
		case needed:
			j.fails(at, "has no %s", bare)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(part)) {
		if name != "type" && allowed[name] == nil && allowed[name+"*"] == nil {
			j.fails(at, "has a property that version 1.5 does not know: %s", name)
		}
	}
	if id := text(part["id"]); id != "" {
		if j.ids[id] {
			j.fails(at, "has an id that another part has, too: %s", id)
		}
		j.ids[id] = true
	}
}

// each judges the members of a list of objects.
func (j *judge) each(at string, v any, least int, one func(at string, part object)) {
	all, ok := v.([]any)
	if !ok || len(all) < least {
		j.fails(at, "is not a list, or too short")
		return
	}
	for i, member := range all {
		here := fmt.Sprintf("%s[%d]", at, i)
		part, ok := member.(object)
		if !ok {
			j.fails(here, "is not an object")
			return
		}
		one(here, part)
	}
}

func items(j *judge, at string, v any) { j.each(at, v, 0, j.element) }

func (j *judge) element(at string, part object) {
	kind := text(part["type"])
	allowed := j.elements[kind]
	switch {
	case kind == "Media":
		j.fails(at, "is a media element: Teams shows none")
	case allowed == nil:
		j.fails(at, "is of a type that version 1.5 does not know: %q", kind)
	default:
		j.holds(at, part, allowed)
		j.input(at, kind, part)
	}
}

// input judges what concerns several properties of an input at once.
func (j *judge) input(at, kind string, part object) {
	if !strings.HasPrefix(kind, "Input.") {
		return
	}
	if (part["isRequired"] == true || part["regex"] != nil) && text(part["errorMessage"]) == "" {
		j.fails(at, "can stop a press and does not say why: no errorMessage")
	}
	if kind != "Input.ChoiceSet" {
		return
	}
	var values []string
	for _, c := range list(part["choices"]) {
		values = append(values, text(object1(c)["value"]))
	}
	filled := strings.Split(text(part["value"]), ",")
	if part["isMultiSelect"] != true {
		filled = []string{text(part["value"])}
	} else if i := slices.IndexFunc(values, func(v string) bool { return strings.Contains(v, ",") }); i >= 0 {
		j.fails(at, "has a value with a comma, at which the chosen values are parted: %s", values[i])
	}
	for _, v := range filled {
		if v != "" && !slices.Contains(values, v) {
			j.fails(at, "is filled in with what is not among its choices: %s", v)
		}
	}
	if text(part["style"]) == "expanded" && part["wrap"] != true {
		j.fails(at, "is expanded and not wrapped: what is longer than a line would be cut")
	}
}

func choices(j *judge, at string, v any) {
	seen := map[string]bool{}
	j.each(at, v, 1, func(at string, part object) {
		j.holds(at, part, shape{"title*": words, "value*": words})
		if value := text(part["value"]); seen[value] {
			j.fails(at, "has the value of another choice: %s", value)
		} else {
			seen[value] = true
		}
	})
}

func facts(j *judge, at string, v any) {
	j.each(at, v, 1, func(at string, part object) { j.holds(at, part, shape{"title*": words, "value*": words}) })
}

func images(j *judge, at string, v any) {
	j.each(at, v, 1, func(at string, part object) { j.holds(at, part, j.elements["Image"]) })
}

func columns(j *judge, at string, v any) {
	j.each(at, v, 1, func(at string, part object) { j.holds(at, part, column) })
}

func tableColumns(j *judge, at string, v any) {
	j.each(at, v, 1, func(at string, part object) {
		j.holds(at, part, shape{"width": columnWidth, "horizontalCellContentAlignment": horizontal, "verticalCellContentAlignment": vertical})
	})
}

func tableRows(j *judge, at string, v any) {
	j.each(at, v, 1, func(at string, part object) {
		j.holds(at, part, shape{"cells*": cells, "style": style, "horizontalCellContentAlignment": horizontal, "verticalCellContentAlignment": vertical})
	})
}

func cells(j *judge, at string, v any) {
	j.each(at, v, 1, func(at string, part object) { j.holds(at, part, with(ofContainers, shape{"items*": items})) })
}

func inlines(j *judge, at string, v any) {
	for i, member := range list(v) {
		if _, plain := member.(string); plain {
			continue
		}
		here := fmt.Sprintf("%s[%d]", at, i)
		if part := object1(member); text(part["type"]) == "TextRun" {
			j.holds(here, part, run)
		} else {
			j.fails(here, "is neither a text nor a TextRun")
		}
	}
	if len(list(v)) == 0 {
		j.fails(at, "is not a list, or too short")
	}
}

func fallback(j *judge, at string, v any) {
	if v == "drop" {
		return
	}
	part, ok := v.(object)
	if !ok {
		j.fails(at, "is neither an element nor drop")
		return
	}
	inner := judge{known: j.known, ids: map[string]bool{}} // it may have the ids of what it stands in for
	inner.element(at, part)
	j.fallsBack(inner)
}

func (j *judge) fallsBack(inner judge) {
	if j.problem == "" {
		j.problem = inner.problem
	}
}

func wellFormed(s string) bool {
	decoder := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return true
		} else if err != nil {
			return false
		}
	}
}

// walk calls with every object within a card that has a type, outermost and
// first first; what it stands in for is left out.
func walk(v any, call func(part object)) {
	switch v := v.(type) {
	case []any:
		for _, member := range v {
			walk(member, call)
		}
	case object:
		if text(v["type"]) != "" {
			call(v)
		}
		for _, name := range inOrder {
			walk(v[name], call)
		}
	}
}

// inOrder are the properties that hold parts, as they are read.
var inOrder = []string{"body", "items", "columns", "rows", "cells", "images", "inlines", "inlineAction", "selectAction", "actions", "card"}

// inputs of a card, in order.
func inputs(c object) (all []object) {
	walk(c, func(part object) {
		if strings.HasPrefix(text(part["type"]), "Input.") {
			all = append(all, part)
		}
	})
	return all
}

// buttons of a card, in order.
func buttons(c object) (all []object) {
	walk(c, func(part object) {
		if strings.HasPrefix(text(part["type"]), "Action.") {
			all = append(all, part)
		}
	})
	return all
}
