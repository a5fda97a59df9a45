package article

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

func mustCite(t *testing.T, w Work, style Style) string {
	t.Helper()
	got, err := w.Cite(style)
	if err != nil {
		t.Fatalf("Cite(%s): %v", style, err)
	}
	return got
}

func TestCiteEveryStyle(t *testing.T) {
	for _, tc := range citeCases {
		for _, style := range Styles() {
			t.Run(tc.name+"/"+string(style), func(t *testing.T) {
				want, ok := tc.want[style]
				if !ok {
					t.Fatal("the case has no expected string for this style")
				}
				if got := mustCite(t, tc.work, style); got != want {
					t.Errorf("got\n%s\nwant\n%s", got, want)
				}
			})
		}
	}
}

func TestParseStyle(t *testing.T) {
	for in, want := range map[string]Style{
		"apa": StyleAPA, "MLA": StyleMLA, "Chicago": StyleChicago, " BibTeX ": StyleBibTeX,
		"RIS": StyleRIS, "csl-json": StyleCSL, "csl": StyleCSL, "CSL": StyleCSL,
	} {
		if got, err := ParseStyle(in); err != nil || got != want {
			t.Errorf("ParseStyle(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestUnknownStyleNamesTheChoices(t *testing.T) {
	_, parseErr := ParseStyle("vancouver")
	_, citeErr := Work{}.Cite("vancouver")
	_, refErr := Work{}.Reference("")
	_, inTextErr := Work{}.InText("vancouver")
	for _, err := range []error{parseErr, citeErr, refErr, inTextErr} {
		if !errors.Is(err, ErrInvalid) {
			t.Fatalf("error %v is not ErrInvalid", err)
		}
		for _, style := range Styles() {
			if !strings.Contains(err.Error(), string(style)) {
				t.Errorf("error %q does not offer %q", err, style)
			}
		}
	}
}

func TestWorkOf(t *testing.T) {
	m := Meta{
		Title: "Feet", Author: "Ann Lee", Updated: Date{2020, time.May, 1}, Published: Date{2019, time.May, 1},
		SourceURL: "https://example.org/feet", Language: "en", License: "CC0-1.0",
		AdaptedFrom: &Adaptation{Title: "Toes", Author: "Bo Ek", Updated: Date{2018, time.May, 1}},
	}
	got := mustCite(t, WorkOf(m), StyleRIS)
	for _, want := range []string{
		"AU  - Lee, Ann\r\n", "TI  - Feet\r\n", "DA  - 2020/05/01\r\n", "LA  - en\r\n", "UR  - https://example.org/feet\r\n",
		"N1  - Adapted from Bo Ek, “Toes” (May 1, 2018).\r\n", "N1  - First published May 1, 2019.\r\n", "N1  - License: CC0-1.0.\r\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing from\n%s", want, got)
		}
	}
}

// MLA 9, appendix on abbreviations: months of more than four letters are cut.
func TestMLAMonths(t *testing.T) {
	want := strings.Fields("Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.")
	for i, month := range want {
		d := Date{2021, time.Month(i + 1), 9}
		if got := mlaDate(d); got != "9 "+month+" 2021" {
			t.Errorf("mlaDate(%v) = %q", d, got)
		}
	}
}

// authorLine returns n authors "Ann Aa; Ann Ab; ...".
func authorLine(n int) string {
	var names []string
	for i := range n {
		names = append(names, "Ann A"+string(rune('a'+i)))
	}
	return strings.Join(names, "; ")
}

func invertedAuthors(from, to int) string {
	var b strings.Builder
	for i := from; i < to; i++ {
		fmt.Fprintf(&b, "A%c, A., ", 'a'+i)
	}
	return b.String()
}

// APA 7, 9.8: up to 20 authors are all listed with an ampersand before the
// last; of 21 or more the first 19, an ellipsis without ampersand, the last.
func TestAPAManyAuthors(t *testing.T) {
	for n, want := range map[int]string{
		1:  "Aa, A. (n.d.). Feet.",
		2:  "Aa, A., & Ab, A. (n.d.). Feet.",
		20: invertedAuthors(0, 19) + "& At, A. (n.d.). Feet.",
		21: invertedAuthors(0, 19) + ". . . Au, A. (n.d.). Feet.",
		25: invertedAuthors(0, 19) + ". . . Ay, A. (n.d.). Feet.",
	} {
		if got := mustCite(t, Work{Title: "Feet", Author: authorLine(n)}, StyleAPA); got != want {
			t.Errorf("%d authors:\n%s\nwant\n%s", n, got, want)
		}
	}
}

// Chicago 17, 15.9: up to ten authors are listed, of more the first seven.
func TestChicagoManyAuthors(t *testing.T) {
	for n, want := range map[int]string{
		10: "Aa, Ann, Ann Ab, Ann Ac, Ann Ad, Ann Ae, Ann Af, Ann Ag, Ann Ah, Ann Ai, and Ann Aj. n.d. “Feet.”",
		11: "Aa, Ann, Ann Ab, Ann Ac, Ann Ad, Ann Ae, Ann Af, Ann Ag, et al. n.d. “Feet.”",
	} {
		if got := mustCite(t, Work{Title: "Feet", Author: authorLine(n)}, StyleChicago); got != want {
			t.Errorf("%d authors:\n%s\nwant\n%s", n, got, want)
		}
	}
}

func TestTitlePunctuation(t *testing.T) {
	for _, tc := range []struct {
		name, title    string
		apa, mla, chic string
	}{
		{"a statement gets a stop", "Feet", "Feet. (n.d.).", "“Feet.”", "“Feet.” n.d."},
		{"a question does not", "Sore Feet?", "Sore Feet? (n.d.).", "“Sore Feet?”", "“Sore Feet?” n.d."},
		{"nor does an exclamation", "Feet!", "Feet! (n.d.).", "“Feet!”", "“Feet!” n.d."},
		{
			"quotation marks inside become single", `What "Safe" Means`, `What "Safe" Means. (n.d.).`,
			"“What ‘Safe’ Means.”", "“What ‘Safe’ Means.” n.d.",
		},
		{
			"the stop goes inside them", "The Meaning of “Safe”", "The Meaning of “Safe.” (n.d.).",
			"“The Meaning of ‘Safe.’”", "“The Meaning of ‘Safe.’” n.d.",
		},
		{"an apostrophe is not a quotation mark", "The Dogs’", "The Dogs’. (n.d.).", "“The Dogs’.”", "“The Dogs’.” n.d."},
		{"no title", "", "[Untitled]. (n.d.).", "[Untitled].", "[Untitled]. n.d."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w := Work{Title: tc.title}
			for style, want := range map[Style]string{StyleAPA: tc.apa, StyleMLA: tc.mla, StyleChicago: tc.chic} {
				if got := mustCite(t, w, style); got != want {
					t.Errorf("%s: %s, want %s", style, got, want)
				}
			}
		})
	}
}

