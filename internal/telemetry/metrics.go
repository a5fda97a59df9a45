// Package telemetry tells whoever runs the bot how it is: metrics for Prometheus,
// and whether it is healthy. It imports nothing of ours; cli connects the other
// packages' observers to the methods here.
//
// Invariants:
//   - nothing global: every [Metrics] has a registry of its own;
//   - no label has a value that members or moderators can choose, so that neither
//     their words nor the ids of guilds get here, and the number of series is bounded;
//   - nothing listens unless it was asked for, and not beyond this machine unless
//     the host was named.
package telemetry

import (
	"slices"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Metrics counts and measures. Its methods are named after what they observe; they
// are safe for concurrent use and take no time worth speaking of.
type Metrics struct {
	registry *prometheus.Registry

	replies       *prometheus.HistogramVec
	handlers      *prometheus.HistogramVec
	storeFailures *prometheus.CounterVec
	unsent        prometheus.Counter
	ledgerFailed  prometheus.Counter
	libraryFailed prometheus.Counter
	shards        prometheus.Gauge
	indexes       prometheus.Gauge
	indexBytes    prometheus.Gauge
	jobs          *prometheus.CounterVec
	cursor, head  atomic.Int64 // of the feed of changes
}

// New returns metrics that have counted nothing yet. version is that of the program.
func New(version string) *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		replies: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "verbatim_reply_duration_seconds", Help: "How long questions took until the reply was ready, by outcome and safety tier.",
			Buckets: replyBuckets(),
		}, []string{"outcome", "tier"}),
		handlers: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "verbatim_handler_duration_seconds", Help: "How long the handlers of Discord's events took, by handler and how they ended.",
			Buckets: replyBuckets(),
		}, []string{"handler", "end"}),
		storeFailures: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "verbatim_store_failures_total", Help: "Writes that the database could not do, by reason.",
		}, []string{"reason"}),
		unsent:        counter("verbatim_replies_unsent_total", "Replies that Discord did not take."),
		ledgerFailed:  counter("verbatim_ledger_failures_total", "Replies that were sent although they could not be recorded."),
		libraryFailed: counter("verbatim_library_failures_total", "Times that what the servers published, or the feed of changes, could not be read."),
		shards:        gauge("verbatim_shards_held", "Gateway shards that this process holds."),
		indexes:       gauge("verbatim_indexes_open", "Search indexes that are in memory."),
		indexBytes:    gauge("verbatim_indexes_bytes", "Memory that the open search indexes take, as estimated."),
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "verbatim_jobs_total", Help: "Jobs that this process brought into a state, by kind and state.",
		}, []string{"kind", "state"}),
	}
	m.register(version)
	return m
}

func (m *Metrics) register(version string) {
	m.registry.MustRegister(
		m.replies, m.handlers, m.unsent, m.storeFailures, m.ledgerFailed, m.libraryFailed, m.shards, m.indexes, m.indexBytes, m.jobs,
		read("verbatim_feed_cursor", "Sequence number of the last change that this process has followed.", m.cursor.Load),
		read("verbatim_feed_lag", "How far this process is behind the last change, in sequence numbers.", m.lag),
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "verbatim_info", Help: "Always 1; the label is the version of the program.",
			ConstLabels: prometheus.Labels{"version": version},
		}, func() float64 { return 1 }),
	)
	for _, reason := range storeReasons() { // from zero, so that the first failure is an increase
		m.storeFailures.WithLabelValues(reason)
	}
}

func counter(name, help string) prometheus.Counter {
	return prometheus.NewCounter(prometheus.CounterOpts{Name: name, Help: help})
}

func gauge(name, help string) prometheus.Gauge {
	return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
}

// read is a gauge whose value is asked for when it is looked at.
func read(name, help string, value func() int64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 { return float64(value()) })
}

// replyBuckets are in seconds. Replies take milliseconds; Discord gives up after three seconds.
func replyBuckets() []float64 {
	return []float64{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5}
}

// storeReasons are why a database does not do its work; any other reason is "other".
func storeReasons() []string {
	return []string{"full", "read-only", "disk", "busy", "unreachable", "damaged", other}
}

const other = "other"

// Replied observes a reply: its outcome, the safety tier of its question (each one
// of a fixed set of words), and the time from the question until it was ready.
func (m *Metrics) Replied(outcome, tier string, took time.Duration) {
	m.replies.WithLabelValues(outcome, tier).Observe(took.Seconds())
}

// Handled records that a handler ended, took after it began; failed when it panicked.
func (m *Metrics) Handled(handler string, took time.Duration, failed bool) {
	end := "done"
	if failed {
		end = "panicked"
	}
	m.handlers.WithLabelValues(handler, end).Observe(took.Seconds())
}

// StoreFailed observes a write that the database could not do: because it is
// "full", "read-only", "busy", "unreachable", "damaged", because its "disk" fails,
// or for an "other" reason.
func (m *Metrics) StoreFailed(reason string) {
	if !slices.Contains(storeReasons(), reason) {
		reason = other
	}
	m.storeFailures.WithLabelValues(reason).Inc()
}

// Unsent observes a reply that Discord did not take.
func (m *Metrics) Unsent() { m.unsent.Inc() }

// LedgerFailed observes a reply that could not be recorded.
func (m *Metrics) LedgerFailed() { m.ledgerFailed.Inc() }

// ShardsHeld observes how many gateway shards this process holds by now.
func (m *Metrics) ShardsHeld(n int) { m.shards.Set(float64(n)) }

// IndexesOpen observes how many search indexes are in memory by now, and how many
// bytes they take.
func (m *Metrics) IndexesOpen(n int, bytes int64) {
	m.indexes.Set(float64(n))
	m.indexBytes.Set(float64(bytes))
}

// LibraryUnread observes that what guilds published, or the feed of changes, could
// not be read.
func (m *Metrics) LibraryUnread() { m.libraryFailed.Inc() }

// Followed observes how far the feed of changes was followed.
func (m *Metrics) Followed(cursor int64) { m.cursor.Store(cursor) }

// FeedHead observes the sequence number of the last change that there is.
func (m *Metrics) FeedHead(head int64) { m.head.Store(head) }

// lag is how far the feed was not followed yet.
func (m *Metrics) lag() int64 { return max(0, m.head.Load()-m.cursor.Load()) }

// JobBecame observes that this process brought a job into a state. Kind and state
// are each one of a fixed set of words.
func (m *Metrics) JobBecame(kind, state string) { m.jobs.WithLabelValues(kind, state).Inc() }
