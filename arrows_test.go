package praline_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows says which packages of the house a package may know: cmd → bot →
// {lessons, scheduler, channels}, and these three know neither each other nor
// bot; words and records are leaves, as locales is. "x/..." is x and all below it. The longest prefix of a package's path
// that stands here is its rule, also for a package that only tests need
// (channelstest, storetest). What a test itself imports is free.
var arrows = map[string][]string{
	"":                               {},
	"bot":                            {"bot/inbox", "bot/learner", "bot/people", "bot/recognition", "channels", "channels/markup", "channels/outbound", "lessons", "locales", "records", "scheduler/...", "words"},
	"bot/audience":                   {"bot/learner", "bot/people", "lessons", "scheduler/..."},
	"bot/console":                    {"bot/audience", "bot/inbox", "bot/learner", "bot/people", "bot/preview", "bot/recognition", "bot/report", "channels", "channels/markup", "lessons/...", "locales", "pages", "records", "scheduler/...", "docs"},
	"bot/console/consoletest":        {"bot/...", "lessons/...", "records/...", "scheduler/..."},
	"bot/inbox":                      {"bot/learner", "bot/people", "channels/markup", "locales", "records", "scheduler", "words"},
	"bot/people":                     {"bot/learner", "locales", "records", "scheduler", "words"},
	"bot/recognition":                {"bot/learner", "bot/people", "lessons", "locales", "pages", "records", "scheduler/..."},
	"bot/report":                     {"bot/learner", "bot/people", "lessons", "locales", "records", "scheduler/..."},
	"bot/learner":                    {"channels", "scheduler/..."},
	"bot/preview":                    {"bot", "channels/...", "lessons", "locales", "pages"},
	"bot/store":                      {"bot/learner", "channels", "channels/outbound", "channels/web", "records", "scheduler/..."},
	"channels":                       {},
	"channels/markup":                {},
	"channels/inbound":               {"channels"},
	"channels/partway":               {"channels"},
	"channels/outbound":              {"channels"},
	"channels/slack":                 {"channels", "channels/inbound", "channels/markup", "channels/partway", "locales", "pages"},
	"channels/slack/slacktest":       {"channels", "channels/channelstest"},
	"channels/teams":                 {"channels", "channels/inbound", "channels/markup", "channels/partway", "locales", "pages"},
	"channels/teams/teamstest":       {"channels", "channels/channelstest"},
	"channels/telegram":              {"channels", "channels/inbound", "channels/markup", "channels/partway", "locales", "pages"},
	"channels/telegram/telegramtest": {"channels", "channels/channelstest"},
	"channels/web":                   {"channels", "channels/inbound", "channels/markup", "channels/partway", "locales", "pages"},
	"channels/web/webtest":           {"channels", "channels/channelstest"},
	"cmd":                            {"bot/...", "channels/...", "lessons/...", "locales", "pages", "records/...", "scheduler/...", "series"},
	"docs":                           {},
	"lessons":                        {"words"},
	"lessons/exchange":               {"lessons", "lessons/exchange", "words"},
	"lessons/library":                {"lessons", "records"},
	"locales":                        {},
	"pages":                          {"locales"},
	"records":                        {"records"},
	"scheduler":                      {"scheduler", "words"},
	"scheduler/campaign":             {"records", "scheduler"},
	"series":                         {},
	"words":                          {},
}

func TestArrows(t *testing.T) {
	list, err := exec.Command("go", "list", "-f", `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(list)) {
		fields := strings.Fields(line)
		from := strings.TrimPrefix(strings.TrimPrefix(fields[0], "praline"), "/")
		rule := ruleOf(from)
		for _, path := range fields[1:] {
			to, ours := strings.CutPrefix(path, "praline/")
			if ours && !strings.HasPrefix(to, rule+"/") && to != rule && !slices.ContainsFunc(arrows[rule], matches(to)) {
				t.Errorf("%s knows %s, but %q may know only %v", from, to, rule, arrows[rule])
			}
		}
	}
}

// ruleOf is the longest prefix of a package's path that has a rule.
func ruleOf(path string) string {
	for path != "" {
		if _, ok := arrows[path]; ok {
			return path
		}
		path = path[:max(strings.LastIndex(path, "/"), 0)]
	}
	return ""
}

func matches(to string) func(string) bool {
	return func(pattern string) bool {
		whole, below := strings.CutSuffix(pattern, "/...")
		return to == whole || below && strings.HasPrefix(to, whole+"/")
	}
}
