package search

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// cueWord is a word of a sentence while it is read.
type cueWord struct {
	start, end int // into the lower-cased text
	trait      trait
	pair       trait // of this word with the one before it
	capital    bool  // begins with a capital letter
	shouted    bool  // more than one capital letter
	figure     bool  // begins with a digit
	joined     bool  // follows a hyphen
	cited      bool  // follows a square bracket: a reference, not a number
	opening    bool  // first of its sentence
	clause     bool  // first of its clause
	name       bool
}

// cueReader reads a sentence once, from left to right, and remembers two words.
type cueReader struct {
	lower   []byte   // the words so far in lower case, with one space between
	asked   []string // words that add nothing
	have    cues
	current cueWord
	before  cueWord
	earlier cueWord // before that

	opening, clause, joined, cited bool // of the next word

	priced     bool // a currency sign came before
	number     int  // words since the last number, 0 for none
	commas     int
	introduced bool // the sentence begins with "while", "after", "to": its main clause follows a comma
	imperative bool // a verb here would be an instruction
}

func (r *cueReader) read(s string) {
	for i := 0; i < len(s); {
		c, size := rune(s[i]), 1
		if c >= utf8.RuneSelf {
			c, size = utf8.DecodeRuneInString(s[i:])
		}
		switch i += size; {
		case 'a' <= c && c <= 'z':
			r.lower = append(r.lower, byte(c))
		case 'A' <= c && c <= 'Z':
			r.capital()
			r.lower = append(r.lower, byte(c-'A'+'a'))
		case '0' <= c && c <= '9':
			r.digit(byte(c))
		case c == '\'' || c == '’':
		case (c == '.' || c == ',') && r.current.figure && i < len(s) && '0' <= s[i] && s[i] <= '9':
			r.lower = append(r.lower, byte(c))
		case c >= utf8.RuneSelf && unicode.IsLetter(c):
			r.foreign(c)
		default:
			r.endWord()
			r.mark(c, i >= len(s) || s[i] == ' ' || s[i] == '\n')
		}
	}
	r.endWord()
}

func (r *cueReader) length() int { return len(r.lower) - r.current.start }

func (r *cueReader) capital() {
	r.current.shouted = r.current.shouted || r.current.capital
	r.current.capital = r.current.capital || r.length() == 0
}

func (r *cueReader) foreign(c rune) {
	if unicode.IsUpper(c) {
		r.capital()
	}
	r.lower = utf8.AppendRune(r.lower, unicode.ToLower(c))
}

func (r *cueReader) digit(c byte) {
	if r.length() == 0 {
		r.current.figure = true
	}
	r.lower = append(r.lower, c)
}

// mark takes note of what stands between words.
func (r *cueReader) mark(c rune, ends bool) {
	switch c {
	case '.', '!', '?', '\n':
		if c == '\n' || ends && (r.before.trait&traitAbbreviation == 0 && r.before.end-r.before.start > 1) {
			r.opening, r.clause, r.introduced, r.commas = true, true, false, 0
		}
	case ',':
		r.commas++
		r.clause = true
	case ';', ':', '(', ')', '—', '"', '“', '•', '*':
		r.clause = true
	case '-', '–', '‑':
		r.joined = true
	case '[':
		r.cited = true
	case '%':
		r.have |= cueShare
	case '$', '£', '€':
		r.priced = true
	}
}

// endWord judges the word that was just read, if there is one.
func (r *cueReader) endWord() {
	if r.length() == 0 {
		return
	}
	w := &r.current
	w.end = len(r.lower)
	w.opening, w.clause, w.joined, w.cited = r.opening, r.clause || r.opening, r.joined, r.cited
	r.opening, r.clause, r.joined, r.cited = false, false, false, false
	r.lookUp(w)
	r.judge(w)
	r.earlier, r.before = r.before, r.current
	r.lower = append(r.lower, ' ')
	r.current = cueWord{start: len(r.lower)}
	r.priced = false
	if r.number > 0 {
		r.number++
	}
}

// lookUp finds what a word offers by itself and as the end of a phrase of two or three.
func (r *cueReader) lookUp(w *cueWord) {
	w.trait = sentenceTraits[string(r.lower[w.start:w.end])]
	if !w.clause && r.before.trait&traitOpens != 0 {
		w.pair = sentenceTraits[string(r.lower[r.before.start:w.end])]
		r.have |= cues(w.pair)
	}
	if !w.clause && r.before.pair&traitOpens != 0 {
		r.have |= cues(sentenceTraits[string(r.lower[r.earlier.start:w.end])])
	}
	if w.trait == 0 && w.end-w.start > 5 {
		w.trait = suffixTrait(r.lower[w.start:w.end])
	}
}

