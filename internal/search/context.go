package search

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"verbatim/internal/article"
)

// Turn is one question that was asked before, with what it was answered from.
type Turn struct {
	Question string
	Article  string        // slug of the article quoted or described; empty when nothing answered
	Quoted   article.Span  // the excerpt shown; zero when none was
	Decisive article.Range // the sentence of it that answered, in the same canonical text; zero for all of it
}

// leaning says how far a question needs what was said before it.
type leaning uint8

// The degrees of leaning.
const (
	standsAlone   leaning = iota // means the same after any conversation
	leansPartly                  // has words of its own and may point back: "and for gloves?"
	leansEntirely                // has nothing of its own: "why?", "from where"
)

// shortQuestion is how many characters a question has at most that is an ellipsis.
const shortQuestion = 60

var (
	// continues recognises openings of a question that carries another on.
	continues = regexp.MustCompile(`(?i)^\W*(?:(?:ok(?:ay)?|well|oh|hm+|wait|lol|cool|yeah|yes|no)\W+)*(?:and|but|or|n|so|then|also|plus|what about|how about|wbu|same for|why( tho| though| not| is that)?\W*$|how so|says who|by who(?:m)?|from (?:where|who(?:m)?)|since when|in what|which (?:ones?|way|direction))\b`)
	// pronoun recognises words that stand for something said before.
	pronoun = regexp.MustCompile(`(?i)\b(?:it|its|that|this|these|those|they|them|their|he|him|his|she|her|hers|there|one|ones|thing|other|others|same|else)\b`)
	// onward recognises questions for what comes after the last quote.
	onward = regexp.MustCompile(`(?i)^\W*(?:(?:ok(?:ay)?|well|oh|cool|lol)\W+)*(?:(?:and|n|so|but|what)\s+)?(?:then\b|after(?:wards?|\s+(?:that|this|it|its|it's))?\b|next\b)|\b(?:after (?:that|this|it|its|it's)|(?:what|whats|what's) (?:is |comes |happens )?next|do next|and then|then what|now what|go on|continue|step after|what else)\b`)
)

// leans returns how far a question leans on what was said before. One with a
// word that the articles do not know stands alone, so that the topic before
// cannot make up for it; so does one with enough known words of its own.
func (q *query) leans(text string) leaning {
	text = strings.TrimSpace(text)
	known, strange := q.ownWords(text)
	points := pronoun.MatchString(text)
	switch {
	case strange > 0 || utf8.RuneCountInString(text) >= shortQuestion || text == "":
		return standsAlone
	case known == 0:
		return leansEntirely
	case known > 2 || known == 2 && !points && q.kind != nil:
		return standsAlone
	case points || continues.MatchString(text) || len(q.clauses) == 1:
		return leansPartly
	}
	return standsAlone
}

// askingWords ask without saying of what, wherever they stand.
var askingWords = wordSet(`according source sources reason reasons proof evidence`)

// ownWords counts the words of weight that the articles know, and those that
// they do not, those aside that only say what sort of thing is asked for.
func (q *query) ownWords(text string) (known, strange int) {
	for _, c := range q.clauses {
		switch {
		case c.weight < 1 || askingWords[strings.ToLower(c.surface)] || namesKind(text, c.surface):
		case c.known:
			known++
		default:
			strange++
		}
	}
	return known, strange
}

// namesKind reports whether a word stands after "what" or "which" and only says
// what sort of thing is asked for, as in "which direction", so that an answer
// need not have it.
func namesKind(text, word string) bool {
	word = strings.ToLower(word)
	if shippedKinds.classes[word] == 0 && shippedKinds.heads[word] == 0 {
		return false
	}
	words := strings.Fields(strings.ToLower(text))
	for i, w := range words {
		if strings.Trim(w, "?!.,") == word {
			before := strings.Join(words[max(0, i-3):i], " ")
			return strings.Contains(before, "what") || strings.Contains(before, "which")
		}
	}
	return false
}
