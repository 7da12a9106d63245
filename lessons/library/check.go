package library

import (
	"context"
	"maps"
	"slices"

	"praline/lessons"
)

// checked is what a state of files says.
type checked struct {
	series *lessons.Series
	report lessons.Report
}

// Draft returns a draft as a series, with all that is wrong with it and could
// be better; the series is as much as could be read, or nil.
func (l *Library) Draft(ctx context.Context, org, id string) (*lessons.Series, lessons.Report, error) {
	d, err := l.Load(ctx, org, id)
	if err != nil {
		return nil, lessons.Report{}, err
	}
	return l.Check(ctx, org, d)
}

// Check reads a draft as it was loaded, with texts that are not saved yet in
// the place of those that are.
func (l *Library) Check(ctx context.Context, org string, d Draft, unsaved ...Change) (*lessons.Series, lessons.Report, error) {
	if err := l.warm(ctx, org, d); err != nil {
		return nil, lessons.Report{}, err
	}
	var away error // a medium that could not be read: no fault of the series
	files := l.folder(ctx, org, d, func(err error) { away = err })
	for _, c := range unsaved {
		content := unixLines(c.Content)
		files[c.Path] = entry{len(content), func() ([]byte, error) { return content, nil }}
	}
	read := func() (any, error) {
		series, report := lessons.Read(files)
		return checked{series, report}, away
	}
	value, err := any(nil), error(nil)
	if len(unsaved) > 0 {
		value, err = read()
	} else {
		value, err = l.kept.value("draft "+org+" "+d.Digest(), read)
	}
	if err != nil {
		return nil, lessons.Report{}, err
	}
	return value.(checked).series, value.(checked).report, nil
}

// folder is a draft as a file system. It outlives the request in which it was
// made: media are read when they are shown.
func (l *Library) folder(ctx context.Context, org string, d Draft, away func(error)) folder {
	ctx = context.WithoutCancel(ctx)
	files := make(folder, len(d.Files))
	for p, f := range d.Files {
		files[p] = entry{f.Size, func() ([]byte, error) {
			content, err := l.Bytes(ctx, org, f.Digest)
			if err != nil {
				away(err)
			}
			return content, err
		}}
	}
	return files
}

// warm reads all texts of a draft in one go. A store that is away is an error
// here, and not a fault of the series.
func (l *Library) warm(ctx context.Context, org string, d Draft) error {
	_, err := l.contents(ctx, org, d, IsText)
	return err
}

// contents are the bytes of the files of a draft that are wanted, by path.
func (l *Library) contents(ctx context.Context, org string, d Draft, wanted func(string) bool) (map[string][]byte, error) {
	paths := slices.DeleteFunc(slices.Sorted(maps.Keys(d.Files)), func(p string) bool { return !wanted(p) })
	digests := make([]string, len(paths))
	for i, p := range paths {
		digests[i] = d.Files[p].Digest
	}
	if len(digests) == 0 {
		return nil, nil
	}
	read, err := l.many(ctx, org, digests...)
	if err != nil {
		return nil, err
	}
	all := make(map[string][]byte, len(paths))
	for i, p := range paths {
		all[p] = read[i]
	}
	return all, nil
}
