package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

func testPropagation(t *testing.T, e Engine) {
	for name, test := range map[string]func(*testing.T, *database){
		"changes":  propagationOfChanges,
		"no other": propagationOfNothing,
		"waiting":  propagationWaits,
		"long key": propagationOfLongKey,
		"rollback": propagationRolledBack,
		"at once":  propagationAtOnce,
		"late":     propagationOfTheLate,
	} {
		t.Run(name, func(t *testing.T) { test(t, e.open(t)) })
	}
}

// quote posts an answer that quotes an article, or that another one contradicts.
func (d *database) quote(t testing.TB, guild, id, article, against string) {
	t.Helper()
	p := postedAs(id)
	p.Quoted.Article, p.Against = article, nil
	if against != "" {
		p.Against = []library.Place{{Article: against}}
	}
	succeed(t, d.Post(t.Context(), guild, p, lease.Lease{}))
}

// propagated are the articles of a guild's jobs of propagation, oldest first.
func (d *database) propagated(t testing.TB, guild string) (articles []string) {
	t.Helper()
	for _, j := range must[[]jobs.Job](t)(d.Queue().Jobs(t.Context(), guild)) {
		if j.Kind != library.PropagateJob {
			continue
		}
		var args library.PropagateArgs
		succeed(t, json.Unmarshal([]byte(j.Args), &args))
		articles = append(articles, args.Article)
	}
	return articles
}

// takePropagation takes the oldest job of propagation.
func (d *database) takePropagation(t testing.TB) jobs.Job {
	t.Helper()
	j, ok, err := d.Queue().Take(t.Context(), "me", []string{library.PropagateJob}, time.Hour)
	if err != nil || !ok {
		t.Fatalf("no job was taken: %v", err)
	}
	return j
}

func propagationOfChanges(t *testing.T, d *database) {
	ctx := t.Context()
	for _, guild := range []string{guildA, guildB} { // what another guild posted makes no job
		d.publish(t, guild, revisionOf("own", "One."), "")
	}
	d.quote(t, guildB, "elsewhere", "own", "shipped")
	d.quote(t, guildA, "one", "own", "")
	d.quote(t, guildA, "two", "other", "shipped")
	same(t, "at first", d.propagated(t, guildA), []string(nil))

	var want []string
	for name, change := range []struct {
		article string
		do      func() (bool, error)
	}{
		{"own", func() (bool, error) {
			return d.Publish(ctx, guildA, revisionOf("own", "Two."), library.HashOf("One."), act())
		}},
		{"own", func() (bool, error) { return d.SetState(ctx, guildA, "own", true, library.Withdrawn, act()) }},
		{"own", func() (bool, error) { return d.SetState(ctx, guildA, "own", true, library.Published, act()) }},
		{"shipped", func() (bool, error) { return d.SetState(ctx, guildA, "shipped", false, library.Hidden, act()) }},
		{"shipped", func() (bool, error) { return d.SetState(ctx, guildA, "shipped", false, library.Published, act()) }},
	} {
		if !must[bool](t)(change.do()) {
			t.Fatalf("change %d changed nothing", name)
		}
		want = append(want, change.article)
		same(t, fmt.Sprint("after change ", name), d.propagated(t, guildA), want)
		j := d.takePropagation(t)
		if j.Guild != guildA || j.Epoch != 1 || j.Cursor != "" || j.Total != 0 || !j.Created.Equal(d.clock.kept()) ||
			!strings.HasPrefix(j.Key, library.PropagateJob+"/"+change.article+"/") || !strings.HasPrefix(j.ID, "propagate-") {
			t.Errorf("job %+v", j)
		}
		succeed(t, d.Queue().Finish(ctx, j, jobs.Done, ""))
	}
	same(t, "jobs of the other guild", d.propagated(t, guildB), []string(nil))
}

