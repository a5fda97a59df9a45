package search

import (
	"unicode"
	"unicode/utf8"
)

// questionText is a question as it is asked, not as it is indexed: in lower case,
// without apostrophes and emphasis, with what chat shortens spelled out.
type questionText struct {
	lower []byte // words with one space between
	words []questionWord

	start    int  // of the word being read
	clause   bool // the next word opens a clause
	boundary bool // a mark stands before it
}

type questionWord struct {
	start, end int
	boundary   bool // a mark stands before it
	clause     bool // first of its clause, greetings and the like left aside
	last       bool // nothing but chat follows in its sentence
}

// wordLimit is how many words of a question are read for its kind.
const wordLimit = 400

func (q *questionText) word(i int) []byte { return q.lower[q.words[i].start:q.words[i].end] }

func readQuestion(question string) questionText {
	q := questionText{
		lower:  make([]byte, 0, len(question)+32),
		words:  make([]questionWord, 0, min(wordLimit, len(question)/4+4)),
		clause: true, boundary: true,
	}
	for i, c := range question {
		switch {
		case c == '\'' || c == '’':
		case 'A' <= c && c <= 'Z':
			q.lower = append(q.lower, byte(c-'A'+'a'))
		case 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '%':
			q.lower = append(q.lower, byte(c))
		case c >= utf8.RuneSelf && unicode.IsLetter(c):
			q.lower = utf8.AppendRune(q.lower, unicode.ToLower(c))
		default:
			q.endWord()
			q.mark(c, question[i:])
		}
	}
	q.endWord()
	q.markLast()
	return q
}

// endWord takes in the word that was just read, if there is one.
func (q *questionText) endWord() {
	if len(q.lower) == q.start {
		return
	}
	if emphasis[string(q.lower[q.start:])] {
		q.lower = q.lower[:q.start]
		return
	}
	if long, ok := shortForms[string(q.lower[q.start:])]; ok {
		q.lower = append(q.lower[:q.start], long...)
	}
	for from := q.start; from < len(q.lower) && len(q.words) < wordLimit; {
		to := from
		for to < len(q.lower) && q.lower[to] != ' ' {
			to++
		}
		q.words = append(q.words, questionWord{start: from, end: to, clause: q.clause, boundary: q.boundary})
		q.clause = q.clause && leadIns[string(q.lower[from:to])]
		q.boundary = false
		from = to + 1
	}
	q.lower = append(q.lower, ' ')
	q.start = len(q.lower)
}

// mark takes note of what stands between words, at the front of rest. A dot ends
// a sentence before a space only.
func (q *questionText) mark(c rune, rest string) {
	switch c {
	case '.':
		if len(rest) > 1 && rest[1] != ' ' && rest[1] != '.' && rest[1] != '\n' {
			return
		}
	case '?', '!', ';', ':', ',', '\n', '—':
	default:
		return
	}
	q.clause, q.boundary = true, true
	if c != ',' && len(q.words) > 0 {
		q.words[len(q.words)-1].last = true
	}
}

// markLast marks the words that nothing but chat follows.
func (q *questionText) markLast() {
	last := true
	for i := len(q.words) - 1; i >= 0; i-- {
		last = last || q.words[i].last
		q.words[i].last = last
		last = last && trailers[string(q.word(i))]
	}
}
