package bench

import (
	"context"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// warnings lists what a moderator should look at in a submission, a plain sentence each.
func (b *Bench) warnings(ctx context.Context, guild string, p Preview, r reading) ([]string, error) {
	list := merged(r.notes, b.Desk.Warnings(ctx, guild, p.Key, r.article))
	if n := len(r.dropped); n > 0 {
		list = append(list, fmt.Sprintf("Reading the text left out %s; look at whether it should have.", lines(n)))
	}
	reviewed, err := b.reviewedAs(ctx, guild, p.Key, r)
	if err != nil {
		return nil, err
	}
	if !reviewed {
		list = append(list, "No moderator has reviewed this text yet; record a review once somebody has read it.")
	}
	if r.article.Meta.License == "" {
		list = append(list, "There is no license, so nobody can tell whether the text may be quoted here; add one if you know it.")
	}
	others, err := b.others(ctx, guild, p.Key)
	if err != nil {
		return nil, err
	}
	list = append(list, nearDuplicates(r.article, others)...)
	numbers, err := conflictingNumbers(ctx, r.article, others)
	return append(list, numbers...), err
}

func lines(n int) string {
	if n == 1 {
		return "1 line"
	}
	return fmt.Sprintf("%d lines", n)
}

// reviewedAs reports whether a moderator reviewed this very text.
func (b *Bench) reviewedAs(ctx context.Context, guild, key string, r reading) (bool, error) {
	if r.article.Meta.Reviewed != nil {
		return true, nil
	}
	all, err := b.Book.Reviews(ctx, guild, key)
	if err != nil {
		return false, fmt.Errorf("reviews of %q: %w", key, err)
	}
	return reviewOf(all, r.hash), nil
}

func reviewOf(all []library.Review, hash string) bool {
	for _, r := range all {
		if r.Hash == hash {
			return true
		}
	}
	return false
}

// others returns what the guild is answered from beside an article.
func (b *Bench) others(ctx context.Context, guild, key string) ([]*article.Article, error) {
	all, err := b.Shelves.Articles(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("the guild's articles: %w", err)
	}
	var others []*article.Article
	for _, a := range all {
		if a.Slug != key {
			others = append(others, a)
		}
	}
	return others, nil
}
