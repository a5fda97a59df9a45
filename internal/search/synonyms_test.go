package search

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/internal/article"
	"verbatim/knowledge"
)

func TestParseSynonymsForms(t *testing.T) {
	want := Synonyms{
		Groups:  [][]string{{"pee", "urinate"}, {"navel", "belly button"}},
		Related: []Relation{{Asked: []string{"upside", "good for anything"}, Written: []string{"benefit"}}},
	}
	for name, src := range map[string]string{
		"one list a line": "# A comment.\ngroups:\n  # The body\n  - [pee, urinate]\n  - [navel, belly button]\nrelated:\n  - {asked: [upside, good for anything], written: [benefit]}\n",
		"quoted":          "groups:\n  - ['pee', \"urinate\"]\n  - [navel,   belly button] # a note\nrelated:\n  - {written: [benefit], asked: [upside, good for anything]}\n",
		"block lists":     "related:\n- asked:\n  - upside\n  - good for anything\n  written:\n  - benefit\ngroups:\n-\n  - pee\n  - urinate\n- [navel, belly button]\n",
	} {
		got, err := ParseSynonyms([]byte(src))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestParseSynonymsFaults(t *testing.T) {
	for name, tc := range map[string]struct{ src, want string }{
		"one entry":          {"groups:\n  - [pee]\n", "line 2, column 5: a group needs two entries"},
		"no entry":           {"groups:\n  - []\n", "line 2, column 5: a group needs two entries"},
		"entry twice":        {"groups:\n  - [pee, urinate, pee]\n", `line 2, column 20: "pee" stands twice`},
		"stop words":         {"groups:\n  - [pee, urinate]\n  - [genitals, down there]\n", `line 3, column 16: "down there" is made of words`},
		"empty":              {"groups:\n  - [pee, '']\n", `line 2, column 11: "" is made of words`},
		"upper case":         {"groups:\n  - [uti, Bladder infection]\n", `line 2, column 11: "Bladder infection" has upper case`},
		"two faults":         {"groups:\n  - [UTI, bladder infection]\n  - [pee]\n", "line 3, column 5"},
		"unknown key":        {"grups: []\n", `"grups" is not a key`},
		"key twice":          {"groups: []\ngroups: []\n", "groups"},
		"a word":             {"groups:\n  - pee\n", "line 2, column 5: a list is expected"},
		"a number":           {"groups: 3\n", "line 1, column 9: a list is expected"},
		"a list of lists":    {"groups:\n  - [pee, [urinate]]\n", "a word or a phrase is expected"},
		"a list":             {"- [pee, urinate]\n", "keys with values are expected"},
		"not YAML":           {":\n\t-", ":"},
		"nothing written":    {"related:\n  - {asked: [upside]}\n", `line 2, column 5: a relation needs an entry under "written"`},
		"asked is written":   {"related:\n  - {asked: [upside], written: [perk, upside]}\n", `line 2, column 39: "upside" stands twice`},
		"unknown in related": {"related:\n  - {asked: [upside], said: [perk]}\n", `"said" is not a key`},
	} {
		_, err := ParseSynonyms([]byte(tc.src))
		if !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: err = %v, want %q", name, err, tc.want)
		}
	}
}

// TestPlainFormIsYAML holds the quick reader to what YAML makes of the same file.
func TestPlainFormIsYAML(t *testing.T) {
	plain, ok := readPlain(string(knowledge.Synonyms()))
	if !ok {
		t.Fatal("the shipped file has left the form that is read quickly")
	}
	checkSameAsYAML(t, string(knowledge.Synonyms()), plain)
	entries := rapid.SliceOfN(rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9 '.&-]{0,6}`), 1, 4)
	rapid.Check(t, func(rt *rapid.T) {
		src := fmt.Sprintf("groups:\n  - [%s]\nrelated:\n  - {asked: [%s], written: [%s]}\n", strings.Join(entries.Draw(rt, "group"), ", "),
			strings.Join(entries.Draw(rt, "asked"), ", "), strings.Join(entries.Draw(rt, "written"), ", "))
		if plain, ok := readPlain(src); ok {
			checkSameAsYAML(rt, src, plain)
		}
	})
}

func checkSameAsYAML(t rapid.TB, src string, plain *synonymLists) {
	t.Helper()
	lists, err := readYAML([]byte(src))
	if err != nil {
		t.Fatalf("%q: %v", src, err)
	}
	if diff := cmp.Diff(lists, plain, cmp.AllowUnexported(synonymLists{}, phrases{}, phrase{}, place{})); diff != "" {
		t.Fatalf("%q: %s", src, diff)
	}
}

func FuzzParseSynonyms(f *testing.F) {
	f.Add([]byte("groups:\n  - [pee, urinate]\nrelated:\n  - {asked: [upside], written: [benefit]}\n"))
	f.Add([]byte("groups: &a\n- *a\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := ParseSynonyms(src)
		if err != nil {
			if !errors.Is(err, article.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		for _, g := range s.Groups {
			if len(g) < 2 {
				t.Fatalf("group %q", g)
			}
		}
	})
}

func TestSynonymsWith(t *testing.T) {
	own := Synonyms{Groups: [][]string{{"a", "b"}}, Related: []Relation{{[]string{"c"}, []string{"d"}}}}
	extra := Synonyms{Groups: [][]string{{"a", "e"}}, Related: []Relation{{[]string{"f"}, []string{"g"}}}}
	want := Synonyms{
		Groups:  [][]string{{"a", "b"}, {"a", "e"}},
		Related: []Relation{{[]string{"c"}, []string{"d"}}, {[]string{"f"}, []string{"g"}}},
	}
	got := own.With(extra)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	got.Groups[0], got.Related[0] = nil, Relation{}
	if own.Groups[0] == nil || own.Related[0].Asked == nil || len(own.Groups) != 1 {
		t.Error("With changed its input")
	}
	if diff := cmp.Diff(own, Synonyms{}.With(own)); diff != "" {
		t.Error(diff)
	}
}

// TestShippedSynonyms is a lint of synonyms.yaml.
func TestShippedSynonyms(t *testing.T) {
	s, a := shippedSynonyms(t), testAnalyzer(t)
	if len(s.Groups) < 300 {
		t.Errorf("%d groups, want at least 300", len(s.Groups))
	}
	groups, seen := map[string]int{}, map[string]bool{}
	for _, g := range s.Groups {
		for _, said := range lintList(t, a, g) {
			groups[said]++
		}
		if whole := strings.Join(slices.Sorted(slices.Values(g)), ","); seen[whole] {
			t.Errorf("%q stands twice", g)
		} else {
			seen[whole] = true
		}
	}
	for said, n := range groups {
		if n > maxSenses {
			t.Errorf("%q is in %d groups; a word with more than %d senses finds everything", said, n, maxSenses)
		}
	}
	for _, r := range s.Related {
		lintList(t, a, slices.Concat(r.Asked, r.Written))
		if read := newPhraseReader(r.Written, a); len(read.sayable(r.Written)) != len(r.Written) {
			t.Errorf("%q: passages are never searched for one of %q", r.Asked, r.Written)
		}
	}
}

// maxSenses is in how many groups a word may be.
const maxSenses = 4

// lintList reports entries that add nothing, since their stems are there already,
// and returns what each entry comes to.
func lintList(t *testing.T, a analyzer, texts []string) []string {
	t.Helper()
	read := newPhraseReader(texts, a)
	var all []string
	for _, text := range texts {
		p := read.phrase(text)
		said := fmt.Sprint(p.terms, p.small)
		if slices.Contains(all, said) {
			t.Errorf("%q: %q has the stems of an entry before it", texts, text)
		}
		if len(p.terms) == 1 && len(p.terms[0]) == 1 && p.terms[0] >= "a" {
			t.Errorf("%q: of %q one letter is left", texts, text)
		}
		all = append(all, said)
	}
	return all
}

// TestShippedSynonymsAreSorted holds each section to the order of first entries.
func TestShippedSynonymsAreSorted(t *testing.T) {
	before := ""
	for lines := bufio.NewScanner(bytes.NewReader(knowledge.Synonyms())); lines.Scan(); {
		line := lines.Text()
		if !strings.HasPrefix(line, "  - ") {
			before = ""
			continue
		}
		first, _, _ := strings.Cut(strings.NewReplacer("  - ", "", "{asked: ", "", "[", "").Replace(line), ",")
		first = strings.TrimRight(first, "]")
		if first < before {
			t.Errorf("%q stands after %q", first, before)
		}
		before = first
	}
}
