package lessons

import (
	"io/fs"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"
)

const mediaFolder = "media/"

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
	kind, known := kindOf(m.Path)
	if !known {
		wrong("media-kind", "kinds", strings.ReplaceAll(strings.Join(slices.Sorted(maps.Keys(mediaKinds)), ", "), ".", ""))
		return m
	}
	switch info, err := fs.Stat(p.r.folder, m.Path); {
	case err != nil || !info.Mode().IsRegular() || info.Size() == 0:
		wrong("media-missing")
		return m
	case info.Size() > kind.most<<20:
		wrong("media-too-big", "limit", kind.most)
		return m
	}
	switch is, err := p.r.looksLike(m.Path, kind); {
	case err != nil:
		wrong("media-missing")
	case is == another:
		wrong("media-content", "kind", strings.ToUpper(strings.TrimPrefix(path.Ext(m.Path), ".")))
	case is == acting:
		wrong("media-script")
	}
	return m
}
