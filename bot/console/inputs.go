package console

import (
	"html/template"
	"slices"
	"strings"
)

// input is a labelled field of a form, for components.html.
type input struct {
	Name, Label, Value, Hint, Fault string
	Type, Min, Max, Rows            string
	Required                        bool
	Options                         []Option
	Checked                         bool
	Attributes                      map[string]string
	Lang                            string
}

// ID is the input's own; its label, hint and fault refer to it.
func (i input) ID() string {
	return "f-" + strings.NewReplacer(".", "-", " ", "-", ":", "-").Replace(i.Name)
}

// DescribedBy names the hint and the fault.
func (i input) DescribedBy() string {
	var all []string
	if i.Hint != "" {
		all = append(all, i.ID()+"-hint")
	}
	if i.Fault != "" {
		all = append(all, i.ID()+"-fault")
	}
	return strings.Join(all, " ")
}

// Option is a choice of a list.
type Option struct {
	Value, Words string
	Chosen       bool
}

// Field is a line of text. More is any of "required", "type=email", "max=80",
// "min=1" (of a number), "hint=" with the id of a message, "lang=nl",
// "autocomplete=off", "spellcheck=false", "inputmode=numeric", "pattern=…",
// "placeholder" is none of them.
func (v view) Field(name, label, value string, more ...string) (template.HTML, error) {
	return v.input("input", v.typed(name, label, value, more))
}

// Area is some lines of text; "rows=8" beside what Field takes.
func (v view) Area(name, label, value string, more ...string) (template.HTML, error) {
	return v.input("area", v.typed(name, label, value, more))
}

// Choose is a choice out of a list.
func (v view) Choose(name, label string, options []Option, more ...string) (template.HTML, error) {
	in := v.typed(name, label, "", more)
	in.Options = v.chosen(name, options)
	return v.input("choose", in)
}

// Pick is a choice of one or ("many") several, all to be seen at once.
func (v view) Pick(name, label string, options []Option, more ...string) (template.HTML, error) {
	in := v.typed(name, label, "", more)
	in.Type = "radio"
	if slices.Contains(more, "many") {
		in.Type = "checkbox"
	}
	in.Options = v.chosen(name, options)
	return v.input("pick", in)
}

// Tick is a box to tick; its value is "yes".
func (v view) Tick(name, label string, checked bool, more ...string) (template.HTML, error) {
	in := v.typed(name, label, "yes", more)
	in.Checked = checked
	if v.sent() {
		in.Checked = v.visit.r.PostForm.Has(name)
	}
	return v.input("tick", in)
}

// File is a file to choose: its form needs enctype="multipart/form-data".
func (v view) File(name, label string, more ...string) (template.HTML, error) {
	in := v.typed(name, label, "", more)
	in.Type = "file"
	return v.input("input", in)
}

// At is what is wrong at a field, "" where nothing is.
func (v view) At(name string) string {
	for _, f := range v.Faults {
		if f.Field == name {
			return f.Words
		}
	}
	return ""
}

// sent says whether a form is drawn anew: what was typed stands in it then.
func (v view) sent() bool { return v.visit.r.PostForm != nil && len(v.Faults) > 0 }

func (v view) typed(name, label, value string, more []string) input {
	in := input{Name: name, Label: v.W.Say(label), Value: value, Fault: v.At(name), Type: "text", Rows: "4", Attributes: map[string]string{}}
	if v.sent() && v.visit.r.PostForm.Has(name) {
		in.Value = v.visit.r.PostForm.Get(name)
	}
	for _, one := range more {
		key, value, _ := strings.Cut(one, "=")
		switch key {
		case "required":
			in.Required = true
		case "type":
			in.Type = value
		case "hint":
			in.Hint = v.W.Say(value)
		case "min":
			in.Min = value
		case "max":
			in.Max = value
		case "rows":
			in.Rows = value
		case "lang":
			in.Lang = value
		case "many":
		default:
			in.Attributes[key] = value
		}
	}
	return in
}

// chosen marks the options that were chosen in the form that was sent.
func (v view) chosen(name string, options []Option) []Option {
	if !v.sent() {
		return options
	}
	options = slices.Clone(options)
	for i := range options {
		options[i].Chosen = slices.Contains(v.visit.r.PostForm[name], options[i].Value)
	}
	return options
}

func (v view) input(component string, in input) (template.HTML, error) {
	return v.visit.console.part(component, struct {
		input
		W any
	}{in, v.W})
}
