package search

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/article"
)

// saidBy returns a candidate of its own article whose excerpt is text and whose
// decisive sentence is its last one.
func saidBy(t testing.TB, title, text string) Candidate {
	t.Helper()
	a := parse(t, fmt.Sprintf("---\ntitle: %q\nauthor: A. Taster\nupdated: 2020-02-03\n---\n\n%s\n", title, text))
	sentences := a.Passages[0].Sentences
	last := sentences[len(sentences)-1]
	return Candidate{
		Article: a, Excerpt: a.Span(article.Range{Start: sentences[0].Start, End: last.End}), Decisive: last, Score: 1,
	}
}

func TestContradiction(t *testing.T) {
	for name, tc := range map[string]struct {
		question, one, other string
		want                 bool
	}{
		"numbers":               {"how long does black tea steep", "Black tea steeps for four minutes.", "Steep black tea for 7 minutes.", true},
		"ranges":                {"how long does black tea steep", "Black tea steeps for 2-3 minutes.", "Black tea should steep for six to seven minutes.", true},
		"converted":             {"how long is the gland", "The gland is about 3 cm long.", "The gland is 3 inches long.", true},
		"twice":                 {"how often do i water a fern", "Water a fern twice a week.", "Water a fern six times a week.", true},
		"percent":               {"how much of the body is water", "Water makes up 60% of the body.", "Water makes up 35 per cent of the body.", true},
		"year":                  {"when was the old bridge built", "The old bridge was built in 1889.", "The old bridge was built in 1901.", true},
		"counted things":        {"how many legs does a lobster have", "A lobster has ten legs.", "A lobster has eight legs.", true},
		"safe and unsafe":       {"is moss tea safe", "Moss tea is safe.", "Moss tea is dangerous.", true},
		"safe and not safe":     {"is moss tea safe", "Moss tea is safe.", "Moss tea is not safe.", true},
		"contraction":           {"is moss tea safe", "Moss tea is safe.", "Moss tea isn’t safe.", true},
		"effective":             {"does moss tea work", "Moss tea is effective against warts.", "Moss tea is ineffective against warts.", true},
		"proven":                {"does moss tea cure warts", "It is proven that moss tea cures warts.", "There is no evidence that moss tea cures warts.", true},
		"unproven claim":        {"does moss tea cure warts", "Moss tea cures warts.", "It has not been shown that moss tea cures warts.", true},
		"should not":            {"should i eat moss", "You should eat moss.", "You should not eat moss.", true},
		"avoid":                 {"should i rub the gland in an acute infection", "Rub the gland in an acute infection.", "Avoid rubbing the gland in an acute infection.", true},
		"verb":                  {"does a hot bath hurt sperm", "A hot bath hurts sperm.", "A hot bath does not hurt sperm.", true},
		"raises and lowers":     {"does moss raise blood pressure", "Moss raises blood pressure.", "Moss lowers blood pressure.", true},
		"myth":                  {"does moss cure warts", "Moss cures warts.", "It is a myth that moss cures warts.", true},
		"clause":                {"is moss tea safe", "Moss tea is safe, because it is boiled.", "Moss tea is not safe, although many drink it.", true},
		"reported by experts":   {"is moss tea safe", "Experts agree that moss tea is safe.", "Moss tea is unsafe.", true},
		"subject stands before": {"is moss tea safe in small amounts", "Moss tea is a drink. It is safe in small amounts.", "Small amounts of moss tea are not safe.", true},

		"same":                      {"how long does black tea steep", "Black tea steeps for four minutes.", "Steep black tea for 4 minutes.", false},
		"other subject":             {"how long does black tea steep", "Black tea steeps for four minutes.", "Green tea steeps for two minutes.", false},
		"narrower subject":          {"how long does tea steep", "Tea steeps for four minutes.", "Green tea steeps for two minutes.", false},
		"other part":                {"is a massage safe", "A massage of the calf is safe.", "A massage of the throat is not safe.", false},
		"rough and gentle":          {"is a massage safe", "A gentle massage is safe.", "A rough massage is not safe.", false},
		"when gentle":               {"is a massage safe", "A massage is safe when it is gentle.", "A massage is not safe.", false},
		"some people":               {"is moss tea safe", "Moss tea is safe.", "Moss tea is not safe for children.", false},
		"pregnancy":                 {"is moss tea safe", "Moss tea is safe.", "Moss tea is not safe during pregnancy.", false},
		"if":                        {"is moss tea safe", "If it is boiled, moss tea is safe.", "Moss tea is not safe.", false},
		"other numbers":             {"how long does black tea steep", "Black tea steeps for four minutes.", "Black tea steeps at 95 degrees.", false},
		"same number, other things": {"what does the gland weigh", "The gland weighs 20 grams.", "The gland is 20 years old.", false},
		"units agree":               {"how long is the gland", "The gland is one inch long.", "The gland is 2.5 cm long.", false},
		"seconds and minutes":       {"how long does black tea steep", "Black tea steeps for 180 seconds.", "Black tea steeps for three minutes.", false},
		"overlap":                   {"how long does black tea steep", "Black tea steeps for 3 to 5 minutes.", "Black tea steeps for four minutes.", false},
		"bound":                     {"how long does black tea steep", "Black tea steeps for at least three minutes.", "Black tea steeps for six minutes.", false},
		"no more than":              {"how long does black tea steep", "Black tea steeps for no more than six minutes.", "Black tea steeps for four minutes.", false},
		"about":                     {"how long is the gland", "The gland is about 4 cm long.", "The gland is 3 cm long.", false},
		"and a half":                {"how long does a bath take", "A bath takes an hour and a half.", "A bath takes 90 minutes.", false},
		"two times of one sentence": {"how long does black tea steep", "Black tea steeps for four minutes and 30 seconds.", "Black tea steeps for two minutes.", false},
		"other trials":              {"does moss tea help with pain", "In a trial of 40 patients moss tea eased pain.", "In a trial of 900 patients moss tea eased pain.", false},
		"not only":                  {"is moss tea safe", "Moss tea is not only safe but cheap.", "Moss tea is safe.", false},
		"no doubt":                  {"is moss tea safe", "Moss tea is without doubt safe.", "Moss tea is safe.", false},
		"not unsafe":                {"is moss tea safe", "Moss tea is not unsafe.", "Moss tea is safe.", false},
		"not harmful":               {"is moss tea safe", "Moss tea is not harmful.", "Moss tea is safe.", false},
		"not always":                {"is moss tea safe", "Moss tea is not always safe.", "Moss tea is safe.", false},
		"can be":                    {"is moss tea safe", "Moss tea can be dangerous.", "Moss tea is safe.", false},
		"more":                      {"is moss tea safe", "Moss tea is less safe than water.", "Moss tea is safe.", false},
		"some say":                  {"is moss tea safe", "Some people claim that moss tea is dangerous.", "Moss tea is safe.", false},
		"a question":                {"is moss tea safe", "Is moss tea not safe?", "Moss tea is safe.", false},
		"other quality":             {"is moss tea safe", "Moss tea is safe.", "Moss tea is not effective.", false},
		"other verb":                {"what does moss tea do", "Moss tea eases pain.", "Moss tea does not cure warts.", false},
		"nobody knows what it is":   {"is it safe", "It is safe.", "It is not safe.", false},
		"subject unknown":           {"is lead safe", "It is safe in small amounts.", "Small amounts of lead are not safe.", false},
		"length and width":          {"what size is the gland", "The gland is 3 cm long.", "The gland is 5 cm wide.", false},
		"time to make and to keep":  {"how long does tea take", "Tea takes four minutes.", "Tea keeps for two years.", false},
		"not what was asked":        {"is moss tea good against warts", "Moss tea is good against warts.", "Moss tea keeps for nine years.", false},
	} {
		t.Run(name, func(t *testing.T) {
			one, other := saidBy(t, "Kitchen notes", tc.one), saidBy(t, "Further reading", tc.other)
			asked := topicsIn(tc.question)
			if got := contradiction(one, other, asked); got != tc.want {
				t.Errorf("%q against %q: %v\n%+v\n%+v", tc.one, tc.other, got, claimsOf(one, asked), claimsOf(other, asked))
			}
			if got := contradiction(other, one, asked); got != tc.want {
				t.Errorf("the other way round: %v", got)
			}
		})
	}
}

