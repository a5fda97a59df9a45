package search

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/knowledge"
)

func testAnalyzer(t testing.TB) analyzer {
	t.Helper()
	a, err := newAnalyzer()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func shippedSynonyms(t testing.TB) Synonyms {
	t.Helper()
	s, err := ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// lookUp returns the variants of the first phrase of text as readable strings.
func lookUp(l *lexicon, text string) (length int, synonyms, related []string) {
	tokens := l.analyzer.tokens(text)
	length, variants := l.match(text, tokens)
	for _, v := range variants {
		said := strings.Join(v.terms, " ")
		if v.weight == synonymWeight {
			synonyms = append(synonyms, said)
		} else {
			related = append(related, said)
		}
	}
	return length, synonyms, related
}

func TestLexiconMatch(t *testing.T) {
	l := newLexicon(Synonyms{
		Groups: [][]string{
			{"vomit", "throw up", "puke"},
			{"toss", "throw"},
			{"insert", "put in", "slide in"},
			{"unproven", "not proven"},
			{"proven", "shown"},
			{"navel", "belly button"},
			{"belly", "tummy"},
			{"womb", "uterus", "neck of the womb"},
			{"diarrhea", "the runs"},
			{"jog", "run"},
			{"x-ray", "radiograph"},
			{"aed", "defibrillator"}, // its stem is "a"
		},
		Related: []Relation{
			{Asked: []string{"upside", "worth it"}, Written: []string{"benefit", "purpose"}},
			{Asked: []string{"puke"}, Written: []string{"vomit", "stomach"}},
			{Asked: []string{"after a run"}, Written: []string{"sweat"}},
		},
	}, testAnalyzer(t))
	for text, want := range map[string]struct {
		length            int
		synonyms, related []string
	}{
		"nothing known":               {1, nil, nil},
		"vomit":                       {1, []string{"puke"}, nil}, // "throw up" is not looked for as "throw"
		"puke":                        {1, []string{"vomit"}, []string{"stomach"}},
		"throw up":                    {1, []string{"vomit", "puke"}, nil},
		"throw it all up tonight":     {1, []string{"vomit", "puke"}, nil},
		"throw it. up there":          {1, []string{"toss"}, nil},
		"throw a party":               {1, []string{"toss"}, nil},
		"put the thing":               {1, nil, nil},
		"put it in there":             {1, []string{"insert"}, nil},
		"proven":                      {1, []string{"shown"}, nil},
		"not proven":                  {1, []string{"unproven"}, nil},
		"isn't it proven":             {1, []string{"unproven"}, nil},
		"belly button hurts":          {2, []string{"navel"}, nil},
		"belly hurts":                 {1, []string{"tummi"}, nil},
		"belly and also button":       {1, []string{"tummi"}, nil},
		"neck of womb":                {2, []string{"womb", "uteru"}, nil},
		"the runs":                    {1, []string{"diarrhea"}, nil},
		"runs fast":                   {1, []string{"jog"}, nil},
		"aed":                         {1, []string{"defibril"}, nil},
		"x ray":                       {2, []string{"radiograph"}, nil},
		"after a run":                 {1, []string{"jog"}, []string{"sweat"}},
		"upside":                      {1, nil, []string{"benefit", "purpos"}},
		"benefit":                     {1, nil, nil},
		"is it worth it":              {1, nil, []string{"benefit", "purpos"}},
		"the upsides of doing it all": {1, nil, []string{"benefit", "purpos"}},
	} {
		length, synonyms, related := lookUp(l, text)
		if length != want.length || !slices.Equal(synonyms, want.synonyms) || !slices.Equal(related, want.related) {
			t.Errorf("%q: %d %q %q, want %d %q %q", text, length, synonyms, related, want.length, want.synonyms, want.related)
		}
	}
}

// TestLexiconKeepsTheGreaterWeight has a word that is both a synonym and related.
func TestLexiconKeepsTheGreaterWeight(t *testing.T) {
	l := newLexicon(Synonyms{
		Groups:  [][]string{{"pee", "urinate"}},
		Related: []Relation{{Asked: []string{"pee"}, Written: []string{"urinate"}}},
	}, testAnalyzer(t))
	_, got := l.match("pee", l.analyzer.tokens("pee"))
	want := []variant{{[]string{"urin"}, synonymWeight}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(variant{})); diff != "" {
		t.Error(diff)
	}
}

// TestLexiconFindsEveryEntry asks for each phrase that ships, by itself.
func TestLexiconFindsEveryEntry(t *testing.T) {
	s := shippedSynonyms(t)
	l := newLexicon(s, testAnalyzer(t))
	for _, group := range s.Groups {
		for _, text := range group {
			read := newPhraseReader([]string{text}, l.analyzer)
			want := len(read.phrase(text).terms)
			if length, synonyms, _ := lookUp(l, text); length != want || len(synonyms) == 0 && len(newPhraseReader(group, l.analyzer).sayable(group)) > 1 {
				t.Errorf("%q of %q: %d terms of %d, synonyms %q", text, group, length, want, synonyms)
			}
		}
	}
}

// TestLexiconStemsStayInTheirBucket holds keyOf to its promise for words that end
// as English words do.
func TestLexiconStemsStayInTheirBucket(t *testing.T) {
	a := testAnalyzer(t)
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[a-z]{3,8}(s|es|ies|ed|ing|ation|ational|ness|fulness|y|ly)?`).Draw(t, "word")
		for _, term := range a.terms(word) {
			if len(term) > 1 && keyOf(term) != keyOf(formOf(word)) {
				t.Fatalf("%q stems to %q", word, term)
			}
		}
	})
}

func TestLexiconIsSafeForConcurrentUse(t *testing.T) {
	l := newLexicon(shippedSynonyms(t), testAnalyzer(t))
	_, want, _ := lookUp(newLexicon(shippedSynonyms(t), l.analyzer), "pee")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if _, got, _ := lookUp(l, "pee"); !slices.Equal(got, want) || len(got) == 0 {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
	wg.Wait()
}

// BenchmarkLexicon builds the shipped vocabulary, and looks a question up in it.
func BenchmarkLexicon(b *testing.B) {
	s, a := shippedSynonyms(b), testAnalyzer(b)
	const question = "is it legit or bs that you need to pee before you stick a finger up your bum and how long does it last"
	b.Run("parse", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := ParseSynonyms(knowledge.Synonyms()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("build", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			newLexicon(s, a)
		}
	})
	b.Run("first question", func(b *testing.B) {
		b.ReportAllocs()
		tokens := a.tokens(question)
		for b.Loop() {
			l := newLexicon(s, a)
			for i := range tokens {
				l.match(question, tokens[i:])
			}
		}
	})
	b.Run("question", func(b *testing.B) {
		b.ReportAllocs()
		l, tokens := newLexicon(s, a), a.tokens(question)
		for b.Loop() {
			for i := range tokens {
				l.match(question, tokens[i:])
			}
		}
	})
}
