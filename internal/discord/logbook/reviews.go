package logbook

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/jobs"
	"verbatim/internal/library/bench"
)

// ReviewsJob is the kind of the jobs that post due reviews, of the host's, and
// ReviewsEvery how often one is due.
const (
	ReviewsJob   = "host.reviews"
	ReviewsEvery = 7 * 24 * time.Hour
)

// reviewsAt is how far such a job is.
type reviewsAt struct {
	After string   `json:"after,omitempty"` // the last guild that was looked at
	Left  []string `json:"left,omitempty"`  // those before it that Discord was out of reach for
}

// PostReviews does a job of kind [ReviewsJob]: each guild with a log channel in which
// something is due gets one message. It is article.ErrUnavailable when the database is
// out of reach, or Discord for some guild; the job then goes on with what is left.
func (b *Book) PostReviews(ctx context.Context, t *jobs.Task) error {
	var at reviewsAt
	if text := t.Job().Cursor; text != "" {
		if err := json.Unmarshal([]byte(text), &at); err != nil {
			return fmt.Errorf("%w: where the reviews stand: %w", article.ErrInvalid, err)
		}
	}
	var failed []string
	for i, guild := range at.Left {
		err := b.postDue(ctx, t.Job().ID, guild)
		if failed, err = b.sorted(failed, guild, err); err != nil {
			return err
		}
		if err := save(ctx, t, reviewsAt{at.After, slices.Concat(failed, at.Left[i+1:])}); err != nil {
			return err
		}
	}
	for _, guild := range slices.Sorted(slices.Values(b.Guilds())) {
		if guild <= at.After {
			continue
		}
		err := b.postDue(ctx, t.Job().ID, guild)
		if failed, err = b.sorted(failed, guild, err); err != nil {
			return err
		}
		if err := save(ctx, t, reviewsAt{guild, failed}); err != nil {
			return err
		}
	}
	if len(failed) > 0 {
		return fmt.Errorf("%w: due reviews of %d guilds were not posted", article.ErrUnavailable, len(failed))
	}
	return nil
}

// sorted says what an error for one guild means: that the guild is tried again, that all
// of the job is, or nothing.
func (b *Book) sorted(failed []string, guild string, err error) ([]string, error) {
	switch {
	case errors.Is(err, errUnposted):
		return append(failed, guild), nil
	case errors.Is(err, article.ErrUnavailable) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded):
		return failed, err
	case err != nil:
		b.Log.Warn("due reviews were not posted", "guild", guild, "error", err)
	}
	return failed, nil
}

func save(ctx context.Context, t *jobs.Task, at reviewsAt) error {
	cursor, err := json.Marshal(at)
	if err != nil {
		return fmt.Errorf("%w: where the reviews stand: %w", article.ErrInvalid, err)
	}
	return t.Checkpoint(ctx, jobs.Progress{Done: t.Job().Done + 1, Cursor: string(cursor)})
}

// errUnposted stands for a message that Discord was out of reach for.
var errUnposted = fmt.Errorf("%w: Discord is out of reach", article.ErrUnavailable)

func (b *Book) postDue(ctx context.Context, job, guild string) error {
	channel := b.Settings(guild).LogChannel
	if channel == "" {
		return nil
	}
	due, err := b.Reviews.Due(ctx, guild, article.DateOf(b.Now().UTC()))
	if err != nil || len(due) == 0 {
		return err
	}
	err = b.post(ctx, channel, "Reviews that are due", dueText(due), job+"/"+guild)
	if errors.Is(err, article.ErrUnavailable) {
		return errors.Join(errUnposted, err)
	}
	return err
}

// maxDue is how many articles one message names at most.
const maxDue = 20

// dueText lists the articles, as many as fit, and says how one is reviewed.
func dueText(due []bench.Due) string {
	var lines []string
	used := 0
	for _, d := range due[:min(maxDue, len(due))] {
		line := "- **" + render.Escape(shortened(d.Title)) + "** (" + render.Escape(shortened(d.Key)) + "): " + dueWhy(d)
		if used += utf8.RuneCountInString(line) + 1; used > room-reserve {
			break
		}
		lines = append(lines, line)
	}
	if more := len(due) - len(lines); more > 0 {
		lines = append(lines, fmt.Sprintf("- and %d more, which /kb review lists", more))
	}
	return strings.Join(append(lines, "", "Read an article with /kb show. If it is still right, say so with /kb review; if not, change it with /kb edit."), "\n")
}

// reserve is kept for what stands below the list.
const reserve = 200

func dueWhy(d bench.Due) string {
	var why []string
	switch {
	case d.Last.On.IsZero():
		why = append(why, "it was never reviewed")
	case !d.Next.IsZero():
		why = append(why, "its next review was to be on "+d.Next.String()+", the last was on "+d.Last.On.String())
	default:
		why = append(why, "it was last reviewed on "+d.Last.On.String())
	}
	if d.Changed {
		why = append(why, "it has changed since")
	}
	return strings.Join(why, ", and ")
}

// shortened keeps a name short enough for a list, by whole characters.
func shortened(name string) string {
	const most = 80
	runes := []rune(strings.Join(strings.Fields(name), " "))
	if len(runes) <= most {
		return string(runes)
	}
	return string(runes[:most-1]) + "…"
}
