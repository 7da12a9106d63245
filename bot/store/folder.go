package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"modernc.org/sqlite"
)

// folder is the data folder, held by this process alone. It knows whether
// something was kept in it before, so that a file that is gone or empty is
// never taken for a first start.
type folder struct {
	path  string // absolute
	db    string
	lock  *os.File
	fresh bool        // nothing was kept here before
	held  os.FileInfo // of the db, when it was opened
}

const (
	dbName     = "praline.db"
	lockName   = "praline.lock"
	markerName = "praline.kept"
)

// What the marker says.
const (
	markOpen   = "Praline keeps its data in this folder, and is running or was cut short: praline.db and praline.db-wal belong together.\n"
	markClosed = "Praline keeps its data in this folder: praline.db is complete.\n"
)

var errDamaged = errors.New("damaged")

// openFolder makes the folder if it is not there, locks it and looks whether
// what stands in it is whole as far as files go.
func openFolder(path string) (*folder, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("store: data folder: %w", err)
	}
	f := &folder{path: path, db: filepath.Join(path, dbName)}
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, f.mend(err)
	}
	if f.lock, err = os.OpenFile(filepath.Join(path, lockName), os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return nil, f.mend(err)
	}
	if err := lockFile(f.lock); err != nil {
		return nil, errors.Join(
			fmt.Errorf("store: another Praline already uses the data folder %s: stop that one first, or give this one a folder of its own with --data (%w)", path, err),
			f.lock.Close())
	}
	if err := f.look(); err != nil {
		return nil, errors.Join(f.mend(err), f.unlock())
	}
	return f, nil
}

func (f *folder) marker() string { return filepath.Join(f.path, markerName) }

// look refuses what must not be opened, and finds out whether this is a first start.
func (f *folder) look() error {
	mark, err := os.ReadFile(f.marker())
	kept := err == nil
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	size := int64(0)
	switch info, err := os.Stat(f.db); {
	case err == nil:
		size = info.Size()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	f.fresh = size == 0
	switch {
	case f.fresh && kept:
		return fmt.Errorf("store: data was kept in %s before, and now %s is gone or empty: restore it from a backup; to begin anew and give up what was kept, delete %s",
			f.path, dbName, f.marker())
	case f.fresh || string(mark) != markOpen:
		return nil
	}
	if _, err := os.Stat(f.db + "-wal"); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("store: %s-wal is missing in %s, and with it the last changes: put it back beside %s, or restore a backup; to go on with what %s holds, delete %s",
			dbName, f.path, dbName, dbName, f.marker())
	}
	return nil
}

// begin notes that data is kept here, once the file stands.
func (f *folder) begin() error {
	var err error
	if f.held, err = os.Stat(f.db); err != nil {
		return err
	}
	if now, err := os.ReadFile(f.marker()); err == nil && string(now) == markOpen {
		return nil // cut short last time; perhaps because the disk is full
	}
	return f.mark(markOpen)
}

// end notes that all of it is in the one file.
func (f *folder) end() error { return f.mark(markClosed) }

// mark replaces the marker, whole or not at all.
func (f *folder) mark(text string) error {
	draft := f.marker() + ".new"
	file, err := os.OpenFile(draft, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	if err := os.Rename(draft, f.marker()); err != nil {
		return err
	}
	return syncFolder(f.path)
}

// stands says whether the file is still the one that was opened: what is
// written to one that was deleted or replaced is lost.
func (f *folder) stands() error {
	now, err := os.Stat(f.db)
	if err != nil {
		return err
	}
	if !os.SameFile(now, f.held) {
		return fmt.Errorf("store: %s was replaced while Praline ran: stop Praline, then put the right file there", f.db)
	}
	return nil
}

func (f *folder) unlock() error { return f.lock.Close() }

// SQLite's result codes: the low byte is the kind.
const (
	sqliteBusy     = 5
	sqliteReadOnly = 8
	sqliteIO       = 10
	sqliteDamaged  = 11
	sqliteFull     = 13
	sqliteCantOpen = 14
	sqliteNotOurs  = 26
)

// mend says what is wrong with the folder or its file, and what to do.
func (f *folder) mend(err error) error {
	if err == nil || strings.HasPrefix(err.Error(), "store: ") || errors.Is(err, errClosed) {
		return err
	}
	code := 0
	if e := (*sqlite.Error)(nil); errors.As(err, &e) {
		code = e.Code() & 0xff
	}
	wrong := ""
	switch {
	case code == sqliteFull || errors.Is(err, syscall.ENOSPC):
		wrong = fmt.Sprintf("the disk of %s is full: nothing new can be stored until there is room; what stands there stays readable", f.path)
	case code == sqliteNotOurs:
		wrong = fmt.Sprintf("%s is not a database: move it away or restore it from a backup, or choose another folder with --data", f.db)
	case code == sqliteDamaged || errors.Is(err, errDamaged):
		wrong = fmt.Sprintf("%s is damaged or was cut short: restore it from a backup; it was left as it is", f.db)
	case errors.Is(err, syscall.ENOTDIR) || errors.Is(err, fs.ErrExist):
		wrong = fmt.Sprintf("%s is no folder: choose another with --data", f.path)
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) || code == sqliteReadOnly || code == sqliteCantOpen:
		wrong = fmt.Sprintf("the data folder %s or %s in it cannot be written: give the user that runs Praline the right to write there, or choose another folder with --data", f.path, dbName)
	case errors.Is(err, fs.ErrNotExist):
		wrong = fmt.Sprintf("%s is gone: stop Praline and restore it from a backup", f.db)
	case code == sqliteBusy:
		wrong = fmt.Sprintf("another program holds %s: close it", f.db)
	case code == sqliteIO:
		wrong = fmt.Sprintf("the disk of %s does not work: see the system's log, and check the disk", f.path)
	default:
		return fmt.Errorf("store: %s: %w", f.db, err)
	}
	return fmt.Errorf("store: %s (%w)", wrong, err)
}
