// Package archive opens what somebody uploads: a zip of a series, or a single
// file. It is the door for bytes that nobody has looked at, so it refuses what
// could harm before anything else reads it: zip bombs, paths that lead outside,
// links, names that stand twice, pictures of a billion points, drawings with a
// program in them, XML that declares entities, and files that are not what
// their name says.
//
//	files, err := archive.Open("serie.zip", r, size, archive.Usual)
//	var no *archive.Refusal
//	if errors.As(err, &no) {
//		words.Say("upload."+no.Code, no.Args...) // what is wrong
//		words.Say("upload."+no.Code+".mend")     // how to mend it
//	}
//
// What it returns is in memory and within the limits. Whether it is a good
// series is lessons.Read's affair: FS makes a folder of the files.
package archive

import (
	"archive/zip"
	"errors"
	"io"
	"io/fs"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Limits are what an upload may hold at most. A zero means none of it.
type Limits struct {
	Entries int   // files in a zip
	File    int64 // bytes of one file, unpacked
	Total   int64 // bytes of all files, unpacked; and of the upload itself
	Depth   int   // folders in folders, after the one folder around all
	Pixels  int   // of a picture
	Nesting int   // elements in elements of XML
}

// Usual are limits that a series of twenty lessons in three languages with a
// film in it keeps well within.
var Usual = Limits{Entries: 500, File: 20 << 20, Total: 64 << 20, Depth: 3, Pixels: 25_000_000, Nesting: 60}

// Refusal is an upload that is not taken. It holds no prose: locales has the
// words of each code, "upload.<code>" what is wrong and "upload.<code>.mend"
// how to mend it.
type Refusal struct {
	File string // of the upload, or in the zip
	Code string
	Args []any // name, value, …; always "file"
}

func (r *Refusal) Error() string { return r.File + ": " + r.Code }

func refuse(file, code string, arguments ...any) *Refusal {
	if r := []rune(file); len(r) > 80 {
		file = string(r[:79]) + "…"
	}
	file = strings.ToValidUTF8(strings.Map(func(c rune) rune {
		if hidden(c) {
			return '·'
		}
		return c
	}, file), "·")
	return &Refusal{File: file, Code: code, Args: append([]any{"file", file}, arguments...)}
}

// Open reads an upload: the files of a zip by their path, without the one
// folder that may stand around all of them, or a single file under its own
// name. What an operating system leaves behind (__MACOSX, Thumbs.db, .git) is
// passed over. The error is a *Refusal where the upload is to blame.
func Open(name string, r io.ReaderAt, size int64, limits Limits) (map[string][]byte, error) {
	name = path.Base(strings.ReplaceAll(name, "\\", "/"))
	switch {
	case size == 0:
		return nil, refuse(name, "empty")
	case size > limits.Total:
		return nil, refuse(name, "too-big", "limit", limits.Total>>20)
	case strings.EqualFold(path.Ext(name), ".zip"):
		return openZip(name, r, size, limits)
	case size > limits.File:
		return nil, refuse(name, "too-big", "limit", limits.File>>20)
	}
	content, err := io.ReadAll(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	if name, err = cleanName(name, limits); err != nil {
		return nil, err
	}
	if err := look(name, content, limits); err != nil {
		return nil, err
	}
	return map[string][]byte{name: content}, nil
}

// rationed lets a reader have so many bytes: a zip's list of files is read
// whole into memory, however long it is.
type rationed struct {
	io.ReaderAt
	left int64
}

var errRation = errors.New("archive: list of files too long")

func (r *rationed) ReadAt(p []byte, at int64) (int, error) {
	if r.left -= int64(len(p)); r.left < 0 {
		return 0, errRation
	}
	return r.ReaderAt.ReadAt(p, at)
}

// bytesAnEntry is how long the line of a file in a zip's list may be.
const bytesAnEntry = 600

func openZip(upload string, r io.ReaderAt, size int64, limits Limits) (map[string][]byte, error) {
	ration := &rationed{r, int64(limits.Entries)*bytesAnEntry + 256<<10}
	z, err := zip.NewReader(ration, size)
	switch {
	case errors.Is(err, errRation):
		return nil, refuse(upload, "too-many", "limit", limits.Entries)
	case err != nil:
		return nil, refuse(upload, "no-zip")
	}
	ration.left = 4*size + 1<<20 // each byte may be read, and its head
	entries, err := listed(z, upload, limits)
	if err != nil {
		return nil, err
	}
	files, left := map[string][]byte{}, limits.Total
	for _, e := range entries {
		content, err := unpack(e, min(limits.File, left))
		switch {
		case errors.Is(err, errTooBig) && left < limits.File:
			return nil, refuse(upload, "unpacks-too-big", "limit", limits.Total>>20)
		case errors.Is(err, errTooBig):
			return nil, refuse(e.name, "too-big", "limit", limits.File>>20)
		case err != nil:
			return nil, refuse(e.name, "damaged")
		}
		if err := look(e.name, content, limits); err != nil {
			return nil, err
		}
		files[e.name] = content
		left -= int64(len(content))
	}
	return files, nil
}

// entry is a file of a zip under its clean name.
type entry struct {
	name string
	*zip.File
}

// listed are the files of a zip that count, or why there must be none.
func listed(z *zip.Reader, upload string, limits Limits) ([]entry, error) {
	if len(z.File) > limits.Entries {
		return nil, refuse(upload, "too-many", "limit", limits.Entries)
	}
	var all []entry
	for _, f := range z.File {
		name := f.Name
		if !utf8.ValidString(name) { // an old Windows
			name, _ = charmap.CodePage850.NewDecoder().String(name)
		}
		if err := within(name); err != nil {
			return nil, err
		}
		switch mode := f.Mode(); {
		case mode&fs.ModeSymlink != 0:
			return nil, refuse(name, "link")
		case leftover(name):
			continue
		case strings.HasSuffix(name, "/") || mode.IsDir():
			continue
		case !mode.IsRegular():
			return nil, refuse(name, "link")
		case f.Flags&1 != 0:
			return nil, refuse(name, "locked")
		}
		all = append(all, entry{name, f})
	}
	if len(all) == 0 {
		return nil, refuse(upload, "empty")
	}
	withoutTop(all)
	seen := map[string]bool{}
	for i, e := range all {
		name, err := cleanName(e.name, limits)
		if err != nil {
			return nil, err
		}
		if key := strings.ToLower(name); seen[key] {
			return nil, refuse(name, "twice")
		} else {
			seen[key] = true
		}
		all[i].name = name
	}
	return all, nil
}

// withoutTop drops the one folder around all files, as file managers pack them.
func withoutTop(all []entry) {
	top, _, inside := strings.Cut(all[0].name, "/")
	if !inside || top == "media" {
		return
	}
	for _, e := range all {
		if !strings.HasPrefix(e.name, top+"/") {
			return
		}
	}
	for i := range all {
		all[i].name = strings.TrimPrefix(all[i].name, top+"/")
	}
}

var errTooBig = errors.New("archive: too big")

// unpack reads a file, whatever its zip says of its size.
func unpack(e entry, most int64) ([]byte, error) {
	if e.UncompressedSize64 > uint64(max(most, 0)) {
		return nil, errTooBig
	}
	f, err := e.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, most+1))
	if int64(len(content)) > most {
		return nil, errTooBig
	}
	return content, err
}

