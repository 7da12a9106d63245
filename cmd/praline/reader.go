package main

import (
	"os"
	"strings"

	"praline/locales"
)

// reader is the words for whoever reads this terminal: of its LC_ALL,
// LC_MESSAGES or LANG, else English, which every administrator's machine has.
func reader() locales.Words {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			lang, _, _ := strings.Cut(value, "_")
			if best := locales.Best([]string{lang}, locales.Spoken); best != "" {
				return locales.For(best)
			}
			break
		}
	}
	return locales.For("en")
}
