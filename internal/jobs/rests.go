package jobs

import (
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

// manyRests is how many guilds' jobs of one kind rest before all of that kind do: what
// they need is out of reach for everybody then.
const manyRests = 20

// rests keeps the jobs of a kind and a guild from being taken for a while after one of
// them was put back because something was out of reach. It counts in memory: another
// process makes its own attempts.
type rests struct {
	wake func() // is called when a rest is over

	mu    sync.Mutex
	lanes map[Lane]int // to the number of their rests that go on
	jobs  map[jobKey]*attempt
}

type jobKey struct{ guild, id string }

// attempt is what is remembered of a job's failed turns.
type attempt struct {
	cursor string // where the job stood
	done   int64
	n      int // turns that ended there
	pauses *backoff.ExponentialBackOff
}

func newRests(wake func()) *rests {
	return &rests{wake: wake, lanes: map[Lane]int{}, jobs: map[jobKey]*attempt{}}
}

// add lets jobs like j rest, and reports whether j should be given up instead. One that
// lasts never is, and its rests grow until it has done more than before.
func (r *rests) add(j Job, lasts bool) (giveUp bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	key := jobKey{j.Guild, j.ID}
	a := r.jobs[key]
	if a == nil || !lasts && a.cursor != j.Cursor || lasts && a.done != j.Done {
		a = &attempt{cursor: j.Cursor, done: j.Done, pauses: &backoff.ExponentialBackOff{
			InitialInterval: firstRest, MaxInterval: longRest, Multiplier: 2, RandomizationFactor: 0.5,
		}}
		r.jobs[key] = a
	}
	if !lasts {
		a.n++
	}
	if a.n >= attempts {
		delete(r.jobs, key)
		return true
	}
	r.lanes[j.lane()]++
	time.AfterFunc(a.pauses.NextBackOff(), func() { r.end(j.lane()) })
	return false
}

// end ends one rest.
func (r *rests) end(l Lane) {
	r.mu.Lock()
	if r.lanes[l]--; r.lanes[l] == 0 {
		delete(r.lanes, l)
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

// of returns those kinds that do not rest as a whole, and what rests of them.
func (r *rests) of(kinds []string) (awake []string, resting []Lane) {
	r.mu.Lock()
	defer r.mu.Unlock()
	lanes := make(map[string][]Lane)
	for l := range r.lanes {
		lanes[l.Kind] = append(lanes[l.Kind], l)
	}
	for _, kind := range kinds {
		if len(lanes[kind]) < manyRests {
			awake, resting = append(awake, kind), append(resting, lanes[kind]...)
		}
	}
	return awake, resting
}
