package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"verbatim/internal/library"
)

func testContexts(t *testing.T, e Engine) {
	t.Run("ended before", func(t *testing.T) { contextEnded(t, e.open(t)) })
	t.Run("ends while it waits", func(t *testing.T) { contextEnds(t, e.open(t)) })
}

// contextEnded wants every method to do nothing when its context has ended already.
func contextEnded(t *testing.T, d *database) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancel := context.WithTimeout(t.Context(), -time.Second)
	defer cancel()
	d.fill(t, guildA, "A")
	before, head := d.view(t, guildA), must[int64](t)(d.Head(t.Context()))
	for _, c := range calls() {
		for want, ctx := range map[error]context.Context{context.Canceled: cancelled, context.DeadlineExceeded: expired} {
			if _, err := c.on(ctx, d, guildA, "B"); !errors.Is(err, want) {
				t.Errorf("%s: error %v, want %v", c.name, err, want)
			}
		}
	}
	same(t, "the guild", d.view(t, guildA), before)
	same(t, "head", must[int64](t)(d.Head(t.Context())), head)
}

// contextEnds wants a write that waits for somebody else's to end with its context,
// while reads go on.
func contextEnds(t *testing.T, d *database) {
	succeed(t, d.SetSetting(t.Context(), guildA, "paused", "true", act()))
	conn, err := Raw(t, d.url).Conn(t.Context())
	succeed(t, err)
	defer func() { _ = conn.Close() }()
	for _, statement := range []string{choose(d.url, "BEGIN IMMEDIATE", "BEGIN"), "UPDATE clock SET seq = seq"} {
		_, err := conn.ExecContext(t.Context(), statement)
		succeed(t, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	late := time.AfterFunc(10*time.Second, func() { t.Error("the write went on long after its context ended") })
	defer late.Stop()
	if err := d.SetSetting(ctx, guildA, "paused", "false", act()); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v, want %v", err, context.DeadlineExceeded)
	}
	same(t, "read meanwhile", must[map[string]string](t)(d.Settings(t.Context(), guildA)), map[string]string{"paused": "true"})
	_, err = conn.ExecContext(t.Context(), "ROLLBACK")
	succeed(t, err)
	succeed(t, d.SetSetting(t.Context(), guildA, "paused", "", act()))
	succeed(t, library.VerifyTrail(guildA, library.Entry{}, d.trail(t)))
}
