package console_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"praline/bot/console/consoletest"
)

// route is a request that does something where all that it names is there: who
// may, by the letters of their roles (Learner, Trainer, Reviewer, Manager,
// Administrator), and what is answered then. $name is one of the things that an
// organisation has.
type route struct {
	pattern string
	roles   string
	path    string // "": the pattern's
	form    string
	status  int
}

const (
	all    = "LTRMA"
	twoOf  = "words.fr=Oui&words.nl=Ja&minutes=15"
	survey = "title.fr=A&title.nl=A&item.1.kind=scale&item.1.text.fr=A&item.1.text.nl=A&item.2.kind=words&item.2.text.fr=B&item.2.text.nl=B"
	titles = "title-fr=A&title-nl=A&summary-fr=A&summary-nl=A&lesson-fr=A&lesson-nl=A&template=reflex&level=starter&licence=CC-BY-4.0"
)

// routes are all addresses of the console.
var routes = []route{
	{"GET /console", all, "", "", 200},
	{"GET /console/", all, "/console/nowhere", "", 404},
	{"GET /console/sign-in", all, "", "", 200},
	{"POST /console/sign-out", all, "", "", 303},
	{"POST /console/language", all, "", "lang=nl", 303},
	{"GET /console/sessions", all, "", "", 200},
	{"POST /console/sessions", all, "", "", 303},
	{"POST /console/sessions", all, "", "session=$session", 404}, // a colleague's

	{"GET /console/people", "A", "", "", 200},
	{"GET /console/people", "A", "/console/people?q=$person", "", 200},
	{"GET /console/people/new", "A", "", "", 200},
	{"POST /console/people/new", "A", "", "name=Nora&team=$team&manages=$team&roles=manager&number=500", 303},
	{"GET /console/people/{person}", "A", "", "", 200},
	{"POST /console/people/{person}", "A", "", "name=Nora&team=$spare&manages=$team&roles=manager", 303},
	{"POST /console/people/{person}/leave", "A", "", "sure=yes", 303},
	{"POST /console/people/{person}/delete", "A", "", "sure=yes", 303},
	{"GET /console/roster.csv", "A", "", "", 200},
	{"GET /console/people/{person}/sessions", "A", "", "", 200},
	{"POST /console/people/{person}/sessions", "A", "", "session=$session", 303},
	{"POST /console/people/{person}/sessions", "A", "", "", 303},
	{"GET /console/import", "A", "", "", 200},
	{"POST /console/import", "A", "", "file=@liste.csv", 303},
	{"GET /console/import/{upload}", "A", "", "", 200},
	{"POST /console/import/{upload}", "A", "", "", 303},
	{"GET /console/invitations", "A", "", "", 200},
	{"POST /console/invitations", "A", "", "kind=one&person=$person", 303},
	{"POST /console/invitations", "A", "", "kind=one&name=Nora&team=$team&roles=trainer", 303},
	{"POST /console/invitations", "A", "", "kind=many&limit=20&team=$team", 303},
	{"GET /console/invitations/{invitation}", "A", "", "", 200},
	{"GET /console/invitations/{invitation}/poster", "A", "", "", 200},
	{"POST /console/invitations/{invitation}/end", "A", "", "", 303},
	{"GET /console/organisation", "A", "", "", 200},
	{"POST /console/organisation", "A", "", "name.fr=Service&name.nl=Dienst&calendar=be", 303},
	{"GET /console/teams", "A", "", "", 200},
	{"POST /console/teams", "A", "", "name.fr=Autre&name.nl=Ander", 303},
	{"POST /console/teams/{team}", "A", "", "name.fr=Autre&name.nl=Ander", 303},
	{"POST /console/teams/{team}/remove", "A", "/console/teams/$spare/remove", "", 303},
	{"GET /console/audit", "A", "", "", 200},

	{"GET /console/series", "T", "", "", 200},
	{"GET /console/series/new", "T", "", "", 200},
	{"POST /console/series/new", "T", "", titles, 303},
	{"POST /console/series/adapt", "T", "", "from=$third&id=$thirdseries", 303},
	{"POST /console/series/take", "R", "", "from=$third&id=$thirdseries&take=yes", 303},
	{"POST /console/series/take", "R", "", "from=$third&id=$thirdseries&take=no", 404}, // what was not taken
	{"GET /console/series/{series}", "T", "", "", 200},
	{"POST /console/series/{series}/lesson", "T", "", "template=reflex&lesson-fr=Un&lesson-nl=Een", 303},
	{"POST /console/series/{series}/upload", "T", "", "files=@02-b.fr.md", 303},
	{"GET /console/series/{series}/download", "T", "", "", 200},
	{"POST /console/series/{series}/ask", "T", "", "version=1.0.3&note=A", 303},
	{"POST /console/series/{series}/try", "T", "", "", 303},
	{"GET /console/series/{series}/media/{path...}", "TR", "/console/series/$series/media/$media", "", 200},
	{"GET /console/series/{series}/edit", "T", "/console/series/$series/edit?file=$file", "", 200},
	{"POST /console/series/{series}/edit", "T", "", "file=$file&base=$digest&text=A&do=save", 303},
	{"POST /console/series/{series}/preview", "T", "", "file=$file&text=A", 200},
	{"GET /console/exchange", "T", "", "", 200},
	{"POST /console/exchange", "T", "", "file=@a.txt&lang=fr&into=$series", 303},
	{"GET /console/exchange/upload", "T", "", "", 200},
	{"POST /console/exchange/upload", "T", "", "", 303},
	{"GET /console/exchange/take/{from}/{series}", "T", "/console/exchange/take/draft/$series", "", 200},
	{"GET /console/exchange/take/{from}/{series}", "T", "/console/exchange/take/live/$series", "", 200},
	{"GET /console/exchange/take/{from}/{series}/{format}", "T", "/console/exchange/take/live/$series/csv", "", 200},
	{"GET /console/exchange/take/{from}/{series}/{format}", "T", "/console/exchange/take/draft/$series/zip", "", 200},
	{"POST /console/series/{series}/facts", "T", "", "facts-lesson=$lesson&person=$person", 303},
	{"GET /console/facts", all, "", "", 200},
	{"GET /console/facts/{series}/{lesson}", all, "", "", 200},
	{"POST /console/facts/{series}/{lesson}", all, "", "seen=$factsdigest", 303},
	{"GET /console/guide/{guide}", "TRMA", "/console/guide/advice", "", 200},
	{"GET /console/series/{series}/side/{lesson}", "T", "", "", 200},
	{"POST /console/series/{series}/side/{lesson}", "T", "", "text-fr=A&base-fr=$digest&text-nl=A&base-nl=$dutchdigest", 303},
	{"GET /console/series/{series}/past", "T", "", "", 200},
	{"GET /console/series/{series}/past", "T", "/console/series/$series/past?file=$file", "", 200},
	{"POST /console/series/{series}/restore", "T", "", "file=$file&digest=$formerdigest", 303},
	{"POST /console/series/{series}/rename", "T", "", "file=$file&to=02-b.fr.md", 303},
	{"POST /console/series/{series}/delete", "T", "", "file=$file", 303},

	{"GET /console/review", "R", "", "", 200},
	{"GET /console/review/{series}", "TR", "", "", 200},
	{"GET /console/review/{series}", "TR", "/console/review/$series?whole=$file", "", 200},
	{"GET /console/review/{series}", "TR", "/console/review/$series?on=$file:2", "", 200},
	{"POST /console/review/{series}/comment", "R", "", "file=$file&digest=$digest&line=1&comment=A", 303},
	{"POST /console/review/{series}/reply", "TR", "", "thread=$thread&reply-$thread=A", 303},
	{"POST /console/review/{series}/solve", "TR", "", "thread=$thread", 303},
	{"POST /console/review/{series}/read", "R", "", "lang=fr&seen=$draftdigest", 303},
	{"POST /console/review/{series}/changes", "R", "", "note=A", 303},
	{"POST /console/review/{series}/publish", "R", "", "seen=$draftdigest", 303},
	{"POST /console/review/{series}/back", "R", "", "digest=$former", 303},
	{"POST /console/review/{series}/withdraw", "R", "", "", 303},
	{"POST /console/review/{series}/open", "R", "", "open=yes", 303},

	{"GET /console/campaigns", "TA", "", "", 200},
	{"GET /console/campaigns/new", "TA", "", "", 200},
	{"GET /console/campaigns/new", "TA", "/console/campaigns/new?series=$series", "", 200},
	{"POST /console/campaigns", "TA", "", "series=$series&teams=$team&start=2026-10-26&rhythm=2", 303},
	{"GET /console/campaigns/{campaign}", "TA", "", "", 200},
	{"GET /console/campaigns/{campaign}/change", "TA", "", "", 200},
	{"POST /console/campaigns/{campaign}/change", "TA", "", "teams=$team&start=2026-10-26&rhythm=3", 303},
	{"GET /console/campaigns/{campaign}/{deed}", "TA", "/console/campaigns/$running/pause", "", 200},
	{"GET /console/campaigns/{campaign}/{deed}", "TA", "/console/campaigns/$running/extend?until=2026-12-18", "", 200},
	{"GET /console/campaigns/{campaign}/{deed}", "TA", "/console/campaigns/$paused/resume", "", 200},
	{"POST /console/campaigns/{campaign}/{deed}", "TA", "/console/campaigns/$campaign/launch", "", 303},
	{"POST /console/campaigns/{campaign}/{deed}", "TA", "/console/campaigns/$campaign/mend", "", 303},
	{"POST /console/campaigns/{campaign}/{deed}", "TA", "/console/campaigns/$campaign/discard", "", 303},
	{"POST /console/campaigns/{campaign}/{deed}", "TA", "/console/campaigns/$running/pause", "", 303},
	{"POST /console/campaigns/{campaign}/{deed}", "TA", "/console/campaigns/$running/stop", "", 303},
	{"POST /console/campaigns/{campaign}/{deed}", "TA", "/console/campaigns/$running/extend", "until=2026-12-18", 303},
	{"POST /console/campaigns/{campaign}/{deed}", "TA", "/console/campaigns/$paused/resume", "", 303},
	{"GET /console/sponsor", "M", "", "", 200},
	{"GET /console/sponsor/new", "M", "/console/sponsor/new?series=$series", "", 200},
	{"GET /console/sponsor/new", "M", "/console/sponsor/new?campaign=$running", "", 200},
	{"POST /console/sponsor", "M", "", "series=$series&teams=$team&start=2026-10-26&rhythm=2&" + twoOf, 303},
	{"POST /console/sponsor", "M", "", "campaign=$running&teams=$team&" + twoOf, 303},
	{"GET /console/sponsor/{campaign}", "M", "/console/sponsor/$own", "", 200},
	{"GET /console/sponsor/{campaign}", "M", "/console/sponsor/$running", "", 404}, // a trainer's
	{"GET /console/sponsor/{campaign}/{deed}", "M", "/console/sponsor/$own/stop", "", 200},
	{"POST /console/sponsor/{campaign}/{deed}", "M", "/console/sponsor/$own/stop", "", 303},
	{"POST /console/sponsor/{campaign}/{deed}", "M", "/console/sponsor/$running/stop", "", 404}, // a trainer's
	{"GET /console/compulsory", "MA", "", "", 200},
	{"GET /console/compulsory/{campaign}", "MA", "/console/compulsory/$required", "", 200},
	{"GET /console/compulsory/{campaign}", "MA", "/console/compulsory/$running", "", 404}, // a voluntary one
	{"GET /console/campaigns/{campaign}/compulsory", "A", "", "", 200},
	{"POST /console/campaigns/{campaign}/compulsory", "A", "", "told.fr=Oui&told.nl=Ja", 303},

	{"GET /console/questions", "TR", "", "", 200},
	{"GET /console/questions/{series}/{question}", "TR", "/console/questions/$series/$asked", "", 200},
	{"POST /console/mistakes/{mistake}", "TR", "", "done=yes", 303},
	{"GET /console/digest", "M", "", "", 200},
	{"GET /console/digest/how", all, "", "", 200},
	{"GET /console/my-manager", all, "", "", 200},
	{"GET /console/year", all, "", "", 200},
	{"GET /console/year/{year}", all, "/console/year/2026", "", 200},
	{"GET /console/answers", "T", "", "", 200},
	{"GET /console/answers/{question}", "T", "", "", 200},
	{"GET /console/answers/{question}", "T", "/console/answers/$answered", "", 200},
	{"POST /console/answers/{question}", "T", "", "answer=Oui", 303},
	{"POST /console/answers/{question}/draft", "T", "/console/answers/$answered/draft", "", 303},
	{"GET /console/surveys", "T", "", "", 200},
	{"GET /console/surveys/new", "T", "", "", 200},
	{"POST /console/surveys/new", "T", "", survey + "&teams=$team", 303},
	{"POST /console/surveys/new", "T", "", survey + "&campaign=$paused", 303},
	{"GET /console/surveys/{survey}", "T", "", "", 200},
	{"GET /console/surveys/{survey}/results.csv", "T", "", "", 200},
	{"POST /console/surveys/{survey}/withdraw", "T", "", "", 303},
	{"GET /console/needs", "T", "", "", 200},
	{"POST /console/needs/{need}/aside", "T", "", "", 303},
	{"POST /console/needs/{need}/draft", "T", "", "", 303},
}

