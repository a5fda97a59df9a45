package article

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestSentences has "/" at each place where a sentence ends.
func TestSentences(t *testing.T) {
	for _, marked := range []string{
		"One. / Two! / Three? / Four",
		"Ask Dr. Smith. / He knows Prof. Jones and Mrs. Miller.",
		"Use a cover, e.g. Latex, i.e. The thin kind. / Then go on.",
		"Smith et al. found one. / See Smith et al. (2006) too.",
		"Warm vs. Cold packs. / Approx. Twenty minutes.",
		"See No. 5 and Fig. 2 of Vol. 3, pp. 12. / Then stop.",
		"Is it safe? / No. / It is not.",
		"The U.S. Government said so. / He lives in the U.S. / The rest do not.",
		"Born in St. Louis. / Written by J. R. R. Tolkien. / By J. Smith too.",
		"Take vitamin C. / Patients like it. / Hepatitis B. / Hence care.",
		"So am I. / Nobody knows.",
		"Take 2.5 mg at 3 p.m. Monday. / Rest at 5 p.m. / Then eat.",
		"On Jan. 5 it began. / It was over by Jan. / Nobody knew.",
		"Acme Inc. Labs made it. / She is an M.D. / He is a Ph.D. / They agree.",
		"“Really?” he asked. / “Yes.” / “Good.”",
		"He asked (why?) and left. / (He came back.) / Then... / Well.",
		"Wait... what? / Yahoo! is a name.",
		"It rose 3.5 percent. / Version 1.2.3 is out.",
		"これは文です。 / それも文です。",
		"हाँ। / नहीं।",
		"No stop here",
		"See www.example.org. / Then go.",
	} {
		want := strings.Split(marked, " / ")
		text := strings.Join(want, " ")
		var got []string
		for _, r := range sentencesOf(text, part{Range: Range{0, len(text)}}) {
			got = append(got, text[r.Start:r.End])
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("sentences (-want +got):\n%s", diff)
		}
	}
}

func TestSentences_kinds(t *testing.T) {
	a := mustParse(t, "1. One. Two.\n2. three\n\n|a. B.|c|\n|-|-|\n\n```\nd. E.\nf\n```\n")
	var got []string
	for _, b := range a.Blocks {
		for _, s := range b.Sentences {
			got = append(got, a.Canonical[s.Start:s.End])
		}
	}
	want := []string{"1. One.", "Two.", "2. three", "a. B. | c", "d. E.\nf"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}

func TestSentences_long(t *testing.T) {
	for name, text := range map[string]string{
		"clauses":    strings.Repeat("one two three four, five six; ", 90),
		"words":      strings.Repeat("word ", 600),
		"no space":   strings.Repeat("x", 3000),
		"characters": strings.Repeat("字", 1500),
		"marks":      "e" + strings.Repeat("\u0301", 2000),
		"accents":    strings.Repeat("e\u0301", 1500),
	} {
		text = strings.TrimSpace(text)
		var joined strings.Builder
		for _, r := range sentencesOf(text, part{Range: Range{0, len(text)}}) {
			s := text[r.Start:r.End]
			if len(s) > maxSentence || name == "clauses" && !strings.HasSuffix(s, ",") && !strings.HasSuffix(s, ";") {
				t.Errorf("%s: a sentence of %d bytes ends in %q", name, len(s), s[len(s)-9:])
			}
			if name == "accents" && strings.HasPrefix(s, "\u0301") {
				t.Errorf("%s: a letter lost its accent", name)
			}
			joined.WriteString(s)
		}
		if got, want := joined.String(), text; strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(want, " ", "") {
			t.Errorf("%s: text is lost", name)
		}
	}
}

// TestMaskSymbols tests that masking runs of symbols keeps ordinary boundaries.
func TestMaskSymbols(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text") + strings.Repeat(")", rapid.IntRange(0, 2*maxSymbols).Draw(t, "run")) + "b"
		masked := maskSymbols(s)
		if len(masked) != len(s) {
			t.Fatalf("%d bytes became %d", len(s), len(masked))
		}
		if longest := longestSymbols(masked); longest > maxSymbols+4 {
			t.Errorf("a run of %d bytes stays", longest)
		}
	})
	if s := "Fine. (Really!) 1, 2. Yes…"; maskSymbols(s) != s {
		t.Error("an ordinary text is masked")
	}
}

func longestSymbols(s string) int {
	longest, start := 0, 0
	for i, r := range s {
		if isWordRune(r) {
			start = i + len(string(r))
		}
		longest = max(longest, i-start)
	}
	return longest
}
