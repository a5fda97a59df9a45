package jobs

import (
	"slices"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
)

// Turns at a job whose needs are out of reach.
const (
	attempts  = 10              // as many turns without progress, then the job has failed
	firstRest = 5 * time.Second // doubled each time, and varied by half
	longRest  = 5 * time.Minute
)

// rests keeps kinds of jobs from being taken for a while after one of them was put
// back because something was out of reach. It counts in memory: another process
// makes its own attempts.
type rests struct {
	wake func() // is called when a rest is over

	mu    sync.Mutex
	kinds map[string]int // kind to the number of its rests that go on
	jobs  map[jobKey]*attempt
}

type jobKey struct{ guild, id string }

// attempt is what is remembered of a job's failed turns.
type attempt struct {
	cursor string // where the job stood
	n      int    // turns that ended there
	pauses *backoff.ExponentialBackOff
}

func newRests(wake func()) *rests {
	return &rests{wake: wake, kinds: map[string]int{}, jobs: map[jobKey]*attempt{}}
}

// add lets a job's kind rest, and reports whether the job should be given up instead.
func (r *rests) add(j Job) (giveUp bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := jobKey{j.Guild, j.ID}
	a := r.jobs[key]
	if a == nil || a.cursor != j.Cursor {
		a = &attempt{cursor: j.Cursor, pauses: &backoff.ExponentialBackOff{
			InitialInterval: firstRest, MaxInterval: longRest, Multiplier: 2, RandomizationFactor: 0.5,
		}}
		r.jobs[key] = a
	}
	if a.n++; a.n >= attempts {
		delete(r.jobs, key)
		return true
	}
	r.kinds[j.Kind]++
	time.AfterFunc(a.pauses.NextBackOff(), func() { r.end(j.Kind) })
	return false
}

// end ends one rest of a kind.
func (r *rests) end(kind string) {
	r.mu.Lock()
	if r.kinds[kind]--; r.kinds[kind] == 0 {
		delete(r.kinds, kind)
	}
	r.mu.Unlock()
	r.wake()
}

// forget drops what is remembered of a job.
func (r *rests) forget(j Job) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.jobs, jobKey{j.Guild, j.ID})
}

// without returns those kinds that do not rest.
func (r *rests) without(kinds []string) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(kinds), func(kind string) bool { return r.kinds[kind] > 0 })
}
