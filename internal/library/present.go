package library

import (
	"math"
	"strings"

	"verbatim/internal/article"
)

// Present is a revision of an article, ready to be asked what stands in it now in the
// place of words of an earlier one. It is safe for concurrent use.
type Present struct {
	article *article.Article
	words   map[string]int // numbers of the words of the text
	weights []float64      // of each of them
	rare    float64        // weight of a word that the text does not have
	lines   []line
}

// line is a sentence.
type line struct {
	article.Range
	passage int // its number
	words   []int
}

// NewPresent prepares a revision; of nil, one that has no words.
func NewPresent(a *article.Article) *Present {
	p := &Present{article: a, words: map[string]int{}}
	if a == nil {
		return p
	}
	var sentences []int // that have each word
	for i, passage := range a.Passages {
		for _, r := range passage.Sentences {
			l, seen := line{Range: r, passage: i}, map[int]bool{}
			for _, word := range Words(a.Canonical[r.Start:r.End]) {
				n, known := p.words[word]
				if !known {
					n = len(sentences)
					p.words[word], sentences = n, append(sentences, 0)
				}
				if l.words = append(l.words, n); !seen[n] {
					seen[n] = true
					sentences[n]++
				}
			}
			p.lines = append(p.lines, l)
		}
	}
	p.weights = make([]float64, len(sentences))
	for n, df := range sentences {
		p.weights[n] = rarity(df, len(p.lines))
	}
	p.rare = rarity(1, len(p.lines))
	return p
}

// rarity is the weight of a word that df of n sentences have: the inverse document
// frequency of Robertson and Spärck Jones in the form that is never negative, so that
// "the" and "of" make no two sentences alike.
func rarity(df, n int) float64 {
	return math.Log(1 + (float64(n-df)+0.5)/(float64(df)+0.5))
}

// Has reports whether the very same words stand in the revision.
func (p *Present) Has(text string) bool {
	return p.article != nil && strings.Contains(p.article.Canonical, text)
}

// alike is from which likeness on two texts count as versions of one. One changed word
// in a sentence of six leaves some .8; two sentences of one subject that share nothing
// but "it is a" have some .5.
const alike = 0.6

// Instead returns the neighbouring sentences of one passage that come closest to a text,
// and false when none is like it. What it returns is what stands there now, not what
// answers the question that the text answered. How close two texts are is the coefficient
// of Dice (1945) over their words by weight: twice what they share by what both have.
func (p *Present) Instead(text string) (article.Range, bool) {
	return p.closest(text, func(article.Section) bool { return true })
}

// InsteadBelow is Instead in the sections that have a heading, in whatever case.
func (p *Present) InsteadBelow(heading, text string) (article.Range, bool) {
	return p.closest(text, func(s article.Section) bool { return SameWords(s.Heading, heading) })
}

func (p *Present) closest(text string, in func(article.Section) bool) (article.Range, bool) {
	wanted, total := map[int]int{}, 0.0
	words := Words(text)
	for _, word := range words {
		if n, ok := p.words[word]; ok {
			wanted[n]++
			total += p.weights[n]
			continue
		}
		total += p.rare
	}
	var best article.Range
	score := 0.0
	for i, l := range p.lines {
		if !in(p.article.Sections[p.article.Passages[l.passage].Section]) {
			continue
		}
		if r, s := p.from(i, wanted, total, len(words)); s > score {
			best, score = r, s
		}
	}
	return best, score >= alike
}

// from returns what comes closest of the runs of sentences that begin with the i-th.
func (p *Present) from(i int, wanted map[int]int, total float64, length int) (article.Range, float64) {
	var best article.Range
	score, shared, own, n := 0.0, 0.0, 0.0, 0
	seen := map[int]int{}
	for _, l := range p.lines[i:] {
		if l.passage != p.lines[i].passage || n > 0 && n+len(l.words) > 2*length {
			break
		}
		for _, word := range l.words {
			own += p.weights[word]
			if seen[word]++; seen[word] <= wanted[word] {
				shared += p.weights[word]
			}
		}
		if n += len(l.words); shared == 0 {
			break // what closest means begins with a sentence that has something of it
		}
		if s := 2 * shared / (total + own); s > score {
			best, score = article.Range{Start: p.lines[i].Start, End: l.End}, s
		}
	}
	return best, score
}
