package search

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"verbatim/internal/article"
	"verbatim/knowledge"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// tea is a small article of its own, so that these tests do not depend on the
// shipped one.
const tea = `---
title: Making tea
author: A. Taster
updated: 2020-02-03
---

Tea is a drink made from leaves. Water at 95 degrees suits black tea.

## Steeping

Black tea steeps for four minutes. It turns bitter when it steeps longer. Green tea wants cooler water.

## Storing

Store leaves in a closed tin. Keep the tin away from light, because light fades the taste.
`

func parse(t testing.TB, src string) *article.Article {
	t.Helper()
	a, err := article.Parse([]byte(src), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func build(t testing.TB, synonyms Synonyms, articles ...*article.Article) *Index {
	t.Helper()
	x, err := Build(context.Background(), articles, synonyms)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

func find(t testing.TB, x *Index, question string, earlier ...string) Result {
	t.Helper()
	q := Query{Text: question}
	for _, e := range earlier {
		q.Context = append(q.Context, Turn{Question: e})
	}
	r, err := x.Find(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestFind(t *testing.T) {
	x := build(t, Synonyms{Groups: [][]string{{"brew", "steep"}, {"box", "tin", "caddy"}}}, parse(t, tea))
	for _, tc := range []struct{ question, want, section string }{
		{"how long does black tea steep", "Black tea steeps for four minutes.", "Steeping"},
		{"how long should I brew it", "steeps for four minutes", "Steeping"},
		{"which box do I store leaves in", "Store leaves in a closed tin.", "Storing"},
		{"why keep it away from light", "because light fades the taste", "Storing"},
		{"what is tea made from", "Tea is a drink made from leaves.", ""},
	} {
		r := find(t, x, tc.question)
		if len(r.Candidates) == 0 {
			t.Errorf("%q: nothing found", tc.question)
			continue
		}
		best := r.Candidates[0]
		if !strings.Contains(best.Text(), tc.want) || best.Section != tc.section {
			t.Errorf("%q: got %q in %q, want %q in %q", tc.question, best.Text(), best.Section, tc.want, tc.section)
		}
	}
}

func TestFindNothing(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, tea))
	for _, question := range []string{"", "???", "what is it", "quantum chromodynamics", "\x00\xff"} {
		if r := find(t, x, question); r.Sure() {
			t.Errorf("%q: sure of %q", question, r.Candidates[0].Text())
		}
	}
	if r := find(t, build(t, Synonyms{}), "how long does tea steep"); len(r.Candidates) != 0 || r.Confidence != 0 {
		t.Errorf("an empty library found %v", r)
	}
}

func TestEarlierQuestionsGiveTheTopic(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, tea))
	alone := find(t, x, "and how long?")
	within := find(t, x, "and how long?", "how do I steep black tea")
	if len(within.Candidates) == 0 || !strings.Contains(within.Candidates[0].Text(), "four minutes") {
		t.Fatalf("with the question before: %+v", within)
	}
	if within.Confidence <= alone.Confidence {
		t.Errorf("confidence %.2f with the question before, %.2f without", within.Confidence, alone.Confidence)
	}
}

func TestFindStopsWithItsContext(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, tea))
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Find(ctx, Query{Text: "black tea"}); !errors.Is(err, context.Canceled) {
		t.Errorf("err = %v", err)
	}
}

func TestFindIsSafeForConcurrentUse(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, tea))
	want := find(t, x, "how long does black tea steep")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				got, err := x.Find(context.Background(), Query{Text: "how long does black tea steep"})
				if err != nil || got.Candidates[0].Text() != want.Candidates[0].Text() || got.Confidence != want.Confidence {
					t.Errorf("got %+v, %v", got, err)
					return
				}
			}
		})
	}
	wg.Wait()
}

