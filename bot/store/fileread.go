package store

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"time"
)

// reader is one connection that reads, with its statements.
type reader struct {
	conn  *sql.Conn
	now   func() time.Time
	stmts []*sql.Stmt

	text, hash, field, list, count, keys, scores *sql.Stmt
}

// here leaves out what has expired and was not swept yet.
const here = ` and not exists (select 1 from expiries e where e.key = t.key and e.until <= ?)`

// allKeys are the keys from one on, in order.
const allKeys = `select key from (select key from texts union select key from fields union select key from lines union select key from scores) t
where key >= ?` + here + ` order by key limit 500`

func newReader(db *sql.DB, now func() time.Time) (*reader, error) {
	ctx := context.Background()
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	r := &reader{conn: conn, now: now}
	for _, s := range []struct {
		stmt **sql.Stmt
		sql  string
	}{
		{&r.text, "select value from texts t where key = ?" + here},
		{&r.hash, "select field, value from fields t where key = ?" + here},
		{&r.field, "select field, value from fields t where key = ?" + here + " and field = ?"},
		{&r.list, "select value from lines t where key = ?" + here + " order by number"},
		{&r.scores, "select member from scores t where key = ?" + here + " order by member"},
		{&r.count, "select count(*) from scores where key = ? and score <= ?"},
		{&r.keys, allKeys},
	} {
		if *s.stmt, err = conn.PrepareContext(ctx, s.sql); err != nil {
			r.close()
			return nil, err
		}
		r.stmts = append(r.stmts, *s.stmt)
	}
	if _, err := conn.ExecContext(ctx, "pragma query_only(true)"); err != nil {
		r.close()
		return nil, err
	}
	return r, nil
}

func (r *reader) close() {
	for _, stmt := range r.stmts {
		_ = stmt.Close() // nothing was written here
	}
	_ = r.conn.Close()
}

// view lets read look at one moment of the file. Its statements run without
// the caller's context: each takes microseconds, and a cancelled one would
// cost the connection.
func (f *file) view(ctx context.Context, read func(*reader) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var r *reader
	select {
	case r = <-f.readers:
	case <-f.closed:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { f.readers <- r }()
	if _, err := r.conn.ExecContext(context.Background(), "begin deferred"); err != nil {
		return f.folder.mend(err)
	}
	err := read(r)
	_, end := r.conn.ExecContext(context.Background(), "commit")
	return f.folder.mend(errors.Join(err, end))
}

func (f *file) read(ctx context.Context, asks ...ask) ([]found, error) {
	all := make([]found, len(asks))
	err := f.view(ctx, func(r *reader) error {
		now := r.now().UnixMilli()
		for i, a := range asks {
			if err := r.ask(a, now, &all[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return all, err
}

func (r *reader) ask(a ask, now int64, into *found) error {
	switch a.kind {
	case hash:
		stmt, arguments := r.hash, []any{a.key, now}
		if a.field != "" {
			stmt, arguments = r.field, append(arguments, a.field)
		}
		return each(stmt, func(rows *sql.Rows) error {
			var field string
			var value []byte
			if err := rows.Scan(&field, &value); err != nil {
				return err
			}
			if into.hash == nil {
				into.hash = make(map[string][]byte)
			}
			into.hash[field] = kept(value)
			return nil
		}, arguments...)
	case list:
		return each(r.list, func(rows *sql.Rows) error {
			var line []byte
			err := rows.Scan(&line)
			into.lines = append(into.lines, kept(line))
			return err
		}, a.key, now)
	}
	return each(r.text, func(rows *sql.Rows) error {
		err := rows.Scan(&into.text)
		into.text = kept(into.text)
		return err
	}, a.key, now)
}

// kept is a value that stands there: an empty one is scanned as nil.
func kept(value []byte) []byte {
	if value == nil {
		return []byte{}
	}
	return value
}

// each calls row for every row of a query.
func each(stmt *sql.Stmt, row func(*sql.Rows) error, args ...any) error {
	rows, err := stmt.QueryContext(context.Background(), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (f *file) count(ctx context.Context, set string, upTo int64) (n int, err error) {
	err = f.view(ctx, func(r *reader) error {
		return r.count.QueryRowContext(context.Background(), set, upTo).Scan(&n)
	})
	return n, err
}

// keys reads some keys at a time, so that no one look is long.
func (f *file) keys(ctx context.Context, prefix string, call func(key string) error) error {
	from := prefix
	for {
		var some []string
		err := f.view(ctx, func(r *reader) error {
			return each(r.keys, func(rows *sql.Rows) error {
				var key string
				err := rows.Scan(&key)
				some = append(some, key)
				return err
			}, from, r.now().UnixMilli())
		})
		if err != nil {
			return err
		}
		for _, key := range some {
			if !strings.HasPrefix(key, prefix) {
				return nil
			}
			if err := call(key); err != nil {
				return err
			}
			from = key + "\x00"
		}
		if len(some) == 0 {
			return nil
		}
	}
}

func (f *file) dump(ctx context.Context, key string) (all []byte, err error) {
	err = f.view(ctx, func(r *reader) error {
		now := r.now().UnixMilli()
		var of found
		for _, k := range []kind{text, hash, list} {
			if err := r.ask(ask{kind: k, key: key}, now, &of); err != nil {
				return err
			}
		}
		all = of.bytes()
		return each(r.scores, func(rows *sql.Rows) error {
			var member string
			err := rows.Scan(&member)
			all = append(append(all, member...), '\n')
			return err
		}, key, now)
	})
	return all, err
}
