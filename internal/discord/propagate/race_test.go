package propagate_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/propagate"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

// around calls something before and after each change of a message.
type around struct {
	propagate.Messages

	before func(message string) error // its error keeps the change from being made
	after  func(message string)
}

func (m around) do(message string, change func() error) error {
	if m.before != nil {
		if err := m.before(message); err != nil {
			return err
		}
	}
	err := change()
	if m.after != nil {
		m.after(message)
	}
	return err
}

func (m around) Edit(ctx context.Context, channel, message string, to api.Message) error {
	return m.do(message, func() error { return m.Messages.Edit(ctx, channel, message, to) })
}

func (m around) Annotate(ctx context.Context, channel, message, text string) error {
	return m.do(message, func() error { return m.Messages.Annotate(ctx, channel, message, text) })
}

// once calls f the first time.
func once(f func() error) func(string) error {
	done := false
	return func(string) error {
		if done {
			return nil
		}
		done = true
		return f()
	}
}

// TestAnEditMeanwhile has the question of an answer edited while its message waits for a
// rate limit: what it became is neither overwritten nor forgotten.
func TestAnEditMeanwhile(t *testing.T) {
	t.Parallel()
	for _, way := range []library.Propagation{library.PropagateMark, library.PropagateEdit, library.PropagateRemove} {
		t.Run(string(way), func(t *testing.T) {
			t.Parallel()
			r := furnish(t, way)
			first := r.tea(safe)
			r.shelves.publish(first)
			id := r.post(first, safe, nil)
			card := library.Posted{ID: id, Outcome: "card_only", Tier: "crisis", Minor: true}
			r.shelves.publish(r.tea(less))
			p := r.propagator()
			waits := once(func() error {
				if err := r.ledger.redo(card); err != nil {
					return err
				}
				return &api.Error{Status: http.StatusTooManyRequests, RetryAfter: 10 * time.Millisecond}
			})
			p.Messages = deleting{around{Messages: p.Messages, before: waits}}
			r.enqueue(r.article())
			if j := r.turn(t.Context(), p); j.State != jobs.Done {
				t.Errorf("job = %+v", j)
			}
			got := r.record(id)
			if got.Outcome != card.Outcome || got.Tier != card.Tier || !got.Minor || got.Quoted != card.Quoted || got.Hash != "" {
				t.Errorf("the record is %+v", got)
			}
			r.says(id, "As it was", "!"+less, "!"+changed, "!"+renewed)
		})
	}
}

// deleting lets deletions be waited for too.
type deleting struct{ around }

func (m deleting) Delete(ctx context.Context, channel, message string) error {
	return m.do(message, func() error { return m.Messages.Delete(ctx, channel, message) })
}

// TestAnEditAtThatMoment has the record change after it was read and before the message
// was edited: the message says in the end what the record does.
func TestAnEditAtThatMoment(t *testing.T) {
	t.Parallel()
	const leaves = "Tea is a drink made of leaves."
	for name, private := range map[string]bool{"for all": false, "for one": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := furnish(t, library.PropagateEdit)
			first, second := r.tea(safe), r.tea(less)
			r.shelves.publish(first)
			id := r.post(first, safe, nil)
			r.shelves.publish(second)
			again := library.Posted{ID: id, Outcome: "answered", Tier: "safety", Minor: true, Private: private, Quoted: placeIn(t, second, leaves), Hash: library.HashOf(leaves), Sure: 800}
			p := r.propagator()
			p.Messages = around{Messages: p.Messages, before: once(func() error { return r.ledger.redo(again) })}
			r.enqueue(r.article())
			if j := r.turn(t.Context(), p); j.State != jobs.Done {
				t.Errorf("job = %+v", j)
			}
			got := r.record(id)
			if got.Tier != "safety" || !got.Minor || got.Quoted != again.Quoted || got.Sure != 800 || got.Shown != "" {
				t.Errorf("the record is %+v", got)
			}
			if !private {
				r.says(id, leaves, disclaimed, "!"+less, "!"+safe, "!"+renewed)
			}
		})
	}
}

// TestACardAtThatMoment cannot be rendered again: moderators are told where to look, and
// the record stays that of the card.
func TestACardAtThatMoment(t *testing.T) {
	t.Parallel()
	r, id := revised(t, library.PropagateEdit)
	p := r.propagator()
	p.Messages = around{Messages: p.Messages, before: once(func() error {
		return r.ledger.redo(library.Posted{ID: id, Outcome: "card_only", Tier: "crisis"})
	})}
	r.enqueue(r.article())
	r.turn(t.Context(), p)
	got := r.record(id)
	if got.Tier != "crisis" || got.Outcome != "card_only" || got.Hash != "" {
		t.Errorf("the record is %+v", got)
	}
	if len(r.said) != 2 || !strings.Contains(r.said[0], got.Channel+"/"+got.Message) {
		t.Errorf("said %q", r.said)
	}
}

// TestACorrectionMeanwhile is kept to, and one that was undone is not done.
func TestACorrectionMeanwhile(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before, after []library.Correction
		want          string
	}{
		"new":    {after: []library.Correction{{Answer: "answer-0", Kind: library.NoAnswer}}, want: wrong},
		"undone": {before: []library.Correction{{Answer: "answer-0", Kind: library.RemoveAnswer}}, want: changed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r, id := revised(t, library.PropagateMark)
			r.wrong.set(c.before...)
			p := r.propagator()
			p.Messages = deleting{around{Messages: p.Messages, before: once(func() error {
				r.wrong.set(c.after...)
				return &api.Error{Status: http.StatusTooManyRequests, RetryAfter: time.Millisecond}
			})}}
			r.enqueue(r.article())
			if j := r.turn(t.Context(), p); j.State != jobs.Done {
				t.Errorf("job = %+v", j)
			}
			r.says(id, c.want, safe)
		})
	}
}
