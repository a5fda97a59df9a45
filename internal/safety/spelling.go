package safety

import "slices"

// The lengths in letters of the words that are corrected. A shorter word has too
// many neighbours, a longer one is no word.
const (
	minCorrected = 6
	maxCorrected = 24
)

// spelling finds the long words of the rules that a text misspells. It is an index
// by deletions, as in SymSpell (Garbe 2012): two words are one edit apart only if
// they share a form that takes at most one letter from each, so a look-up takes as
// many probes as the word has letters, whatever the number of words.
type spelling struct {
	words     []string
	first     map[uint32]int32 // hash of a form -> its first posting
	postings  []posting
	skeletons map[string]string // consonants -> the only long word that has them, or ""
	undoubled map[string]string // a word without double letters -> the only one, or ""
	ordinary  map[string]bool   // further words that are not misspellings
}

// posting is one word that has a form; next is the form's next posting, or -1.
type posting struct{ word, next int32 }

// newSpelling indexes the words that are long enough.
func newSpelling(words []string, ordinary map[string]bool) *spelling {
	s := &spelling{
		first:     make(map[uint32]int32, 8*len(words)),
		postings:  make([]posting, 0, 9*len(words)),
		skeletons: make(map[string]string, len(words)),
		undoubled: make(map[string]string),
		ordinary:  ordinary,
	}
	for _, word := range words {
		if len(word) >= minCorrected && len(word) <= maxCorrected && onlyLetters(word) {
			s.words = append(s.words, word)
		}
	}
	slices.Sort(s.words)
	for i, word := range s.words {
		eachForm(word, func(form uint32) { s.post(form, int32(i)) })
		only(s.skeletons, skeleton(word), word)
		if plain := undouble(word); plain != word {
			only(s.undoubled, plain, word)
		}
	}
	return s
}

// only records the word of a key, or that the key has several.
func only(table map[string]string, key, word string) {
	if _, taken := table[key]; taken {
		word = ""
	}
	table[key] = word
}

func (s *spelling) post(form uint32, word int32) {
	next, ok := s.first[form]
	if !ok {
		next = -1
	}
	s.first[form] = int32(len(s.postings))
	s.postings = append(s.postings, posting{word, next})
}

// isWord reports whether a word that the rules do not use means itself.
func (s *spelling) isWord(word string) bool { return s.ordinary[word] || isOrdinary(word) }

// correct returns the first of the words that is one edit away: a letter left out,
// added or changed, or two neighbours swapped.
func (s *spelling) correct(word string) (string, bool) {
	if len(word) < minCorrected-1 || len(word) > maxCorrected+1 || !onlyLetters(word) {
		return "", false
	}
	best := ""
	eachForm(word, func(form uint32) {
		i, ok := s.first[form]
		for ; ok && i >= 0; i = s.postings[i].next {
			if w := s.words[s.postings[i].word]; (best == "" || w < best) && oneEdit(word, w) {
				best = w
			}
		}
	})
	return best, best != ""
}

// eachForm calls visit with the hash (FNV-1a) of the word and of the word without
// each of its letters.
func eachForm(word string, visit func(uint32)) {
	for left := -1; left < len(word); left++ {
		hash := uint32(2166136261)
		for i := range len(word) {
			if i != left {
				hash = (hash ^ uint32(word[i])) * 16777619
			}
		}
		visit(hash)
	}
}

// oneEdit reports whether the optimal string alignment distance of two different
// words is 1.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || a == b {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) < len(b) {
		return a[i:] == b[i+1:]
	}
	swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
	return swapped || a[i+1:] == b[i+1:]
}

// onlyLetters reports whether a word has lower-case ASCII letters only.
func onlyLetters(word string) bool {
	for i := range len(word) {
		if word[i] < 'a' || word[i] > 'z' {
			return false
		}
	}
	return true
}

// skeleton returns the consonants of a word, double ones once.
func skeleton(word string) string {
	out := make([]byte, 0, len(word))
	for i := range len(word) {
		if c := word[i]; !isVowel(c) && (len(out) == 0 || out[len(out)-1] != c) {
			out = append(out, c)
		}
	}
	return string(out)
}

func isVowel(c byte) bool { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' }

// undouble writes every run of one letter once.
func undouble(word string) string { return string(slices.Compact([]byte(word))) }
