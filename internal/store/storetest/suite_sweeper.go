package storetest

import (
	"fmt"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

func testSweeper(t *testing.T, e Engine) {
	t.Run("records", func(t *testing.T) { sweepRecords(t, e.open(t)) })
	t.Run("feed", func(t *testing.T) { sweepFeed(t, e.open(t)) })
}

// sweep sweeps until nothing is left, and wants each call to keep to its limit.
func (d *database) sweep(t testing.TB, now time.Time, limit int) (removed int64) {
	t.Helper()
	for {
		n := must[int64](t)(d.Sweep(t.Context(), now, limit))
		if n > int64(limit) {
			t.Fatalf("%d rows went where at most %d may", n, limit)
		}
		if n == 0 {
			return removed
		}
		removed += n
	}
}

func sweepRecords(t *testing.T, d *database) {
	ctx := t.Context()
	now := d.clock.kept()
	for i := range 10 {
		p := postedAs(fmt.Sprint(i))
		p.Expires = now.Add(time.Duration(i) * time.Hour)
		succeed(t, d.Post(ctx, guildA, p, lease.Lease{}))
		succeed(t, d.Miss(ctx, guildB, library.Missed{ID: fmt.Sprint(i), Text: "?", At: now.Add(time.Duration(i)*time.Hour - library.MissedFor)}))
	}
	for ago := 398; ago <= 402; ago++ {
		succeed(t, d.Count(ctx, guildA, article.DateOf(now.AddDate(0, 0, -ago)), "asked", 1))
	}
	must[jobs.Job](t)(first(d.Queue().Enqueue(ctx, guildA, jobs.Job{ID: "j", Kind: "k", Key: "1"})))
	succeed(t, d.Queue().Cancel(ctx, guildA, "j"))
	must[jobs.Job](t)(first(d.Queue().Enqueue(ctx, guildA, jobs.Job{ID: "waits", Kind: "k", Key: "2"})))

	same(t, "rows that went", d.sweep(t, now.Add(4*time.Hour), 3), int64(12))
	_, err := d.PostedByID(ctx, guildA, "4")
	refused(t, "an answer past its retention", err, article.ErrNotFound)
	must[library.Posted](t)(d.PostedByID(ctx, guildA, "5"))
	counts := must[[]library.Daily](t)(d.Counts(ctx, guildA, article.DateOf(now.AddDate(-9, 0, 0)), article.DateOf(now)))
	same(t, "days with numbers", len(counts), 3)
	same(t, "the oldest day", counts[0].Day, article.DateOf(now.AddDate(0, 0, -400)))
	same(t, "missed questions", len(must[[]library.Missed](t)(d.MissedQuestions(ctx, guildB))), 5)
	must[jobs.Job](t)(d.Queue().Job(ctx, guildA, "j"))

	d.sweep(t, now.AddDate(1, 0, 0), 1000)
	_, err = d.Queue().Job(ctx, guildA, "j")
	refused(t, "a job that ended a year ago", err, article.ErrNotFound)
	must[jobs.Job](t)(d.Queue().Job(ctx, guildA, "waits"))
	for _, limit := range []int{0, -1} {
		if n := must[int64](t)(d.Sweep(ctx, now.AddDate(9, 0, 0), limit)); n != 0 {
			t.Errorf("%d rows went where at most %d may", n, limit)
		}
	}
}

// first leaves out the second of three results.
func first[T any](value T, _ bool, err error) (T, error) { return value, err }

// sweepFeed wants a follower who has not seen what is gone to hear of it.
func sweepFeed(t *testing.T, d *database) {
	ctx := t.Context()
	const many = 12_000 // more than any feed keeps of what is old
	_, err := Raw(t, d.url).ExecContext(ctx, `INSERT INTO feed (seq, guild, kind, subject, at)
		WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		SELECT i, 'g', 'record', '', CAST($2 AS BIGINT) FROM n`, many, d.clock.kept().UnixMilli())
	succeed(t, err)
	_, err = Raw(t, d.url).ExecContext(ctx, `UPDATE clock SET seq = $1`, many)
	succeed(t, err)
	must[[]library.Change](t)(d.Changes(ctx, 0, 1))
	removed := d.sweep(t, d.clock.kept().AddDate(0, 1, 0), 500)
	if removed == 0 || removed >= many {
		t.Fatalf("%d of %d changes went", removed, many)
	}
	for _, cursor := range []int64{0, removed - 1} {
		_, err := d.Changes(ctx, cursor, 10)
		refused(t, fmt.Sprintf("changes after %d of which the next are gone", cursor), err, article.ErrNotFound)
	}
	some := must[[]library.Change](t)(d.Changes(ctx, removed, many))
	if len(some) != many-int(removed) || some[0].Seq != removed+1 {
		t.Errorf("%d changes are left after %d", len(some), removed)
	}
}
