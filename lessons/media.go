package lessons

import (
	"path"
	"strings"
)

// mediaKind is a kind of file that every app shows.
type mediaKind struct {
	mime string
	most int64 // MB: every app takes that much, and so does a phone on the train
}

var mediaKinds = map[string]mediaKind{
	".png": {"image/png", 5}, ".jpg": {"image/jpeg", 5}, ".jpeg": {"image/jpeg", 5},
	".gif": {"image/gif", 5}, ".webp": {"image/webp", 5}, ".svg": {mimeSVG, 1},
	".mp3": {"audio/mpeg", 10}, ".mp4": {"video/mp4", 20},
}

const mimeSVG = "image/svg+xml"

// kindOf is the kind of a file by its name.
func kindOf(name string) (kind mediaKind, known bool) {
	kind, known = mediaKinds[strings.ToLower(path.Ext(name))]
	return kind, known
}

// MIME names the kind of a file as HTTP does, "application/octet-stream" for
// one that the checker refuses.
func (m Media) MIME() string {
	if kind, known := kindOf(m.Path); known {
		return kind.mime
	}
	return "application/octet-stream"
}
