package search

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"verbatim/internal/article"
)

// excerptAt returns the excerpt when the sentence that holds a text is the best
// and its neighbours are out of the question.
func excerptAt(t *testing.T, body, holds string) string {
	t.Helper()
	a := parse(t, "---\ntitle: T\nauthor: A\nupdated: 2020-01-01\n---\n\n"+body+"\n")
	x := build(t, Synonyms{}, a)
	q := x.understand(Query{Text: holds})
	for i := range x.corpus.passages {
		p := &x.corpus.passages[i]
		for j := range p.ends {
			if strings.Contains(p.text(j), holds) {
				s := scored{passage: p, number: i, sentence: j, sentences: make([]float64, len(p.ends))}
				s.sentences[j] = 10
				e := x.newMeter(&q).excerptOf(s)
				return a.Canonical[e.whole.Start:e.whole.End]
			}
		}
	}
	t.Fatalf("no sentence has %q", holds)
	return ""
}

// filler is a sentence too long to be added for the sake of context.
func filler(word string) string {
	return "The " + strings.Repeat(word+" ", excerptAim/(len(word)+1)) + "ends."
}

func TestExcerpt(t *testing.T) {
	before, after := filler("before"), filler("after")
	items := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "- Item %d %s end.\n", i, strings.Repeat("word ", 15))
		}
		return b.String()
	}
	for name, tc := range map[string]struct {
		body, holds string
		want        string // opening and end, "..." between
	}{
		"sentence alone":                  {before + " The kiln is hot. " + after, "kiln", "The kiln is hot."},
		"neighbours":                      {"Clay is wet. The kiln is hot. Ash is grey.", "kiln", "Clay is wet. The kiln is hot. Ash is grey."},
		"points back":                     {before + " Clay is wet. It dries. This takes a day. " + after, "takes a day", "Clay is wet. It dries. This takes a day."},
		"points back in a quotation mark": {before + " Clay is wet. “It dries.” " + after, "dries", "Clay is wet. “It dries.”"},
		"points back across paragraphs":   {before + "\n\nClay is wet.\n\nIn this case it cracks.\n\n" + after, "cracks", "Clay is wet.\n\nIn this case it cracks."},
		"points back across a heading":    {"Clay is wet.\n\n## Drying\n\nIt cracks.", "cracks", "It cracks."},
		"points back to a list":           {"- Clay\n- Sand\n\nThese are mixed.", "mixed", "- Clay\n- Sand\n\nThese are mixed."},
		"points back too far":             {before + " The " + strings.Repeat("w ", 180) + "end. It cracks. " + after, "cracks", "The w ... It cracks."},
		"no room for what it points to":   {"The " + strings.Repeat("w ", 195) + "end. It cracks.", "cracks", "It cracks."},
		"context that points back":        {before + " It dries. The kiln is hot. " + after, "kiln", "The kiln is hot."},
		"lower case after a question":     {before + " Clay dries. Who asks? nobody does. " + after, "nobody", "Clay dries. Who asks? nobody does."},
		"introduction behind":             {"The kiln is hot. The " + strings.Repeat("w ", 100) + "is this:\n\n- " + strings.Repeat("w ", 150) + "end.", "kiln", "The kiln is hot."},
		"introduction with a list":        {"Bring these:\n\n- clay\n- sand\n", "Bring", "Bring these:\n\n- clay\n- sand"},
		"introduction across passages":    {"Type this:\n\n    make clay\n", "Type", "Type this:\n\nmake clay"},
		"introduction without room":       {"Bring " + strings.Repeat("x ", 50) + ":\n\n- clay " + strings.Repeat("w ", 180) + "end\n- sand", "Bring", "- clay ... end\n- sand"},
		"nothing introduced":              {before + " Bring these:\n\n## Next\n\nClay.", "Bring", "Bring these:"},
		"list with its introduction":      {before + " Bring these:\n\n- clay\n- sand\n- water\n", "sand", "Bring these:\n\n- clay\n- sand\n- water"},
		"two lists":                       {"- clay\n- sand\n\n1. mix\n2. bake\n", "bake", "1. mix\n2. bake"},
		"long list, early item":           {"Bring these:\n\n" + items(9), "Item 1", "Bring these:\n\n- Item 0 ... end.\n- Item 3 " + strings.Repeat("word ", 15) + "end."},
		"long list, late item":            {"Bring these:\n\n" + items(9), "Item 7", "- Item 6 ... end.\n- Item 7 " + strings.Repeat("word ", 15) + "end."},
		"item of several sentences":       {"- Clay is wet. It dries. " + after + "\n- Sand. " + before, "It dries", "- Clay is wet. It dries. The after ... ends."},
		"table":                           {"| Stuff | Heat |\n|-|-|\n| clay | 900 |\n| glass | 1500 |\n", "glass", "Stuff | Heat\nclay | 900\nglass | 1500"},
		"question brings the answer":      {before + "\n\nHow hot is the kiln?\n\nVery hot.\n\n" + after, "How hot", "How hot is the kiln?\n\nVery hot."},
		"answer brings the question":      {before + " How hot is the kiln? Very hot. " + after, "Very", "How hot is the kiln? Very hot."},
		"question at the end":             {"The kiln is hot. Why?", "kiln", "The kiln is hot."},
		"paragraph that is a heading":     {"Kiln heat\n\nIt is hot.\n\n" + after, "Kiln", "Kiln heat\n\nIt is hot."},
		"limit in characters":             {strings.Repeat("жар ", 95) + "печь.", "печь", "жар ... печь."},
	} {
		t.Run(name, func(t *testing.T) {
			got := excerptAt(t, tc.body, tc.holds)
			opening, end, _ := strings.Cut(tc.want, " ... ")
			if end == "" && got != tc.want || !strings.HasPrefix(got, opening) || !strings.HasSuffix(got, end) {
				t.Errorf("excerpt\n%q, want\n%q", got, tc.want)
			}
			if n := utf8.RuneCountInString(got); n > excerptLimit {
				t.Errorf("%d characters", n)
			}
		})
	}
}

