package search

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/article"
)

const keeping = "Dry tea leaves keep their taste for two years in a closed tin."

func TestDuplicates(t *testing.T) {
	for name, tc := range map[string]struct {
		question, one, other string
		want                 bool
	}{
		"same":                    {"how long do leaves keep", keeping, keeping, true},
		"punctuation and endings": {"how long do leaves keep", keeping, "Dry tea leaves: keeps their taste, for two years, in closed tins!", true},
		"another word":            {"how long do leaves keep", keeping, "Dry tea leaves keep their good taste for two years in a closed tin.", true},
		"contained":               {"how long do leaves keep", keeping, "Tea is a plant of the hills. " + keeping + " It fades after that.", true},
		"same answer, other beginning": {
			"how long do leaves keep", "This is what traders say of the goods that they store. " + keeping,
			"The hills were planted a century ago by a few families. " + keeping, true,
		},

		"other number":       {"how long do leaves keep", keeping, strings.Replace(keeping, "two", "three", 1), false},
		"denied":             {"how long do leaves keep", keeping, strings.Replace(keeping, "keep", "do not keep", 1), false},
		"only at times":      {"how long do leaves keep", keeping, strings.Replace(keeping, "keep", "sometimes keep", 1), false},
		"denied as a whole":  {"how long do leaves keep", keeping, "It is a myth that dry tea leaves keep their taste for two years in a closed tin.", false},
		"other subject":      {"how long do tea leaves keep", keeping, strings.Replace(keeping, "tea", "mint", 1), false},
		"too short to tell":  {"is it safe", "It is safe.", "It is safe.", false},
		"opens with it":      {"what about moss", "Moss is a plant that grows in shade. It does no harm to most people who drink it.", "Lye is a strong base that was used for soap. It does no harm to most people who drink it.", false},
		"mostly other words": {"how long do leaves keep", keeping, "Dry tea leaves lose their taste in the light of a window.", false},
	} {
		t.Run(name, func(t *testing.T) {
			one, other := saidBy(t, "Kitchen notes", tc.one), saidBy(t, "Further reading", tc.other)
			for _, pair := range [][]Candidate{{one, other}, {other, one}} {
				if got := groupDuplicates(tc.question, pair); (len(got) == 1) != tc.want {
					t.Errorf("%q and %q: %d groups", pair[0].Text(), pair[1].Text(), len(got))
				}
			}
		})
	}
}

func TestPreferredDuplicate(t *testing.T) {
	made := func(title string, score float64, updated article.Date, reviewed bool) Candidate {
		c := saidBy(t, title, keeping)
		c.Score, c.Article.Meta.Updated = score, updated
		if reviewed {
			c.Article.Meta.Reviewed = &article.Review{By: "A moderator"}
		}
		return c
	}
	old, recent := article.Date{Year: 2001, Month: 1, Day: 1}, article.Date{Year: 2020, Month: 1, Day: 1}
	for name, tc := range map[string]struct {
		candidates []Candidate
		want       []string // titles in order of preference
	}{
		"newest":            {[]Candidate{made("A", .9, old, false), made("B", .8, recent, false)}, []string{"B", "A"}},
		"reviewed":          {[]Candidate{made("A", .9, recent, false), made("B", .8, old, true), made("C", .8, recent, true)}, []string{"C", "B", "A"}},
		"score":             {[]Candidate{made("A", .9, old, false), made("B", .8, old, false)}, []string{"A", "B"}},
		"but not far below": {[]Candidate{made("A", .9, old, false), made("B", .2, recent, true)}, []string{"A", "B"}},
	} {
		t.Run(name, func(t *testing.T) {
			between := saidBy(t, "Between", "Boil water in a kettle and pour it over the leaves.")
			between.Score = 0.85
			got := groupDuplicates("how long do leaves keep", slices.Insert(tc.candidates, 1, between))
			if len(got) != 2 || got[1].Article != between.Article || got[0].Score != 0.9 {
				t.Fatalf("%+v", got)
			}
			titles := []string{got[0].Article.Meta.Title}
			for _, d := range got[0].Duplicates {
				titles = append(titles, d.Article.Meta.Title)
			}
			if !slices.Equal(titles, tc.want) {
				t.Errorf("%q, want %q", titles, tc.want)
			}
		})
	}
}

// TestGroupingLosesNothing groups arbitrary candidates: each is there once, as
// itself or as a duplicate, in the order of the scores; no group has two of one
// article, and candidates of one article alone are left as they are.
func TestGroupingLosesNothing(t *testing.T) {
	texts := []string{keeping, "So it is said: " + keeping, strings.Replace(keeping, "two", "nine", 1), "Moss is a plant.", "Moss tea is drunk in the hills of the north and the west."}
	articles := make([]Candidate, 4)
	for i := range articles {
		articles[i] = saidBy(t, string(rune('A'+i)), strings.Join(texts, "\n\n"))
	}
	rapid.Check(t, func(rt *rapid.T) {
		var given []Candidate
		for i := range rapid.IntRange(0, 6).Draw(rt, "n") {
			a := rapid.SampledFrom(articles).Draw(rt, "article").Article
			at := strings.Index(a.Canonical, rapid.SampledFrom(texts).Draw(rt, "text"))
			end := at + strings.Index(a.Canonical[at:]+"\n", "\n")
			r := article.Range{Start: at, End: end}
			given = append(given, Candidate{Article: a, Excerpt: a.Span(r), Decisive: r, Score: 1 - float64(i)/10})
		}
		got := groupDuplicates("how long do leaves keep", given)
		count, last := 0, 2.0
		for _, c := range got {
			if c.Score >= last {
				rt.Fatalf("out of order: %v", got)
			}
			last = c.Score
			seen := map[*article.Article]bool{}
			for _, m := range append([]Candidate{c}, c.Duplicates...) {
				count++
				if seen[m.Article] {
					rt.Fatal("two of one article in a group")
				}
				seen[m.Article] = true
			}
		}
		if count != len(given) {
			rt.Fatalf("%d of %d candidates are left", count, len(given))
		}
	})
}

// TestScan keeps every letter and digit of a text, in order, in words that have
// nothing else.
func TestScan(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		text := rapid.String().Draw(rt, "text")
		var words strings.Builder
		for word := range scan(text) {
			if word == "" {
				rt.Fatal("an empty word")
			}
			words.WriteString(word)
		}
		kept := func(r rune) rune {
			if isLetter(r) || isDigit(r) {
				return r
			}
			return -1
		}
		if got, want := strings.Map(kept, words.String()), strings.Map(kept, text); got != want {
			rt.Fatalf("%q of %q", got, want)
		}
	})
	got := strings.Join(slices.Collect(scan("it's 3.5% of 1,200 =proven – 95°c.")), "|")
	if want := "it|s|3.5|%|of|1,200|=proven|95|°|c|."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestStem(t *testing.T) {
	for a, b := range map[string]string{
		"steeps": "steeping", "berries": "berry", "rubbed": "rubbing", "massages": "massage", "massaged": "massaging", "cures": "cured", "leaf": "leaf",
	} {
		if stem(a) != stem(b) {
			t.Errorf("%q becomes %q, %q becomes %q", a, stem(a), b, stem(b))
		}
	}
	for a, b := range map[string]string{"prostatitis": "prostate", "glass": "gla", "bus": "bu", "is": "i", "needed": "need's", "species": "spice"} {
		if stem(a) == stem(b) {
			t.Errorf("%q and %q become %q", a, b, stem(a))
		}
	}
}
