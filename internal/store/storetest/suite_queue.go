package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
)

func testQueue(t *testing.T, e Engine) {
	for name, test := range map[string]func(*testing.T, *database){
		"enqueue":    queueEnqueue,
		"order":      queueOrder,
		"lanes":      queueLanes,
		"work":       queueWork,
		"cancel":     queueCancel,
		"lost holds": queueLost,
		"once":       queueOnce,
	} {
		t.Run(name, func(t *testing.T) { test(t, e.open(t)) })
	}
}

// job is a job to enqueue.
func job(id string) jobs.Job {
	return jobs.Job{ID: id, Kind: "import", Key: "key of " + id, Args: "{}"}
}

// enqueue adds a job that is to be new.
func (d *database) enqueue(t testing.TB, guild string, j jobs.Job) jobs.Job {
	t.Helper()
	added, fresh, err := d.Queue().Enqueue(t.Context(), guild, j)
	succeed(t, err)
	if !fresh {
		t.Fatalf("job %s was there already", j.ID)
	}
	return added
}

// take takes a job that is to be there.
func (d *database) take(t testing.TB, holder string, ttl time.Duration) jobs.Job {
	t.Helper()
	j, ok, err := d.Queue().Take(t.Context(), holder, []string{"other", "import"}, ttl)
	succeed(t, err)
	if !ok {
		t.Fatal("there is no job to take")
	}
	return j
}

func queueEnqueue(t *testing.T, d *database) {
	want := jobs.Job{
		ID: "one", Kind: "import", Key: "key of one", Args: "{}", State: jobs.Queued, Guild: guildA,
		Created: d.clock.kept(), Updated: d.clock.kept(),
	}
	given := job("one")
	given.State, given.Epoch, given.Holder, given.Guild, given.Done = jobs.Done, 7, "somebody", guildB, 3
	same(t, "added", d.enqueue(t, guildA, given), want)
	same(t, "kept", must[jobs.Job](t)(d.Queue().Job(t.Context(), guildA, "one")), want)
	d.clock.pass(time.Hour)
	second := job("two")
	second.Key = "key of one"
	got, fresh, err := d.Queue().Enqueue(t.Context(), guildA, second)
	succeed(t, err)
	same(t, "with the same key", got, want)
	if fresh {
		t.Error("a job with the same key is said to be new")
	}
	d.enqueue(t, guildB, second) // of another guild it is another one
	other := job("one")
	other.Key = "another key"
	_, _, err = d.Queue().Enqueue(t.Context(), guildA, other)
	refused(t, "the same id with another key", err, article.ErrConflict)
	for name, j := range map[string]jobs.Job{"id": {Kind: "k", Key: "k"}, "kind": {ID: "i", Key: "k"}, "key": {ID: "i", Kind: "k"}} {
		_, _, err := d.Queue().Enqueue(t.Context(), guildA, j)
		refused(t, "no "+name, err, article.ErrInvalid)
	}
	_, err = d.Queue().Job(t.Context(), guildA, "none")
	refused(t, "a job that is not there", err, article.ErrNotFound)
}

func queueOrder(t *testing.T, d *database) {
	for _, id := range unsorted() {
		d.enqueue(t, guildA, job(id))
		d.clock.pass(-time.Second) // the order is that of the adding
	}
	var listed, taken []string
	for _, j := range must[[]jobs.Job](t)(d.Queue().Jobs(t.Context(), guildA)) {
		listed = append(listed, j.ID)
		taken = append(taken, d.take(t, "me", time.Hour).ID)
	}
	same(t, "listed", listed, unsorted())
	same(t, "taken", taken, unsorted())
	_, ok, err := d.Queue().Take(t.Context(), "me", []string{"import"}, time.Hour)
	if ok || err != nil {
		t.Errorf("there is one more to take: %t, %v", ok, err)
	}
	d.enqueue(t, guildA, jobs.Job{ID: "x", Kind: "delete", Key: "x"})
	for _, kinds := range [][]string{{"import", "other"}, {}, nil} {
		if j, ok, err := d.Queue().Take(t.Context(), "me", kinds, time.Hour); ok || err != nil {
			t.Errorf("of the kinds %v there is %v, %v", kinds, j, err)
		}
	}
}

