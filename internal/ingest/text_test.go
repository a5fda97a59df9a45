package ingest

import (
	"errors"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"verbatim/internal/article"
)

func readFile(t *testing.T, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func headings(a *article.Article) []string {
	var names []string
	for _, s := range a.Sections {
		names = append(names, s.Heading)
	}
	return names
}

func TestRead_sample(t *testing.T) {
	a, report, err := Read("sample.txt", readFile(t, "testdata/sample.txt"), article.Date{Year: 2020, Month: 1, Day: 1})
	if err != nil {
		t.Fatal(err)
	}
	wantMeta := article.Meta{
		Title: "Why Do Knees Hurt After a Run?", Author: "Jane Doe", AuthorBio: "Jane Doe is a physiotherapist. She has treated runners since 2001.",
		Updated: article.Date{Year: 2018, Month: 6, Day: 7}, Published: article.Date{Year: 2016, Month: 5, Day: 3}, Audience: article.Everyone, Language: "en",
	}
	if diff := cmp.Diff(wantMeta, a.Meta, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("meta (-want +got):\n%s", diff)
	}
	wantText := `Knees often ache after a long run. Most aches fade within two days & need no treatment (ice_pack, 20*2 minutes).

1. Rest the leg.
2. Cool it, e.g. with a wet cloth that you change often.

Common Causes

- worn shoes
- a sudden rise in distance

Short paragraphs without a stop are kept when they are long enough to read like text

When should you see a doctor?

Go if the knee is red, hot or cannot carry you. See https://example.org/knee_pain for more.`
	if diff := cmp.Diff(wantText, a.Canonical); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"", "Common Causes", "When should you see a doctor?"}, headings(a)); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
	wantDropped := []article.Dropped{
		{Line: 1, Text: "Skip to content", Why: "navigation"},
		{Line: 8, Text: "Share", Why: "a button of the page"},
		{Line: 17, Text: "Advertisement", Why: "advertising"},
		{Line: 30, Text: "Cite this Page A tool for citations Citation tool", Why: "a link to a citation tool"},
		{Line: 36, Text: "Copyright 2018 Example Media. All rights reserved.", Why: "a copyright notice"},
	}
	if diff := cmp.Diff(wantDropped, report.Dropped); diff != "" {
		t.Errorf("dropped (-want +got):\n%s", diff)
	}
	if len(report.Warnings) > 0 {
		t.Errorf("warnings %q", report.Warnings)
	}
}

// TestRead_seed reads the seed article, which is not part of the repository.
func TestRead_seed(t *testing.T) {
	src, err := os.ReadFile("../../../shared/seeds/000_8f6b59137ea56d61.txt")
	if errors.Is(err, os.ErrNotExist) {
		t.Skip("the seed article is not here; it is kept beside the repository, in ../shared/seeds")
	}
	if err != nil {
		t.Fatal(err)
	}
	a, report, err := Read("seed.txt", src, article.Date{Year: 2020, Month: 1, Day: 1})
	if err != nil {
		t.Fatal(err)
	}
	if a.Meta.Title != "Is it Safe to Massage a Prostate?" || a.Meta.Author != "Stephen Venneman" || a.Meta.Updated.String() != "2017-07-19" {
		t.Errorf("meta %+v", a.Meta)
	}
	_, bio, _ := strings.Cut(string(src), "About the Author\n\n")
	if bio == "" || a.Meta.AuthorBio != strings.TrimSpace(bio) {
		t.Errorf("bio %q", a.Meta.AuthorBio)
	}
	if diff := cmp.Diff([]string{"", "Purposes of Massage", "Is It Safe or Effective?"}, headings(a)); diff != "" {
		t.Errorf("sections (-want +got):\n%s", diff)
	}
	if len(report.Dropped) != 1 || !strings.HasPrefix(report.Dropped[0].Text, "Cite this Article") || report.Dropped[0].Line != 27 {
		t.Errorf("dropped %+v", report.Dropped)
	}
	var raw []string
	for i, line := range strings.Split(string(src), "\n") {
		if i > 2 && i < 26 && line != "" {
			raw = append(raw, line)
		}
	}
	if diff := cmp.Diff(strings.Join(raw, "\n\n"), a.Canonical); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func TestRead_kinds(t *testing.T) {
	today := article.Date{Year: 2020, Month: 1, Day: 1}
	front := "---\ntitle: A\nauthor: B\nupdated: 2017-07-19\n---\n# A\n\ntext\n"
	for name, src := range map[string]string{"LF": front, "CRLF": strings.ReplaceAll(front, "\n", "\r\n"), "CR": strings.ReplaceAll(front, "\n", "\r"), "BOM": "\uFEFF" + front} {
		a, report, err := Read("a.md", []byte(src), today)
		if err != nil || a.Canonical != "text" || len(report.Warnings) != 1 {
			t.Errorf("%s: article %+v, report %+v, error %v", name, a, report, err)
		}
	}
	a, report, err := Read("a.txt", []byte("A title\n\nSome text.\n\nShare\n"), today)
	want := "a.txt: no author was found; add front matter with a line such as \"author: Jane Doe\"\na.txt: no date of the last update was found; add front matter with a line such as \"updated: 2017-07-19\""
	if a != nil || err == nil || err.Error() != want || len(report.Dropped) != 1 {
		t.Errorf("article %v, report %+v, error %v", a, report, err)
	}
	if _, _, err = Read("a.txt", []byte("A\nna\xefve"), today); err == nil || err.Error() != "a.txt:2:3: the byte 0xEF is not UTF-8; save the file as UTF-8" {
		t.Errorf("error %v", err)
	}
	for _, blank := range []string{"", "\uFEFF", " \r\n\t\n"} {
		if _, _, err = Read("a.txt", []byte(blank), today); err == nil || err.Error() != "a.txt: the file is empty; write the article into it, or remove it" || !errors.Is(err, article.ErrInvalid) {
			t.Errorf("error %v", err)
		}
	}
	if _, _, err = Read("a.txt", []byte("A\n\nBy Jane Doe\n\nUpdated July 19, 2027\n\nText."), today); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("a future date gives %v", err)
	}
}

