package jobs

import (
	"context"
	"fmt"
	"log/slog"
	"strconv"
	"time"

	"verbatim/internal/article"
)

// host is the place beside Discord's guilds for what concerns the whole
// installation, as in package library.
const host = "@host"

// look is the longest time between two looks at the clock.
const look = time.Minute

// Schedule is work that is done once in every period, by whichever process comes
// first. Periods are counted from 1970 in UTC; one in which no process ran is left out.
type Schedule struct {
	Kind  string        // which handler does it; one schedule a kind
	Every time.Duration // the length of a period, at least a second
	Args  string        // for the handler
}

// Periodic enqueues the jobs of schedules until ctx ends, and returns nil then. Each
// job is of guild "@host" and has a key made of its kind and the number of its
// period, so that many processes enqueue it once. It looks at now at once, and then
// every minute, or more often when a period is shorter. It is article.ErrInvalid for
// schedules that cannot be told apart. A nil log is silent.
func Periodic(ctx context.Context, q Queue, newID func() string, now func() time.Time, schedules []Schedule, log *slog.Logger) error {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	wait, err := checked(schedules)
	if err != nil {
		return err
	}
	last := map[string]int64{} // by kind: the period that is known to be enqueued
	for {
		for _, s := range schedules {
			n := s.period(now())
			if known, ok := last[s.Kind]; ok && known == n {
				continue
			}
			if err := s.enqueue(ctx, q, newID(), n); err == nil {
				last[s.Kind] = n
			} else if ctx.Err() == nil {
				log.Warn("scheduled work could not be enqueued; trying again", "kind", s.Kind, "error", err)
			}
		}
		if !pause(ctx, wait, nil) {
			return nil
		}
	}
}

// checked returns how long to wait between two looks.
func checked(schedules []Schedule) (time.Duration, error) {
	wait := look
	seen := map[string]bool{}
	for _, s := range schedules {
		if s.Kind == "" || seen[s.Kind] || s.Every < time.Second {
			return 0, fmt.Errorf("%w: schedule of %q every %v: it needs a kind of its own and a second or more", article.ErrInvalid, s.Kind, s.Every)
		}
		seen[s.Kind] = true
		wait = min(wait, s.Every)
	}
	return wait, nil
}

// period is the number of the period that t is in.
func (s Schedule) period(t time.Time) int64 { return t.UnixMilli() / s.Every.Milliseconds() }

func (s Schedule) enqueue(ctx context.Context, q Queue, id string, period int64) error {
	key := s.Kind + "/" + strconv.FormatInt(period, 10)
	_, _, err := q.Enqueue(ctx, host, Job{ID: id, Kind: s.Kind, Key: key, Args: s.Args})
	return err
}
