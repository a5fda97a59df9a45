package answer

import (
	"testing"

	"verbatim/internal/article"
)

func TestClosed(t *testing.T) {
	everyone, adults := &article.Article{}, &article.Article{Meta: article.Meta{Audience: article.AgeRestricted}}
	const plain, how, harmless, technique = "Where it is", "How deep it goes", "It sits below the bladder.", "The finger goes one inch deep."
	for name, tc := range map[string]struct {
		channel       Channel
		minor         bool
		article       *article.Article
		heading, text string
		want          Reason
	}{
		"plain text anywhere":               {General, false, everyone, plain, harmless, ""},
		"plain text to a minor":             {General, true, everyone, plain, harmless, ""},
		"without a heading":                 {General, false, everyone, "", technique, ""},
		"under another heading, in general": {General, false, everyone, plain, technique, ""},
		"below a technique, in general":     {General, false, everyone, how, harmless, Restricted},
		"technique where it may be":         {AgeRestricted, false, everyone, how, technique, ""},
		"technique to a minor":              {AgeRestricted, true, everyone, plain, technique, UnderAge},
		"below a technique, to a minor":     {AgeRestricted, true, everyone, how, harmless, UnderAge},
		"for adults in general":             {General, false, adults, plain, harmless, Restricted},
		"for adults where it may be":        {AgeRestricted, false, adults, how, technique, ""},
		"for adults, to a minor":            {AgeRestricted, true, adults, plain, harmless, UnderAge},
	} {
		if got := Closed(newFakeRules(), tc.channel, tc.minor, tc.article, tc.heading, tc.text); got != tc.want {
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
