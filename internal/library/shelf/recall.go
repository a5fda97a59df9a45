package shelf

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Archive keeps what guilds were answered from before. [library.Book] is one.
type Archive interface {
	// History lists an article's revisions, oldest first, without their texts.
	History(ctx context.Context, guild, key string) ([]library.Revision, error)
	// Revision returns a revision by its hash.
	Revision(ctx context.Context, guild, hash string) (library.Revision, error)
	// Text returns a canonical text of the guild, or a shipped one.
	Text(ctx context.Context, guild string, r article.Revision) (library.Text, error)
}

// Recall returns a place of a posted answer as it was quoted, with what became of
// its article since. The article is the revision that was quoted; of one that came
// with an earlier version of the program only the text is kept, and it has the front
// matter of today, the sections whose headings are still there, and no passages.
// ErrNotFound when the revision is not kept, or the place is no piece of its text.
func (s *Shelves) Recall(ctx context.Context, guild string, p library.Place) (library.Recalled, error) {
	h, err := s.hold(ctx, guild)
	if err != nil {
		return library.Recalled{}, err
	}
	present := presentOf(h.library.Articles(), p.Article)
	h.release()
	standing := library.Departed
	switch {
	case present != nil && present.Revision == p.Revision:
		return recalled(present, p, library.Current)
	case present != nil:
		standing = library.Revised
	}
	past, err := s.past(ctx, guild, p)
	if err != nil {
		return library.Recalled{}, fmt.Errorf("revision %.12s of %q: %w", p.Revision, p.Article, err)
	}
	return recalled(past, p, standing)
}

// presentOf returns the article with a key, or nil.
func presentOf(articles []*article.Article, key string) *article.Article {
	if i := slices.IndexFunc(articles, func(a *article.Article) bool { return a.Slug == key }); i >= 0 {
		return articles[i]
	}
	return nil
}

// past returns a revision that the guild is not answered from.
func (s *Shelves) past(ctx context.Context, guild string, p library.Place) (*article.Article, error) {
	shipped := presentOf(s.config.Shipped, p.Article)
	if shipped != nil && shipped.Revision == p.Revision { // hidden or replaced
		return shipped, nil
	}
	if s.config.Archive == nil {
		return nil, article.ErrNotFound
	}
	if mayOwn(guild) {
		if own, err := s.pastOwn(ctx, guild, p); err == nil || !errors.Is(err, article.ErrNotFound) {
			return own, err
		}
	}
	if shipped == nil {
		return nil, article.ErrNotFound
	}
	text, err := s.config.Archive.Text(ctx, library.Shipped, p.Revision)
	if err != nil {
		return nil, err
	}
	return textAlone(shipped, text), nil
}

// pastOwn returns an earlier revision of an own article. Should its source be read
// otherwise today than when it was published, the text of then stands.
func (s *Shelves) pastOwn(ctx context.Context, guild string, p library.Place) (*article.Article, error) {
	history, err := s.config.Archive.History(ctx, guild, p.Article)
	if err != nil {
		return nil, err
	}
	for _, r := range slices.Backward(history) {
		if r.Revision != p.Revision {
			continue
		}
		kept, err := s.config.Archive.Revision(ctx, guild, r.Hash)
		if err != nil {
			return nil, err
		}
		a := s.parse(guild, edition{p.Article, r.Hash}, map[string]string{r.Hash: kept.Source})
		if a != nil && a.Revision != p.Revision {
			a = textAlone(a, library.Text{Revision: p.Revision, Canonical: kept.Canonical})
		}
		if a != nil {
			return a, nil
		}
	}
	return nil, article.ErrNotFound
}

// recalled quotes a place of an article.
func recalled(a *article.Article, p library.Place, standing library.Standing) (library.Recalled, error) {
	span := article.Span{Revision: p.Revision, Range: article.Range{Start: p.Start, End: p.End}}
	text, err := a.Text(span)
	if err != nil || text == "" {
		return library.Recalled{}, fmt.Errorf("%w: bytes %d to %d are no piece of %q", article.ErrNotFound, p.Start, p.End, p.Article)
	}
	section := sectionAround(a, span.Range)
	m := a.Meta
	q := answer.Quote{
		Text: text, Article: a.Slug, Title: m.Title, Section: section.Heading,
		Author: m.Author, AuthorBio: m.AuthorBio, Updated: m.Updated, Language: m.Language,
		AdaptedFrom: m.AdaptedFrom, SourceURL: m.SourceURL, Span: span,
	}
	if m.Reviewed != nil {
		q.Reviewed = m.Reviewed.On
	}
	return library.Recalled{Quote: q, Around: section.Range, Article: a, Standing: standing}, nil
}

// sectionAround returns the section that a piece of the text is from. A piece that
// is in no section stands for itself.
func sectionAround(a *article.Article, r article.Range) article.Section {
	for _, s := range a.Sections {
		if s.Start <= r.Start && r.End <= s.End {
			return s
		}
	}
	return article.Section{Range: r}
}
