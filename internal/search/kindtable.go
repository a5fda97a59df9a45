package search

import "strings"

// kindTable recognises kinds. It is not changed once made.
type kindTable struct {
	kinds      []kind
	phrases    map[string]phraseRule
	heads      map[string]rank
	classes    map[string]rank
	definition rank
}

// rank orders the ways in which kinds are recognised: what is asked, topics, then
// forms; within each the order of the kinds. The lowest of a question counts, 0
// is none.
type rank int

// tier is more than the number of kinds.
const tier = 100

// phraseRule says what a phrase tells by where it stands.
type phraseRule struct {
	anywhere, first, last, before rank
	opens                         bool // begins a longer phrase
}

// newKindTable reads the phrases of all kinds. They stand in lower case without
// apostrophes. One with ^ counts at the start of a clause only, one with $ at the
// end of a sentence only, one with + before something else.
func newKindTable(kinds []kind) kindTable {
	t := kindTable{kinds: kinds, phrases: map[string]phraseRule{}, heads: map[string]rank{}, classes: map[string]rank{}}
	for i, k := range kinds {
		r := rank(i + 1)
		for n, phrases := range []string{k.asked, k.topics, k.forms} {
			for phrase := range strings.SplitSeq(phrases, ",") {
				t.add(strings.TrimSpace(phrase), r+rank(n)*tier)
			}
		}
		for head := range strings.FieldsSeq(k.heads) {
			t.heads[head] = best(t.heads[head], r)
			t.classes[head] = best(t.classes[head], r)
		}
		for head := range strings.FieldsSeq(k.classes) {
			t.classes[head] = best(t.classes[head], r)
		}
		if k.name == definition {
			t.definition = r + 2*tier
		}
	}
	return t
}

// best returns the lower of two ranks, where 0 is none.
func best(a, b rank) rank {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

func (t *kindTable) add(phrase string, r rank) {
	plain := strings.Trim(phrase, "^$+")
	if plain == "" {
		return
	}
	for i := range plain {
		if plain[i] == ' ' {
			opening := t.phrases[plain[:i]]
			opening.opens = true
			t.phrases[plain[:i]] = opening
		}
	}
	rule := t.phrases[plain]
	switch {
	case phrase[0] == '^':
		rule.first = best(rule.first, r)
	case strings.HasSuffix(phrase, "$"):
		rule.last = best(rule.last, r)
	case strings.HasSuffix(phrase, "+"):
		rule.before = best(rule.before, r)
	default:
		rule.anywhere = best(rule.anywhere, r)
	}
	t.phrases[plain] = rule
}

// of returns the kind of a question, nil if there is none.
func (t *kindTable) of(question string) *kind {
	q := readQuestion(question)
	var r rank
	for i := range q.words {
		r = best(r, t.phraseAt(&q, i))
		if w := q.word(i); string(w) == "what" || string(w) == "which" {
			r = best(r, t.nounAfter(&q, i))
		}
	}
	if r == 0 {
		return nil
	}
	return &t.kinds[(r-1)%tier]
}

// phraseAt returns the rank of the phrases that start at word i.
func (t *kindTable) phraseAt(q *questionText, i int) rank {
	var r rank
	for j := i; j < len(q.words); j++ {
		rule, known := t.phrases[string(q.lower[q.words[i].start:q.words[j].end])]
		if !known {
			break
		}
		r = best(r, rule.anywhere)
		if q.words[i].clause {
			r = best(r, rule.first)
		}
		if q.words[j].last {
			r = best(r, rule.last)
		} else {
			r = best(r, rule.before)
		}
		if !rule.opens {
			break
		}
	}
	return r
}

// headReach is how far behind "what" the noun may stand that tells the kind.
const headReach = 5

// nounAfter returns what the noun after "what" or "which", at word i, tells: "what
// North American city", "which of the kings", "what was the exact date of", "what
// is a widget".
func (t *kindTable) nounAfter(q *questionText, i int) rank {
	if i+1 < len(q.words) && isCopula(q.word(i+1)) {
		return t.nounAfterCopula(q, i+2)
	}
	var r rank
	for j := i + 1; j < len(q.words) && j <= i+headReach; j++ {
		w := q.word(j)
		class, ok := t.classes[string(w)]
		if !ok && r > 0 || questionVerbs[string(w)] || q.words[j].boundary {
			break
		}
		r = class // of two side by side the second is the noun: "which century author"
	}
	return r
}

// nounAfterCopula reads what follows "what is" from word i on.
func (t *kindTable) nounAfterCopula(q *questionText, i int) rank {
	if i < len(q.words) && isCopula(q.word(i)) { // "what is (are)"
		i++
	}
	if i >= len(q.words) || q.words[i-1].last {
		return 0
	}
	first := string(q.word(i))
	if first != "the" && first != "your" && first != "some" && t.defines(q, i) {
		return t.definition
	}
	for j := i; j < len(q.words) && j < i+headReach && !q.words[j].boundary; j++ {
		w := string(q.word(j))
		if r, ok := t.heads[w]; ok {
			return r
		}
		if questionVerbs[w] || functionWords[w] && w != "the" {
			break
		}
	}
	return 0
}

// defines reports whether nothing but a name follows from word i on.
func (t *kindTable) defines(q *questionText, i int) bool {
	if _, known := t.heads[string(q.word(i))]; known {
		return false
	}
	for j := i; j < len(q.words) && (j == i || !q.words[j].boundary); j++ {
		w := string(q.word(j))
		opening := j == i && (w == "a" || w == "an")
		inside := !questionVerbs[w] && (!functionWords[w] || w == "of" || w == "and")
		if j > i+headReach+1 || !opening && !inside {
			return false
		}
	}
	return true
}

func isCopula(w []byte) bool {
	switch string(w) {
	case "is", "are", "was", "were":
		return true
	}
	return false
}