// TestNothingContradictsItself says one thing in two articles: with other
// function words, beside other sentences, in other cases.
func TestNothingContradictsItself(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		word := rapid.SampledFrom([]string{
			"moss", "tea", "is", "not", "safe", "dangerous", "for", "four", "minutes", "3", "cm", "no", "evidence", "that", "never", "only",
			"children", "if", "works", "can", "be", "always", "two", "times", "a", "day", "95%", "because", "it", "in", "1999",
		})
		text := strings.Join(rapid.SliceOfN(word, 1, 25).Draw(rt, "words"), " ")
		sentence := "The " + text + "."
		question := strings.Join(rapid.SliceOfN(word, 0, 6).Draw(rt, "question"), " ")
		one, other := saidBy(t, "Kitchen notes", sentence), saidBy(t, "Further reading", "Here is more. "+sentence)
		if contradiction(one, other, topicsIn(question)) {
			rt.Fatalf("%q contradicts itself", sentence)
		}
	})
}

func TestConflicts(t *testing.T) {
	best := saidBy(t, "Moss", "Moss tea is safe.")
	against := saidBy(t, "Mosses", "Moss tea is not safe.")
	weak := saidBy(t, "More of moss", "Moss tea is dangerous.")
	weak.Score = 0.5
	same := best
	same.Decisive = article.Range{}
	got := conflicts("is moss tea safe", []Candidate{best, same, against, weak})
	if len(got) != 1 || got[0].Article != against.Article {
		t.Errorf("%+v", got)
	}
	if got := conflicts("is moss tea safe", nil); got != nil {
		t.Errorf("of nothing: %+v", got)
	}
}

func TestQuantities(t *testing.T) {
	for text, want := range map[string]string{
		"for four minutes":          "time 240-240",
		"2-3 cm":                    "length 0.02-0.03",
		"between 2 and 3 inches":    "length 0.0508-0.0762",
		"up to 5 mg":                "mass 0-0.005",
		"at least twice":            "times 2-1e+18",
		"1,500 calories":            "energy 1500-1500",
		"60% of it":                 "percent 60-60",
		"at 95 °c":                  "degrees 95-95",
		"ten legs":                  "count of leg 10-10",
		"in 1987":                   "calendar year 1987-1987",
		"in 1987 patients":          "",
		"40 patients":               "",
		"one of them":               "",
		"two minutes and 3 seconds": "",
		"half an hour":              "",
		"1/2 cup":                   "",
		"often minutes are short":   "",
		"no number":                 "",
	} {
		var got []string
		found, _ := quantitiesOf(text)
		for dimension, q := range found {
			got = append(got, fmt.Sprintf("%s %.4g-%.4g", dimension, q.low, q.high))
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