func (r *cueReader) judge(w *cueWord) {
	own := cues(w.trait)
	if own&(cueRole|cueNumber) != 0 && r.wasAsked(w) {
		own &^= cueRole | cueNumber
	}
	r.have |= own
	if w.figure {
		r.judgeFigure(w)
	}
	if w.trait&(traitNumeral|traitVague) != 0 {
		r.number = 1
	}
	if w.trait&traitUnit != 0 {
		r.judgeUnit(w)
	}
	if w.capital {
		r.judgeCapital(w)
	}
	r.judgeGrammar(w)
}

// wasAsked reports whether a word is among those that add nothing.
func (r *cueReader) wasAsked(w *cueWord) bool {
	return len(r.asked) > 0 && slices.Contains(r.asked, string(r.lower[w.start:w.end]))
}

// judgeFigure tells a year from a number, and reads a unit written onto it.
func (r *cueReader) judgeFigure(w *cueWord) {
	text := r.lower[w.start:w.end]
	n := 0
	for n < len(text) && (text[n] <= '9') {
		n++
	}
	rest := text[n:]
	if w.cited || r.wasAsked(w) || w.joined && !r.before.figure {
		return
	}
	switch {
	case isYear(text[:n]) && (len(rest) == 0 || string(rest) == "s"):
		r.have |= cueYear
		r.number = 1
	case string(rest) == "st" || string(rest) == "nd" || string(rest) == "rd" || string(rest) == "th":
	case r.priced:
		r.have |= cueMeasure | cueNumber
	default:
		r.have |= cueNumber
		r.number = 1
		if r.earlier.figure && string(r.lower[r.before.start:r.before.end]) == "in" {
			r.have |= cueShare // 1 in 4,000
		}
		if len(rest) > 0 {
			r.measure(sentenceTraits[string(rest)])
		}
	}
}

func isYear(figure []byte) bool {
	return len(figure) == 4 && (figure[0] == '1' || figure[0] == '2' && figure[1] == '0') && figure[1] != ',' && figure[1] != '.'
}

// judgeUnit reads a unit by what stands before it: "four hours", "an hour", "every
// hour", "twice an hour".
func (r *cueReader) judgeUnit(w *cueWord) {
	often := r.before.trait&traitEach != 0 ||
		r.before.trait&traitIndefinite != 0 && (cues(r.earlier.trait)&cueFrequency != 0 || r.number > 1 && r.number <= 4)
	switch {
	case often && w.trait&traitTimeUnit != 0:
		r.have |= cueFrequency
	case r.number > 1 && r.number <= 3, r.before.trait&traitDeterminer != 0 && w.trait&traitTimeUnit == 0:
		r.measure(w.trait)
	case r.before.trait&traitIndefinite != 0:
		r.measure(w.trait)
	}
}

func (r *cueReader) measure(t trait) {
	switch {
	case t&traitTimeUnit != 0:
		r.have |= cueDuration
	case t&traitUnit != 0:
		r.have |= cueMeasure
	default:
		r.have |= cues(t) & cueMoment
	}
}

// judgeCapital tells names, and names of places, from words that are written
// with a capital letter for another reason.
func (r *cueReader) judgeCapital(w *cueWord) {
	if w.opening || w.shouted || w.end-w.start < 2 || w.trait&traitUnnamed != 0 || r.wasAsked(w) {
		w.name = w.shouted && r.before.name
		return
	}
	w.name = true
	afterPlace := r.before.trait&traitPlacing != 0 || r.before.trait&traitDeterminer != 0 && r.earlier.trait&traitPlacing != 0
	if !w.clause && (afterPlace || r.before.trait&traitDirection != 0 && r.earlier.trait&(traitPlacing|traitDeterminer) != 0) || cues(w.trait)&cueLocation != 0 {
		r.have |= cuePlaceName
		return
	}
	r.have |= cueName
}

// judgeGrammar reads what depends on the order of words.
func (r *cueReader) judgeGrammar(w *cueWord) {
	if w.trait&traitDeterminer != 0 && r.before.trait&traitCopula != 0 && r.earlier.trait&traitPointing == 0 && !w.clause {
		r.have |= cueDefinition
	}
	if w.trait&traitJoining != 0 && r.commas >= 2 {
		r.have |= cueList
	}
	if w.trait&traitGerund != 0 {
		switch string(r.lower[r.before.start:r.before.end]) {
		case "for":
			r.have |= cuePurpose
		case "by":
			r.have |= cueStep
		}
	}
	r.judgeStep(w)
}

// judgeStep follows where a verb would be an instruction: at the start of a
// sentence, or of the main clause after "while ...,", adverbs left aside.
func (r *cueReader) judgeStep(w *cueWord) {
	if w.opening {
		r.introduced = w.trait&traitIntroducing != 0
		r.imperative = true
	} else if w.clause {
		r.imperative = r.introduced || r.have&cueStep != 0
	}
	switch {
	case r.imperative && w.trait&traitVerb != 0:
		r.have |= cueStep
		r.imperative = false
	case w.trait&traitJoining != 0 && r.have&cueStep != 0:
		r.imperative = true
	case w.trait&traitAdverb == 0:
		r.imperative = false
	}
}
