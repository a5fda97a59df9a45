package search

import "strings"

// unitForm is a way to write a unit of measurement.
type unitForm struct {
	word     string // as it is spelled out
	alone    bool   // means it without a number before it, too
	attached bool   // means it only without a space after the number
}

// unitForms are the short and the British ways to write units.
var unitForms = unitWords()

func unitWords() map[string]unitForm {
	words := make(map[string]unitForm, 128)
	add := func(u unitForm, list string) {
		for line := range strings.Lines(list) {
			if forms := strings.Fields(line); len(forms) > 0 {
				for _, form := range forms[1:] {
					u.word = forms[0]
					words[form] = u
				}
			}
		}
	}
	add(unitForm{alone: true}, `
		milligram mg mgs milligramme milligrammes
		microgram mcg mcgs µg μg ug microgramme microgrammes
		kilogram kg kgs kilo kilos kilogramme kilogrammes
		gram gramme grammes
		pound lb lbs
		centimeter cm cms centimetre centimetres
		millimeter mm millimetre millimetres
		kilometer km kilometre kilometres
		meter metre metres
		nanometer nm nanometre nanometres
		micrometer µm μm micrometre micrometres
		foot feet
		liter litre litres
		milliliter ml mls cc millilitre millilitres
		hour hr hrs
		minute mins
		second secs
		calorie kcal kcals kilocalorie kilocalories
		percent pct
		hertz hz`)
	add(unitForm{}, `
		gram g gm
		ounce oz
		meter m
		foot ft
		yard yd yds
		liter l
		hour h
		minute min
		second sec
		calorie cal cals
		year yr yrs
		month mo mos
		week wk wks
		inch inch`)
	add(unitForm{attached: true}, `
		inch in ins
		pm pm p.m
		am am a.m`)
	return words
}

// signs are what stands for a unit right after a figure.
var signs = map[rune]string{'%': "percent", '°': "degree", '"': "inch", '″': "inch"}

// currencies stand right before a figure.
var currencies = map[rune]string{'$': "dollar", '€': "euro", '£': "pound"}

// amounts are what large amounts of money are written with.
var amounts = map[string]string{"m": "million", "mn": "million", "b": "billion", "bn": "billion"}

// scales are the letters of temperature after "°" or "degrees".
var scales = map[string]string{"c": "celsius", "f": "fahrenheit"}

// formOf returns the form of a word that stands for itself: the figure of "ten",
// the unit of "mg".
func formOf(word string) string {
	if n, ok := countWords[word]; ok && n.value < hundred && (n.value != 1 || n.ordinal) {
		c := count{part: n.value, ordinal: n.ordinal}
		return c.term()
	}
	if u := unitForms[word]; u.alone {
		return u.word
	}
	return word
}

// formWords are the words that the reader looks at twice.
var formWords = func() map[string]bool {
	set := wordSet("per degree degrees c f m mn bn b")
	for word := range countWords {
		set[word] = true
	}
	for word := range decades {
		set[word] = true
	}
	for word := range unitForms {
		set[word] = true
	}
	return set
}()

// spelledUnits are the words that units stand for.
var spelledUnits = func() map[string]bool {
	set := wordSet("percent degree million billion day")
	for _, u := range unitForms {
		set[u.word] = true
	}
	return set
}()
