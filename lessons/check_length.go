package lessons

// secondsForgiven: a lesson of 3 minutes 20 is one of three minutes.
const secondsForgiven = 30

// length notes a page that takes longer than the minutes that it claims.
func (r *reading) length(t *Twin) {
	if t.Minutes == 0 {
		return
	}
	if seconds := t.Seconds(0); seconds > t.Minutes*60+secondsForgiven {
		r.fault(t.File, 0, "too-long", "minutes", t.Minutes, "needs", (seconds+secondsForgiven)/60,
			"words", t.words(0), "questions", len(t.Questions))
	}
}
