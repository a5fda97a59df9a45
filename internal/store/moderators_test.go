package store_test

import (
	"strings"
	"testing"

	"verbatim/internal/lease"
	"verbatim/internal/library"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// TestModeratorsMigrate opens a database of the version before, lets a program of that
// version write on beside it, steps back and opens it again.
func TestModeratorsMigrate(t *testing.T) {
	const inserted = `INSERT INTO posted (guild, id, channel, message, question, outcome, tier, article, revision, start_at, end_at, hash,
			others, sure, asker, at, expires)
		VALUES ('g', 'ID', 'c', 'm', 'q ID', 'answered', 'safety', 'rest', 'r', 1, 2, 'h', '[]', 9, 'mac', 5, 6)`
	const corrected = `INSERT INTO corrections (guild, id, answer, kind, preference, golden, actor, at)
		VALUES ('g', 'ID', 'one', 'removed', '', '', 'mod', 5)`
	for engine, newURL := range empties() {
		t.Run(engine, func(t *testing.T) {
			url := newURL(t)
			write := func(id string) {
				t.Helper()
				for _, insert := range []string{inserted, corrected} {
					_, err := storetest.Raw(t, url).ExecContext(t.Context(), strings.ReplaceAll(insert, "ID", id))
					must(t, err)
				}
			}
			must(t, store.MigrateTo(t.Context(), store.Config{URL: url, Now: today}, 2))
			write("before")
			s := open(t, url)
			write("beside")
			for _, id := range []string{"before", "beside"} {
				p, err := s.PostedByID(t.Context(), "g", id)
				if err != nil || p.Sure != 9 || p.Against != nil || p.Decisive.End != 0 || p.Minor || p.Private || p.Shown != "" {
					t.Errorf("%s: %+v, %v", id, p, err)
				}
				c, err := s.Corrections().Get(t.Context(), "g", id)
				if err != nil || c.Answer != "one" || c.Kind != "removed" || c.Right != nil {
					t.Errorf("%s: %+v, %v", id, c, err)
				}
			}
			must(t, s.Post(t.Context(), "g", library.Posted{ID: "new", Question: "q", Against: []library.Place{{Article: "rest"}}}, lease.Lease{}))
			must(t, s.SetMark(t.Context(), "g", "logged", "7"))
			quoting(t, s, 3)
			must(t, s.Close())

			must(t, store.MigrateTo(t.Context(), store.Config{URL: url, Now: today}, 2))
			write("between")
			s = open(t, url)
			quoting(t, s, 3) // what stood against an answer is lost by the step back
			if mark, err := s.Mark(t.Context(), "g", "logged"); err != nil || mark != "" {
				t.Errorf("mark %q, %v", mark, err)
			}
			if p, err := s.PostedByID(t.Context(), "g", "new"); err != nil || p.Against != nil {
				t.Errorf("after a step back: %+v, %v", p, err)
			}
		})
	}
}

// quoting wants as many answers to be found by the article.
func quoting(t *testing.T, s *store.Store, want int) {
	t.Helper()
	all, err := s.Quoting(t.Context(), "g", "rest", "", 99)
	if err != nil || len(all) != want {
		t.Errorf("%d answers quote the article, want %d, %v", len(all), want, err)
	}
}

// TestQuotingUsesItsIndexes asks both engines how they find answers that quote an
// article among 30,000.
func TestQuotingUsesItsIndexes(t *testing.T) {
	if raceDetector {
		t.Skip("many rows and one goroutine: nothing for the race detector, and minutes of it")
	}
	values := strings.NewReplacer("$1", "'g'", "$2", "'a7'", "$3", "5", "$4", "'x'", "$5", "20")
	for engine, newURL := range engines() {
		t.Run(engine, func(t *testing.T) {
			url := newURL(t)
			open(t, url)
			db := storetest.Raw(t, url)
			for _, statement := range []string{
				`INSERT INTO posted (guild, id, channel, message, question, outcome, tier, article, revision, start_at, end_at, hash, others, asker, at, expires,
					against_article)
				WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)
				SELECT 'g', i, 'c', i, i, 'answered', '', 'a' || (i % 40), 'r', 1, 2, 'h', '[]', 'mac', i, 0, 'a' || (i % 50) FROM n`,
				`ANALYZE`,
			} {
				_, err := db.ExecContext(t.Context(), statement)
				must(t, err)
			}
			explain := "EXPLAIN "
			if engine == "sqlite" {
				explain = "EXPLAIN QUERY PLAN "
			}
			queries := store.PlannedQueries()
			for name, query := range map[string]string{
				"a page": queries["answers that quote"], "the first": strings.ReplaceAll(queries["answers that quote"], "$5", "1"),
			} {
				plan := planOf(t, db, explain+values.Replace(query))
				if !strings.Contains(plan, "posted_article") || !strings.Contains(plan, "posted_against") || strings.Contains(plan, "Seq Scan") {
					t.Errorf("%s does without its indexes:\n%s", name, plan)
				}
				if strings.Contains(plan, "TEMP B-TREE FOR ORDER BY") {
					t.Errorf("%s sorts all that it finds:\n%s", name, plan)
				}
			}
		})
	}
}
