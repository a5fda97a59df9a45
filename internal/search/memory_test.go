package search

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"verbatim/internal/article"
)

// memoryFactor is how far the estimate may be from what the heap says, either way.
const memoryFactor = 1.25

// TestMemoryIsWhatTheHeapGrowsBy builds several indexes over the same articles and
// makes them make all that they make on demand.
func TestMemoryIsWhatTheHeapGrowsBy(t *testing.T) {
	if testing.Short() {
		t.Skip("the heap is only measured without -short")
	}
	shipped := shippedVocabulary(t)
	corpora := map[int][]*article.Article{0: nil}
	for _, passages := range []int{100, 10_000} {
		corpora[passages] = newSynthesizer(3).articles(t, passages)
	}
	makeAll(t, build(t, shipped)) // what is made once for all
	for name, c := range map[string]struct {
		passages, copies int
		synonyms         Synonyms
	}{
		"no passage, no vocabulary":   {0, 20, Synonyms{}},
		"no passage":                  {0, 10, shipped},
		"100 passages":                {100, 10, shipped},
		"100 passages, no vocabulary": {100, 20, Synonyms{}},
		"10,000 passages":             {10_000, 1, shipped},
	} {
		t.Run(name, func(t *testing.T) {
			articles := corpora[c.passages]
			built := make([]*Index, c.copies)
			before := heapInUse()
			for i := range built {
				built[i] = build(t, c.synonyms, articles...)
			}
			fresh := heapInUse() - before
			for _, x := range built {
				makeAll(t, x)
			}
			grown := heapInUse() - before
			estimate := built[0].Memory() * int64(c.copies)
			t.Logf("estimate %d KB, heap %d KB when built, %d KB once asked", estimate>>10/int64(c.copies), fresh>>10/int64(c.copies), grown>>10/int64(c.copies))
			if ratio := float64(estimate) / float64(grown); ratio > memoryFactor || ratio < 1/memoryFactor {
				t.Errorf("estimated %d bytes, and the heap grew by %d: %.2f times", estimate, grown, ratio)
			}
			if estimate < fresh {
				t.Errorf("estimated %d bytes, and an index that was not asked yet takes %d", estimate, fresh)
			}
			runtime.KeepAlive(built)
			runtime.KeepAlive(articles)
		})
	}
}

// makeAll makes what questions make when they first need it.
func makeAll(t *testing.T, x *Index) {
	t.Helper()
	x.speller.once.Do(x.speller.open)
	for _, b := range x.lexicon.buckets {
		b.once.Do(func() { b.open(x.analyzer) })
	}
	for i := range x.lexicon.senses {
		x.lexicon.appendSense(nil, &x.lexicon.senses[i], nil)
	}
	if _, err := x.Find(context.Background(), Query{Text: "what causes the pain"}); err != nil {
		t.Fatal(err)
	}
}

// TestMemoryGrowsWithWhatIsIndexed checks the parts by themselves.
func TestMemoryGrowsWithWhatIsIndexed(t *testing.T) {
	s := newSynthesizer(4)
	few, many := s.articles(t, 10), s.articles(t, 100)
	words := Synonyms{Groups: [][]string{{"belly", "stomach"}}}
	for i := range 100 {
		words.Groups = append(words.Groups, []string{fmt.Sprintf("word%d", i), strings.Repeat("o", i+2)})
	}
	small, large, rich := build(t, Synonyms{}, few...), build(t, Synonyms{}, many...), build(t, words, few...)
	if small.Memory() >= large.Memory() || small.Memory() >= rich.Memory() {
		t.Errorf("%d bytes for 10 passages, %d for 100, %d for 10 with synonyms", small.Memory(), large.Memory(), rich.Memory())
	}
}
