package library

import (
	"bytes"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// folder is files by path as a file system, each opened when it is read: media
// of a draft are not loaded to look at a text.
type folder map[string]entry

type entry struct {
	size int
	load func() ([]byte, error)
}

// Open opens a file, or a folder that holds some.
func (f folder) Open(name string) (fs.File, error) {
	if !fs.ValidPath(name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	if e, ok := f[name]; ok {
		content, err := e.load()
		if err != nil {
			return nil, &fs.PathError{Op: "open", Path: name, Err: err}
		}
		return &openFile{about{path.Base(name), len(content), false}, bytes.NewReader(content)}, nil
	}
	inside := f.inside(name)
	if len(inside) == 0 && name != "." {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return &openFolder{about{path.Base(name), 0, true}, inside}, nil
}

// Stat tells a file's size without loading it.
func (f folder) Stat(name string) (fs.FileInfo, error) {
	if e, ok := f[name]; ok {
		return about{path.Base(name), e.size, false}, nil
	}
	opened, err := f.Open(name)
	if err != nil {
		return nil, err
	}
	return opened.Stat()
}

// inside lists what stands in a folder, by name.
func (f folder) inside(name string) []fs.DirEntry {
	prefix := ""
	if name != "." {
		prefix = name + "/"
	}
	found := map[string]fs.DirEntry{}
	for p, e := range f {
		rest, ok := strings.CutPrefix(p, prefix)
		if !ok {
			continue
		}
		first, _, deeper := strings.Cut(rest, "/")
		size := e.size
		if deeper {
			size = 0
		}
		found[first] = fs.FileInfoToDirEntry(about{first, size, deeper})
	}
	all := make([]fs.DirEntry, 0, len(found))
	for _, name := range slices.Sorted(maps.Keys(found)) {
		all = append(all, found[name])
	}
	return all
}

// about is what is known of a file without opening it.
type about struct {
	name   string
	size   int
	folder bool
}

func (a about) Name() string       { return a.name }
func (a about) Size() int64        { return int64(a.size) }
func (a about) ModTime() time.Time { return time.Time{} }
func (a about) IsDir() bool        { return a.folder }
func (a about) Sys() any           { return nil }

func (a about) Mode() fs.FileMode {
	if a.folder {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type openFile struct {
	about
	*bytes.Reader
}

func (o *openFile) Stat() (fs.FileInfo, error) { return o.about, nil }
func (o *openFile) Size() int64                { return o.about.Size() }
func (o *openFile) Close() error               { return nil }

type openFolder struct {
	about
	rest []fs.DirEntry
}

func (o *openFolder) Stat() (fs.FileInfo, error) { return o.about, nil }
func (o *openFolder) Close() error               { return nil }

func (o *openFolder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: o.name, Err: fs.ErrInvalid}
}

func (o *openFolder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		n = len(o.rest)
	} else if len(o.rest) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(o.rest))
	all := o.rest[:n]
	o.rest = o.rest[n:]
	return all, nil
}
