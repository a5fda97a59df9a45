package bench

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
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
