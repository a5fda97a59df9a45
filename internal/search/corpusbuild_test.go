package search

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestCorpusIsTheSameOnAnyNumberOfCores builds on one core and on several.
func TestCorpusIsTheSameOnAnyNumberOfCores(t *testing.T) {
	articles := newSynthesizer(5).articles(t, 400)
	a, err := newAnalyzer()
	if err != nil {
		t.Fatal(err)
	}
	on := func(cores int) *corpus {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(cores))
		c, err := newCorpus(t.Context(), articles, a)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	one, several := on(1), on(4)
	if diff := cmp.Diff(one.names, several.names); diff != "" {
		t.Fatal(diff)
	}
	if !slices.Equal(one.df, several.df) || one.mean != several.mean || one.offers != several.offers {
		t.Error("the statistics differ")
	}
	same := func(p, q passage) bool {
		return p.article == q.article && p.index == q.index && slices.Equal(p.terms, q.terms) &&
			slices.Equal(p.ends, q.ends) && slices.Equal(p.shapes, q.shapes) && slices.Equal(p.cues, q.cues) &&
			slices.Equal(p.leans, q.leans) && slices.Equal(p.asks, q.asks) && slices.Equal(p.heading, q.heading) && slices.Equal(p.title, q.title)
	}
	if !slices.EqualFunc(one.passages, several.passages, same) {
		t.Error("the passages differ")
	}
}

func TestBuildStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Build(ctx, newSynthesizer(5).articles(t, 100), Synonyms{}); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}
