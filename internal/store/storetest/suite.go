package storetest

import (
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// Store is everything that a store keeps: the ports of library, jobs and lease.
type Store interface {
	library.Book
	library.SettingsTable
	library.Ledger
	library.Members
	library.Counters
	library.Gaps
	library.Pages
	library.OptIns
	library.Trail
	library.Marks
	library.Guilds
	library.Feed
	library.Sweeper
	lease.Table

	Queue() jobs.Queue
	Golden() library.Records[library.Golden]
	Bank() library.Records[library.BankQuestion]
	Synonyms() library.Records[library.Synonym]
	Corrections() library.Records[library.Correction]
	Preferences() library.Records[library.Preference]
	Drafts() library.Records[library.Draft]
	Watches() library.Records[library.Watch]
	Proposals() library.Records[library.Proposal]
}

// Engine is one sort of database.
type Engine struct {
	// URL names a new database that is dropped at the end of the test.
	URL func(testing.TB) string
	// Open opens it until the end of the test, with a clock for the times of records.
	// A second store on the same address stands for another process.
	Open func(t testing.TB, url string, now func() time.Time) Store
	// Checks is how many random sequences of operations are compared with a model.
	Checks int
}

// Suite is the contract of a store: what the ports' comments promise.
func Suite(t *testing.T, e Engine) {
	t.Helper()
	for name, test := range map[string]func(*testing.T, Engine){
		"book":        testBook,
		"records":     testRecords,
		"settings":    testSettings,
		"ledger":      testLedger,
		"members":     testMembers,
		"counters":    testCounters,
		"gaps":        testGaps,
		"pages":       testPages,
		"opt-ins":     testOptIns,
		"trail":       testTrail,
		"marks":       testMarks,
		"propagation": testPropagation,
		"guilds":      testGuilds,
		"feed":        testFeed,
		"sweeper":     testSweeper,
		"queue":       testQueue,
		"leases":      testLeases,
		"texts":       testTexts,
		"contexts":    testContexts,
		"isolation":   testIsolation,
		"model":       testModel,
		"concurrency": testConcurrency,
	} {
		t.Run(name, func(t *testing.T) { test(t, e) })
	}
}

// clock stands still until it is moved.
type clock struct{ ms atomic.Int64 }

// now is the clock's time, which has parts of a millisecond that are not kept and a
// zone that is not UTC.
func (c *clock) now() time.Time {
	return time.UnixMilli(c.ms.Load()).Add(345 * time.Microsecond).In(time.FixedZone("elsewhere", 5*3600))
}

// kept is the time as records have it.
func (c *clock) kept() time.Time { return time.UnixMilli(c.ms.Load()).UTC() }

func (c *clock) pass(d time.Duration) { c.ms.Add(d.Milliseconds()) }

// beginning is what clocks show first.
const beginning = 1_900_000_000_123

// database is an open database with its clock.
type database struct {
	Store
	clock  *clock
	engine Engine
	url    string
}

// open opens a new database.
func (e Engine) open(t testing.TB) *database {
	t.Helper()
	d := &database{clock: new(clock), engine: e, url: e.URL(t)}
	d.clock.ms.Store(beginning)
	d.Store = d.again(t)
	return d
}

// again opens the database once more, as another process would.
func (d *database) again(t testing.TB) Store {
	t.Helper()
	return d.engine.Open(t, d.url, d.clock.now)
}

// Two guilds, and one that never did anything.
const (
	guildA = "100000000000000001"
	guildB = "100000000000000002"
	nobody = "100000000000000003"
)

// act is what somebody does.
func act() library.Act { return library.Act{Actor: "200000000000000001", Reason: "it was time"} }

// succeed stops the test at an error.
func succeed(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("error %v", err)
	}
}

// must returns the first value, and stops the test at an error.
func must[T any](t testing.TB) func(T, error) T {
	t.Helper()
	return func(value T, err error) T {
		t.Helper()
		succeed(t, err)
		return value
	}
}

// same compares two values.
func same(t testing.TB, what string, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// refused wants an error of a class that says nothing of the engine.
func refused(t testing.TB, what string, err, class error) {
	t.Helper()
	if !errors.Is(err, class) {
		t.Errorf("%s: error %v, want %v", what, err, class)
		return
	}
	plain(t, what, err)
}

// plain wants an error without the words of a driver.
func plain(t testing.TB, what string, err error) {
	t.Helper()
	for _, word := range []string{"sqlite", "sqlstate", "sql:", "pgx", "pq:", "constraint", "unique", "duplicate key", "syntax"} {
		if err != nil && strings.Contains(strings.ToLower(err.Error()), word) {
			t.Errorf("%s: the error %q is a driver's", what, err)
		}
	}
}

// classOf names the class of an error.
func classOf(err error) string {
	for _, class := range []error{
		article.ErrNotFound, article.ErrConflict, article.ErrInvalid, article.ErrTooLarge, article.ErrUnavailable,
	} {
		if errors.Is(err, class) {
			return class.Error()
		}
	}
	if err != nil {
		return "error without a class: " + err.Error()
	}
	return ""
}

// unsorted are keys whose order depends on who sorts them.
func unsorted() []string {
	return []string{"b", "B", "a", "Z", "-z", "_", "ä", "a-b", "ab", "10", "9", "a\u0308", "ａ", "é"}
}

// inBytes are the same keys in the order of their bytes.
func inBytes() []string {
	return []string{"-z", "10", "9", "B", "Z", "_", "a", "a-b", "ab", "a\u0308", "b", "ä", "é", "ａ"}
}
