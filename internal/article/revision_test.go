package article

import (
	"strings"
	"testing"
)

func fullMeta() Meta {
	return Meta{
		Title: "T", Author: "A", AuthorBio: "B", Updated: Date{2017, 7, 19}, Published: Date{2016, 1, 2}, SourceURL: "https://s.org",
		AdaptedFrom: &Adaptation{"AT", "AA", Date{2015, 3, 4}, "https://a.org"}, Audience: Everyone, License: "L",
	}
}

// TestRevision_golden fails when the encoding changes, which would orphan every
// stored quote.
func TestRevision_golden(t *testing.T) {
	const want = "4c5b9cea463d594841fbd43ecfd9b951a1865f25513253e050c11d1a0c005536"
	if got := revisionOf("Some text.\n\nÄnd more.", fullMeta()); got != want {
		t.Errorf("revision %s, want %s", got, want)
	}
}

func TestRevision_fields(t *testing.T) {
	base := revisionOf("text", fullMeta())
	if revisionOf("text", fullMeta()) != base {
		t.Error("the same inputs give another revision")
	}
	if revisionOf("texts", fullMeta()) == base {
		t.Error("another text gives the same revision")
	}
	for name, test := range map[string]struct {
		change func(*Meta)
		shown  bool
	}{
		"title":           {func(m *Meta) { m.Title += "x" }, true},
		"author":          {func(m *Meta) { m.Author += "x" }, true},
		"bio":             {func(m *Meta) { m.AuthorBio = "" }, true},
		"updated":         {func(m *Meta) { m.Updated.Day++ }, true},
		"published":       {func(m *Meta) { m.Published = Date{} }, true},
		"url":             {func(m *Meta) { m.SourceURL = "" }, true},
		"no adaptation":   {func(m *Meta) { m.AdaptedFrom = nil }, true},
		"empty one":       {func(m *Meta) { m.AdaptedFrom = &Adaptation{} }, true},
		"adapted title":   {func(m *Meta) { m.AdaptedFrom.Title = "" }, true},
		"adapted author":  {func(m *Meta) { m.AdaptedFrom.Author = "" }, true},
		"adapted updated": {func(m *Meta) { m.AdaptedFrom.Updated = Date{} }, true},
		"adapted url":     {func(m *Meta) { m.AdaptedFrom.URL = "" }, true},
		"audience":        {func(m *Meta) { m.Audience = AgeRestricted }, true},
		"license":         {func(m *Meta) { m.License = "" }, true},
		"moved boundary":  {func(m *Meta) { m.Title, m.Author = "TA", "" }, true},
		"review":          {func(m *Meta) { m.Reviewed = &Review{"M", Date{2020, 1, 1}, Date{}} }, false},
		"topics":          {func(m *Meta) { m.Topics = []string{"x"} }, false},
		"language":        {func(m *Meta) { m.Language = "de" }, false},
	} {
		m := fullMeta()
		test.change(&m)
		if changed := revisionOf("text", m) != base; changed != test.shown {
			t.Errorf("%s: the revision changes: %v, want %v", name, changed, test.shown)
		}
	}
	none, empty := fullMeta(), fullMeta()
	none.AdaptedFrom, empty.AdaptedFrom = nil, &Adaptation{}
	if revisionOf("text", none) == revisionOf("text", empty) {
		t.Error("an empty adaptation is taken for none")
	}
}

func TestArticle_refusesOtherRevisions(t *testing.T) {
	a := mustParse(t, "One.")
	b := mustParse(t, "One. Two.")
	if _, err := b.Text(a.Span(a.Passages[0].Range)); err == nil {
		t.Error("a span resolves in another revision")
	}
	if text, err := b.Text(b.Span(b.Passages[0].Range)); err != nil || text != "One. Two." {
		t.Errorf("text %q, error %v", text, err)
	}
}

func TestSlug(t *testing.T) {
	for title, want := range map[string]string{
		"Is it Safe to Massage a Prostate?": "is-it-safe-to-massage-a-prostate",
		"  Crème brûlée — 2nd ﬁx!":          "creme-brulee-2nd-fix",
		"Здоровье и сон":                    "здоровье-и-сон",
		"前立腺のマッサージ":                         "前立腺のマッサージ",
		"Ελληνικά: ύπνος":                   "ελληνικα-υπνος",
		"Мой сон":                           "мой-сон",
		"स्वास्थ्य":                         "स्वास्थ्य",
		"สุขภาพ ดี":                         "สุขภาพ-ดี",
		"\u0301a \u3099b":                   "a-b",
		"A_b/c.d":                           "a-b-c-d",
		"?!":                                "article-01234567",

		strings.Repeat("word ", 30):                             strings.TrimSuffix(strings.Repeat("word-", 16), "-"),
		strings.Repeat("字", 60):                                 strings.Repeat("字", 26),
		"x" + strings.Repeat("a", 100):                          "x" + strings.Repeat("a", 79),
		strings.Repeat("a", 80) + " b":                          strings.Repeat("a", 80),
		strings.Repeat("a", 50) + " " + strings.Repeat("b", 50): strings.Repeat("a", 50),
	} {
		if got := slugOf(title, "0123456789abcdef"); got != want {
			t.Errorf("slug of %q is %q, want %q", title, got, want)
		}
	}
}
