package search

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/internal/article"
)

// What the made-up articles are like. A passage has about 70 terms, which is
// what consumer health articles have, in five sentences.
const (
	syntheticWords     = 60_000 // of the vocabulary
	syntheticExponent  = 1.1    // of Zipf's law, as for text without function words
	syntheticShift     = 20     // of the law of Zipf and Mandelbrot; the commonest word is then in half of the passages
	syntheticPassages  = 10     // of an article
	syntheticSentences = 5      // of a passage
	syntheticContent   = 14     // content words of a sentence, on average
	questionLength     = 100    // characters
)

// syntheticCommon are words that sentences are read for or that the vocabulary of
// synonyms knows; they are spread over the upper ranks of the made-up words.
const syntheticCommon = `
	pain treatment doctor symptom cause risk skin blood water day week minute year because study drug disease
	patient infection safe damage help dose prevent gene muscle pressure number example age large small early
	daily often severe never usually surgery test result reason sleep food breathe heal swelling tired fever
	percent university normal bleed ache medicine injury weight finger stomach kidney heart bone baby`

// syntheticFunction are the words between.
var syntheticFunction = strings.Fields("the of and a in is to that it with for as are on by this or be at not was were they")

// synthesizer makes articles and questions. The same seed makes the same.
type synthesizer struct {
	random *rand.Rand
	words  []string
	below  []float64 // cumulative frequency, by rank
}

func newSynthesizer(seed uint64) *synthesizer {
	s := &synthesizer{random: rand.New(rand.NewPCG(seed, seed))}
	common := strings.Fields(syntheticCommon)
	seen := map[string]bool{}
	var sum float64
	for rank := 0; len(s.words) < syntheticWords; {
		word := s.word(2 + min(2, len(s.words)/400))
		if rank%3 == 1 && rank/3 < len(common) {
			word = common[rank/3]
		}
		if seen[word] {
			continue
		}
		seen[word] = true
		rank++
		sum += math.Pow(float64(rank)+syntheticShift, -syntheticExponent)
		s.words, s.below = append(s.words, word), append(s.below, sum)
	}
	return s
}

// word makes a word up, of some syllables.
func (s *synthesizer) word(syllables int) string {
	const consonants, vowels = "bdfghjklmnprtvwz", "aeiou"
	var b strings.Builder
	for range syllables {
		b.WriteByte(consonants[s.random.IntN(len(consonants))])
		b.WriteByte(vowels[s.random.IntN(len(vowels))])
	}
	b.WriteByte(consonants[s.random.IntN(len(consonants))])
	return b.String()
}

// content draws a content word by its frequency.
func (s *synthesizer) content() string {
	at, _ := slices.BinarySearch(s.below, s.random.Float64()*s.below[len(s.below)-1])
	return s.words[at]
}

// phrase draws content words with a function word after every other one.
func (s *synthesizer) phrase(content int) string {
	var b strings.Builder
	for i := range content {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(s.content())
		if i%2 == 1 && i+1 < content {
			b.WriteString(" " + syntheticFunction[s.random.IntN(len(syntheticFunction))])
		}
	}
	return b.String()
}

func (s *synthesizer) sentence() string {
	text := s.phrase(syntheticContent - 4 + s.random.IntN(9))
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

func (s *synthesizer) passage() string {
	sentences := make([]string, syntheticSentences)
	for i := range sentences {
		sentences[i] = s.sentence()
	}
	return strings.Join(sentences, " ")
}

// article makes one up that has a heading for every third passage.
func (s *synthesizer) article(t testing.TB, number, passages int) *article.Article {
	t.Helper()
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: The %s %d\nauthor: A. Nobody\nupdated: 2020-01-02\n---\n", s.phrase(3), number)
	for i := range passages {
		if i%3 == 1 {
			fmt.Fprintf(&b, "\n## %s\n", s.phrase(3))
		}
		b.WriteString("\n" + s.passage() + "\n")
	}
	return parse(t, b.String())
}

// articles makes as many articles up as have that many passages together.
func (s *synthesizer) articles(t testing.TB, passages int) []*article.Article {
	t.Helper()
	var all []*article.Article
	for left := passages; left > 0; left -= syntheticPassages {
		all = append(all, s.article(t, len(all), min(left, syntheticPassages)))
	}
	return all
}

// questions makes questions up, of which each has four words of one sentence of
// the articles and three drawn by their frequency.
func (s *synthesizer) questions(articles []*article.Article, n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = s.question(articles[s.random.IntN(len(articles))])
	}
	return out
}

func (s *synthesizer) question(a *article.Article) string {
	p := a.Passages[s.random.IntN(len(a.Passages))]
	r := p.Sentences[s.random.IntN(len(p.Sentences))]
	words := slices.DeleteFunc(strings.Fields(strings.ToLower(a.Canonical[r.Start:r.End-1])), func(w string) bool {
		return slices.Contains(syntheticFunction, w)
	})
	s.random.Shuffle(len(words), func(i, j int) { words[i], words[j] = words[j], words[i] })
	for len(words) < 4 {
		words = append(words, s.content())
	}
	openings := []string{"what causes the", "how long does the", "is it safe when the", "who has the", "so why is my", "what happens if the"}
	text := fmt.Sprintf("%s %s %s with a %s and %s", openings[s.random.IntN(len(openings))], words[0], s.content(), words[1], words[2])
	for _, more := range []string{" or " + s.content(), " while it is " + words[3], " and the " + s.content(), " that they told me about", " or what", " then", " now", " ok", " a"} {
		if utf8.RuneCountInString(text+more) < questionLength {
			text += more
		}
	}
	return text + "?"
}

// TestSynthesizer holds the made-up texts to what the benchmarks say of them.
func TestSynthesizer(t *testing.T) {
	one, two := newSynthesizer(1), newSynthesizer(1)
	articles := one.articles(t, 1000)
	if got := two.articles(t, 1000); articles[99].Source != got[99].Source {
		t.Error("the same seed makes other articles")
	}
	c, passages := build(t, Synonyms{}, articles...).corpus, 0
	for _, a := range articles {
		passages += len(a.Passages)
	}
	if passages != 1000 || c.mean.text < 60 || c.mean.text > 80 {
		t.Errorf("%d passages of %.0f terms, want 1000 of about 70", passages, c.mean.text)
	}
	common, rare := float64(slices.Max(c.df))/1000, 0
	for _, df := range c.df {
		if df == 1 {
			rare++
		}
	}
	if common < .4 || common > .7 || rare < len(c.df)/4 {
		t.Errorf("the commonest term is in %.2f of the passages, %d of %d terms in one only", common, rare, len(c.df))
	}
	for _, q := range one.questions(articles, 100) {
		if n := utf8.RuneCountInString(q); n < 85 || n > questionLength {
			t.Errorf("%d characters: %q", n, q)
		}
	}
}
