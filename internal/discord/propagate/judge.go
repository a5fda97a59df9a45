package propagate

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
)

// found is a place of a posted answer, with what became of it.
type found struct {
	quote    answer.Quote
	known    bool             // the quoted words are still kept
	now      *article.Article // the article as the guild is answered from it; nil when it is not
	standing library.Standing
}

// look finds out what became of a place. The same words in another revision count as
// standing: there is nothing to say of them.
func (r *run) look(ctx context.Context, articles []*article.Article, p library.Place) (found, error) {
	f := found{standing: library.Departed}
	then, err := r.Reader.Recall(ctx, r.guild, p)
	switch {
	case err == nil:
		f.quote, f.known = then.Quote, true
	case !errors.Is(err, article.ErrNotFound):
		return f, fmt.Errorf("reading what an answer quotes: %w", err)
	}
	i := slices.IndexFunc(articles, func(a *article.Article) bool { return a.Slug == p.Article })
	if i < 0 {
		return f, nil
	}
	f.now, f.standing = articles[i], library.Revised
	if f.known && (f.now.Revision == p.Revision || strings.Contains(f.now.Canonical, f.quote.Text)) {
		f.standing = library.Current
	}
	return f, nil
}

// judged is a posted answer with all that its message depends on.
type judged struct {
	posted  library.Posted
	main    found
	against []found // of which the words are known
	wrong   *library.Correction
	right   *answer.Quote // the passage that answers, as it stands now, where it may be shown
}

// judge finds out what became of an answer.
func (r *run) judge(ctx context.Context, p library.Posted) (judged, error) {
	articles, err := r.Reader.Articles(ctx, r.guild)
	if err != nil {
		return judged{}, fmt.Errorf("reading the articles: %w", err)
	}
	j := judged{posted: p, wrong: r.correction(p)}
	if j.main, err = r.look(ctx, articles, p.Quoted); err != nil {
		return j, err
	}
	for _, place := range p.Against {
		f, err := r.look(ctx, articles, place)
		if err != nil {
			return j, err
		}
		if f.known {
			j.against = append(j.against, f)
		}
	}
	if j.wrong == nil || j.wrong.Right == nil {
		return j, nil
	}
	right, err := r.look(ctx, articles, *j.wrong.Right)
	if err == nil {
		j.right = r.counterpart(ctx, p, right)
	}
	return j, err
}

// correction returns the last correction of an answer that is about what it says now,
// nil when there is none: one of what it said before its question was edited is not. A
// message that shows a correction does so since that edit, whatever it quotes by now.
func (r *run) correction(p library.Posted) *library.Correction {
	for _, c := range slices.Backward(r.wrong[p.ID]) {
		if c.Hash == "" || c.Hash == p.Hash || p.Shown == library.Retracted {
			return &c
		}
	}
	return nil
}

// counterpart returns what stands in the place of some words now, nil where nothing does
// or it may not be shown in the place of the answer.
func (r *run) counterpart(ctx context.Context, p library.Posted, f found) *answer.Quote {
	if !f.known || f.now == nil || p.Minor {
		return nil
	}
	q, section, ok := Counterpart(f.quote, f.now)
	if !ok || r.Reader.Reading(r.guild, r.Kind(ctx, r.guild, p.Channel), f.now, section.Heading) != "" {
		return nil
	}
	return &q
}

// beside reports whether what is said against an answer was changed since.
func (j judged) beside() bool {
	return slices.ContainsFunc(j.against, func(f found) bool { return f.standing != library.Current })
}

// standing is what became of the answer as a whole.
func (j judged) standing() library.Standing {
	switch {
	case j.wrong != nil:
		return library.Retracted
	case j.main.standing == library.Current && j.beside():
		return library.Revised
	}
	return j.main.standing
}

// whole reports whether all that the message shows is known, so that it can be rendered
// again: not where it holds a card, or answers other questions as well.
func (j judged) whole() bool { return !j.hasCard() && j.posted.Outcome != Several }
