package search

import (
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/knowledge"
)

// growthSizes are the sizes of the growth table, in passages.
var growthSizes = []int{10, 100, 1_000, 10_000, 100_000}

// BenchmarkGrowth shows what grows with the articles, from ten passages to a
// hundred thousand (ten thousand with -short): the time of a question, of bleve's
// ten best for it, of both one after the other with their ratio, of questions on
// two cores against one, and of building, with the memory of the index.
func BenchmarkGrowth(b *testing.B) {
	for _, size := range growthSizes {
		if testing.Short() && size > 10_000 {
			continue
		}
		b.Run(fmt.Sprintf("passages=%d", size), func(b *testing.B) { benchmarkSize(b, size) })
	}
}

func benchmarkSize(b *testing.B, size int) {
	b.Helper()
	s := newSynthesizer(uint64(size))
	articles := s.articles(b, size)
	questions := s.questions(articles, growthQuestions)
	b.Run("build", func(b *testing.B) { benchmarkBuild(b, articles, size) })
	x := build(b, shippedVocabulary(b), articles...)
	b.Run("find", func(b *testing.B) {
		b.ReportAllocs()
		var own timings
		for i := 0; b.Loop(); i++ {
			own.time(i, func() { ask(b, x, questions[i%growthQuestions]) })
		}
		own.report(b, "", median)
	})
	b.Run("parallel", func(b *testing.B) { benchmarkCores(b, x, questions) })
	bare := bareBleve(b, articles)
	b.Run("bleve", func(b *testing.B) {
		b.ReportAllocs()
		var other timings
		for i := 0; b.Loop(); i++ {
			other.time(i, func() { topTen(b, bare, questions[i%growthQuestions]) })
		}
		other.report(b, "", median)
	})
	b.Run("ratio", func(b *testing.B) {
		var own, other timings
		for i := 0; b.Loop(); i++ {
			own.time(i, func() { ask(b, x, questions[i%growthQuestions]) })
			other.time(i, func() { topTen(b, bare, questions[i%growthQuestions]) })
		}
		own.report(b, "find-", slices.Min)
		other.report(b, "bleve-", slices.Min)
		b.ReportMetric(float64(own.quantile(50, slices.Min))/float64(other.quantile(50, slices.Min)), "find/bleve")
	})
}

// growthQuestions is how many questions are asked at each size.
const growthQuestions = 200

// timings are the times of each question. A question counts once, with the median
// or the fastest of its times, so that a quantile tells questions apart and not
// what else the machine did.
type timings [growthQuestions][]time.Duration

func (t *timings) time(i int, f func()) {
	t[i%growthQuestions] = append(t[i%growthQuestions], timed(f))
}

func (t *timings) quantile(percent int, of func([]time.Duration) time.Duration) time.Duration {
	var each []time.Duration
	for _, took := range t {
		if len(took) > 0 {
			each = append(each, of(took))
		}
	}
	slices.Sort(each)
	return each[len(each)*percent/100]
}

// report adds the median and the 99th percentile in microseconds.
func (t *timings) report(b *testing.B, prefix string, of func([]time.Duration) time.Duration) {
	b.Helper()
	b.ReportMetric(float64(t.quantile(50, of).Nanoseconds())/1000, prefix+"p50-µs")
	b.ReportMetric(float64(t.quantile(99, of).Nanoseconds())/1000, prefix+"p99-µs")
}

func median(took []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(took))[len(took)/2]
}

// benchmarkBuild reports passages a second, and the memory that an index holds on
// to beside its articles, in megabytes for ten thousand passages.
func benchmarkBuild(b *testing.B, articles []*article.Article, size int) {
	b.Helper()
	synonyms := shippedVocabulary(b)
	before := heapInUse()
	var x *Index
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if x, err = Build(b.Context(), articles, synonyms); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(size)*float64(b.N)/b.Elapsed().Seconds(), "passages/s")
	b.ReportMetric(float64(heapInUse()-before)/(1<<20)/float64(size)*10_000, "MB/10k")
	runtime.KeepAlive(x)
}

// heapInUse returns the bytes that are in use once the garbage is gone.
func heapInUse() int64 {
	runtime.GC()
	runtime.GC() // what a sync.Pool held outlives one collection
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// benchmarkCores reports how many times the questions of one goroutine two
// goroutines answer in the same time, on two cores. One and two take turns, in
// short rounds of which the fastest count: those in which nothing else had the
// cores.
func benchmarkCores(b *testing.B, x *Index, questions []string) {
	b.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	const round = 4
	one, two := time.Hour, time.Hour
	for b.Loop() {
		one = min(one, askAll(b, x, questions[:round], 1))
		two = min(two, askAll(b, x, questions[:round], 2))
	}
	b.ReportMetric(2*float64(one)/float64(two), "two/one")
}

// askAll returns the time in which each of some goroutines asks all questions.
func askAll(b *testing.B, x *Index, questions []string, goroutines int) time.Duration {
	b.Helper()
	return timed(func() {
		var wg sync.WaitGroup
		for range goroutines {
			wg.Go(func() {
				for _, q := range questions {
					ask(b, x, q)
				}
			})
		}
		wg.Wait()
	})
}

func ask(b *testing.B, x *Index, question string) {
	b.Helper()
	if _, err := x.Find(b.Context(), Query{Text: question}); err != nil {
		b.Error(err)
	}
}

func timed(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}

func shippedVocabulary(t testing.TB) Synonyms {
	t.Helper()
	s, err := ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		t.Fatal(err)
	}
	return s
}
