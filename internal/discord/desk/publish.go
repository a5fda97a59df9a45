package desk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// publish publishes what a preview showed.
func (d *Desk) publish(ctx context.Context, u Use) (Reply, error) {
	return d.publishKept(ctx, u, "")
}

// override opens the form for why golden questions may break, and publishes.
func (d *Desk) override(ctx context.Context, u Use) (Reply, error) {
	if !u.Form {
		return Reply{Form: &api.Modal{ID: u.Seal(actOverride, u.On, u.Page), Title: "Publish although tests break", Inputs: []api.Input{{
			ID: optReason, Label: "Why is that right?", Hint: "It is kept in the audit trail, beside your name.", Long: true, Required: true, Min: 3, Max: 500,
		}}}}, nil
	}
	reason := strings.TrimSpace(u.Inputs[optReason])
	if reason == "" {
		return d.unpublished(ctx, u, fmt.Errorf("%w: say in a few words why it is right to publish it", article.ErrInvalid)), nil
	}
	return d.publishKept(ctx, u, reason)
}

// publishKept publishes a kept submission, with a reason where questions would break.
func (d *Desk) publishKept(ctx context.Context, u Use, reason string) (Reply, error) {
	s, err := d.Bench.Kept(ctx, u.Guild, u.On)
	if err != nil {
		return Reply{}, lost(err)
	}
	receipt, err := d.Bench.Publish(ctx, u.Guild, s, reason, u.Act(reason))
	switch {
	case errors.Is(err, article.ErrConflict):
		return d.previewed(ctx, u, s, "It was not published. "+sentence(err)), nil
	case err != nil:
		return d.unpublished(ctx, u, err), nil
	}
	return with(u.published(receipt, s.Base == "")), nil
}

// unpublished says why something was not published, and leads back to it.
func (d *Desk) unpublished(ctx context.Context, u Use, err error) Reply {
	m := d.failed(ctx, "It was not published", err, "Nothing is lost: look at the preview again, or keep it as a draft.")
	return with(m, row(styled(u.button("Back to the preview", actPreview, u.On, 0), render.Primary), u.button("Save draft", actSave, u.On, 0)))
}

// published says what came of a publication. The use's page is how many posted answers
// it changes; first says that there was no such article before.
func (u Use) published(r library.Receipt, first bool) api.Message {
	text := fmt.Sprintf("%s is published as %s, at revision %s. Members are answered from it from now on.",
		render.Escape(cut(r.Article.Meta.Title, 200)), render.Escape(r.Key), short(r.Hash))
	if !r.Changed {
		text = render.Escape(r.Key) + " says this already, so nothing had to be changed."
	}
	s := newSheet("Published", text, u.propagated(u.Page, "words that changed", false))
	s.add("Still to look at", itemsOf(r.Warnings), 8)
	undo := "/kb revert undoes this."
	if first {
		undo = "/kb withdraw takes it out again."
	}
	s.write("Next: let somebody read it and record that with /kb review. " + undo)
	return s.done("published.txt")
}

// reached is how many posted answers are changed by what happens to their article; one
// that its asker alone sees is none of them.
func reached(i bench.Impact) int {
	n := 0
	for _, c := range i.Posted {
		if !c.Posted.Private {
			n++
		}
	}
	return n
}

// propagated says what becomes of n posted answers that quote something; departed says
// that their article is answered from no more.
func (u Use) propagated(n int, quoted string, departed bool) string {
	if n == 0 {
		return ""
	}
	what := "are being edited: they will show what the article says now"
	if departed {
		what = "are being edited: they will say that the article was withdrawn"
	}
	switch u.Settings.Propagation {
	case library.PropagateMark:
		what = "are being marked: they will say that the article has changed"
		if departed {
			what = "are being marked: they will say that the article was withdrawn"
		}
	case library.PropagateRemove:
		what = "are being removed"
	case library.PropagateEdit:
	}
	if n == 1 {
		what = strings.Replace(what, "are ", "is ", 1)
		what = strings.Replace(what, "they will", "it will", 1)
	}
	return counted(n, "posted answer quotes ", "posted answers quote ") + quoted + ", and " + what +
		". That is what /settings says for this server."
}

// saveDraft keeps a submission as a draft.
func (d *Desk) saveDraft(ctx context.Context, u Use) (Reply, error) {
	s, err := d.Bench.Kept(ctx, u.Guild, u.On)
	if err != nil {
		return Reply{}, lost(err)
	}
	if _, err := d.Bench.SaveDraft(ctx, u.Guild, s, u.Act("")); err != nil {
		m := d.failed(ctx, "The draft was not saved", err, "Nothing is lost: your text is attached, and you can look at the preview again.")
		m = attached(m, textName(s), []byte(s.Source))
		return with(m, row(u.button("Back to the preview", actPreview, u.On, 0), u.button("Save draft", actSave, u.On, 0))), nil
	}
	return with(panel("Draft saved", fmt.Sprintf("Members are not answered from it. /kb drafts opens it again, for every moderator. A server can keep %d drafts.", library.MaxDrafts)),
		row(u.button("Show the drafts", actDrafts, "", 0))), nil
}

// discard says that nothing came of a preview.
func (d *Desk) discard(ctx context.Context, u Use) (Reply, error) {
	s, err := d.Bench.Kept(ctx, u.Guild, u.On)
	if err == nil && s.Draft != "" {
		return with(panel("Closed", "Nothing was published. The draft is still in /kb drafts.")), nil
	}
	return with(panel("Discarded", "Nothing was published, saved or changed.")), nil
}

// when is a moment as each reader's Discord shows it, after a word; nothing for none.
// Source: https://discord.com/developers/docs/reference#message-formatting-timestamp-styles
func when(t time.Time, before string) string {
	if t.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s<t:%d:f>", before, t.Unix())
}
