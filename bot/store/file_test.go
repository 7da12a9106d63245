package store_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"praline/bot/learner"
	"praline/bot/store"
	"praline/bot/store/storetest"
)

// refused opens a folder that must not be opened, and checks what is said.
func refused(t *testing.T, folder string, want ...string) {
	t.Helper()
	s, err := store.Open(t.Context(), store.Options{Folder: folder, Secret: storetest.Secret})
	if err == nil {
		t.Errorf("it was opened: %v", s.Close())
		return
	}
	for _, want := range append(want, folder) {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("it is refused with %q, which does not say %q", err, want)
		}
	}
}

func openFolder(t *testing.T, folder string) *store.Store {
	t.Helper()
	return storetest.Open(t, store.Options{Folder: folder, Secret: storetest.Secret})
}

// fillFolder keeps some learners in a folder, and closes it.
func fillFolder(t *testing.T, folder string, learners int) {
	t.Helper()
	s := openFolder(t, folder)
	commit(t, s, many(learners)...)
	must(t, s.Close())
}

func many(learners int) (changes []learner.Change) {
	for i := range learners {
		changes = append(changes, learner.Change{Learner: busyLearner(nth(i), 20), Say: []learner.Said{message("m", "Bonjour.")}})
	}
	return changes
}

// sums is what the files of a folder hold.
func sums(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	must(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, "-shm") || strings.HasSuffix(path, ".lock") {
			return err
		}
		content, err := os.ReadFile(path)
		if strings.HasSuffix(path, "-wal") && len(content) == 0 {
			return err // reading makes one
		}
		fmt.Fprintf(&all, "%s %x\n", entry.Name(), sha256.Sum256(content))
		return err
	}))
	return all.String()
}

func copyFiles(t *testing.T, from, to string, names ...string) {
	t.Helper()
	for _, name := range names {
		content, err := os.ReadFile(filepath.Join(from, name))
		must(t, err, os.WriteFile(filepath.Join(to, name), content, 0o600))
	}
}

func halve(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	must(t, err, os.Truncate(path, info.Size()/2))
}

func TestADamagedFolderIsRefusedAndLeftAsItIs(t *testing.T) {
	for _, row := range []struct {
		label  string
		damage func(t *testing.T, folder, db string)
		want   []string
	}{
		{"cut short", func(t *testing.T, _, db string) { halve(t, db) }, []string{"damaged or was cut short", "restore it from a backup"}},
		{"cut to a little", func(t *testing.T, _, db string) { must(t, os.Truncate(db, 700)) }, []string{"restore it from a backup"}},
		{"empty", func(t *testing.T, _, db string) { must(t, os.Truncate(db, 0)) }, []string{"is gone or empty", "restore it from a backup", "praline.kept"}},
		{"gone", func(t *testing.T, _, db string) { must(t, os.Remove(db)) }, []string{"is gone or empty", "restore it from a backup", "praline.kept"}},
		{"not a database", func(t *testing.T, _, db string) {
			must(t, os.WriteFile(db, []byte(strings.Repeat("Cher journal. ", 1000)), 0o600))
		}, []string{"is not a database", "restore it from a backup"}},
		{"a page overwritten", func(t *testing.T, _, db string) {
			file, err := os.OpenFile(db, os.O_WRONLY, 0)
			must(t, err)
			_, err = file.WriteAt([]byte(strings.Repeat("?", 8000)), 8192)
			must(t, err, file.Close())
		}, []string{"damaged or was cut short"}},
	} {
		t.Run(row.label, func(t *testing.T) {
			folder := t.TempDir()
			fillFolder(t, folder, 300)
			row.damage(t, folder, filepath.Join(folder, "praline.db"))
			before := sums(t, folder)
			refused(t, folder, row.want...)
			if after := sums(t, folder); after != before {
				t.Errorf("before it was opened:\n%safter:\n%s", before, after)
			}
		})
	}
}

func TestAFileCutShortBesideItsLogIsRefused(t *testing.T) {
	folder, copied := t.TempDir(), t.TempDir()
	fillFolder(t, folder, 300)
	s := openFolder(t, folder)
	for i := range 300 { // as after a crash: some stand in the -wal alone
		commit(t, s, learner.Change{Learner: someone(nth(i), 1)})
	}
	copyFiles(t, folder, copied, "praline.db", "praline.db-wal", "praline.kept")
	must(t, s.Close())
	halve(t, filepath.Join(copied, "praline.db"))
	before := sums(t, copied)
	refused(t, copied, "damaged or was cut short")
	if after := sums(t, copied); after != before {
		t.Errorf("before it was opened:\n%safter:\n%s", before, after)
	}
}

func TestALogThatIsGoneIsNoticed(t *testing.T) {
	folder, copied := t.TempDir(), t.TempDir()
	s := openFolder(t, folder)
	commit(t, s, many(20)...)
	copyFiles(t, folder, copied, "praline.db", "praline.kept")
	must(t, s.Close())
	refused(t, copied, "praline.db-wal is missing", "restore a backup", "praline.kept")
	must(t, os.Remove(filepath.Join(copied, "praline.kept")))
	openFolder(t, copied) // as the message says: with what the file holds
}

