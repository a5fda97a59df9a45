package propagate_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/discord/propagate"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
)

const (
	changed    = "The article has changed since this was quoted."
	withdrawn  = "The article has been withdrawn since this was quoted."
	renewed    = "The article has since changed. It now reads:"
	gone       = "This article was withdrawn."
	wrong      = "A moderator marked this answer as wrong."
	corrected  = "A moderator corrected this answer."
	disclaimed = "Not medical advice"
	patch      = "PATCH /channels/{channel}/messages/{message}"
)

// TestEachWay revises an article, withdraws it, and brings it back as it was.
func TestEachWay(t *testing.T) {
	t.Parallel()
	for way, want := range map[library.Propagation]struct {
		revised, departed       []string
		shownRevised, shownGone library.Standing
		back                    []string
	}{
		library.PropagateMark: {
			revised: []string{changed, "> " + safe, disclaimed}, shownRevised: library.Revised,
			departed: []string{withdrawn, "> " + safe, disclaimed}, shownGone: library.Departed,
			back: []string{"> " + safe, "!has changed", "!has been withdrawn", "This seems to answer", disclaimed},
		},
		library.PropagateEdit: {
			revised: []string{renewed, "> " + less, "!" + safe, disclaimed}, shownRevised: library.Current,
			departed: []string{gone, "!cups", disclaimed, "false]"}, shownGone: library.Departed,
			back: []string{renewed, "> " + safe, "!three cups", disclaimed, "true]"},
		},
	} {
		t.Run(string(way), func(t *testing.T) {
			t.Parallel()
			r := furnish(t, way)
			first := r.tea(safe)
			r.shelves.publish(first)
			id := r.post(first, safe, risky)
			other := r.post(first, "Tea is a drink made of leaves.", nil)

			r.shelves.publish(r.tea(less))
			if j := r.runs(r.article()); j.State != jobs.Done || j.Note != "2 answers looked at, 1 changed." || j.Done != 2 || j.Total != 2 {
				t.Errorf("job = %+v", j)
			}
			r.says(id, want.revised...)
			r.shows(id, want.shownRevised)
			r.says(other, "As it was", "!changed") // its words still stand
			r.pinned(id)

			r.shelves.withdraw(first.Slug)
			r.runs(r.article())
			r.says(id, want.departed...)
			r.shows(id, want.shownGone)

			before := r.edits()
			r.runs(r.article())
			if r.edits() != before {
				t.Errorf("%d edits of what was said already", r.edits()-before)
			}
			r.shelves.publish(first)
			r.runs(r.article())
			r.says(id, want.back...)
			r.pinned(id)
		})
	}
}

// pinned expects the record of an answer to hold the words that it quotes.
func (r *rig) pinned(id string) {
	r.t.Helper()
	p := r.record(id)
	then, err := r.shelves.Recall(r.t.Context(), r.guild.ID, p.Quoted)
	if err != nil || library.HashOf(then.Quote.Text) != p.Hash || !strings.Contains(r.reads(p), then.Quote.Text) {
		r.t.Errorf("%s pins %q (%v), and reads:\n%s", id, then.Quote.Text, err, r.reads(p))
	}
}

func TestRemove(t *testing.T) {
	t.Parallel()
	r := furnish(t, library.PropagateRemove)
	first := r.tea(safe)
	r.shelves.publish(first)
	var gone []library.Posted
	for i := range 120 {
		id := r.post(first, safe, nil)
		if i%3 == 0 {
			r.post(first, "It is old.", nil)
		}
		gone = append(gone, r.record(id))
	}
	card := r.post(first, safe, func(p *library.Posted) { p.Tier = "urgent" })
	r.shelves.publish(r.tea(less))
	if j := r.runs(r.article()); j.Note != "161 answers looked at, 1 changed, 120 removed." {
		t.Errorf("job = %+v", j)
	}
	if n := len(r.ledger.posted); n != 41 {
		t.Errorf("%d records are left", n)
	}
	for _, p := range gone {
		if got := r.reads(p); got != "" {
			t.Fatalf("%s stands there still:\n%s", p.ID, got)
		}
	}
	r.says(card, "As it was", changed) // a card stays
}

