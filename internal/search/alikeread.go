package search

import (
	"iter"
	"slices"
	"strings"
)

// asking is a question as it is compared with others.
type asking struct {
	kind     *kind
	terms    []string // of all words of content
	ideas    []idea
	small    []string // question words, and words that turn the sense, sorted
	directed []directed
	mass     float64 // weight of all ideas
}

// idea is a word or a phrase of content.
type idea struct {
	terms  []string
	others [][]string // what means the same
	weight float64    // inverse document frequency
	empty  bool       // it may be missing
	start  int        // in the text
}

// directed is a small word that says something of the idea behind it.
type directed struct {
	word string
	idea int // the number of ideas for none
}

var (
	// emptyIdeas are words of content that a question asks the same without.
	emptyIdeas = wordSet("exactly ever thing things stuff way ways get gets getting go goes going happen happens happening")
	// questionWords are what a question asks with; "what" and "which" are one.
	questionWords = map[string]string{
		"what": "what", "whats": "what", "whatd": "what", "wut": "what", "wuts": "what", "which": "what",
		"who": "who", "whos": "who", "whod": "who", "whom": "who", "whose": "whose", "when": "when", "whens": "when", "whend": "when",
		"where": "where", "wheres": "where", "whered": "where", "why": "why", "how": "how", "hows": "how", "howd": "how",
	}
	// turningWords are small words that make another question of one.
	turningWords = wordSet(`before after during between against above below over under without within off up down out
		only more most less least few all both each own same other again until too enough never always than from into`)
	// directingWords are those of them that say something of what follows.
	directingWords = wordSet("before after during between against above below over under without within than from into until")
)

// moreDenials deny too, beside negations and negatingWords.
var moreDenials = wordSet("hadnt werent mustnt mightnt neednt shant aint")

// denial stands for every word that denies. Two of them are not one.
const denial = "not"

// asking reads a question. One that is longer than what is searched for is like no other.
func (x *Index) asking(text string) asking {
	if len(text) > searchedLimit {
		return asking{}
	}
	q := asking{kind: kindOf(text)}
	text = x.spelledOut(strings.ReplaceAll(text, "’", "'"))
	for tokens := x.questionTokens(text); len(tokens) > 0; {
		n, variants := x.lexicon.match(text, tokens)
		q.add(x, text, tokens[:n], variants)
		tokens = tokens[n:]
	}
	q.readSmall(text)
	return q
}

// add takes an idea in.
func (q *asking) add(x *Index, text string, tokens []token, variants []variant) {
	i := idea{start: tokens[0].start, empty: len(tokens) == 1 && emptyIdeas[strings.ToLower(text[tokens[0].start:tokens[0].end])]}
	figure := false
	for _, t := range tokens {
		i.terms = append(i.terms, t.term)
		i.weight = max(i.weight, x.corpus.idf(x.corpus.id(t.term)))
		figure = figure || strings.ContainsAny(t.term, "0123456789")
	}
	for _, v := range variants {
		if v.weight == synonymWeight && !figure {
			i.others = append(i.others, v.terms)
		}
	}
	if i.empty {
		i.weight *= lightWeight
	}
	q.mass += i.weight
	q.terms = append(q.terms, i.terms...)
	q.ideas = append(q.ideas, i)
}

// readSmall reads the words that say how something is asked.
func (q *asking) readSmall(text string) {
	for start, word := range placedWords(text) {
		small := questionWords[word]
		switch {
		case small != "":
		case negations[word] || negatingWords[word] || moreDenials[word]:
			small = denial
		case turningWords[word]:
			small = word
			if directingWords[word] {
				q.directed = append(q.directed, directed{word, q.after(start)})
			}
		default:
			continue
		}
		q.small = append(q.small, small)
	}
	slices.Sort(q.small)
}

// placedWords yields the words of a text in lower case and without apostrophes, each
// with where it starts.
func placedWords(text string) iter.Seq2[int, string] {
	return func(yield func(int, string) bool) {
		for at := 0; at < len(text); {
			start := at + max(0, strings.IndexFunc(text[at:], isWordRune))
			n := strings.IndexFunc(text[start:], func(r rune) bool { return !isWordRune(r) && r != '\'' })
			if n < 0 {
				n = len(text) - start
			}
			at = start + max(1, n)
			word := strings.ReplaceAll(strings.ToLower(text[start:start+n]), "'", "")
			if word != "" && !yield(start, word) {
				return
			}
		}
	}
}

// after returns the first idea behind a place.
func (q *asking) after(place int) int {
	n := slices.IndexFunc(q.ideas, func(i idea) bool { return i.start > place })
	if n < 0 {
		return len(q.ideas)
	}
	return n
}
