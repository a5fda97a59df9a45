package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
)

// List lists the shipped articles and the guild's own, by name, all with their
// titles; one that is hidden and that the program ships no more has none.
func (d *Desk) List(ctx context.Context, guild string) ([]Publication, error) {
	list, err := d.book.Publications(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("articles of the server: %w", err)
	}
	for i := range list {
		if a := d.shippedArticle(list[i].Article); a != nil && !list[i].Own {
			list[i].Title = a.Meta.Title
		}
	}
	touched := list
	for _, a := range d.shipped {
		if _, ok := publicationOf(touched, a.Slug); !ok {
			list = append(list, Publication{Article: a.Slug, State: Published, Title: a.Meta.Title})
		}
	}
	slices.SortFunc(list, func(a, b Publication) int { return cmp.Compare(a.Article, b.Article) })
	return list, nil
}

// Version is one revision of an article's history, without its texts.
type Version struct {
	Revision
	Current bool // the one that the article is at
}

// History lists an article's revisions, oldest first. A text that was published
// again is there once, as of its first time. A shipped article has the one revision
// that came with the program.
func (d *Desk) History(ctx context.Context, guild, key string) ([]Version, error) {
	p, err := d.find(ctx, guild, key)
	if err != nil {
		return nil, err
	}
	revisions, err := d.revisions(ctx, guild, p)
	if err != nil {
		return nil, err
	}
	versions := make([]Version, len(revisions))
	for i, r := range revisions {
		r.Source, r.Canonical = "", ""
		versions[i] = Version{Revision: r, Current: r.Hash == p.Hash || !p.Own}
	}
	return versions, nil
}

// revisions lists the revisions of an article; those of an own one without texts.
func (d *Desk) revisions(ctx context.Context, guild string, p Publication) ([]Revision, error) {
	if p.Own {
		list, err := d.book.History(ctx, guild, p.Article)
		if err != nil {
			return nil, fmt.Errorf("history of %q: %w", p.Article, err)
		}
		return list, nil
	}
	a := d.shippedArticle(p.Article)
	if a == nil {
		return nil, fmt.Errorf("%w: %q came with an earlier version of the program, and this one has it no more", article.ErrNotFound, p.Article)
	}
	return []Revision{{
		Article: a.Slug, Hash: HashOf(a.Source), Revision: a.Revision, Source: a.Source, Canonical: a.Canonical,
		Title: a.Meta.Title, By: Shipped,
	}}, nil
}

// Show returns a revision of an article with its texts: the one whose hash begins
// with hash, or the current one when hash is empty. ErrNotFound when the article has
// no such revision, ErrInvalid when it has several.
func (d *Desk) Show(ctx context.Context, guild, key, hash string) (Revision, error) {
	p, err := d.find(ctx, guild, key)
	if err != nil {
		return Revision{}, err
	}
	list, err := d.revisions(ctx, guild, p)
	if err != nil {
		return Revision{}, err
	}
	r, err := named(list, key, cmp.Or(strings.ToLower(hash), p.Hash, list[0].Hash))
	if err != nil || !p.Own {
		return r, err
	}
	found, err := d.book.Revision(ctx, guild, r.Hash)
	if err != nil {
		return Revision{}, fmt.Errorf("revision %s of %q: %w", short(r.Hash), key, err)
	}
	return found, nil
}

// named returns the one revision whose hash begins with hash.
func named(list []Revision, key, hash string) (Revision, error) {
	if len(hash) < shortestHash {
		return Revision{}, fmt.Errorf("%w: %q is too short for a revision; give at least %d characters of its hash", article.ErrInvalid, hash, shortestHash)
	}
	matches := slices.DeleteFunc(slices.Clone(list), func(r Revision) bool { return !strings.HasPrefix(r.Hash, hash) })
	switch len(matches) {
	case 1:
		return matches[0], nil
	case 0:
		return Revision{}, fmt.Errorf("%w: %q has no revision %.64q; take one from its history", article.ErrNotFound, key, hash)
	}
	return Revision{}, fmt.Errorf("%w: %d revisions of %q begin with %q; give more of the hash", article.ErrInvalid, len(matches), key, hash)
}

// Settings returns what the guild decided, with defaults elsewhere. A stored value
// that cannot be read is named by the error, and its default holds; the settings
// are good to use when the error is ErrInvalid or ErrTooLarge.
func (d *Desk) Settings(ctx context.Context, guild string) (s Settings, set map[string]string, err error) {
	set, err = d.settings.Settings(ctx, guild)
	if err != nil {
		return DefaultSettings(), nil, fmt.Errorf("settings of the server: %w", err)
	}
	s, err = ParseSettings(set)
	return s, set, err
}

// Set stores a setting as [NormalizeSetting] reads it, and returns what is in force now.
func (d *Desk) Set(ctx context.Context, guild, name, value string, act Act) (string, error) {
	canonical, err := NormalizeSetting(name, value)
	if err := errors.Join(act.check(), err); err != nil {
		return "", err
	}
	if err := d.settings.SetSetting(ctx, guild, name, canonical, act); err != nil {
		return "", fmt.Errorf("setting %s: %w", name, err)
	}
	s, _ := ParseSettings(map[string]string{name: canonical})
	return s.Texts()[name], nil
}

// Swap is Set for a value that was made of another one, as it is stored: ErrConflict when
// somebody changed it meanwhile.
func (d *Desk) Swap(ctx context.Context, guild, name, from, to string, act Act) error {
	canonical, err := NormalizeSetting(name, to)
	if err := errors.Join(act.check(), err); err != nil {
		return err
	}
	if err := d.settings.SwapSetting(ctx, guild, name, from, canonical, act); err != nil {
		return fmt.Errorf("setting %s: %w", name, err)
	}
	return nil
}

// trailPage is how many entries of the audit trail are read at once.
const trailPage = 500

// Trail lists entries of the guild's audit trail after the one numbered after,
// oldest first, at most limit.
func (d *Desk) Trail(ctx context.Context, guild string, after int64, limit int) ([]Entry, error) {
	entries, err := d.trail.Audit(ctx, guild, after, limit)
	if err != nil {
		return nil, fmt.Errorf("audit trail: %w", err)
	}
	return entries, nil
}

// LastEntry returns the newest entry of the guild's audit trail, the zero one when it
// is empty.
func (d *Desk) LastEntry(ctx context.Context, guild string) (Entry, error) {
	e, err := d.trail.LastEntry(ctx, guild)
	if err != nil {
		return Entry{}, fmt.Errorf("audit trail: %w", err)
	}
	return e, nil
}

// VerifyTrail reads the guild's whole audit trail and returns its last entry, the
// zero one when it is empty. ErrConflict, with the last entry that holds, when the
// chain is broken. Entries cut off the end break no chain; who writes the last
// number and hash down elsewhere sees those too.
func (d *Desk) VerifyTrail(ctx context.Context, guild string) (Entry, error) {
	var last Entry
	for {
		page, err := d.Trail(ctx, guild, last.N, trailPage)
		if err != nil || len(page) == 0 {
			return last, err
		}
		for _, e := range page {
			if err := VerifyTrail(guild, last, []Entry{e}); err != nil {
				return last, err
			}
			last = e
		}
	}
}
