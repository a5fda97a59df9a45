package bench_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

func TestImpact(t *testing.T) {
	p := newPress(t)
	ctx := t.Context()
	p.put(t, pond(deep, shady, fishes, frost))
	id := p.golden(t, howDeep, deep)
	p.golden(t, eatsWhat, fishes)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(p.store.Bank().Put(ctx, pondGuild, "a", library.BankQuestion{Question: eatsWhat, Article: "garden-ponds"}, by(alice)))
	must(p.store.Bank().Put(ctx, pondGuild, "b", library.BankQuestion{Question: "What keeps a garden pond from freezing shut in winter?", Article: "garden-ponds"}, by(alice)))
	barrel := p.place(t, "rain-barrels", "Cover a rain barrel with a net against mosquitoes.")
	p.ledger.all = []library.Posted{
		{ID: "p1", Quoted: p.place(t, "garden-ponds", deep)},
		{ID: "p2", Quoted: p.place(t, "garden-ponds", fishes)},
		{ID: "p3", Quoted: p.place(t, "garden-ponds", frost)},
		{ID: "p4", Quoted: barrel, Against: []library.Place{p.place(t, "garden-ponds", frost)}},
		{ID: "p5", Quoted: p.place(t, "garden-ponds", frost), Shown: library.Retracted},
		{ID: "p6", Quoted: library.Place{Article: "garden-ponds", Revision: "gone", Start: 0, End: 4}},
		{ID: "p7", Quoted: barrel},
	}
	lower := strings.Replace(frost, "floating ball", "small pump", 1)
	change := bench.Change{Key: "garden-ponds", Article: parsed(t, pond(fishes, lower))}
	got, err := p.Impact(ctx, pondGuild, change)
	must(err)
	if len(got.Golden) != 1 || got.Golden[0].Before.ID != id || !got.Golden[0].Before.Passed || got.Golden[0].After.Passed || !got.Breaks() {
		t.Errorf("golden: %+v", got.Golden)
	}
	if len(got.Bank) != 1 || !strings.Contains(got.Bank[0].Before, frost) || !strings.Contains(got.Bank[0].After, "small pump") {
		t.Errorf("bank: %+v", got.Bank)
	}
	if got.Asked != 2+3 || got.Looked != 6 || got.Truncated {
		t.Errorf("%d asked, %d looked at, truncated %v", got.Asked, got.Looked, got.Truncated)
	}
	want := map[string][2]string{"p1": {deep, ""}, "p3": {frost, lower}, "p4": {frost, lower}}
	for _, c := range got.Posted {
		if want[c.Posted.ID] != [2]string{c.Before, c.After} {
			t.Errorf("%s: %q now %q", c.Posted.ID, c.Before, c.After)
		}
		delete(want, c.Posted.ID)
	}
	if len(want) > 0 {
		t.Errorf("not reported: %v", want)
	}
	gone, err := p.Impact(ctx, pondGuild, bench.Change{Key: "garden-ponds"})
	must(err)
	if len(gone.Golden) != 2 || len(gone.Bank) != 2 || len(gone.Posted) != 4 || gone.Posted[0].After != "" {
		t.Errorf("withdrawn: %+v", gone)
	}
	none, err := p.Impact(ctx, pondGuild, bench.Change{Key: "garden-ponds", Article: parsed(t, pond(deep, shady, fishes, frost))})
	must(err)
	if len(none.Golden)+len(none.Bank)+len(none.Posted) > 0 || none.Breaks() {
		t.Errorf("nothing changes, and yet: %+v", none)
	}
}

