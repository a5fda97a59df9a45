package bench_test

import (
	"errors"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

func TestSaveDraft(t *testing.T) {
	p := newPress(t)
	ctx := t.Context()
	for source, want := range map[string]string{
		pond(deep): "Garden ponds",
		"---\ntitle: \"Sheds\"\nwrong: 1\n---\nA.": "Sheds",
		"# My notes\n\nNothing yet.":               "My notes",
		"\n---\n":                                  "notes.txt",
		strings.Repeat("a very long title ", 20):   strings.Repeat("a very long title ", 5) + "a very lo…",
	} {
		id, err := p.SaveDraft(ctx, pondGuild, bench.Submission{Source: source, File: "notes.txt"}, by(alice))
		if err != nil {
			t.Fatal(err)
		}
		d, err := p.store.Drafts().Get(ctx, pondGuild, id)
		if err != nil || d.Title != want || d.By != alice {
			t.Errorf("%q is listed as %q, %v", source, d.Title, err)
		}
		again, err := p.SaveDraft(ctx, pondGuild, bench.Submission{Source: source + "\nMore.", Draft: id}, by(bob))
		if err != nil || again != id {
			t.Errorf("saved again as %q, %v", again, err)
		}
		if err := p.DropDraft(ctx, pondGuild, id, by(alice)); err != nil {
			t.Error(err)
		}
		if err := p.DropDraft(ctx, pondGuild, id, by(alice)); !errors.Is(err, article.ErrNotFound) {
			t.Error("dropped twice:", err)
		}
	}
	if _, err := p.Draft(ctx, pondGuild, "gone"); !errors.Is(err, article.ErrNotFound) {
		t.Error(err)
	}
	for name, tc := range map[string]struct {
		s     bench.Submission
		class error
	}{
		"too long":    {bench.Submission{Source: strings.Repeat("a", library.MaxArticleSource+1)}, article.ErrTooLarge},
		"no text":     {bench.Submission{Source: "a\xffb"}, article.ErrInvalid},
		"no article":  {bench.Submission{Source: "a", Key: "sheds"}, article.ErrNotFound},
		"no revision": {bench.Submission{Source: "a", Key: "rain-barrels", Base: "0123456789"}, article.ErrNotFound},
	} {
		if _, err := p.SaveDraft(ctx, pondGuild, tc.s, by(alice)); !errors.Is(err, tc.class) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestSaveDraft_limit(t *testing.T) {
	p := newPress(t)
	last := ""
	for range library.MaxDrafts {
		id, err := p.SaveDraft(t.Context(), pondGuild, bench.Submission{Source: "A draft."}, by(alice))
		if err != nil {
			t.Fatal(err)
		}
		last = id
	}
	_, err := p.SaveDraft(t.Context(), pondGuild, bench.Submission{Source: "One more."}, by(alice))
	if !errors.Is(err, article.ErrTooLarge) || !strings.Contains(err.Error(), "the limit is 25; publish or delete") {
		t.Error(err)
	}
	if _, err := p.SaveDraft(t.Context(), pondGuild, bench.Submission{Source: "The last one.", Draft: last}, by(alice)); err != nil {
		t.Error("a draft that is there cannot be saved again:", err)
	}
}

func TestKeep(t *testing.T) {
	p := newPress(t)
	ctx := t.Context()
	for name, s := range map[string]bench.Submission{
		"all":       {Source: pond(deep), File: "p.md", Key: "garden-ponds", Base: "*", Draft: "d"},
		"empty":     {},
		"not UTF-8": {Source: "a\xff\x00b"},
	} {
		kept, err := p.Keep(ctx, pondGuild, s)
		if err != nil || len(kept) != 32 {
			t.Fatalf("%s: %q, %v", name, kept, err)
		}
		if got, err := p.Kept(ctx, pondGuild, kept); err != nil || got != s {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		if _, err := p.Kept(ctx, alice, kept); !errors.Is(err, article.ErrNotFound) {
			t.Errorf("%s: another guild has it: %v", name, err)
		}
	}
	for _, body := range []string{"<html>", "{}", `{"submission":null}`, `{"submission":{},"more":1}`, `{"submission":{}} {}`, `[]`} {
		page, err := p.Note(ctx, pondGuild, []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := p.Kept(ctx, pondGuild, page); !errors.Is(err, article.ErrNotFound) {
			t.Errorf("%s was taken for %+v, %v", body, got, err)
		}
	}
	for _, name := range []string{"", "short", strings.Repeat("x", 32)} {
		if _, err := p.Kept(ctx, pondGuild, name); !errors.Is(err, article.ErrNotFound) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, err := p.Keep(ctx, pondGuild, bench.Submission{Source: strings.Repeat("a", library.MaxArticleSource+1)}); !errors.Is(err, article.ErrTooLarge) {
		t.Error(err)
	}
}

func TestDiff(t *testing.T) {
	p := newPress(t)
	ctx := t.Context()
	one := p.put(t, pond(deep)).Hash
	if _, err := p.Diff(ctx, pondGuild, "garden-ponds", "", ""); !errors.Is(err, article.ErrNotFound) {
		t.Error("of the only revision:", err)
	}
	two := p.put(t, pond(shady)).Hash
	three := p.put(t, pond(fishes)).Hash
	for name, tc := range map[string]struct {
		from, to    string
		old, young  string // hashes
		minus, plus string
	}{
		"latest":   {"", "", two, three, shady, fishes},
		"to":       {"", two[:8], one, two, deep, shady},
		"from":     {one, "", one, three, deep, fishes},
		"backward": {three, one, three, one, fishes, deep},
	} {
		got, err := p.Diff(ctx, pondGuild, "garden-ponds", tc.from, tc.to)
		if err != nil || !strings.HasPrefix(got, "--- "+tc.old[:12]+"\n+++ "+tc.young[:12]+"\n@@ ") ||
			!strings.Contains(got, "\n-"+tc.minus+"\n") || !strings.Contains(got, "\n+"+tc.plus+"\n") {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
	if got, err := p.Diff(ctx, pondGuild, "garden-ponds", two, two); got != "" || err != nil {
		t.Error("of one and the same:", got, err)
	}
	p.put(t, pond(deep)) // back to the first
	if got, err := p.Diff(ctx, pondGuild, "garden-ponds", "", ""); err != nil || !strings.HasPrefix(got, "--- "+three[:12]+"\n+++ "+one[:12]) {
		t.Error("after going back:", got, err)
	}
	if _, err := p.Diff(ctx, pondGuild, "garden-ponds", "", one); !errors.Is(err, article.ErrNotFound) {
		t.Error("before the first:", err)
	}
}

// TestSaveDraft_besideAnother keeps what two moderators made of one draft.
func TestSaveDraft_besideAnother(t *testing.T) {
	p := newPress(t)
	ctx := t.Context()
	first, err := p.SaveDraft(ctx, pondGuild, bench.Submission{Source: pond(deep)}, by(alice))
	if err != nil {
		t.Fatal(err)
	}
	opened, err := p.Draft(ctx, pondGuild, first)
	if err != nil {
		t.Fatal(err)
	}
	save := func(who, source string) string {
		t.Helper()
		s := opened
		s.Source = source
		id, err := p.SaveDraft(ctx, pondGuild, s, by(who))
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	if id := save(alice, pond(shady)); id != first {
		t.Errorf("the draft that was opened is saved as %q", id)
	}
	if id := save(alice, pond(shady)); id != first {
		t.Errorf("what is saved already is saved as %q", id)
	}
	second := save(bob, pond(fishes))
	if second == first {
		t.Error("alice's draft is gone")
	}
	for id, want := range map[string]string{first: pond(shady), second: pond(fishes)} {
		if s, err := p.Draft(ctx, pondGuild, id); err != nil || s.Source != want {
			t.Errorf("%q is %q, %v", id, s.Source, err)
		}
	}
	receipt, err := p.Publish(ctx, pondGuild, opened, "", by(bob))
	if err != nil || !strings.Contains(strings.Join(receipt.Warnings, " "), "Somebody changed the draft since") {
		t.Errorf("published %+v, %v", receipt, err)
	}
	if _, err := p.Draft(ctx, pondGuild, first); err != nil {
		t.Error("a draft that somebody changed is deleted:", err)
	}
}
