package store_test

import (
	"strings"
	"testing"

	"verbatim/internal/store"
	"verbatim/internal/store/storetest"
)

// TestPlans asks SQLite how it would answer: with thousands of guilds in one file,
// nothing that happens for each question may look at every row.
func TestPlans(t *testing.T) {
	url := storetest.SQLite(t)
	open(t, url)
	db := storetest.Raw(t, url)
	for name, query := range store.PlannedQueries() {
		t.Run(name, func(t *testing.T) {
			rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, make([]any, strings.Count(query, "$"))...)
			if err != nil {
				t.Fatal(err)
			}
			defer rows.Close()
			steps := 0
			for rows.Next() {
				var id, parent, unused int
				var step string
				if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
					t.Fatal(err)
				}
				t.Log(step)
				// A scan along an index serves ORDER BY and stops at LIMIT.
				if strings.HasPrefix(step, "SCAN") && !strings.Contains(step, "USING") {
					t.Errorf("the plan looks at every row: %s", step)
				}
				steps++
			}
			if err := rows.Err(); err != nil || steps == 0 {
				t.Errorf("%d steps, %v", steps, err)
			}
		})
	}
}
