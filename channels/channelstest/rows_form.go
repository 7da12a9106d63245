package channelstest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"praline/channels"
)

func options(labels ...string) []channels.Option {
	var all []channels.Option
	for i, l := range labels {
		all = append(all, channels.Option{Value: strconv.Itoa(i), Label: l})
	}
	return all
}

// fills submits a form and fails unless just these values are brought.
func (c check) fills(form channels.Form, values map[string][]string) {
	c.Helper()
	e := c.Person.Fills(form, values)
	c.event(e, channels.Formed, form.Value)
	for _, f := range form.Fields {
		got := slices.Sorted(slices.Values(e.Fields[f.Name]))
		if want := slices.Sorted(slices.Values(values[f.Name])); !slices.Equal(got, want) {
			c.Errorf("field %s: got %q, want %q", f.Name, got, want)
		}
	}
}

func several(c check) {
	form := channels.Form{Value: "answer.7", Submit: "Antwoorden", Fields: []channels.Field{
		{Name: "choices", Label: "Meer dan één", Kind: channels.ChoicesField, Options: options("het adres", "de <b>naam</b>", "het logo", "de link")},
	}}
	c.say(channels.Message{ID: "1", Lang: "nl", Text: "Wat telt?", Form: &form, Choices: []channels.Choice{choice("Ik weet het niet", "answer.7.none", 0)}}, "")
	c.reads("Wat telt?", "het adres", "de <b>naam</b>", "het logo", "de link")
	c.fills(form, map[string][]string{"choices": {"0", "3"}})
}

func ordered(n int) channels.Form {
	var labels []string
	for i := range n {
		labels = append(labels, fmt.Sprintf("stap %c", 'A'+i))
	}
	form := channels.Form{Value: "answer.8", Submit: "Antwoorden", Ordered: true}
	for i := range labels {
		form.Fields = append(form.Fields, channels.Field{Name: fmt.Sprint("place", i), Label: fmt.Sprint("Plaats ", i+1), Kind: channels.ChoiceField, Options: options(labels...)})
	}
	return form
}

func order(c check) {
	form := ordered(4)
	c.say(channels.Message{ID: "1", Lang: "nl", Text: "Wat eerst?", Form: &form, Choices: []channels.Choice{choice("Ik weet het niet", "answer.8.none", 0)}}, "")
	c.reads("Wat eerst?")
	c.reads("stap A")
	c.reads("stap D")
	c.fills(form, map[string][]string{"place0": {"2"}, "place1": {"0"}, "place2": {"3"}, "place3": {"1"}})
}

func pairs(c check) {
	form := channels.Form{Value: "answer.9", Submit: "Répondre"}
	for i, left := range []string{"Antwoord binnen het uur", "U wint", "Zwijg hierover"} {
		form.Fields = append(form.Fields, channels.Field{Name: fmt.Sprint("pair", i), Label: left, Kind: channels.ChoiceField, Options: options("geheim", "haast", "beloning")})
	}
	c.say(channels.Message{ID: "1", Text: "Verbind.", Form: &form}, "")
	for _, text := range []string{"Verbind.", "Antwoord binnen het uur", "U wint", "Zwijg hierover", "geheim", "haast", "beloning"} {
		c.reads(text)
	}
	c.fills(form, map[string][]string{"pair0": {"1"}, "pair1": {"2"}, "pair2": {"0"}})
}

// typedForm: where an app has no input the answer is typed as anything else.
func typedForm(c check) {
	form := channels.Form{Value: "answer.9", Submit: "Répondre", Fields: []channels.Field{{Name: "text", Label: "Votre réponse", Kind: channels.TextField}}}
	c.say(channels.Message{ID: "1", Text: "Quelle ville ?", Form: &form}, "")
	c.reads("Quelle ville ?")
	if c.Adapter.Limits().Typed {
		if e := c.Person.Says("Bruxelles"); e.Text != "Bruxelles" {
			c.Errorf("typed, brought %+v", e)
		}
		return
	}
	c.fills(form, map[string][]string{"text": {"Bruxelles <&>"}})
}

// longForm must be shown whole, even if it can only be typed.
func longForm(c check) {
	form := ordered(20)
	form.Value = strings.Repeat("v", 48)
	c.say(channels.Message{ID: "1", Text: "Wat eerst?", Form: &form, Choices: []channels.Choice{choice("Ik weet het niet", "none", 0)}}, "")
	c.reads("stap A")
	c.reads("stap T")
	c.event(c.Person.Presses(choice("Ik weet het niet", "none", 0)), channels.Pressed, "none")
}

func longValues(c check) {
	form := ordered(4)
	form.Value = "answer." + strings.Repeat("x", 41)
	one := choice("Ja", "answer."+strings.Repeat("y", 41), 1)
	c.say(channels.Message{ID: "1", Text: "Wat eerst?", Form: &form, Choices: []channels.Choice{one}}, "")
	c.event(c.Person.Presses(one), channels.Pressed, one.Value)
	c.fills(form, map[string][]string{"place0": {"0"}, "place1": {"1"}, "place2": {"3"}, "place3": {"2"}})
}