// propagationOfTheLate has an answer sent from a revision that is another one by then, as
// one is that was made before a publication and sent after it.
func propagationOfTheLate(t *testing.T, d *database) {
	ctx := t.Context()
	now := revisionOf("own", "Two.")
	d.publish(t, guildA, revisionOf("own", "One."), "")
	d.publish(t, guildA, now, library.HashOf("One."))
	send := func(id string, quoted article.Revision) []jobs.Job {
		p := postedAs(id)
		p.Quoted.Article, p.Quoted.Revision, p.Against, p.Message = "own", quoted, nil, ""
		succeed(t, d.Post(ctx, guildA, p, lease.Lease{}))
		succeed(t, d.Sent(ctx, guildA, id, "message of "+id))
		return must[[]jobs.Job](t)(d.Queue().Jobs(ctx, guildA))
	}
	if got := send("in time", now.Revision); len(got) != 0 {
		t.Errorf("jobs for an answer that is current: %+v", got)
	}
	got := send("late", revisionOf("own", "One.").Revision)
	if len(got) != 1 || got[0].Args != `{"answer":"late"}` || got[0].State != jobs.Queued || got[0].Kind != library.PropagateOneJob {
		t.Errorf("jobs for an answer that came late: %+v", got)
	}
	if _, err := d.SetState(ctx, guildA, "own", true, library.Withdrawn, act()); err != nil {
		t.Fatal(err)
	}
	before := len(must[[]jobs.Job](t)(d.Queue().Jobs(ctx, guildA)))
	if got := send("of a withdrawn one", now.Revision); len(got) != before+1 {
		t.Errorf("%d jobs, before %d", len(got), before)
	}
}

// propagationOfNothing wants no job where nothing is quoted, or nothing changed.
func propagationOfNothing(t *testing.T, d *database) {
	ctx := t.Context()
	r := revisionOf("own", "One.")
	d.publish(t, guildA, r, "")
	d.quote(t, guildA, "one", "others", "against")
	d.publish(t, guildA, revisionOf("own", "Two."), r.Hash)
	must[bool](t)(d.SetState(ctx, guildA, "other", false, library.Hidden, act())) // it is among the Others only
	d.quote(t, guildA, "two", "own", "other")
	for name, same := range map[string]func() (bool, error){
		"publishing":  func() (bool, error) { return d.Publish(ctx, guildA, revisionOf("own", "Two."), "", act()) },
		"own state":   func() (bool, error) { return d.SetState(ctx, guildA, "own", true, library.Published, act()) },
		"other state": func() (bool, error) { return d.SetState(ctx, guildA, "other", false, library.Hidden, act()) },
	} {
		if must[bool](t)(same()) {
			t.Errorf("%s changed something", name)
		}
	}
	refused(t, "from another revision", second(d.Publish(ctx, guildA, revisionOf("own", "Three."), "", act())), article.ErrConflict)
	succeed(t, d.Forget(ctx, guildA, "two"))
	d.publish(t, guildA, revisionOf("own", "Three."), library.HashOf("Two."))
	succeed(t, d.AddReview(ctx, guildA, library.Review{Article: "others", Hash: "h", By: "1", On: day(1)}, act()))
	same(t, "jobs", d.propagated(t, guildA), []string(nil))
}

// propagationWaits wants one job while nobody took it, and another one from then on,
// also when it was put back or is to be cancelled.
func propagationWaits(t *testing.T, d *database) {
	ctx := t.Context()
	d.quote(t, guildA, "one", "own", "")
	d.quote(t, guildA, "two", "shipped", "")
	n, last := 0, ""
	change := func(want int) {
		t.Helper()
		n++
		r := revisionOf("own", fmt.Sprint("Revision ", n, "."))
		d.publish(t, guildA, r, last)
		last = r.Hash
		same(t, "jobs", len(d.propagated(t, guildA)), want)
	}
	change(1)
	change(1)
	must[bool](t)(d.SetState(ctx, guildA, "shipped", false, library.Hidden, act()))
	same(t, "articles", d.propagated(t, guildA), []string{"own", "shipped"})
	change(2)
	j := d.takePropagation(t)
	change(3)
	succeed(t, d.Queue().Finish(ctx, j, jobs.Queued, "put back")) // it went through some answers
	change(3)
	for range 3 { // the one put back, shipped, the second
		succeed(t, d.Queue().Finish(ctx, d.takePropagation(t), jobs.Done, ""))
	}
	change(4)
	all := must[[]jobs.Job](t)(d.Queue().Jobs(ctx, guildA))
	succeed(t, d.Queue().Cancel(ctx, guildA, all[len(all)-1].ID))
	change(5)
	succeed(t, second(d.Queue().Checkpoint(ctx, d.takePropagation(t), jobs.Progress{Cursor: "c"}, 0)))
	change(6)
}