// queueLanes wants the oldest job past those that are not to be taken.
func queueLanes(t *testing.T, d *database) {
	d.enqueue(t, guildA, job("one"))
	d.enqueue(t, guildA, job("two"))
	d.enqueue(t, guildB, job("three"))
	d.enqueue(t, guildA, jobs.Job{ID: "four", Kind: "other", Key: "k"})
	lanes := []jobs.Lane{{Guild: guildA, Kind: "import"}, {Guild: guildB, Kind: "import"}, {Guild: guildA, Kind: "other"}}
	for i, want := range []string{"three", "four"} {
		except := append([]jobs.Lane{{Guild: guildB, Kind: "other"}}, lanes[:i+1]...)
		j, ok, err := d.Queue().Take(t.Context(), "me", []string{"import", "other"}, time.Hour, except...)
		if !ok || err != nil || j.ID != want {
			t.Errorf("past %v: %q %t %v, want %q", except, j.ID, ok, err, want)
		}
	}
	if j, ok, err := d.Queue().Take(t.Context(), "me", []string{"import", "other"}, time.Hour, lanes...); ok || err != nil {
		t.Errorf("past all: %+v, %v", j, err)
	}
	same(t, "in the end", d.take(t, "me", time.Hour).ID, "one")
}

func queueWork(t *testing.T, d *database) {
	ctx := t.Context()
	d.enqueue(t, guildA, job("one"))
	j := d.take(t, "me", time.Hour)
	if j.State != jobs.Running || j.Holder != "me" || j.Epoch != 1 || j.Guild != guildA {
		t.Errorf("taken: %+v", j)
	}
	d.clock.pass(time.Minute)
	p := jobs.Progress{Done: 3, Total: 9, Cursor: "c", Note: "three of nine"}
	after := must[jobs.Job](t)(d.Queue().Checkpoint(ctx, j, p, time.Hour))
	want := j
	want.Done, want.Total, want.Cursor, want.Note, want.Updated = 3, 9, "c", "three of nine", d.clock.kept()
	same(t, "after a checkpoint", after, want)
	same(t, "after renewing", must[jobs.Job](t)(d.Queue().Renew(ctx, after, time.Hour)), want)
	succeed(t, d.Queue().Finish(ctx, after, jobs.Queued, "put back"))

	again := d.take(t, "you", time.Hour)
	if again.Epoch != 2 || again.Cursor != "c" || again.Done != 3 || again.Holder != "you" {
		t.Errorf("taken again: %+v", again)
	}
	refused(t, "an end that is none", d.Queue().Finish(ctx, again, jobs.Running, ""), article.ErrInvalid)
	succeed(t, d.Queue().Finish(ctx, again, jobs.Failed, "it did not work"))
	ended := must[jobs.Job](t)(d.Queue().Job(ctx, guildA, "one"))
	if ended.State != jobs.Failed || ended.Note != "it did not work" || ended.Cursor != "c" {
		t.Errorf("ended: %+v", ended)
	}
	got, fresh, err := d.Queue().Enqueue(ctx, guildA, job("one"))
	if err != nil || fresh || got.State != jobs.Failed {
		t.Errorf("a job that has ended is done once: %+v, %t, %v", got, fresh, err)
	}
}

