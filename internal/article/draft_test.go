package article

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestDraft_missing(t *testing.T) {
	d := Draft{Meta: Meta{Title: " ", Updated: Date{2017, 7, 19}}, Body: "text"}
	if diff := cmp.Diff([]string{"title", "author"}, d.Missing()); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	_, err := d.Article(Options{File: "a.txt"})
	want := "a.txt: no title was found; add front matter with a line such as \"title: Knee pain in runners\"\n" +
		"a.txt: no author was found; add front matter with a line such as \"author: Jane Doe\""
	if err == nil || err.Error() != want || !errors.Is(err, ErrInvalid) {
		t.Errorf("error %v\nwant  %s", err, want)
	}
}

func TestDraft_problemsHaveNoPlace(t *testing.T) {
	d := Draft{Meta: Meta{Title: "T", Author: "A", Updated: Date{2017, 7, 19}}, Body: "text"}
	_, err := d.Article(Options{File: "a.txt", Today: Date{2016, 1, 1}})
	if want := "a.txt: updated is 2017-07-19, which is in the future (today is 2016-01-01); correct the date"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

func TestDraft_markdown(t *testing.T) {
	d := Draft{Meta: fullMeta(), Body: "One.\n"}
	d.Meta.Topics, d.Meta.Language = []string{"x", "y"}, "en"
	d.Meta.Reviewed = &Review{By: "M", On: Date{2018, 1, 2}}
	want := `---
title: "T"
author: "A"
author_bio: "B"
updated: 2017-07-19
published: 2016-01-02
source_url: "https://s.org"
adapted_from:
  title: "AT"
  author: "AA"
  updated: 2015-03-04
  url: "https://a.org"
audience: "everyone"
topics: ["x", "y"]
language: "en"
reviewed:
  by: "M"
  on: 2018-01-02
license: "L"
---

One.
`
	if diff := cmp.Diff(want, string(d.Markdown())); diff != "" {
		t.Errorf("markdown (-want +got):\n%s", diff)
	}
	if (Draft{}).Missing() == nil {
		t.Error("an empty draft lacks nothing")
	}
}

// TestDraft_roundTrip writes any metadata and reads it back.
func TestDraft_roundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Draft{Meta: anyMeta().Draw(t, "meta"), Body: rapid.SampledFrom([]string{"One.", "\n\n# A\n\ntext\n", "---\n\na: b"}).Draw(t, "body")}
		a, err := d.Article(Options{File: "a.md"})
		if err != nil {
			t.Fatalf("%v in\n%s", err, d.Markdown())
		}
		if diff := cmp.Diff(d.Meta, a.Meta, cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("meta (-want +got):\n%s", diff)
		}
		if !strings.HasSuffix(a.Source, strings.TrimSuffix(d.Body, "\n")+"\n") {
			t.Fatalf("the body became %q", a.Source)
		}
	})
}

func anyMeta() *rapid.Generator[Meta] {
	return rapid.Custom(func(t *rapid.T) Meta {
		m := Meta{
			Title: anyName().Draw(t, "title"), Author: anyName().Draw(t, "author"), AuthorBio: anyText().Draw(t, "bio"),
			Updated: Date{2017, 7, 19}, Audience: rapid.SampledFrom([]Audience{Everyone, AgeRestricted}).Draw(t, "audience"),
			SourceURL: rapid.SampledFrom([]string{"", "https://example.org/?a=b&c#d"}).Draw(t, "url"),
			Topics:    rapid.SliceOfN(anyName(), 0, 3).Draw(t, "topics"), Language: "de-AT", License: anyText().Draw(t, "license"),
		}
		if rapid.Bool().Draw(t, "adapted") {
			m.AdaptedFrom = &Adaptation{Title: anyName().Draw(t, "adapted title"), Author: anyName().Draw(t, "adapted author"), Updated: Date{2001, 2, 3}}
		}
		if rapid.Bool().Draw(t, "reviewed") {
			m.Reviewed = &Review{By: anyName().Draw(t, "by"), On: Date{2018, 1, 1}, Next: Date{2090, 12, 31}}
		}
		return m
	})
}

// anyText prefers what YAML gives a meaning to.
func anyText() *rapid.Generator[string] {
	special := rapid.SampledFrom([]string{`"`, `'`, ": ", " #", "\n", "\r\n", "\t", "- ", "---", "...", "{", "}", "[", "]", "&", "*", "!", "|", ">", "%", "@", "`", `\`, `\n`, `\x41`, "\u0085", "\u2028", "\ufeff", "\u00a0", "\u007f", "\x1b", "null", "true", "1984", "2017-07-19", "~", "<<", "?", "é", "字", "😀", " "})
	return rapid.OneOf(
		rapid.String(),
		rapid.Map(rapid.SliceOfN(special, 0, 8), func(parts []string) string { return strings.Join(parts, "") }),
	)
}

// anyName is one line that is not empty.
func anyName() *rapid.Generator[string] {
	return rapid.Map(anyText(), func(s string) string {
		return "n" + strings.Map(func(r rune) rune {
			if strings.ContainsRune(lineBreaks, r) {
				return -1
			}
			return r
		}, s)
	})
}
