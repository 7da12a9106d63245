package lessons

import (
	"io/fs"
	"net/url"
	"path"
	"slices"
	"strings"
)

const mediaFolder = "media/"

// maxMedia is how big a file may be, in MB, by its kind. Every app takes that
// much, and so does a phone on the train.
var maxMedia = map[string]int64{
	".png": 5, ".jpg": 5, ".jpeg": 5, ".gif": 5, ".webp": 5, ".svg": 1,
	".mp3": 10, ".mp4": 20,
}

// checkMedia notes what is wrong with an image, a sound or a film, and returns
// it with its path as the folder has it.
func (p *page) checkMedia(m Media) Media {
	if plain, err := url.PathUnescape(m.Path); err == nil {
		m.Path = plain
	}
	wrong := func(code string, arguments ...any) {
		p.r.fault(p.file, m.Line, code, append([]any{"media", short(m.Path)}, arguments...)...)
	}
	if m.Alt == "" {
		wrong("media-without-alt")
	}
	m.Path = strings.TrimPrefix(m.Path, "./")
	if !strings.HasPrefix(m.Path, mediaFolder) || path.Clean(m.Path) != m.Path || strings.Contains(m.Path, "\\") {
		wrong("media-outside")
		return m
	}
	limit, known := maxMedia[strings.ToLower(path.Ext(m.Path))]
	if !known {
		wrong("media-kind", "kinds", strings.Join(mediaKinds(), ", "))
		return m
	}
	switch info, err := fs.Stat(p.r.folder, m.Path); {
	case err != nil || !info.Mode().IsRegular() || info.Size() == 0:
		wrong("media-missing")
	case info.Size() > limit<<20:
		wrong("media-too-big", "limit", limit)
	}
	return m
}

func mediaKinds() []string {
	var all []string
	for kind := range maxMedia {
		all = append(all, strings.TrimPrefix(kind, "."))
	}
	slices.Sort(all)
	return all
}
