package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path"

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
		files, where = os.DirFS(folder), folder
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
		if _, err := fs.Stat(files, path.Join(entry.Name(), seriesFile)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		folder, err := fs.Sub(files, entry.Name())
		if err != nil {
			return nil, err
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
