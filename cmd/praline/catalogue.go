package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"path/filepath"

	"praline/lessons"
	"praline/series"
)

// seriesFile is what makes a folder a series.
const seriesFile = "series.yaml"

// catalogueFrom reads every series in a folder, or those that ship where
// folder is "". A series with a fault is said and left out; the others are
// taught.
func catalogueFrom(folder string, log *slog.Logger) (lessons.Catalogue, error) {
	files, where := fs.FS(series.Files), "series that ship"
	if folder != "" {
		files, where = apart{os.DirFS(folder), folder}, folder
	}
	all, err := readAll(files, log)
	if err != nil {
		return lessons.Catalogue{}, fmt.Errorf("cannot read the series in %s: %w: give the folder that holds one folder a series, with --series or PRALINE_SERIES", where, err)
	}
	if len(all) == 0 {
		return lessons.Catalogue{}, fmt.Errorf("no series that can be taught in %s: \"praline check\" says what is wrong with one; PRALINE_SERIES names the folder that holds one folder a series", where)
	}
	return lessons.NewCatalogue(all...), nil
}

// apart is a folder of series of which each is a root of its own: a link in one
// leads neither out of it nor to another.
type apart struct {
	fs.FS
	folder string
}

// Sub opens a series. It stays open as long as its pictures are shown: as long
// as the process runs.
func (a apart) Sub(name string) (fs.FS, error) {
	root, err := os.OpenRoot(filepath.Join(a.folder, name))
	if err != nil {
		return nil, err
	}
	return root.FS(), nil
}

// readAll reads every folder of files that holds a series.yaml, in order of
// the folders' names.
func readAll(files fs.FS, log *slog.Logger) ([]*lessons.Series, error) {
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, err
	}
	var all []*lessons.Series
	seen := make(map[string]string)
	for _, entry := range entries {
		if info, err := fs.Stat(files, entry.Name()); err != nil || !info.IsDir() {
			continue
		}
		if _, err := fs.Stat(files, path.Join(entry.Name(), seriesFile)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		folder, err := fs.Sub(files, entry.Name())
		if err != nil {
			log.Error("series left out: its folder cannot be opened; give this user the right to read it", "folder", entry.Name(), "error", err)
			continue
		}
		s, report := lessons.Read(folder)
		if !report.OK() {
			log.Error("series left out: it has faults; \"praline check\" lists them", "folder", entry.Name(), "faults", len(report.Faults))
			continue
		}
		if other, double := seen[s.ID]; double {
			log.Error("series left out: another has the same id", "folder", entry.Name(), "other", other, "id", s.ID)
			continue
		}
		seen[s.ID] = entry.Name()
		all = append(all, s)
	}
	return all, nil
}
