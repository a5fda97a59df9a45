package article

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A tester is a *testing.T, a *testing.F or a *rapid.T.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// checkInvariants tests what the package comment promises of every article.
func checkInvariants(t tester, a *Article) {
	t.Helper()
	if !utf8.ValidString(a.Canonical) {
		t.Errorf("the canonical text is not UTF-8: %q", a.Canonical)
	}
	if len(a.Revision) != 64 || a.Slug == "" || len(a.Slug) > maxSlug || !utf8.ValidString(a.Slug) {
		t.Errorf("revision %q, slug %q", a.Revision, a.Slug)
	}
	checkSections(t, a)
	checkBlocks(t, a)
	checkPassages(t, a)
	checkOffsets(t, a)
}

func checkSections(t tester, a *Article) {
	t.Helper()
	end := 0
	for _, s := range a.Sections {
		if s.Start < end || s.End < s.Start || s.End > len(a.Canonical) {
			t.Errorf("section %q is %v after %d", s.Heading, s.Range, end)
		}
		end = s.End
	}
}

func checkBlocks(t tester, a *Article) {
	t.Helper()
	end := 0
	for _, b := range a.Blocks {
		section := a.Sections[b.Section]
		switch {
		case b.Start < end || b.End <= b.Start:
			t.Errorf("block %v after %d", b.Range, end)
		case b.Kind == Heading && (section.Heading != a.Canonical[b.Start:b.End] || section.Start < b.End || len(b.Sentences) > 0):
			t.Errorf("heading %q opens section %+v with sentences %v", a.Canonical[b.Start:b.End], section, b.Sentences)
		case b.Kind != Heading && (b.Start < section.Start || b.End > section.End || len(b.Sentences) == 0):
			t.Errorf("block %v with sentences %v in section %v", b.Range, b.Sentences, section.Range)
		}
		end = b.End
		checkSentences(t, a, b)
	}
}

func checkSentences(t tester, a *Article, b Block) {
	t.Helper()
	end := b.Start
	for _, s := range b.Sentences {
		text, err := a.Text(a.Span(s))
		if err != nil || s.Start < end || s.End > b.End {
			t.Errorf("sentence %v of block %v after %d: %v", s, b.Range, end, err)
			continue
		}
		if text == "" || len(text) > maxSentence || text != strings.TrimSpace(text) {
			t.Errorf("sentence %q of %d bytes", text, len(text))
		}
		if gap := a.Canonical[end:s.Start]; strings.ContainsFunc(gap, func(r rune) bool { return !unicode.IsSpace(r) }) {
			t.Errorf("no sentence holds %q", gap)
		}
		end = s.End
	}
	if rest := a.Canonical[end:b.End]; strings.TrimSpace(rest) != "" && b.Kind != Heading {
		t.Errorf("no sentence holds %q at the end of a block", rest)
	}
}

// checkPassages compares the sentences of all passages with those of all blocks.
func checkPassages(t tester, a *Article) {
	t.Helper()
	var want []Range
	for _, b := range a.Blocks {
		want = append(want, b.Sentences...)
	}
	next := 0
	for _, p := range a.Passages {
		section := a.Sections[p.Section]
		if p.Start < section.Start || p.End > section.End || len(p.Sentences) == 0 {
			t.Errorf("passage %v with %d sentences in section %v", p.Range, len(p.Sentences), section.Range)
			continue
		}
		if p.Start != p.Sentences[0].Start || p.End != p.Sentences[len(p.Sentences)-1].End {
			t.Errorf("passage %v has sentences %v", p.Range, p.Sentences)
		}
		for _, s := range p.Sentences {
			if next >= len(want) || s != want[next] {
				t.Fatalf("sentence %v of passage %v is not the next sentence of the article", s, p.Range)
			}
			next++
		}
	}
	if next != len(want) {
		t.Errorf("passages hold %d of %d sentences", next, len(want))
	}
}

func checkOffsets(t tester, a *Article) {
	t.Helper()
	end := 0
	for _, run := range a.offsets {
		s := run.source
		if run.canonical.Start != end || run.canonical.Len() <= 0 || s.Start < 0 || s.End < s.Start || s.End > len(a.Source) {
			t.Fatalf("run %+v after %d", run, end)
		}
		if run.linear && a.Canonical[run.canonical.Start:run.canonical.End] != a.Source[s.Start:s.End] {
			t.Errorf("run %+v copies %q as %q", run, a.Source[s.Start:s.End], a.Canonical[run.canonical.Start:run.canonical.End])
		}
		end = run.canonical.End
	}
	if end != len(a.Canonical) {
		t.Errorf("the offset map covers %d of %d bytes", end, len(a.Canonical))
	}
	for _, b := range a.Blocks {
		for _, s := range b.Sentences {
			if r, err := a.SourceRange(a.Span(s)); err != nil || r.Len() == 0 {
				t.Errorf("sentence %v has source %v: %v", s, r, err)
			}
		}
	}
}

// checkMonotone tests that the order of the source is kept, as it is without footnotes.
func checkMonotone(t tester, a *Article) {
	t.Helper()
	at := 0
	for _, run := range a.offsets {
		if run.source.Start < at {
			t.Errorf("source %v comes after %d", run.source, at)
		}
		at = run.source.Start
	}
}