func TestReport_notes(t *testing.T) {
	src := "T\n\nBy Jane Doe\n\nJuly 19, 2017\n\nText.\n\nShare\n\nUpdated July 20, 2017\n\nMore.\n"
	_, report, err := Read("a.txt", []byte(src), article.Date{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"A date without a label, 2017-07-19, is taken for the last update.",
		`Line 9: "Share" is left out: a button of the page.`,
		`Line 11: "Updated July 20, 2017" is left out: another date was found before.`,
	}
	if diff := cmp.Diff(want, report.Notes()); diff != "" {
		t.Errorf("notes (-want +got):\n%s", diff)
	}
}

func TestText_header(t *testing.T) {
	date := article.Date{Year: 2017, Month: 7, Day: 19}
	for name, test := range map[string]struct {
		src                                   string
		title, author, bio, updated, publised string
		missing                               []string
		warnings                              int
	}{
		"plain":          {"T\n\nUpdated July 19, 2017\n\nBy Jane Doe\n\nText.", "T", "Jane Doe", "", "2017-07-19", "", nil, 0},
		"in any order":   {"T\nBy Jane Doe, M.D.\nJul 19 2017\nText.", "T", "Jane Doe", "M.D.", "2017-07-19", "", nil, 1},
		"two authors":    {"T\n\nWritten by Jane Doe and Zoë van der Berg\n\nLast modified: 2017-07-19\n\nText.", "T", "Jane Doe; Zoë van der Berg", "", "2017-07-19", "", nil, 0},
		"labels":         {"# T\n\nAuthor: J. R. Doe (nurse)\n\nPublished: 1 May 2016; updated 19th July 2017\n\nText.", "T", "J. R. Doe", "nurse", "2017-07-19", "2016-05-01", nil, 0},
		"published only": {"T\n\nOriginally published on Wed, 19 July 2017.\n\nText.", "T", "", "", "2017-07-19", "2017-07-19", []string{"author"}, 1},
		"date at end":    {"T\n\nText.\n\nThis article was last updated on Sept. 5, 2017", "T", "", "", "2017-09-05", "", []string{"author"}, 0},
		"two readings":   {"T\n\nUpdated 07/08/2017\n\nText.", "T", "", "", "", "", []string{"author", "updated"}, 1},
		"impossible":     {"T\n\nUpdated February 30, 2017\n\nText.", "T", "", "", "", "", []string{"author", "updated"}, 1},
		"published last": {"T\n\nUpdated 2017-07-19 | Published 2018-07-19\n\nText.", "T", "", "", "2017-07-19", "", []string{"author"}, 1},
		"no title":       {"This is a whole paragraph of text that nobody would ever take for the title of it.\n\nUpdated 2017-07-19", "", "", "", "2017-07-19", "", []string{"title", "author"}, 0},
		"no byline":      {"T\n\nBy then it was late.\n\nText.", "T", "", "", "", "", []string{"author", "updated"}, 0},
		"author note":    {"T\n\nText.\n\nAbout the Author: John Roe, a nurse, has written much.", "T", "John Roe", "John Roe, a nurse, has written much.", "", "", []string{"updated"}, 0},
		"author pronoun": {"T\n\nText.\n\nAbout the Authors\n\nShe is a nurse.", "T", "", "She is a nurse.", "", "", []string{"author", "updated"}, 0},
		"empty":          {"", "", "", "", "", "", []string{"title", "author", "updated"}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			d, err := Text([]byte(test.src), article.Options{Today: date})
			if err != nil {
				t.Fatal(err)
			}
			m := d.Meta
			got := []string{m.Title, m.Author, m.AuthorBio, m.Updated.String(), m.Published.String()}
			if diff := cmp.Diff([]string{test.title, test.author, test.bio, test.updated, test.publised}, got); diff != "" {
				t.Errorf("title, author, bio, updated, published (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.missing, d.Missing()); diff != "" || len(d.Warnings) != test.warnings {
				t.Errorf("warnings %q, missing (-want +got):\n%s", d.Warnings, diff)
			}
		})
	}
}

func TestText_headings(t *testing.T) {
	for name, test := range map[string]struct {
		body string
		want []string
	}{
		"title case":       {"Text.\n\nWhat It Is and How\n\nText.", []string{"What It Is and How"}},
		"question":         {"Text.\n\nIs it safe for most people?\n\nText.", []string{"Is it safe for most people?"}},
		"not a question":   {"Text.\n\nBut then, is it safe for most people?\n\nText.", nil},
		"short":            {"Text.\n\nRisks and side effects\n\nText.", []string{"Risks and side effects"}},
		"sentence":         {"Text.\n\nStop at once.\n\nText.", nil},
		"long line":        {"Text.\n\nthe quick brown fox jumps over the lazy dog again and again\n\nText.", nil},
		"no blank line":    {"Text.\n\nRisks\nText.", nil},
		"introduction":     {"Text.\n\nYou need:\n\n- a\n- b", nil},
		"nothing below":    {"Text.\n\nThe End", nil},
		"two in a row":     {"Text.\n\nCare\n\nAt Home\n\nText.", []string{"Care", "At Home"}},
		"an unmarked list": {"Text.\n\nYou Need\n\nIce\n\nWater\n\nTime\n\nText.", []string{"You Need"}},
		"number signs":     {"Text.\n\n### C# and F# #\n\nText.", []string{"C# and F# #"}},
	} {
		t.Run(name, func(t *testing.T) {
			src := "T\n\nBy Jane Doe\n\nUpdated 2017-07-19\n\n" + test.body
			a, _, err := Read("a.txt", []byte(src), article.Date{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, headings(a)[1:], cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("headings (-want +got):\n%s", diff)
			}
			if got, want := strings.Fields(a.Canonical), strings.Fields(strings.Replace(test.body, "### ", "", 1)); !cmp.Equal(got, want) {
				t.Errorf("words %q, want %q", got, want)
			}
		})
	}
}

func TestText_dropped(t *testing.T) {
	for _, line := range []string{
		"Cite this Article", "Share on Facebook", "Print this page", "ADVERTISEMENT", "Subscribe to our newsletter!", "Related Articles", "© 2019 Example", "(c) Example Ltd",
		"Skip to main content", "We use cookies to improve this site.", "This website uses cookies.", "Accept all cookies", "Privacy Policy", "Sign In",
	} {
		d, err := Text([]byte("T\n\nText.\n\n"+line+"\n\nMore text."), article.Options{})
		if err != nil || len(d.Dropped) != 1 || d.Dropped[0].Line != 5 || d.Dropped[0].Text != line || d.Dropped[0].Why == "" || d.Body != "Text.\n\nMore text." {
			t.Errorf("%q: dropped %+v, body %q, error %v", line, d.Dropped, d.Body, err)
		}
	}
	for _, line := range []string{
		"Share the load with a partner.", "Print is easier to read for some.", "Cite this article in a talk, and people will listen.", "Copyrighted material is not the topic.",
		"Subscribe to the view that pain is a signal, and rest.", "Ads are everywhere.", "Cookies are fine.", "Related problems are rare.", "Updated advice is on its way.",
	} {
		d, err := Text([]byte("T\n\nText.\n\n"+line+"\n\nMore text."), article.Options{})
		if err != nil || len(d.Dropped) != 0 || !strings.Contains(d.Body, line) {
			t.Errorf("%q: dropped %+v, body %q, error %v", line, d.Dropped, d.Body, err)
		}
	}
}

func TestText_lists(t *testing.T) {
	for body, want := range map[string]string{
		"* a\n* b\n  c":           "- a\n- b c",
		"• a\n• b":                "- a\n- b",
		"2) a\n3) b":              "2. a\n3. b",
		"1. a\n1. b":              "1. a\n\n1. b",
		"1. a\n- b":               "1. a\n\n- b",
		"- [x] *a*":               "- [x] *a*",
		"Text that\n- wraps here": "Text that - wraps here",
	} {
		d, err := Text([]byte("T\n\nUpdated 2017-07-19\n\nBy Jane Doe\n\nFirst.\n\n"+body), article.Options{})
		if err != nil {
			t.Fatal(err)
		}
		a, err := d.Article(article.Options{})
		if err != nil || a.Canonical != "First.\n\n"+want {
			t.Errorf("%q became %q, want %q (%v)", body, a.Canonical, want, err)
		}
	}
}

func TestText_oneParagraphALine(t *testing.T) {
	long := strings.Repeat("These are the words of a long line. ", 4)
	d, err := Text([]byte("T\n\n"+long+"\n"+long+"\n"), article.Options{})
	if err != nil || strings.Count(d.Body, "\n\n") != 1 {
		t.Errorf("body %q, error %v", d.Body, err)
	}
}