// TestTwoHundred brings two hundred answers in line while REST fails in every way and
// the program is started anew four times: each message is changed once.
func TestTwoHundred(t *testing.T) {
	t.Parallel()
	for _, way := range []library.Propagation{library.PropagateMark, library.PropagateEdit} {
		t.Run(string(way), func(t *testing.T) {
			t.Parallel()
			r := furnish(t, way)
			first := r.tea(safe)
			r.shelves.publish(first)
			for range 200 {
				r.post(first, safe, risky)
			}
			r.shelves.publish(r.tea(less))
			r.Break(patch, slices.Concat(
				discordtest.Wait(30*time.Millisecond).Times(2), discordtest.Unavailable().Times(3), []discordtest.Fault{discordtest.CutBefore(), discordtest.WaitEverywhere(20 * time.Millisecond)},
				discordtest.ProxyLimit().Times(1), discordtest.Unavailable().Times(7),
			)...)
			r.enqueue(r.article())
			for _, stopAt := range []int{40, 41, 100, 170} {
				r.upTo(stopAt)
			}
			j := r.turn(t.Context(), r.propagator())
			if j.State != jobs.Done || j.Note != "200 answers looked at, 200 changed." || j.Done != 200 {
				t.Errorf("job = %+v", j)
			}
			want := map[library.Propagation]string{library.PropagateMark: changed, library.PropagateEdit: renewed}[way]
			for _, p := range r.ledger.posted {
				r.says(p.ID, want, disclaimed)
			}
			if n := r.edits(); n < 214 || n > 218 {
				t.Errorf("%d requests for 200 messages and 15 faults", n)
			}
			r.onceEach()
			if len(r.said) != 1 || !strings.Contains(r.said[0], "200 changed") {
				t.Errorf("said %q", r.said)
			}
		})
	}
}

// upTo lets a process work until so many messages were changed, and then stops it. An
// outage puts the job back before.
func (r *rig) upTo(n int) {
	r.t.Helper()
	ctx, stop := context.WithCancel(r.t.Context())
	defer stop()
	p := r.propagator()
	p.Messages = counting{p.Messages, func() {
		if r.edited() >= n {
			stop()
		}
	}}
	r.turn(ctx, p)
}

func (r *rig) edited() (n int) {
	for _, seen := range r.From(r.channel, r.eva) {
		if seen.Edited {
			n++
		}
	}
	return n
}

// counting tells after each edit.
type counting struct {
	propagate.Messages

	tell func()
}

func (c counting) Edit(ctx context.Context, channel, message string, m api.Message) error {
	err := c.Messages.Edit(ctx, channel, message, m)
	c.tell()
	return err
}

// onceEach expects no message to have been changed successfully twice: the faults are
// met by requests that change nothing.
func (r *rig) onceEach() {
	r.t.Helper()
	seen := make(map[string]int)
	for _, req := range r.Requests("PATCH ") {
		seen[req.Path]++
	}
	faulty := 0
	for _, n := range seen {
		if n > 1 {
			faulty += n - 1
		}
	}
	if len(seen) != 200 || faulty > 15 {
		r.t.Errorf("%d messages, %d requests too many", len(seen), faulty)
	}
}

// TestRecordsAreMadeUp: when a message was changed and its record was not, the job goes
// on and the record says so in the end.
func TestRecordsAreMadeUp(t *testing.T) {
	t.Parallel()
	r, id := revised(t, library.PropagateEdit)
	r.ledger.faults = []error{fmt.Errorf("%w: locked", article.ErrUnavailable)}
	if j := r.runs(r.article()); j.State != jobs.Done {
		t.Errorf("job = %+v", j)
	}
	r.says(id, renewed, less)
	r.shows(id, library.Current)
	r.pinned(id)
}

