package propagate_test

import (
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"verbatim/internal/discord/propagate"
)

// TestPace: a channel waits for itself, and all wait for what is allowed in all.
func TestPace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		channels, edits int
		want            time.Duration
	}{
		"one channel":   {1, 21, 10 * time.Second},
		"two channels":  {2, 42, 10 * time.Second}, // and not twice as long
		"many channels": {1000, 201 * 5, (201*5 - 1) * 50 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p, begun := propagate.NewPace(2), time.Now()
				for i := range c.edits {
					if err := p.Wait(t.Context(), strconv.Itoa(i%c.channels)); err != nil {
						t.Fatal(err)
					}
				}
				if took := time.Since(begun); took < c.want || took > c.want+100*time.Millisecond {
					t.Errorf("it took %v, want %v", took, c.want)
				}
				if n := p.Channels(); n > 256 {
					t.Errorf("%d channels are remembered", n)
				}
			})
		})
	}
}
