package search

import "testing"

// BenchmarkAnalyze is the cost of turning text into terms, with and without one
// form for each number and unit.
func BenchmarkAnalyze(b *testing.B) {
	const text = "Take 10 mg of the tablets twice a day for two weeks, unless a doctor says otherwise. " +
		"Most people who started in the 1990s felt better after twenty-one days, and 35% had no complaint at all."
	a := testAnalyzer(b)
	b.Run("words", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			stream := a.words.Analyze([]byte(text))
			for _, f := range a.stems {
				stream = f.Filter(stream)
			}
		}
	})
	b.Run("forms", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			a.analyze(text)
		}
	})
}
