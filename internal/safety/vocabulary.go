package safety

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// symbol is the number of a word, a word beginning ("bleed*") or a number range
// ("#38..43") that some phrase of the data uses.
type symbol int32

// numberRange is the meaning of a symbol such as "#38..43", ends included.
type numberRange struct {
	low, high float64
	sym       symbol
}

// vocabulary numbers everything that a phrase can be made of.
type vocabulary struct {
	words    map[string]symbol
	prefixes map[string]symbol // in bytes, at least minPrefix long
	ranges   []numberRange
	longest  int // length of the longest prefix, which bounds the work for a token
	next     symbol
	emoji    map[string][]symbol // pictograph -> the words that it stands for
	texting  map[string]string   // texting form -> what it stands for
	spelling *spelling
}

// minPrefix is the shortest allowed word beginning, so that "a*" is refused.
const minPrefix = 3

func newVocabulary() *vocabulary {
	return &vocabulary{
		words: make(map[string]symbol, 1<<14), prefixes: make(map[string]symbol, 256),
		emoji: make(map[string][]symbol), texting: make(map[string]string), spelling: newSpelling(nil, nil),
	}
}

// close builds the index of long words; the vocabulary takes no words after it.
// The words in ordinary are not misspellings of those of the rules.
func (v *vocabulary) close(ordinary map[string]bool) {
	v.spelling = newSpelling(slices.Collect(maps.Keys(v.words)), ordinary)
}

// depict adds the words that a pictograph stands for.
func (v *vocabulary) depict(pictograph string, words []string) error {
	tokens := tokenize(clean(pictograph))
	if len(tokens) != 1 {
		return fmt.Errorf("%q is not one pictograph", pictograph)
	}
	for _, word := range words {
		sym, err := v.intern(word)
		if err != nil {
			return err
		}
		v.emoji[tokens[0].text] = append(v.emoji[tokens[0].text], sym)
	}
	return nil
}

// intern returns the symbol for one written element, adding it when it is new.
func (v *vocabulary) intern(element string) (symbol, error) {
	switch {
	case strings.HasPrefix(element, "#"):
		return v.internRange(element)
	case strings.HasSuffix(element, "*"):
		prefix := clean(strings.TrimSuffix(element, "*"))
		if len(prefix) < minPrefix {
			return 0, fmt.Errorf("word beginning %q is too short; write at least %d letters before *", element, minPrefix)
		}
		v.longest = max(v.longest, len(prefix))
		return v.add(v.prefixes, prefix), nil
	}
	if onlyLetters(element) && element != "" {
		return v.add(v.words, element), nil
	}
	word := clean(element)
	if tokens := tokenize(word); len(tokens) != 1 || tokens[0].text != word {
		return 0, fmt.Errorf("%q is not one word", element)
	}
	return v.add(v.words, word), nil
}

func (v *vocabulary) add(table map[string]symbol, key string) symbol {
	sym, ok := table[key]
	if !ok {
		v.next++
		sym = v.next
		table[key] = sym
	}
	return sym
}

func (v *vocabulary) internRange(element string) (symbol, error) {
	low, high, err := parseRange(element)
	if err != nil {
		return 0, err
	}
	for _, r := range v.ranges {
		if r.low == low && r.high == high {
			return r.sym, nil
		}
	}
	v.next++
	v.ranges = append(v.ranges, numberRange{low, high, v.next})
	return v.next, nil
}

// parseRange reads "#low..high", "#exact" or "#" alone, which is any number.
func parseRange(element string) (low, high float64, err error) {
	body := strings.TrimPrefix(element, "#")
	if body == "" {
		return 0, 1e12, nil
	}
	lowText, highText, ranged := strings.Cut(body, "..")
	if !ranged {
		highText = lowText
	}
	low, errLow := strconv.ParseFloat(lowText, 64)
	high, errHigh := strconv.ParseFloat(highText, 64)
	if errLow != nil || errHigh != nil || low > high {
		return 0, 0, fmt.Errorf("number range %q is not of the form #low..high", element)
	}
	return low, high, nil
}

// knows reports whether a phrase of the data uses the word, alone or by its beginning.
func (v *vocabulary) knows(word string) bool {
	if _, ok := v.words[word]; ok {
		return true
	}
	for n := minPrefix; n <= min(len(word), v.longest); n++ {
		if _, ok := v.prefixes[word[:n]]; ok {
			return true
		}
	}
	return false
}

// symbols appends to into everything that the token can stand for.
func (v *vocabulary) symbols(t token, into []symbol) []symbol {
	if sym, ok := v.words[t.text]; ok {
		into = append(into, sym)
	}
	for n := minPrefix; n <= min(len(t.text), v.longest); n++ {
		if sym, ok := v.prefixes[t.text[:n]]; ok {
			into = append(into, sym)
		}
	}
	if t.text[0] >= utf8.RuneSelf {
		into = append(into, v.emoji[t.text]...)
	}
	if !t.isNumber {
		return into
	}
	for _, r := range v.ranges {
		if r.low <= t.number && t.number <= r.high {
			into = append(into, r.sym)
		}
	}
	return into
}

// allSymbols returns the symbols of all tokens in one slice; those of token i
// stand from ends[i] to ends[i+1].
func (v *vocabulary) allSymbols(tokens []token) (symbols []symbol, ends []int) {
	symbols, ends = make([]symbol, 0, 2*len(tokens)), make([]int, 1, len(tokens)+1)
	for _, t := range tokens {
		symbols = v.symbols(t, symbols)
		ends = append(ends, len(symbols))
	}
	return symbols, ends
}
