package pages

import (
	"compress/gzip"
	"fmt"
	"net/http"
	"strings"
	"sync"
)

// worthIt is the size from which a text is compressed.
const worthIt = 1024

var writers = sync.Pool{New: func() any { return gzip.NewWriter(nil) }}

// Write writes a whole text at once, compressed where the browser can take it
// and it is worth it.
func Write(w http.ResponseWriter, r *http.Request, status int, mime string, content []byte) {
	h := w.Header()
	h.Set("Content-Type", mime)
	h.Add("Vary", "Accept-Encoding")
	if len(content) < worthIt || !takesGzip(r) {
		h.Set("Content-Length", fmt.Sprint(len(content)))
		w.WriteHeader(status)
		_, _ = w.Write(content)
		return
	}
	h.Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	z := writers.Get().(*gzip.Writer)
	defer writers.Put(z)
	z.Reset(w)
	_, _ = z.Write(content)
	_ = z.Close()
}

// takesGzip says whether the browser named gzip and did not rule it out.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, parameters, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			return !strings.Contains(strings.ReplaceAll(parameters, " ", "")+";", "q=0;")
		}
	}
	return false
}
