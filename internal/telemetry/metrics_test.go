package telemetry

import (
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/testutil"
)

// used returns metrics that have seen everything once.
func used() *Metrics {
	m := New("1.2.3")
	m.Replied("answered", "none", 7*time.Millisecond)
	m.Replied("card", "crisis", 4*time.Second)
	m.StoreFailed("full")
	m.StoreFailed("the moon is full")
	m.LedgerFailed()
	m.ShardsHeld(3)
	m.ShardsHeld(2)
	m.IndexesOpen(5, 1<<20)
	m.Followed(90)
	m.FeedHead(100)
	m.Unsent()
	m.LibraryUnread()
	m.JobBecame("import", "running")
	m.JobBecame("import", "done")
	return m
}

func TestMetricsCount(t *testing.T) {
	const want = `
# HELP verbatim_feed_cursor Sequence number of the last change that this process has followed.
# TYPE verbatim_feed_cursor gauge
verbatim_feed_cursor 90
# HELP verbatim_feed_lag How far this process is behind the last change, in sequence numbers.
# TYPE verbatim_feed_lag gauge
verbatim_feed_lag 10
# HELP verbatim_indexes_bytes Memory that the open search indexes take, as estimated.
# TYPE verbatim_indexes_bytes gauge
verbatim_indexes_bytes 1.048576e+06
# HELP verbatim_indexes_open Search indexes that are in memory.
# TYPE verbatim_indexes_open gauge
verbatim_indexes_open 5
# HELP verbatim_info Always 1; the label is the version of the program.
# TYPE verbatim_info gauge
verbatim_info{version="1.2.3"} 1
# HELP verbatim_jobs_total Jobs that this process brought into a state, by kind and state.
# TYPE verbatim_jobs_total counter
verbatim_jobs_total{kind="import",state="done"} 1
verbatim_jobs_total{kind="import",state="running"} 1
# HELP verbatim_ledger_failures_total Replies that were sent although they could not be recorded.
# TYPE verbatim_ledger_failures_total counter
verbatim_ledger_failures_total 1
# HELP verbatim_library_failures_total Times that what the servers published, or the feed of changes, could not be read.
# TYPE verbatim_library_failures_total counter
verbatim_library_failures_total 1
# HELP verbatim_replies_unsent_total Replies that Discord did not take.
# TYPE verbatim_replies_unsent_total counter
verbatim_replies_unsent_total 1
# HELP verbatim_shards_held Gateway shards that this process holds.
# TYPE verbatim_shards_held gauge
verbatim_shards_held 2
# HELP verbatim_store_failures_total Writes that the database could not do, by reason.
# TYPE verbatim_store_failures_total counter
verbatim_store_failures_total{reason="busy"} 0
verbatim_store_failures_total{reason="damaged"} 0
verbatim_store_failures_total{reason="disk"} 0
verbatim_store_failures_total{reason="full"} 1
verbatim_store_failures_total{reason="other"} 1
verbatim_store_failures_total{reason="read-only"} 0
verbatim_store_failures_total{reason="unreachable"} 0
`
	err := testutil.GatherAndCompare(used().registry, strings.NewReader(want),
		"verbatim_feed_cursor", "verbatim_feed_lag", "verbatim_indexes_bytes", "verbatim_indexes_open", "verbatim_info",
		"verbatim_jobs_total", "verbatim_ledger_failures_total", "verbatim_library_failures_total",
		"verbatim_replies_unsent_total", "verbatim_shards_held", "verbatim_store_failures_total")
	if err != nil {
		t.Error(err)
	}
}

// TestReplies looks at one histogram whole: what lies in which bucket is what a
// person would look at.
func TestReplies(t *testing.T) {
	families, err := used().registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		if f.GetName() != "verbatim_reply_duration_seconds" {
			continue
		}
		if len(f.GetMetric()) != 2 {
			t.Fatalf("%d series", len(f.GetMetric()))
		}
		card := f.GetMetric()[1]
		if card.GetLabel()[0].GetValue() != "card" || card.GetLabel()[1].GetValue() != "crisis" {
			t.Errorf("labels %v", card.GetLabel())
		}
		h := card.GetHistogram()
		if h.GetSampleCount() != 1 || h.GetSampleSum() != 4 {
			t.Errorf("%d samples of together %g s", h.GetSampleCount(), h.GetSampleSum())
		}
		return
	}
	t.Error("there is no histogram of replies")
}

func TestNamesAreWellMade(t *testing.T) {
	problems, err := testutil.GatherAndLint(used().registry)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("%s: %s", p.Metric, p.Text)
	}
}

// TestRegistriesAreTheirOwn makes two, which a global registry would refuse.
func TestRegistriesAreTheirOwn(t *testing.T) {
	first, second := New("a"), New("b")
	first.LedgerFailed()
	if got := testutil.ToFloat64(second.ledgerFailed); got != 0 {
		t.Errorf("the other one counted %g", got)
	}
}

func TestALagIsNeverNegative(t *testing.T) {
	m := New("a")
	m.FeedHead(5) // looked at before the last changes were followed
	m.Followed(7)
	if got := m.lag(); got != 0 {
		t.Errorf("lag %d", got)
	}
}
