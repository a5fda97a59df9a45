package discordtest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"verbatim/internal/discord/discordtest"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// client is a bot that sends whatever it is told to.
type client struct {
	*discordtest.Server
	t     testing.TB
	http  *http.Client
	token string
	judge *judge
}

func newClient(t testing.TB, options ...discordtest.Option) *client {
	t.Helper()
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	j := &judge{TB: t}
	s := discordtest.New(j, append(options, discordtest.Lenient())...)
	return &client{s, t, &http.Client{Transport: transport}, s.Token(), j}
}

// do sends a request and returns the status and the body.
func (c *client) do(method, path, body string) (int, string) {
	c.t.Helper()
	req, err := http.NewRequestWithContext(c.t.Context(), method, c.URL()+"/api/v10"+path, bytes.NewReader([]byte(body)))
	if err != nil {
		c.t.Fatal(err)
	}
	req.Header.Set("User-Agent", "DiscordBot (test, 1)")
	req.Header.Set("Authorization", "Bot "+c.token)
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	resp, err := c.http.Do(req)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return resp.StatusCode, string(raw)
}

// expect sends a request and checks the status and a piece of the body.
func (c *client) expect(status int, piece, method, path, body string) {
	c.t.Helper()
	if got, reply := c.do(method, path, body); got != status || !strings.Contains(reply, piece) {
		c.t.Errorf("%s %s: %d %s, want %d with %s", method, path, got, reply, status, piece)
	}
}

func (c *client) violated(want string) {
	c.t.Helper()
	if all := strings.Join(c.Violations(), "\n"); want == "" && all != "" || !strings.Contains(all, want) {
		c.t.Errorf("violations:\n%s\nwant %q among them", all, want)
	}
}

const quiet = `"allowed_mentions":{"parse":[]}`

// ask registers /ask and lets a member run it.
func (c *client) ask() (run *discordtest.Reply, asker *discordtest.Member, path string) {
	c.t.Helper()
	c.expect(200, `"name":"ask"`, "PUT", "/applications/"+c.BotID()+"/commands", `[{"name":"ask","description":"Ask"}]`)
	asker = c.Member("alice")
	run = c.Run(asker, c.Guild("guild").Channel("general"), "/ask", nil)
	id, token := run.Ticket()
	return run, asker, "/interactions/" + id + "/" + token + "/callback"
}

func (c *client) original(run *discordtest.Reply) string {
	_, token := run.Ticket()
	return "/webhooks/" + c.BotID() + "/" + token
}

func embed(fields string) string { return `{"embeds":[{` + fields + `}],` + quiet + `}` }

