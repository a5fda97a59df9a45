//go:build unix

package main

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// runsFor is how long a program that was asked to leave may still run.
const runsFor = 2 * time.Second

// start runs the real program with a standard input that stays open.
func start(t *testing.T, args ...string) (process *exec.Cmd, in io.Writer, out *bufio.Reader) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(cancel)
	process = exec.CommandContext(ctx, self, args...)
	process.Env = append(os.Environ(), asProgram+"=1")
	stdin, err := process.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := process.Start(); err != nil {
		t.Fatal(err)
	}
	return process, stdin, bufio.NewReader(stdout)
}

// leaves sends a signal and wants the program gone, and not as if all were well.
func leaves(t *testing.T, process *exec.Cmd, signal os.Signal) {
	t.Helper()
	sent := time.Now()
	if err := process.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
	if err := process.Wait(); err == nil {
		t.Error("exit code 0")
	}
	if took := time.Since(sent); took > runsFor {
		t.Errorf("left after %s", took)
	}
}

// TestSignalsEndReading interrupts commands that wait for their next line.
func TestSignalsEndReading(t *testing.T) {
	for name, tc := range map[string]struct {
		args []string
		line string
	}{
		"chat":  {[]string{"chat"}, "hello\n"},
		"batch": {[]string{"ask", "--json", "--batch", "-"}, `{"id":1,"question":"hello"}` + "\n"},
	} {
		for _, signal := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
			t.Run(name+" "+signal.String(), func(t *testing.T) {
				process, in, out := start(t, tc.args...)
				if _, err := io.WriteString(in, tc.line); err != nil {
					t.Fatal(err)
				}
				// An answer is there before the input ends, so the program is reading again.
				for line := ""; strings.TrimSpace(line) == ""; {
					var err error
					if line, err = out.ReadString('\n'); err != nil {
						t.Fatal(err)
					}
				}
				leaves(t, process, signal)
			})
		}
	}
}

// TestNamedPipeIsRefused would wait for a writer otherwise.
func TestNamedPipeIsRefused(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "f.md"), 0o600); err != nil {
		t.Skip(err)
	}
	process, _, _ := start(t, "articles", "list", "--articles", dir)
	if err := process.Wait(); process.ProcessState.ExitCode() != 1 {
		t.Errorf("exit: %v", err)
	}
}
