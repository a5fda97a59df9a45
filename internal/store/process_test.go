package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Children: this test binary again, doing one thing instead of the tests.
const (
	actVariable = "VERBATIM_STORE_TEST_ACT"
	urlVariable = "VERBATIM_STORE_TEST_URL"
)

// acts are what a child does, by name.
func acts() map[string]func() int {
	return map[string]func() int{
		"open": acting(openAct),
		"post": acting(postAct),
		"race": acting(raceAct),
		"read": acting(readAct),
	}
}

func acting(do func(ctx context.Context, url string) error) func() int {
	return func() int {
		if err := do(context.Background(), os.Getenv(urlVariable)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		return 0
	}
}

// child makes a process that acts on a database. It is killed with the test.
func child(t *testing.T, act, url string, more ...string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	must(t, err)
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Env = append(os.Environ(), append(more, actVariable+"="+act, urlVariable+"="+url)...)
	return cmd
}

func containsAny(text string, parts ...string) bool {
	for _, p := range parts {
		if strings.Contains(text, p) {
			return true
		}
	}
	return false
}

// is reports whether an error is of one of some classes.
func is(err error, classes ...error) bool {
	for _, class := range classes {
		if errors.Is(err, class) {
			return true
		}
	}
	return false
}
