package library

import (
	"bytes"
	"context"
	"path"
	"regexp"
	"slices"
	"strings"

	"praline/records"
)

// Whatever, as the Base of a Change, overwrites what stands there.
const Whatever = "*"

// Change is a new text of a file.
type Change struct {
	Path    string
	Base    string // digest of what its writer saw: "" for a new file, or Whatever
	Content []byte // nil: the file goes
}

// Past is a text that a file had.
type Past struct {
	Mark
	Path   string `json:"path"`
	Digest string `json:"digest,omitempty"` // "" where the file went
	Size   int    `json:"size,omitempty"`
}

// Newer says that somebody saved a file after the writer had read it. Nothing
// was written: both texts are there to be put together.
type Newer struct {
	Path   string
	File          // as it stands now; Digest "" where it went
	Theirs []byte // what stands there
	Yours  []byte // what was to be saved
}

func (n *Newer) Error() string { return n.Path + ": somebody saved a newer text" }

// Save saves files, all or none. Over a newer save of somebody else it writes
// nothing and returns a *Newer.
func (l *Library) Save(ctx context.Context, org, id string, by Mark, changes ...Change) (Draft, error) {
	return l.save(ctx, org, id, by, func(d *desk) error {
		if !isID(id) || !d.has(kindDraft) {
			return none(org, id)
		}
		return nil
	}, changes)
}

// save saves files on a desk that begin looks at, or lays out, first.
func (l *Library) save(ctx context.Context, org, id string, by Mark, begin func(*desk) error, changes []Change) (Draft, error) {
	var contents [][]byte
	for i, c := range changes {
		if c.Content == nil {
			continue
		}
		if err := acceptable(c); err != nil {
			return Draft{}, err
		}
		if IsText(c.Path) {
			changes[i].Content = unixLines(c.Content)
		}
		contents = append(contents, changes[i].Content)
	}
	decide := func(d *desk) error {
		if err := begin(d); err != nil {
			return err
		}
		for _, c := range changes {
			if err := l.change(ctx, d, by, c); err != nil {
				return err
			}
		}
		return fits(d.draft)
	}
	// Tried first, so that what is refused leaves no bytes behind.
	if tried, err := l.desk(ctx, org, id); err != nil {
		return Draft{}, err
	} else if err := decide(tried); err != nil {
		return Draft{}, err
	}
	if err := l.keep(ctx, org, contents...); err != nil {
		return Draft{}, err
	}
	var saved Draft
	err := l.at(ctx, org, id, func(d *desk) error {
		err := decide(d)
		saved = d.draft
		return err
	})
	return saved, err
}

// change puts one change on the desk.
func (l *Library) change(ctx context.Context, d *desk, by Mark, c Change) error {
	now, there := d.draft.Files[c.Path]
	next := File{Mark: by, Size: len(c.Content)}
	if c.Content != nil {
		next.Digest = digestOf(c.Content)
	}
	if next.Digest == now.Digest {
		return nil // as it is
	}
	if c.Base != Whatever && c.Base != now.Digest {
		newer := &Newer{Path: c.Path, File: now, Yours: c.Content}
		if there {
			theirs, err := l.Bytes(ctx, d.org, now.Digest)
			if err != nil {
				return err
			}
			newer.Theirs = theirs
		} else if i := lastOf(d.past, c.Path); i >= 0 {
			newer.Mark = d.past[i].Mark // who took it away
		}
		return newer
	}
	if c.Content == nil {
		delete(d.draft.Files, c.Path)
	} else {
		d.draft.Files[c.Path] = next
	}
	d.past = append(d.past, Past{Mark: by, Path: c.Path, Digest: next.Digest, Size: next.Size})
	d.past = d.past[max(len(d.past)-maxPast, 0):]
	if !slices.Contains(d.draft.Authors, by.By) {
		d.draft.Authors = append(d.draft.Authors, by.By)
	}
	if d.draft.State == Published {
		d.draft.State = Writing
	}
	return nil
}

// lastOf is the place of the last text of a file, -1 for none.
func lastOf(past []Past, path string) int {
	for i := len(past) - 1; i >= 0; i-- {
		if past[i].Path == path {
			return i
		}
	}
	return -1
}

