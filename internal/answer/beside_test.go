package answer

import (
	"context"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/search"
)

// fixed is a library that always finds the same.
type fixed struct {
	*fakeLibrary
	result search.Result
}

func (f fixed) Find(context.Context, search.Query) (search.Result, error) { return f.result, nil }

// stated returns a candidate that quotes the whole of an article of one paragraph,
// its last sentence being the decisive one.
func stated(t *testing.T, title string, audience article.Audience, text string) search.Candidate {
	t.Helper()
	a, err := article.Parse([]byte("---\ntitle: "+title+"\nauthor: Author of "+title+"\nupdated: 2020-02-03\naudience: "+string(audience)+"\n---\n\n"+text+"\n"), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	sentences := a.Passages[0].Sentences
	last := sentences[len(sentences)-1]
	return search.Candidate{
		Article: a, Excerpt: a.Span(article.Range{Start: sentences[0].Start, End: last.End}), Decisive: last,
		Score: 1, Features: search.Features{Passage: 1},
	}
}

func askFixed(t *testing.T, q Question, r search.Result) Answer {
	t.Helper()
	ans, err := New(newFakeRules(), fixed{newLibrary(t, gland), r}).Ask(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return ans
}

func titlesOf(quotes []Quote) string {
	var all []string
	for _, q := range quotes {
		all = append(all, q.Title)
	}
	return strings.Join(all, " ")
}

// TestBeside decides which quotes are shown, where, and to whom.
func TestBeside(t *testing.T) {
	with := func(c search.Candidate, duplicates ...search.Candidate) search.Candidate {
		c.Duplicates = duplicates
		return c
	}
	plain := func(title string) search.Candidate {
		return stated(t, title, article.Everyone, title+" speaks of walnuts.")
	}
	adult := func(title string) search.Candidate {
		return stated(t, title, article.AgeRestricted, title+" speaks of walnuts.")
	}
	technique := func(title string) search.Candidate {
		return stated(t, title, article.Everyone, title+" bends the finger.")
	}
	faint, twice := plain("Faint"), plain("Twice")
	faint.Score = 0.1
	for name, tc := range map[string]struct {
		text                     string
		channel                  Channel
		found                    []search.Candidate
		against                  []search.Candidate
		quote, contradicts, more string
	}{
		"alone":      {found: []search.Candidate{plain("A")}, quote: "A"},
		"duplicates": {found: []search.Candidate{with(plain("A"), plain("B")), plain("C"), faint}, quote: "A", more: "B C"},
		"limit":      {found: []search.Candidate{with(plain("A"), plain("B"), plain("C")), plain("D")}, quote: "A", more: "B C"},
		"conflict":   {found: []search.Candidate{plain("A"), plain("C")}, against: []search.Candidate{plain("B")}, quote: "A", contradicts: "B", more: "C"},
		"one conflict of two": {
			found: []search.Candidate{plain("A")}, against: []search.Candidate{plain("B"), plain("C")}, quote: "A", contradicts: "B",
		},
		"the conflict is not offered again": {
			found: []search.Candidate{plain("A"), twice}, against: []search.Candidate{twice}, quote: "A", contradicts: "Twice",
		},
		"adults only, among adults": {
			channel: AgeRestricted, found: []search.Candidate{with(adult("A"), plain("B"))}, against: []search.Candidate{adult("C")},
			quote: "A", contradicts: "C", more: "B",
		},
		"adults only, elsewhere": {
			found: []search.Candidate{plain("A"), adult("B")}, against: []search.Candidate{adult("C"), plain("D")}, quote: "A", contradicts: "D",
		},
		"its duplicate is for everyone": {found: []search.Candidate{with(adult("A"), adult("B"), plain("C"))}, quote: "C"},
		"a conflict's duplicate is for everyone": {
			found: []search.Candidate{plain("A")}, against: []search.Candidate{with(adult("B"), plain("C"))}, quote: "A", contradicts: "C",
		},
		"technique for a minor": {
			text: "i am fifteen, what of walnuts", channel: AgeRestricted, found: []search.Candidate{plain("A"), technique("B")},
			against: []search.Candidate{technique("C"), adult("D")}, quote: "A",
		},
		"nothing for a minor": {text: "i am fifteen, what of walnuts", channel: AgeRestricted, found: []search.Candidate{with(technique("A"), adult("B"))}, against: []search.Candidate{plain("C")}},
		"withheld":            {text: "what dose of walnuts", found: []search.Candidate{plain("A")}, against: []search.Candidate{plain("B")}},
	} {
		t.Run(name, func(t *testing.T) {
			if tc.text == "" {
				tc.text = "what of walnuts"
			}
			ans := askFixed(t, Question{Text: tc.text, Channel: tc.channel}, search.Result{Candidates: tc.found, Conflicts: tc.against, Confidence: 1})
			quote := ""
			if ans.Quote != nil {
				quote = ans.Quote.Title
			}
			if quote != tc.quote || titlesOf(ans.Contradicts) != tc.contradicts || titlesOf(ans.More) != tc.more {
				t.Errorf("quote %q, contradicts %q, more %q; want %q, %q, %q", quote, titlesOf(ans.Contradicts), titlesOf(ans.More), tc.quote, tc.contradicts, tc.more)
			}
		})
	}
}

// TestContradictionCarriesItsOrigin wants the author and the date beside it.
func TestContradictionCarriesItsOrigin(t *testing.T) {
	ans := askFixed(t, Question{Text: "what of walnuts"}, search.Result{
		Candidates: []search.Candidate{stated(t, "A", article.Everyone, "Walnuts are safe.")},
		Conflicts:  []search.Candidate{stated(t, "B", article.Everyone, "Walnuts are not safe.")}, Confidence: 1,
	})
	if len(ans.Contradicts) != 1 || ans.Contradicts[0].Author != "Author of B" || ans.Contradicts[0].Updated.String() != "2020-02-03" {
		t.Errorf("%+v", ans.Contradicts)
	}
}

func TestDecisiveSentence(t *testing.T) {
	for text, want := range map[string]string{
		"Walnuts are nuts. They are safe.": "They are safe.",
		"Walnuts are safe.":                "",
		"Größe zählt. Älter ist besser.":   "Älter ist besser.",
	} {
		ans := askFixed(t, Question{Text: "what of walnuts"}, search.Result{Candidates: []search.Candidate{stated(t, "A", article.Everyone, text)}, Confidence: 1})
		d, _ := ans.Quote.DecisiveIn()
		if got := ans.Quote.Text[d.Start:d.End]; ans.Quote.Text != text || got != want {
			t.Errorf("%q: %q is decisive, want %q", ans.Quote.Text, got, want)
		}
	}
	for _, bad := range []article.Range{{Start: -1, End: 2}, {Start: 2, End: 1}, {Start: 0, End: 99}, {Start: 3, End: 3}, {Start: 2, End: 4}} {
		if d, ok := (Quote{Text: "aé bc", Decisive: bad}).DecisiveIn(); ok || d != (article.Range{}) {
			t.Errorf("%v lies in the text as %v", bad, d)
		}
	}
}

// TestNearest points at what comes closest when nothing answers, and only there.
func TestNearest(t *testing.T) {
	near := stated(t, "Near", article.Everyone, "Near speaks of walnuts.")
	far := stated(t, "Far", article.Everyone, "Far speaks of something else.")
	far.Features.Passage = 0.05
	adult := stated(t, "Adult", article.AgeRestricted, "Adult speaks of walnuts.")
	how := stated(t, "How", article.Everyone, "How bends the finger.")
	unsure := search.Result{Candidates: []search.Candidate{near, near, far, adult, how}, Confidence: 0.01}
	for text, want := range map[string]string{
		"what of walnuts":                            "Near How",
		"is it safe to eat walnuts":                  "Near How",
		"i am fifteen, what of walnuts":              "Near",
		"what dose of walnuts":                       "", // withheld
		"fever after eating the walnuts of a friend": "", // the card is the reply
		"bleeding walnuts":                           "",
		"hello":                                      "",
	} {
		ans := askFixed(t, Question{Text: text}, unsure)
		var got []string
		for _, h := range ans.Nearest {
			got = append(got, h.Title)
		}
		if strings.Join(got, " ") != want || len(got) > 0 && ans.Outcome != Abstained {
			t.Errorf("%q: outcome %s with nearest %q, want %q", text, ans.Outcome, got, want)
		}
	}
	if ans := askFixed(t, Question{Text: "what of walnuts"}, search.Result{Candidates: unsure.Candidates, Confidence: 1}); ans.Outcome != Answered || len(ans.Nearest) > 0 {
		t.Errorf("an answer with nearest headings: %+v", ans)
	}
}
