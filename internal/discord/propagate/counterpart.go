package propagate

import (
	"math"
	"strings"
	"unicode"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

// alike is from which likeness on a passage counts as what became of another one. By
// the weights below one changed word in a sentence of six is some .8 alike, and two
// sentences of one subject that share nothing but "it is a" are some .5.
const alike = 0.6

// Counterpart returns what an article says now in the place of a quote from an earlier
// revision of it, with the section that it is from: the same words where they still
// stand, else the run of sentences below a heading of the same name that is most like
// them. It is false where nothing is like them.
func Counterpart(then answer.Quote, now *article.Article) (answer.Quote, article.Section, bool) {
	if r, ok := sameWords(then, now); ok {
		section := sectionOf(now, r)
		return quoteAt(now, section, r), section, true
	}
	m := newMeasure(now)
	old := m.bag(then.Text)
	var best article.Range
	var in article.Section
	score := 0.0
	for _, p := range now.Passages {
		section := now.Sections[p.Section]
		if !sameHeading(section.Heading, then.Section) {
			continue
		}
		if r, s := m.nearest(old, p); s > score {
			best, in, score = r, section, s
		}
	}
	if score < alike {
		return answer.Quote{}, article.Section{}, false
	}
	return quoteAt(now, in, best), in, true
}

// sameWords finds a quote byte for byte, rather below its heading than elsewhere.
func sameWords(then answer.Quote, now *article.Article) (article.Range, bool) {
	if then.Text == "" {
		return article.Range{}, false
	}
	at := strings.Index(now.Canonical, then.Text)
	for _, s := range now.Sections {
		if i := strings.Index(now.Canonical[s.Start:s.End], then.Text); i >= 0 && sameHeading(s.Heading, then.Section) {
			at = s.Start + i
			break
		}
	}
	return article.Range{Start: at, End: at + len(then.Text)}, at >= 0
}

func sameHeading(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

func sectionOf(a *article.Article, r article.Range) article.Section {
	for _, s := range a.Sections {
		if s.Start <= r.Start && r.End <= s.End {
			return s
		}
	}
	return article.Section{Range: r}
}

// quoteAt quotes a piece of an article.
func quoteAt(a *article.Article, section article.Section, r article.Range) answer.Quote {
	m := a.Meta
	q := answer.Quote{
		Text: a.Canonical[r.Start:r.End], Article: a.Slug, Title: m.Title, Section: section.Heading, Author: m.Author, AuthorBio: m.AuthorBio,
		Updated: m.Updated, Language: m.Language, AdaptedFrom: m.AdaptedFrom, SourceURL: m.SourceURL, Span: a.Span(r),
	}
	if m.Reviewed != nil {
		q.Reviewed = m.Reviewed.On
	}
	return q
}

// measure says how much two texts are alike: twice the weight of the words that they
// share, over the weight of all of theirs (Dice's coefficient). A word weighs the more
// the fewer sentences of the article have it, so that numbers and names decide and "it
// is a" does not.
type measure struct {
	text      string
	sentences float64
	having    map[string]float64 // in how many sentences a word is
}

func newMeasure(a *article.Article) measure {
	m := measure{text: a.Canonical, having: make(map[string]float64)}
	for _, p := range a.Passages {
		for _, s := range p.Sentences {
			m.sentences++
			for word := range m.bag(a.Canonical[s.Start:s.End]) {
				m.having[word]++
			}
		}
	}
	return m
}

func (m measure) weight(word string) float64 {
	return math.Log(1 + (m.sentences+1)/(m.having[word]+1))
}

// bag counts the words of a text.
func (m measure) bag(text string) map[string]int {
	bag := make(map[string]int)
	for _, word := range wordsOf(text) {
		bag[word]++
	}
	return bag
}

// nearest returns the run of sentences of a passage that is most like a text.
func (m measure) nearest(old map[string]int, p article.Passage) (best article.Range, score float64) {
	for i := range p.Sentences {
		run := make(map[string]int)
		for _, s := range p.Sentences[i:] {
			for word, n := range m.bag(m.text[s.Start:s.End]) {
				run[word] += n
			}
			if d := m.dice(old, run); d > score {
				best, score = article.Range{Start: p.Sentences[i].Start, End: s.End}, d
			}
		}
	}
	return best, score
}

func (m measure) dice(a, b map[string]int) float64 {
	var shared, all float64
	for word, n := range a {
		shared += m.weight(word) * float64(min(n, b[word]))
		all += m.weight(word) * float64(n)
	}
	for word, n := range b {
		all += m.weight(word) * float64(n)
	}
	if all == 0 {
		return 0
	}
	return 2 * shared / all
}

// wordsOf splits a text into words in small letters. Of scripts without spaces each
// character counts as one.
func wordsOf(text string) (words []string) {
	begin := -1
	end := func(i int) {
		if begin >= 0 {
			words = append(words, strings.ToLower(text[begin:i]))
		}
		begin = -1
	}
	for i, r := range text {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai):
			end(i)
			words = append(words, string(r))
		case !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r):
			end(i)
		case begin < 0:
			begin = i
		}
	}
	end(len(text))
	return words
}
