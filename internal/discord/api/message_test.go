package api

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"verbatim/internal/discord/render"
)

// TestBodies says what is sent, to the letter. Each one that carries a message forbids
// every mention.
func TestBodies(t *testing.T) {
	m := Message{Embeds: []render.Embed{{Description: "e"}}, Ephemeral: true, Reply: "3", Nonce: "n"}
	const quiet = `"allowed_mentions":{"parse":[],"replied_user":false}`
	tests := map[string]struct {
		call func(*Client) error
		want string
	}{
		"respond":          {func(c *Client) error { _, err := c.Respond(t.Context(), ticket, m); return err }, `{"type":4,"data":{"embeds":[{"description":"e"}],"flags":64,` + quiet + `}}`},
		"promise":          {func(c *Client) error { return c.Promise(t.Context(), ticket, true) }, `{"type":5,"data":{"flags":64}}`},
		"promise to all":   {func(c *Client) error { return c.Promise(t.Context(), ticket, false) }, `{"type":5,"data":{"flags":0}}`},
		"accept":           {func(c *Client) error { return c.Accept(t.Context(), ticket) }, `{"type":6}`},
		"replace":          {func(c *Client) error { return c.Replace(t.Context(), ticket, Message{}) }, `{"type":7,"data":{"content":"","embeds":[],"components":[],` + quiet + `}}`},
		"complete nothing": {func(c *Client) error { return c.Complete(t.Context(), ticket, nil) }, `{"type":8,"data":{"choices":[]}}`},
		"fulfil":           {func(c *Client) error { _, err := c.Fulfil(t.Context(), "5", ticket, m); return err }, `{"content":"","embeds":[{"description":"e"}],"components":[],` + quiet + `}`},
		"follow up":        {func(c *Client) error { _, err := c.FollowUp(t.Context(), "5", ticket, m); return err }, `{"embeds":[{"description":"e"}],"flags":64,` + quiet + `}`},
		"post": {
			func(c *Client) error { _, err := c.Post(t.Context(), "7", m); return err },
			`{"embeds":[{"description":"e"}],` + quiet + `,"message_reference":{"message_id":"3","channel_id":"7","fail_if_not_exists":true},"nonce":"n","enforce_nonce":true}`,
		},
		"edit":         {func(c *Client) error { return c.Edit(t.Context(), "7", "8", Message{Content: "c"}) }, `{"content":"c","embeds":[],"components":[],` + quiet + `}`},
		"put commands": {func(c *Client) error { return c.PutCommands(t.Context(), "5", nil) }, `[]`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, s, _ := scripted()
			if err := test.call(c); err != nil {
				t.Fatal(err)
			}
			if got := s.requests()[0].body; got != test.want {
				t.Errorf("sent %s\nwant %s", got, test.want)
			}
		})
	}
}

// TestPlain: where embeds are refused the text is sent, once, and nothing else is
// taken for that.
func TestPlain(t *testing.T) {
	refusal := func(status, code int) answer {
		raw, _ := json.Marshal(map[string]any{"code": code, "message": "no"})
		return answer{status: status, body: string(raw)}
	}
	plain := func() string { return "text" }
	tests := map[string]struct {
		refused answer
		plain   func() string
		sent    int
	}{
		"empty message":          {refusal(400, CodeEmptyMessage), plain, 2},
		"missing permissions":    {refusal(403, CodeMissingPermissions), plain, 2},
		"missing access":         {refusal(403, CodeMissingAccess), plain, 1},
		"invalid form":           {refusal(400, 50035), plain, 1},
		"there is no text":       {refusal(400, CodeEmptyMessage), nil, 1},
		"the text itself is bad": {refusal(400, CodeEmptyMessage), func() string { return "" }, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c, s, _ := scripted(test.refused)
			id, err := c.Post(t.Context(), "7", Message{Embeds: []render.Embed{{Title: "e"}}, Plain: test.plain, Nonce: "n", Reply: "3"})
			sent := s.requests()
			if len(sent) != test.sent || (err == nil) != (test.sent == 2) || (id == "1") != (test.sent == 2) {
				t.Fatalf("%q, %v after %v", id, err, sent)
			}
			last := sent[len(sent)-1].body
			if test.sent == 2 && (!strings.Contains(last, `"content":"text"`) || strings.Contains(last, "embeds") || !strings.Contains(last, `"message_id":"3"`)) {
				t.Errorf("sent %s", last)
			}
		})
	}
}

// TestAnsweredAlready: a callback whose reply was lost is refused the second time, and
// that is no error.
func TestAnsweredAlready(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, s, _ := scripted(answer{err: errReset}, answer{status: 400, body: `{"code":40060,"message":"Interaction has already been acknowledged."}`})
		id, err := c.Respond(t.Context(), ticket, Message{Content: "x"})
		if id != "" || err != nil || len(s.requests()) != 2 {
			t.Errorf("%q, %v, %v", id, err, s.requests())
		}
	})
}

func TestOverInteraction(t *testing.T) {
	c, _, _ := scripted(answer{status: 404, body: `{"code":10062,"message":"Unknown interaction"}`})
	if err := c.Accept(t.Context(), ticket); CodeOf(err) != CodeUnknownInteraction || CodeOf(errors.New("x")) != 0 || CodeOf(nil) != 0 {
		t.Errorf("error %v", err)
	}
}

func TestOfRendered(t *testing.T) {
	m := Of(render.Message{Embeds: []render.Embed{{Description: "words"}}, Rows: []render.Row{{}}, Ephemeral: true})
	if len(m.Embeds) != 1 || len(m.Rows) != 1 || !m.Ephemeral || !strings.Contains(m.Plain(), "words") {
		t.Errorf("%+v", m)
	}
}

// TestPathsAreEscaped: an id from outside leads to no other route.
func TestPathsAreEscaped(t *testing.T) {
	r := request{route: channelMessage, ids: []string{"../7", "a?b#c"}, query: "?q"}
	if got := r.path(); got != "/channels/..%2F7/messages/a%3Fb%23c?q" {
		t.Error(got)
	}
}
