package safety

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// hostile are texts that, repeated, would show work that grows faster than length.
var hostile = map[string]string{
	"message":      "my prostate hurts after the massage and there was blood, is it safe? ",
	"figures":      "this exam is killing me lol and a brush stroke of genius ",
	"denials":      "no chest pain, no fever, ",
	"spelled":      "k i l l ",
	"run-on":       "iwanttokillmyself",
	"stars":        "su*c*de f*ck b*l*d* ",
	"markup":       "**k**i||ll|| <@!1> [a](https://example.org/b) `c` ",
	"brackets":     "[[[](](<<<@#",
	"misspelled":   "prosttae blleding ctheter sucide ovredose ",
	"excused ages": "im 15 minutes away, ",
	"one word":     "a",
	"pictographs":  "💊🔪",
	"ideographs":   "我想死了吗",
	"backwards":    "flesym llik ot tnaw ",
}

// TestWorkIsLinear compares a text with one of 32 times its length. Linear work takes
// 32 times as long and quadratic work a thousand times; the limit lies well between,
// since small texts stay in the caches and large ones wait for the collector. A busy machine can only lengthen a run, so a ratio over the limit
// is measured again, with the shortest runs so far kept, before it counts.
func TestWorkIsLinear(t *testing.T) { workIsLinear(t, shipped(t)) }

func workIsLinear(t *testing.T, rules *Rules) {
	t.Helper()
	const times, limit, rounds = 32, 200, 6
	for name, unit := range hostile {
		short := strings.Repeat(unit, 512/len(unit))
		long := strings.Repeat(short, times)
		quickShort, quickLong, ratio := time.Hour, time.Hour, 0.0
		for round := range rounds {
			if round > 0 && ratio <= limit {
				break
			}
			quickShort, quickLong = min(quickShort, quickest(rules, short)), min(quickLong, quickest(rules, long))
			ratio = quickLong.Seconds() / quickShort.Seconds()
		}
		if ratio > limit {
			t.Errorf("%s: a text %d times as long takes %.0f times as long", name, times, ratio)
		}
	}
}

// quickest is the least time of several runs.
func quickest(rules *Rules, text string) time.Duration {
	best := time.Hour
	for range 4 {
		start := time.Now()
		rules.Triage(text)
		best = min(best, time.Since(start))
	}
	return best
}

// BenchmarkTriageLength shows the time for a byte from 1 KB to 1 MB.
func BenchmarkTriageLength(b *testing.B) {
	rules := shipped(b)
	for kb := 1; kb <= 1024; kb *= 4 {
		text := strings.Repeat(hostile["message"], kb<<10/len(hostile["message"])+1)[:kb<<10]
		b.Run(fmt.Sprintf("%dKB", kb), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				rules.Triage(text)
			}
		})
	}
}

// BenchmarkTriageP99 reports the 99th percentile over hostile messages of 500
// characters, in microseconds; the promise is less than 2000.
func BenchmarkTriageP99(b *testing.B) {
	rules := shipped(b)
	var texts []string
	for _, unit := range hostile {
		texts = append(texts, string([]rune(strings.Repeat(unit, 500))[:500]))
	}
	slices.Sort(texts)
	var took []time.Duration
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		rules.Triage(texts[i%len(texts)])
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
}
