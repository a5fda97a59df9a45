package store_test

import (
	"database/sql"
	"strings"
	"testing"
	"time"

	"verbatim/internal/library"
	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// TestMembersMigrate opens a database that was written before members were asked why,
// steps back to it and opens it again.
func TestMembersMigrate(t *testing.T) {
	for engine, newURL := range empties() {
		t.Run(engine, func(t *testing.T) {
			url := newURL(t)
			must(t, store.MigrateTo(t.Context(), store.Config{URL: url, Now: today}, 1))
			for _, insert := range []string{
				`INSERT INTO posted (guild, id, channel, message, question, outcome, tier, article, revision, start_at, end_at, hash, others, asker, at, expires)
				VALUES ('g', 'one', 'c', 'm', 'q1', 'answered', 'safety', 'rest', 'r', 1, 2, 'h', '[]', 'mac', 5, 6),
					('g', 'two', 'c', '', 'q2', 'answered', 'safety', 'rest', 'r', 1, 2, 'h', 'null', 'mac', 7, 0)`,
				`INSERT INTO votes (guild, answer, voter, verdict) VALUES ('g', 'one', 'mac', 'helpful')`,
			} {
				_, err := storetest.Raw(t, url).ExecContext(t.Context(), insert)
				must(t, err)
			}
			s := open(t, url)
			first, err := s.PostedByQuestion(t.Context(), "g", "q1")
			must(t, err)
			kept, err := s.KeptOf(t.Context(), "g", "mac")
			if err != nil || len(kept.Answers) != 2 || first.Message != "m" || first.Sure != 0 ||
				len(kept.Votes) != 1 || kept.Votes[0] != (library.Voted{Answer: "one", Verdict: library.Helpful}) {
				t.Errorf("kept %+v, %v", kept, err)
			}
			if rows, err := s.ForgetMember(t.Context(), "g", "mac"); err != nil || rows != 3 {
				t.Errorf("%d rows, %v", rows, err)
			}
			must(t, s.Close())

			must(t, store.MigrateTo(t.Context(), store.Config{URL: url, Now: today}, 1))
			s = open(t, url)
			for _, id := range []string{"one", "two"} {
				p, err := s.PostedByID(t.Context(), "g", id)
				if err != nil || p.Asker != "" || p.Question != "forgotten "+id {
					t.Errorf("after a step back: %+v, %v", p, err)
				}
			}
		})
	}
}

// TestKeptOfUsesItsIndexes asks both engines how they find what is kept of one member
// among 100,000 answers and votes.
func TestKeptOfUsesItsIndexes(t *testing.T) {
	if raceDetector {
		t.Skip("many rows and one goroutine: nothing for the race detector, and minutes of it")
	}
	for engine, newURL := range engines() {
		t.Run(engine, func(t *testing.T) {
			url := newURL(t)
			s, db := open(t, url), storetest.Raw(t, url)
			for _, statement := range []string{
				`INSERT INTO posted (guild, id, channel, message, question, outcome, tier, article, revision, start_at, end_at, hash, others, asker, at, expires)
				WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
				SELECT 'g', i, 'c', i, i, 'answered', '', 'rest', 'r', 1, 2, 'h', '[]', 'mac' || (i % 5000), i, 0 FROM n`,
				`INSERT INTO votes (guild, answer, voter, verdict) SELECT guild, id, asker, 'helpful' FROM posted`,
				`ANALYZE`,
			} {
				_, err := db.ExecContext(t.Context(), statement)
				must(t, err)
			}
			began := time.Now()
			kept, err := s.KeptOf(t.Context(), "g", "mac17", "mac18")
			t.Logf("KeptOf among 100,000 answers and as many votes: %s", time.Since(began))
			if err != nil || len(kept.Answers) != 40 || len(kept.Votes) != 40 {
				t.Fatalf("%d answers, %d votes, %v", len(kept.Answers), len(kept.Votes), err)
			}
			explain := "EXPLAIN "
			if engine == "sqlite" {
				explain = "EXPLAIN QUERY PLAN "
			}
			queries := store.PlannedQueries()
			for name, index := range map[string]string{
				"asked by a member": "posted_asker", "forget who asked": "posted_asker",
				"votes of a member": "votes_voter", "forget votes": "votes_voter", "answer by question": "posted_question",
			} {
				if plan := planOf(t, db, explain+queries[name]); !strings.Contains(plan, index) {
					t.Errorf("%s does without %s:\n%s", name, index, plan)
				}
			}
		})
	}
}

// planOf is how an engine would run a query for one guild, all other arguments being
// a text.
func planOf(t *testing.T, db *sql.DB, query string) string {
	t.Helper()
	query = strings.NewReplacer("$1", "'g'", "$2", "'mac17'", "$3", "'mac18'").Replace(query)
	rows, err := db.QueryContext(t.Context(), query)
	must(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	must(t, err)
	into := make([]any, len(columns))
	for i := range into {
		into[i] = new(any)
	}
	var step string // in the last column
	into[len(into)-1] = &step
	var plan strings.Builder
	for rows.Next() {
		must(t, rows.Scan(into...))
		plan.WriteString(step + "\n")
	}
	must(t, rows.Err())
	return plan.String()
}
