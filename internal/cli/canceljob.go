package cli

import (
	"context"

	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

// cancelAction is what the cancelling of a job is called in the audit trail.
const cancelAction = "job.cancel"

// deskJobs are the jobs of a guild as moderators see and cancel them.
type deskJobs struct {
	jobs.Queue

	notes library.Trail
}

// Cancel implements desk.Jobs. What changes nothing, because the job has ended or is
// being cancelled already, is not entered into the trail.
func (d deskJobs) Cancel(ctx context.Context, guild, id string, act library.Act) error {
	j, err := d.Job(ctx, guild, id)
	if err != nil {
		return err
	}
	if err := d.Queue.Cancel(ctx, guild, id); err != nil || !j.State.Alive() || j.Cancelling {
		return err
	}
	return d.notes.Note(ctx, guild, library.Entry{Action: cancelAction, Subject: j.Kind + " " + id}, act)
}
