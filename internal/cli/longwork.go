package cli

import (
	"maps"
	"time"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/logbook"
	"verbatim/internal/discord/propagate"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

// How many jobs are done at once. What a moderator waits for, and what keeps the
// installation in order, does not wait behind what takes hours, and no guild's long work
// behind that of another one.
const (
	longJobs  = 4
	shortJobs = 4
	hostJobs  = 1
)

// runners do the long work.
func (p *Program) runners(s *server, client *api.Client, ttl time.Duration, holder string) []*jobs.Runner {
	propagator := propagate.New(propagate.Config{
		Ledger: s.store, Reader: s.shelves, Corrections: s.store.Corrections(), Messages: client, Words: s.bot.Words(),
		Settings: s.shelves.Settings, Buttons: s.bot.ButtonsOf, Kind: s.bot.KindOf, Say: s.book.Say, Now: p.Now, Log: s.log,
	})
	handlers := jobHandlers(s.store, p.Now)
	handlers[logbook.ReviewsJob] = s.book.PostReviews
	handlers[library.PropagateJob], handlers[library.PropagateOneJob] = propagator.Handle, propagator.Handle
	return runnersOf(s.store.Queue(), holder, handlers, jobs.Options{Log: s.log, TTL: ttl, Observe: seenByRunner(s.metrics)})
}

// runnersOf makes a runner for each sort of work. opts are those of each, but for how
// much they do at once.
func runnersOf(q jobs.Queue, holder string, handlers map[string]jobs.Handler, opts jobs.Options) []*jobs.Runner {
	long, short, host := maps.Clone(handlers), make(map[string]jobs.Handler), make(map[string]jobs.Handler)
	move := func(to map[string]jobs.Handler, kinds ...string) {
		for _, kind := range kinds {
			to[kind] = long[kind]
			delete(long, kind)
		}
	}
	move(short, library.PropagateOneJob)
	move(host, logbook.ReviewsJob, sweepJob, purgeFindJob)
	runner := func(handlers map[string]jobs.Handler, parallel, each int) *jobs.Runner {
		opts := opts
		opts.Parallel, opts.Each = parallel, each
		return jobs.NewRunner(q, holder, handlers, opts)
	}
	return []*jobs.Runner{runner(long, longJobs, 1), runner(short, shortJobs, shortJobs/2), runner(host, hostJobs, hostJobs)}
}
