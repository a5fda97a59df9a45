package bench_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

func TestPreview_refuses(t *testing.T) {
	p := newPress(t)
	for name, tc := range map[string]struct {
		s     bench.Submission
		class error
		says  string
	}{
		"unknown key":  {bench.Submission{File: "p.md", Source: strings.Replace(pond(deep), "license", "licence", 1)}, article.ErrInvalid, "p.md:6:1: "},
		"empty":        {bench.Submission{Source: " \n"}, article.ErrInvalid, "empty"},
		"no date":      {bench.Submission{Source: "Garden ponds\n\n" + deep}, article.ErrInvalid, "updated: "},
		"future":       {bench.Submission{Source: strings.Replace(pond(deep), "2025-05-06", "2027-05-06", 1)}, article.ErrInvalid, "2027"},
		"too long":     {bench.Submission{Source: pond(strings.Repeat("Ponds. ", 200_000))}, article.ErrTooLarge, "1 MiB; split it"},
		"no such":      {bench.Submission{Source: pond(deep), Key: "sheds"}, article.ErrNotFound, "sheds"},
		"shipped name": {bench.Submission{Source: barrels}, article.ErrConflict, "another title"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := p.Preview(t.Context(), pondGuild, tc.s)
			if !errors.Is(err, tc.class) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%v, want %v with %q", err, tc.class, tc.says)
			}
		})
	}
}

func TestPreview_new(t *testing.T) {
	p := newPress(t)
	raw := "Garden ponds\nBy Sam Roe\nUpdated July 19, 2011\n\n" + deep + " " + shady + "\n\nCite this article\n"
	got, err := p.Preview(t.Context(), pondGuild, bench.Submission{Source: raw})
	if err != nil {
		t.Fatal(err)
	}
	if !got.New || got.Same || got.Key != "garden-ponds" || got.Diff != "" || got.Conflict != nil || !strings.HasPrefix(got.Markdown, "---\n") {
		t.Errorf("%+v", got)
	}
	if len(got.Dropped) != 1 || !strings.Contains(got.Dropped[0], "Cite this article") {
		t.Errorf("dropped: %q", got.Dropped)
	}
	for _, want := range []string{"author_bio", "updated on 2011-07-19", "left out 1 line;", "No moderator", "no license"} {
		if !slices.ContainsFunc(got.Warnings, func(w string) bool { return strings.Contains(w, want) }) {
			t.Errorf("no warning of %q in %q", want, got.Warnings)
		}
	}
	if all, _ := p.store.Publications(t.Context(), pondGuild); len(all) != 0 {
		t.Error("a preview published something")
	}
}

func TestPreview_warnings(t *testing.T) {
	p := newPress(t)
	p.put(t, pond(deep, shady, fishes, frost))
	copied := strings.Replace(pond(deep, shady, fishes, frost), "Garden ponds", "Ponds of mine", 1)
	for name, tc := range map[string]struct {
		source string
		key    string
		want   []string // none for no warning but that of the review
	}{
		"fine":          {strings.Replace(pond("Sheds keep tools dry. Paint a shed every three years."), "Garden ponds", "Sheds", 1), "", nil},
		"copy":          {copied, "", []string{"nearly the same as garden-ponds"}},
		"copy changed":  {strings.NewReplacer("summer", "July", "larvae", "young", "lilies", "roses").Replace(copied), "", []string{"nearly the same as garden-ponds"}},
		"own revision":  {pond(deep, shady, fishes), "garden-ponds", nil},
		"other numbers": {strings.Replace(pond("A garden pond is three metres deep."), "Garden ponds", "Digging", 1), "", []string{"disagree with those of garden-ponds"}},
		"same numbers":  {strings.Replace(pond("A garden pond is 0.8 metres deep."), "Garden ponds", "Digging", 1), "", nil},
		"renamed":       {strings.Replace(pond(deep), "Garden ponds", "Pools", 1), "garden-ponds", []string{"keeps the name garden-ponds"}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := p.Preview(t.Context(), pondGuild, bench.Submission{Source: tc.source, Key: tc.key, Base: anyBase(tc.key)})
			if err != nil {
				t.Fatal(err)
			}
			rest := slices.DeleteFunc(slices.Clone(got.Warnings), func(w string) bool { return strings.Contains(w, "No moderator has reviewed") })
			if len(rest) != len(got.Warnings)-1 || len(rest) != len(tc.want) {
				t.Fatalf("%q", got.Warnings)
			}
			for i, want := range tc.want {
				if !strings.Contains(rest[i], want) {
					t.Errorf("%q, want %q", rest[i], want)
				}
			}
		})
	}
}

func anyBase(key string) string {
	if key == "" {
		return ""
	}
	return library.AnyBase
}

func TestPreview_conflict(t *testing.T) {
	p := newPress(t)
	ctx := t.Context()
	first := p.put(t, pond(deep)+"\n"+fishes+"\n")
	second := p.put(t, pond(deep)+"\n"+fishes+"\n\n"+shady+"\n")
	s := bench.Submission{Source: pond(deep) + "\n" + frost + "\n", Key: "garden-ponds", Base: first.Hash}
	got, err := p.Preview(ctx, pondGuild, s)
	if err != nil || got.Conflict == nil || got.Conflict.Current != second.Hash || got.Conflict.Base != first.Hash {
		t.Fatalf("%+v, %v", got, err)
	}
	if !strings.HasPrefix(got.Theirs, "--- "+first.Hash[:12]+"\n+++ "+second.Hash[:12]+"\n") || !strings.Contains(got.Theirs, "\n+"+shady) || strings.Contains(got.Theirs, frost) {
		t.Errorf("theirs:\n%s", got.Theirs)
	}
	if !strings.Contains(got.Diff, "\n-"+shady) || !strings.Contains(got.Diff, "\n+"+frost) {
		t.Errorf("mine:\n%s", got.Diff)
	}
	s.Base = "000000000000"
	if got, err := p.Preview(ctx, pondGuild, s); err != nil || got.Conflict == nil || got.Theirs != "" {
		t.Errorf("of a base that never was: %+v, %v", got, err)
	}
	if _, err := p.SaveDraft(ctx, pondGuild, bench.Submission{Source: s.Source, Key: s.Key, Base: first.Hash}, by(bob)); err != nil {
		t.Error("what is in conflict cannot be kept:", err)
	}
	all, err := p.Drafts(ctx, pondGuild)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	if again, err := p.Draft(ctx, pondGuild, all[0].ID); err != nil || again.Key != "garden-ponds" || again.Base != first.Hash || again.Source != s.Source {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestPreview_same(t *testing.T) {
	p := newPress(t)
	p.put(t, pond(deep))
	got, err := p.Preview(t.Context(), pondGuild, bench.Submission{Source: pond(deep)})
	if err != nil || !got.Same || got.New || got.Diff != "" || got.Conflict != nil {
		t.Errorf("%+v, %v", got, err)
	}
}
