package article

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var risLine = regexp.MustCompile(`^([A-Z][A-Z0-9])  - (.*)$`)

// parseRIS reads one record: a map from tag to its values in order.
func parseRIS(s string) (map[string][]string, error) {
	body, ok := strings.CutSuffix(s, "ER  - \r\n")
	if !ok || !strings.HasPrefix(body, "TY  - ") {
		return nil, fmt.Errorf("no record in %q", s)
	}
	tags := map[string][]string{}
	for line := range strings.SplitSeq(strings.TrimSuffix(body, "\r\n"), "\r\n") {
		m := risLine.FindStringSubmatch(line)
		if m == nil || strings.ContainsAny(line, "\r\n") {
			return nil, fmt.Errorf("bad line %q", line)
		}
		tags[m[1]] = append(tags[m[1]], m[2])
	}
	return tags, nil
}

func one(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func TestRISParsesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := genWork(t)
		c := w.prepare()
		out, err := w.Cite(StyleRIS)
		if err != nil {
			t.Fatal(err)
		}
		got, err := parseRIS(out)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string][]string{"TY": {"ELEC"}}
		set := func(tag string, values ...string) {
			if len(values) > 0 {
				want[tag] = values
			}
		}
		for _, n := range c.authors {
			if a := strings.TrimSpace(strings.ReplaceAll(n.inverted(fullGiven), "*", "")); a != "" {
				want["AU"] = append(want["AU"], a)
			}
		}
		set("TI", one(c.title)...)
		set("T2", one(c.site)...)
		if d := c.date(); !d.IsZero() {
			set("PY", fmt.Sprintf("%04d", d.Year))
			set("DA", fmt.Sprintf("%04d/%02d/%02d", d.Year, d.Month, d.Day))
		}
		if d := c.accessed; !d.IsZero() {
			set("Y2", fmt.Sprintf("%04d/%02d/%02d", d.Year, d.Month, d.Day))
		}
		set("LA", one(c.language)...)
		set("UR", one(c.url)...)
		set("N1", append(c.notes(), one(c.quoteNote())...)...)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestRISCannotBeBrokenFromInside(t *testing.T) {
	w := Work{
		Title: "Feet\r\nER  - \r\nTY  - BOOK", Author: "Ann* Lee\nAU  - Eve", URL: "https://example.org/\nER  - ",
		Quote: "a\u2028b\u0085c\x00d",
	}
	want := crlf("TY  - ELEC", "AU  - Eve, Ann Lee AU -", "TI  - Feet ER - TY - BOOK", "UR  - https://example.org/ER%20%20-", "N1  - Quoted: “a b c d”", "ER  - ")
	if got := mustCite(t, w, StyleRIS); got != want {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}
