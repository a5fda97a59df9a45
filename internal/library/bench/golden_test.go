package bench_test

import (
	"errors"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

func TestAddGolden(t *testing.T) {
	p := newPress(t)
	p.put(t, pond(deep))
	at := p.place(t, "garden-ponds", deep)
	quote := library.Golden{Question: howDeep, Expect: library.ExpectQuote, Article: at.Article, Revision: at.Revision, Start: at.Start, End: at.End}
	for name, tc := range map[string]struct {
		with  func(g *library.Golden)
		class error // nil for one that is taken
	}{
		"quote":           {func(*library.Golden) {}, nil},
		"abstain":         {func(g *library.Golden) { g.Expect = library.ExpectAbstain }, nil},
		"tier":            {func(g *library.Golden) { g.Expect, g.Tier = library.ExpectTier, "urgent" }, nil},
		"longest":         {func(g *library.Golden) { g.Question = strings.Repeat("ü", 4000) }, nil},
		"no question":     {func(g *library.Golden) { g.Question = " \n" }, article.ErrInvalid},
		"NUL":             {func(g *library.Golden) { g.Question = "a\x00b" }, article.ErrInvalid},
		"too long":        {func(g *library.Golden) { g.Question = strings.Repeat("ü", 4001) }, article.ErrTooLarge},
		"tier none":       {func(g *library.Golden) { g.Expect, g.Tier = library.ExpectTier, "none" }, article.ErrInvalid},
		"no such tier":    {func(g *library.Golden) { g.Expect, g.Tier = library.ExpectTier, "red" }, article.ErrInvalid},
		"nothing wanted":  {func(g *library.Golden) { g.Expect = "" }, article.ErrInvalid},
		"no place":        {func(g *library.Golden) { g.End = g.Start }, article.ErrInvalid},
		"no article":      {func(g *library.Golden) { g.Article = "" }, article.ErrInvalid},
		"behind the text": {func(g *library.Golden) { g.End += 99 }, article.ErrNotFound},
		"no revision":     {func(g *library.Golden) { g.Revision = "gone" }, article.ErrNotFound},
	} {
		t.Run(name, func(t *testing.T) {
			g := quote
			tc.with(&g)
			id, err := p.AddGolden(t.Context(), pondGuild, g, by(alice))
			if !errors.Is(err, tc.class) || (id == "") != (err != nil) {
				t.Errorf("%q, %v, want %v", id, err, tc.class)
			}
		})
	}
	if _, err := p.AddGolden(t.Context(), pondGuild, quote, by(bob)); err != nil {
		t.Fatal(err)
	}
	all, err := p.store.Golden().List(t.Context(), pondGuild)
	if err != nil || len(all) != 2 {
		t.Fatalf("%d golden questions of two different ones: %v", len(all), err)
	}
	for _, g := range all {
		if g.Value.Question == howDeep && (g.Value.Expect != library.ExpectQuote || g.Value.By != bob || g.Value.At.IsZero()) {
			t.Errorf("%+v", g.Value)
		}
		if err := p.DropGolden(t.Context(), pondGuild, g.ID, by(alice)); err != nil {
			t.Error(err)
		}
	}
	if err := p.DropGolden(t.Context(), pondGuild, "id", by(alice)); !errors.Is(err, article.ErrNotFound) {
		t.Error("dropping what is not there:", err)
	}
}

func TestTest(t *testing.T) {
	p := newPress(t)
	if got, err := p.Test(t.Context(), pondGuild); got != nil || err != nil {
		t.Error("without golden questions:", got, err)
	}
	p.put(t, pond(deep, shady, fishes))
	for _, g := range []library.Golden{
		{Question: "May children drown in it?", Expect: library.ExpectTier, Tier: "urgent"},
		{Question: "Can a dog drown in it?", Expect: library.ExpectTier, Tier: "crisis"},
		{Question: "How wide is the moon?", Expect: library.ExpectTier, Tier: "safety"},
		{Question: "Can a hedgehog drown in it?", Expect: library.ExpectAbstain},
		{Question: "Who wrote Garden ponds?", Expect: library.ExpectAbstain},
	} {
		if _, err := p.AddGolden(t.Context(), pondGuild, g, by(alice)); err != nil {
			t.Fatal(err)
		}
	}
	p.golden(t, howDeep, deep)
	p.golden(t, "What do goldfish eat in the garden pond?", "")
	p.golden(t, "What do goldfish in a garden pond eat?", shady)
	p.golden(t, "Is there a train to the coast?", shady)
	p.golden(t, "What is the weather on Mars?", "")
	got, err := p.Test(t.Context(), pondGuild)
	if err != nil {
		t.Fatal(err)
	}
	want := []struct {
		question string
		passed   bool
		got      string
	}{
		{"Can a dog drown in it?", false, "A safety card is shown, and nothing is quoted. The tier is emergency."},
		{"How wide is the moon?", false, "Nothing is quoted"},
		{"Who wrote Garden ponds?", false, "The front matter answers: "},
		{"What do goldfish eat in the garden pond?", false, "garden-ponds quotes “" + fishes + "”."},
		{"What do goldfish in a garden pond eat?", false, "garden-ponds quotes “" + fishes + "”."},
		{"Is there a train to the coast?", false, "Nothing is quoted"},
		{"May children drown in it?", true, "A safety card"},
		{"Can a hedgehog drown in it?", true, "A safety card"},
		{howDeep, true, "garden-ponds quotes “" + deep + "”."},
		{"What is the weather on Mars?", true, "Nothing is quoted"},
	}
	if len(got) != len(want) {
		t.Fatalf("%d tested, want %d", len(got), len(want))
	}
	for i, w := range want {
		if g := got[i]; g.Golden.Question != w.question || g.Passed != w.passed || !strings.HasPrefix(g.Got, w.got) || g.Needed != 0.5 || g.Want == "" ||
			g.Golden.Expect == library.ExpectTier && !strings.Contains(g.Got, " The tier is ") {
			t.Errorf("%q passed %v, wants %q, got %q (needed %v); want %+v", g.Golden.Question, g.Passed, g.Want, g.Got, g.Needed, w)
		}
	}
}

// TestTest_revised runs golden questions after the article that they want has changed.
func TestTest_revised(t *testing.T) {
	long := "In a hard winter a floating ball of foam keeps a garden pond from freezing shut."
	question := "What keeps a garden pond from freezing shut in a hard winter?"
	for name, tc := range map[string]struct {
		becomes string
		passed  bool
	}{
		"same words":   {long, true},
		"one word":     {strings.Replace(long, "foam", "cork", 1), true},
		"more words":   {"Mind the fish. " + long + " It is cheap.", true},
		"another case": {strings.Replace(long, "In a hard winter a", "In a Hard winter, a", 1), true},
		"denied":       {strings.Replace(long, "keeps", "never keeps", 1), false},
		"another word": {strings.Replace(long, "a floating ball of foam", "a heater with a cable or a pump", 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPress(t)
			p.put(t, pond(deep, long, fishes))
			p.golden(t, question, long)
			p.put(t, pond(fishes, deep, tc.becomes))
			got, err := p.Test(t.Context(), pondGuild)
			if err != nil || len(got) != 1 || got[0].Passed != tc.passed {
				t.Errorf("%+v, %v", got, err)
			}
		})
	}
}
