package desk

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// editArticle hands out an article to be changed, takes the changed file, or opens a
// form with one of its sections.
func (d *Desk) editArticle(ctx context.Context, u Use) (Reply, error) {
	p, err := d.publicationOf(ctx, u.Guild, u.Texts[optArticle])
	if err != nil {
		return Reply{}, err
	}
	if !p.Own {
		return Reply{}, fmt.Errorf("%w: %q came with the program and cannot be changed; add an article of your own with /kb add, and take this one out with /kb hide", article.ErrInvalid, p.Article)
	}
	switch {
	case u.File != nil && u.Texts[optSection] != "":
		return Reply{}, fmt.Errorf("%w: give either a section or a file, not both", article.ErrInvalid)
	case u.File != nil:
		return d.changedFile(ctx, u, p)
	}
	r, err := d.Articles.Show(ctx, u.Guild, p.Article, "")
	if err != nil {
		return Reply{}, err
	}
	if u.Texts[optSection] != "" {
		return d.sectionForm(ctx, u, r)
	}
	m := panel("Change "+r.Title,
		"**1.** Download the attached file and change it in any text editor.",
		"**2.** Send it back with /kb edit: choose the same article, and give the file at “file”. "+
			"Leave its name as it is: it says which revision you started from, so that nobody's changes are lost.",
		"You see what it does before anything is published. For a few words, /kb edit with “section” is quicker.")
	return with(attached(m, fileName(r), []byte(r.Source))), nil
}

// fileName names a revision's file so that it says which revision it is.
func fileName(r library.Revision) string { return r.Article + "." + short(r.Hash) + ".md" }

// baseIn finds the revision in such a name, whatever a browser or Discord did to a
// second copy of it: "ponds.3f2a91c0 (1).md", "ponds.3f2a91c0_1.md".
func baseIn(name string) string {
	if found := regexp.MustCompile(`(?i)\.([0-9a-f]{8})(?:[ _(-][^.]*)?\.[a-z]+$`).FindStringSubmatch(name); found != nil {
		return strings.ToLower(found[1])
	}
	return ""
}

// changedFile takes an article that was downloaded and changed.
func (d *Desk) changedFile(ctx context.Context, u Use, p library.Publication) (Reply, error) {
	source, err := u.articleFile(ctx)
	if err != nil {
		return Reply{}, err
	}
	s := bench.Submission{Source: source, File: u.File.Name, Key: p.Article, Base: p.Hash}
	named := baseIn(u.File.Name)
	if named == "" {
		return d.previewed(ctx, u, s, "The file's name does not say which revision it was made from, so it is compared with the current one. Look closely at what it takes out."), nil
	}
	base, err := d.Articles.Show(ctx, u.Guild, p.Article, named)
	switch {
	case err == nil:
		s.Base = base.Hash
		return d.previewed(ctx, u, s), nil
	case unexpected(err) != nil:
		return Reply{}, err
	}
	return d.previewed(ctx, u, s, "The file's name says that it was made from revision "+named+", which this article never had. Is it the right article?"), nil
}

// sectionForm opens a form with a section.
func (d *Desk) sectionForm(ctx context.Context, u Use, r library.Revision) (Reply, error) {
	parts, err := partsIn(r)
	if err != nil {
		return Reply{}, err
	}
	i, err := partNamed(parts, u.Texts[optSection])
	if err != nil {
		return Reply{}, err
	}
	if n := units(parts[i].text(r.Source)); n > maxField {
		return Reply{}, fmt.Errorf("%w: this section has %d characters, and a form takes %d; use /kb edit without a section, and change the file", article.ErrTooLarge, n, maxField)
	}
	name, err := d.Bench.Keep(ctx, u.Guild, bench.Submission{Source: r.Source, File: r.Article + ".md", Key: r.Article, Base: r.Hash})
	if err != nil {
		return Reply{}, err
	}
	return u.sectionInput(name, i, parts[i], parts[i].text(r.Source)), nil
}

func partsIn(r library.Revision) ([]part, error) {
	a, err := article.Parse([]byte(r.Source), article.Options{File: r.Article + ".md"})
	if err != nil {
		return nil, err
	}
	return partsOf(a)
}

func (u Use) sectionInput(name string, i int, p part, text string) Reply {
	return Reply{Form: &api.Modal{ID: u.Seal(actSection, name, i), Title: "Change a section", Inputs: []api.Input{{
		ID: inText, Label: cut(p.label(), 45), Value: text, Long: true, Required: true, Max: maxField,
	}}}}
}

// submitSection puts a section that was typed into the revision that it is from.
func (d *Desk) submitSection(ctx context.Context, u Use) (Reply, error) {
	base, p, err := d.keptPart(ctx, u)
	if err != nil {
		return with(attached(d.failed(ctx, "The section could not be taken", err,
			"What you typed is attached. Use /kb edit again and copy it from there."), "section.md", []byte(u.Inputs[inText]))), nil
	}
	s := base
	s.Source = p.replaced(base.Source, u.Inputs[inText])
	preview, err := d.Bench.Preview(ctx, u.Guild, s)
	if err == nil {
		return d.preview(ctx, u, s, preview), nil
	}
	m := d.failed(ctx, "The changed article cannot be read", err, "The article as you changed it is attached, so that nothing is lost. Nothing was published.")
	m = attached(m, s.Key+"."+short(s.Base)+".md", []byte(s.Source))
	return with(m, d.again(ctx, u, actRetry, typedSection{Base: base, Text: u.Inputs[inText]})), nil
}

// typedSection is what was typed in the place of a section.
type typedSection struct {
	Base bench.Submission `json:"base"`
	Text string           `json:"text"`
}

// retrySection opens the form of a section with what was typed before.
func (d *Desk) retrySection(ctx context.Context, u Use) (Reply, error) {
	var typed typedSection
	if err := d.keptTyped(ctx, u, &typed); err != nil {
		return Reply{}, err
	}
	p, err := partAt(typed.Base, u.Page)
	if err != nil {
		return Reply{}, err
	}
	name, err := d.Bench.Keep(ctx, u.Guild, typed.Base)
	if err != nil {
		return Reply{}, err
	}
	return u.sectionInput(name, u.Page, p, typed.Text), nil
}

// keptPart returns the submission that a section's form is about, and that section.
func (d *Desk) keptPart(ctx context.Context, u Use) (bench.Submission, part, error) {
	kept, err := d.Bench.Kept(ctx, u.Guild, u.On)
	if err != nil {
		return bench.Submission{}, part{}, lost(err)
	}
	p, err := partAt(kept, u.Page)
	return kept, p, err
}

// partAt returns a section of a submission by its number, from 0.
func partAt(s bench.Submission, i int) (part, error) {
	parts, err := partsIn(library.Revision{Article: s.Key, Source: s.Source})
	if err != nil {
		return part{}, err
	}
	if i >= len(parts) {
		return part{}, fmt.Errorf("%w: the article has no such section any more; use /kb edit again", article.ErrNotFound)
	}
	return parts[i], nil
}
