package search

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/article"
)

// TestTitlesHeld compares the shares of all titles with those of each by itself.
func TestTitlesHeld(t *testing.T) {
	var articles []*article.Article
	for _, title := range []string{"Storing green tea", "The garden pond in winter", "Tea", "Cleaning a garden pool", "How much water a pond takes", "Green"} {
		articles = append(articles, parse(t, fmt.Sprintf("---\ntitle: %s\nauthor: A. B.\nupdated: 2020-01-02\n---\n\nSome text.\n", title)))
	}
	x := build(t, Synonyms{Groups: [][]string{{"pond", "garden pool"}, {"keep", "store"}}}, articles...)
	titles := x.Titles()
	some := rapid.SliceOfNDistinct(rapid.SampledFrom(strings.Fields("he how the keep green pond garden tea winter frog does water much use")), 0, 8, rapid.ID[string])
	rapid.Check(t, func(rt *rapid.T) {
		question := strings.Join(some.Draw(rt, "words"), " ")
		held, err := titles.Held(t.Context(), question)
		if err != nil {
			rt.Fatal(err)
		}
		for i, a := range articles {
			if want := x.Support(question, a.Meta.Title).Coverage; math.Abs(held[i]-want) > 1e-9 {
				rt.Errorf("%q in %q: %v, want %v", question, a.Meta.Title, held[i], want)
			}
		}
	})
}
