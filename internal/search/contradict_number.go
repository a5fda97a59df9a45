package search

import (
	"regexp"
	"strconv"
	"strings"
)

// quantity is a range of values of one unit, in the base unit of its dimension.
type quantity struct {
	low, high float64
	unit      string // as written, to know whether it was converted
	slack     float64
}

// quantities are the quantities of a clause by dimension. A dimension that
// occurs more than once tells nothing and is absent.
type quantities map[string]quantity

// How far two numbers may lie apart, as a share of the greater, and still be the
// same thing said in round numbers.
const (
	slackSame      = 0.1 // in one unit
	slackConverted = 0.2 // in two units of one dimension
	slackAbout     = 0.3 // where one is called approximate
)

// contradict reports whether the two give ranges of one dimension that do not meet.
func (q quantities) contradict(other quantities) bool {
	for dimension, a := range q {
		if b, ok := other[dimension]; ok && a.apart(b, dimension) {
			return true
		}
	}
	return false
}

func (q quantity) apart(other quantity, dimension string) bool {
	slack := max(q.slack, other.slack, slackSame)
	switch {
	case dimension == calendarYear:
		slack = 0
	case q.unit != other.unit:
		slack = max(slack, slackConverted)
	}
	return q.high < other.low*(1-slack) || other.high < q.low*(1-slack)
}

const (
	calendarYear = "calendar year"
	numeral      = `(?:\d+(?:,\d{3})+|\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)`
)

var (
	amount = regexp.MustCompile(`\b(?:(at least|no less than|not less than|no fewer than|more than|at most|no more than|not more than|up to|less than|fewer than|about|around|roughly|approximately|nearly|almost|some)\s+)?` +
		`(?:between\s+)?(` + numeral + `)(?:\s*(?:to|and|-|–|or)\s*(` + numeral + `))?(?:[\s-]+|(%)|(°))([\pL°]+)?`)
	twice = regexp.MustCompile(`\btwice\b`)
	// broken numbers are not read: "a minute and a half", "1/2", "3 x 4", "1:3".
	broken = regexp.MustCompile(`and a half|half an?|[½¼¾×/]|\d\s*x\s*\d|\d:\d|\d-year`)
	// inYear is a year on the calendar, and not a number of things.
	inYear = regexp.MustCompile(`\b(?:in|since|until|by)\s+(1[5-9][0-9]{2}|20[0-9]{2})(\s*$|\s+(?:and|by|in|at|to|with|as|for|the|on|near)\b)`)
)

// quantitiesOf returns the quantities of a clause, and the clause without them.
func quantitiesOf(clause string) (quantities, string) {
	if !hasNumber(clause) {
		return nil, clause
	}
	found, twofold := quantities{}, map[string]bool{}
	add := func(dimension string, q quantity) {
		if _, ok := found[dimension]; ok {
			twofold[dimension] = true
		}
		found[dimension] = q
	}
	readable := !broken.MatchString(clause)
	clause = twice.ReplaceAllString(clause, "2 times")
	clause = inYear.ReplaceAllStringFunc(clause, func(s string) string {
		m := inYear.FindStringSubmatch(s)
		add(calendarYear, quantity{low: valueOf(m[1]), high: valueOf(m[1])})
		return " " + m[2]
	})
	clause = amount.ReplaceAllStringFunc(clause, func(s string) string {
		dimension, q, rest := read(amount.FindStringSubmatch(s))
		if dimension != "" {
			add(dimension, q)
		}
		return " " + rest + " "
	})
	for dimension := range found {
		if twofold[dimension] || !readable {
			delete(found, dimension)
		}
	}
	return found, clause
}

func hasNumber(clause string) bool {
	for word := range scan(clause) {
		if isDigit(rune(word[0])) || numberWords[word] > 0 {
			return true
		}
	}
	return false
}

// read turns a match of amount into a quantity; rest is the word behind it when
// it is no unit but what is counted.
func read(m []string) (dimension string, q quantity, rest string) {
	bound, word := m[1], m[4]+m[5]+m[6]
	low, high := valueOf(m[2]), valueOf(m[2])
	if m[3] != "" {
		high = valueOf(m[3])
	}
	q = quantity{low: min(low, high), high: max(low, high), unit: stem(word)}
	switch u, ok := units[q.unit]; {
	case ok:
		dimension = u.dimension
		q.low, q.high = q.low*u.factor, q.high*u.factor
	case word == "" || m[2] == "one" || countedPeople[q.unit] || neutralWords[word] || bindingWords[word] || negatingWords[word]:
		return "", q, word
	default:
		dimension, rest = "count of "+q.unit, word
	}
	switch bound {
	case "at least", "no less than", "not less than", "no fewer than", "more than":
		q.high = endless
	case "at most", "no more than", "not more than", "up to", "less than", "fewer than":
		q.low = 0
	case "":
	default:
		q.slack = slackAbout
	}
	return dimension, q, rest
}

// endless is more than any quantity of a text.
const endless = 1e18

func valueOf(numeral string) float64 {
	if n, ok := numberWords[numeral]; ok {
		return n
	}
	n, _ := strconv.ParseFloat(strings.ReplaceAll(numeral, ",", ""), 64)
	return n
}

var numberWords = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
	"seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "half": 0.5, "twice": 2,
}

type unit struct {
	dimension string
	factor    float64 // of the base unit
}

// units by the stem of their names. Temperatures in degrees are compared only
// with temperatures in the same degrees.
var units = unitNames(map[string]map[float64]string{
	"length": {
		0.001: "mm millimeter millimetre", 0.01: "cm centimeter centimetre", 1: "m meter metre", 1000: "km kilometer kilometre",
		0.0254: "inch", 0.3048: "ft foot feet", 0.9144: "yard", 1609.344: "mile",
	},
	"time": {
		1: "s sec second", 60: "min minute", 3600: "h hr hour", 86400: "day", 604800: "week", 2629800: "month", 31557600: "year",
	},
	"mass":    {1e-6: "mcg microgram", 1e-3: "mg milligram", 1: "g gram gramme", 1000: "kg kilogram kilo", 28.35: "oz ounce", 453.6: "lb pound"},
	"volume":  {0.001: "ml milliliter millilitre", 1: "l liter litre", 0.2366: "cup", 0.01479: "tablespoon", 0.00493: "teaspoon"},
	"percent": {1: "% percent"},
	"degrees": {1: "° °c degree c celsius"},
	"energy":  {1: "kcal calory calorie", 0.239: "kj kilojoule"},
	"times":   {1: "times"},
})

func unitNames(byDimension map[string]map[float64]string) map[string]unit {
	all := map[string]unit{}
	for dimension, factors := range byDimension {
		for factor, names := range factors {
			for name := range strings.FieldsSeq(names) {
				all[stem(name)] = unit{dimension, factor}
			}
		}
	}
	return all
}
