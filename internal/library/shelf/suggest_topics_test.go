package shelf_test

import (
	"slices"
	"testing"

	"verbatim/internal/answer"
	"verbatim/internal/library"
)

// withersTopic keeps what is asked about withering to adults.
const withersTopic = `topics:
  - id: withering
    tier: safety
    quote: age-restricted
    any: ["(wither|withers)"]
    examples:
      positive: ["does it wither", "how it withers", "tea withers here"]
      negative: ["how hot is the tea", "is it weather for tea"]
`

// TestSuggestByOwnTopics: what a guild's own topics keep to adults is offered to them
// alone, and what comes after it in its place; for nobody else anything changes.
func TestSuggestByOwnTopics(t *testing.T) {
	m := newMemory()
	m.publish("own", "ferrets", ferret("18"))
	r, bank := typing(t, m)
	r.follow(t)
	bank.put("own", "Why does tea wither?", "")
	offered := func(guild string, channel answer.Channel, limit int) []string {
		got, err := r.Suggest(t.Context(), guild, channel, "", limit)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, set := range []bool{false, true, false} {
		topics, first, own := "", howLong, "Why does tea wither?"
		if set {
			topics, first, own = withersTopic, bread0, bread0
		}
		r.until(t, "g", m.set("g", library.SafetyTopics, topics))
		r.until(t, "own", m.set("own", library.SafetyTopics, topics))
		for guild, want := range map[string]string{"g": first, "own": own, "other": howLong} {
			if got := offered(guild, answer.General, 1); !slices.Equal(got, []string{want}) {
				t.Errorf("set %v: %s is offered %q, want %q", set, guild, got, want)
			}
		}
		if got := offered("g", answer.AgeRestricted, 1); !slices.Equal(got, []string{howLong}) {
			t.Errorf("set %v: adults are offered %q", set, got)
		}
		if got := offered("g", answer.General, 25); slices.Contains(got, howLong) == set || !slices.Contains(got, teaTitle) {
			t.Errorf("set %v: %q", set, got)
		}
	}
}

// BenchmarkSuggestByOwnTopics offers what it can to a guild with topics of its own.
func BenchmarkSuggestByOwnTopics(b *testing.B) {
	m := filled(b, 1000)
	r, _ := typing(b, m)
	r.follow(b)
	r.until(b, "g", m.set("g", library.SafetyTopics, withersTopic))
	r.suggested(b, "")
	for b.Loop() {
		r.suggested(b, "")
	}
}
