package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// SaveDraft keeps a submission as a draft, in place of the draft that it comes from if
// that is there and still what it was when it was opened; else both are kept. It need not be fit to be published. One that changes an article keeps
// the revision that it started from, so that what others change meanwhile is noticed.
// ErrTooLarge beyond [library.MaxDrafts] drafts and for a text longer than an article
// may be, ErrNotFound for an article or a revision that is not there.
func (b *Bench) SaveDraft(ctx context.Context, guild string, s Submission, act library.Act) (id string, err error) {
	if err := fits(s.Source); err != nil {
		return "", err
	}
	source, err := article.DecodeText(s.File, []byte(s.Source))
	if err != nil {
		return "", err
	}
	base := ""
	if s.Key != "" {
		if base, err = b.startedFrom(ctx, guild, s); err != nil {
			return "", err
		}
	}
	if id, err = b.draftID(ctx, guild, s, source); err != nil {
		return "", err
	}
	d := library.Draft{Title: b.titleOf(s, source), Source: source, Base: base, By: act.Actor, At: b.Now().UTC()}
	if err := b.Config.Drafts.Put(ctx, guild, id, d, act); err != nil {
		return "", fmt.Errorf("saving the draft: %w", err)
	}
	return id, nil
}

// startedFrom returns the hash of the revision that a change of an article starts from.
func (b *Bench) startedFrom(ctx context.Context, guild string, s Submission) (string, error) {
	base := s.Base
	if base == library.AnyBase {
		base = ""
	}
	r, err := b.Desk.Show(ctx, guild, s.Key, base)
	return r.Hash, err
}

// draftID returns the id of the draft that a text replaces, or a new one where there is
// room.
func (b *Bench) draftID(ctx context.Context, guild string, s Submission, source string) (string, error) {
	all, err := b.Drafts(ctx, guild)
	if err != nil {
		return "", err
	}
	for _, d := range all {
		if s.Draft != "" && d.ID == s.Draft && (s.isOf(d.Value) || d.Value.Source == source) {
			return d.ID, nil
		}
	}
	if len(all) >= library.MaxDrafts {
		return "", fmt.Errorf("%w: this server has %d drafts, and the limit is %d; publish or delete one of them first", article.ErrTooLarge, len(all), library.MaxDrafts)
	}
	return b.NewID(), nil
}

// isOf reports whether a draft is what the submission that comes from it began with.
func (s Submission) isOf(d library.Draft) bool {
	return s.Opened == "" || s.Opened == library.HashOf(d.Source)
}

// maxDraftTitle is how many characters of a first line stand for a title.
const maxDraftTitle = 100

// titleOf is what a draft is listed as: the title of the article if it can be read, else
// its first line that has a word.
func (b *Bench) titleOf(s Submission, source string) string {
	if r, err := b.read(s); err == nil {
		return r.article.Meta.Title
	}
	for line := range strings.Lines(source) {
		line = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(line), "title:"))
		if line = strings.Trim(line, `#-"' `); line != "" {
			return clip(line, maxDraftTitle)
		}
	}
	return cmp.Or(clip(strings.ToValidUTF8(s.File, ""), maxDraftTitle), "Untitled")
}

// clip shortens a text to a number of characters.
func clip(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimRight(string([]rune(text)[:most-1]), " ") + "…"
}

// Drafts lists the guild's drafts, oldest first.
func (b *Bench) Drafts(ctx context.Context, guild string) ([]library.Record[library.Draft], error) {
	all, err := b.Config.Drafts.List(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("drafts: %w", err)
	}
	return all, nil
}

// Draft returns a draft to go on with. ErrNotFound when it is not there, or when the
// revision that it changes is not.
func (b *Bench) Draft(ctx context.Context, guild, id string) (Submission, error) {
	d, err := b.Config.Drafts.Get(ctx, guild, id)
	if err != nil {
		return Submission{}, noDraft(err)
	}
	s := Submission{Source: d.Source, Base: d.Base, Draft: id, Opened: library.HashOf(d.Source)}
	if d.Base != "" {
		s.Key, err = b.articleAt(ctx, guild, d.Base)
	}
	return s, err
}

// articleAt returns the name of the article that has a revision: of several, one that is
// at it.
func (b *Bench) articleAt(ctx context.Context, guild, hash string) (string, error) {
	all, err := b.Book.Publications(ctx, guild)
	if err != nil {
		return "", fmt.Errorf("articles of the server: %w", err)
	}
	for _, p := range all {
		if p.Own && p.Hash == hash {
			return p.Article, nil
		}
	}
	r, err := b.Book.Revision(ctx, guild, hash)
	if err != nil {
		return "", fmt.Errorf("the revision that the draft changes: %w", err)
	}
	return r.Article, nil
}

// DropDraft deletes a draft.
func (b *Bench) DropDraft(ctx context.Context, guild, id string, act library.Act) error {
	return noDraft(b.Config.Drafts.Delete(ctx, guild, id, act))
}

// noDraft says what to do about a draft that is not there.
func noDraft(err error) error {
	if errors.Is(err, article.ErrNotFound) {
		return fmt.Errorf("%w: there is no such draft any more; it was published or deleted", article.ErrNotFound)
	}
	return err
}
