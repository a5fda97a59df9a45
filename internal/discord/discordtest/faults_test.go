package discordtest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

// attempt sends a message and returns the status, 0 when the answer did not come whole,
// and the body.
func (c *client) attempt(path string) (int, string) {
	c.t.Helper()
	return c.attemptOf(path, `{"content":"hello",`+quiet+`}`)
}

func (c *client) attemptOf(path, body string) (int, string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.URL()+"/api/v10"+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("User-Agent", "DiscordBot (test, 1)")
	req.Header.Set("Authorization", "Bot "+c.token)
	req.Header.Set("Content-Type", "application/json")
	req.GetBody = nil // so that net/http does not try again by itself
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, ""
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		return 0, string(raw)
	}
	return resp.StatusCode, string(raw)
}

// TestRESTFaults: what a request meets, and whether it was processed all the same.
func TestRESTFaults(t *testing.T) {
	tests := map[string]struct {
		fault  discordtest.Fault
		status int
		piece  string
		sent   int
	}{
		"unavailable":     {discordtest.Unavailable(), 503, "Service Unavailable", 0},
		"limit in HTML":   {discordtest.ProxyLimit(), 429, "<html>", 0},
		"limit":           {discordtest.Wait(30 * time.Second), 429, `"retry_after":30`, 0},
		"global limit":    {discordtest.WaitEverywhere(time.Second), 429, `"global":true`, 0},
		"cut before":      {discordtest.CutBefore(), 0, "", 0},
		"cut after":       {discordtest.CutAfter(), 0, "", 1},
		"cut within":      {discordtest.CutWithin(), 0, `{"attachments"`, 1},
		"slow to arrive":  {discordtest.SlowRequest(20 * time.Millisecond), 200, "hello", 1},
		"slow to answer":  {discordtest.SlowReply(20 * time.Millisecond), 200, "hello", 1},
		"nothing at all":  {discordtest.Fault{}, 200, "hello", 1},
		"slow and broken": {discordtest.Fault{Status: 502, Delay: time.Millisecond}, 502, "Bad Gateway", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newClient(t)
			channel := c.Guild("guild").Channel("general")
			c.Break("POST /channels/*", test.fault)
			status, body := c.attempt("/channels/" + channel.ID + "/messages")
			if status != test.status || !strings.Contains(body, test.piece) {
				t.Errorf("%d %s, want %d with %s", status, body, test.status, test.piece)
			}
			if got := len(c.From(channel, c.Member("alice"))); got != test.sent {
				t.Errorf("%d messages, want %d", got, test.sent)
			}
		})
	}
}

// TestFaultsInTurn: one a request, in the order in which they were asked for, on the
// routes that were meant.
func TestFaultsInTurn(t *testing.T) {
	c := newClient(t)
	path := "/channels/" + c.Guild("guild").Channel("general").ID + "/messages"
	c.Break("POST /channels/{channel}/messages", discordtest.Unavailable().Times(2)...)
	c.Break("*", discordtest.ProxyLimit())
	for _, want := range []int{503, 503, 429, 200} {
		if got, _ := c.attempt(path); got != want {
			t.Errorf("status %d, want %d", got, want)
		}
	}
	c.Break("*", discordtest.Unavailable().Times(100)...)
	c.Mend()
	c.expect(200, "", "GET", "/users/@me", "")
}

// TestSlowCallback: a callback that takes too long to arrive is too late, one whose
// answer takes long is not.
func TestSlowCallback(t *testing.T) {
	const route = "POST /interactions/{id}/{token}/callback"
	for name, test := range map[string]struct {
		fault  discordtest.Fault
		status int
	}{
		"the request": {discordtest.SlowRequest(300 * time.Millisecond), 404},
		"the answer":  {discordtest.SlowReply(300 * time.Millisecond), 204},
	} {
		t.Run(name, func(t *testing.T) {
			c := newClient(t, discordtest.ResponseWindow(200*time.Millisecond))
			c.Break(route, test.fault)
			run, _, path := c.ask()
			c.expect(test.status, "", "POST", path, `{"type":4,"data":{"content":"x",`+quiet+`}}`)
			if run.Late() != (test.status == 404) {
				t.Errorf("late: %t", run.Late())
			}
		})
	}
}

// TestHeadersAreObeyed: a request after an answer that said that none is left.
func TestHeadersAreObeyed(t *testing.T) {
	c := newClient(t, discordtest.OnTheWay(0))
	c.Limit("POST /channels/{channel}/typing", 1, time.Minute)
	path := "/channels/" + c.Guild("g").Channel("c").ID + "/typing"
	c.expect(204, "", "POST", path, "")
	c.violated("")
	c.expect(429, "", "POST", path, "")
	c.violated("X-RateLimit-Remaining was 0")
}

// TestUnheardCallback: a bot that was told nothing of its callback may send it again, or
// go on; one that was told may not.
func TestUnheardCallback(t *testing.T) {
	const body = `{"type":5}`
	for name, fault := range map[string]discordtest.Fault{"lost": discordtest.CutAfter(), "torn": discordtest.CutWithin()} {
		t.Run(name, func(t *testing.T) {
			c := newClient(t)
			run, _, path := c.ask()
			c.Break("POST /interactions/*", fault)
			if status, _ := c.attemptOf(path, body); status != 0 {
				t.Fatalf("answered with %d", status)
			}
			c.expect(400, "", "POST", path, body)
			c.expect(200, "", "PATCH", c.original(run)+"/messages/@original", `{"content":"x",`+quiet+`}`)
			if got := c.Violations(); len(got) != 0 {
				t.Errorf("violations %q", got)
			}
			c.expect(400, "40060", "POST", path, body)
			c.violated("already been acknowledged")
		})
	}
}
