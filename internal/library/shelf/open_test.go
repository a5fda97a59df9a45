package shelf_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
)

// gate stops whoever reads a shelf until it is opened.
type gate struct {
	arrived chan struct{}
	let     chan struct{}
}

func newGate() *gate { return &gate{make(chan struct{}, 100), make(chan struct{})} }

func (g *gate) pass(string) {
	g.arrived <- struct{}{}
	<-g.let
}

func TestManyFirstQuestionsBuildOnce(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("18"))
	r := newRig(t, m, nil)
	g := newGate()
	m.whenReading(g.pass)
	var askers sync.WaitGroup
	var answered atomic.Int64
	ask := func() {
		if ans, err := r.Ask(context.Background(), "g", question(aboutFerrets)); err == nil && ans.Quote != nil {
			answered.Add(1)
		}
	}
	for range 20 {
		askers.Go(ask)
	}
	<-g.arrived
	close(g.let)
	askers.Wait()
	if n := m.readsOf("g"); n != 1 || answered.Load() != 20 {
		t.Errorf("the shelf was read %d times, and %d of 20 were answered", n, answered.Load())
	}
}

// TestAnAskerThatGivesUp builds an index whose first asker does not wait for it:
// another one takes over, and without another one the follower does.
func TestAnAskerThatGivesUp(t *testing.T) {
	for name, others := range map[string]int{"others take over": 5, "the follower takes over": 0} {
		t.Run(name, func(t *testing.T) {
			m := newMemory()
			m.publish("g", "ferrets", ferret("18"))
			r := newRig(t, m, nil)
			g := newGate()
			m.whenReading(g.pass)
			ctx, stop := context.WithCancel(t.Context())
			var askers sync.WaitGroup
			askers.Go(func() {
				if ans, err := r.Ask(ctx, "g", question(aboutFerrets)); !errors.Is(err, context.Canceled) || ans.Notice == "" {
					t.Errorf("%+v, %v", ans, err)
				}
			})
			<-g.arrived
			var answered atomic.Int64
			for range others {
				askers.Go(func() {
					if ans, err := r.Ask(context.Background(), "g", question(aboutFerrets)); err == nil && ans.Quote != nil {
						answered.Add(1)
					}
				})
			}
			stop()
			close(g.let)
			askers.Wait()
			if int(answered.Load()) != others {
				t.Errorf("%d of %d were answered", answered.Load(), others)
			}
			r.follow(t)
			for m.readsOf("g") < 2 {
				<-g.arrived
			}
		})
	}
}

// TestAChangeWhileAnIndexIsBuilt publishes after the shelf was read.
func TestAChangeWhileAnIndexIsBuilt(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("seventeen"))
	r := newRig(t, m, nil)
	r.follow(t)
	first := newGate()
	m.whenReading(first.pass)
	asked := make(chan string)
	go func() {
		ans, _ := r.Ask(context.Background(), "g", question(aboutFerrets))
		asked <- ans.Quote.Text
	}()
	<-first.arrived
	m.whenReading(nil)
	seq := m.publish("g", "ferrets", ferret("eighteen"))
	r.wake <- struct{}{}
	r.wake <- struct{}{} // a second round has begun: the first has seen the change
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := r.Wait(ctx, "g", seq); !errors.Is(err, context.Canceled) {
		t.Errorf("an index without the change is about to be put in place, and Wait returned %v", err)
	}
	close(first.let)
	if got := <-asked; !strings.Contains(got, "seventeen") {
		t.Errorf("%q from a shelf that had seventeen", got)
	}
	r.until(t, "g", seq)
	if got := r.quoted(t, "g", aboutFerrets); !strings.Contains(got, "eighteen") {
		t.Errorf("%q after the change", got)
	}
}

