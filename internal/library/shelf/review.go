package shelf

import (
	"verbatim/internal/article"
	"verbatim/internal/library"
)

// lastReviews returns the last review of each article, by its key.
func lastReviews(all []library.Review) map[string]library.Review {
	last := make(map[string]library.Review, len(all))
	for _, r := range all {
		last[r.Article] = r
	}
	return last
}

// reviewed returns the article with the last review of the text that it has now: that
// of the front matter, or a later one of the guild's moderators. The article itself
// is not changed, since others may have it too.
func reviewed(a *article.Article, hash string, reviews map[string]library.Review) *article.Article {
	r, ok := reviews[a.Slug]
	if !ok || r.Hash != hash || a.Meta.Reviewed != nil && !r.On.After(a.Meta.Reviewed.On) {
		return a
	}
	with := *a
	with.Meta.Reviewed = &article.Review{By: r.By, On: r.On, Next: r.Next}
	return &with
}

// readShipped takes the reviews of shipped articles over, and reports whether there
// were none.
func (c *collection) readShipped(reviews map[string]library.Review) (none bool) {
	none = true
	for i, a := range c.articles {
		if _, ok := reviews[a.Slug]; !ok {
			continue
		}
		c.articles[i] = reviewed(a, library.HashOf(a.Source), reviews)
		none = none && c.articles[i] == a
	}
	return none
}
