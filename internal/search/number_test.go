package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestFormsOfNumbersAndUnits(t *testing.T) {
	for name, tc := range map[string]struct {
		forms []string
		want  string
	}{
		"digit":           {[]string{"two pills", "2 pills"}, "2 pill"},
		"tens":            {[]string{"twenty one", "twenty-one", "21"}, "21"},
		"hundreds":        {[]string{"two hundred and five days", "205 days"}, "205 dai"},
		"thousand":        {[]string{"a thousand", "1,000", "1000", "1k", "one thousand", "1 thousand"}, "1000"},
		"large":           {[]string{"25,400", "25400", "twenty-five thousand four hundred"}, "25400"},
		"millions":        {[]string{"two million", "2 million", "2,000,000", "2000000"}, "2 million"},
		"ordinal":         {[]string{"1st", "first"}, "1st"},
		"second":          {[]string{"2nd", "second"}, "second"},
		"long ordinal":    {[]string{"21st", "twenty-first", "twenty first"}, "21st"},
		"half":            {[]string{"½", "half", "0.5", "1/2"}, "half"},
		"and a half":      {[]string{"1½ cups", "1.5 cups"}, "1.5 cup"},
		"percent":         {[]string{"50%", "50 %", "50 percent", "fifty percent", "50 per cent"}, "50 percent"},
		"decade":          {[]string{"the 1990s", "the nineties", "the '90s"}, "1990"},
		"milligrams":      {[]string{"10mg", "10 mg", "10-mg", "ten milligrams", "10 milligram"}, "10 milligram"},
		"one unit":        {[]string{"1mg", "one milligram", "1 MG"}, "1 milligram"},
		"inches":          {[]string{"2in", "2 inches", "two inches", "2\""}, "2 inch"},
		"feet":            {[]string{"6ft", "6 feet", "6 foot", "six ft"}, "6 foot"},
		"pounds":          {[]string{"150lbs", "150 lb", "150 pounds"}, "150 pound"},
		"hours":           {[]string{"24h", "24 hrs", "24 hours", "twenty-four hours"}, "24 hour"},
		"minutes":         {[]string{"5 min", "5mins", "five minutes"}, "5 minut"},
		"seconds":         {[]string{"30 sec", "30 seconds", "30secs"}, "30 second"},
		"temperature":     {[]string{"37°C", "37 °C", "37 degrees C", "37 degrees Celsius", "37 ° celsius"}, "37 degre celsiu"},
		"calories":        {[]string{"200 kcal", "200kcal", "200 calories", "200 cals"}, "200 calori"},
		"micrograms":      {[]string{"5µg", "5 μg", "5 mcg", "5 micrograms"}, "5 microgram"},
		"British":         {[]string{"2 litres", "2 liters", "2l"}, "2 liter"},
		"range":           {[]string{"10-15mg", "10 to 15 mg"}, "10 15 milligram"},
		"unit by itself":  {[]string{"how many mg", "how many milligrams"}, "mani milligram"},
		"money":           {[]string{"$5 m", "$5m", "$5 million", "$5,000,000"}, "dollar 5 million"},
		"dots":            {[]string{"U.S.", "u.s"}, "us"},
		"hour of the day": {[]string{"10pm", "10 p.m.", "10 PM", "10p.m."}, "10 pm"},
		"degree":          {[]string{"Ph.D.", "PhD"}, "phd"},
	} {
		t.Run(name, func(t *testing.T) {
			a := testAnalyzer(t)
			for _, form := range tc.forms {
				got := strings.Join(a.terms(form), " ")
				if got != tc.want {
					t.Errorf("%q: %q, want %q", form, got, tc.want)
				}
			}
		})
	}
}

// TestFormsLeaveLookAlikes holds what only looks like a number or a unit.
func TestFormsLeaveLookAlikes(t *testing.T) {
	for text, want := range map[string]string{
		"one of them said":         "on said",
		"thousands of hundreds":    "thousand hundr",
		"in 10 men":                "10 men",
		"10 in all":                "10",
		"vitamin b12 and h1n1":     "vitamin b12 h1n1",
		"1/2/2020":                 "1 2 2020",
		"24/7":                     "24 7",
		"1,23,4":                   "1,23,4",
		"he said \"chapter 2\"":    "said chapter 2",
		"two three":                "2 3",
		"nineteen ninety":          "19 90",
		"3.5.1":                    "3.5.1",
		"a second opinion":         "second opinion",
		"m g l":                    "m g l",
		"example.com":              "example.com",
		"ten\nmg":                  "10 milligram",
		"twenty\none":              "20 on",
		"four. hundred":            "4 hundr",
		"first, second and third":  "1st second 3rd",
		"99999999999999999999 mg":  "99999999999999999999 milligram",
		"5 m":                      "5 meter",
		"5m tall":                  "5 meter tall",
		"zero":                     "0",
		"hundred thousand hundred": "hundr thousand hundr",
	} {
		if got := strings.Join(testAnalyzer(t).terms(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestFormsKeepPlaces(t *testing.T) {
	const text = "Take 10mg (½ of 2,000,000) for twenty-one days at 37 °C."
	var got []string
	for _, tok := range testAnalyzer(t).tokens(text) {
		got = append(got, text[tok.start:tok.end]+"="+tok.term)
	}
	want := []string{
		"Take=take", "10=10", "mg=milligram", "½=half", "2=2", ",000,000=million", "twenty-one=21", "days=dai",
		"37=37", "°=degre", "C=celsiu",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestTokensLieInTheText holds for any text: places lie in it, on boundaries of
// characters, in order, and no word is empty.
func TestTokensLieInTheText(t *testing.T) {
	a := testAnalyzer(t)
	piece := rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{
			"1", "½", "%", "°C", " mg", "10mg", "twenty", "-", " one", "'", "\"", "1,000", ",000", "/2", "1/2", "$", "a ", "thousand",
			" and ", "hundred", "p.m.", "2nd", "90s", "k", "per cent", "K", "İ", "\xff", "٣", "µg", "'s", "degrees ", "f",
		}),
	)
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 12).Draw(rt, "pieces"), "")
		end := 0
		for _, tok := range a.tokens(text) {
			if tok.start < end || tok.end <= tok.start || tok.end > len(text) || tok.term == "" {
				rt.Fatalf("%q: %+v after %d", text, tok, end)
			}
			if utf8.ValidString(text) && !utf8.ValidString(text[tok.start:tok.end]) {
				rt.Fatalf("%q: %+v cuts a character", text, tok)
			}
			end = tok.end
		}
	})
}

// TestFormOf compares single words with the analysis.
func TestFormOf(t *testing.T) {
	a := testAnalyzer(t)
	words := []string{"ten", "one", "first", "mg", "feet", "min", "hundred", "walnut"}
	for word := range countWords {
		words = append(words, word)
	}
	for word := range unitForms {
		words = append(words, word)
	}
	for _, word := range words {
		if got, want := strings.Join(a.terms(formOf(word)), " "), strings.Join(a.terms(word), " "); got != want && strings.IndexByte(word, '.') < 0 {
			t.Errorf("%q: %q, the analysis says %q", word, got, want)
		}
	}
}
