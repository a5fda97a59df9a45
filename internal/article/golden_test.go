package article

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestParse_everything shows the canonical text and the structure of a document
// that has one of each construct.
func TestParse_everything(t *testing.T) {
	src, err := os.ReadFile("testdata/everything.md")
	if err != nil {
		t.Fatal(err)
	}
	a, err := Parse(src, Options{File: "everything.md"})
	if err != nil {
		t.Fatal(err)
	}
	checkInvariants(t, a)
	compareGolden(t, "testdata/everything.canonical.golden", a.Canonical)
	compareGolden(t, "testdata/everything.structure.golden", describe(t, a))
}

func compareGolden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s is different (-want +got):\n%s", file, diff)
	}
}

// describe lists blocks with their sentences and where each comes from, then
// passages and notes.
func describe(t *testing.T, a *Article) string {
	t.Helper()
	kinds := []string{"paragraph", "heading", "list item", "table row", "quotation", "code", "footnote"}
	var b strings.Builder
	for _, block := range a.Blocks {
		fmt.Fprintf(&b, "%s in %q %v\n", kinds[block.Kind], a.Sections[block.Section].Heading, block.Range)
		for _, s := range block.Sentences {
			r, err := a.SourceRange(a.Span(s))
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "  %q <- %q\n", a.Canonical[s.Start:s.End], a.Source[r.Start:r.End])
		}
	}
	for _, p := range a.Passages {
		fmt.Fprintf(&b, "passage in %q: %q\n", a.Sections[p.Section].Heading, a.Canonical[p.Start:p.End])
	}
	for _, note := range a.Notes {
		fmt.Fprintln(&b, note)
	}
	return b.String()
}