func TestOverlongSentence(t *testing.T) {
	filled := strings.Repeat("some filler words that go on, ", 20)
	marked := strings.Repeat("e\u0301", 450)
	for name, tc := range map[string]struct {
		body, holds string
		opening, in string
	}{
		"middle":       {filled + "the zebra crosses the road, " + filled + "the end.", "zebra crosses", "", "the zebra crosses the road"},
		"start":        {"The zebra crosses the road, " + filled + "the end.", "zebra crosses", "The zebra crosses", "the road, some"},
		"start enough": {"The zebra is wild, " + filled + "the zebra rests.", "zebra", "The zebra is wild", ""},
		"no spaces":    {strings.Repeat("ζέβρα、", 70) + "δρόμος.", "ζέβρα", "ζέβρα、", ""},
		"marks":        {marked + ".", "e\u0301", "e\u0301", ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := excerptAt(t, tc.body, tc.holds)
			if n := utf8.RuneCountInString(got); n > excerptLimit || n < excerptLimit/2 {
				t.Errorf("%d characters", n)
			}
			if !strings.HasPrefix(got, tc.opening) || !strings.Contains(got, tc.in) {
				t.Errorf("excerpt %q", got)
			}
			if strings.Trim(got, " ,、") != got || strings.HasSuffix(got, "e") && strings.Contains(tc.body, got+"\u0301") {
				t.Errorf("cut inside a word: %q", got)
			}
		})
	}
}

func TestOpensElsewhere(t *testing.T) {
	for text, want := range map[string]bool{
		"It dries.": true, "Its colour fades.": true, "Italy exports it.": false, "Item one.": false,
		"This is why.": true, "Thistles grow.": false, "Those who fire it know.": true,
		"The latter cracks.": true, "The kiln cracks.": false, "The others dry.": true, "The otherwise dry clay.": false,
		"In this case it cracks.": true, "In spring it cracks.": false, "In contrast, sand melts.": true, "In the latter case it melts.": true,
		"Both crack.": true, "Another name is loam.": true, "Other clays shrink.": true, "Otherwise it cracks.": true,
		"For example, sand.": true, "For ten days.": false, "As a result, it cracks.": true, "As clay dries, it cracks.": false,
		"One of them cracks.": true, "One of the pots cracks.": false, "He fires it.": true, "Heat it.": false, "Hence the name.": true,
		"“It cracks,” she said.": true, "(This takes a day.)": true, "and then it cracks.": true, "pH matters.": false, "iPads crack.": false,
		"So it cracks.": true, "Soil cracks.": false, "Orange clay.": false, "1. It cracks.": false, "": false,
	} {
		if got := opensElsewhere.MatchString(text); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}

// TestExcerptLengthIsOfCharacters keeps the same text in another script from
// getting a shorter excerpt.
func TestExcerptLengthIsOfCharacters(t *testing.T) {
	latin := excerptAt(t, strings.Repeat("Word word. ", 60), "Word")
	cyrillic := excerptAt(t, strings.Repeat("Слог слог. ", 60), "Слог")
	if len([]rune(latin)) != len([]rune(cyrillic)) {
		t.Errorf("%d and %d characters", len([]rune(latin)), len([]rune(cyrillic)))
	}
}

// markdown draws an article of paragraphs, lists, tables, quotations and code.
func markdown() *rapid.Generator[string] {
	word := rapid.SampledFrom([]string{
		"kiln", "clay", "It", "fires", "Dr.", "3.5", "hot,", "the", "Ünïcode", "日本語", "risk.", "crack!", "why?", "glaze;", "these:", "a", "This", "ash.", "(sic)",
	})
	words := func(most int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(word, 1, most).Draw(t, "words"), " ")
		})
	}
	block := rapid.Custom(func(t *rapid.T) string {
		switch rapid.SampledFrom([]string{"paragraph", "paragraph", "short", "list", "table", "quotation", "heading", "code"}).Draw(t, "block") {
		case "short":
			return words(4).Draw(t, "text")
		case "list":
			return "- " + strings.Join(rapid.SliceOfN(words(30), 1, 8).Draw(t, "items"), "\n- ")
		case "table":
			return "|a|b|\n|-|-|\n|" + strings.Join(rapid.SliceOfN(words(12), 1, 6).Draw(t, "rows"), "|x|\n|") + "|y|"
		case "quotation":
			return "> " + words(40).Draw(t, "text")
		case "heading":
			return "## " + words(4).Draw(t, "text")
		case "code":
			return "    " + words(10).Draw(t, "text")
		}
		return words(120).Draw(t, "text")
	})
	return rapid.Custom(func(t *rapid.T) string {
		blocks := rapid.SliceOfN(block, 1, 8).Draw(t, "blocks")
		return "---\ntitle: T\nauthor: A\nupdated: 2020-01-01\n---\n\nClay.\n\n" + strings.Join(blocks, "\n\n") + "\n"
	})
}

