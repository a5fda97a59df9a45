package logbook

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// queue holds one job, in the ways that a runner needs.
type queue struct {
	jobs.Queue

	mu  sync.Mutex
	job jobs.Job
}

func (q *queue) Take(context.Context, string, []string, time.Duration, ...jobs.Lane) (jobs.Job, bool, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.job.State != jobs.Queued {
		return jobs.Job{}, false, nil
	}
	q.job.State = jobs.Running
	return q.job, true, nil
}

func (q *queue) Checkpoint(_ context.Context, _ jobs.Job, p jobs.Progress, _ time.Duration) (jobs.Job, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.job.Done, q.job.Cursor = p.Done, p.Cursor
	return q.job, nil
}

func (q *queue) Renew(_ context.Context, j jobs.Job, _ time.Duration) (jobs.Job, error) {
	return j, nil
}

func (q *queue) Finish(_ context.Context, _ jobs.Job, s jobs.State, note string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.job.State, q.job.Note = s, note
	return nil
}

// turn lets a process do the job until it has ended or was put back.
func (r *rig) turn(q *queue) jobs.Job {
	r.t.Helper()
	ctx, stop := context.WithCancel(r.t.Context())
	defer stop()
	book := New(r.config(r.rest, nil))
	runner := jobs.NewRunner(q, "process", map[string]jobs.Handler{ReviewsJob: book.PostReviews}, jobs.Options{
		Poll: time.Millisecond, Observe: func(j jobs.Job) {
			if j.State != jobs.Running {
				stop()
			}
		},
	})
	if err := runner.Run(ctx); err != nil {
		r.t.Fatal(err)
	}
	return q.job
}

func (r *rig) day(iso string) article.Date {
	r.t.Helper()
	d, err := article.ParseDate(iso)
	if err != nil {
		r.t.Fatal(err)
	}
	return d
}

func TestReviews(t *testing.T) {
	t.Parallel()
	r := furnish(t)
	quiet, closed, last := r.Guild("quiet"), r.Guild("closed"), r.Guild("last")
	channels := map[string]*discordtest.Channel{r.guild.ID: r.log}
	for _, g := range []*discordtest.Guild{quiet, closed, last} {
		channels[g.ID] = g.Channel("log")
	}
	for id, c := range channels {
		r.logTo(id, c.ID)
		r.due[id] = []bench.Due{{Key: "tea", Title: "The *safety* of tea", Last: library.Review{On: r.day("2025-11-01")}, Next: r.day("2026-11-01"), Changed: true}}
	}
	r.due[quiet.ID] = nil
	r.due[last.ID] = append(r.due[last.ID], bench.Due{Key: "moss", Title: "Moss", Last: library.Review{On: r.day("2024-01-02")}}, bench.Due{Key: "new", Title: "New"})
	channels[closed.ID].Forbid(true)
	r.Break(posting, discordtest.Unavailable().Times(6)...) // more than the client waits for

	q := &queue{job: jobs.Job{ID: "week 1", Kind: ReviewsJob, State: jobs.Queued}}
	if j := r.turn(q); j.State != jobs.Queued {
		t.Errorf("after an outage: %+v", j)
	}
	for range 3 {
		if j := r.turn(q); j.State == jobs.Done {
			break
		}
	}
	if q.job.State != jobs.Done {
		t.Errorf("job = %+v", q.job)
	}
	const one = "Reviews that are due\n- **The *safety* of tea** (tea): its next review was to be on 2026-11-01, the last was on 2025-11-01, and it has changed since"
	const how = "\n\nRead an article with /kb show. If it is still right, say so with /kb review; if not, change it with /kb edit."
	for name, test := range map[string]struct {
		c    *discordtest.Channel
		want string
	}{
		"one":    {r.log, one + how},
		"none":   {channels[quiet.ID], ""},
		"closed": {channels[closed.ID], ""},
		"three":  {channels[last.ID], one + "\n- **Moss** (moss): it was last reviewed on 2024-01-02\n- **New** (new): it was never reviewed" + how},
	} {
		if got := strings.Join(r.reads(test.c), "\n"); got != test.want {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, test.want)
		}
	}
}

func TestManyReviewsFit(t *testing.T) {
	t.Parallel()
	var due []bench.Due
	for range 300 {
		due = append(due, bench.Due{Key: strings.Repeat("k*", 60), Title: strings.Repeat("t_", 90), Last: library.Review{On: article.Date{Year: 2026, Month: 1, Day: 1}}})
	}
	got := dueText(due)
	if n := len([]rune(got)); n > 4096 || strings.Count(got, "\n- ") < 9 || !strings.Contains(got, " more, which") {
		t.Errorf("%d characters, %d lines", n, strings.Count(got, "\n- "))
	}
}
