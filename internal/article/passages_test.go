package article

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func passageTexts(a *Article) []string {
	var texts []string
	for _, p := range a.Passages {
		texts = append(texts, a.Canonical[p.Start:p.End])
	}
	return texts
}

func TestPassages(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want []string
	}{
		"paragraphs stay apart": {"One. Two.\n\nThree.", []string{"One. Two.", "Three."}},
		"headings are outside":  {"One.\n\n## H\n\nTwo.", []string{"One.", "Two."}},
		"list":                  {"One.\n\n- a\n- b\n\n1. c", []string{"One.", "- a\n- b", "1. c"}},
		"introduced list":       {"One:\n\n- a\n- b\n\nTwo.", []string{"One:\n\n- a\n- b", "Two."}},
		"introduced table":      {"One:\n\n|a|b|\n|-|-|\n|c|d|", []string{"One:\n\na | b\nc | d"}},
		"heading between":       {"One:\n\n## H\n\n- a", []string{"One:", "- a"}},
		"code alone":            {"One:\n\n    a\n\n- b\n\n  ```\n  c\n  ```\n- d", []string{"One:", "a", "- b", "c", "- d"}},
		"quotation":             {"> One.\n>\n> Two.", []string{"One.", "Two."}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, passageTexts(mustParse(t, test.body))); diff != "" {
				t.Errorf("passages (-want +got):\n%s", diff)
			}
		})
	}
}

func longSentence(words int) string { return "Word" + strings.Repeat(" word", words-1) + "." }

func TestPassages_long(t *testing.T) {
	a := mustParse(t, strings.TrimSpace(strings.Repeat(longSentence(20)+" ", 10)))
	var sizes []int
	for _, p := range a.Passages {
		sizes = append(sizes, len(p.Sentences))
	}
	if diff := cmp.Diff([]int{5, 5}, sizes); diff != "" {
		t.Errorf("200 words are not spread evenly (-want +got):\n%s", diff)
	}
	b := mustParse(t, longSentence(10)+" "+longSentence(190)+" "+longSentence(10))
	if got := len(b.Passages); got != 3 {
		t.Errorf("a sentence of 190 words is in one of %d passages, want 3", got)
	}
}

// TestPassages_introduction keeps a sentence that ends in ":" with its list when
// the paragraph before is too long for both.
func TestPassages_introduction(t *testing.T) {
	a := mustParse(t, longSentence(140)+" These are:\n\n- "+longSentence(30)+"\n- b")
	got := passageTexts(a)
	if len(got) != 2 || !strings.HasPrefix(got[1], "These are:\n\n- Word") || !strings.HasSuffix(got[1], "\n- b") {
		t.Errorf("passages %q", got)
	}
}

func TestPassages_table(t *testing.T) {
	a := mustParse(t, "|Header|b|\n|-|-|\n"+strings.Repeat("|"+longSentence(50)+"|c|\n", 4))
	for i, text := range passageTexts(a) {
		if i == 0 != strings.HasPrefix(text, "Header") || len(strings.Fields(text)) > maxPassageWords+4 {
			t.Errorf("passage %d is %q", i, text)
		}
	}
}