// TestExcerpts holds every excerpt to the promises, whatever the text and the question.
func TestExcerpts(t *testing.T) {
	questions := rapid.SampledFrom([]string{"kiln clay", "why fires crack", "is it hot", "how many 3.5", "ash risk glaze", "日本語", "ünïcode"})
	rapid.Check(t, func(rt *rapid.T) {
		a, err := article.Parse([]byte(markdown().Draw(rt, "article")), article.Options{})
		if err != nil {
			rt.Skip("not an article")
		}
		x, err := Build(context.Background(), []*article.Article{a}, Synonyms{})
		if err != nil {
			rt.Fatal(err)
		}
		r, err := x.Find(context.Background(), Query{Text: questions.Draw(rt, "question")})
		if err != nil {
			rt.Fatal(err)
		}
		for _, c := range r.Candidates {
			checkExcerpt(rt, a, c)
			checkBounds(rt, a, c)
		}
	})
}

// checkExcerpt checks what is true of any excerpt.
func checkExcerpt(t *rapid.T, a *article.Article, c Candidate) {
	text, err := a.Text(c.Excerpt)
	switch {
	case err != nil:
		t.Fatal(err)
	case text == "" || text != strings.TrimSpace(text) || !utf8.ValidString(text):
		t.Fatalf("excerpt %q", text)
	case utf8.RuneCountInString(text) > excerptLimit:
		t.Fatalf("excerpt of %d characters", utf8.RuneCountInString(text))
	case c.Decisive.Start < c.Excerpt.Start || c.Decisive.End > c.Excerpt.End || c.Decisive.Len() == 0:
		t.Fatalf("the deciding sentence %v is outside the excerpt %v", c.Decisive, c.Excerpt)
	}
	for _, b := range a.Blocks {
		if b.Kind == article.Heading && b.Start < c.Excerpt.End && c.Excerpt.Start < b.End {
			t.Fatalf("excerpt has the heading %q: %q", a.Canonical[b.Start:b.End], text)
		}
	}
}

// checkBounds checks where an excerpt starts and ends among the sentences of its
// section.
func checkBounds(t *rapid.T, a *article.Article, c Candidate) {
	var all []article.Range
	var kinds []article.BlockKind
	var opens []bool // the sentence is the first of its block
	section := 0
	for _, b := range a.Blocks {
		if b.Start <= c.Decisive.Start {
			section = b.Section
		}
	}
	for _, b := range a.Blocks {
		for i := range b.Sentences {
			if b.Section == section {
				all, kinds, opens = append(all, b.Sentences[i]), append(kinds, b.Kind), append(opens, i == 0)
			}
		}
	}
	characters := func(start, end int) int { return utf8.RuneCountInString(a.Canonical[start:end]) }
	first := slices.IndexFunc(all, func(r article.Range) bool { return r.Start == c.Excerpt.Start })
	last := slices.IndexFunc(all, func(r article.Range) bool { return r.End == c.Excerpt.End })
	if first < 0 || last < 0 {
		around := slices.IndexFunc(all, func(r article.Range) bool { return r.Start <= c.Excerpt.Start && c.Excerpt.End <= r.End })
		if around < 0 || characters(all[around].Start, all[around].End) <= excerptLimit || c.Decisive != c.Excerpt.Range {
			t.Fatalf("%q is not made of whole sentences", c.Text())
		}
		return
	}
	loose := func(i int) bool { return kinds[i] == article.Paragraph || kinds[i] == article.Quotation }
	if strings.HasSuffix(c.Text(), ":") && last+1 < len(all) && loose(last) {
		t.Fatalf("nothing follows the introduction: %q", c.Text())
	}
	opening, _ := utf8.DecodeRuneInString(c.Text())
	ownStyle := opens[first] && unicode.IsLower(opening) // a paragraph in lower case
	if first == 0 || !loose(first) || !loose(first-1) || ownStyle {
		return
	}
	if opensElsewhere.MatchString(c.Text()) && characters(all[first-1].Start, c.Excerpt.End) <= excerptLimit {
		t.Fatalf("opens with a word that points back: %q", c.Text())
	}
}
