package render_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
)

const frontMatterText = "---\ntitle: A title\nauthor: Stephen Venneman\nupdated: 2017-07-19\n---\n\n"

func parsed(t failer, body string) *article.Article {
	t.Helper()
	a, err := article.Parse([]byte(frontMatterText+body), article.Options{})
	if err != nil {
		t.Fatalf("%v", err)
	}
	return a
}

// wildBody is an article of many blocks, some of them far too long for a page.
func wildBody(t *rapid.T) string {
	block := rapid.Custom(func(t *rapid.T) string {
		sentence := rapid.SampledFrom([]string{
			"It is so. ", "Moss *grows* in the shade, mostly. ", strings.Repeat("on and ", 400) + "on. ", strings.Repeat("_", 2000) + " ", "日本語。", strings.Repeat("🌱", 900),
		})
		text := strings.Join(rapid.SliceOfN(sentence, 1, 6).Draw(t, "sentences"), "")
		return rapid.SampledFrom([]string{"", "", "- ", "# ", "## ", "> "}).Draw(t, "kind") + text
	})
	return "x\n\n" + strings.Join(rapid.SliceOfN(block, 1, 8).Draw(t, "blocks"), "\n\n")
}

// TestPagesAreTheArticle joins the pages of any article and looks where they end.
func TestPagesAreTheArticle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := parsed(t, wildBody(t))
		var starts []int
		for _, b := range a.Blocks {
			starts = append(starts, b.Start)
			for _, s := range b.Sentences {
				starts = append(starts, s.Start)
			}
		}
		at := 0
		for _, p := range render.Paginate(a) {
			if p.Range.Start != at || p.Range.Len() <= 0 || p.Section < 0 || p.Section >= len(a.Sections) {
				t.Fatalf("a page %+v at %d", p, at)
			}
			at = p.Range.End
			within := slices.ContainsFunc(starts, func(i int) bool { return p.Range.Start < i && i < at })
			ends := at == len(a.Canonical) || at == a.Sections[p.Section].End || slices.Contains(starts, at)
			if within && !ends {
				t.Fatalf("a page %q is cut within a sentence", a.Canonical[p.Range.Start:at])
			}
		}
		if at != len(a.Canonical) {
			t.Fatalf("the pages end at %d of %d", at, len(a.Canonical))
		}
	})
}

// TestEveryPageIsShown expects each page whole whatever its front matter, and nothing
// of it where it is hidden.
func TestEveryPageIsShown(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		a, r, look, meta := parsed(t, wildBody(t)), wildRenderer(t, all), wildLook(t), wildMeta(t)
		pages := render.Paginate(a)
		for range 3 {
			i := rapid.IntRange(0, len(pages)-1).Draw(t, "page")
			p := pages[i]
			page := render.Page{
				Article: meta, Slug: a.Slug, Section: a.Sections[p.Section].Heading, Text: a.Canonical[p.Range.Start:p.Range.End],
				Number: i + 1, Of: len(pages), Hidden: rapid.Bool().Draw(t, "hidden"),
			}
			m := r.Page(page, look)
			safe(t, m)
			words, _ := readBack(quoted(m.Embeds[0]))
			want := strings.TrimRight(strings.TrimLeft(page.Text, "\n"), " \t\n")
			if page.Hidden {
				want = ""
			}
			if words != want {
				t.Fatalf("page %d reads %q, want %q", i, words, want)
			}
			if foot := m.Embeds[0].Footer.Text; !strings.Contains(foot, fmt.Sprint(i+1)) || !strings.Contains(foot, fmt.Sprint(len(pages))) {
				t.Fatalf("page %d of %d has %q below", i+1, len(pages), foot)
			}
		}
	})
}

// TestPageFits takes text that no article was cut into.
func TestPageFits(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		page := render.Page{Article: wildMeta(t), Section: wild(900).Draw(t, "section"), Text: wild(9000).Draw(t, "text"), Hidden: rapid.Bool().Draw(t, "hidden")}
		safe(t, wildRenderer(t, all).Page(page, wildLook(t)))
	})
}

func TestPaginate(t *testing.T) {
	shorts := strings.Repeat("It is so. ", 100)
	tests := map[string]struct {
		body string
		want []string // how each page begins
	}{
		"one page":         {"Moss.\n\nIt is green.", []string{"Moss."}},
		"a section each":   {"Moss.\n\n# Green\n\nIt is green.\n\n# Wet\n\nIt is wet.", []string{"Moss.", "Green", "Wet"}},
		"empty headings":   {"Moss.\n\n# All\n\n## Green\n\nIt is green.\n\n# End", []string{"Moss.", "All\n\nGreen", "End"}},
		"two long blocks":  {"A: " + shorts + "\n\nB: " + shorts, []string{"A: ", "B: "}},
		"a very long one":  {"A: " + shorts + shorts, []string{"A: ", "It is so."}},
		"no sentence ends": {"A " + strings.Repeat("word ", 500), []string{"A word", "word", "word"}},
	}
	for name, test := range tests {
		a := parsed(t, test.body)
		pages := render.Paginate(a)
		for i, p := range pages {
			text := strings.TrimLeft(a.Canonical[p.Range.Start:p.Range.End], "\n")
			if i >= len(test.want) || !strings.HasPrefix(text, test.want[i]) {
				t.Errorf("%s: page %d reads %.40q", name, i, text)
			}
		}
		if len(pages) != len(test.want) {
			t.Errorf("%s: %d pages, want %d", name, len(pages), len(test.want))
		}
	}
}

// BenchmarkPaginate cuts a long article.
func BenchmarkPaginate(b *testing.B) {
	a, err := article.Parse([]byte(frontMatterText+strings.Repeat("Moss grows in the *shade*, mostly. It is green.\n\n", 20000)), article.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(a.Canonical)))
	for b.Loop() {
		render.Paginate(a)
	}
}
