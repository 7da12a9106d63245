package console

import (
	"bytes"
	"net/http"
	"path"
	"slices"
	"strings"

	"praline/lessons"
	"praline/lessons/exchange/archive"
	"praline/lessons/library"
	"praline/pages"
)

// Files of a draft, in and out: uploads, a zip of all, and media as they are.

// draftUpload takes a zip, or files one by one: lessons and media. What stands
// under the same path is replaced, and can be had back.
func (c *Console) draftUpload(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	var changes []library.Change
	if v.r.MultipartForm != nil {
		for _, header := range append(slices.Clone(v.r.MultipartForm.File["files"]), v.r.MultipartForm.File["folder"]...) {
			file, err := header.Open()
			if err != nil {
				return err
			}
			opened, err := archive.Open(header.Filename, file, header.Size, archive.Usual)
			_ = file.Close()
			if err := v.unkept("files", err); err != nil {
				return err
			}
			for p, content := range opened {
				changes = append(changes, library.Change{Path: placed(p), Base: library.Whatever, Content: content})
			}
		}
	}
	if len(changes) == 0 && v.sound() {
		v.wrong("files", "library.no-files")
	}
	if v.sound() {
		_, err = v.library().Save(v.ctx(), v.Org, d.ID, v.mark(), changes...)
		if err := v.unkept("files", err); err != nil {
			return err
		}
	}
	if !v.sound() {
		return c.draftAgain(v)
	}
	v.notice(v.W.Count("library.uploaded", len(changes)))
	return v.to(seriesPath(d.ID))
}

// placed is where a file of an upload goes: media that were chosen by
// themselves go with the media.
func placed(p string) string {
	if !library.IsText(p) && !strings.Contains(p, "/") {
		return "media/" + p
	}
	return p
}

// draftDownload hands over all files as a zip.
func (c *Console) draftDownload(v *visit) error {
	d, err := v.draft()
	if err != nil {
		return err
	}
	pack, err := v.library().Zip(v.ctx(), v.Org, d)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+d.ID+`.zip"`)
	pages.Write(v.w, v.r, http.StatusOK, "application/zip", pack)
	return nil
}

// draftMedia shows a picture, a sound or a film of a draft; never as a page.
func (c *Console) draftMedia(v *visit) error {
	if err := v.writesOrReviews(); err != nil {
		return err
	}
	d, err := v.draft()
	if err != nil {
		return err
	}
	name := "media/" + v.r.PathValue("path")
	content, err := v.library().Bytes(v.ctx(), v.Org, d.Files[name].Digest)
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", lessons.Media{Path: name}.MIME())
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	http.ServeContent(v.w, v.r, path.Base(name), d.Files[name].At, bytes.NewReader(content))
	return nil
}