func propagationOfLongKey(t *testing.T, d *database) {
	key := noise(512)
	d.quote(t, guildA, "one", key, "")
	d.publish(t, guildA, revisionOf(key, "One."), "")
	same(t, "jobs", d.propagated(t, guildA), []string{key})
	if j := d.takePropagation(t); len(j.Key) > 512 {
		t.Errorf("a key of %d bytes", len(j.Key))
	}
}

// propagationRolledBack wants no job of a change that did not come about.
func propagationRolledBack(t *testing.T, d *database) {
	ctx := t.Context()
	d.publish(t, guildA, revisionOf("own", "One."), "")
	d.quote(t, guildA, "one", "own", "")
	bad := library.Act{Actor: "1", Reason: "\x00"}
	refused(t, "publishing", second(d.Publish(ctx, guildA, revisionOf("own", "Two."), library.HashOf("One."), bad)), article.ErrInvalid)
	refused(t, "withdrawing", second(d.SetState(ctx, guildA, "own", true, library.Withdrawn, bad)), article.ErrInvalid)
	same(t, "jobs", d.propagated(t, guildA), []string(nil))

	// A job that cannot be added takes the change back as well.
	const ahead = 40 // each job moves the clock by one, and the revision does
	head := must[int64](t)(d.Head(ctx))
	for i := range int64(ahead) {
		d.enqueue(t, guildA, jobs.Job{ID: fmt.Sprint("propagate-", head+ahead+i), Kind: "k", Key: fmt.Sprint(i)})
	}
	trail := d.trail(t)
	if _, err := d.Publish(ctx, guildA, revisionOf("own", "Two."), library.HashOf("One."), act()); err == nil {
		t.Error("it was published without a job")
	}
	same(t, "the article", must[library.Publication](t)(d.Publication(ctx, guildA, "own")).Hash, library.HashOf("One."))
	same(t, "the audit trail", d.trail(t), trail)
	same(t, "jobs after that", d.propagated(t, guildA), []string(nil))
}

// propagationAtOnce publishes twice in a row from one store while another one works on
// the jobs: whoever takes the last job sees the last revision.
func propagationAtOnce(t *testing.T, d *database) {
	const pairs = 40
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	worker := d.again(t)
	d.quote(t, guildA, "one", "own", "")
	var seen atomic.Value
	done := make(chan struct{})
	together(t, 2, func(w int) error {
		if w == 1 {
			return propagateUntil(ctx, worker, done, func(hash string) { seen.Store(hash) })
		}
		defer close(done)
		last := ""
		for i := range 2 * pairs {
			r := revisionOf("own", fmt.Sprint("Revision ", i, "."))
			if _, err := d.Publish(ctx, guildA, r, last, act()); err != nil {
				return err
			}
			last = r.Hash
			if i%2 == 0 {
				continue
			}
			if err := d.idle(ctx, guildA); err != nil {
				return err
			}
			if seen.Load() != last {
				return fmt.Errorf("nobody saw revision %d", i)
			}
		}
		return nil
	})
	if n := len(d.propagated(t, guildA)); n < pairs || n > 2*pairs {
		t.Errorf("%d jobs for %d revisions", n, 2*pairs)
	}
}

// propagateUntil does the jobs of propagation until done is closed, and tells which
// revision of the article was there when each was taken.
func propagateUntil(ctx context.Context, s Store, done <-chan struct{}, saw func(hash string)) error {
	for {
		select {
		case <-done:
			return nil
		default:
		}
		j, ok, err := s.Queue().Take(ctx, "worker", []string{library.PropagateJob}, time.Hour)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		p, err := s.Publication(ctx, guildA, "own")
		if err != nil {
			return err
		}
		saw(p.Hash)
		if err := s.Queue().Finish(ctx, j, jobs.Done, ""); err != nil {
			return err
		}
	}
}

// idle waits until nobody has to work on a job of a guild.
func (d *database) idle(ctx context.Context, guild string) error {
	alive := func(j jobs.Job) bool { return j.State.Alive() }
	for {
		all, err := d.Queue().Jobs(ctx, guild)
		if err != nil || !slices.ContainsFunc(all, alive) {
			return err
		}
	}
}
