package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// ledgerRepin wants what a message quotes and shows to be recorded, and nothing else of
// an answer to change.
func ledgerRepin(t *testing.T, d *database) {
	ctx := t.Context()
	was := postedAs("one")
	succeed(t, d.Post(ctx, guildA, was, lease.Lease{}))
	succeed(t, d.Post(ctx, guildA, postedAs("two"), lease.Lease{}))
	for _, s := range []library.Standing{library.Departed, library.Retracted, library.Current, library.Revised, ""} {
		now := was
		now.Shown = s
		succeed(t, d.Repin(ctx, guildA, was, now))
		same(t, "shown", must[library.Posted](t)(d.PostedByID(ctx, guildA, "one")), now)
		was = now
	}
	now := library.Posted{
		ID: "one", Channel: "elsewhere", Message: "another", Question: "another", Outcome: "abstained", Tier: "crisis", Asker: "another",
		Quoted: library.Place{Article: "walks", Revision: "r9", Start: 1, End: 3}, Hash: "h9", Others: []library.Place{{Article: "third"}},
		Against: []library.Place{{Article: "fourth", Revision: "r4"}}, Decisive: article.Range{Start: 1, End: 2}, Sure: 3,
		Shown: library.Current, At: was.At.Add(time.Hour), Expires: was.Expires.Add(time.Hour),
	}
	want := was
	want.Quoted, want.Hash, want.Against, want.Decisive, want.Sure, want.Shown = now.Quoted, now.Hash, now.Against, now.Decisive, now.Sure, now.Shown
	succeed(t, d.Repin(ctx, guildA, was, now))
	same(t, "quoting anew", must[library.Posted](t)(d.PostedByID(ctx, guildA, "one")), want)
	same(t, "what the article stands beside now", must[[]library.Posted](t)(d.Quoting(ctx, guildA, "fourth", "", 9)), []library.Posted{want})
	same(t, "what quotes the article now", must[[]library.Posted](t)(d.Quoting(ctx, guildA, "walks", "", 9)), []library.Posted{want})
	same(t, "another answer", must[library.Posted](t)(d.PostedByID(ctx, guildA, "two")), postedAs("two"))
	ledgerRepinRefused(t, d, want)
}

// ledgerRepinRefused wants nothing to be recorded of an answer that is another one than
// the caller read.
func ledgerRepinRefused(t *testing.T, d *database, is library.Posted) {
	t.Helper()
	ctx := t.Context()
	for name, change := range map[string]func(p *library.Posted){
		"article":  func(p *library.Posted) { p.Quoted.Article = "rest" },
		"revision": func(p *library.Posted) { p.Quoted.Revision = "r" },
		"start":    func(p *library.Posted) { p.Quoted.Start++ },
		"end":      func(p *library.Posted) { p.Quoted.End++ },
		"hash":     func(p *library.Posted) { p.Hash = "h" },
		"outcome":  func(p *library.Posted) { p.Outcome = "abstained" },
		"tier":     func(p *library.Posted) { p.Tier = "crisis" },
		"age":      func(p *library.Posted) { p.Minor = !p.Minor },
		"standing": func(p *library.Posted) { p.Shown = library.Departed },
	} {
		was, now := is, is
		change(&was)
		now.Shown, now.Hash = library.Retracted, "another"
		refused(t, "another "+name, d.Repin(ctx, guildA, was, now), article.ErrConflict)
		same(t, "after another "+name, must[library.Posted](t)(d.PostedByID(ctx, guildA, "one")), is)
	}
	bad := is
	bad.Shown = "gone"
	refused(t, "no standing", d.Repin(ctx, guildA, is, bad), article.ErrInvalid)
	refused(t, "what is not there", d.Repin(ctx, guildA, postedAs("three"), is), article.ErrNotFound)
	refused(t, "another guild's", d.Repin(ctx, guildB, is, is), article.ErrNotFound)
	refused(t, "no id", d.Repin(ctx, guildA, library.Posted{}, is), article.ErrInvalid)
	succeed(t, d.Forget(ctx, guildA, "one"))
	refused(t, "what is forgotten", d.Repin(ctx, guildA, is, is), article.ErrNotFound)
}

// ledgerRepinAtOnce wants an answer that is done again to stay that, whoever brings the
// one before it in line at that moment.
func ledgerRepinAtOnce(t *testing.T, d *database) {
	ctx := t.Context()
	stores := []Store{d, d.again(t)}
	for round := range 25 {
		was := postedAs(fmt.Sprint("one ", round))
		succeed(t, d.Post(ctx, guildA, was, lease.Lease{}))
		card := was
		card.Outcome, card.Tier, card.Quoted, card.Hash, card.Shown = "card_only", "crisis", library.Place{}, "", ""
		now := was
		now.Quoted.Revision, now.Hash, now.Shown = "later", "later", library.Current
		together(t, 4, func(i int) error {
			if i == 0 {
				return stores[0].Redo(ctx, guildA, card)
			}
			if err := stores[i%2].Repin(ctx, guildA, was, now); !errors.Is(err, article.ErrConflict) {
				return err
			}
			return nil
		})
		same(t, "in the end", must[library.Posted](t)(d.PostedByID(ctx, guildA, was.ID)), card)
	}
}
