package search

// termsPerLine is how many terms a cache line of 64 bytes has.
const termsPerLine = 16

// fetch reads one word of each cache line that measuring these passages, and
// looking at those beside them, will read. Measured one after the other, each
// passage waits for memory some ten times; asked for in tight loops, the waits
// overlap: at 10,000 passages Find took 1.3 times bleve's top ten with it and 1.5 to
// 1.6 times without (BenchmarkGrowth). The sum means nothing, but without it there
// would be nothing to read.
func (x *Index) fetch(numbers []int32) (sum int32) {
	passages := x.corpus.passages
	for _, n := range numbers {
		p := &passages[n]
		sum += int32(len(p.terms)+len(p.cues)+len(p.title)) + int32(x.postings.norms[n].text)
	}
	last := int32(len(passages) - 1)
	for _, n := range numbers {
		for i := max(0, n-1); i <= min(n+1, last); i++ {
			for at := 0; at < len(passages[i].terms); at += termsPerLine {
				sum += passages[i].terms[at]
			}
		}
	}
	for _, n := range numbers {
		sum += passages[n].glance()
	}
	return sum
}

// glance reads a little of the rest of a passage.
func (p *passage) glance() (sum int32) {
	for _, terms := range [2][]int32{p.heading, p.title} {
		if len(terms) > 0 {
			sum += terms[0]
		}
	}
	if n := len(p.shapes); n > 0 {
		sum += int32(p.shapes[0]) + int32(p.shapes[n/2]) + int32(p.shapes[n-1])
	}
	if len(p.ends) > 0 {
		sum += p.ends[0] + int32(p.cues[0])
		if p.leans[0] != p.asks[0] {
			sum++
		}
	}
	return sum
}