func TestWhatIsOutOfReach(t *testing.T) {
	t.Parallel()
	r := furnish(t, library.PropagateMark)
	first := r.tea(safe)
	r.shelves.publish(first)
	closed, dropped := r.guild.Channel("closed"), r.guild.Channel("dropped")
	in := func(c *discordtest.Channel) func(p *library.Posted) {
		return func(p *library.Posted) { p.Channel = c.ID }
	}
	r.post(first, safe, in(dropped))
	forbidden := r.post(first, safe, in(closed))
	deleted := r.post(first, safe, nil)
	private := r.post(first, safe, func(p *library.Posted) { p.Private = true })
	last := r.post(first, safe, nil)
	dropped.Delete()
	closed.Forbid(true)
	r.Delete(r.Moderator("mod"), r.record(deleted).Message)
	r.shelves.publish(r.tea(less))
	if j := r.runs(r.article()); j.State != jobs.Done || j.Note != "5 answers looked at, 1 changed, 1 out of reach." {
		t.Errorf("job = %+v", j)
	}
	r.says(last, changed)
	r.says(private, "As it was")
	r.shows(private, library.Revised)
	r.shows(forbidden, "")
	if n := len(r.ledger.posted); n != 3 {
		t.Errorf("%d records are left", n)
	}
	closed.Forbid(false)
	r.runs(r.article())
	r.says(forbidden, changed)
}

// TestCardsAndOtherPartsStay: what cannot be rendered again whole is only marked.
func TestCardsAndOtherPartsStay(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(p *library.Posted){
		"card":  func(p *library.Posted) { p.Tier = "urgent" },
		"parts": func(p *library.Posted) { p.Outcome = propagate.Several },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := furnish(t, library.PropagateEdit)
			first := r.tea(safe)
			r.shelves.publish(first)
			id := r.post(first, safe, change)
			r.shelves.publish(r.tea(less))
			r.runs(r.article())
			r.says(id, changed, "As it was", safe, "!"+less)
			r.shows(id, library.Revised)
			r.shelves.withdraw(first.Slug)
			r.runs(r.article())
			r.says(id, withdrawn, "As it was", safe)
			r.wrong.set(library.Correction{Answer: id, Kind: library.NoAnswer})
			r.runs(library.PropagateArgs{Answer: id})
			r.says(id, wrong, "As it was", safe)
			r.wrong.set()
			r.shelves.publish(first)
			r.runs(r.article())
			r.says(id, "!withdrawn", "!wrong", "As it was", safe)
			r.shows(id, "")
		})
	}
}

// TestNewWordsAreGated: another passage takes the place of one only where it may be
// shown, and never for minors.
func TestNewWordsAreGated(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		adults, minor bool
		closed        string
		want          []string
	}{
		"open":                     {want: []string{renewed, less}},
		"closed here":              {closed: how, want: []string{changed, safe, "!" + less}},
		"closed elsewhere":         {closed: how, adults: true, want: []string{renewed, less}},
		"a minor":                  {minor: true, want: []string{changed, safe, "!" + less}},
		"a minor among adults":     {minor: true, adults: true, want: []string{changed, safe, "!" + less}},
		"another section's closed": {closed: "What it is", want: []string{renewed, less}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := furnish(t, library.PropagateEdit)
			first := r.tea(safe)
			r.shelves.publish(first)
			id := r.post(first, safe, func(p *library.Posted) { p.Minor = test.minor })
			r.adults, r.shelves.closed = test.adults, test.closed
			r.shelves.publish(r.tea(less))
			r.runs(r.article())
			r.says(id, test.want...)
			before := r.edits()
			r.runs(r.article())
			if r.edits() != before {
				t.Error("it was edited twice")
			}
		})
	}
}

