package desk

import (
	"context"
	"fmt"
	"strings"

	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// listDrafts lists what is not published yet.
func (d *Desk) listDrafts(ctx context.Context, u Use) (Reply, error) {
	drafts, err := d.Bench.Drafts(ctx, u.Guild)
	if err != nil {
		return Reply{}, err
	}
	if len(drafts) == 0 {
		return say("There are no drafts. “Save draft” below a preview makes one."), nil
	}
	var texts []string
	var entries []render.Entry
	for _, r := range drafts {
		title := strings.Join(strings.Fields(r.Value.Title), " ")
		if title == "" {
			title = "(without a title)"
		}
		what := "a new article"
		if r.Value.Base != "" {
			what = "changes an article"
		}
		what += ", saved on " + r.Value.At.UTC().Format("January 2, 2006")
		texts = append(texts, cut(title, 100)+": "+what)
		entries = append(entries, render.Entry{Label: inMenu(title), Value: r.ID, Detail: what})
	}
	s := newSheet("Drafts", "Every moderator can open them. Members are answered from none of them.")
	s.add(fmt.Sprintf("%d of at most %d", len(drafts), library.MaxDrafts), itemsOf(texts), library.MaxDrafts)
	return with(s.done("drafts.txt"), u.menu(actDraft, "", "Open one of them", entries)), nil
}

// openDraft shows what publishing a draft would do.
func (d *Desk) openDraft(ctx context.Context, u Use) (Reply, error) {
	if len(u.Values) == 0 {
		return say("Nothing was chosen."), nil
	}
	id := u.Values[0]
	s, err := d.Bench.Draft(ctx, u.Guild, id)
	if err != nil {
		return Reply{}, err
	}
	s.Draft = id
	r := d.previewed(ctx, u, s)
	below := row(styled(u.button("Delete the draft", actDrop, id, 0), render.Danger), u.button("All drafts", actDrafts, "", 0))
	return with(*r.Show, below), nil
}

// dropDraft deletes a draft, and gives out its text once more.
func (d *Desk) dropDraft(ctx context.Context, u Use) (Reply, error) {
	s, err := d.Bench.Draft(ctx, u.Guild, u.On)
	if err != nil {
		return Reply{}, err
	}
	if err := d.Bench.DropDraft(ctx, u.Guild, u.On, u.Act("")); err != nil {
		return Reply{}, err
	}
	m := panel("Draft deleted", "Its text is attached, should you want it after all: /kb import takes it.")
	return with(attached(m, textName(s), []byte(s.Source)), row(u.button("Show the drafts", actDrafts, "", 0))), nil
}
