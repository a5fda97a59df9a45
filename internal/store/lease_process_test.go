package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

const (
	shardLease = "shard/0"
	shortTTL   = 300 * time.Millisecond
)

// raceVariable is the file that only the holder of the lease makes.
const raceVariable = "VERBATIM_STORE_TEST_FILE"

// raceAct takes a lease again and again, and fails when somebody else has it too.
func raceAct(ctx context.Context, url string) error {
	s, err := store.Open(ctx, store.Config{URL: url, Now: time.Now})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	for range 25 {
		l, err := takeWhenFree(ctx, s)
		if err != nil {
			return err
		}
		inside, err := os.OpenFile(os.Getenv(raceVariable), os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return fmt.Errorf("two hold the lease at epoch %d: %w", l.Epoch, err)
		}
		if err := errors.Join(inside.Close(), os.Remove(inside.Name()), s.Release(ctx, l)); err != nil {
			return err
		}
		fmt.Println(l.Epoch)
	}
	return s.Close()
}

// takeWhenFree takes the lease as soon as nobody has it.
func takeWhenFree(ctx context.Context, s *store.Store) (lease.Lease, error) {
	for {
		l, err := s.Acquire(ctx, shardLease, strconv.Itoa(os.Getpid()), time.Hour)
		if !errors.Is(err, article.ErrConflict) {
			return l, err
		}
		select {
		case <-ctx.Done():
			return l, ctx.Err()
		case <-time.After(time.Millisecond):
		}
	}
}

// TestProcessesRace lets two processes race for one lease: never do both have it,
// and no epoch is given out twice.
func TestProcessesRace(t *testing.T) {
	for engine, url := range engines() {
		t.Run(engine, func(t *testing.T) {
			url, file := url(t), t.TempDir()+"/inside"
			open(t, url)
			epochs := make([][]string, 2)
			var all sync.WaitGroup
			for i := range epochs {
				all.Go(func() {
					cmd := child(t, "race", url, raceVariable+"="+file)
					cmd.Stderr = os.Stderr
					out, err := cmd.Output()
					if err != nil {
						t.Error(err)
					}
					epochs[i] = strings.Fields(string(out))
				})
			}
			all.Wait()
			seen := make(map[string]bool)
			for _, epoch := range append(epochs[0], epochs[1]...) {
				if seen[epoch] {
					t.Errorf("epoch %s was given out twice", epoch)
				}
				seen[epoch] = true
			}
			if len(seen) != 50 {
				t.Errorf("%d epochs, want 50", len(seen))
			}
		})
	}
}

// postAct holds a lease, and posts an answer under it for each line it is given. It
// says what became of each.
func postAct(ctx context.Context, url string) error {
	s, err := store.Open(ctx, store.Config{URL: url, Now: time.Now})
	if err != nil {
		return err
	}
	l, err := s.Acquire(ctx, shardLease, "child", shortTTL)
	if err != nil {
		return err
	}
	lines := bufio.NewScanner(os.Stdin)
	for fmt.Println("held"); lines.Scan(); {
		renewed, renewal := s.Renew(ctx, l, shortTTL) // late or not, the write is tried
		if renewal == nil {
			l = renewed
		}
		err := s.Post(ctx, "guild", library.Posted{ID: lines.Text(), Question: lines.Text()}, l)
		switch {
		case err == nil:
			fmt.Println("posted", lines.Text())
		case is(err, article.ErrConflict, article.ErrUnavailable):
			fmt.Println("refused", lines.Text())
		default:
			return err
		}
	}
	return errors.Join(lines.Err(), s.Close())
}
