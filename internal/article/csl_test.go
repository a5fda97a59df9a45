package article

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func cslDateParts(d Date) any {
	return map[string]any{"date-parts": []any{[]any{float64(d.Year), float64(d.Month), float64(d.Day)}}}
}

// wantCSL writes the item as generic JSON, by the names of the CSL 1.0 variables.
func wantCSL(c cited) map[string]any {
	want := map[string]any{"id": c.key(), "type": "webpage"}
	for name, value := range map[string]string{
		"title": c.title, "container-title": c.site, "URL": c.url, "language": c.language, "section": c.section,
		"note": strings.Join(c.notes(), " "), "annote": c.quote,
	} {
		if value != "" {
			want[name] = value
		}
	}
	for name, d := range map[string]Date{"issued": c.date(), "accessed": c.accessed} {
		if !d.IsZero() {
			want[name] = cslDateParts(d)
		}
	}
	if !c.updated.IsZero() && !c.published.IsZero() {
		want["original-date"] = cslDateParts(c.published)
	}
	var authors []any
	for _, n := range c.authors {
		author := map[string]any{}
		for name, value := range map[string]string{
			"literal": n.literal, "family": n.family, "given": n.given, "suffix": n.suffix,
			"dropping-particle": n.dropping, "non-dropping-particle": n.particle,
		} {
			if value != "" {
				author[name] = value
			}
		}
		authors = append(authors, author)
	}
	if authors != nil {
		want["author"] = authors
	}
	return want
}

func TestCSLParsesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := genWork(t)
		out, err := w.Cite(StyleCSL)
		if err != nil {
			t.Fatal(err)
		}
		var items []map[string]any
		if err := json.Unmarshal([]byte(out), &items); err != nil || len(items) != 1 {
			t.Fatalf("%d items, %v in\n%s", len(items), err, out)
		}
		if diff := cmp.Diff(wantCSL(w.prepare()), items[0]); diff != "" {
			t.Fatalf("(-want +got):\n%s", diff)
		}
	})
}

func TestCSLKeyOrder(t *testing.T) {
	d := Date{2017, 7, 19}
	out := mustCite(t, Work{
		Title: "Feet", Author: "Lee, Ann, Jr.", Updated: d, Published: d, Accessed: d, URL: "https://example.org/?a&b", Site: "Walking",
		Language: "en", License: "CC0", Section: "Toes", Quote: "Dry <each> toe.",
	}, StyleCSL)
	at := 0
	for _, key := range []string{
		"id", "type", "title", "container-title", "author", "family", "given", "suffix", "issued", "original-date",
		"accessed", "URL", "language", "section", "note", "annote",
	} {
		i := strings.Index(out[at:], `"`+key+`":`)
		if i < 0 {
			t.Fatalf("%q is missing or out of order in\n%s", key, out)
		}
		at += i
	}
	if !strings.Contains(out, "?a&b") || !strings.Contains(out, "<each>") {
		t.Errorf("characters were escaped for HTML in\n%s", out)
	}
}
