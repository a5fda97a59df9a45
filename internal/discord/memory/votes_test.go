package memory_test

import (
	"testing"

	"verbatim/internal/discord/memory"
)

func TestVotes(t *testing.T) {
	v := memory.NewVotes[string](2)
	steps := []struct {
		key, verdict, before string
		known                bool
	}{
		{"a", "yes", "", false},
		{"a", "no", "yes", true},
		{"b", "yes", "", false},
		{"c", "yes", "", false}, // there is no room for a any more
		{"a", "no", "", false},
		{"c", "no", "yes", true},
	}
	for i, s := range steps {
		if before, known := v.Put(s.key, s.verdict); before != s.before || known != s.known {
			t.Errorf("step %d: %q, %v", i, before, known)
		}
	}
}
