package pages

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"mime"
	"net/http"
	"path"
	"strings"
)

// Files are the stylesheets, scripts and pictures of a page. Each is served
// under a name with a digest of its content, so that browsers may keep it for a
// year and still see a new version at once.
type Files struct {
	prefix string
	urls   map[string]string // name → address
	served map[string]file   // address → content
}

type file struct {
	mime  string
	plain []byte
	gzip  []byte // nil where it would not be smaller
}

// NewFiles serves contents, by name ("chat.css"), under prefix ("/chat/static/").
func NewFiles(prefix string, contents map[string][]byte) *Files {
	f := &Files{prefix, make(map[string]string), make(map[string]file)}
	for name, content := range contents {
		sum := sha256.Sum256(content)
		ext := path.Ext(name)
		address := prefix + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
		f.urls[name] = address
		f.served[address] = file{mimeOf(ext), content, compressed(content)}
	}
	return f
}

// URL is a file's address. A name that is not there is a fault of the program.
func (f *Files) URL(name string) string {
	address, ok := f.urls[name]
	if !ok {
		panic(fmt.Sprintf("pages: no file %q under %s", name, f.prefix))
	}
	return address
}

// Size is a file's size in bytes, uncompressed.
func (f *Files) Size(name string) int { return len(f.served[f.URL(name)].plain) }

// ServeHTTP serves a file.
func (f *Files) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	found, ok := f.served[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", found.mime)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	content := found.plain
	if found.gzip != nil && takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		content = found.gzip
	}
	h.Set("Content-Length", fmt.Sprint(len(content)))
	if r.Method != http.MethodHead {
		_, _ = w.Write(content)
	}
}

// mimeOf does not depend on what the machine's own table says.
func mimeOf(ext string) string {
	switch ext {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".svg":
		return "image/svg+xml"
	case ".webmanifest":
		return "application/manifest+json"
	}
	if known := mime.TypeByExtension(ext); known != "" {
		return known
	}
	return "application/octet-stream"
}

// compressed is content by gzip, nil where that is not smaller.
func compressed(content []byte) []byte {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := w.Write(content); err != nil || w.Close() != nil || b.Len() >= len(content) {
		return nil
	}
	return b.Bytes()
}