func TestMessageRules(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	tests := map[string]struct{ body, code, violation string }{
		"fine":                 {`{"content":"hello",` + quiet + `}`, "", ""},
		"fine embed":           {`{"embeds":[{"title":"t","description":"d","color":255,"url":"https://x.org"}],` + quiet + `}`, "", ""},
		"content too long":     {`{"content":"` + long(2001) + `",` + quiet + `}`, `"content":{"_errors"`, "2000 or fewer"},
		"embed too long":       {`{"embeds":[{"description":"` + long(4097) + `"}],` + quiet + `}`, `"embeds":{"0":{"description":{"_errors"`, "4096 or fewer"},
		"embeds too long":      {`{"embeds":[{"description":"` + long(4000) + `"},{"description":"` + long(2001) + `"}],` + quiet + `}`, "MAX_EMBED_SIZE_EXCEEDED", "6000"},
		"too many embeds":      {`{"embeds":[` + strings.TrimSuffix(strings.Repeat(`{"title":"t"},`, 11), ",") + `],` + quiet + `}`, "BASE_TYPE_BAD_LENGTH", "10 in length"},
		"long embed title":     {embed(`"title":"` + long(257) + `"`), "BASE_TYPE_MAX_LENGTH", "256 or fewer"},
		"26 embed fields":      {embed(`"fields":[` + times(26, `{"name":"n","value":"v"}`) + `]`), "BASE_TYPE_BAD_LENGTH", "25 in length"},
		"long field name":      {embed(`"fields":[{"name":"` + long(257) + `","value":"v"}]`), "BASE_TYPE_MAX_LENGTH", "256 or fewer"},
		"long field value":     {embed(`"fields":[{"name":"n","value":"` + long(1025) + `"}]`), "BASE_TYPE_MAX_LENGTH", "1024 or fewer"},
		"empty field value":    {embed(`"fields":[{"name":"n","value":""}]`), "BASE_TYPE_REQUIRED", "fields.0.value"},
		"long footer":          {embed(`"title":"t","footer":{"text":"` + long(2049) + `"}`), "BASE_TYPE_MAX_LENGTH", "2048 or fewer"},
		"long author":          {embed(`"author":{"name":"` + long(257) + `"}`), "BASE_TYPE_MAX_LENGTH", "256 or fewer"},
		"long nonce":           {`{"content":"x","nonce":"` + long(26) + `",` + quiet + `}`, "BASE_TYPE_MAX_LENGTH", "25 or fewer"},
		"two UTF-16 units":     {`{"content":"` + strings.Repeat("😀", 1001) + `",` + quiet + `}`, `"content":{"_errors"`, "2000 or fewer"},
		"empty embed":          {`{"embeds":[{}],` + quiet + `}`, "BASE_TYPE_REQUIRED", "required"},
		"empty footer":         {`{"embeds":[{"title":"t","footer":{"text":""}}],` + quiet + `}`, "BASE_TYPE_REQUIRED", "footer.text"},
		"empty":                {`{` + quiet + `}`, "50006", "empty message"},
		"address of a script":  {`{"embeds":[{"title":"t","url":"javascript:x"}],` + quiet + `}`, "URL_TYPE_INVALID_URL", "url"},
		"colour out of range":  {`{"embeds":[{"title":"t","color":16777216}],` + quiet + `}`, "NUMBER_TYPE_MAX", "color"},
		"mentions unmentioned": {`{"content":"@everyone"}`, "", "allowed_mentions is absent"},
		"parse is null":        {`{"content":"x","allowed_mentions":{"parse":null}}`, "", "absent or null"},
		"parse everyone":       {`{"content":"x","allowed_mentions":{"parse":["everyone"]}}`, "", "lets somebody be pinged"},
		"replied user":         {`{"content":"x","allowed_mentions":{"parse":[],"replied_user":true}}`, "", "lets somebody be pinged"},
		"unknown field":        {`{"contents":"x",` + quiet + `}`, "50109", "unknown field"},
		"ephemeral":            {`{"content":"x","flags":64,` + quiet + `}`, "50035", "cannot be ephemeral"},
		"unknown reply":        {`{"content":"x","message_reference":{"message_id":"1"},` + quiet + `}`, "REPLIES_UNKNOWN_MESSAGE", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newClient(t)
			channel := c.Guild("guild").Channel("general")
			status := http.StatusOK
			if test.code != "" {
				status = http.StatusBadRequest
			}
			c.expect(status, test.code, "POST", "/channels/"+channel.ID+"/messages", test.body)
			c.violated(test.violation)
		})
	}
}

// TestOpenAPI makes a mistake that only Discord's own description knows of.
func TestOpenAPI(t *testing.T) {
	if !discordtest.Described() {
		t.Skip("shared/discord/openapi.json is not beside the repository, so bodies are not held against it")
	}
	c := newClient(t)
	channel := c.Guild("guild").Channel("general")
	c.do("POST", "/channels/"+channel.ID+"/messages", `{"content":"x","sticker_ids":["not a snowflake"],`+quiet+`}`)
	c.violated("against openapi.json")
}

func TestAuthorisation(t *testing.T) {
	c := newClient(t)
	c.token = "wrong"
	c.expect(401, `"message":"401: Unauthorized"`, "GET", "/users/@me", "")
	c.expect(200, "ws://", "GET", "/gateway", "")
	c.violated("")
}

func TestUnknownRoute(t *testing.T) {
	c := newClient(t)
	c.expect(404, "404: Not Found", "GET", "/voice/regions", "")
	c.violated("no such route")
}

func TestCommandKeepsItsID(t *testing.T) {
	c := newClient(t)
	path := "/applications/" + c.BotID() + "/commands"
	c.do("PUT", path, `[{"name":"ask","description":"one"}]`)
	first := c.Commands("")[0]
	c.do("PUT", path, `[{"name":"ask","description":"one"}]`)
	if again := c.Commands("")[0]; again.Version != first.Version {
		t.Error("the same definition made a new version")
	}
	c.do("PUT", path, `[{"name":"ask","description":"two"}]`)
	if changed := c.Commands("")[0]; changed.ID != first.ID || changed.Version == first.Version {
		t.Errorf("%+v became %+v", first, changed)
	}
	var listed []discordtest.Command
	if _, body := c.do("GET", path, ""); json.Unmarshal([]byte(body), &listed) != nil || len(listed) != 1 || listed[0].Description != "two" {
		t.Errorf("listed %s", body)
	}
}

