package shelf_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
)

// idleGuild is what a guild may cost that asks nothing, in bytes.
const idleGuild = 20 << 10

// TestIdleGuildsCostLittle measures two hundred guilds; the benchmark a thousand.
func TestIdleGuildsCostLittle(t *testing.T) {
	for name, settings := range map[string]bool{"without settings": false, "with settings": true} {
		t.Run(name, func(t *testing.T) {
			if bytes, r := idleGuilds(t, 200, settings); bytes > idleGuild {
				t.Errorf("%d bytes a guild", bytes)
				runtime.KeepAlive(r)
			}
		})
	}
}

// BenchmarkIdleGuilds reports what each of a thousand guilds costs.
func BenchmarkIdleGuilds(b *testing.B) {
	for name, settings := range map[string]bool{"without settings": false, "with settings": true} {
		b.Run(name, func(b *testing.B) {
			var bytes int64
			for b.Loop() {
				bytes, _ = idleGuilds(b, 1000, settings)
			}
			b.ReportMetric(float64(bytes), "B/guild")
		})
	}
}

// idleGuilds returns how many bytes each of some guilds takes after it has asked
// one question, beyond what shelves for none take.
func idleGuilds(t testing.TB, guilds int, settings bool) (int64, *rig) {
	t.Helper()
	m := newMemory()
	rigOf := func(m *memory) (*rig, int64) {
		before := heapInUse()
		r := newRig(t, m, nil)
		ask(t, r, "nobody", aboutTea)
		return r, heapInUse() - before
	}
	first, _ := rigOf(m) // and what is made once for all is made
	if settings {
		for i := range guilds {
			m.set(guildID(i), "helplines", fmt.Sprintf("Our own listeners: #listen-%d", i))
			m.set(guildID(i), "stale-days", "90")
			m.set(guildID(i), "moderator-roles", fmt.Sprintf("81384788765712%04d", i))
		}
	}
	empty, none := rigOf(newMemory())
	r, some := rigOf(m)
	before := heapInUse()
	for i := range guilds {
		r.Screen(guildID(i), question(aboutTea))
		ask(t, r, guildID(i), aboutTea)
	}
	grown := some - none + heapInUse() - before
	runtime.KeepAlive([]*rig{first, empty})
	return grown / int64(guilds), r
}

func guildID(i int) string { return fmt.Sprintf("813847887657%06d", i) }

func ask(t testing.TB, r *rig, guild, text string) {
	t.Helper()
	if _, err := r.Ask(context.Background(), guild, question(text)); err != nil {
		t.Fatal(err)
	}
}

func heapInUse() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// The sizes of the guild's library, in passages.
var benchmarkSizes = []int{10, 1000, 10_000}

// BenchmarkPublishToAnswerable takes the time from the commit of an article in an
// open library until a question is answered with it.
func BenchmarkPublishToAnswerable(b *testing.B) {
	for _, size := range benchmarkSizes {
		b.Run(fmt.Sprint(size, " passages"), func(b *testing.B) {
			m := filled(b, size)
			r := newRig(b, m, func(c *shelf.Config) { c.Synonyms = vocabulary(b); c.Memory = 1 << 30 })
			r.follow(b)
			ask(b, r, "g", aboutFerrets)
			n := 0
			for b.Loop() {
				n++
				seq := m.publish("g", "ferrets", ferret(fmt.Sprint(n)))
				r.wake <- struct{}{}
				if err := r.Wait(b.Context(), "g", seq); err != nil {
					b.Fatal(err)
				}
				ask(b, r, "g", aboutFerrets)
			}
		})
	}
}

// BenchmarkOpening takes the first question to a guild whose index is not open.
func BenchmarkOpening(b *testing.B) {
	for _, size := range benchmarkSizes {
		b.Run(fmt.Sprint(size, " passages"), func(b *testing.B) {
			m := filled(b, size)
			r := newRig(b, m, func(c *shelf.Config) { c.Synonyms = vocabulary(b); c.Memory = 1 })
			for b.Loop() {
				ask(b, r, "g", aboutFerrets)
			}
			b.ReportMetric(float64(r.seen.most)/(1<<20), "MB")
		})
	}
}

// BenchmarkAsk takes a question to the shared index and to an own one that is open.
func BenchmarkAsk(b *testing.B) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("18"))
	r := newRig(b, m, nil)
	for _, guild := range []string{"other", "g"} {
		b.Run(guild, func(b *testing.B) {
			for b.Loop() {
				ask(b, r, guild, aboutTea)
			}
		})
	}
}

// filled makes a guild whose own articles have that many passages, ten each.
func filled(t testing.TB, passages int) *memory {
	t.Helper()
	m := newMemory()
	random := rand.New(rand.NewPCG(1, 2))
	m.change("g", library.ChangedArticle, func(s *library.Shelf) {
		s.Sources = map[string]string{}
		for i := range passages / 10 {
			source := madeUp(random, i)
			hash := library.HashOf(source)
			s.Sources[hash] = source
			s.Publications = append(s.Publications, library.Publication{Article: fmt.Sprint("a", i), Own: true, State: library.Published, Hash: hash})
		}
	})
	return m
}

// madeUp writes an article of ten passages of five sentences.
func madeUp(random *rand.Rand, number int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: Made up %d\nauthor: N. Nobody\nupdated: 2024-01-02\n---\n", number)
	for range 10 {
		b.WriteString("\n## " + word(random) + " " + word(random) + "\n\n")
		for range 5 {
			b.WriteString("The")
			for range 13 {
				b.WriteString(" " + word(random))
			}
			b.WriteString(". ")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// word draws one of some 20,000 made-up words, few of them often.
func word(random *rand.Rand) string {
	n := int(20_000 * random.Float64() * random.Float64() * random.Float64())
	const consonants, vowels = "bdfghjklmnprtvwz", "aeiou"
	var b []byte
	for range 3 {
		b = append(b, consonants[n%16], vowels[n/16%5])
		n /= 27
	}
	return string(append(b, consonants[n%16]))
}

// TestWeighing compares what an own index is said to take with what the heap grows by.
func TestWeighing(t *testing.T) {
	m := filled(t, 500)
	before := heapInUse()
	r := newRig(t, m, func(c *shelf.Config) { c.Synonyms = vocabulary(t); c.Idle = time.Minute })
	empty := heapInUse() - before
	ask(t, r, "g", "Waht is that speled lik this?")
	grown := heapInUse() - before - empty
	t.Logf("%d KB, heap %d KB", r.seen.bytes>>10, grown>>10)
	if ratio := float64(r.seen.bytes) / float64(grown); ratio < 1 || ratio > 2.5 {
		t.Errorf("said to take %d bytes, and the heap grew by %d", r.seen.bytes, grown)
	}
	runtime.KeepAlive(r)
}
