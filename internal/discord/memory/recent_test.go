package memory

import "testing"

// TestRecentRemembersTheLast promises to know the last events and to stay small.
func TestRecentRemembersTheLast(t *testing.T) {
	t.Parallel()
	r := NewRecent(3)
	for _, step := range []struct {
		id    string
		first bool
	}{{"1", true}, {"2", true}, {"1", false}, {"3", true}, {"4", true}, {"2", false}, {"1", true}, {"4", false}} {
		if got := r.First(step.id); got != step.first {
			t.Errorf("First(%s) = %v", step.id, got)
		}
	}
	if len(r.seen.all) > 3 {
		t.Errorf("%d events are remembered", len(r.seen.all))
	}
}