func TestOneCallback(t *testing.T) {
	c := newClient(t)
	run, asker, path := c.ask()
	c.expect(404, "10015", "PATCH", c.original(run)+"/messages/@original", `{"content":"x",`+quiet+`}`)
	c.expect(204, "", "POST", path, `{"type":4,"data":{"content":"one",`+quiet+`}}`)
	c.expect(400, "40060", "POST", path, `{"type":4,"data":{"content":"two",`+quiet+`}}`)
	c.violated("already been acknowledged")
	if seen, err := run.Wait(t.Context()); err != nil || seen.Text() != "one" {
		t.Errorf("%s sees %v, %v", asker.Name, seen, err)
	}
}

func TestCallbackComesTooLate(t *testing.T) {
	c := newClient(t, discordtest.ResponseWindow(30*time.Millisecond))
	run, _, path := c.ask()
	if _, err := run.Wait(t.Context()); !errors.Is(err, discordtest.ErrNoReply) {
		t.Errorf("Wait = %v", err)
	}
	c.expect(404, "10062", "POST", path, `{"type":4,"data":{"content":"x",`+quiet+`}}`)
	c.violated("Unknown interaction")
}

// TestDeferred defers in private and follows up: the follow-up becomes the
// original, and stays private although it does not say so.
func TestDeferred(t *testing.T) {
	c := newClient(t)
	run, asker, path := c.ask()
	c.expect(204, "", "POST", path, `{"type":5,"data":{"flags":64}}`)
	if _, ok := run.SeenBy(asker); ok || !run.Deferred() {
		t.Error("a promise is seen as a message")
	}
	c.expect(200, "later", "POST", c.original(run), `{"content":"later",`+quiet+`}`)
	seen, err := run.Wait(t.Context())
	if err != nil || !seen.Ephemeral || seen.Content != "later" || run.FollowUps() != 0 {
		t.Errorf("seen %+v, %v, %d follow-ups", seen, err, run.FollowUps())
	}
	if _, ok := run.SeenBy(c.Member("bob")); ok {
		t.Error("somebody else sees an ephemeral message")
	}
	c.expect(200, "even later", "POST", c.original(run), `{"content":"even later",`+quiet+`}`)
	c.expect(200, "edited", "PATCH", c.original(run)+"/messages/@original", `{"content":"edited",`+quiet+`}`)
	c.expect(200, "edited", "GET", c.original(run)+"/messages/@original", "")
	if run.FollowUps() != 1 {
		t.Errorf("%d follow-ups, want 1", run.FollowUps())
	}
	c.violated("")
}

func TestNonceIsSentOnce(t *testing.T) {
	c := newClient(t)
	channel := c.Guild("guild").Channel("general")
	for range 2 {
		c.expect(200, "once", "POST", "/channels/"+channel.ID+"/messages", `{"content":"once","nonce":"n","enforce_nonce":true,`+quiet+`}`)
	}
	if got := len(c.From(channel, c.Member("alice"))); got != 1 {
		t.Errorf("%d messages, want 1", got)
	}
}

func TestViolationsFailTheTest(t *testing.T) {
	t.Run("inner", func(t *testing.T) {
		inner := &recorder{TB: t}
		s := discordtest.New(inner)
		c := &client{s, t, http.DefaultClient, s.Token(), nil}
		defer http.DefaultClient.CloseIdleConnections()
		c.do("POST", "/channels/"+s.Guild("g").Channel("c").ID+"/messages", `{"content":"x"}`)
		inner.end()
		if !strings.Contains(inner.errors, "Discord would object") {
			t.Errorf("the test got %q", inner.errors)
		}
	})
}

// recorder is a test that writes down that it failed.
type recorder struct {
	testing.TB
	cleanups []func()
	errors   string
}

// Cleanup keeps f for end.
func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

// Errorf writes the failure down.
func (r *recorder) Errorf(format string, _ ...any) { r.errors += format }

func (r *recorder) end() {
	for _, f := range r.cleanups {
		f()
	}
}
