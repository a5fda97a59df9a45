package discordtest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

// TestTiming: a promise is a callback, and what it becomes is the answer.
func TestTiming(t *testing.T) {
	c := newClient(t)
	run, _, path := c.ask()
	if got := run.Timing(); got.Sent.IsZero() || !got.Callback.IsZero() || got.Done() {
		t.Errorf("before: %+v", got)
	}
	c.expect(204, "", "POST", path, `{"type":5}`)
	if got := run.Timing(); got.Callback.Before(got.Sent) || got.Done() {
		t.Errorf("promised: %+v", got)
	}
	c.expect(200, "", "PATCH", c.original(run)+"/messages/@original", `{"content":"x",`+quiet+`}`)
	first := run.Timing()
	if !first.Done() || first.Final.Before(first.Callback) {
		t.Errorf("answered: %+v", first)
	}
	c.expect(200, "", "PATCH", c.original(run)+"/messages/@original", `{"content":"y",`+quiet+`}`)
	if got := run.Timing(); got != first {
		t.Errorf("a later edit makes it %+v, want %+v", got, first)
	}
	said := c.Say(c.Member("bob"), c.Guild("g").Channel("c"), "hello")
	if said.Timing().Done() {
		t.Error("answered before anything was said")
	}
}

// TestKeep: a long run remembers the newest, and answers as before.
func TestKeep(t *testing.T) {
	c := newClient(t, discordtest.Keep(10))
	alice, general := c.Member("alice"), c.Guild("guild").Channel("general")
	path := "/channels/" + general.ID + "/messages"
	first := c.Say(alice, general, "first").Asked
	for i := range 50 {
		c.expect(200, "", "POST", path, fmt.Sprintf(`{"content":"x","nonce":"%d",%s}`, i, quiet))
	}
	if n := len(c.From(general, alice)); n != 10 {
		t.Errorf("%d messages are kept, want 10", n)
	}
	if n := len(c.Requests("")); n > 20 {
		t.Errorf("%d requests are kept", n)
	}
	c.expect(404, "10008", "GET", path+"/"+first, "")
	c.violated("")
}

// TestWithoutSchema leaves one check out, and no other.
func TestWithoutSchema(t *testing.T) {
	c := newClient(t, discordtest.WithoutSchema())
	path := "/channels/" + c.Guild("guild").Channel("general").ID + "/messages"
	c.do("POST", path, `{"content":"x","sticker_ids":["not a snowflake"],`+quiet+`}`)
	c.violated("")
	c.expect(400, "2000 or fewer", "POST", path, `{"content":"`+strings.Repeat("x", 2001)+`",`+quiet+`}`)
}

// BenchmarkInteraction is one command that is promised and then answered, from the
// member to the answer, which is what a load test costs beside the bot.
func BenchmarkInteraction(b *testing.B) {
	for name, options := range map[string][]discordtest.Option{
		"described": nil, "without schema": {discordtest.WithoutSchema()},
	} {
		b.Run(name, func(b *testing.B) {
			benchmarkInteraction(b, append(options, discordtest.Keep(1000), discordtest.TokenLife(time.Hour)))
		})
	}
}

func benchmarkInteraction(b *testing.B, options []discordtest.Option) {
	b.Helper()
	c := newClient(b, options...)
	c.expect(200, "", "PUT", "/applications/"+c.BotID()+"/commands", `[{"name":"ask","description":"Ask"}]`)
	alice, general := c.Member("alice"), c.Guild("guild").Channel("general")
	b.ReportAllocs()
	for b.Loop() {
		run := c.Run(alice, general, "/ask", nil)
		c.expect(204, "", "POST", callbackPath(run), `{"type":5}`)
		c.expect(200, "", "PATCH", c.original(run)+"/messages/@original", `{"content":"x",`+quiet+`}`)
	}
	c.violated("")
}
