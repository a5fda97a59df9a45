package cli

import (
	"time"

	"verbatim/internal/jobs"
	"verbatim/internal/safety"
	"verbatim/internal/telemetry"
)

// What the packages report, as metrics.

// seenByBot is what the Discord bot reports.
type seenByBot struct{ *telemetry.Metrics }

// Replied implements discord.Observer.
func (m seenByBot) Replied(outcome string, tier safety.Tier, took time.Duration) {
	m.Metrics.Replied(outcome, tier.String(), took)
}

// Unsent implements discord.Observer.
func (m seenByBot) Unsent(error) { m.Metrics.Unsent() }

// LedgerFailed implements discord.Observer.
func (m seenByBot) LedgerFailed(error) { m.Metrics.LedgerFailed() }

// seenByShelves is what the guilds' indexes report.
type seenByShelves struct {
	metrics *telemetry.Metrics
	changed func(guild string)
}

// Opened implements shelf.Observer.
func (seenByShelves) Opened(string, time.Duration) {}

// Closed implements shelf.Observer.
func (seenByShelves) Closed(string) {}

// Bytes implements shelf.Observer.
func (m seenByShelves) Bytes(total int64, open int) { m.metrics.IndexesOpen(open, total) }

// Followed implements shelf.Observer.
func (m seenByShelves) Followed(cursor int64) { m.metrics.Followed(cursor) }

// Changed implements shelf.Observer.
func (m seenByShelves) Changed(guild string) { m.changed(guild) }

// Failed implements shelf.Observer.
func (m seenByShelves) Failed(error) { m.metrics.LibraryUnread() }

// seenByRunner returns what long work reports.
func seenByRunner(m *telemetry.Metrics) func(jobs.Job) {
	return func(j jobs.Job) { m.JobBecame(j.Kind, string(j.State)) }
}
