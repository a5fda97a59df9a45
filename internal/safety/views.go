package safety

import (
	"iter"
	"strings"
)

// view is one normalised form of a text. Rules match on the union of all views.
type view struct {
	name string
	text string
}

// repair is a named way of undoing one kind of disguise.
type repair struct {
	name  string
	apply func(string) string
}

// views yields the views in which the shipped rules read a text.
func (r *Rules) views(text string) iter.Seq[view] { return r.vocab.views(text) }

// views yields the plain view and those of the others that differ from the one
// before. Each repairs what the one before it left, so that tricks that were
// combined are undone together; nothing is taken away from the plain view.
func (v *vocabulary) views(text string) iter.Seq[view] {
	return func(yield func(view) bool) {
		last := view{"plain", clean(text)}
		plain := last.text
		goOn := yield(last) && last.repaired(yield, []repair{
			{"uncensored", v.uncensored},
			{"unmarked", unmarked},
			{"unleeted", v.unleeted},
			{"joined", v.joined},
			{"squeezed", v.squeezed},
			{"spelled out", v.spelledOut},
		})
		if !goOn || !v.strange(last.text) {
			return
		}
		goOn = last.repaired(yield, []repair{
			{"undoubled", v.undoubled},
			{"rejoined", v.rejoined},
			{"unspaced", v.unspaced},
			{"corrected", v.corrected},
			{"revowelled", v.revowelled},
		})
		if !goOn {
			return
		}
		if whole, words, ok := v.turned(plain); ok && (!yield(view{"backwards", whole}) || !yield(view{"backward words", words})) {
			return
		}
		if turned, ok := upright(text); ok {
			yield(view{"upright", turned})
		}
	}
}

// repaired makes the view that of each repair in turn and yields it where it is
// another one; it reports whether to go on.
func (v *view) repaired(yield func(view) bool, repairs []repair) bool {
	for _, r := range repairs {
		if text := r.apply(v.text); text != v.text {
			if *v = (view{r.name, text}); !yield(*v) {
				return false
			}
		}
	}
	return true
}

// eachWord rewrites every run of bytes that are not white space.
func eachWord(text string, rewrite func(string) string) string {
	var b strings.Builder
	b.Grow(len(text))
	for len(text) > 0 {
		gap := strings.IndexFunc(text, notSpace)
		if gap < 0 {
			b.WriteString(text)
			break
		}
		b.WriteString(text[:gap])
		text = text[gap:]
		end := strings.IndexFunc(text, isSpace)
		if end < 0 {
			end = len(text)
		}
		b.WriteString(rewrite(text[:end]))
		text = text[end:]
	}
	return b.String()
}

func isSpace(r rune) bool  { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00a0' }
func notSpace(r rune) bool { return !isSpace(r) }

// maxRepaired bounds the words that are repaired; longer ones are not words.
const maxRepaired = 64

// uncensored fills in vowels that are starred out: "su*c*de" becomes "suicide"
// when such a word is known.
func (v *vocabulary) uncensored(text string) string {
	if !strings.Contains(text, "*") {
		return text
	}
	return eachWord(text, func(word string) string {
		for _, around := range []string{".,;:!?()\"_|~`", ".,;:!?()\"*_|~`"} {
			core := strings.Trim(word, around)
			stars := strings.Count(core, "*")
			if stars == 0 || len(core) < 3 || len(core) > maxRepaired {
				continue
			}
			if filled, ok := v.uncensor(core, stars); ok {
				return filled
			}
		}
		return word
	})
}

// maxFilled is the most stars that are filled in by trial.
const maxFilled = 2

// uncensor fills in a few stars by trial, and many by the consonants between them.
func (v *vocabulary) uncensor(word string, stars int) (string, bool) {
	if stars <= maxFilled {
		if 2*stars > len(word) {
			return "", false
		}
		return v.fill(word)
	}
	full := v.spelling.skeletons[skeleton(strings.ReplaceAll(word, "*", ""))]
	return full, len(full) == len(word)
}

// fill tries every vowel for every star, at most 5^maxFilled words.
func (v *vocabulary) fill(word string) (string, bool) {
	before, after, starred := strings.Cut(word, "*")
	if !starred {
		return word, v.knows(word)
	}
	for _, vowel := range "aeiou" {
		if filled, ok := v.fill(before + string(vowel) + after); ok {
			return filled, true
		}
	}
	return "", false
}

// unleeted replaces digits and signs inside words by the letters they stand for
// when that gives a known word: "su1c1de" becomes "suicide", "6hrs" stays.
func (v *vocabulary) unleeted(text string) string {
	if !strings.ContainsAny(text, "0123456789@$!+") {
		return text
	}
	return eachWord(text, func(word string) string {
		if len(word) > maxRepaired || !strings.ContainsAny(word, "0123456789@$!+") {
			return word
		}
		for _, table := range []*strings.Replacer{leetI, leetL} {
			if plain := table.Replace(word); v.knows(strings.Trim(plain, ".,;:!?()\"")) {
				return plain
			}
		}
		return word
	})
}

// The digit 1 stands for i or for l.
var (
	leetI = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b", "9", "g", "@", "a", "$", "s", "!", "i", "+", "t")
	leetL = strings.NewReplacer("0", "o", "1", "l", "3", "e", "4", "a", "5", "s", "7", "t", "8", "b", "9", "g", "@", "a", "$", "s", "!", "l", "+", "t")
)

// squeezed shortens letters that are repeated to two, or to one, whichever gives
// a known word: "killlll" becomes "kill", "diiiie" becomes "die".
func (v *vocabulary) squeezed(text string) string {
	if !hasRun(text, 3) {
		return text
	}
	return eachWord(text, func(word string) string {
		if !hasRun(word, 3) {
			return word
		}
		core := strings.Trim(word, ".,;:!?()\"")
		for _, keep := range []int{2, 1} {
			if short := shortenRuns(core, keep); v.knows(short) {
				return short
			}
		}
		return shortenRuns(word, 1)
	})
}

// hasRun reports whether some rune repeats n times in a row.
func hasRun(text string, n int) bool {
	last, run := rune(-1), 0
	for _, r := range text {
		if r != last {
			last, run = r, 0
		}
		if run++; run >= n && !isSpace(r) {
			return true
		}
	}
	return false
}

// shortenRuns cuts each run of three or more of one rune to keep of them.
func shortenRuns(word string, keep int) string {
	runes := []rune(word)
	var b strings.Builder
	for i := 0; i < len(runes); {
		end := i
		for end < len(runes) && runes[end] == runes[i] {
			end++
		}
		n := end - i
		if n >= 3 {
			n = keep
		}
		b.WriteString(string(runes[i : i+n]))
		i = end
	}
	return b.String()
}
