package store

import (
	"log/slog"
	"testing"
	"time"
)

// No test can cut the power: what SQLite promises then rests on these.
func TestTheWriterSyncsEveryCommit(t *testing.T) {
	opened, err := openFile(t.TempDir(), time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	defer opened.close()
	for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "secure_delete": "1"} {
		var got string
		err := opened.(*file).writer.conn.QueryRowContext(t.Context(), "pragma "+pragma).Scan(&got)
		if err != nil || got != want {
			t.Errorf("pragma %s is %s, %v; want %s", pragma, got, err, want)
		}
	}
}
