package main

import (
	"fmt"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"verbatim/internal/store/storetest"
)

func TestMain(m *testing.M) {
	switch {
	case os.Getenv(asProgram) != "":
		main()
	case os.Getenv(asPublisher) != "":
		publishForEver()
	}
	testscript.Main(withDatabases{m}, map[string]func(){"verbatim": main})
}

// withDatabases runs the tests, and ends the database server that one may start.
type withDatabases struct{ m *testing.M }

// Run implements testscript.TestingM.
func (w withDatabases) Run() int { return storetest.Run(w.m) }

// TestScripts runs the command line contract; -testsum shows nothing that a
// script would not see.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Condition: func(name string) (bool, error) {
			if name != "race" {
				return false, fmt.Errorf("there is no condition %s", name)
			}
			return raceDetector, nil
		},
		Setup: func(env *testscript.Env) error {
			env.Setenv("DISCORD_TOKEN", "")
			env.Setenv("TERM", "dumb")
			env.Setenv("GORACE", os.Getenv("GORACE"))
			return nil
		},
	})
}