// TestBudget opens more indexes than there is room for.
func TestBudget(t *testing.T) {
	const guilds = 12
	m := newMemory()
	for i := range guilds {
		m.publish(fmt.Sprint("g", i), "ferrets", ferret(fmt.Sprint(i)))
	}
	var one int64
	r := newRig(t, m, nil)
	r.quoted(t, "g0", aboutFerrets)
	r.seen.read(func() { one = r.seen.bytes })
	if one <= 0 {
		t.Fatalf("an index takes %d bytes", one)
	}
	room := one*4 + one/2
	r = newRig(t, m, func(c *shelf.Config) { c.Memory = room })
	for round := range 3 {
		for i := range guilds {
			guild := fmt.Sprint("g", i)
			if got := r.quoted(t, guild, aboutFerrets); !strings.Contains(got, fmt.Sprintf(" %d hours", i)) {
				t.Errorf("round %d: guild %d is told %q", round, i, got)
			}
			r.seen.read(func() {
				if r.seen.bytes > room || r.seen.open > 4 || r.seen.open < min(i+1, 4) && round == 0 {
					t.Errorf("%d bytes of %d, %d open", r.seen.bytes, room, r.seen.open)
				}
			})
		}
	}
	before := m.readsOf("g11")
	r.quoted(t, "g11", aboutFerrets) // among the last asked
	if m.readsOf("g11") != before {
		t.Error("the guild that was asked last was closed")
	}
	r.seen.read(func() {
		if len(r.seen.opened)-len(r.seen.closed) != r.seen.open {
			t.Errorf("%d opened, %d closed, %d open", len(r.seen.opened), len(r.seen.closed), r.seen.open)
		}
	})
	var askers sync.WaitGroup
	for i := range 100 {
		askers.Go(func() { r.quoted(t, fmt.Sprint("g", i%guilds), aboutFerrets) })
	}
	askers.Wait()
	r.seen.read(func() {
		if r.seen.bytes > room {
			t.Errorf("%d bytes of %d after all have asked at once", r.seen.bytes, room)
		}
	})
}

// TestAnIndexThatNeverFits is built and closed, and closes no other.
func TestAnIndexThatNeverFits(t *testing.T) {
	m := newMemory()
	m.publish("small", "ferrets", ferret("18"))
	m.publish("large", "ferrets", ferret("19"))
	for i := range 40 {
		m.publish("large", fmt.Sprint("more", i), ferret(strings.Repeat("very ", 50*i)+"many"))
	}
	r := newRig(t, m, func(c *shelf.Config) { c.Memory = 128 << 10 })
	for range 2 {
		if r.quoted(t, "small", aboutFerrets) == "" || r.quoted(t, "large", aboutTea) == "" {
			t.Fatal("not answered")
		}
	}
	if m.readsOf("small") != 1 || m.readsOf("large") != 2 {
		t.Errorf("small was read %d times, large %d times", m.readsOf("small"), m.readsOf("large"))
	}
	r.seen.read(func() {
		if r.seen.open != 1 || r.seen.bytes > 128<<10 || r.seen.most <= 128<<10 {
			t.Errorf("%d open, %d bytes, %d at most", r.seen.open, r.seen.bytes, r.seen.most)
		}
	})
}

func TestIdleIndexesAreClosed(t *testing.T) {
	m := newMemory()
	m.publish("idle", "ferrets", ferret("18"))
	m.publish("busy", "ferrets", ferret("19"))
	r := newRig(t, m, func(c *shelf.Config) { c.Idle = time.Hour })
	r.follow(t)
	r.quoted(t, "idle", aboutFerrets)
	r.clock.pass(40 * time.Minute)
	r.quoted(t, "busy", aboutFerrets)
	r.clock.pass(40 * time.Minute)
	r.wake <- struct{}{}
	r.wake <- struct{}{}
	r.wake <- struct{}{} // at least one whole round
	r.seen.read(func() {
		if !slices.Equal(r.seen.closed, []string{"idle"}) || r.seen.open != 1 {
			t.Errorf("closed %q, %d open", r.seen.closed, r.seen.open)
		}
	})
	if r.quoted(t, "idle", aboutFerrets) == "" || m.readsOf("idle") != 2 {
		t.Error("not opened again")
	}
}

// TestWhatStaysIsNotParsedAgain keeps the articles that a change does not touch.
func TestWhatStaysIsNotParsedAgain(t *testing.T) {
	m := newMemory()
	m.publish("g", "a", ferret("17"))
	m.publish("g", "b", ferret("18"))
	r := newRig(t, m, nil)
	r.follow(t)
	before, err := r.Articles(t.Context(), "g")
	if err != nil {
		t.Fatal(err)
	}
	seq := m.publish("g", "b", ferret("19"))
	r.until(t, "g", seq)
	after, err := r.Articles(t.Context(), "g")
	if err != nil || after[2] != before[2] || after[3] == before[3] {
		t.Errorf("a is the same: %v, b is the same: %v, %v", after[2] == before[2], after[3] == before[3], err)
	}
	seq = m.state("g", "a", true, library.Withdrawn)
	r.until(t, "g", seq)
	if got := r.keys(t, "g"); !slices.Equal(got, []string{teaKey, breadKey, "b"}) {
		t.Errorf("%q", got)
	}
}