func queueCancel(t *testing.T, d *database) {
	ctx := t.Context()
	refused(t, "what is not there", d.Queue().Cancel(ctx, guildA, "none"), article.ErrNotFound)
	d.enqueue(t, guildA, job("waits"))
	succeed(t, d.Queue().Cancel(ctx, guildA, "waits"))
	same(t, "one that waits", must[jobs.Job](t)(d.Queue().Job(ctx, guildA, "waits")).State, jobs.Cancelled)

	d.enqueue(t, guildA, job("runs"))
	j := d.take(t, "me", time.Hour)
	same(t, "what is left to take", j.ID, "runs")
	succeed(t, d.Queue().Cancel(ctx, guildA, "runs"))
	after := must[jobs.Job](t)(d.Queue().Renew(ctx, j, time.Hour))
	if !after.Cancelling || after.State != jobs.Running {
		t.Errorf("a job that somebody works on: %+v", after)
	}
	succeed(t, d.Queue().Finish(ctx, after, jobs.Queued, ""))
	same(t, "put back", must[jobs.Job](t)(d.Queue().Job(ctx, guildA, "runs")).State, jobs.Cancelled)
	succeed(t, d.Queue().Cancel(ctx, guildA, "runs"))

	d.enqueue(t, guildA, job("done"))
	succeed(t, d.Queue().Finish(ctx, d.take(t, "me", time.Hour), jobs.Done, ""))
	succeed(t, d.Queue().Cancel(ctx, guildA, "done"))
	same(t, "one that has ended", must[jobs.Job](t)(d.Queue().Job(ctx, guildA, "done")).State, jobs.Done)
}

// queueLost wants nothing to be written under a hold that was lost.
func queueLost(t *testing.T, d *database) {
	ctx := t.Context()
	d.enqueue(t, guildA, job("one"))
	lost := d.take(t, "me", time.Millisecond)
	held := eventually(t, func(ctx context.Context) (jobs.Job, bool, error) {
		return d.Queue().Take(ctx, "you", []string{"import"}, time.Hour)
	})
	if held.Epoch != lost.Epoch+1 {
		t.Errorf("epoch %d after %d", held.Epoch, lost.Epoch)
	}
	forged, strange := held, held
	forged.Holder, strange.Guild = "me", guildB
	for name, j := range map[string]jobs.Job{"lost": lost, "another holder's": forged, "another guild's": strange} {
		_, err := d.Queue().Checkpoint(ctx, j, jobs.Progress{Done: 99}, time.Hour)
		refused(t, name+": checkpoint", err, article.ErrConflict)
		_, err = d.Queue().Renew(ctx, j, time.Hour)
		refused(t, name+": renewal", err, article.ErrConflict)
		refused(t, name+": end", d.Queue().Finish(ctx, j, jobs.Done, ""), article.ErrConflict)
	}
	same(t, "the job", must[jobs.Job](t)(d.Queue().Job(ctx, guildA, "one")), held)
	succeed(t, d.Queue().Finish(ctx, held, jobs.Done, ""))
	refused(t, "ending it again", d.Queue().Finish(ctx, held, jobs.Failed, ""), article.ErrConflict)
}

// queueOnce wants each job to be taken by one of many.
func queueOnce(t *testing.T, d *database) {
	const many = 40
	for i := range many {
		d.enqueue(t, fmt.Sprint(i%3), job(fmt.Sprint(i)))
	}
	stores := []Store{d, d.again(t)}
	taken := make([][]string, 6)
	together(t, len(taken), func(w int) error {
		for {
			j, ok, err := stores[w%2].Queue().Take(t.Context(), fmt.Sprint("holder", w), []string{"import"}, time.Hour)
			if err != nil || !ok {
				return err
			}
			taken[w] = append(taken[w], j.ID)
		}
	})
	by := make(map[string]int)
	for w, ids := range taken {
		for _, id := range ids {
			if other, twice := by[id]; twice {
				t.Errorf("job %s was taken by %d and %d", id, other, w)
			}
			by[id] = w
		}
	}
	if len(by) != many {
		t.Errorf("%d jobs were taken, want %d", len(by), many)
	}
}

// eventually tries until it succeeds. It is for what depends on the database's
// clock, which cannot be moved.
func eventually[T any](t testing.TB, try func(context.Context) (T, bool, error)) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	for {
		value, ok, err := try(ctx)
		succeed(t, err)
		if ok {
			return value
		}
		pause(ctx, 2*time.Millisecond)
	}
}
