package article

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const sound = "title: A\nauthor: Jane Doe\nupdated: 2017-07-19\n"

func document(front, body string) string { return "---\n" + front + "---\n" + body }

func TestParse_problems(t *testing.T) {
	today := Date{2020, 1, 1}
	tests := map[string]struct {
		src  string
		want []string // "line:column: message; fix"
	}{
		"empty file":             {"", []string{`1:1: there is no front matter; begin the file with a line "---", the keys title, author and updated, and another line "---"`}},
		"no front matter":        {"# A\n\ntext\n", []string{`1:1: there is no front matter; begin the file with a line "---", the keys title, author and updated, and another line "---"`}},
		"unterminated":           {"---\n" + sound, []string{`1:1: the front matter does not end; put a line "---" between the front matter and the text`}},
		"nothing in it":          {document("", "text"), []string{`1:1: the front matter has no title; add a line such as "title: Knee pain in runners"`, `1:1: the front matter has no author; add a line such as "author: Jane Doe"`, `1:1: the front matter has no updated; add a line such as "updated: 2017-07-19"`}},
		"a list":                 {document("- a\n- b\n", "text"), []string{`2:1: the front matter is not a list of keys and values; write lines such as "title: Knee pain in runners"`}},
		"missing author":         {document("title: A\nupdated: 2017-07-19\n", "text"), []string{`1:1: the front matter has no author; add a line such as "author: Jane Doe"`}},
		"unknown key":            {document(sound+"auther_bio: x\n", "text"), []string{`5:1: there is no key "auther_bio"; did you mean author_bio?`}},
		"nothing like it":        {document(sound+"x: y\n", "text"), []string{`5:1: there is no key "x"; the keys are title, author, author_bio, updated, published, source_url, adapted_from, audience, topics, language, reviewed, license`}},
		"unknown nested key":     {document(sound+"adapted_from:\n  title: B\n  author: C\n  link: http://d.org\n", "text"), []string{`8:3: there is no key "adapted_from.link"; the keys are title, author, updated, url`}},
		"duplicate key":          {document(sound+"title: B\n", "text"), []string{`5:1: the key "title" is already on line 2; remove one of the two`}},
		"number as text":         {document("title: 1984\nauthor: J\nupdated: 2017-07-19\n", "text"), []string{`2:8: title takes text; put the value in quotes`}},
		"bool as text":           {document(sound+"license: true\n", "text"), []string{`5:10: license takes text; put the value in quotes`}},
		"list as text":           {document(sound+"license: [a]\n", "text"), []string{`5:10: license takes one text; write the text behind the colon, in quotes`}},
		"text as list":           {document(sound+"topics: a\n", "text"), []string{`5:9: topics takes a list; write it in brackets, such as [anatomy, safety]`}},
		"number in list":         {document(sound+"topics:\n  - a\n  - 1\n", "text"), []string{`7:5: topics takes text; put the value in quotes`}},
		"text as mapping":        {document(sound+"reviewed: yes\n", "text"), []string{`5:11: reviewed takes keys and values of its own; write its keys on the following lines, indented by two spaces`}},
		"no value":               {document(sound+"license:\n", "text"), []string{`5:1: license has no value; give it a value or remove the line`}},
		"empty title":            {document("title: \" \"\nauthor: J\nupdated: 2017-07-19\n", "text"), []string{`2:1: title is empty; write one, such as "title: Knee pain in runners"`}},
		"impossible date":        {document("title: A\nauthor: J\nupdated: 2017-02-30\n", "text"), []string{`4:10: updated is "2017-02-30", which is not a date on the calendar; write the date as 2017-07-19`}},
		"year only":              {document("title: A\nauthor: J\nupdated: 2017\n", "text"), []string{`4:10: updated is "2017", which is not a date on the calendar; write the date as 2017-07-19`}},
		"written date":           {document("title: A\nauthor: J\nupdated: July 19, 2017\n", "text"), []string{`4:10: updated is "July 19, 2017", which is not a date on the calendar; write the date as 2017-07-19`}},
		"future date":            {document("title: A\nauthor: J\nupdated: 2020-01-02\n", "text"), []string{`4:10: updated is 2020-01-02, which is in the future (today is 2020-01-01); correct the date`}},
		"future review":          {document(sound+"reviewed: {by: M, on: 2020-01-02, next: 2030-01-01}\n", "text"), []string{`5:23: reviewed.on is 2020-01-02, which is in the future (today is 2020-01-01); correct the date`}},
		"published last":         {document(sound+"published: 2018-01-01\n", "text"), []string{`5:1: published (2018-01-01) is after updated (2017-07-19); correct one of the two dates`}},
		"bad audience":           {document(sound+"audience: adults\n", "text"), []string{`5:11: there is no audience "adults"; write everyone or age-restricted`}},
		"bad language":           {document(sound+"language: English (UK)\n", "text"), []string{`5:11: language is "English (UK)", which is not a language tag; write a tag such as en or pt-BR`}},
		"bad address":            {document(sound+"source_url: ftp://example.org/a\n", "text"), []string{`5:13: source_url is not a web address; write the whole address, such as https://example.org/page`}},
		"script address":         {document(sound+"source_url: javascript:alert(1)\n", "text"), []string{`5:13: source_url is not a web address; write the whole address, such as https://example.org/page`}},
		"adaptation without":     {document(sound+"adapted_from: {url: https://a.org}\n", "text"), []string{`5:1: adapted_from has no title; add a line such as "title: Knee pain in runners"`, `5:1: adapted_from has no author; add a line such as "author: Jane Doe"`}},
		"anchor":                 {document("title: &a A\nauthor: *a\nupdated: 2017-07-19\n", "text"), []string{`2:8: an anchor (&) is not allowed in front matter; write the value out`}},
		"alias":                  {document("title: *a\n", "text"), []string{`2:8: an alias (*) is not allowed in front matter; write the value out`}},
		"tag":                    {document("title: !!binary YQ==\n", "text"), []string{`2:8: a tag (!) is not allowed in front matter; write the value out`}},
		"explicit key":           {document("? title\n: A\n", "text"), []string{`2:1: an explicit key (?) is not allowed in front matter; write the value out`}},
		"deep":                   {document("topics: "+strings.Repeat("[", 9)+strings.Repeat("]", 9)+"\n", "text"), []string{`2:17: the front matter is nested too deeply; keep to the keys that the documentation names`}},
		"empty body":             {document(sound, ""), []string{`6:1: the article has no text; write at least one paragraph below the front matter`}},
		"only headings":          {document(sound, "# A\n\n## B\n\n![x](y)\n\n<!-- z -->\n\n---\n"), []string{`6:1: the article has no text; write at least one paragraph below the front matter`}},
		"not UTF-8":              {document(sound, "na\xefve"), []string{"6:3: the byte 0xEF is not UTF-8; save the file as UTF-8"}},
		"not UTF-8 in a column":  {"\uFEFF---\r\ntitle: ä\xff\r\n---\r\n", []string{"2:9: the byte 0xFF is not UTF-8; save the file as UTF-8"}},
		"NUL":                    {document(sound, "text\r\ra\x00"), []string{"8:2: there is a NUL byte; remove it, or save the file as plain UTF-8 text"}},
		"several in their order": {document("titel: A\nauthor: 7\nupdated: 2017-13-01\n", "text"), []string{`1:1: the front matter has no title; add a line such as "title: Knee pain in runners"`, `2:1: there is no key "titel"; did you mean title?`, `3:9: author takes text; put the value in quotes`, `4:10: updated is "2017-13-01", which is not a date on the calendar; write the date as 2017-07-19`}},
		"line break in title":    {document("title: \"A\\nb\"\nauthor: J\nupdated: 2017-07-19\n", "x"), []string{"2:8: title has a line break in it; write it on one line"}},
		"line break in author":   {document("title: A\nauthor: |\n  J\n  K\nupdated: 2017-07-19\n", "x"), []string{"3:9: author has a line break in it; write it on one line"}},
		"line break in original": {document(sound+"adapted_from: {title: \"T\u2028U\", author: B}\n", "x"), []string{"5:23: adapted_from.title has a line break in it; write it on one line"}},
		"review before review":   {document(sound+"reviewed: {by: M, on: 2017-08-02, next: 2017-08-01}\n", "x"), []string{"5:41: reviewed.next (2017-08-01) is before reviewed.on (2017-08-02); correct one of the two dates"}},
		"several and no text":    {document("title: 7\nauthor: J\nupdated: 2017-07-19\n", "## B\n"), []string{`2:8: title takes text; put the value in quotes`, `6:1: the article has no text; write at least one paragraph below the front matter`}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			a, err := Parse([]byte(test.src), Options{File: "a.md", Today: today})
			if a != nil || !errors.Is(err, ErrInvalid) {
				t.Fatalf("article %v, error %v", a, err)
			}
			var want []string
			for _, w := range test.want {
				want = append(want, "a.md:"+w)
			}
			if diff := cmp.Diff(want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
		})
	}
}

