package desk

import (
	"strings"
	"testing"

	"verbatim/internal/article"
)

const head = "---\ntitle: Ponds\nauthor: Ann\nupdated: 2024-01-01\n---\n"

func TestPartsOf(t *testing.T) {
	tests := map[string]struct {
		body string
		want []string // heading, text
	}{
		"headings":     {"\nOne.\n\n## Fish\n\nTwo.\n\n### Deep\n\nThree.\n", []string{"", "One.", "Fish", "## Fish\n\nTwo.", "Deep", "### Deep\n\nThree."}},
		"none":         {"\nOne.\n\nTwo.\n", []string{"", "One.\n\nTwo."}},
		"underlined":   {"\nFish\n====\n\nOne.\n\nWinter\n------\nTwo.\n", []string{"Fish", "Fish\n====\n\nOne.", "Winter", "Winter\n------\nTwo."}},
		"marked up":    {"\n**One** thing.\n\n##   *Fish* & chips ##\n\n- a\n- b\n", []string{"", "**One** thing.", "Fish & chips", "##   *Fish* & chips ##\n\n- a\n- b"}},
		"title":        {"\n# Ponds\n\nOne.\n\n## Fish\n\nTwo.\n", []string{"", "One.", "Fish", "## Fish\n\nTwo."}},
		"left out":     {"\nOne.\n\n## Fish\n\n<div>x</div>\n\n![pic](a.png)\n\n## Winter\n\nTwo.\n", []string{"", "One.", "Fish", "## Fish\n\n<div>x</div>\n\n![pic](a.png)", "Winter", "## Winter\n\nTwo."}},
		"footnotes":    {"\nOne[^1].\n\n[^1]: A note.\n\n## Fish\n\nTwo.\n", []string{"", "One[^1].\n\n[^1]: A note.", "Fish", "## Fish\n\nTwo."}},
		"code is none": {"\nOne.\n\n```\n## no heading\n```\n\n## Fish\n\nTwo.\n", []string{"", "One.\n\n```\n## no heading\n```", "Fish", "## Fish\n\nTwo."}},
		"quoted":       {"\n> ## no section\n\n## Fish\n\nTwo.\n", []string{"", "> ## no section", "Fish", "## Fish\n\nTwo."}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, err := article.Parse([]byte(head+test.body), article.Options{})
			if err != nil {
				t.Fatal(err)
			}
			parts, err := partsOf(a)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range parts {
				got = append(got, p.heading, p.text(a.Source))
			}
			if strings.Join(got, "|") != strings.Join(test.want, "|") {
				t.Errorf("%q\nwant %q", got, test.want)
			}
		})
	}
}

func TestBaseIn(t *testing.T) {
	for name, want := range map[string]string{
		"ponds.3f2a91c0.md": "3f2a91c0", "ponds.3f2a91c0 (1).md": "3f2a91c0", "ponds.3f2a91c0_1.markdown": "3f2a91c0", "PONDS.3F2A91C0.MD": "3f2a91c0",
		"ponds.3f2a91c0-copy.txt": "3f2a91c0", "ponds.md": "", "ponds.deadbeef99.md": "", "3f2a91c0.md": "", "ponds.3f2a91c.md": "",
	} {
		if got := baseIn(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// FuzzPart replaces each section of any article and looks at what is around it.
func FuzzPart(f *testing.F) {
	for _, body := range []string{
		"One.\n\n## Fish\n\nTwo.\n", "Fish\n===\nx\n\n\n## \n\n# b\n\n[^1] y\n\n[^1]: z\n", "## a\r\n\r\nb\r\n## c\n", "<!-- x -->\n# a\n* b\n  # c\n> # d\n",
	} {
		f.Add(body, "## New\n\ntext")
	}
	f.Fuzz(func(t *testing.T, body, text string) {
		a, err := article.Parse([]byte(head+body), article.Options{})
		if err != nil {
			return
		}
		parts, err := partsOf(a)
		if err != nil {
			t.Fatal(err)
		}
		end := 0
		for i, p := range parts {
			if p.Start < len(head) || i > 0 && p.Start != end || p.End < p.Start {
				t.Fatalf("part %d is at %d to %d after %d of %q", i, p.Start, p.End, end, a.Source)
			}
			end = p.End
			old := p.text(a.Source)
			if got := p.replaced(a.Source, old); !strings.Contains(old, "\r") && got != a.Source {
				t.Fatalf("putting part %d back changes %q to %q", i, a.Source, got)
			}
			got := p.replaced(a.Source, text)
			if !strings.HasPrefix(got, a.Source[:p.Start]) || !strings.HasSuffix(got, a.Source[p.End:]) {
				t.Fatalf("replacing part %d changes what is around it: %q to %q", i, a.Source, got)
			}
			typed := strings.Trim(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
			if kept := got[p.Start : len(got)-len(a.Source[p.End:])]; strings.Trim(kept, "\n") != typed {
				t.Fatalf("part %d became %q, want %q", i, kept, typed)
			}
		}
		if len(parts) > 0 && end != len(a.Source) {
			t.Fatalf("the parts end at %d of %d", end, len(a.Source))
		}
	})
}
