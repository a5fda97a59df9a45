package suggest_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"verbatim/internal/library/suggest"
	"verbatim/internal/search"
)

func own(text, key string) suggest.Entry {
	return suggest.Entry{Text: text, Kind: suggest.Own, Article: key}
}

func title(text, key string) suggest.Entry {
	return suggest.Entry{Text: text, Kind: suggest.Title, Article: key}
}

func heading(text, key string) suggest.Entry {
	return suggest.Entry{Text: text, Kind: suggest.Heading, Article: key}
}

func restricted(e suggest.Entry) suggest.Entry {
	e.Restricted = true
	return e
}

// howTo is what these tests take for a technique.
func howTo(text string) bool { return strings.Contains(text, "plunge") }

func words() *suggest.Vocabulary {
	return suggest.NewVocabulary(search.Synonyms{
		Groups:  [][]string{{"kettle", "water boiler"}, {"infusion", "brew"}},
		Related: []search.Relation{{Asked: []string{"thirsty"}, Written: []string{"drink"}}},
	})
}

func list(t testing.TB, entries ...suggest.Entry) *suggest.List {
	t.Helper()
	l, err := suggest.New(t.Context(), entries, words(), howTo)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func find(t testing.TB, typed string, lists ...*suggest.List) []string {
	t.Helper()
	got, err := suggest.Find(t.Context(), suggest.Query{Typed: typed, Limit: 25}, lists...)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestRanking(t *testing.T) {
	const (
		steep   = "How long does green tea steep?"
		howWarm = "How warm should the kettle be?"
		teaHow  = "Green tea, and how it is grown"
		drink   = "What to drink in summer"
		brewing = "Brewing for beginners"
		cafe    = "Café tables"
		dont    = "Don't wash the pot with soap"
	)
	l := list(t, title(teaHow, "tea"), heading(brewing, "tea"), own(steep, "tea"), own(howWarm, "tea"),
		heading(drink, "tea"), heading(cafe, "tea"), heading(dont, "tea"))
	for name, c := range map[string]struct {
		typed string
		want  []string // the first ones
	}{
		"the beginning of the text":     {"how l", []string{steep}},
		"beginning, question first":     {"g", []string{teaHow, steep}},
		"words in order go first":       {"how tea", []string{steep, teaHow}},
		"in any order, question first":  {"tea how", []string{steep, teaHow}},
		"a question before words apart": {"is it how long", []string{steep}},
		"case and accents do not count": {"CAFE tab", []string{cafe}},
		"nor do apostrophes":            {"dont wash", []string{dont}},
		"or spaces":                     {"  how   long ", []string{steep}},
		"within a word":                 {"eginn", []string{brewing}},
		"one letter wrong":              {"how lonk does", []string{steep}},
		"two letters swapped":           {"geren tea", []string{steep, teaHow}},
		"a letter left out":             {"brwing", []string{brewing}},
		"another form of the word":      {"steeping", []string{steep}},
		"a synonym":                     {"infusions", []string{brewing}},
		"a synonym of two words":        {"water boiler", []string{howWarm}},
		"a related word":                {"thirsty", []string{drink}},
		"words that say little":         {"i am so very thirsty", []string{drink}},
		"a word too many":               {"what happens with the kettle", []string{howWarm}},
		"nothing like it":               {"bicycle tyre", nil},
	} {
		t.Run(name, func(t *testing.T) {
			got := find(t, c.typed, l)
			if len(got) < len(c.want) || !slices.Equal(got[:len(c.want)], c.want) || c.want == nil && len(got) > 0 {
				t.Errorf("%q: %q, want first %q", c.typed, got, c.want)
			}
		})
	}
}

func TestFirst(t *testing.T) {
	shipped := suggest.Entry{Text: "How is bread made?", Kind: suggest.Shipped, Article: "bread"}
	articles := list(t, title("Bread", "bread"), shipped, heading("Kneading", "bread"), title("Tea", "tea"), heading("Water", "tea"),
		title("Wine", "wine"))
	bank := list(t, own("Which tea is best?", "tea"), own("Which tea is worst?", "tea"), own("When do you meet?", ""), own("Where do you meet?", ""))
	want := []string{
		"Which tea is best?", "When do you meet?", "Where do you meet?", "How is bread made?", "Wine",
		"Kneading", "Water", "Which tea is worst?", "Bread", "Tea",
	}
	for _, typed := range []string{"", "  ", "?!"} {
		if got := find(t, typed, bank, articles); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", typed, got, want)
		}
	}
	got, err := suggest.Find(t.Context(), suggest.Query{Limit: 3}, bank, articles)
	if err != nil || !slices.Equal(got, want[:3]) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestWhoIsOfferedWhat(t *testing.T) {
	l := list(t, own("Coffee roasting", "a"), restricted(own("Coffee liqueur", "b")), heading("Coffee plunger: how to plunge", "a"),
		restricted(own("Coffee beans", "b")), own("coffee  BEANS?", "a"))
	for name, c := range map[string]struct {
		adults bool
		typed  string
		want   []string
	}{
		"typed":         {false, "coffee", []string{"Coffee beans", "Coffee roasting"}},
		"typed, adults": {true, "coffee", []string{"Coffee beans", "Coffee liqueur", "Coffee roasting", "Coffee plunger: how to plunge"}},
		"first":         {false, "", []string{"Coffee roasting", "Coffee beans"}},
		"first, adults": {true, "", []string{"Coffee roasting", "Coffee liqueur", "Coffee plunger: how to plunge", "Coffee beans"}},
	} {
		t.Run(name, func(t *testing.T) {
			for range 2 { // and when the verdicts are known
				got, err := suggest.Find(t.Context(), suggest.Query{Typed: c.typed, AgeRestricted: c.adults, Limit: 25}, l)
				if err != nil || !slices.Equal(got, c.want) {
					t.Errorf("%q, want %q, %v", got, c.want, err)
				}
			}
		})
	}
}

// TestWhatIsLeftOut has texts that are too long or empty, and one in two lists.
func TestWhatIsLeftOut(t *testing.T) {
	fits := "tea " + strings.Repeat("😀", 48) // two units each
	l := list(t, own(fits, ""), own(fits+"x", ""), own("tea "+strings.Repeat("é", 97), ""), own("  ", ""), own("?", ""), own("Tea: one", ""), own("tea one!", ""))
	want := []string{"Tea: one", fits}
	got := find(t, "tea", l, list(t, title("TEA ONE", "t")))
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if l.Len() != 2 {
		t.Errorf("%d entries", l.Len())
	}
}

func TestEndedContext(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := suggest.New(ended, []suggest.Entry{own("tea", "")}, words(), howTo); !errors.Is(err, context.Canceled) {
		t.Errorf("New: %v", err)
	}
	l := list(t, own("tea", ""))
	for _, typed := range []string{"", "tea"} {
		if _, err := suggest.Find(ended, suggest.Query{Typed: typed, Limit: 1}, l); !errors.Is(err, context.Canceled) {
			t.Errorf("Find %q: %v", typed, err)
		}
	}
	for _, limit := range []int{0, -1} {
		if got, err := suggest.Find(t.Context(), suggest.Query{Typed: "tea", Limit: limit}, l); err != nil || len(got) > 0 {
			t.Errorf("limit %d: %q, %v", limit, got, err)
		}
	}
}

// TestWithKeepsBoth joins a guild's words to the general ones.
func TestWithKeepsBoth(t *testing.T) {
	general := words()
	v := general.With(search.Synonyms{Groups: [][]string{{"kettle", "hotpot"}}})
	entries := []suggest.Entry{own("The kettle", "")}
	l, err := suggest.New(t.Context(), entries, v, howTo)
	if err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{"hotpots", "water boiler"} {
		if got := find(t, typed, l); len(got) != 1 {
			t.Errorf("%q: %q", typed, got)
		}
	}
	if got := find(t, "hotpots", list(t, entries...)); len(got) > 0 {
		t.Errorf("the general words have changed: %q", got)
	}
}

// TestPromises types anything into anything.
func TestPromises(t *testing.T) {
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`([a-cé'?]{0,6} ){0,30}`), rapid.StringMatching(`(plunge|tea|brewing|water) (boiler|tea|kettles)`))
	rapid.Check(t, func(t *rapid.T) {
		entry := rapid.Custom(func(t *rapid.T) suggest.Entry {
			return suggest.Entry{
				Text: text.Draw(t, "text"), Kind: suggest.Kind(rapid.IntRange(0, 3).Draw(t, "kind")),
				Article: rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "article"), Restricted: rapid.Bool().Draw(t, "restricted"),
			}
		})
		first, second := rapid.SliceOfN(entry, 0, 12).Draw(t, "first"), rapid.SliceOfN(entry, 0, 12).Draw(t, "second")
		var lists []*suggest.List
		offered := map[string]bool{}
		for _, entries := range [][]suggest.Entry{first, second} {
			l, err := suggest.New(context.Background(), entries, words(), howTo)
			if err != nil {
				t.Fatal(err)
			}
			lists = append(lists, l)
			for _, e := range entries {
				offered[strings.Join(strings.Fields(e.Text), " ")] = true
			}
		}
		q := suggest.Query{Typed: text.Draw(t, "typed"), AgeRestricted: rapid.Bool().Draw(t, "adults"), Limit: rapid.IntRange(0, 30).Draw(t, "limit")}
		got, err := suggest.Find(context.Background(), q, lists...)
		if err != nil || len(got) > q.Limit {
			t.Fatalf("%d texts, %v", len(got), err)
		}
		again, _ := suggest.Find(context.Background(), q, lists...)
		if !slices.Equal(got, again) {
			t.Fatalf("%q, then %q", got, again)
		}
		seen := map[string]bool{}
		for _, text := range got {
			if !offered[text] || seen[strings.ToLower(text)] || len(utf16.Encode([]rune(text))) > suggest.MaxText {
				t.Fatalf("%q is offered", text)
			}
			if !q.AgeRestricted && howTo(text) {
				t.Fatalf("%q tells how to do it", text)
			}
			seen[strings.ToLower(text)] = true
		}
		// What begins with the whole text of an entry finds that entry.
		if q.Limit > len(first)+len(second) && q.AgeRestricted {
			for text := range offered {
				whole, _ := suggest.Find(context.Background(), suggest.Query{Typed: text, AgeRestricted: true, Limit: q.Limit}, lists...)
				if len(utf16.Encode([]rune(text))) <= suggest.MaxText && len(strings.Fields(text)) <= 20 && strings.ContainsAny(text, "abctew") && len(whole) == 0 {
					t.Fatalf("%q does not find itself", text)
				}
			}
		}
	})
}