// within refuses a path that leads out of its folder.
func within(name string) error {
	slashed := strings.ReplaceAll(name, "\\", "/")
	switch {
	case strings.HasPrefix(slashed, "/"), len(slashed) > 1 && slashed[1] == ':':
		return refuse(name, "outside")
	}
	for part := range strings.SplitSeq(slashed, "/") {
		if part == ".." {
			return refuse(name, "outside")
		}
	}
	return nil
}

// cleanName is a name as a series has it: accents composed, no odd characters,
// not too deep.
func cleanName(name string, limits Limits) (string, error) {
	name = norm.NFC.String(strings.TrimPrefix(name, "./"))
	switch {
	case name == "", len(name) > 200, !utf8.ValidString(name), path.Clean(name) != name, strings.ContainsAny(name, "\\:*?\"<>|"),
		strings.ContainsFunc(name, hidden):
		return "", refuse(name, "name-form")
	case strings.Count(name, "/") > limits.Depth:
		return "", refuse(name, "too-deep", "limit", limits.Depth)
	}
	return name, nil
}

// hidden says that a character is not seen in a name: it controls, or turns the
// direction of what comes after it ("\u202egnp.exe").
func hidden(c rune) bool { return unicode.IsControl(c) || unicode.Is(unicode.Cf, c) }

// leftover says that a file is an operating system's or an editor's, not an author's.
func leftover(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		switch {
		case strings.HasPrefix(part, ".") && part != ".", strings.HasPrefix(part, "~$"), strings.HasSuffix(part, "~"),
			part == "__MACOSX", strings.EqualFold(part, "thumbs.db"), strings.EqualFold(part, "desktop.ini"):
			return true
		}
	}
	return false
}
