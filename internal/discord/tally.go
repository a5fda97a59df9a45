package discord

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/memory"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

const (
	maxTallied   = 10000           // numbers that wait to be written; of more, no new ones are taken
	tallyLimit   = 5 * time.Second // how long writing one number may take
	tallyGoodbye = time.Second     // and all that are left, at the end
)

// tallied names a number.
type tallied struct {
	guild string
	day   article.Date
	name  string
}

// tally counts what happens in each guild on each day, in memory, and has it written now
// and then. It is safe for concurrent use. Nothing waits for it.
type tally struct {
	port  Counters // nil for none: nothing is counted
	every time.Duration
	now   func() time.Time
	log   *slog.Logger

	writing chan struct{} // holds one while numbers are being written

	mu      sync.Mutex
	waiting map[tallied]int64
	lost    int                  // numbers that found no room since the last time that was told
	votes   *memory.Votes[voted] // of the members' last verdicts
}

// voted is a verdict that was counted, and where.
type voted struct {
	day     article.Date
	verdict library.Verdict
}

func newTally(port Counters, every time.Duration, now func() time.Time, log *slog.Logger) *tally {
	return &tally{
		port: port, every: every, now: now, log: log, writing: make(chan struct{}, 1),
		waiting: make(map[tallied]int64), votes: memory.NewVotes[voted](remembered),
	}
}

// answered counts an answer that was sent.
func (t *tally) answered(guild string, a answer.Answer) {
	day := t.today()
	for _, name := range bench.Counted(a) {
		t.add(tallied{guild, day, name}, 1)
	}
}

// voted counts a verdict of a member, and each member's last one only, as long as that
// is remembered.
func (t *tally) voted(guild, id, voter string, v library.Verdict) {
	now := voted{t.today(), v}
	before, known := t.votes.Put(guild+"/"+id+"/"+voter, now)
	if known && before.verdict == v {
		return
	}
	if known {
		t.add(tallied{guild, before.day, bench.CountedVote(before.verdict)}, -1)
	}
	t.add(tallied{guild, now.day, bench.CountedVote(v)}, 1)
}

func (t *tally) today() article.Date { return article.DateOf(t.now().UTC()) }

// add adds to a number that waits to be written.
func (t *tally) add(k tallied, n int64) {
	if t.port == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, known := t.waiting[k]; !known && len(t.waiting) >= maxTallied {
		t.lost++
		return
	}
	if t.waiting[k] += n; t.waiting[k] == 0 {
		delete(t.waiting, k)
	}
}

// run writes until ctx is done. What is being written then is written to its end.
func (t *tally) run(ctx context.Context) {
	goesOn := func() bool { return ctx.Err() == nil }
	failed := false
	for t.port != nil && pause(ctx, t.every) {
		err := aside(ctx, func(ctx context.Context) error { return t.flush(context.WithoutCancel(ctx), goesOn) })
		if err != nil && !failed && goesOn() {
			t.log.Warn("the daily numbers could not be written; they are kept for now", "error", err)
		}
		failed = err != nil
	}
}

// finish writes what is left when nothing is counted any more, for a moment. ctx is done
// already, as a rule.
func (t *tally) finish(ctx context.Context) {
	if t.port == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tallyGoodbye)
	defer cancel()
	err := aside(ctx, func(ctx context.Context) error { return t.flush(ctx, func() bool { return true }) })
	if err != nil {
		t.log.Warn("some of the daily numbers are lost", "error", err)
	}
}

// flush writes all numbers that wait, one by one, as long as it goes on. At the first
// that fails, it and those that are left wait on: whether it was written is not known,
// so it may count twice. One flush waits for the other.
func (t *tally) flush(ctx context.Context, goesOn func() bool) error {
	select {
	case t.writing <- struct{}{}:
		defer func() { <-t.writing }()
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	var failure error
	for k, n := range t.take() {
		if failure == nil && goesOn() {
			failure = t.write(ctx, k, n)
			if failure == nil {
				continue
			}
		}
		t.add(k, n)
	}
	return failure
}

// take returns the numbers that wait, and tells how many were dropped.
func (t *tally) take() map[tallied]int64 {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.lost > 0 {
		t.log.Warn("daily numbers were dropped: too many wait to be written", "dropped", t.lost)
	}
	taken := t.waiting
	t.waiting, t.lost = make(map[tallied]int64), 0
	return taken
}

// write writes one number. A panic of the port is an error.
func (t *tally) write(ctx context.Context, k tallied, n int64) (err error) {
	ctx, cancel := context.WithTimeout(ctx, tallyLimit)
	defer cancel()
	defer func() {
		if recover() != nil {
			err = errPanicked
		}
	}()
	return t.port.Count(ctx, k.guild, k.day, k.name, n)
}
