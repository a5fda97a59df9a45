package jobs

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"verbatim/internal/article"
)

// Do sees to it that one job gets done, and returns it as it ended: for somebody who
// waits at a terminal. The queue gives out its oldest job, so Do takes jobs of that
// kind, the older ones first, until this one has ended, here or in another process.
// It calls watch, which may be nil, whenever the job has changed. When ctx ends, work
// in hand is put back, and Do returns the job as it is then with the cause of ctx.
func (r *Runner) Do(ctx context.Context, guild, id string, watch func(Job)) (Job, error) {
	j, err := r.queue.Job(ctx, guild, id)
	if err != nil {
		return Job{}, fmt.Errorf("job %s: %w", id, err)
	}
	if watch == nil {
		watch = func(Job) {}
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	nudge := make(chan struct{}, 1)
	var wg sync.WaitGroup
	if r.handlers[j.Kind] != nil {
		wg.Go(func() { r.help(working, j, nudge) })
	}
	last, err := r.follow(ctx, j, watch, nudge)
	stop()
	wg.Wait()
	if err == nil {
		return last, nil
	}
	if now, unread := r.queue.Job(context.WithoutCancel(ctx), guild, id); unread == nil {
		last = now
	}
	return last, fmt.Errorf("job %s: %w", id, err)
}

// help does jobs of the kind of j, one at a time, while j is to be done.
func (r *Runner) help(ctx context.Context, j Job, nudge chan<- struct{}) {
	told := func() {
		select {
		case nudge <- struct{}{}:
		default: // it will be looked at anyway
		}
	}
	for {
		woken := r.wakes()
		now, err := r.queue.Job(ctx, j.Guild, j.ID)
		if err == nil && !now.State.Alive() {
			return
		}
		if t := r.take(ctx, []string{j.Kind}); t != nil {
			r.work(ctx, t, told)
			continue
		}
		if !pause(ctx, r.opts.Poll, woken) {
			return
		}
	}
}

// follow watches j until it has ended.
func (r *Runner) follow(ctx context.Context, j Job, watch func(Job), nudge <-chan struct{}) (Job, error) {
	watch(j)
	for j.State.Alive() {
		if !pause(ctx, r.opts.Poll, nudge) {
			return j, context.Cause(ctx)
		}
		now, err := r.queue.Job(ctx, j.Guild, j.ID)
		switch {
		case errors.Is(err, article.ErrNotFound):
			return j, err
		case err != nil && ctx.Err() == nil:
			r.opts.Log.Warn("a job could not be read; trying again", "job", j.ID, "error", err)
		case err == nil && now != j:
			j = now
			watch(j)
		}
	}
	return j, nil
}