// signedInBy are addresses where one signs in: signin_attacks_test.go tries them.
var signedInBy = []string{"POST /console/sign-in"}

var (
	named = regexp.MustCompile(`\$[a-z]+`)
	parts = regexp.MustCompile(`\{([a-z]+)\}`)
)

// address is the row's path with the names of its things still in it.
func (r route) address() string {
	if r.path != "" {
		return r.path
	}
	_, path, _ := strings.Cut(r.pattern, " ")
	return parts.ReplaceAllString(path, "$$$1")
}

// names are the things that the row names, each once.
func (r route) names() []string {
	found := named.FindAllString(r.address()+" "+r.form, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// request is what a browser sends for a row.
func (r route) request(t *testing.T, has func(name string) string) *http.Request {
	t.Helper()
	fill := func(text string) string {
		return named.ReplaceAllStringFunc(text, func(name string) string {
			thing := has(name[1:])
			if thing == "" {
				t.Fatalf("%s: nobody has %s", r.pattern, name)
			}
			return thing
		})
	}
	path, query, _ := strings.Cut(r.address(), "?")
	at := url.URL{Path: fill(path), RawQuery: fields(fill(query)).Encode()}
	if strings.HasPrefix(r.pattern, "GET ") {
		return httptest.NewRequest(http.MethodGet, at.RequestURI(), nil)
	}
	request := httptest.NewRequest(http.MethodPost, at.RequestURI(), strings.NewReader(fields(fill(r.form)).Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if strings.Contains(r.form, "=@") {
		request = withFile(at.RequestURI(), fields(fill(r.form)))
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return request
}

func fields(text string) url.Values {
	values := url.Values{}
	for field := range strings.SplitSeq(text, "&") {
		if name, value, ok := strings.Cut(field, "="); ok {
			values.Add(name, value)
		}
	}
	return values
}

// files are those that are sent, by name.
var files = map[string]string{"liste.csv": "matricule;nom\n901;Ada Exemple\n", "02-b.fr.md": "---\ntitle: B\n---\n", "a.txt": quiz}

func withFile(path string, form url.Values) *http.Request {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, values := range form {
		for _, value := range values {
			if file, is := strings.CutPrefix(value, "@"); is {
				part, _ := w.CreateFormFile(name, file)
				_, _ = part.Write([]byte(files[file]))
			} else {
				_ = w.WriteField(name, value)
			}
		}
	}
	_ = w.Close()
	request := httptest.NewRequest(http.MethodPost, path, &body)
	request.Header.Set("Content-Type", w.FormDataContentType())
	return request
}

// visitor is a browser's cookies as they were when its person had signed in.
type visitor struct {
	name    string
	letter  string // of their role; "": of none who comes in
	cookies []*http.Cookie
}

// asks sends a request with a visitor's cookies, whatever became of their browser.
func (e *estates) asks(v visitor, r *http.Request) consoletest.Page {
	for _, cookie := range v.cookies {
		r.AddCookie(cookie)
	}
	return consoletest.NewBrowser(e.t, e.Handler).Do(r)
}

// TestRoutesAreAll finds addresses that nobody tries.
func TestRoutesAreAll(t *testing.T) {
	for _, p := range addresses(t, consoletest.New(t)) {
		if !slices.ContainsFunc(routes, func(r route) bool { return r.pattern == p.Pattern }) && !slices.Contains(signedInBy, p.Pattern) {
			t.Errorf("%s: add a row to routes, that says who may", p.Pattern)
		}
	}
}
