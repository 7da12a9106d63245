package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// asPraline makes this test binary be praline, for tests that need a process
// of the real program.
const asPraline = "PRALINE_TEST_AS_PRALINE"

func TestMain(m *testing.M) {
	if os.Getenv(asPraline) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"praline": main})
}

// TestScripts runs the commands as one types them: testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("LANG", "en_GB.UTF-8")
			return nil
		},
	})
}
