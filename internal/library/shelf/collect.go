package shelf

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/search"
)

// edition names one text of one of a guild's own articles.
type edition struct{ key, hash string }

// collection is a guild's library, read and ready to be indexed.
type collection struct {
	articles []*article.Article
	own      map[edition]*article.Article
	synonyms search.Synonyms // its own
	shared   bool            // the index of what came with the program will do
}

// collect makes a library of a shelf. Articles that were parsed before are taken
// from earlier. One that cannot be parsed is logged and left out; a shipped one that
// it replaces stays out too. It fails when ctx ends.
func (s *Shelves) collect(ctx context.Context, id string, shelf library.Shelf, earlier map[edition]*article.Article) (collection, error) {
	c := collection{own: map[edition]*article.Article{}, synonyms: synonymsOf(shelf.Synonyms)}
	without := map[string]bool{} // shipped ones that are hidden or replaced
	publications := slices.SortedFunc(slices.Values(shelf.Publications), func(a, b library.Publication) int {
		return cmp.Compare(a.Article, b.Article)
	})
	reviews := lastReviews(shelf.Reviews)
	var own []*article.Article
	for _, p := range publications {
		if err := ctx.Err(); err != nil {
			return collection{}, err
		}
		switch {
		case !p.Own && p.State == library.Hidden, p.Own && p.State == library.Published:
			without[p.Article] = true
		}
		if !p.Own || p.State != library.Published {
			continue
		}
		e := edition{p.Article, p.Hash}
		a := earlier[e]
		if a == nil {
			a = s.parse(id, e, shelf.Sources)
		}
		if a != nil {
			c.own[e] = a
			own = append(own, reviewed(a, e.hash, reviews))
		}
	}
	c.articles = slices.DeleteFunc(slices.Clone(s.config.Shipped), func(a *article.Article) bool { return without[a.Slug] })
	unread := c.readShipped(reviews)
	c.shared = unread && len(own) == 0 && len(c.articles) == len(s.config.Shipped) && len(c.synonyms.Groups)+len(c.synonyms.Related) == 0
	c.articles = append(c.articles, own...)
	return c, nil
}

// parse reads an own article, and returns nil when it cannot.
func (s *Shelves) parse(id string, e edition, sources map[string]string) *article.Article {
	log := s.log.With(slog.String("guild", id), slog.String("article", e.key), slog.String("hash", e.hash))
	source, ok := sources[e.hash]
	if !ok {
		log.Error("the source of a published article is missing; the article is left out")
		return nil
	}
	a, err := article.Parse([]byte(source), article.Options{File: e.key})
	if err != nil {
		log.Error("a published article cannot be read; it is left out", slog.Any("error", err))
		return nil
	}
	a.Slug = e.key
	return a
}

// synonymsOf gives a guild's synonyms the form of the vocabulary: in lower case,
// single spaces, each word once. A group of fewer than two says nothing. Words that
// are related are evidence for each other.
func synonymsOf(all []library.Synonym) search.Synonyms {
	var s search.Synonyms
	for _, one := range all {
		var words []string
		for _, word := range one.Words {
			word = strings.ToLower(strings.Join(strings.Fields(word), " "))
			if word != "" && !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
		switch {
		case len(words) < 2:
		case one.Related:
			s.Related = append(s.Related, search.Relation{Asked: words, Written: words})
		default:
			s.Groups = append(s.Groups, words)
		}
	}
	return s
}
