package shelf_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"verbatim/internal/answer"
	"verbatim/internal/library"
	"verbatim/internal/library/shelf"
)

// slowBank has its readers wait, who hold on to an index meanwhile.
type slowBank struct{ *gate }

func (b slowBank) Questions(_ context.Context, guild string) ([]library.Record[library.BankQuestion], error) {
	b.pass(guild)
	return nil, nil
}

// sizeOf returns what the indexes of some guilds take that have all been typed to.
func sizeOf(t *testing.T, m *memory, guilds ...string) (bytes int64) {
	t.Helper()
	r := newRig(t, m, nil)
	for _, g := range guilds {
		if _, err := r.Suggest(t.Context(), g, answer.General, "", 1); err != nil {
			t.Fatal(err)
		}
	}
	r.seen.read(func() { bytes = r.seen.bytes })
	return bytes
}

// TestAPublishWhileSomebodyIsAnswered: the index that an answer in flight holds on to
// does not take the room of the one in its place.
func TestAPublishWhileSomebodyIsAnswered(t *testing.T) {
	m := newMemory()
	m.publish("g", "ferrets", ferret("seventeen"))
	room := sizeOf(t, m, "g") * 3 / 2
	bank := slowBank{newGate()}
	r := newRig(t, m, func(c *shelf.Config) { c.Memory, c.Bank = room, bank })
	r.follow(t)
	var members sync.WaitGroup
	members.Go(func() { _, _ = r.Suggest(context.Background(), "g", answer.General, "", 1) })
	<-bank.arrived
	r.until(t, "g", m.publish("g", "ferrets", ferret("eighteen")))
	reads := m.readsOf("g")
	if got := r.quoted(t, "g", aboutFerrets); !strings.Contains(got, "eighteen") {
		t.Errorf("%q", got)
	}
	r.seen.read(func() {
		if r.seen.bytes <= room {
			t.Errorf("%d bytes of %d: nobody holds on to the old index", r.seen.bytes, room)
		}
	})
	close(bank.let)
	members.Wait()
	r.quoted(t, "g", aboutFerrets)
	if n := m.readsOf("g") - reads; n > 0 {
		t.Errorf("the shelf was read %d times more: the new index was closed", n)
	}
	r.seen.read(func() {
		if r.seen.bytes > room || r.seen.open != 1 || len(r.seen.closed) > 0 {
			t.Errorf("%d bytes of %d, %d open, closed %q", r.seen.bytes, room, r.seen.open, r.seen.closed)
		}
	})
}

// TestAPublishClosesOtherIndexes when its own has grown, though that was asked longest ago.
func TestAPublishClosesOtherIndexes(t *testing.T) {
	m := newMemory()
	for i := range 3 {
		m.publish(fmt.Sprint("g", i), "ferrets", ferret("seventeen"))
	}
	room := sizeOf(t, m, "g0", "g1", "g2")
	r := newRig(t, m, func(c *shelf.Config) { c.Memory = room })
	r.follow(t)
	for i := range 3 {
		r.quoted(t, fmt.Sprint("g", i), aboutFerrets)
	}
	r.until(t, "g0", m.publish("g0", "ferrets", ferret(strings.Repeat("far more than ", 600)+"eighteen")))
	r.seen.read(func() {
		if r.seen.bytes > room || strings.Join(r.seen.closed, " ") != "g1" {
			t.Errorf("%d bytes of %d, closed %q", r.seen.bytes, room, r.seen.closed)
		}
	})
	reads := m.readsOf("g0")
	if r.keys(t, "g0"); m.readsOf("g0") != reads {
		t.Error("the index was closed that a publish had just made")
	}
}
