package article

import (
	"strings"
	"testing"
	"time"
)

func TestInText(t *testing.T) {
	dated := Date{2017, time.July, 19}
	for _, tc := range []struct {
		name                 string
		work                 Work
		apa, mla, chicagoRef string
	}{
		// APA 7, 8.28: a heading of up to four words is given whole and plain.
		{
			"section",
			Work{Author: "Stephen Venneman", Updated: dated, Section: "Purposes of Massage"},
			"(Venneman, 2017, Purposes of Massage section)", "(Venneman)", "(Venneman 2017, under “Purposes of Massage”)",
		},
		// APA 7, 8.28: a long heading is cut to its first words, in quotation marks.
		{
			"long section",
			Work{Author: "Stephen Venneman", Updated: dated, Section: "How to Dry and Powder Your Feet"},
			"(Venneman, 2017, “How to Dry” section)", "(Venneman)", "(Venneman 2017, under “How to Dry and Powder Your Feet”)",
		},
		{
			"no section",
			Work{Author: "Stephen Venneman", Updated: dated},
			"(Venneman, 2017)", "(Venneman)", "(Venneman 2017)",
		},
		// Chicago 17, 15.44: a comma before "n.d." and none before a year.
		{
			"no date",
			Work{Author: "Ann Lee", Section: "Toes"},
			"(Lee, n.d., Toes section)", "(Lee)", "(Lee, n.d., under “Toes”)",
		},
		// APA 7, 8.17: two names with "&", three or more with "et al." MLA 9: "and".
		{
			"two authors",
			Work{Author: "Ann Lee; Bo Ek", Updated: dated},
			"(Lee & Ek, 2017)", "(Lee and Ek)", "(Lee and Ek 2017)",
		},
		// Chicago 17, 15.29: three names are given, four are not.
		{
			"three authors",
			Work{Author: "Ann Lee; Bo Ek; Foot Society", Updated: dated},
			"(Lee et al., 2017)", "(Lee et al.)", "(Lee, Ek, and Foot Society 2017)",
		},
		{
			"four authors",
			Work{Author: authorLine(4), Updated: dated},
			"(Aa et al., 2017)", "(Aa et al.)", "(Aa et al. 2017)",
		},
		// APA 7, 8.10: no suffix in the text; particles belong to the surname.
		{
			"suffix and particle",
			Work{Author: "van Dam, Jan, Jr.", Updated: dated},
			"(van Dam, 2017)", "(van Dam)", "(van Dam 2017)",
		},
		{
			"organisation",
			Work{Author: "{World Health Organization}", Updated: dated},
			"(World Health Organization, 2017)", "(World Health Organization)", "(World Health Organization 2017)",
		},
		// APA 7, 8.14: the title stands in for the author; MLA 9 shortens it.
		{
			"no author",
			Work{Title: "Care for the Feet of Runners", Updated: dated},
			"(Care for the Feet, 2017)", "(“Care for the Feet”)", "(“Care for the Feet” 2017)",
		},
		{
			"nothing",
			Work{},
			"([Untitled], n.d.)", "(“[Untitled]”)", "(“[Untitled]”, n.d.)",
		},
		// MLA 9: the parenthesis must match the first element of the entry.
		{
			"organisation that is the site",
			Work{Title: "Feet", Author: "Foot Society", Site: "Foot Society", Updated: dated},
			"(Foot Society, 2017)", "(“Feet”)", "(Foot Society 2017)",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for style, want := range map[Style]string{
				StyleAPA: tc.apa, StyleMLA: tc.mla, StyleChicago: tc.chicagoRef, StyleBibTeX: "", StyleRIS: "", StyleCSL: "",
			} {
				if got, err := tc.work.InText(style); err != nil || got != want {
					t.Errorf("%s: %q, %v; want %q", style, got, err, want)
				}
			}
		})
	}
}

func TestQuotation(t *testing.T) {
	words := func(n int) string { return strings.TrimSpace(strings.Repeat("toe ", n)) + "." }
	for _, tc := range []struct {
		name, quote, section string
		style                Style
		want                 string
	}{
		{"a question mark stays inside", "Dry each toe?", "", StyleAPA, "“Dry each toe?” (Lee, n.d.)."},
		{"an ellipsis stays", "Dry each toe...", "", StyleAPA, "“Dry each toe...” (Lee, n.d.)."},
		{"a section without a quote", "", "Toes", StyleAPA, "(Lee, n.d., Toes section)"},
		{"a section without a quote", "", "Toes", StyleMLA, "In the section “Toes” (Lee)"},
		{"39 words run in", words(39), "", StyleAPA, "“" + strings.TrimSuffix(words(39), ".") + "” (Lee, n.d.)."},
		{"40 words are a block", words(40), "", StyleAPA, "    " + words(40) + " (Lee, n.d.)"},
		{"49 words are a block", words(49), "Toes", StyleMLA, "In the section “Toes”:\n    " + words(49) + " (Lee)"},
		{"99 words run in", words(99), "", StyleChicago, "“" + strings.TrimSuffix(words(99), ".") + "” (Lee, n.d.)."},
		{"100 words are a block", words(100), "", StyleChicago, "    " + words(100) + " (Lee, n.d.)"},
	} {
		t.Run(tc.name+"/"+string(tc.style), func(t *testing.T) {
			w := Work{Title: "Feet", Author: "Ann Lee", Quote: tc.quote, Section: tc.section}
			if got, _, _ := strings.Cut(mustCite(t, w, tc.style), "\n\n"); got != tc.want {
				t.Errorf("got\n%s\nwant\n%s", got, tc.want)
			}
		})
	}
}

func TestReferenceLeavesTheQuotationOut(t *testing.T) {
	w := Work{Title: "Feet", Author: "Ann Lee", Quote: "Dry each toe.", Section: "Toes"}
	got, err := w.Reference(StyleAPA)
	if want := "Lee, A. (n.d.). Feet."; err != nil || got != want {
		t.Errorf("Reference = %q, %v; want %q", got, err, want)
	}
}
