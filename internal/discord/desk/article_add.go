package desk

import (
	"context"
	"fmt"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/library/bench"
)

// Fields of the form of /kb add.
const (
	inTitle   = "title"
	inAuthor  = "author"
	inBio     = "bio"
	inUpdated = "updated"
	inText    = "text"
)

// maxField is how long a text may be that is typed into a form.
const maxField = 4000

// addArticle opens the form for a new article, and takes it.
func (d *Desk) addArticle(ctx context.Context, u Use) (Reply, error) {
	if !u.Form {
		return u.addForm(nil), nil
	}
	return d.typed(ctx, u)
}

// addForm is the form for a new article, filled with what was typed before.
func (u Use) addForm(typed map[string]string) Reply {
	return Reply{Form: &api.Modal{ID: u.Seal(actAdd, "", 0), Title: "Add an article", Inputs: []api.Input{
		{ID: inTitle, Label: "Title", Hint: "Such as: Keeping a garden pond clear", Value: typed[inTitle], Required: true, Max: 200},
		{ID: inAuthor, Label: "Author: who wrote it", Hint: "Such as: Jane Doe", Value: typed[inAuthor], Required: true, Max: 200},
		{ID: inBio, Label: "What the author is", Hint: "Such as: gardener for 20 years. Shown with each quote; may stay empty", Value: typed[inBio], Max: 500},
		{ID: inUpdated, Label: "Date the author last changed it", Hint: "Such as: 2017-07-19", Value: typed[inUpdated], Required: true, Max: 40},
		{
			ID: inText, Label: "Text, at most 4000 characters", Hint: "Headings begin with ##. If it is longer, use /kb import with a file.",
			Value: typed[inText], Long: true, Required: true, Max: maxField,
		},
	}}}
}

// typed makes an article of what was typed, and shows it.
func (d *Desk) typed(ctx context.Context, u Use) (Reply, error) {
	draft := article.Draft{
		Meta: article.Meta{
			Title: strings.TrimSpace(u.Inputs[inTitle]), Author: strings.TrimSpace(u.Inputs[inAuthor]),
			AuthorBio: strings.TrimSpace(u.Inputs[inBio]), Audience: article.Everyone, Language: "en",
		},
		Body: u.Inputs[inText],
	}
	var err error
	if draft.Meta.Updated, err = dateOf(u.Inputs[inUpdated]); err != nil {
		return d.mistyped(ctx, u, draft, err), nil
	}
	s := bench.Submission{Source: string(draft.Markdown()), File: "article.md"}
	p, err := d.Bench.Preview(ctx, u.Guild, s)
	if err != nil {
		return d.mistyped(ctx, u, draft, err), nil
	}
	return d.preview(ctx, u, s, p), nil
}

// mistyped gives back what was typed, with what is wrong with it.
func (d *Desk) mistyped(ctx context.Context, u Use, draft article.Draft, err error) Reply {
	m := d.failed(ctx, "This is not ready yet", err,
		"What you typed is attached as article.md, so that nothing of it is lost. Correct it here, or correct the file and give it to /kb import.")
	m = attached(m, "article.md", draft.Markdown())
	return with(m, d.again(ctx, u, actRetype, u.Inputs))
}

// retype opens the form with what was typed before.
func (d *Desk) retype(ctx context.Context, u Use) (Reply, error) {
	var typed map[string]string
	if err := d.keptTyped(ctx, u, &typed); err != nil {
		return Reply{}, err
	}
	return u.addForm(typed), nil
}

// dateForms are the ways of writing a date that say which number is the month.
func dateForms() []string {
	return []string{"2006-1-2", "January 2, 2006", "January 2 2006", "2 January 2006", "Jan 2, 2006", "Jan 2 2006", "2 Jan 2006", "2.1.2006"}
}

// dateOf reads a date as people write it.
func dateOf(text string) (article.Date, error) {
	text = strings.Join(strings.Fields(text), " ")
	for _, form := range dateForms() {
		if t, err := time.Parse(form, text); err == nil {
			return article.DateOf(t), nil
		}
	}
	return article.Date{}, fmt.Errorf("%w: %q is not a date that can be read; write it as year-month-day, such as 2017-07-19", article.ErrInvalid, cut(text, 40))
}
