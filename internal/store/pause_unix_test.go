//go:build unix

package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/store"
)

// TestPausedProcess stops a process that holds a lease until somebody else has it:
// nothing that it writes afterwards is kept, and it is told so.
func TestPausedProcess(t *testing.T) {
	for engine, url := range engines() {
		t.Run(engine, func(t *testing.T) {
			url := url(t)
			s := open(t, url)
			cmd := child(t, "post", url)
			in, err := cmd.StdinPipe()
			must(t, err)
			out, err := cmd.StdoutPipe()
			must(t, err)
			must(t, cmd.Start())
			said := bufio.NewScanner(out)
			hear := func() string {
				if !said.Scan() {
					t.Fatalf("the process said no more: %v", errors.Join(said.Err(), cmd.Wait()))
				}
				return said.Text()
			}
			tell := func(format string, n int) {
				_, err := fmt.Fprintf(in, format+"\n", n)
				must(t, err)
			}

			if line := hear(); line != "held" {
				t.Fatalf("it said %q", line)
			}
			const many = 10
			for i := range many {
				tell("before-%d", i)
				if line := hear(); line != fmt.Sprintf("posted before-%d", i) {
					t.Fatalf("while it holds the lease it said %q", line)
				}
			}
			stop(t, cmd.Process)
			for i := range many { // it will find its work when it wakes up
				tell("after-%d", i)
			}
			taken := takenOver(t, s)
			if taken.Epoch != 2 {
				t.Errorf("taken over at epoch %d, want 2", taken.Epoch)
			}
			must(t, cmd.Process.Signal(syscall.SIGCONT))
			for i := range many {
				if line := hear(); line != fmt.Sprintf("refused after-%d", i) {
					t.Errorf("after it lost the lease it said %q", line)
				}
			}
			must(t, in.Close())
			rest, err := io.ReadAll(out)
			if err != nil || len(rest) > 0 {
				t.Errorf("it also said %q, %v", rest, err)
			}
			must(t, cmd.Wait())
			for i := range many {
				if _, err := s.PostedByID(t.Context(), "guild", fmt.Sprintf("before-%d", i)); err != nil {
					t.Errorf("an acknowledged answer is lost: %v", err)
				}
				if _, err := s.PostedByID(t.Context(), "guild", fmt.Sprintf("after-%d", i)); !errors.Is(err, article.ErrNotFound) {
					t.Errorf("an answer of one who lost the lease was kept: %v", err)
				}
			}
			live, err := s.Live(t.Context(), strings.ToUpper(shardLease))
			if err != nil || len(live) != 0 {
				t.Errorf("%v, %v", live, err)
			}
		})
	}
}

// stop stops a process and waits until it stands still, so that it is in no transaction.
func stop(t *testing.T, p *os.Process) {
	t.Helper()
	must(t, p.Signal(syscall.SIGSTOP))
	for {
		var status syscall.WaitStatus
		_, err := syscall.Wait4(p.Pid, &status, syscall.WUNTRACED, nil)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		must(t, err)
		if !status.Stopped() {
			t.Fatalf("the process ended: %v", status)
		}
		return
	}
}

// takenOver takes the lease once it ran out.
func takenOver(t *testing.T, s *store.Store) lease.Lease {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	l, err := takeWhenFree(ctx, s)
	must(t, err)
	return l
}
