package answer

import (
	"slices"
	"strings"
	"testing"

	"verbatim/internal/article"
)

// TestQuoteFacts expects the facts of the front matter that are shown beside a quote.
func TestQuoteFacts(t *testing.T) {
	answerer, _ := newAnswerer(t)
	plain, err := answerer.Ask(t.Context(), Question{Text: "How big is the gland?"})
	if err != nil || plain.Quote == nil {
		t.Fatalf("%+v, %v", plain, err)
	}
	if plain.Quote.Language != "en" || !plain.Quote.Reviewed.IsZero() {
		t.Errorf("an article that says neither: %q, %v", plain.Quote.Language, plain.Quote.Reviewed)
	}
	library := newLibrary(t, strings.Replace(gland, "updated: 2017-07-19\n",
		"updated: 2017-07-19\nlanguage: de\nreviewed: {by: Kim Poe, on: 2026-05-03, next: 2027-05-03}\n", 1))
	told, err := New(newFakeRules(), library).Ask(t.Context(), Question{Text: "How big is the gland?"})
	if err != nil || told.Quote == nil {
		t.Fatalf("%+v, %v", told, err)
	}
	if want := (article.Date{Year: 2026, Month: 5, Day: 3}); told.Quote.Language != "de" || told.Quote.Reviewed != want {
		t.Errorf("%q, %v", told.Quote.Language, told.Quote.Reviewed)
	}
}

// TestReasons expects each notice of an abstention to have its reason.
func TestReasons(t *testing.T) {
	answerer, library := newAnswerer(t)
	tests := map[string]struct {
		question string
		broken   bool
		want     Reason
	}{
		"unanswered":   {"Who won the football match?", false, Unanswered},
		"withheld":     {"What dose of moss tea?", false, Withheld},
		"restricted":   {"How deep is the gland?", false, Restricted},
		"under age":    {"I am fifteen, how deep is the gland?", false, UnderAge},
		"unavailable":  {"How big is the gland?", true, Unavailable},
		"card instead": {"I have a fever, who won the football match?", false, ""},
	}
	for name, test := range tests {
		library.broken = test.broken
		ans, _ := answerer.Ask(t.Context(), Question{Text: test.question})
		if ans.Reason != test.want || (ans.Notice == "") != (test.want == "") {
			t.Errorf("%s: %q with the notice %q, want %q", name, ans.Reason, ans.Notice, test.want)
		}
	}
	for _, notice := range []string{noticeNoPublished, noticeNoBio, noticeWhich} {
		if reasonOf(notice) == "" {
			t.Errorf("%q has no reason", notice)
		}
	}
}

// TestHelpOffersTitles expects all titles beside the text that names some.
func TestHelpOffersTitles(t *testing.T) {
	answerer, library := newAnswerer(t)
	ans, err := answerer.Ask(t.Context(), Question{Text: "hello there"})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, a := range library.Articles() {
		want = append(want, a.Meta.Title)
	}
	if !slices.Equal(ans.Offered, want) || len(want) == 0 {
		t.Errorf("%q, want %q", ans.Offered, want)
	}
}
