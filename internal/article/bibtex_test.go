package article

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// bibEntry is what parseBibTeX reads: the fields still escaped.
type bibEntry struct {
	kind, key string
	fields    map[string]string
}

// parseBibTeX reads one entry by BibTeX's own rules: a value in braces ends at
// the brace that balances, and a backslash does not hide a brace.
func parseBibTeX(s string) (bibEntry, error) {
	e := bibEntry{fields: map[string]string{}}
	head, rest, ok := strings.Cut(s, ",")
	kind, key, open := strings.Cut(head, "{")
	if !ok || !open || !strings.HasPrefix(kind, "@") {
		return e, fmt.Errorf("no entry in %q", s)
	}
	e.kind, e.key = kind[1:], key
	for {
		rest = strings.TrimSpace(rest)
		if rest == "}" {
			return e, nil
		}
		name, after, ok := strings.Cut(rest, " = ")
		if !ok || strings.ContainsAny(name, "{}, \n") || e.fields[name] != "" {
			return e, fmt.Errorf("no field at %q", rest)
		}
		size := bibValueSize(after)
		if size < 0 || !strings.HasPrefix(after[size:], ",") {
			return e, fmt.Errorf("value of %s does not end: %q", name, after)
		}
		e.fields[name] = after[:size]
		rest = after[size+1:]
	}
}

func bibValueSize(s string) int {
	depth := 0
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case ',':
			if depth == 0 {
				return i // a macro such as jul
			}
		}
	}
	return -1
}

var bibUnescapes = strings.NewReplacer(
	`\textbackslash{}`, `\`, `\textbraceleft{}`, `{`, `\textbraceright{}`, `}`, `\textasciitilde{}`, `~`, `\textasciicircum{}`, `^`,
	`\textless{}`, `<`, `\textgreater{}`, `>`, `\textbar{}`, `|`, `\&`, `&`, `\%`, `%`, `\$`, `$`, `\#`, `#`, `\_`, `_`,
)

// unbrace takes n pairs of outer braces off.
func unbrace(s string, n int) string {
	for range n {
		s = strings.TrimSuffix(strings.TrimPrefix(s, "{"), "}")
	}
	return s
}

func (e bibEntry) text(name string) string { return bibUnescapes.Replace(unbrace(e.fields[name], 1)) }

// authors splits the author field at " and " outside braces, and each at its commas.
func (e bibEntry) authors() [][]string {
	var names [][]string
	for _, name := range splitAtDepthZero(unbrace(e.fields["author"], 1), " and ") {
		parts := splitAtDepthZero(name, ", ")
		for i, p := range parts {
			parts[i] = bibUnescapes.Replace(bareBraces.Replace(bibMarkBraces.Replace(p)))
		}
		names = append(names, parts)
	}
	return names
}

// The braces of "\textbar{}" belong to the escape; all others only group.
var (
	bibMarkBraces = strings.NewReplacer("{}", "\x00")
	bareBraces    = strings.NewReplacer("{", "", "}", "", "\x00", "{}")
)

func splitAtDepthZero(s, sep string) []string {
	if s == "" {
		return nil
	}
	var out []string
	depth, start := 0, 0
	for i := range len(s) {
		switch {
		case s[i] == '{':
			depth++
		case s[i] == '}':
			depth--
		case depth == 0 && i >= start && strings.HasPrefix(s[i:], sep):
			out = append(out, s[start:i])
			start = i + len(sep)
		}
	}
	return append(out, s[start:])
}

// wantBibAuthors is what the authors field has to give back: "von Last", "Jr"
// and "First", or the whole name of an organisation.
func wantBibAuthors(names []personName) [][]string {
	var want [][]string
	for _, n := range names {
		var parts []string
		for _, p := range []string{n.surname(), n.suffix, strings.TrimSpace(n.given + " " + n.dropping)} {
			if p != "" {
				parts = append(parts, p)
			}
		}
		want = append(want, parts)
	}
	return want
}

func TestBibTeXParsesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := genWork(t)
		c := w.prepare()
		out, err := w.Cite(StyleBibTeX)
		if err != nil {
			t.Fatal(err)
		}
		e, err := parseBibTeX(out)
		if err != nil {
			t.Fatalf("%v in\n%s", err, out)
		}
		if e.kind != "misc" || e.key != c.key() || strings.Trim(e.key, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
			t.Fatalf("entry %s, key %q", e.kind, e.key)
		}
		if got := bibUnescapes.Replace(unbrace(e.fields["title"], 2)); got != c.title {
			t.Fatalf("title %q, want %q in\n%s", got, c.title, out)
		}
		for name, want := range map[string]string{
			"howpublished": c.site, "language": c.language, "note": strings.Join(c.notes(), " "), "annote": c.quoteNote(),
			"date": c.date().String(), "urldate": c.accessed.String(),
		} {
			if got := e.text(name); got != want {
				t.Fatalf("%s is %q, want %q in\n%s", name, got, want, out)
			}
		}
		if got := unbrace(e.fields["url"], 1); got != c.url {
			t.Fatalf("url is %q, want %q", got, c.url)
		}
		if diff := cmp.Diff(wantBibAuthors(c.authors), e.authors()); diff != "" {
			t.Fatalf("authors (-want +got):\n%s in\n%s", diff, out)
		}
	})
}

func TestBibTeXEscapes(t *testing.T) {
	const nasty = `100% of $5 & #1_a {b} ~c ^d \e "f" <g>|h é 🙂`
	const want = `  title = {{100\% of \$5 \& \#1\_a \textbraceleft{}b\textbraceright{} \textasciitilde{}c ` +
		`\textasciicircum{}d \textbackslash{}e "f" \textless{}g\textgreater{}\textbar{}h é 🙂}},` + "\n"
	if got := mustCite(t, Work{Title: nasty}, StyleBibTeX); !strings.Contains(got, want) {
		t.Errorf("got\n%s\nwant the line\n%s", got, want)
	}
}

func TestBibTeXNames(t *testing.T) {
	for author, want := range map[string]string{
		"Vincent van Gogh":        "van Gogh, Vincent",
		"King, Martin Luther, Jr": "King, Jr, Martin Luther",
		"{Smith and Sons}":        "{Smith and Sons}",
		"{others}":                "{others}",
		"José Ortega y Gasset":    "{Ortega y Gasset}, José",
		"Beauvoir, Simone de":     "Beauvoir, Simone de",
		"bell hooks":              "hooks, bell",
		"{AT&T}; Ann Lee":         `{AT\&T} and Lee, Ann`,
	} {
		e, err := parseBibTeX(mustCite(t, Work{Author: author}, StyleBibTeX))
		if got := unbrace(e.fields["author"], 1); err != nil || got != want {
			t.Errorf("%q gives %q, %v; want %q", author, got, err, want)
		}
	}
}

func TestBibTeXKey(t *testing.T) {
	d := Date{2017, 7, 19}
	for _, tc := range []struct {
		work Work
		want string
	}{
		{Work{Title: "Is it Safe?", Author: "Stephen Venneman", Updated: d}, "venneman-2017-safe"},
		{Work{Title: "The Feet", Author: "Vincent van Gogh", Published: d}, "gogh-2017-feet"},
		{Work{Title: "Ærlig Øl", Author: "Łukasz Ångström"}, "angstrom-nd-aerlig"},
		{Work{Title: "足のケア", Author: "王小明"}, "anon-nd-untitled"},
		{Work{Title: "The Of", Author: "The Economist"}, "economist-nd-untitled"},
		{Work{Title: "C++, {x}"}, "anon-nd-c"},
	} {
		if got := tc.work.prepare().key(); got != tc.want {
			t.Errorf("key of %+v is %q, want %q", tc.work, got, tc.want)
		}
	}
}
