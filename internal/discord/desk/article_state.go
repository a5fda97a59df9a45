package desk

import (
	"context"
	"fmt"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// stateChange is what somebody wants to do with an article, while it is looked at.
type stateChange struct {
	Do     string `json:"do"` // withdraw, hide or restore
	Key    string `json:"key"`
	Reason string `json:"reason"`
}

// askState shows what it would do to withdraw, hide or restore an article, and asks.
func (d *Desk) askState(ctx context.Context, u Use) (Reply, error) {
	p, err := d.publicationOf(ctx, u.Guild, u.Texts[optArticle])
	if err != nil {
		return Reply{}, err
	}
	if no := refusal(u.Sub, p); no != "" {
		return say(no), nil
	}
	change := stateChange{Do: u.Sub, Key: p.Article, Reason: strings.TrimSpace(u.Texts[optReason])}
	name, err := d.keepTyped(ctx, u.Guild, change)
	if err != nil {
		return Reply{}, err
	}
	s := newSheet(upperFirst(change.Do)+" "+cut(titleOf(p), 100)+"?", meaning(change.Do), note(change.Reason))
	i, err := d.stateImpact(ctx, u.Guild, change)
	if err != nil {
		// Somebody who takes a harmful article out must not have to wait for this.
		d.Log.ErrorContext(ctx, "the impact of a change could not be found out", "error", err)
		s.note("What it does to answers cannot be found out just now. You can go on all the same.")
	} else {
		s.impact(u.Guild, i)
	}
	label, style := upperFirst(change.Do)+" it", render.Primary
	if i.Breaks() {
		s.write("**Tests would break**: /kb test will show them as failed.")
		label, style = label+" anyway", render.Danger
	}
	return with(s.done("impact.txt"), row(styled(u.button(label, actState, name, reached(i)), style), u.button("Leave it", actDiscard, name, 0))), nil
}

// refusal says why an article cannot be withdrawn, hidden or restored; "" when it can.
func refusal(do string, p library.Publication) string {
	title := cut(titleOf(p), 100)
	switch {
	case do == "withdraw" && !p.Own:
		return title + " came with the program, so it cannot be withdrawn. Use /kb hide: it does the same."
	case do == "hide" && p.Own:
		return title + " is an article of your own, so it is not hidden. Use /kb withdraw: it does the same."
	case do == "restore" && p.State == library.Published:
		return title + " is in use. Nothing had to be changed."
	case do != "restore" && p.State != library.Published:
		return title + " is out of use already. /kb restore brings it back."
	}
	return ""
}

func meaning(do string) string {
	switch do {
	case "withdraw":
		return "Members will not be answered from it any more. Its text and its history are kept, and /kb restore brings it back."
	case "hide":
		return "Members of this server will not be answered from it any more. /kb restore brings it back."
	}
	return "Members will be answered from it again, from its last revision."
}

// stateImpact says what a change would do to answers.
func (d *Desk) stateImpact(ctx context.Context, guild string, c stateChange) (bench.Impact, error) {
	change := bench.Change{Key: c.Key}
	if c.Do == "restore" {
		r, err := d.Articles.Show(ctx, guild, c.Key, "")
		if err != nil {
			return bench.Impact{}, err
		}
		if change.Article, err = article.Parse([]byte(r.Source), article.Options{File: c.Key}); err != nil {
			return bench.Impact{}, fmt.Errorf("article %q: %w", c.Key, err)
		}
	}
	return d.Bench.Impact(ctx, guild, change)
}

// setState does what was asked.
func (d *Desk) setState(ctx context.Context, u Use) (Reply, error) {
	var c stateChange
	if err := d.keptTyped(ctx, u, &c); err != nil {
		return Reply{}, err
	}
	do, done, undo := d.Articles.Restore, "is in use again. Members are answered from it.", ""
	switch c.Do {
	case "withdraw":
		do, done, undo = d.Articles.Withdraw, "is withdrawn. Members are not answered from it any more.", "/kb restore brings it back."
	case "hide":
		do, done, undo = d.Articles.Hide, "is hidden. Members of this server are not answered from it any more.", "/kb restore brings it back."
	}
	changed, err := do(ctx, u.Guild, c.Key, u.Act(c.Reason))
	if err != nil {
		m := d.failed(ctx, "It could not be done", err, "Nothing was changed.")
		return with(m, row(u.button("Try again", actState, u.On, u.Page))), nil
	}
	if !changed {
		return say("Somebody did that already. Nothing had to be changed."), nil
	}
	return with(panel("Done", render.Escape(c.Key)+" "+done, u.propagated(u.Page, "it", c.Do != "restore"), undo)), nil
}
