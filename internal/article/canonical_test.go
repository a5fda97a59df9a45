package article

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func mustParse(t testing.TB, body string) *Article {
	t.Helper()
	a, err := Parse([]byte(document(sound, body)), Options{File: "a.md"})
	if err != nil {
		t.Fatal(err)
	}
	checkInvariants(t, a)
	return a
}

func TestCanonical(t *testing.T) {
	for name, test := range map[string]struct{ body, want string }{
		"soft break":          {"one\ntwo", "one two"},
		"hard break":          {"one  \ntwo\\\nthree", "one two three"},
		"white space":         {"one \t two&nbsp; \u2003three\u00a0", "one two three"},
		"emphasis":            {"*a* __b__ ~~c~~ `d  e` ***f***", "a b c d e f"},
		"escapes":             {`\*a\* \\ \q 1\. b`, `*a* \ \q 1. b`},
		"references":          {"&lt;a&gt; &#228;&#xE4; &amp;amp; &bogus; &#0; AT&T", "<a> ää &amp; &bogus; \uFFFD AT&T"},
		"reference in code":   {"`&lt;` \\`", "&lt; `"},
		"link":                {"see [the *page*](http://a.org \"t\") and [this]\n\n[this]: http://b.org", "see the page and this"},
		"autolinks":           {"<http://a.org/*b*> http://c.org/_d_?e=f&amp;g <j@k.org>", "http://a.org/*b* http://c.org/_d_?e=f&amp;g j@k.org"},
		"image alone":         {"a\n\n![b](c.png)\n\nd", "a\n\nd"},
		"image in a sentence": {"See [the page](a.md) and ![a *photo*](b.png). Go.", "See the page and a photo. Go."},
		"image after a colon": {"Press: ![the plus &amp; sign](c.png)", "Press: the plus & sign"},
		"image as a subject":  {"![The plus](c.png) adds.", "The plus adds."},
		"image in a link":     {"Press [![plus](c.png)](d.md) now.", "Press plus now."},
		"image in two lines":  {"Press\n![plus](c.png)\nnow.", "Press plus now."},
		"image before text":   {"![a pear](c.png) Pears need sun.", "Pears need sun."},
		"image after text":    {"Pears need sun.\n![a pear](c.png)", "Pears need sun."},
		"image without text":  {"Press ![](c.png) now.", "Press now."},
		"image in a cell":     {"| a | b |\n|---|---|\n| ![c](d) | Press ![e](f) now |", "a | b\n| Press e now"},
		"images only":         {"a\n\n![b](c.png) ![d](e.png)", "a"},
		"image in a script":   {"a <script>![b](c)</script> d", "a d"},
		"tags":                {"a <b>c</b><br>d<br/>e <!-- f --> g", "a c d e g"},
		"script":              {"a <script>b</script> c <STYLE x>d</style> e", "a c e"},
		"open script":         {"a <script>b\n\nc", "a\n\nc"},
		"html block":          {"a\n\n<div>\nb\n</div>\n\nc", "a\n\nc"},
		"headings":            {"# B\n\na\n\nC\n---\n\n### D ###\n", "B\n\na\n\nC\n\nD"},
		"title repeated":      {"#  a\n\nb\n\n# A\n\nc", "b\n\nA\n\nc"},
		"title repeated late": {"## B\n\n# A\n\nc", "B\n\nA\n\nc"},
		"list":                {"* a\n* b\n\n+ c", "- a\n- b\n\n- c"},
		"numbers":             {"3. a\n3. b\n\n   c\n8. d", "3. a\n4. b\n  c\n5. d"},
		"nested":              {"- a\n  1. b\n     - c\n- - d", "- a\n  1. b\n    - c\n  - d"},
		"tasks":               {"- [ ] a\n- [x] b", "- [ ] a\n- [x] b"},
		"heading in a list":   {"- # a\n  b", "- a\n  b"},
		"image in a list":     {"- ![a](b)\n\n  c\n- d", "- c\n- d"},
		"code in a list":      {"- a\n\n  ```\n  b\n  ```\n- c", "- a\n\nb\n\n- c"},
		"table":               {"| a | b |\n|--:|---|\n| | *c* |\n| d \\| e |\n| f | g | h |", "a | b\n| c\nd | e |\nf | g"},
		"quotation":           {"> a\nb\n> - c\n>\n> d", "a b\n\n- c\n\nd"},
		"code":                {"```go\n\n  a\n\tb  *c*\n\n```\n\n    d\n     e", "  a\n\tb  *c*\n\nd\n e"},
		"tab in code":         {"- a\n\n\t\tb", "- a\n\n  b"},
		"thematic break":      {"a\n\n***\n\nb", "a\n\nb"},
		"footnotes":           {"a[^2] b[^1].\n\n[^1]: c\n[^2]: d\n\n    e\n\nf", "a b.\n\nf\n\nd\n\ne\n\nc"},
		"unknown footnote":    {"a[^1].", "a[^1]."},
	} {
		t.Run(name, func(t *testing.T) {
			a := mustParse(t, test.body)
			if diff := cmp.Diff(test.want, a.Canonical); diff != "" {
				t.Errorf("canonical (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParse_notes(t *testing.T) {
	a := mustParse(t, "# A\n\n![b](c) <i>D</i> <b>e</b>\n![](f)\n\n<hr>\n\ng\n")
	want := []string{
		"Line 6: the heading repeats the title and is left out.",
		`Line 8: the image "b" is left out.`,
		"Line 8: the HTML tags are left out.",
		"Line 9: an image is left out.",
		"Line 11: a block of HTML is left out.",
	}
	if diff := cmp.Diff(want, a.Notes); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
	many := mustParse(t, strings.Repeat("A. ![b](c)\n\n", maxNotes+3))
	if n := len(many.Notes); n != maxNotes+1 || many.Notes[maxNotes] != "3 more things are left out." {
		t.Errorf("%d notes, the last is %q", n, many.Notes[n-1])
	}
}

func TestSections(t *testing.T) {
	a := mustParse(t, "a\n\nb[^1]\n\n## C\n\n### D\n\ne\n\n> # F\n\n[^1]: g")
	type section struct {
		Heading string
		Level   int
		Text    string
	}
	var got []section
	for _, s := range a.Sections {
		got = append(got, section{s.Heading, s.Level, a.Canonical[s.Start:s.End]})
	}
	want := []section{{"", 0, "a\n\nb"}, {"C", 2, ""}, {"D", 3, "e\n\nF"}, {"Notes", 2, "g"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
}

func TestSourceRange(t *testing.T) {
	a := mustParse(t, "One *two* &amp;\nthree.\n\n- four")
	for text, want := range map[string]string{
		"One":          "One",
		"e t":          "e *t",
		"&":            "&amp;",
		"& three":      "&amp;\nthree",
		"two & t":      "two* &amp;\nt",
		"three.\n\n- ": "three.\n\n- ",
		"":             "",
	} {
		start := strings.Index(a.Canonical, text)
		r, err := a.SourceRange(a.Span(Range{start, start + len(text)}))
		if err != nil || a.Source[r.Start:r.End] != want {
			t.Errorf("%q comes from %q, want %q (%v)", text, a.Source[r.Start:r.End], want, err)
		}
	}
	if _, err := a.SourceRange(Span{"other", Range{0, 1}}); err == nil {
		t.Error("a span of another revision has a source")
	}
	if r, err := a.SourceRange(a.Span(Range{len(a.Canonical), len(a.Canonical)})); err != nil || r.Len() != 0 {
		t.Errorf("the end has source %v, %v", r, err)
	}
}

// underline matches a line of dashes. Right below a table it makes the Markdown
// parser put the text above the table behind it, as a heading.
var underline = regexp.MustCompile(`(?m)^[ >]*-+[ \t]*$`)

// TestCanonical_properties builds documents out of fragments of Markdown.
func TestCanonical_properties(t *testing.T) {
	fragment := rapid.SampledFrom([]string{
		"word", "Dr.", "é\u0301", "*", "**", "_", "`", "[", "]", "(", ")", "![", "&amp;", "&nbsp;", "\\", "\\*", "|", "<b>", "</b>", "<br>", "http://a.b",
		" ", "  ", "\t", "\n", "\n\n", "\n- ", "\n  - ", "\n1. ", "\n> ", "\n## ", "\n\n    ", "\n```\n", "\n|a|b|\n|-|-|\n", "\n\n---\n", ". ", "? ", ":", "。", "\u00a0",
	})
	rapid.Check(t, func(t *rapid.T) {
		body := strings.Join(rapid.SliceOfN(fragment, 0, 60).Draw(t, "fragments"), "")
		a, err := Parse([]byte(testFront+body), Options{})
		if err != nil {
			checkProblems(t, err)
			return
		}
		checkInvariants(t, a)
		if !underline.MatchString(body) {
			checkMonotone(t, a)
		}
	})
}