// TestCorrections in each way, and taken back.
func TestCorrections(t *testing.T) {
	t.Parallel()
	const drink = "Tea is a drink made of leaves."
	for name, test := range map[string]struct {
		way   library.Propagation
		kind  library.CorrectionKind
		right bool
		minor bool
		want  []string
		back  []string
	}{
		"marked":       {way: library.PropagateMark, kind: library.WrongPassage, right: true, want: []string{wrong, safe}, back: []string{safe, "!wrong"}},
		"replaced":     {way: library.PropagateEdit, kind: library.WrongPassage, right: true, want: []string{corrected, drink, "!" + safe}, back: []string{drink, "!corrected"}},
		"for a minor":  {way: library.PropagateEdit, kind: library.WrongPassage, right: true, minor: true, want: []string{wrong, "!" + safe, "!" + drink}, back: []string{safe, "!wrong"}},
		"no answer":    {way: library.PropagateEdit, kind: library.NoAnswer, want: []string{wrong, "!" + safe, "false]"}, back: []string{safe, "!wrong", "true]"}},
		"another tier": {way: library.PropagateMark, kind: library.WrongTier, want: []string{wrong, safe}, back: []string{safe, "!wrong"}},
		"right":        {way: library.PropagateEdit, kind: library.RightAnswer, want: []string{"As it was"}, back: []string{"As it was"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := furnish(t, test.way)
			first := r.tea(safe)
			r.shelves.publish(first)
			id := r.post(first, safe, func(p *library.Posted) { risky(p); p.Minor = test.minor })
			bystander := r.post(first, safe, nil)
			c := library.Correction{Answer: id, Kind: test.kind}
			if test.right {
				at := placeIn(t, first, drink)
				c.Right = &at
			}
			r.wrong.set(c)
			r.runs(library.PropagateArgs{Answer: id})
			r.says(id, test.want...)
			r.says(bystander, "As it was")
			before := r.edits()
			r.runs(library.PropagateArgs{Answer: id})
			if r.edits() != before {
				t.Error("it was edited twice")
			}
			r.wrong.set()
			r.runs(library.PropagateArgs{Answer: id})
			r.says(id, test.back...)
		})
	}
}

// TestCorrectionsOfAnotherAnswer: what was corrected before the question was edited says
// nothing of the answer since.
func TestCorrectionsOfAnotherAnswer(t *testing.T) {
	t.Parallel()
	const drink = "Tea is a drink made of leaves."
	for kind, way := range map[library.CorrectionKind]library.Propagation{
		library.WrongPassage: library.PropagateEdit, library.NoAnswer: library.PropagateMark, library.RemoveAnswer: library.PropagateMark,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			r := furnish(t, way)
			first := r.tea(safe)
			r.shelves.publish(first)
			id := r.post(first, drink, nil)
			right := placeIn(t, first, "It is old.")
			c := library.Correction{Answer: id, Kind: kind, Right: &right, Hash: library.HashOf(safe)}
			r.wrong.set(c)
			r.runs(library.PropagateArgs{Answer: id})
			r.says(id, "As it was", drink)
			r.shows(id, "")
			c.Hash = library.HashOf(drink)
			r.wrong.set(library.Correction{Answer: id, Kind: library.NoAnswer, Hash: library.HashOf(safe)}, c, library.Correction{Answer: id, Kind: library.NoAnswer, Hash: "of others"})
			p := r.record(id)
			r.runs(library.PropagateArgs{Answer: id})
			switch kind {
			case library.RemoveAnswer:
				if got := r.reads(p); got != "" {
					t.Errorf("it reads:\n%s", got)
				}
			case library.NoAnswer:
				r.says(id, wrong, drink)
			default:
				r.says(id, corrected, "It is old.", "!"+drink)
			}
		})
	}
}

// TestACorrectionOutlivesItsWords: a message that shows what a moderator found right goes
// on doing so when that changes, although it quotes neither the wrong words nor the right
// ones by then.
func TestACorrectionOutlivesItsWords(t *testing.T) {
	t.Parallel()
	const drink = "Tea is a drink made of leaves."
	r := furnish(t, library.PropagateEdit)
	first := r.tea(safe)
	r.shelves.publish(first)
	id := r.post(first, drink, nil)
	right := placeIn(t, first, safe)
	r.wrong.set(library.Correction{Answer: id, Kind: library.WrongPassage, Right: &right, Hash: library.HashOf(drink)})
	r.runs(library.PropagateArgs{Answer: id})
	for _, now := range []string{less, "Tea is generally safe in amounts up to two cups."} {
		r.shelves.publish(r.tea(now))
		r.runs(r.article())
		r.says(id, corrected, now)
	}
}

