package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// writer is the one goroutine that writes. While it waits for the disk others
// queue; it takes all of them into its next transaction, so that a sync is
// shared by as many as came meanwhile.
type writer struct {
	conn   *sql.Conn
	folder *folder
	now    func() time.Time
	jobs   chan *job
	ended  chan struct{}
	stmts  map[string]*sql.Stmt
}

// job is something to do in a transaction. It may be done again, after a
// rollback: it begins its results anew.
type job struct {
	ctx  context.Context
	do   func(*writer) error
	done chan error
}

// together is how many jobs share a transaction at most: the first one waits
// for the last.
const together = 256

func newWriter(db *sql.DB, folder *folder, now func() time.Time) (*writer, error) {
	conn, err := db.Conn(context.Background())
	if err != nil {
		return nil, err
	}
	return &writer{
		conn: conn, folder: folder, now: now,
		jobs: make(chan *job), ended: make(chan struct{}), stmts: make(map[string]*sql.Stmt),
	}, nil
}

func (w *writer) close() error {
	for _, stmt := range w.stmts {
		_ = stmt.Close()
	}
	return w.conn.Close()
}

// run does jobs until closed is.
func (w *writer) run(closed <-chan struct{}) {
	defer close(w.ended)
	for {
		select {
		case <-closed:
			return
		case first := <-w.jobs:
			w.commit(w.gather(first))
		}
	}
}

// gather takes whoever waits.
func (w *writer) gather(first *job) []*job {
	jobs := []*job{first}
	for len(jobs) < together {
		select {
		case next := <-w.jobs:
			jobs = append(jobs, next)
		default:
			return jobs
		}
	}
	return jobs
}

// commit does jobs in one transaction. If that fails each is tried alone, so
// that nobody pays for another's trouble.
func (w *writer) commit(jobs []*job) {
	err := w.transaction(jobs)
	if err != nil && len(jobs) > 1 {
		for _, j := range jobs {
			j.done <- w.transaction([]*job{j})
		}
		return
	}
	for _, j := range jobs {
		j.done <- err
	}
}

func (w *writer) transaction(jobs []*job) error {
	if err := w.folder.stands(); err != nil {
		return err
	}
	if err := w.exec("begin immediate"); err != nil {
		return err
	}
	err := w.sweep()
	for _, j := range jobs {
		if err == nil && j.ctx.Err() == nil { // else nobody waits for it any more
			err = j.do(w)
		}
	}
	if err == nil {
		err = w.exec("commit")
	}
	if err != nil {
		_ = w.exec("rollback") // SQLite may have done so itself
	}
	return err
}

// exec runs a statement that was prepared once.
func (w *writer) exec(query string, args ...any) error {
	stmt, err := w.stmt(query)
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(context.Background(), args...)
	return err
}

func (w *writer) stmt(query string) (*sql.Stmt, error) {
	if stmt := w.stmts[query]; stmt != nil {
		return stmt, nil
	}
	stmt, err := w.conn.PrepareContext(context.Background(), query)
	if err == nil {
		w.stmts[query] = stmt
	}
	return stmt, err
}

