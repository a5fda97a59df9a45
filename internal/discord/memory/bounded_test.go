package memory

import (
	"testing"

	"pgregory.net/rapid"
)

// TestBounded: there is room for so many, and for the last ones. Those that
// were forgotten take none away from those that came after them.
func TestBounded(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		b, since := newBounded[int](3), map[string]int{} // how many new ones came since a key was put
		for n := range rapid.IntRange(1, 40).Draw(t, "steps") {
			key := rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}).Draw(t, "key")
			if rapid.Bool().Draw(t, "drop") {
				b.drop(key)
				delete(since, key)
				continue
			}
			if _, known := b.get(key); !known {
				for other := range since {
					since[other]++
				}
				since[key] = 0
			}
			b.put(key, n)
			if got, ok := b.get(key); !ok || got != n || len(b.all) > 3 {
				t.Fatalf("put %d, got %d among %d", n, got, len(b.all))
			}
			for other, came := range since {
				if _, ok := b.get(other); ok != (came < 3) {
					t.Fatalf("%s is there: %v, after %d others", other, ok, came)
				}
			}
		}
	})
}