func TestImpact_truncated(t *testing.T) {
	p := newPress(t)
	p.put(t, pond(deep))
	at := p.place(t, "garden-ponds", deep)
	for n, want := range map[int]bool{2000: false, 2001: true} {
		p.ledger.all = nil
		for i := range n {
			p.ledger.all = append(p.ledger.all, library.Posted{ID: fmt.Sprintf("p%05d", i), Quoted: at})
		}
		got, err := p.Impact(t.Context(), pondGuild, bench.Change{Key: "garden-ponds"})
		if err != nil || got.Looked != 2000 || len(got.Posted) != 2000 || got.Truncated != want {
			t.Errorf("of %d: %d looked at, %d changed, truncated %v, %v", n, got.Looked, len(got.Posted), got.Truncated, err)
		}
	}
}

// TestImpact_posted holds the report to its promise: exactly the answers whose words
// are not in the article any more, and what stands there instead is in it.
func TestImpact_posted(t *testing.T) {
	p := newPress(t)
	all := []string{deep, shady, fishes, frost, "A garden pond is lovely.", "Do not dig a garden pond below a tree."}
	p.put(t, pond(all...))
	rapid.Check(t, func(rt *rapid.T) {
		quoted := rapid.SliceOfN(rapid.IntRange(0, len(all)-1), 1, 8).Draw(rt, "quoted")
		p.ledger.all = nil
		for i, n := range quoted {
			last := min(n+rapid.IntRange(0, 2).Draw(rt, "more"), len(all)-1)
			p.ledger.all = append(p.ledger.all, library.Posted{ID: fmt.Sprint(i), Quoted: p.place(t, "garden-ponds", strings.Join(all[n:last+1], "\n\n"))})
		}
		next := rapid.SliceOfN(rapid.SampledFrom(append(slices.Clone(all), "A garden pond is two metres deep.", "Ponds are wet.")), 1, 6).Draw(rt, "next")
		a := parsed(t, pond(next...))
		got, err := p.Impact(t.Context(), pondGuild, bench.Change{Key: "garden-ponds", Article: a})
		if err != nil {
			rt.Fatal(err)
		}
		reported := map[string]bool{}
		for _, c := range got.Posted {
			reported[c.Posted.ID] = true
			if strings.Contains(a.Canonical, c.Before) {
				rt.Fatalf("%q still stands in %q", c.Before, a.Canonical)
			}
			if !strings.Contains(a.Canonical, c.After) {
				rt.Fatalf("%q does not stand in %q", c.After, a.Canonical)
			}
		}
		text := parsed(t, pond(all...)).Canonical
		for _, q := range p.ledger.all {
			if words := text[q.Quoted.Start:q.Quoted.End]; !strings.Contains(a.Canonical, words) && !reported[q.ID] {
				rt.Fatalf("%q is gone from %q", words, a.Canonical)
			}
		}
	})
}

// TestImpact_heading: what a posted answer would be edited to, below its own heading,
// comes before what is more like it elsewhere.
func TestImpact_heading(t *testing.T) {
	p := newPress(t)
	p.put(t, pond("## Summer", "Feed the fish of a pond twice a day.", "## Winter", "Feed the fish of a pond twice a week."))
	p.ledger.all = []library.Posted{{ID: "1", Quoted: p.place(t, "garden-ponds", "Feed the fish of a pond twice a week.")}}
	next := parsed(t, pond("## Summer", "Feed the fish of a pond three times a week.", "## Winter", "Feed the fish of a pond twice each month."))
	got, err := p.Impact(t.Context(), pondGuild, bench.Change{Key: "garden-ponds", Article: next})
	if err != nil || len(got.Posted) != 1 || got.Posted[0].After != "Feed the fish of a pond twice each month." {
		t.Fatalf("%+v, %v", got.Posted, err)
	}
	renamed := parsed(t, pond("## Cold days", "Feed the fish of a pond twice each week."))
	got, err = p.Impact(t.Context(), pondGuild, bench.Change{Key: "garden-ponds", Article: renamed})
	if err != nil || len(got.Posted) != 1 || got.Posted[0].After != "Feed the fish of a pond twice each week." {
		t.Fatalf("below another heading: %+v, %v", got.Posted, err)
	}
}