// TestBM25F compares one score with the sum worked out by hand, from the
// inverted index and from the passage itself.
func TestBM25F(t *testing.T) {
	const src = "---\ntitle: Xylophones\nauthor: A\nupdated: 2020-01-01\n---\n\nalpha beta\n\n## H\n\nalpha gamma\n\n## H2\n\ndelta gamma\n"
	x := build(t, Synonyms{}, parse(t, src))
	q := x.understand(Query{Text: "beta"})
	// beta is in one of three passages; both terms of the text are of mean length.
	idf := math.Log(1 + 2.5/1.5)
	want := idf * 1 / (k1 + 1)
	a := newAccumulator(3)
	x.postings.score(q.clauses, a)
	if got := float64(a.scores[0]); math.Abs(got-want) > 1e-6 {
		t.Errorf("score %v, want %v", got, want)
	}
	if a.scores[1] != 0 || len(a.touched) != 1 {
		t.Errorf("passages without the term score %v", a.scores)
	}
	if got := x.newMeter(&q).measure(0).features.BM25F * q.mass(); math.Abs(got-want) > 1e-6 {
		t.Errorf("measured %v, want %v", got, want)
	}
}

func TestTitleTermsDoNotDrownTheRest(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, tea))
	c := x.corpus
	if c.idf(c.id("tea")) <= c.idfOf(len(c.passages)) {
		t.Error("a word of the title counts as if it were in every passage")
	}
}

func TestParseSynonyms(t *testing.T) {
	got, err := ParseSynonyms([]byte("groups:\n  - [pee, urinate]\n  - [navel, belly button]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(Synonyms{Groups: [][]string{{"pee", "urinate"}, {"navel", "belly button"}}}, got); diff != "" {
		t.Error(diff)
	}
	for _, bad := range []string{"groups: 3\n", "grups: []\n", "groups:\n  - pee\n", ":\n\t-"} {
		if _, err := ParseSynonyms([]byte(bad)); !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), ":") {
			t.Errorf("%q: err = %v", bad, err)
		}
	}
	if got, err := ParseSynonyms(nil); err != nil || len(got.Groups) > 0 {
		t.Errorf("an empty file: %v, %v", got, err)
	}
}

// TestInflammationIsNotTheOrgan keeps prostatitis apart from the prostate.
func TestInflammationIsNotTheOrgan(t *testing.T) {
	x := build(t, Synonyms{}, parse(t, tea))
	if got := x.analyzer.terms("prostatitis prostates"); got[0] == got[1] || got[0] != "prostatitis" {
		t.Errorf("terms %q", got)
	}
}

// TestPhrasesStandSideBySide finds "big tin" only where nothing but function
// words is between.
func TestPhrasesStandSideBySide(t *testing.T) {
	x := build(t, Synonyms{Groups: [][]string{{"big tin", "caddy"}}}, parse(t, tea))
	for text, want := range map[string]int{"big tin": 1, "big of the tin": 1, "how big is tin": 2, "big, then tin": 2} {
		if got := x.clauses(text); len(got) != want {
			t.Errorf("%q: %d clauses, want %d", text, len(got), want)
		}
	}
}

// TestRanking shows which sentence is quoted for each shipped question; a change
// of the ranking shows up as a change of this file.
func TestRanking(t *testing.T) {
	src, err := readShipped()
	if err != nil {
		t.Fatal(err)
	}
	synonyms, err := ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		t.Fatal(err)
	}
	x := build(t, synonyms, parse(t, src))
	var b strings.Builder
	for _, q := range shippedQuestions(t) {
		r := find(t, x, q)
		fmt.Fprintf(&b, "%s\n", q)
		if len(r.Candidates) == 0 {
			b.WriteString("  nothing\n\n")
			continue
		}
		c := r.Candidates[0]
		fmt.Fprintf(&b, "  %.2f sure=%t [%s] %s\n\n", r.Confidence, r.Sure(), c.Section, c.Text())
	}
	golden(t, "ranking.golden", b.String())
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; run go test ./internal/search -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs; if that is meant, run go test ./internal/search -update\n%s", name, diff)
	}
}
