package recognition

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What we sign others verify, with software that is not ours and with the whole
// contexts; and what somebody changed they refuse as we do.
func TestOthersVerifyOurBadges(t *testing.T) {
	tools, err := filepath.Abs("../../.tools")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(tools, "node_modules", "jsonld-signatures")); err != nil {
		if os.Getenv("PRALINE_REQUIRE_TOOLS") != "" {
			t.Fatal("jsonld-signatures is missing: run .ci/tools")
		}
		t.Skip("needs node and what .ci/tools fetches")
	}
	script, err := os.ReadFile("testdata/verify.mjs")
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp(tools, "badge") // node looks for packages above the script
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err := os.WriteFile(filepath.Join(folder, "verify.mjs"), script, 0o600); err != nil {
		t.Fatal(err)
	}
	credential, err := issuing().Credential(claim())
	if err != nil {
		t.Fatal(err)
	}
	for label, row := range map[string]struct {
		file []byte
		want string
	}{
		"as it was signed": {credential, "verified"},
		"changed":          {bytes.Replace(credential, []byte("1.2.0"), []byte("9.9.9"), 1), "not verified"},
	} {
		badge := filepath.Join(folder, "badge.json")
		if err := os.WriteFile(badge, row.file, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), "node", filepath.Join(folder, "verify.mjs"), badge).CombinedOutput()
		if err != nil || !strings.HasPrefix(string(out), row.want) {
			t.Errorf("%s: %v: %s", label, err, out)
		}
	}
}
