package eval

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDocumentText(t *testing.T) {
	for name, tc := range map[string]struct {
		document    beirDocument
		title, text string
	}{
		"paragraphs":     {beirDocument{Title: "T", Text: "One.\n  wrapped\n\n \t\nTwo."}, "T", "One. wrapped\n\nTwo."},
		"markup":         {beirDocument{Title: "T", Text: "# no *heading*\n\n- [x](y) <b> `c` &amp; a_b_c ~~d~~ | e"}, "T", "# no *heading*\n\n- [x](y) <b> `c` &amp; a_b_c ~~d~~ | e"},
		"addresses":      {beirDocument{Title: "T", Text: "see www.example.org, http://a.b/c_d or me@example.org"}, "T", "see www.example.org, http://a.b/c_d or me@example.org"},
		"number first":   {beirDocument{Title: "T", Text: "1. one\n\n2) two\n\n[^1]: three"}, "T", "1. one\n\n2) two\n\n[^1]: three"},
		"rule and table": {beirDocument{Title: "T", Text: "a | b\n---|---\nc | d\n\n---"}, "T", "a | b ---|--- c | d\n\n---"},
		"no title":       {beirDocument{Text: "Body."}, "", "Body."},
		"title alone":    {beirDocument{Title: " Only\n this ", Text: " \n"}, "Only this", "Only this"},
		"repeated title": {beirDocument{Title: "Same", Text: "Same\n\nmore"}, "Same", "Same\n\nmore"},
		"NUL":            {beirDocument{Title: "a\x00b", Text: "c\x00d"}, "a\ufffdb", "c\ufffdd"},
	} {
		a, err := tc.document.article()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a.Meta.Title != tc.title || a.Canonical != tc.text {
			t.Errorf("%s: title %q, text %q", name, a.Meta.Title, a.Canonical)
		}
	}
	if a, err := (beirDocument{Text: "\n"}).article(); a != nil || err != nil {
		t.Errorf("a document without a word: %v, %v", a, err)
	}
}

// TestDocumentTextIsKept draws texts out of what Markdown has a meaning for, and
// wants every one of them back, white space aside.
func TestDocumentTextIsKept(t *testing.T) {
	piece := rapid.OneOf(
		rapid.StringMatching(`[a-z]{1,4}`),
		rapid.SampledFrom([]string{
			" ", "  ", "\n", "\n\n", "\t", "    ", "#", "*", "**", "_", "`", "```", "~~~", "[", "](", "![", "<b>", "<!--", "&amp;", "|", "---", "===",
			"> ", "- ", "+ ", "1. ", "2)", "\\", "http://", "www.", "@", "{#id}", "$", "^", ":", "[^1]", "[^1]: ", ".", "\u00a0", "\u200b", "é", "\r\n",
		}),
		rapid.String(),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOf(piece).Draw(t, "pieces"), "")
		a, err := beirDocument{Title: "t", Text: text + " end"}.article()
		if err != nil {
			t.Fatal(err)
		}
		if got, want := tidy(a.Canonical), tidy(text+" end"); got != want {
			t.Fatalf("%q became %q", want, got)
		}
	})
}

func TestOverlongParagraphs(t *testing.T) {
	for name, text := range map[string]string{
		"bytes":    strings.Repeat("word (another) ", 10_000),
		"brackets": strings.Repeat("[1] ", 5_000),
		"one word": strings.Repeat("x", 60_000),
	} {
		a, err := beirDocument{Title: "t", Text: text}.article()
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if tidy(a.Canonical) != tidy(text) {
			t.Errorf("%s: the text is another", name)
		}
	}
}
