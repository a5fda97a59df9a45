package propagate

import (
	"context"

	"verbatim/internal/answer"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// plan is what is done with an answer.
type plan struct {
	act   action
	fate  render.Fate
	quote *answer.Quote    // what is quoted, nil for nothing
	pin   bool             // quote is another one than the record has
	shown library.Standing // what the record then says of the message
}

// action is a way to change a message.
type action uint8

const (
	leave    action = iota
	note            // in the record alone
	annotate        // above its embeds
	rewrite
	remove
)

// hasCard reports whether the message of an answer shows a card, of which it is not
// recorded for what.
func (j judged) hasCard() bool {
	return j.posted.Tier != safety.TierNone.String() && j.posted.Tier != safety.TierSafety.String()
}

// plan decides what is done with an answer. Its message can be changed unless its asker
// alone sees it, or nobody knows which it is.
func (r *run) plan(ctx context.Context, j judged) plan {
	p := r.wanted(ctx, j)
	switch {
	case j.posted.Private || j.posted.Message == "":
		if p.shown = j.standing(); p.shown == library.Current {
			p.shown = ""
		}
		p.act = note
		if p.shown == j.posted.Shown {
			p.act = leave
		}
	case p.act == remove:
	case p.isShown(j):
		p.act = leave
	case !j.whole():
		p.act = annotate
	}
	return p
}

// anyway is the plan for a message of which nobody knows what it says.
func (p plan) anyway(j judged) plan {
	if p.act != leave || j.posted.Private || j.posted.Message == "" {
		return p
	}
	p.act = rewrite
	if !j.whole() {
		p.act = annotate
	}
	return p
}

// wanted is what an answer should say.
func (r *run) wanted(ctx context.Context, j judged) plan {
	way := r.way
	if !j.whole() && (way == library.PropagateEdit || j.hasCard()) {
		way = library.PropagateMark
	}
	p := plan{act: rewrite, shown: j.standing()}
	if j.main.known {
		p.quote = &j.main.quote
	}
	switch {
	case j.wrong != nil && j.wrong.Kind == library.RemoveAnswer, way == library.PropagateRemove && j.lost():
		return plan{act: remove}
	case j.wrong != nil:
		return j.retracted(p, way)
	case j.main.standing == library.Departed:
		return withdrawn(p, way)
	case j.main.standing == library.Revised:
		return r.revised(ctx, j, p, way)
	case !j.beside():
		p.shown = ""
	}
	p.fate = render.Stands
	return p
}

// lost reports whether the answer itself stands no more.
func (j judged) lost() bool { return j.wrong != nil || j.main.standing != library.Current }

func (j judged) retracted(p plan, way library.Propagation) plan {
	p.fate = render.Retracted
	if way != library.PropagateEdit {
		return p.without(render.Wrong)
	}
	p.fate, p.quote = render.Wrong, nil
	if j.right != nil {
		p.fate, p.quote, p.pin = render.Corrected, j.right, true
	}
	return p
}

func withdrawn(p plan, way library.Propagation) plan {
	p.fate = render.Withdrawn
	if way == library.PropagateEdit {
		p.quote = nil
	}
	return p.without(render.Gone)
}

func (r *run) revised(ctx context.Context, j judged, p plan, way library.Propagation) plan {
	p.fate = render.Changed
	if way == library.PropagateEdit {
		if now := r.counterpart(ctx, j.posted, j.main); now != nil {
			p.fate, p.quote, p.pin, p.shown = render.Renewed, now, true, library.Current
		}
	}
	return p.without(render.Lost)
}

// without is the plan with another fate where there is no quote to be shown.
func (p plan) without(fate render.Fate) plan {
	if p.quote == nil {
		p.fate = fate
	}
	return p
}

// isShown reports whether the message of an answer says already what it should. What a
// message shows is known by what the record says of it, but in two cases, in which an
// edit too many does no harm: whether it is the answer or what is said against it that
// is marked, and which passage is shown as the right one.
func (p plan) isShown(j judged) bool {
	was := j.posted
	switch p.fate {
	case render.Stands:
		return was.Shown == p.shown || p.shown == "" && was.Shown == library.Current
	case render.Renewed:
		return false // else its words would stand
	case render.Corrected:
		return was.Shown == p.shown && j.main.standing == library.Current && j.main.quote.Text == p.quote.Text
	case render.Wrong:
		right := j.wrong.Right
		return was.Shown == p.shown && (right == nil || right.Article != was.Quoted.Article || j.main.standing == library.Current)
	case render.Changed, render.Lost:
		return was.Shown == p.shown && len(was.Against) == 0
	case render.Withdrawn, render.Retracted, render.Gone:
	}
	return was.Shown == p.shown
}

func placeOf(q answer.Quote) library.Place {
	return library.Place{Article: q.Article, Revision: q.Span.Revision, Start: q.Span.Start, End: q.Span.End}
}
