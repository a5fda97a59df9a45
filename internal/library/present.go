package library

import (
	"math"
	"strings"
	"unicode"

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
	section int
	words   []int
}

// NewPresent prepares a revision; of nil, one that has no words.
func NewPresent(a *article.Article) *Present {
	p := &Present{article: a, words: map[string]int{}}
	if a == nil {
		return p
	}
	var sentences []int // that have each word
	for _, b := range a.Blocks {
		for _, r := range b.Sentences {
			l, seen := line{Range: r, section: b.Section}, map[int]bool{}
			for _, word := range plainWords(a.Canonical[r.Start:r.End]) {
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

// plainWords are the words of a text in lower case, without punctuation.
func plainWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
}

// Has reports whether the very same words stand in the revision.
func (p *Present) Has(text string) bool {
	return p.article != nil && strings.Contains(p.article.Canonical, text)
}

// alike is from which share of their words two texts count as versions of one: more is
// the same than is not.
const alike = 0.5

// Instead returns the sentences of one section that come closest to a text, and false
// when none is like it. What it returns is what stands there now, not what answers the
// question that the text answered. How close two texts are is the coefficient of Dice
// (1945) over their words by weight: twice what they share by what both have.
func (p *Present) Instead(text string) (article.Range, bool) {
	wanted, total := map[int]int{}, 0.0
	words := plainWords(text)
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
	for i := range p.lines {
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
		if l.section != p.lines[i].section || n > 0 && n+len(l.words) > 2*length {
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
