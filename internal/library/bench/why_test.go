package bench_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// explaining is shelves that explain everything alike.
type explaining struct {
	bench.Shelves
	explanation bench.Explanation
	fail        error
}

func (e explaining) Explain(context.Context, string, answer.Question) (bench.Explanation, error) {
	return e.explanation, e.fail
}

// listedPreferences are a guild's preferences that can be listed.
type listedPreferences struct {
	library.Records[library.Preference]
	all  []library.Record[library.Preference]
	fail error
}

func (l listedPreferences) List(context.Context, string) ([]library.Record[library.Preference], error) {
	return l.all, l.fail
}

func TestWhyNamesPreferences(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 678_000_000, time.UTC)
	one := library.Preference{Question: "Is clay wet?", Article: "clay", End: 9, By: "7", At: at}
	two := one
	two.Question = "Is clay dry?"
	local := one
	local.At = at.Local().Add(123 * time.Microsecond)
	gone := library.Preference{Question: "Is it gone?"}
	e := bench.Explanation{Score: 0.5}
	for _, p := range []library.Preference{two, local, one, gone} {
		e.Preferred = append(e.Preferred, bench.AppliedPreference{Preference: p})
	}
	kept := listedPreferences{all: []library.Record[library.Preference]{{ID: "a", Value: one}, {ID: "b", Value: two}, {ID: "c", Value: one}}}
	b := bench.New(bench.Config{Shelves: explaining{explanation: e}, Preferences: kept})
	got, err := b.Why(t.Context(), "g", answer.Question{Text: "?"})
	if err != nil || got.Score != 0.5 {
		t.Fatalf("%+v, %v", got, err)
	}
	for i, want := range []string{"b", "a", "c", ""} {
		if got.Preferred[i].ID != want {
			t.Errorf("%d is %q, want %q", i, got.Preferred[i].ID, want)
		}
	}
}

// Passages implements bench.Shelves.
func (e explaining) Passages(_ context.Context, _, _ string, limit int) ([]bench.ExplainedPassage, error) {
	return e.explanation.Passages[:min(limit, len(e.explanation.Passages))], e.fail
}

func TestWhyFails(t *testing.T) {
	broken := bench.New(bench.Config{Shelves: explaining{fail: article.ErrUnavailable}})
	if _, err := broken.Why(t.Context(), "g", answer.Question{}); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("%v", err)
	}
	if _, err := broken.Search(t.Context(), "g", "clay", 3); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("%v", err)
	}
	like := bench.Explanation{Preferred: make([]bench.AppliedPreference, 1)}
	unlisted := bench.New(bench.Config{Shelves: explaining{explanation: like}, Preferences: listedPreferences{fail: article.ErrUnavailable}})
	if _, err := unlisted.Why(t.Context(), "g", answer.Question{}); !errors.Is(err, article.ErrUnavailable) {
		t.Errorf("%v", err)
	}
}