// TestParse_syntax leaves the words of a syntax error to the YAML parser and
// tests its place, in the lines of the file as given.
func TestParse_syntax(t *testing.T) {
	for name, test := range map[string]struct {
		src  string
		want string
	}{
		"colon":         {"---\ntitle: A: b\n---\nx", "a.md:2:"},
		"indentation":   {"---\r\ntitle: A\r\n author: b\r\n---\r\nx", "a.md:2:"},
		"open quote":    {"---\rtitle: A\rauthor: \"b\r---\rx", "a.md:3:9:"},
		"open brackets": {"---\ntitle: A\ntopics: [a, b\n---\nx", "a.md:3:"},
		"tab":           {"---\nreviewed:\n\tby: x\n---\nx", "a.md:3:"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse([]byte(test.src), Options{File: "a.md"})
			if err == nil || !strings.HasPrefix(err.Error(), test.want) || !strings.Contains(err.Error(), "the front matter is not YAML") {
				t.Errorf("error %v, want one at %s", err, test.want)
			}
			checkProblems(t, err)
		})
	}
}

func TestParse_meta(t *testing.T) {
	front := "title: >\n  It's:\n  a\nauthor: \"J\\u00F6rg; A\"\nauthor_bio: |\n  One\n  two\nupdated: \"2019-05-06\"\npublished: 2018-01-02\n" +
		"source_url: HTTPS://example.org/a?b=c\nadapted_from:\n  title: T\n  author: B\n  updated: 2017-01-02\n  url: http://example.org\n" +
		"audience: age-restricted\ntopics:\n  - x\n  - \"y: z\"\nlanguage: pt-BR\nreviewed: {by: M, on: 2019-06-01, next: 2099-01-01}\nlicense: CC0-1.0 # a comment\n"
	a, err := Parse([]byte(document(front, "text")), Options{Today: Date{2020, 1, 1}})
	if err != nil {
		t.Fatal(err)
	}
	want := Meta{
		Title: "It's: a", Author: "Jörg; A", AuthorBio: "One\ntwo\n", Updated: Date{2019, 5, 6}, Published: Date{2018, 1, 2},
		SourceURL: "HTTPS://example.org/a?b=c", AdaptedFrom: &Adaptation{"T", "B", Date{2017, 1, 2}, "http://example.org"},
		Audience: AgeRestricted, Topics: []string{"x", "y: z"}, Language: "pt-BR",
		Reviewed: &Review{"M", Date{2019, 6, 1}, Date{2099, 1, 1}}, License: "CC0-1.0",
	}
	if diff := cmp.Diff(want, a.Meta); diff != "" {
		t.Errorf("meta (-want +got):\n%s", diff)
	}
}

