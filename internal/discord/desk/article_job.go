package desk

import (
	"context"
	"fmt"
	"time"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/jobs"
)

// How long work is watched. Discord lets a reply be changed for 15 minutes.
const (
	lookEvery  = 2 * time.Second
	watchedFor = 14 * time.Minute
)

// following shows a job and goes on showing how far it is until it has ended.
func (d *Desk) following(u Use, title string, j jobs.Job) Reply {
	r := Reply{Show: new(jobMessage(u, title, j))}
	if !j.State.Alive() && (j.Kind != importKind || j.State != jobs.Done) {
		return r
	}
	r.Follow = func(ctx context.Context, show func(api.Message)) { d.follow(ctx, u, title, j, show) }
	return r
}

// follow shows a job whenever it has changed, and what its tests say after an import.
func (d *Desk) follow(ctx context.Context, u Use, title string, j jobs.Job, show func(api.Message)) {
	ctx, cancel := context.WithTimeout(ctx, watchedFor)
	defer cancel()
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for j.State.Alive() {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		now, err := d.Jobs.Job(ctx, u.Guild, j.ID)
		switch {
		case err != nil && unexpected(err) == nil:
			show(with(panel(title, "This work is not there any more.")).show())
			return
		case err == nil && changed(j, now):
			j = now
			show(jobMessage(u, title, j))
		}
	}
	d.testsAfter(ctx, u, title, j, show)
}

// changed reports whether a job looks different.
func changed(a, b jobs.Job) bool {
	return a.State != b.State || a.Done != b.Done || a.Total != b.Total || a.Note != b.Note || a.Cancelling != b.Cancelling
}

// show is the message of a reply that has one.
func (r Reply) show() api.Message { return *r.Show }

// jobMessage says how far a job is, with the buttons to look again and to cancel it.
func jobMessage(u Use, title string, j jobs.Job) api.Message {
	var state string
	switch j.State {
	case jobs.Queued:
		state = "It waits for its turn."
	case jobs.Running:
		state = "It is being done."
		if j.Total > 0 {
			state = fmt.Sprintf("It is being done: %d of %d, %d %%.", j.Done, j.Total, j.Done*100/j.Total)
		}
	case jobs.Done:
		state = "It is done."
	case jobs.Failed:
		state = "It failed. What was done till then stays. Put right what it says below, and try again."
	case jobs.Cancelled:
		state = "It was cancelled. What was done till then stays."
	}
	if j.Cancelling && j.State.Alive() {
		state += " It is being cancelled."
	}
	if !j.State.Alive() {
		return panel(title, state, plain(j.Note, 600))
	}
	hint := "It goes on even if the bot restarts. After a quarter of an hour this message stops moving: press the button to look again."
	buttons := row(u.button("How far is it?", actJob, j.ID, 0))
	if !j.Cancelling {
		buttons = row(u.button("How far is it?", actJob, j.ID, 0), styled(u.button("Cancel it", actStopJob, j.ID, 0), render.Danger))
	}
	return with(panel(title, state, plain(j.Note, 600), hint), buttons).show()
}

// watchJob looks at a job again.
func (d *Desk) watchJob(ctx context.Context, u Use) (Reply, error) {
	j, err := d.Jobs.Job(ctx, u.Guild, u.On)
	if err != nil {
		return Reply{}, err
	}
	return d.following(u, jobName(j.Kind), j), nil
}

// stopJob asks for a job to be cancelled.
func (d *Desk) stopJob(ctx context.Context, u Use) (Reply, error) {
	if err := d.Jobs.Cancel(ctx, u.Guild, u.On, u.Act("")); err != nil {
		return Reply{}, err
	}
	return d.watchJob(ctx, u)
}