// one scans a query's first row into what it points to; false if there is none.
func (w *writer) one(into any, query string, args ...any) (bool, error) {
	stmt, err := w.stmt(query)
	if err != nil {
		return false, err
	}
	err = stmt.QueryRowContext(context.Background(), args...).Scan(into)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// sweep removes what has expired, so that no change meets it.
func (w *writer) sweep() error {
	now := w.now().UnixMilli()
	for {
		var key string
		if ok, err := w.one(&key, "select key from expiries where until <= ? order by until limit 1", now); err != nil || !ok {
			return err
		}
		if err := w.drop(key); err != nil {
			return err
		}
	}
}

func (w *writer) drop(key string) error {
	for _, query := range []string{
		"delete from texts where key = ?", "delete from fields where key = ?", "delete from lines where key = ?",
		"delete from scores where key = ?", "delete from expiries where key = ?",
	} {
		if err := w.exec(query, key); err != nil {
			return err
		}
	}
	return nil
}

// submit waits until a job's transaction stands, or why it does not.
func (f *file) submit(ctx context.Context, do func(*writer) error) error {
	j := &job{ctx, do, make(chan error, 1)}
	select {
	case f.writer.jobs <- j:
	case <-f.closed:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-j.done:
		if err == nil {
			err = ctx.Err() // it may have been left out
		}
		return f.folder.mend(err)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (f *file) write(ctx context.Context, changes ...change) []error {
	if len(changes) == 0 {
		return nil
	}
	stale := make([]bool, len(changes)) // the writer's alone until submit says nil
	err := f.submit(ctx, func(w *writer) error {
		for i, c := range changes {
			holds, err := w.allHold(c)
			if err != nil {
				return err
			}
			if stale[i] = !holds; holds {
				if err := w.apply(c); err != nil {
					return err
				}
			}
		}
		return nil
	})
	errs := make([]error, len(changes))
	for i := range errs {
		switch {
		case err != nil:
			errs[i] = err
		case stale[i]:
			errs[i] = errStale
		}
	}
	return errs
}

// allHold says whether every guard of a change holds.
func (w *writer) allHold(c change) (bool, error) {
	holds, err := w.holds(c.guard)
	for _, g := range c.also {
		if !holds || err != nil {
			break
		}
		holds, err = w.holds(g)
	}
	return holds, err
}

func (w *writer) holds(g guard) (bool, error) {
	if g.word == anything {
		return true, nil
	}
	head, there, err := w.head(g.key)
	if g.field != "" {
		there, err = w.one(&head, fmt.Sprintf("select substr(value, 1, %d) from fields where key = ? and field = ?", headBytes), g.key, g.field)
	}
	if err != nil {
		return false, err
	}
	switch g.word {
	case "":
		return !there, nil
	case something:
		return there, nil
	}
	if end := bytes.IndexAny(head, " \n"); end >= 0 {
		head = head[:end]
	}
	return there && string(head) == g.word, nil
}

// headBytes is enough for the first line of any text.
const headBytes = 128

func (w *writer) head(key string) (head []byte, there bool, err error) {
	there, err = w.one(&head, fmt.Sprintf("select substr(value, 1, %d) from texts where key = ?", headBytes), key)
	return head, there, err
}

// apply does all of a change, whose guard holds.
func (w *writer) apply(c change) error {
	if c.hint != nil {
		if err := w.exec(setScore, dueKey, c.hint.member, c.hint.score); err != nil {
			return err
		}
	}
	for _, o := range c.ops {
		if err := w.operate(o); err != nil {
			return fmt.Errorf("%s: %w", o.key, err)
		}
	}
	if c.counted == "" {
		return nil
	}
	var left int
	if _, err := w.one(&left, "select count(*) from fields where key = ?", c.counted); err != nil {
		return err
	}
	head, _, err := w.head(c.guard.key)
	if err != nil {
		return err
	}
	if s, ok := c.then(head, left); ok {
		return w.swap(dueKey, s)
	}
	return nil
}

const setScore = "insert into scores (key, member, score) values (?, ?, ?) on conflict do update set score = excluded.score"

func (w *writer) operate(o op) error {
	value := o.value
	if value == nil {
		value = []byte{} // nil would be NULL
	}
	switch o.verb {
	case setText:
		if err := w.exec("delete from expiries where key = ?", o.key); err != nil {
			return err
		}
		return w.exec("insert into texts (key, value) values (?, ?) on conflict do update set value = excluded.value", o.key, value)
	case setField:
		return w.exec("insert into fields (key, field, value) values (?, ?, ?) on conflict do update set value = excluded.value", o.key, o.field, value)
	case cutField:
		return w.exec("delete from fields where key = ? and field = ?", o.key, o.field)
	case extend:
		var before []byte
		if _, err := w.one(&before, "select value from texts where key = ?", o.key); err != nil {
			return err
		}
		return w.exec("insert into texts (key, value) values (?, ?) on conflict do update set value = excluded.value", o.key, append(before, value...))
	case push:
		return w.exec("insert into lines (key, number, value) select ?1, 1 + coalesce(max(number), 0), ?2 from lines where key = ?1", o.key, value)
	case last:
		return w.exec("delete from lines where key = ?1 and number <= (select max(number) from lines where key = ?1) - cast(?2 as integer)", o.key, o.field)
	case drop:
		return w.drop(o.key)
	case expire:
		return w.exec("insert into expiries (key, until) values (?, ?) on conflict do update set until = excluded.until", o.key, o.until.UnixMilli())
	}
	return fmt.Errorf("no such operation: %d", o.verb)
}

func (f *file) raise(ctx context.Context, set string, upTo int64, limit int, to int64) ([]string, error) {
	var raised []string
	err := f.submit(ctx, func(w *writer) error {
		raised = nil
		stmt, err := w.stmt("select member from scores where key = ? and score <= ? order by score limit ?")
		if err != nil {
			return err
		}
		var members []string
		if err := each(stmt, func(rows *sql.Rows) error {
			var member string
			err := rows.Scan(&member)
			members = append(members, member)
			return err
		}, set, upTo, limit); err != nil {
			return err
		}
		for _, member := range members {
			if err := w.exec("update scores set score = ? where key = ? and member = ?", to, set, member); err != nil {
				return err
			}
		}
		raised = members
		return nil
	})
	if err != nil {
		return nil, err
	}
	return raised, nil
}

func (f *file) swap(ctx context.Context, set string, swaps ...swap) error {
	if len(swaps) == 0 {
		return nil
	}
	return f.submit(ctx, func(w *writer) error { return w.swap(set, swaps...) })
}

func (w *writer) swap(set string, swaps ...swap) error {
	for _, s := range swaps {
		var err error
		switch {
		case s.always && s.to == 0:
			err = w.exec("delete from scores where key = ? and member = ?", set, s.member)
		case s.always:
			err = w.exec(setScore, set, s.member, s.to)
		case s.to == 0:
			err = w.exec("delete from scores where key = ? and member = ? and score = ?", set, s.member, s.from)
		default:
			err = w.exec("update scores set score = ? where key = ? and member = ? and score = ?", s.to, set, s.member, s.from)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
