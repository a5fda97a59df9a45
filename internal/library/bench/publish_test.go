package bench_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

const (
	deep   = "A garden pond is eighty centimetres deep."
	shady  = "Plant water lilies to keep the garden pond shady in summer."
	fishes = "Goldfish eat the larvae of mosquitoes in a garden pond."
	frost  = "A floating ball keeps a garden pond from freezing shut in winter."

	howDeep  = "How deep is a garden pond?"
	eatsWhat = "What do goldfish eat in a garden pond?"
)

func TestPublish_golden(t *testing.T) {
	p := newPress(t)
	first := p.put(t, pond(deep, shady, fishes))
	deepID := p.golden(t, howDeep, deep)
	p.golden(t, eatsWhat, fishes)
	p.golden(t, "Why is the moon white?", "")
	p.golden(t, "How do I heat a greenhouse?", "") // passes before and after
	s := bench.Submission{Source: pond(shady, fishes), Base: first.Hash}
	ctx := t.Context()

	_, err := p.Publish(ctx, pondGuild, s, " ", by(bob))
	broken, ok := errors.AsType[*bench.BrokenError](err)
	if !ok || len(broken.Broken) != 1 || broken.Broken[0].Before.ID != deepID || !errors.Is(err, article.ErrConflict) {
		t.Fatalf("published although a golden question breaks: %v", err)
	}
	if says := err.Error(); !strings.Contains(says, howDeep) || !strings.Contains(says, "say why") {
		t.Error(says)
	}
	if got := broken.Broken[0].After.Got; !strings.Contains(got, "Nothing is quoted") && !strings.Contains(got, "quotes") {
		t.Error(got)
	}
	if _, err := p.Publish(ctx, pondGuild, s, strings.Repeat("w", 501), by(bob)); !errors.Is(err, article.ErrTooLarge) {
		t.Error("a reason that is too long:", err)
	}
	got, err := p.Publish(ctx, pondGuild, s, "the depth was wrong", library.Act{Actor: bob, Reason: "new survey"})
	if err != nil || !got.Changed {
		t.Fatal(got, err)
	}
	trail, err := p.store.Audit(ctx, pondGuild, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	note, published := trail[len(trail)-2], trail[len(trail)-1]
	if note.Action != "golden.override" || note.Subject != deepID || note.Reason != "the depth was wrong" || note.Before != first.Hash || note.After != got.Hash {
		t.Errorf("%+v", note)
	}
	if published.Action != "article.publish" || published.Reason != "new survey; golden questions that fail: the depth was wrong" {
		t.Errorf("%+v", published)
	}
	if n := len(trail); strings.Count(actions(trail[:n-2]), "golden.override") > 0 {
		t.Error("what was refused is in the trail:", actions(trail))
	}
}

func actions(trail []library.Entry) string {
	var b strings.Builder
	for _, e := range trail {
		b.WriteString(e.Action + " ")
	}
	return b.String()
}

func TestPublish_notAsked(t *testing.T) {
	p := newPress(t)
	first := p.put(t, pond(deep))
	p.golden(t, howDeep, deep)
	p.shelves.fails = article.ErrUnavailable
	_, err := p.Publish(t.Context(), pondGuild, bench.Submission{Source: pond(shady), Base: first.Hash}, "never mind", by(bob))
	if !errors.Is(err, article.ErrUnavailable) {
		t.Error("published although golden questions could not be asked:", err)
	}
	if got, err := p.Publish(t.Context(), pondGuild, bench.Submission{Source: pond(deep), Base: first.Hash}, "", by(bob)); err != nil || got.Changed {
		t.Error("what is published already:", got, err)
	}
}

func TestPublish_conflict(t *testing.T) {
	p := newPress(t)
	first := p.put(t, pond(deep))
	p.put(t, pond(deep, shady))
	_, err := p.Publish(t.Context(), pondGuild, bench.Submission{Source: pond(deep, fishes), Key: "garden-ponds", Base: first.Hash}, "", by(bob))
	if conflict, ok := errors.AsType[*library.BaseError](err); !ok || conflict.Key != "garden-ponds" {
		t.Error(err)
	}
}

func TestPublish_draft(t *testing.T) {
	p := newPress(t)
	ctx := t.Context()
	raw := "Garden ponds\nBy Sam Roe\nUpdated July 19, 2025\n\n" + deep + "\n\nCite this article\n"
	id, err := p.SaveDraft(ctx, pondGuild, bench.Submission{Source: raw}, by(alice))
	if err != nil {
		t.Fatal(err)
	}
	s, err := p.Draft(ctx, pondGuild, id)
	if err != nil || s.Source != raw || s.Draft != id || s.Key != "" {
		t.Fatalf("%+v, %v", s, err)
	}
	got, err := p.Publish(ctx, pondGuild, s, "", by(bob))
	if err != nil || !got.Changed || got.Key != "garden-ponds" {
		t.Fatal(got, err)
	}
	if r, err := p.desk.Show(ctx, pondGuild, "garden-ponds", ""); err != nil || !strings.HasPrefix(r.Source, "---\ntitle: ") {
		t.Errorf("kept: %q, %v", r.Source, err)
	}
	if all, err := p.Drafts(ctx, pondGuild); err != nil || len(all) != 0 {
		t.Error("the draft is still there:", all, err)
	}
}

// TestPublish_neverBreaks publishes whatever there is without a reason: what passed
// before passes after, or nothing was published.
func TestPublish_neverBreaks(t *testing.T) {
	p := newPress(t)
	wanted := map[string]string{howDeep: deep, eatsWhat: fishes}
	p.put(t, pond(deep, shady, fishes, frost))
	for question, words := range wanted {
		p.golden(t, question, words)
	}
	passing := func(rt *rapid.T) map[string]bool {
		got := map[string]bool{}
		for question, words := range wanted {
			ans, err := p.shelves.Ask(t.Context(), pondGuild, answer.Question{Text: question, Channel: answer.AgeRestricted})
			if err != nil {
				rt.Fatal(err)
			}
			got[question] = ans.Quote != nil && strings.Contains(ans.Quote.Text, words)
		}
		return got
	}
	refused, done := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		sentences := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{deep, shady, fishes, frost, "A garden pond is lovely."}), 1, 4, rapid.ID).Draw(rt, "text")
		before := passing(rt)
		_, err := p.Publish(t.Context(), pondGuild, bench.Submission{Source: pond(sentences...), Base: library.AnyBase}, "", by(bob))
		after := passing(rt)
		for question := range wanted {
			if before[question] && !after[question] {
				rt.Fatalf("%q passed before %q was published", question, sentences)
			}
		}
		if err != nil {
			if _, ok := errors.AsType[*bench.BrokenError](err); !ok {
				rt.Fatal(err)
			}
			refused++
			return
		}
		done++
	})
	if refused == 0 || done == 0 {
		t.Errorf("%d refused, %d published: nothing was tried", refused, done)
	}
}