// acceptable refuses a file that no series can have.
func acceptable(c Change) error {
	if err := namedWell(c.Path); err != nil {
		return err
	}
	limit := MaxMedia
	if IsText(c.Path) {
		limit = MaxText
	}
	if len(c.Content) > limit {
		return refuse("file-too-big", "path", c.Path, "limit", limit>>10)
	}
	return nil
}

// fits refuses a series that became too big.
func fits(d Draft) error {
	size := 0
	for _, f := range d.Files {
		size += f.Size
	}
	switch {
	case len(d.Files) > MaxFiles:
		return refuse("too-many-files", "limit", MaxFiles)
	case size > MaxSeries:
		return refuse("series-too-big", "limit", MaxSeries>>20)
	}
	return nil
}

// unixLines ends lines as every tool does: a text from a browser's form comes
// with carriage returns and would else be another one.
func unixLines(text []byte) []byte {
	return bytes.ReplaceAll(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
}

// Digest is what a file's content is known by once it is saved under a path.
func Digest(path string, content []byte) string {
	if IsText(path) {
		content = unixLines(content)
	}
	return digestOf(content)
}

// Rename gives a file another path. Its earlier texts stay under the old one.
func (l *Library) Rename(ctx context.Context, org, id string, by Mark, from, to string) (Draft, error) {
	d, err := l.Load(ctx, org, id)
	if err != nil {
		return Draft{}, err
	}
	file, ok := d.Files[from]
	if !ok {
		return Draft{}, refuse("no-file", "path", from)
	}
	if IsText(from) != IsText(to) || !IsText(from) && !strings.EqualFold(path.Ext(from), path.Ext(to)) {
		return Draft{}, refuse("path-kind", "path", to) // what was looked into as one kind is no other
	}
	if _, taken := d.Files[to]; taken {
		return Draft{}, refuse("path-taken", "path", to)
	}
	content, err := l.Bytes(ctx, org, file.Digest)
	if err != nil {
		return Draft{}, err
	}
	return l.Save(ctx, org, id, by, Change{Path: from, Base: file.Digest}, Change{Path: to, Content: content})
}

// Past are the earlier texts of a file, newest first; of all files for "".
func (l *Library) Past(ctx context.Context, org, id, path string) ([]Past, error) {
	all, err := records.Load[[]Past](ctx, l.Store, records.Key{Org: org, Kind: kindPast, ID: id})
	if err != nil && !isNone(err) {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(p Past) bool { return path != "" && p.Path != path })
	slices.Reverse(all)
	return all, nil
}

// Restore gives a file an earlier text of it again, also one that went.
func (l *Library) Restore(ctx context.Context, org, id string, by Mark, path, digest string) (Draft, error) {
	past, err := l.Past(ctx, org, id, path)
	if err != nil {
		return Draft{}, err
	}
	if digest == "" || !slices.ContainsFunc(past, func(p Past) bool { return p.Digest == digest }) {
		return Draft{}, refuse("no-past", "path", path)
	}
	content, err := l.Bytes(ctx, org, digest)
	if err != nil {
		return Draft{}, err
	}
	return l.Save(ctx, org, id, by, Change{Path: path, Base: Whatever, Content: content})
}

// stem is the name of a lesson's file without its language: "01-sender".
func stem(path string) (stem, lang string, ok bool) {
	name, ok := strings.CutSuffix(path, ".md")
	if i := strings.LastIndexByte(name, '.'); ok && i > 0 && !strings.Contains(path, "/") {
		return name[:i], name[i+1:], true
	}
	return "", "", false
}

// SetVersion writes another version into a draft's series.yaml.
func (l *Library) SetVersion(ctx context.Context, org, id string, by Mark, version string) error {
	d, err := l.Load(ctx, org, id)
	if err != nil {
		return err
	}
	file, ok := d.Files["series.yaml"]
	switch {
	case !versionForm.MatchString(version):
		return refuse("version-form", "version", version)
	case !ok:
		return refuse("no-file", "path", "series.yaml")
	}
	text, err := l.Bytes(ctx, org, file.Digest)
	if err != nil {
		return err
	}
	if next := setKey(text, "version", version); !bytes.Equal(next, text) {
		_, err = l.Save(ctx, org, id, by, Change{Path: "series.yaml", Base: file.Digest, Content: next})
	}
	return err
}

var versionForm = regexp.MustCompile(`^[0-9]{1,5}\.[0-9]{1,5}\.[0-9]{1,5}$`)
