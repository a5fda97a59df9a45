package cli

import (
	"context"
	"fmt"
	"slices"

	"github.com/urfave/cli/v3"

	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/store"
)

func (p *Program) kbJobsCommand() *cli.Command {
	return &cli.Command{
		Name: "jobs", Usage: "lists long work, newest first; cancels some",
		Description: "Imports, and changes of posted answers, are done by a bot that is running.\n" +
			"What has ended is listed for some days.\n\n" + guildHelp + "\n" +
			example(kbExample("jobs", ""), kbExample("jobs cancel", " ID")),
		Flags: []cli.Flag{guildFlag(), jsonLinesFlag()},
		Commands: []*cli.Command{{
			Name: "cancel", Usage: "cancels a job; what it did already stays", ArgsUsage: "ID",
			Description: guildHelp + "\n" + example(kbExample("jobs cancel", " ID")),
			Flags:       append([]cli.Flag{guildFlag()}, actFlags()...), Action: p.kbCancelJob,
		}},
		Action: p.kbJobs,
	}
}

// jsonJob is one line of kb jobs --json; keys are added, never renamed.
type jsonJob struct {
	ID         string `json:"id"`
	Kind       string `json:"kind"`
	State      string `json:"state"`
	Done       int64  `json:"done"`
	Total      int64  `json:"total"` // 0 while nobody knows
	Cancelling bool   `json:"cancelling"`
	Note       string `json:"note,omitempty"`
	Created    string `json:"created"`
	Updated    string `json:"updated"`
}

func (p *Program) kbJobs(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return p.atStore(ctx, c, func(s *store.Store, guild string) error {
		all, err := s.Queue().Jobs(ctx, guild)
		if err != nil {
			return err
		}
		slices.Reverse(all)
		return printRecords(p, c, "ID\tUPDATED\tWHAT\tSTATE\tDONE\tNOTE", all, func(j jobs.Job) record {
			return record{
				jsonJob{j.ID, j.Kind, string(j.State), j.Done, j.Total, j.Cancelling, j.Note, stamp(j.Created), stamp(j.Updated)},
				[]string{j.ID, stamp(j.Updated), jobName(j.Kind), stateOf(j), shareOf(j), cell(j.Note)},
			}
		})
	})
}

// jobName is what a job does.
func jobName(kind string) string {
	switch kind {
	case library.PropagateJob, library.PropagateOneJob:
		return "posted answers"
	case importJob:
		return "import"
	case purgeJob:
		return "deletion"
	}
	return kind
}

func stateOf(j jobs.Job) string {
	if j.Cancelling && j.State.Alive() {
		return "cancelling"
	}
	return string(j.State)
}

func shareOf(j jobs.Job) string {
	if j.Total <= 0 {
		return "-"
	}
	return fmt.Sprintf("%d of %d", j.Done, j.Total)
}

func (p *Program) kbCancelJob(ctx context.Context, c *cli.Command) error {
	id, err := idOf(c, "job", "jobs")
	if err != nil {
		return err
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atStore(ctx, c, func(s *store.Store, guild string) error {
		if err := (deskJobs{s.Queue(), s}).Cancel(ctx, guild, id, act); err != nil {
			return fmt.Errorf("job %.40q: %w", id, err)
		}
		j, err := s.Queue().Job(ctx, guild, id)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(p.Out, "%s %s\n", stateOf(j), j.ID)
		return err
	})
}