func TestBeginningAnewIsPossibleAsTheMessageSays(t *testing.T) {
	folder := t.TempDir()
	fillFolder(t, folder, 3)
	must(t, os.Remove(filepath.Join(folder, "praline.db")), os.Remove(filepath.Join(folder, "praline.kept")))
	if got := load(t, openFolder(t, folder), nth(0)).Learner.Version; got != 0 {
		t.Errorf("a new store holds version %d", got)
	}
}

func TestAClosedStoreIsOneFile(t *testing.T) {
	folder, copied := t.TempDir(), t.TempDir()
	fillFolder(t, folder, 50)
	for _, name := range []string{"praline.db-wal", "praline.db-shm"} {
		if info, err := os.Stat(filepath.Join(folder, name)); err == nil && info.Size() > 0 {
			t.Errorf("%s holds %d bytes", name, info.Size())
		}
	}
	copyFiles(t, folder, copied, "praline.db") // a backup of the file alone
	s := openFolder(t, copied)
	for i := range 50 {
		if got := load(t, s, nth(i)).Learner.Version; got != 1 {
			t.Errorf("learner %d stands at version %d in the copy", i, got)
		}
	}
}

func TestFoldersThatCannotBe(t *testing.T) {
	base := t.TempDir()
	must(t, os.WriteFile(filepath.Join(base, "file"), nil, 0o600))
	refused(t, filepath.Join(base, "file"), "is no folder", "--data")
	refused(t, filepath.Join(base, "file", "below"), "is no folder", "--data")
	strange := filepath.Join(base, "made", "with spaces, é, 100% ? and #")
	fillFolder(t, strange, 1)
	if _, err := os.Stat(filepath.Join(strange, "praline.db")); err != nil {
		t.Error(err)
	}
}

func TestAFileThatIsTakenAwayIsNotWrittenTo(t *testing.T) {
	folder := t.TempDir()
	s := openFolder(t, folder)
	commit(t, s, many(3)...)
	db := filepath.Join(folder, "praline.db")
	must(t, os.Rename(db, db+".away"))
	if err := s.Commit(t.Context(), noon, learner.Change{Learner: someone("odette", 0)})[0]; err == nil || !strings.Contains(err.Error(), "is gone") {
		t.Errorf("a commit to a file that is gone: %v", err)
	}
	if err := s.Ready(t.Context()); err == nil {
		t.Error("ready without a file")
	}
	must(t, os.WriteFile(db, []byte("another"), 0o600))
	if err := s.Ready(t.Context()); err == nil || !strings.Contains(err.Error(), "was replaced") {
		t.Errorf("ready with another file: %v", err)
	}
	must(t, os.Rename(db+".away", db), s.Ready(t.Context())) // back: it goes on
}

// childFolder, when it is set, makes this test binary a process that commits
// to the folder until it is killed, and prints each version that stands.
const childFolder = "PRALINE_TEST_CHILD_FOLDER"

func TestMain(m *testing.M) {
	if folder := os.Getenv(childFolder); folder != "" {
		commitForEver(folder)
	}
	os.Exit(m.Run())
}

func commitForEver(folder string) {
	s, err := store.Open(context.Background(), store.Options{Folder: folder, Secret: storetest.Secret})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	records, err := s.Load(context.Background(), "odette")
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	for version := records[0].Learner.Version; ; version++ {
		l := busyLearner("odette", 1+int(version%60))
		l.Version = version
		err := s.Commit(context.Background(), noon, learner.Change{
			Learner: l, Say: []learner.Said{message("m", "x")}, Answers: []learner.Answer{{At: noon}},
		})[0]
		if err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		fmt.Println(version + 1)
	}
}

func TestKilledAndSecondProcess(t *testing.T) {
	folder := t.TempDir()
	for round := range 8 {
		child := exec.Command(os.Args[0])
		child.Env = append(os.Environ(), childFolder+"="+folder)
		out, err := child.StdoutPipe()
		must(t, err, child.Start())
		lines, last := bufio.NewScanner(out), uint64(0)
		stop := 1 + rand.IntN(200)
		for n := 0; lines.Scan(); n++ {
			if last, err = strconv.ParseUint(lines.Text(), 10, 64); err != nil {
				t.Fatalf("the child says %s", lines.Text())
			}
			if n == 0 && round == 0 {
				refused(t, folder, "another Praline already uses the data folder", "--data")
			}
			if n == stop {
				must(t, child.Process.Kill())
			}
		}
		_ = child.Wait() // "signal: killed"
		s := openFolder(t, folder)
		got := load(t, s, "odette")
		log, err := s.Log(t.Context(), "odette")
		must(t, err)
		// One more than was heard of may stand; never one less.
		if v := got.Learner.Version; v < last || v > last+1 || uint64(len(log)) != v {
			t.Fatalf("killed after version %d was acknowledged: version %d, %d answers", last, v, len(log))
		}
		must(t, s.Close())
	}
}