func TestParse_defaults(t *testing.T) {
	a, err := Parse([]byte(document(sound+"topics: []\n", "text")), Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := Meta{Title: "A", Author: "Jane Doe", Updated: Date{2017, 7, 19}, Audience: Everyone, Language: "en"}
	if diff := cmp.Diff(want, a.Meta, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("meta (-want +got):\n%s", diff)
	}
}

// TestParse_lineEnds gives one text in the line ends of three systems.
func TestParse_lineEnds(t *testing.T) {
	lf := document(sound, "One\ntwo.\n\n## H\n\nThree.\n")
	want, err := Parse([]byte(lf), Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, src := range map[string]string{
		"CRLF": strings.ReplaceAll(lf, "\n", "\r\n"),
		"CR":   strings.ReplaceAll(lf, "\n", "\r"),
		"BOM":  "\uFEFF" + lf,
	} {
		got, err := Parse([]byte(src), Options{})
		if err != nil || got.Source != want.Source || got.Revision != want.Revision {
			t.Errorf("%s: source %q, error %v", name, got.Source, err)
		}
	}
}

func TestParse_tooLarge(t *testing.T) {
	for name, src := range map[string]string{
		"document":     document(sound, strings.Repeat("a\n\n", MaxSource/3+1)),
		"front matter": document(sound+"# "+strings.Repeat("a", maxFrontMatter)+"\n", "text"),
	} {
		if _, err := Parse([]byte(src), Options{File: "a.md"}); !errors.Is(err, ErrTooLarge) {
			t.Errorf("%s: error %v, want ErrTooLarge", name, err)
		} else {
			checkProblems(t, err)
		}
	}
}

func TestProblem_unwraps(t *testing.T) {
	_, err := Parse([]byte(document("title: 1\nauthor: 2\nupdated: 3\n", "x")), Options{})
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok || len(joined.Unwrap()) != 3 {
		t.Fatalf("error %v does not hold three problems", err)
	}
	lines := []int{}
	for _, e := range joined.Unwrap() {
		if p, ok := errors.AsType[*Problem](e); ok {
			lines = append(lines, p.Line)
		}
	}
	if !slices.Equal(lines, []int{2, 3, 4}) {
		t.Errorf("lines %v", lines)
	}
}