// A web page with only a publication date, and one with only an access date:
// Chicago 17 puts the first behind the site and gives the second with "n.d.";
// MLA 9 ends with the access date; APA 7 needs it only for pages meant to change.
func TestOtherDates(t *testing.T) {
	published := Work{Title: "Feet", Author: "Ann Lee", Site: "Walking", Published: Date{2016, time.September, 5}, URL: "https://example.org/"}
	accessed := Work{Title: "Feet", Author: "Ann Lee", Site: "Walking", Accessed: Date{2021, time.December, 6}, URL: "https://example.org/"}
	for _, tc := range []struct {
		work  Work
		style Style
		want  string
	}{
		{published, StyleAPA, "Lee, A. (2016, September 5). Feet. Walking. https://example.org/"},
		{published, StyleMLA, "Lee, Ann. “Feet.” Walking, 5 Sept. 2016, https://example.org/."},
		{published, StyleChicago, "Lee, Ann. 2016. “Feet.” Walking, September 5, 2016. https://example.org/."},
		{accessed, StyleAPA, "Lee, A. (n.d.). Feet. Walking. https://example.org/"},
		{accessed, StyleMLA, "Lee, Ann. “Feet.” Walking, https://example.org/. Accessed 6 Dec. 2021."},
		{accessed, StyleChicago, "Lee, Ann. n.d. “Feet.” Walking. Accessed December 6, 2021. https://example.org/."},
	} {
		if got := mustCite(t, tc.work, tc.style); got != tc.want {
			t.Errorf("%s: %s\nwant %s", tc.style, got, tc.want)
		}
	}
}

func TestAdaptationNote(t *testing.T) {
	d := Date{2018, time.May, 1}
	for _, tc := range []struct {
		name string
		from *Adaptation
		want string
	}{
		{"none", nil, ""},
		{"empty", &Adaptation{Updated: d}, ""},
		{"author only", &Adaptation{Author: "Ann Lee"}, "Adapted from Ann Lee"},
		{"title only", &Adaptation{Title: `On "Feet"`, Updated: d}, "Adapted from “On ‘Feet’” (May 1, 2018)"},
		{"address only", &Adaptation{URL: "https://example.org/a b"}, "Adapted from https://example.org/a%20b"},
		{
			"all", &Adaptation{Title: "Feet", Author: "Lee, Ann, Jr.; {Foot Society}; Bo Ek", Updated: d, URL: "https://example.org/"},
			"Adapted from Ann Lee Jr., Foot Society, and Bo Ek, “Feet” (May 1, 2018), https://example.org/",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := adaptationNote(tc.from); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}
