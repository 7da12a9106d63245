package library

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"

	"praline/lessons"
)

// Pack makes a zip of files by path. The same files make the same bytes for
// ever: in order, without times, not compressed (a compressor may be improved).
func Pack(files map[string][]byte) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, p := range slices.Sorted(maps.Keys(files)) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p, Method: zip.Store})
		if err == nil {
			_, err = w.Write(files[p])
		}
		if err != nil {
			return nil, fmt.Errorf("%s: cannot be packed: %w", p, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("cannot be packed: %w", err)
	}
	return out.Bytes(), nil
}

// Zip is all files of a draft as a zip.
func (l *Library) Zip(ctx context.Context, org string, d Draft) ([]byte, error) {
	content, err := l.contents(ctx, org, d, func(string) bool { return true })
	if err != nil {
		return nil, err
	}
	return Pack(content)
}

// unpack reads a pack of ours.
func unpack(pack []byte) (fs.FS, error) {
	z, err := zip.NewReader(bytes.NewReader(pack), int64(len(pack)))
	if err != nil {
		return nil, fmt.Errorf("a pack cannot be read: %w: restore a backup", err)
	}
	return z, nil
}

// readPack reads the series in a pack of ours.
func readPack(pack []byte) (*lessons.Series, lessons.Report, error) {
	files, err := unpack(pack)
	if err != nil {
		return nil, lessons.Report{}, err
	}
	series, report := lessons.Read(files)
	return series, report, nil
}

// Unpack returns the files of a pack of ours, by path.
func Unpack(pack []byte) (map[string][]byte, error) {
	files, err := unpack(pack)
	if err != nil {
		return nil, err
	}
	return filesOf(files)
}

// filesOf are all files of a folder, by path.
func filesOf(files fs.FS) (map[string][]byte, error) {
	all := map[string][]byte{}
	err := fs.WalkDir(files, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		all[p], err = fs.ReadFile(files, p)
		return err
	})
	return all, err
}
