package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite": SQLite in this process, without C
)

// file is the driver of the embedded file: SQLite in write-ahead mode, synced
// at every commit. One goroutine writes (filewrite.go): whoever comes while it
// waits for the disk shares the next transaction. A few connections read, each
// in a snapshot, and wait for nobody.
type file struct {
	folder  *folder
	db      *sql.DB
	writer  *writer
	readers chan *reader
	turns   turns
	closed  chan struct{}
	once    sync.Once
	ended   error
}

// readers is how many may read at once.
const readers = 4

// schemaSQL makes the tables: one for each kind of key, and when keys go.
const schemaSQL = `
create table if not exists texts (key text primary key, value blob not null);
create table if not exists fields (key text not null, field text not null, value blob not null, primary key (key, field));
create table if not exists lines (key text not null, number integer not null, value blob not null, primary key (key, number)) without rowid;
create table if not exists scores (key text not null, member text not null, score integer not null, primary key (key, member)) without rowid;
create index if not exists scores_in_order on scores (key, score, member);
create table if not exists expiries (key text primary key, until integer not null) without rowid;
create index if not exists expiries_in_order on expiries (until);`

// openFile opens praline.db in a folder, and makes both if nothing was ever
// kept there. Everything about the folder that could lose what stands in it
// is refused first (folder.go).
func openFile(path string, now func() time.Time, log *slog.Logger) (driver, error) {
	held, err := openFolder(path)
	if err != nil {
		return nil, err
	}
	f := &file{folder: held, readers: make(chan *reader, readers), closed: make(chan struct{})}
	if err := f.open(now); err != nil {
		return nil, errors.Join(held.mend(err), f.release())
	}
	if held.fresh {
		log.Info("nothing was kept here before: a new store begins", "file", held.db)
	}
	return f, nil
}

func (f *file) open(now func() time.Time) error {
	if !f.folder.fresh {
		if err := quickCheck(f.folder.db); err != nil {
			return err
		}
	}
	// SQLite gives the files beside it the rights of this one: what people
	// learn is for nobody else on this machine.
	db, err := os.OpenFile(f.folder.db, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if err := db.Close(); err != nil {
		return err
	}
	// secure_delete: what is erased is overwritten in the file.
	f.db, err = sql.Open("sqlite", dsn(f.folder.db, "_txlock=immediate", "_pragma=busy_timeout(1000)",
		"_pragma=journal_mode(wal)", "_pragma=synchronous(full)", "_pragma=secure_delete(on)",
		"_pragma=journal_size_limit(67108864)", "_pragma=cache_size(-16000)"))
	if err != nil {
		return err
	}
	ctx := context.Background()
	if _, err = f.db.ExecContext(ctx, schemaSQL); err != nil {
		return err
	}
	if f.writer, err = newWriter(f.db, f.folder, now); err != nil {
		return err
	}
	for range readers {
		r, err := newReader(f.db, now)
		if err != nil {
			return err
		}
		f.readers <- r
	}
	if err := f.folder.begin(); err != nil {
		return err
	}
	go f.writer.run(f.closed)
	return nil
}

// dsn is a file as modernc.org/sqlite wants it named: any path, with spaces
// and question marks.
func dsn(path string, options ...string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/…
	}
	return (&url.URL{Scheme: "file", Path: path, RawQuery: strings.Join(options, "&")}).String()
}

// quickCheck reads the whole file, and changes nothing in it or beside it.
func quickCheck(path string) error {
	db, err := sql.Open("sqlite", dsn(path, "mode=ro", "_pragma=busy_timeout(1000)"))
	if err != nil {
		return err
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRow("pragma quick_check(1)").Scan(&verdict); err != nil {
		return err
	}
	if verdict != "ok" {
		return fmt.Errorf("%w: %s", errDamaged, verdict)
	}
	return nil
}

var errClosed = errors.New("the store is closed")

// close lets what is in hand finish, and puts everything into the one .db.
func (f *file) close() error {
	f.once.Do(func() { f.ended = f.end() })
	return f.ended
}

func (f *file) end() error {
	close(f.closed)
	<-f.writer.ended
	for range readers {
		(<-f.readers).close()
	}
	var busy, pages, moved int
	err := f.writer.conn.QueryRowContext(context.Background(), "pragma wal_checkpoint(truncate)").Scan(&busy, &pages, &moved)
	if err == nil && busy != 0 {
		err = errors.New("somebody else reads it")
	}
	if err != nil {
		err = fmt.Errorf("store: %s could not be put into one file, keep %s-wal beside it: %w", f.folder.db, filepath.Base(f.folder.db), err)
	} else {
		err = f.folder.end()
	}
	return errors.Join(err, f.release())
}

// release closes whatever is open.
func (f *file) release() error {
	var errs []error
	if f.writer != nil {
		errs = append(errs, f.writer.close())
	}
	for len(f.readers) > 0 {
		(<-f.readers).close()
	}
	if f.db != nil {
		errs = append(errs, f.db.Close())
	}
	return errors.Join(append(errs, f.folder.unlock())...)
}

// durable: every commit is synced; only a disk that lies loses one.
func (f *file) durable(context.Context) (string, error) { return "", nil }