// TestRemovedByAModerator deletes one answer, whatever the guild's way is.
func TestRemovedByAModerator(t *testing.T) {
	t.Parallel()
	r := furnish(t, library.PropagateMark)
	first := r.tea(safe)
	r.shelves.publish(first)
	p := r.record(r.post(first, safe, risky))
	r.wrong.set(library.Correction{Answer: p.ID, Kind: library.RemoveAnswer})
	r.runs(library.PropagateArgs{Answer: p.ID})
	if got := r.reads(p); got != "" || len(r.ledger.posted) != 0 {
		t.Errorf("it stands there still:\n%s", got)
	}
	if j := r.runs(library.PropagateArgs{Answer: p.ID}); j.State != jobs.Done || j.Note != "0 answers looked at, 0 changed." {
		t.Errorf("job = %+v", j)
	}
}

// TestContradiction marks what is said against an answer, and drops it with the words
// that it was said against.
func TestContradiction(t *testing.T) {
	t.Parallel()
	const against = "Three cups of tea are too many."
	r := furnish(t, library.PropagateMark)
	first := r.tea(safe)
	other := parse(t, "Moss", "Cups", against)
	r.shelves.publish(first)
	r.shelves.publish(other)
	id := r.post(first, safe, func(p *library.Posted) { p.Against = []library.Place{placeIn(t, other, against)} })
	r.shelves.publish(parse(t, "Moss", "Cups", "Nobody knows."))
	r.runs(library.PropagateArgs{Article: other.Slug})
	r.says(id, safe, "says otherwise", against, changed)
	r.shows(id, library.Revised)
	r.shelves.publish(other)
	r.runs(library.PropagateArgs{Article: other.Slug})
	r.says(id, safe, against, "!has changed")
	r.shows(id, "")
}

// TestLostWords: of a revision that is kept no more nobody can show the words.
func TestLostWords(t *testing.T) {
	t.Parallel()
	r := furnish(t, library.PropagateMark)
	first := r.tea(safe)
	r.shelves.publish(first)
	id := r.post(first, safe, risky)
	delete(r.shelves.kept, first.Revision)
	r.shelves.publish(r.tea(less))
	r.runs(r.article())
	r.says(id, "What was quoted here has since changed.", disclaimed, "!cups")
}

// TestSharedSaysSo keeps the sentence below an answer that was shared.
func TestSharedSaysSo(t *testing.T) {
	t.Parallel()
	r := furnish(t, library.PropagateMark)
	first := r.tea(safe)
	r.shelves.publish(first)
	id := r.post(first, safe, func(p *library.Posted) { p.Question = "share/1" })
	r.shelves.publish(r.tea(less))
	r.runs(r.article())
	r.says(id, changed, "Shared from a private reply.")
}

// TestLongLimits are waited for, and the job is not put back for them.
func TestLongLimits(t *testing.T) {
	t.Parallel()
	r, id := revised(t, library.PropagateMark)
	p := r.propagator()
	var calls atomic.Int32
	p.Messages = failing{p.Messages, func() error {
		if calls.Add(1) == 1 {
			return &api.Error{Status: http.StatusTooManyRequests, Held: true, RetryAfter: 20 * time.Millisecond}
		}
		return nil
	}}
	r.enqueue(r.article())
	if j := r.turn(t.Context(), p); j.State != jobs.Done || calls.Load() != 2 {
		t.Errorf("%d calls, job = %+v", calls.Load(), j)
	}
	r.says(id, changed)
}

// failing fails before edits.
type failing struct {
	propagate.Messages

	fail func() error
}

func (f failing) Edit(ctx context.Context, channel, message string, m api.Message) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.Messages.Edit(ctx, channel, message, m)
}

// TestBadArguments end the job for good.
func TestBadArguments(t *testing.T) {
	t.Parallel()
	r := furnish(t, library.PropagateMark)
	if _, _, err := r.queue.Enqueue(t.Context(), r.guild.ID, jobs.Job{ID: "job", Kind: library.PropagateJob, Args: "{"}); err != nil {
		t.Fatal(err)
	}
	if j := r.turn(t.Context(), r.propagator()); j.State != jobs.Failed {
		t.Errorf("job = %+v", j)
	}
}
