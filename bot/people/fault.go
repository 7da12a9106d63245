package people

import "praline/locales"

// Fault is something in what was given that a person can mend. What is said
// ends with how; English is for commands, French and Dutch for the console.
type Fault struct {
	Field     string // "name", "team": beside which a page says it
	Code      string // of the message people.fault.<code>
	Arguments []any  // of that message, name and value in turn
}

func (f Fault) Error() string { return f.Say(locales.For("en")) }

// Say is the fault in a language.
func (f Fault) Say(w locales.Words) string { return w.Say("people.fault."+f.Code, f.Arguments...) }

func fault(field, code string, arguments ...any) error { return Fault{field, code, arguments} }
