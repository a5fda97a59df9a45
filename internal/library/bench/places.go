package bench

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/search"
)

// places looks up the words at places of revisions, each text once. It is for one
// goroutine.
type places struct {
	bench *Bench
	guild string
	texts map[article.Revision]string // "" for one that is not kept
}

// newPlaces returns places that know the texts of these articles.
func (b *Bench) newPlaces(guild string, articles []*article.Article) *places {
	p := &places{bench: b, guild: guild, texts: map[article.Revision]string{}}
	return p.with(articles)
}

// with returns places that know the texts of these articles too.
func (p *places) with(articles []*article.Article) *places {
	other := *p
	other.texts = maps.Clone(p.texts)
	for _, a := range articles {
		other.texts[a.Revision] = a.Canonical
	}
	return &other
}

// words returns the words at a place as they were quoted, "" when they are not kept.
func (p *places) words(ctx context.Context, at library.Place) (string, error) {
	text, known := p.texts[at.Revision]
	if !known {
		kept, err := p.bench.Book.Text(ctx, p.guild, at.Revision)
		if text = kept.Canonical; errors.Is(err, article.ErrNotFound) {
			text, err = p.recalled(ctx, at)
		}
		if err != nil {
			return "", fmt.Errorf("revision %s of %q: %w", shortHash(string(at.Revision)), at.Article, err)
		}
		p.texts[at.Revision] = text
	}
	if at.Start < 0 || at.End < at.Start || at.End > len(text) {
		return "", nil
	}
	return strings.ToValidUTF8(text[at.Start:at.End], ""), nil
}

// recalled returns the text of a revision that came with the program, "" when nobody
// knows it any more.
func (p *places) recalled(ctx context.Context, at library.Place) (string, error) {
	r, err := p.bench.Shelves.Recall(ctx, p.guild, at)
	switch {
	case errors.Is(err, article.ErrNotFound):
		return "", nil
	case err != nil:
		return "", err
	}
	return r.Article.Canonical, nil
}

// meets reports whether a quote is the one that a golden question wants. Of one and the
// same revision, the two places have at least half of the shorter one in common. Of
// another revision, the wanted words stand in the quote or the other way round, or some
// of its sentences repeat them but for words that change nothing: see [search.Repeats].
func (e *examiner) meets(g library.Golden, wanted string, q answer.Quote) bool {
	if q.Article != g.Article {
		return false
	}
	if q.Span.Revision == g.Revision {
		common := min(g.End, q.Span.End) - max(g.Start, q.Span.Start)
		return common > 0 && 2*common >= min(g.End-g.Start, q.Span.Len())
	}
	if wanted == "" {
		return false
	}
	if strings.Contains(q.Text, wanted) || q.Text != "" && strings.Contains(wanted, q.Text) {
		return true
	}
	at := slices.IndexFunc(e.articles, func(a *article.Article) bool { return a.Slug == q.Article && a.Revision == q.Span.Revision })
	if at < 0 {
		return search.Repeats(q.Text, wanted)
	}
	return anyRun(e.articles[at], q.Span.Range, func(text string) bool { return search.Repeats(text, wanted) })
}

// anyRun reports whether a run of neighbouring sentences of a piece of an article is ok.
func anyRun(a *article.Article, within article.Range, ok func(text string) bool) bool {
	var sentences []article.Range
	for _, b := range a.Blocks {
		for _, s := range b.Sentences {
			if within.Start <= s.Start && s.End <= within.End {
				sentences = append(sentences, s)
			}
		}
	}
	for i, first := range sentences {
		for _, last := range sentences[i:] {
			if ok(a.Canonical[first.Start:last.End]) {
				return true
			}
		}
	}
	return false
}
