package shelf

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/search"
)

// longestChosen is how many characters of an article are quoted at most, as search
// cuts them.
const longestChosen = 400

// anchor finds where a preference's passage stands now: where it was when its article
// has not changed, else the one place where the same whole sentences stand. then keeps
// the revisions that were read.
func (s *Shelves) anchor(ctx context.Context, guild string, p library.Preference, articles []*article.Article, then map[library.Place]*article.Article) (decision, error) {
	d := decision{Preference: p}
	if p.Article == "" {
		return d, nil
	}
	d.gone = true
	now := presentOf(articles, p.Article)
	if now == nil {
		return d, nil
	}
	at, was := article.Range{Start: p.Start, End: p.End}, now
	if now.Revision != p.Revision {
		var err error
		if was, err = s.asThen(ctx, guild, library.Place{Article: p.Article, Revision: p.Revision}, then); was == nil || err != nil {
			return d, err
		}
	}
	text := quotable(was, at)
	if text == "" {
		return d, nil
	}
	if was != now {
		var ok bool
		if at, ok = reanchor(text, sectionAround(was, at).Heading, now); !ok {
			return d, nil
		}
	}
	d.chosen, d.gone = search.Chosen{Article: now, Range: at}, false
	return d, nil
}

// quotable returns a piece of an article that may be quoted as it is, empty when it is none.
func quotable(a *article.Article, r article.Range) string {
	text, err := a.Text(a.Span(r))
	if err != nil || utf8.RuneCountInString(text) > longestChosen || !inSection(a, r) {
		return ""
	}
	return text
}

// asThen returns a revision that the guild is not answered from, nil when it is not
// kept.
func (s *Shelves) asThen(ctx context.Context, guild string, at library.Place, then map[library.Place]*article.Article) (*article.Article, error) {
	if a, known := then[at]; known {
		return a, nil
	}
	a, err := s.past(ctx, guild, at)
	switch {
	case err == nil:
	case ctx.Err() != nil || errors.Is(err, article.ErrUnavailable):
		return nil, fmt.Errorf("revision %.12s of %q: %w", at.Revision, at.Article, err)
	default:
		a = nil
		s.log.Warn("a preference's revision is not kept; the preference does not apply", slog.String("guild", guild), slog.String("article", at.Article), slog.Any("error", err))
	}
	then[at] = a
	return a, nil
}

// reanchor finds the one place of an article where a text stands, in whole sentences
// of one section: under the same heading, or anywhere when it stands once.
func reanchor(text, heading string, a *article.Article) (article.Range, bool) {
	starts, ends := sentenceBounds(a)
	var all, same []article.Range
	for from := 0; ; {
		i := strings.Index(a.Canonical[from:], text)
		if i < 0 {
			break
		}
		at := article.Range{Start: from + i, End: from + i + len(text)}
		from = at.Start + 1
		if !starts[at.Start] || !ends[at.End] || !inSection(a, at) {
			continue
		}
		all = append(all, at)
		if sectionAround(a, at).Heading == heading {
			same = append(same, at)
		}
	}
	switch {
	case len(same) == 1:
		return same[0], true
	case len(all) == 1:
		return all[0], true
	}
	return article.Range{}, false
}

// sentenceBounds returns where the sentences of an article start and end.
func sentenceBounds(a *article.Article) (starts, ends map[int]bool) {
	starts, ends = map[int]bool{}, map[int]bool{}
	for _, b := range a.Blocks {
		for _, s := range b.Sentences {
			starts[s.Start], ends[s.End] = true, true
		}
	}
	return starts, ends
}

// inSection reports whether a range lies in one section.
func inSection(a *article.Article, r article.Range) bool {
	return slices.ContainsFunc(a.Sections, func(s article.Section) bool { return s.Start <= r.Start && r.End <= s.End })
}
