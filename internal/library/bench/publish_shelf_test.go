package bench_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/library/shelf"
	"verbatim/internal/safety"
	"verbatim/knowledge"
)

// TestPublish_overShelves goes the whole way over the shelves that members are answered
// from: preview, refusal, override, and the next preview.
func TestPublish_overShelves(t *testing.T) {
	p := newPress(t)
	ctx := t.Context()
	rules, err := safety.Load(knowledge.Safety())
	if err != nil {
		t.Fatal(err)
	}
	s, err := shelf.New(ctx, shelf.Config{
		Rules: rules, Shipped: p.shelves.shipped, Source: p.store, Archive: p.store,
		Now: func() time.Time { return noonOf(3, 4) },
	})
	if err != nil {
		t.Fatal(err)
	}
	c := p.Config
	c.Shelves = s
	b := bench.New(c)
	first, err := b.Publish(ctx, pondGuild, bench.Submission{Source: pond(deep, shady, fishes)}, "", by(alice))
	if err != nil {
		t.Fatal(err)
	}
	p.golden(t, howDeep, deep)
	tested, err := b.Test(ctx, pondGuild)
	if err != nil || len(tested) != 1 || !tested[0].Passed || tested[0].Needed <= 0 {
		t.Fatalf("%+v, %v", tested, err)
	}
	p.ledger.all = []library.Posted{{ID: "p1", Quoted: p.place(t, "garden-ponds", deep)}}
	next := bench.Submission{Source: pond(shady, fishes), Key: "garden-ponds", Base: first.Hash}
	look, err := b.Preview(ctx, pondGuild, next)
	if err != nil || !look.Impact.Breaks() || len(look.Impact.Posted) != 1 || !strings.Contains(look.Diff, "-"+deep) {
		t.Fatalf("%+v, %v", look, err)
	}
	if _, err := b.Publish(ctx, pondGuild, next, "", by(bob)); !errors.Is(err, article.ErrConflict) {
		t.Error("published although a golden question breaks:", err)
	}
	if _, err := b.Publish(ctx, pondGuild, next, "the depth was wrong", by(bob)); err != nil {
		t.Fatal(err)
	}
	if tested, err = b.Test(ctx, pondGuild); err != nil || tested[0].Passed {
		t.Errorf("%+v, %v", tested, err)
	}
	back, err := b.Preview(ctx, pondGuild, bench.Submission{Source: pond(deep, shady), Key: "garden-ponds", Base: library.AnyBase})
	if err != nil || back.Impact.Breaks() || len(back.Impact.Golden) != 1 || len(back.Impact.Posted) != 0 {
		t.Errorf("a change that mends the golden question: %+v, %v", back.Impact, err)
	}
}
