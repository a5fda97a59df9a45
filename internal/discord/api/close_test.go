package api_test

import (
	"net/url"
	"testing"
	"time"

	"go.uber.org/goleak"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/discordtest"
)

// TestClosedKeepsNothing: neither idle connections nor one that was under way.
func TestClosedKeepsNothing(t *testing.T) {
	s := discordtest.New(t)
	base, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	before := goleak.IgnoreCurrent()
	c := api.New(base, s.Token(), api.Options{})
	if _, err := c.Application(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.Break("GET /gateway/bot", discordtest.Fault{Delay: 50 * time.Millisecond})
	done := make(chan error, 1)
	go func() {
		_, err := c.GatewayBot(t.Context())
		done <- err
	}()
	for len(s.Requests("GET /gateway/bot")) == 0 {
		time.Sleep(time.Millisecond)
	}
	c.Close()
	if err := <-done; err != nil {
		t.Errorf("what was under way: %v", err)
	}
	goleak.VerifyNone(t, before)
}
