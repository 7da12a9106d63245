package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"

	"praline/locales"
	"praline/pages"
)

// maxMedium is the largest picture or film that is served, in bytes.
const maxMedium = 32 << 20

// mediaTypes are what is served of a series' media, by extension: all that a
// request names. It is a list of its own, since a channel does not know lessons.
var mediaTypes = map[string]string{
	".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif", ".webp": "image/webp",
	".svg": "image/svg+xml", ".mp3": "audio/mpeg", ".mp4": "video/mp4",
}

// medium serves a picture of a lesson. Lessons are no secret; still, only what
// can be shown is.
func (a *Adapter) medium(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("path")
	kind, known := mediaTypes[strings.ToLower(path.Ext(name))]
	if a.options.Media == nil || !known || !fs.ValidPath(name) {
		a.problem(w, r, http.StatusNotFound, "web.not-here")
		return
	}
	content, err := readBounded(a.options.Media, name)
	if err != nil {
		a.problem(w, r, http.StatusNotFound, "web.not-here")
		return
	}
	sum := sha256.Sum256(content)
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	h.Set("Cache-Control", "public, max-age=3600")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox") // an SVG opened by itself runs nothing
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

func readBounded(library fs.FS, name string) ([]byte, error) {
	f, err := library.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > maxMedium {
		return nil, fs.ErrNotExist
	}
	return io.ReadAll(io.LimitReader(f, maxMedium))
}

// document hands over the file of a message, to whose conversation it stands in.
func (a *Adapter) document(w http.ResponseWriter, r *http.Request) {
	name, ok := a.sessions.Read(r)
	if !ok {
		a.problem(w, r, http.StatusForbidden, "web.no-session")
		return
	}
	entries, err := a.entries(r.Context(), name)
	if err != nil {
		a.problem(w, r, http.StatusServiceUnavailable, "web.away")
		return
	}
	d := messageOf(entries, r.PathValue("key")).Document
	if d == nil {
		a.problem(w, r, http.StatusNotFound, "web.not-here")
		return
	}
	attach(w, r, d.Name, d.MIME, d.Data)
}

// calendar hands over the chosen times.
func (a *Adapter) calendar(w http.ResponseWriter, r *http.Request) {
	name, ok := a.sessions.Read(r)
	if !ok {
		a.problem(w, r, http.StatusForbidden, "web.no-session")
		return
	}
	if a.options.Calendar == nil {
		a.problem(w, r, http.StatusNotFound, "web.no-times")
		return
	}
	file, err := a.options.Calendar(r.Context(), name)
	switch {
	case err != nil:
		a.options.Log.Error("web: calendar not read", "error", err)
		a.problem(w, r, http.StatusServiceUnavailable, "web.away")
	case file == nil:
		a.problem(w, r, http.StatusNotFound, "web.no-times")
	default:
		attach(w, r, "praline.ics", "text/calendar; charset=utf-8", file)
	}
}

// attach hands over a file that a browser saves and never opens on our page.
func attach(w http.ResponseWriter, r *http.Request, name, kind string, content []byte) {
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": path.Base(name)}))
	pages.Write(w, r, http.StatusOK, kind, content)
}

// manifest makes the page one that can be installed.
func (a *Adapter) manifest(w http.ResponseWriter, r *http.Request) {
	words := locales.For(langOf(r, nil))
	body, err := json.Marshal(map[string]any{
		"name": words.Say("web.title"), "short_name": "Praline", "lang": words.Lang,
		"id": "/chat", "start_url": "/chat", "scope": "/chat", "display": "standalone",
		"background_color": "#F8F4EF", "theme_color": "#F8F4EF",
		"icons": []map[string]string{{"src": a.files.URL("praline.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}},
	})
	if err != nil {
		body = []byte("{}") // plain values: cannot happen
	}
	pages.Write(w, r, http.StatusOK, "application/manifest+json", body)
}
