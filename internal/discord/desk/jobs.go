package desk

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

// jobs lists long work, newest first.
func (d *Desk) jobs(ctx context.Context, u Use) (Reply, error) { return d.jobList(ctx, u, "") }

func (d *Desk) jobList(ctx context.Context, u Use, done string) (Reply, error) {
	all, err := d.Jobs.Jobs(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	slices.Reverse(all)
	if len(all) == 0 {
		return say("No long work was done here in the last days."), nil
	}
	var entries []render.Entry
	for _, j := range all {
		if j.State.Alive() && !j.Cancelling && len(entries) < 25 {
			entries = append(entries, render.Entry{Label: inMenu(jobName(j.Kind) + ", " + jobProgress(j)), Value: j.ID, Detail: inMenu(oneLine(j.Note))})
		}
	}
	m := panel("Long work", done, shortened(roomy, func(most int) []string {
		lines := make([]string, 0, pageLength)
		for _, j := range all[:min(pageLength, len(all))] {
			lines = append(lines, jobLine(j, most))
		}
		if n := len(all) - len(lines); n > 0 {
			lines = append(lines, "and "+counted(n, "older one", "older ones"))
		}
		return lines
	}), "What has ended is listed for some days.")
	refresh := row(u.button("Refresh", actJobs, "", 0))
	if len(entries) == 0 {
		return with(m, refresh), nil
	}
	return with(m, u.menu(actJobCancel, "", "Cancel one…", entries), refresh), nil
}

// jobName is what a job is, in plain words.
func jobName(kind string) string {
	switch kind {
	case library.PropagateJob, library.PropagateOneJob:
		return "Changing posted answers"
	case importKind:
		return "Importing an archive"
	case "guild.purge":
		return "Deleting what was kept"
	}
	return kind
}

// jobLine is a job in a list.
func jobLine(j jobs.Job, most int) string {
	line := fmt.Sprintf("**%s:** %s (%s)", plain(jobName(j.Kind), 60), jobProgress(j), moment(j.Updated, 'R'))
	if j.Note != "" {
		line += "\n  " + plain(j.Note, most)
	}
	return line
}

// jobProgress says how far a job is.
func jobProgress(j jobs.Job) string {
	state := map[jobs.State]string{
		jobs.Queued: "waiting", jobs.Running: "running", jobs.Done: "done", jobs.Failed: "failed", jobs.Cancelled: "cancelled",
	}[j.State]
	if j.Cancelling && j.State.Alive() {
		state = "being cancelled"
	}
	if j.Total > 0 {
		return fmt.Sprintf("%s, %d of %d", state, j.Done, j.Total)
	}
	return state
}

// jobCancel cancels a job.
func (d *Desk) jobCancel(ctx context.Context, u Use) (Reply, error) {
	id := strings.Join(u.Values, "")
	if id == "" {
		return Reply{}, fmt.Errorf("%w: choose one of them", article.ErrInvalid)
	}
	if err := d.Jobs.Cancel(ctx, u.Guild, id, u.Act("")); err != nil {
		return Reply{}, err
	}
	return d.jobList(ctx, u, "It is being cancelled. What it did already stays.")
}
