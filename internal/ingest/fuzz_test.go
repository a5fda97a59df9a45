package ingest

import (
	"errors"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/article"
)

// FuzzText tests that any text gives a draft, and that the draft parses once the
// required keys are filled in, unless nothing is left to quote or a limit is hit.
func FuzzText(f *testing.F) {
	sample, err := os.ReadFile("testdata/sample.txt")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(sample)
	for _, seed := range []string{"", "T", "T\r\rUpdated: 1 May 2016\r\rBy A B\r\rx\n", "\uFEFF# T\n\n- a\n1. b\n\n    c", "T\n\nAbout the author: ", "T\n\n1.\n2. \n\n---\n\n[^a]: b", "Updated 2017-01-01 | | Published x1"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		d, err := Text(src, article.Options{File: "a.txt"})
		if err != nil {
			if !errors.Is(err, article.ErrInvalid) && !errors.Is(err, article.ErrTooLarge) {
				t.Errorf("error %v has no class", err)
			}
			return
		}
		d.Meta.Title, d.Meta.Author, d.Meta.Updated, d.Meta.Published = "n"+d.Meta.Title, "n"+d.Meta.Author, article.Date{Year: 2017, Month: 7, Day: 19}, article.Date{}
		a, err := d.Article(article.Options{})
		if err != nil {
			if strings.TrimSpace(d.Body) != "" && !errors.Is(err, article.ErrTooLarge) {
				t.Errorf("the draft does not parse: %v\n%s", err, d.Markdown())
			}
			return
		}
		if got, want := len(strings.Fields(a.Canonical)), len(strings.Fields(string(src))); got > want {
			t.Errorf("%d words came of %d", got, want)
		}
	})
}

// TestEscape_properties tests that a paragraph comes back as it was, whatever
// Markdown would make of it.
func TestEscape_properties(t *testing.T) {
	special := rapid.SampledFrom([]string{
		"word", "1", ".", ")", "#", "##", ">", "+", "-", "---", "=", "*", "**", "_", "`", "``", "~", "~~", "[", "]", "(", ")", "[a](b)", "![", "[^1]", ":", "|", "<", "<b>", "</b>", "<!--", "&", "&amp;", "&#65;", ";",
		"\\", "\\*", "http://", "https://a.b/c_d", "www.", "WWW.a.b", "a@b.c", "ftp://x.y", "//", "é\u0301", "字", "\u200b", "\ufeff", "\"", "'", "!", "{", "}", "$", "^", "\u0085", "\x01", "\x7f",
	})
	space := rapid.SampledFrom([]string{"", "", " "})
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for range rapid.IntRange(1, 12).Draw(t, "length") {
			b.WriteString(special.Draw(t, "piece") + space.Draw(t, "space"))
		}
		text := strings.Join(strings.Fields(b.String()), " ")
		if text == "" {
			return
		}
		for form, body := range map[string]string{
			text:                          escapeParagraph(text),
			"- " + text:                   "- " + escapeParagraph(text),
			"7. " + text:                  "7. " + escapeParagraph(text),
			"First.\n\n" + text + "\n\nx": "First.\n\n## " + escapeHeading(text) + "\n\nx",
		} {
			d := article.Draft{Meta: article.Meta{Title: "T", Author: "A", Updated: article.Date{Year: 2017, Month: 7, Day: 19}}, Body: body}
			a, err := d.Article(article.Options{})
			if err != nil {
				t.Fatalf("%v in %q", err, body)
			}
			if a.Canonical != form {
				t.Fatalf("%q was escaped to %q and became %q", form, body, a.Canonical)
			}
		}
	})
}
