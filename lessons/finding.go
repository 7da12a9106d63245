package lessons

// Finding is one thing that is wrong with a series (a fault), or that could
// be better (advice). It holds no prose: locales has the words of each Code,
// "check.<code>" what is wrong and "check.<code>.mend" how to mend it, filled
// with Args.
type Finding struct {
	File string // path within the series' folder
	Line int    // from 1; 0 for the whole file
	Code string // "question-without-answer", …
	Args []any  // name, value, name, value, …
}

// Report is what Read found. Faults keep a series from being taught; advice
// does not.
type Report struct {
	Faults, Advice []Finding
}

// OK says that nothing keeps the series from being taught.
func (r Report) OK() bool { return len(r.Faults) == 0 }
