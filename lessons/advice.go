package lessons

// advise says what could be better in a series.
func advise(*Series) []Finding { return nil }
