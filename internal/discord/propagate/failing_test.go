package propagate_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

func broken() error { return &api.Error{Status: http.StatusInternalServerError} }

// six posts six answers and changes their article.
func six(t *testing.T) (r *rig, ids []string) {
	t.Helper()
	r = furnish(t, library.PropagateMark)
	first := r.tea(safe)
	r.shelves.publish(first)
	for range 6 {
		ids = append(ids, r.post(first, safe, nil))
	}
	r.shelves.publish(r.tea(less))
	return r, ids
}

// TestOneBadMessage does not keep the others from being brought in line.
func TestOneBadMessage(t *testing.T) {
	t.Parallel()
	r, ids := six(t)
	bad := r.record(ids[2]).Message
	tried := 0
	p := r.propagator()
	p.Messages = around{Messages: p.Messages, before: func(message string) error {
		if message != bad {
			return nil
		}
		tried++
		return broken()
	}}
	r.enqueue(r.article())
	if j := r.turn(t.Context(), p); j.State != jobs.Done || j.Note != "6 answers looked at, 5 changed, 1 out of reach." {
		t.Errorf("job = %+v", j)
	}
	if tried != 3 {
		t.Errorf("it was tried %d times", tried)
	}
	r.says(ids[5], changed)
}

// TestDiscordFails at everything: the job is put back to before the first message, and
// ends when Discord is well again, or fails at each message for long.
func TestDiscordFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  error
		only string // the answer that it concerns, "" for all
		well int    // the turn in which it is well again, 0 for none
		want string
		turn int
	}{
		"for a while":           {broken(), "", 3, "6 answers looked at, 6 changed.", 3},
		"for good":              {broken(), "", 0, "6 answers looked at, 0 changed, 6 out of reach.", 6},
		"at the last for long":  {broken(), "answer-5", 0, "6 answers looked at, 5 changed, 1 out of reach.", 6},
		"at the last once":      {broken(), "answer-5", 2, "6 answers looked at, 6 changed.", 2},
		"in another way":        {&api.Error{Status: http.StatusBadGateway}, "", 9, "6 answers looked at, 6 changed.", 9},
		"by not being there":    {fmt.Errorf("%w: no route to host", article.ErrUnavailable), "", 12, "6 answers looked at, 6 changed.", 12},
		"by refusing, not more": {&api.Error{Status: http.StatusForbidden}, "", 0, "6 answers looked at, 0 changed, 6 out of reach.", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, _ := six(t)
			r.enqueue(r.article())
			only := ""
			if c.only != "" {
				only = r.record(c.only).Message
			}
			for turn := 1; ; turn++ {
				p := r.propagator()
				p.Messages = around{Messages: p.Messages, before: func(message string) error {
					if turn == c.well || only != "" && message != only {
						return nil
					}
					return c.err
				}}
				j := r.turn(t.Context(), p)
				if j.State.Alive() && turn < 20 {
					continue
				}
				if j.State != jobs.Done || j.Note != c.want || turn != c.turn {
					t.Errorf("after %d turns, job = %+v", turn, j)
				}
				return
			}
		})
	}
}

// TestFailureIsTold: a job that ends for good before its work is done says so.
func TestFailureIsTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fail  func() error
		state jobs.State
		said  bool
	}{
		"for good":     {func() error { return fmt.Errorf("%w: a column", article.ErrInvalid) }, jobs.Failed, true},
		"by a panic":   {func() error { panic("index out of range") }, jobs.Failed, true},
		"for a moment": {func() error { return article.ErrUnavailable }, jobs.Queued, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, _ := six(t)
			p := r.propagator()
			p.Ledger = faulty{r.ledger, c.fail}
			r.enqueue(r.article())
			if j := r.turn(t.Context(), p); j.State != c.state {
				t.Errorf("job = %+v", j)
			}
			if said := len(r.said) == 1 && strings.Contains(r.said[0], "could not all be brought in line"); said != c.said {
				t.Errorf("said %q", r.said)
			}
		})
	}
}
