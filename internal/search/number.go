package search

import (
	"strconv"
	"strings"
)

// countWord is a word that says a number or a part of one.
type countWord struct {
	value   int
	ordinal bool
}

// countWords are the words for numbers below a hundred. "Second" is left to time.
var countWords = allCountWords()

func allCountWords() map[string]countWord {
	words := make(map[string]countWord, 64)
	add := func(first, step int, ordinal bool, list string) {
		for word := range strings.FieldsSeq(list) {
			words[word] = countWord{first, ordinal}
			first += step
		}
	}
	add(0, 1, false, `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
		fifteen sixteen seventeen eighteen nineteen`)
	add(20, 10, false, "twenty thirty forty fifty sixty seventy eighty ninety")
	add(3, 1, true, `third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
		fifteenth sixteenth seventeenth eighteenth nineteenth`)
	add(20, 10, true, "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth")
	words["first"] = countWord{1, true}
	words["hundred"] = countWord{hundred, false}
	words["thousand"] = countWord{thousand, false}
	return words
}

const (
	hundred  = 100
	thousand = 1000
)

// decades are the names of decades as articles of our time mean them. The
// stemmer takes the s off "1990s" and "90s".
var decades = map[string]string{
	"thirties": "1930", "forties": "1940", "fifties": "1950", "sixties": "1960", "seventies": "1970", "eighties": "1980", "nineties": "1990",
	"30s": "1930", "40s": "1940", "50s": "1950", "60s": "1960", "70s": "1970", "80s": "1980", "90s": "1990",
}

// count puts the words of one number together: "two hundred and five".
type count struct {
	total, part int // thousands and more; what is below
	last        int // value of the word before, 0 at the start
	ordinal     bool
}

// take adds a word, and reports whether it goes on with the number.
func (c *count) take(n countWord) bool {
	switch {
	case c.ordinal:
		return false
	case n.value == hundred:
		if c.part < 1 || c.part > 99 {
			return false
		}
		c.part *= hundred
	case n.value == thousand:
		if c.part < 1 || c.total > 0 {
			return false
		}
		c.total, c.part = c.part*thousand, 0
	case n.value >= 1 && n.value <= 9 && c.part%hundred >= 20 && c.part%10 == 0:
		c.part += n.value
	case c.last == 0 || c.last == hundred || c.last == thousand:
		c.part += n.value
	default:
		return false
	}
	c.last, c.ordinal = n.value, n.ordinal
	if n.value == 0 {
		c.last = -1
	}
	return true
}

func (c *count) term() string {
	n := c.total + c.part
	if !c.ordinal {
		return strconv.Itoa(n)
	}
	return strconv.Itoa(n) + ordinalEnding(n)
}

func ordinalEnding(n int) string {
	if n%hundred/10 != 1 {
		switch n % 10 {
		case 1:
			return "st"
		case 2:
			return "nd"
		case 3:
			return "rd"
		}
	}
	return "th"
}

// splitFigure parts a word that starts with a digit into its figure and the rest:
// "10mg", "1,000", "21st".
func splitFigure(word string) (figure, rest string) {
	end := 0
	for end < len(word) && (isDigitByte(word[end]) || end+1 < len(word) && strings.IndexByte(".,", word[end]) >= 0 && isDigitByte(word[end+1])) {
		end++
	}
	return word[:end], word[end:]
}

func isDigitByte(b byte) bool { return b >= '0' && b <= '9' }

// plainFigure takes the commas out of a figure that groups its digits by threes,
// and reads the simplest parts of one as words.
func plainFigure(figure string) string {
	if groups := strings.Split(figure, ","); len(groups) > 1 && len(groups[0]) <= 3 {
		for _, g := range groups[1:] {
			whole, _, _ := strings.Cut(g, ".")
			if len(whole) != 3 {
				return figure
			}
		}
		figure = strings.Join(groups, "")
	}
	if part, ok := parts[figure]; ok {
		return part
	}
	return figure
}

var (
	parts     = map[string]string{"0.5": "half", "0.25": "quarter", "1/2": "half", "1/4": "quarter"}
	fractions = map[rune]fraction{'½': {"half", ".5"}, '¼': {"quarter", ".25"}, '¾': {"0.75", ".75"}}
)

// fraction is a sign for one, alone and after a whole number.
type fraction struct{ alone, after string }

// millions parts a round figure from its millions, as articles write it:
// "2000000" is "2" and "million".
func millions(figure string) (count, scale string, ok bool) {
	const million, billion = "000000", "000000000"
	if lead, ok := strings.CutSuffix(figure, billion); ok && lead != "" {
		return lead, "billion", true
	}
	if lead, ok := strings.CutSuffix(figure, million); ok && lead != "" {
		return lead, "million", true
	}
	return "", "", false
}
