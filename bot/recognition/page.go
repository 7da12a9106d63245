package recognition

import (
	"bytes"
	"embed"
	"errors"
	"html/template"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"praline/locales"
	"praline/pages"
	"praline/records"
)

//go:embed page.html page.css
var own embed.FS

var templates = template.Must(template.ParseFS(own, "page.html"))

// pagesPerAddress bounds how often one address may look badges up: an id cannot
// be guessed (80 bits), and nobody shall try.
const (
	lookups     = 30
	lookupEvery = 2 * time.Second
)

// public is the pages on which anybody verifies a badge.
type public struct {
	*Recognition
	files *pages.Files
	flood *pages.Flood
	log   *slog.Logger
	wall  func() time.Time
}

// publicView is what page.html draws.
type publicView struct {
	Lang, CSS, Icon string
	W               locales.Words
	Badge           *Badge
	Title, Day      string
	Criteria        string
	Verified        *Verified
	Ours            bool // the key that signed is this server's
	Issuer          string
	Problem         string
}

// Routes are the addresses of the public pages: /b/{badge} says whether there
// is such a badge and what it stands for; /b takes a file and says whether its
// signature fits. Neither names anybody.
func (r *Recognition) Routes(wall func() time.Time, log *slog.Logger) (map[string]http.Handler, error) {
	sheet, err := own.ReadFile("page.css")
	if err != nil {
		return nil, err
	}
	p := &public{
		Recognition: r, flood: pages.NewFlood(lookups, lookupEvery), log: log, wall: wall,
		files: pages.NewFiles("/b/static/", map[string][]byte{"page.css": []byte(pages.Tokens + string(sheet)), "praline.svg": pages.Icon}),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /b/{badge}", p.limited(p.badge))
	mux.HandleFunc("GET /b", p.limited(p.ask))
	mux.HandleFunc("POST /b", p.limited(p.verify))
	mux.Handle("GET /b/static/", p.files)
	guarded, err := pages.OwnOrigin(mux, r.PublicURL, nil)
	if err != nil {
		return nil, err
	}
	handler := pages.Guarded(guarded, pages.HTTPS(r.PublicURL))
	return map[string]http.Handler{"/b": handler, "/b/": handler}, nil
}

func (p *public) limited(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !p.flood.Allow(pages.Client(r), p.wall()) {
			w.Header().Set("Retry-After", "60")
			p.draw(w, r, http.StatusTooManyRequests, publicView{Problem: "recognition.too-many"})
			return
		}
		next(w, r)
	}
}

// badge says what a badge stands for.
func (p *public) badge(w http.ResponseWriter, r *http.Request) {
	b, err := p.Badge(r.Context(), r.PathValue("badge"))
	switch {
	case errors.Is(err, records.ErrNone):
		p.draw(w, r, http.StatusNotFound, publicView{Problem: "recognition.no-such"})
	case err != nil:
		p.log.Error("badge not looked up", "error", err)
		p.draw(w, r, http.StatusServiceUnavailable, publicView{Problem: "recognition.away"})
	default:
		words := speak(r)
		p.draw(w, r, http.StatusOK, publicView{Badge: &b, Title: in(b.Titles, words.Lang), Day: day(words, b.At), Criteria: b.criteria(words)})
	}
}

// ask asks for a file.
func (p *public) ask(w http.ResponseWriter, r *http.Request) {
	p.draw(w, r, http.StatusOK, publicView{})
}

// verify reads a file and keeps nothing of it.
func (p *public) verify(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, largestBadge+1<<16)
	upload, _, err := r.FormFile("badge")
	if err != nil {
		p.draw(w, r, http.StatusUnprocessableEntity, publicView{Problem: "recognition.no-file"})
		return
	}
	defer upload.Close()
	file, err := io.ReadAll(upload)
	if err == nil {
		var v Verified
		if v, err = Verify(file); err == nil {
			issuer, _ := p.Issuer()
			p.draw(w, r, http.StatusOK, publicView{Verified: &v, Day: day(speak(r), v.At), Ours: v.Issuer == issuer, Issuer: v.Issuer})
			return
		}
	}
	p.draw(w, r, http.StatusUnprocessableEntity, publicView{Problem: "recognition.not-verified"})
}

// speak is the language of a page: what is asked for, else what the browser
// prefers.
func speak(r *http.Request) locales.Words {
	var hints []string
	if lang := r.URL.Query().Get("lang"); lang != "" {
		hints = append(hints, lang)
	}
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		hints = append(hints, tag)
	}
	return locales.For(locales.Best(hints, locales.Languages))
}

func (p *public) draw(w http.ResponseWriter, r *http.Request, status int, v publicView) {
	v.W = speak(r)
	v.Lang, v.CSS, v.Icon = v.W.Lang, p.files.URL("page.css"), p.files.URL("praline.svg")
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, "page", v); err != nil {
		p.log.Error("page of a badge not drawn", "error", err)
		http.Error(w, "Praline", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Vary", "Accept-Language")
	pages.Write(w, r, status, "text/html; charset=utf-8", b.Bytes())
}
