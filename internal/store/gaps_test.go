package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/internal/library"
	"verbatim/internal/store/storetest"
)

// TestMiss_newest keeps the newest missed questions of a guild, whenever they come in.
func TestMiss_newest(t *testing.T) {
	for engine, url := range engines() {
		t.Run(engine, func(t *testing.T) {
			at := url(t)
			s := open(t, at)
			var rows []string
			for i := range library.MaxMissed - 1 {
				rows = append(rows, fmt.Sprintf("('g', '%04d', '?', %d)", i, today().Add(time.Duration(i)*time.Second).UnixMilli()))
			}
			_, err := storetest.Raw(t, at).ExecContext(t.Context(), "INSERT INTO missed (guild, id, text, at) VALUES "+strings.Join(rows, ", "))
			must(t, err)
			must(t, s.Miss(t.Context(), "h", library.Missed{ID: "of another guild", Text: "?", At: today().Add(-time.Hour)}))
			for i, id := range []string{"last", "newer", "newest"} {
				must(t, s.Miss(t.Context(), "g", library.Missed{ID: id, Text: "?", At: today().Add(time.Duration(i+1) * time.Hour)}))
			}
			must(t, s.Miss(t.Context(), "g", library.Missed{ID: "too old", Text: "?", At: today().Add(-time.Hour)}))
			all, err := s.MissedQuestions(t.Context(), "g")
			if err != nil || len(all) != library.MaxMissed || all[0].ID != "0002" || all[len(all)-1].ID != "newest" {
				t.Errorf("%d missed questions, %v", len(all), err)
			}
			if other, err := s.MissedQuestions(t.Context(), "h"); err != nil || len(other) != 1 {
				t.Errorf("of another guild %d, %v", len(other), err)
			}
		})
	}
}
