package answer

import (
	"testing"

	"verbatim/internal/article"
)

func TestClosed(t *testing.T) {
	everyone, adults := &article.Article{}, &article.Article{Meta: article.Meta{Audience: article.AgeRestricted}}
	const plain, how = "Where it is", "How deep it goes"
	for name, tc := range map[string]struct {
		channel Channel
		article *article.Article
		heading string
		want    Reason
	}{
		"plain text anywhere":           {General, everyone, plain, ""},
		"without a heading":             {General, everyone, "", ""},
		"below a technique, in general": {General, everyone, how, Restricted},
		"technique where it may be":     {AgeRestricted, everyone, how, ""},
		"for adults in general":         {General, adults, plain, Restricted},
		"for adults where it may be":    {AgeRestricted, adults, how, ""},
	} {
		if got := Closed(newFakeRules(), tc.channel, tc.article, tc.heading); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}

// TestScreenKnowsWhatIsRestricted looks at what is known before any lookup.
func TestScreenKnowsWhatIsRestricted(t *testing.T) {
	a, library := newAnswerer(t)
	for name, tc := range map[string]struct {
		text    string
		channel Channel
		want    Reason
	}{
		"technique in general":      {"how deep does it go", General, Restricted},
		"technique where it may be": {"how deep does it go", AgeRestricted, ""},
		"anything else":             {"how large is it", General, ""},
		"advice":                    {"is it safe", General, ""},
		"forbidden everywhere":      {"what dose goes how deep", General, ""},
		"to a minor":                {"i am fifteen how deep does it go", General, ""},
		"a card":                    {"how deep is the bleeding", General, ""},
		"a card instead of a quote": {"fever, how deep", General, ""},
	} {
		if known, _ := a.Screen(Question{Text: tc.text, Channel: tc.channel}); known.Reason != tc.want {
			t.Errorf("%s: %q, want %q", name, known.Reason, tc.want)
		}
	}
	if len(library.asked) != 0 {
		t.Errorf("looked up %d times", len(library.asked))
	}
}
