package bench

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// BrokenError says that golden questions that pass now would fail. It is ErrConflict.
type BrokenError struct{ Broken []GoldenChange }

// maxNamed is how many questions an error names.
const maxNamed = 3

// Error says which they are and what to do.
func (e *BrokenError) Error() string {
	var names []string
	for _, g := range e.Broken[:min(maxNamed, len(e.Broken))] {
		names = append(names, shown(g.Before.Golden.Question))
	}
	if more := len(e.Broken) - len(names); more > 0 {
		names = append(names, fmt.Sprintf("and %d more", more))
	}
	what, they := fmt.Sprintf("%d golden questions that pass", len(e.Broken)), "they pass"
	if len(e.Broken) == 1 {
		what, they = "a golden question that passes", "it passes"
	}
	return fmt.Sprintf("%s now would fail: %s; change the article so that %s, or publish it anyway and say why that is right",
		what, strings.Join(names, ", "), they)
}

// Unwrap returns the error class.
func (*BrokenError) Unwrap() error { return article.ErrConflict }

// Publish publishes a submission, raw text as the Markdown that was made of it, and
// deletes the draft that it comes from. [library.BaseError] when the article is at
// another revision than the submission starts from; [BrokenError] when golden questions
// that pass now would fail and override is empty. override says why that is right: it
// becomes part of the reason in the audit trail, where an entry "golden.override" names
// each of those questions. Golden questions are run against the articles as they are at
// the moment; other articles may be published until this one is.
func (b *Bench) Publish(ctx context.Context, guild string, s Submission, override string, act library.Act) (library.Receipt, error) {
	r, err := b.read(s)
	if err != nil {
		return library.Receipt{}, err
	}
	current, err := b.Desk.Check(ctx, guild, s.Key, r.article, s.Base, act)
	if err != nil {
		return library.Receipt{}, err
	}
	if current.State != library.Published || current.Hash != r.hash {
		if act, err = b.passes(ctx, guild, s, r, current, override, act); err != nil {
			return library.Receipt{}, err
		}
	}
	receipt, err := b.Desk.Publish(ctx, guild, s.Key, r.article, s.Base, act)
	if err != nil {
		return library.Receipt{}, err
	}
	receipt.Warnings = merged(r.notes, r.dropped, receipt.Warnings)
	if s.Draft != "" {
		receipt.Warnings = append(receipt.Warnings, b.published(ctx, guild, s, act)...)
	}
	return receipt, nil
}

// passes runs the golden questions before and after a publication. It returns the act
// with the reason that is to be kept.
func (b *Bench) passes(ctx context.Context, guild string, s Submission, r reading, current library.Publication, override string, act library.Act) (library.Act, error) {
	broken, err := b.broken(ctx, guild, Change{Key: current.Article, Article: named(r.article, current.Article)})
	if err != nil || len(broken) == 0 {
		return act, err
	}
	if override = strings.TrimSpace(override); override == "" {
		return act, &BrokenError{broken}
	}
	because := act
	because.Reason = override
	if act.Reason = strings.TrimSpace(act.Reason); act.Reason != "" && act.Reason != override {
		override = act.Reason + "; golden questions that fail: " + override
	}
	act.Reason = override
	if _, err := b.Desk.Check(ctx, guild, s.Key, r.article, s.Base, act); err != nil {
		return act, err // above all for a reason that is too long
	}
	for _, g := range broken {
		e := library.Entry{Action: "golden.override", Subject: g.Before.ID, Before: current.Hash, After: r.hash}
		if err := b.Trail.Note(ctx, guild, e, because); err != nil {
			return act, fmt.Errorf("noting the reason in the audit trail: %w", err)
		}
	}
	return act, nil
}

// broken returns the golden questions that a change would break.
func (b *Bench) broken(ctx context.Context, guild string, c Change) ([]GoldenChange, error) {
	all, err := b.goldens(ctx, guild)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	if err := b.settled(ctx, guild); err != nil {
		return nil, err
	}
	t, err := b.try(ctx, guild, c)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	before, err := b.present(ctx, guild)
	if err != nil {
		return nil, err
	}
	changes, _, err := b.goldenChanges(ctx, guild, before, t)
	return slices.DeleteFunc(changes, func(g GoldenChange) bool { return !g.Before.Passed }), err
}

// published deletes the draft of what was published, unless somebody changed it since it
// was opened. That it could not be deleted undoes nothing, so it is a warning.
func (b *Bench) published(ctx context.Context, guild string, s Submission, act library.Act) []string {
	d, err := b.Config.Drafts.Get(ctx, guild, s.Draft)
	if err == nil && !s.isOf(d) {
		return []string{"Somebody changed the draft since you opened it, so it is kept: look at it among the drafts."}
	}
	if err == nil {
		err = b.Config.Drafts.Delete(ctx, guild, s.Draft, act)
	}
	if err == nil || errors.Is(err, article.ErrNotFound) {
		return nil
	}
	b.Log.Warn("the draft of a published article cannot be deleted", slog.String("guild", guild), slog.String("draft", s.Draft), slog.Any("error", err))
	return []string{"The article is published, but its draft could not be deleted; delete it by hand."}
}

// merged joins lists of sentences, each sentence once.
func merged(lists ...[]string) []string {
	var all []string
	seen := map[string]bool{}
	for _, list := range lists {
		for _, sentence := range list {
			if !seen[sentence] {
				seen[sentence] = true
				all = append(all, sentence)
			}
		}
	}
	return all
}
