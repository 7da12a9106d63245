package moodle

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"net/url"
	"path"
	"strings"

	"praline/lessons/exchange"
	"praline/lessons/exchange/archive"
)

// pictures finds the pictures of a text: those that stand in the file beside
// it, and those within an address. Each is looked into before it is taken.
func (r *reading) pictures(of *element) exchange.Pictures {
	return func(address string) (string, bool) {
		if name, ok := strings.CutPrefix(address, "@@PLUGINFILE@@/"); ok {
			name, err := url.PathUnescape(name)
			name, _, _ = strings.Cut(name, "?")
			if err != nil {
				return "", false
			}
			for _, f := range of.all("file") {
				if strings.TrimPrefix(f.attributes["path"]+f.attributes["name"], "/") == name {
					return r.picture(path.Base(name), f.text)
				}
			}
			return "", false
		}
		kind, data, ok := strings.Cut(address, ";base64,")
		extension, is := strings.CutPrefix(kind, "data:image/")
		if !ok || !is {
			return "", false
		}
		extension = strings.NewReplacer("jpeg", "jpg", "svg+xml", "svg").Replace(extension)
		name := exchange.Slug(r.name)
		return r.picture(cmp.Or(name, "image")+"."+extension, data)
	}
}

// picture keeps a picture under a name that no other one has.
func (r *reading) picture(name, data string) (string, bool) {
	content, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(data), ""))
	if err != nil || len(content) == 0 {
		return "", false
	}
	extension := strings.ToLower(path.Ext(name))
	stem := exchange.Slug(strings.TrimSuffix(name, path.Ext(name)))
	if stem == "" {
		stem = "image"
	}
	if _, err := archive.Open(stem+extension, bytes.NewReader(content), int64(len(content)), archive.Usual); err != nil {
		var no *archive.Refusal
		if errors.As(err, &no) {
			r.note("picture-refused", "media", short(name), "why", no.Code)
		}
		return "", false
	}
	for i := 1; ; i++ {
		at := "media/" + stem + extension
		if i > 1 {
			at = "media/" + stem + "-" + itoa(i) + extension
		}
		if there, taken := r.Contents.Media[at]; !taken || bytes.Equal(there, content) {
			r.Contents.Media[at] = content
			return at, true
		}
	}
}
