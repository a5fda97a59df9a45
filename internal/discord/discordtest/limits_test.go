package discordtest_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

func times(n int, piece string) string {
	return strings.TrimSuffix(strings.Repeat(piece+",", n), ",")
}

func row(inner string) string { return `{"type":1,"components":[` + inner + `]}` }

func TestComponentRules(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	button := func(fields string) string { return row(`{"type":2,` + fields + `}`) }
	menu := func(fields string) string { return row(`{"type":3,"custom_id":"m",` + fields + `}`) }
	numbered := func(n int, form string) string {
		var parts []string
		for i := range n {
			parts = append(parts, fmt.Sprintf(form, i))
		}
		return strings.Join(parts, ",")
	}
	tests := map[string]struct{ components, fault string }{
		"fine":                    {button(`"style":1,"label":"a","custom_id":"x"`), ""},
		"button without an id":    {button(`"style":1,"label":"a"`), "custom_id"},
		"long id":                 {button(`"style":1,"label":"a","custom_id":"` + long(101) + `"`), "100 or fewer"},
		"long label":              {button(`"style":1,"custom_id":"x","label":"` + long(81) + `"`), "80 or fewer"},
		"no label":                {button(`"style":1,"custom_id":"x"`), "label or an emoji"},
		"no style":                {button(`"custom_id":"x","label":"a"`), "style"},
		"link with an id":         {button(`"style":5,"label":"a","url":"https://x.org","custom_id":"x"`), "MUTUALLY_EXCLUSIVE"},
		"link without an url":     {button(`"style":5,"label":"a"`), "url"},
		"script":                  {button(`"style":5,"label":"a","url":"javascript:x"`), "well formed"},
		"six buttons":             {row(numbered(6, `{"type":2,"style":1,"label":"a","custom_id":"%d"}`)), "between 1 and 5"},
		"same id twice":           {row(times(2, `{"type":2,"style":1,"label":"a","custom_id":"x"}`)), "duplicated"},
		"six rows":                {numbered(6, row(`{"type":2,"style":1,"label":"a","custom_id":"%d"}`)), "between 1 and 5"},
		"empty row":               {row(""), "between 1 and 5"},
		"menu beside a button":    {row(`{"type":3,"custom_id":"m","options":[{"label":"a","value":"a"}]},{"type":2,"style":1,"label":"a","custom_id":"x"}`), "between 1 and 1"},
		"menu without options":    {menu(`"options":[]`), "between 1 and 25"},
		"26 options":              {menu(`"options":[` + numbered(26, `{"label":"a","value":"%d"}`) + `]`), "between 1 and 25"},
		"option twice":            {menu(`"options":[` + times(2, `{"label":"a","value":"a"}`) + `]`), "already used"},
		"more than there are":     {menu(`"max_values":26,"options":[{"label":"a","value":"a"}]`), "max_values"},
		"bare button":             {`{"type":2,"style":1,"label":"a","custom_id":"x"}`, `"components":{"0":{"type"`},
		"text without the flag":   {`{"type":10,"content":"x"}`, `"components":{"0":{"type"`},
		"text input":              {row(`{"type":4,"custom_id":"x","style":1,"label":"a"}`), "type"},
		"unknown field":           {row(`{"type":2,"style":1,"label":"a","custom_id":"x","colour":1}`), "50109"},
		"v2: fine":                {`v2{"type":9,"components":[{"type":10,"content":"x"}],"accessory":{"type":2,"style":1,"label":"a","custom_id":"x"}}`, ""},
		"v2: 41":                  {`v2` + times(41, `{"type":10,"content":"x"}`), "40 or fewer"},
		"v2: long text":           {`v2` + times(2, `{"type":10,"content":"`+long(2001)+`"}`), "4000"},
		"v2: container in itself": {`v2{"type":17,"components":[{"type":17,"components":[{"type":10,"content":"x"}]}]}`, "type"},
		"v2: no accessory":        {`v2{"type":9,"components":[{"type":10,"content":"x"}]}`, "accessory"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newClient(t)
			flags, components := `"content":"x"`, test.components
			if v2, ok := strings.CutPrefix(components, "v2"); ok {
				flags, components = `"flags":32768`, v2
			}
			status := http.StatusOK
			if test.fault != "" {
				status = http.StatusBadRequest
			}
			_, reply := c.do("POST", "/channels/"+c.Guild("g").Channel("c").ID+"/messages", `{`+flags+`,"components":[`+components+`],`+quiet+`}`)
			if strings.Contains(reply, `"errors"`) != (status == http.StatusBadRequest && test.fault != "50109") || !strings.Contains(reply, test.fault) {
				t.Errorf("got %s, want %d with %s", reply, status, test.fault)
			}
			if test.fault == "" {
				c.violated("")
			}
		})
	}
}

func TestV2HasNoContent(t *testing.T) {
	c := newClient(t)
	path := "/channels/" + c.Guild("g").Channel("c").ID + "/messages"
	c.expect(400, "LEGACY_FIELDS", "POST", path, `{"flags":32768,"content":"x","components":[{"type":10,"content":"x"}],`+quiet+`}`)
	c.expect(200, "", "POST", path, `{"flags":32768,"components":[{"type":10,"content":"x"}],`+quiet+`}`)
}

func TestModalRules(t *testing.T) {
	long := func(n int) string { return strings.Repeat("x", n) }
	field := func(fields string) string { return row(`{"type":4,"custom_id":"f",` + fields + `}`) }
	tests := map[string]struct{ id, title, components, fault string }{
		"long title":       {"m", long(46), field(`"style":1,"label":"l"`), "45 or fewer"},
		"no id":            {"", "t", field(`"style":1,"label":"l"`), "custom_id"},
		"nothing in it":    {"m", "t", "", "between 1 and 5"},
		"six fields":       {"m", "t", times(6, field(`"style":1,"label":"l"`)), "between 1 and 5"},
		"long label":       {"m", "t", field(`"style":1,"label":"` + long(46) + `"`), "45 or fewer"},
		"no label":         {"m", "t", field(`"style":1`), "required"},
		"long value":       {"m", "t", field(`"style":1,"label":"l","value":"` + long(4001) + `"`), "4000 or fewer"},
		"long placeholder": {"m", "t", field(`"style":1,"label":"l","placeholder":"` + long(101) + `"`), "100 or fewer"},
		"bad length":       {"m", "t", field(`"style":1,"label":"l","max_length":4001`), "max_length"},
		"no style":         {"m", "t", field(`"label":"l"`), "style"},
		"a button":         {"m", "t", row(`{"type":2,"style":1,"label":"a","custom_id":"x"}`), "type"},
		"an empty label":   {"m", "t", `{"type":18,"label":"l"}`, "component"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := newClient(t)
			_, _, path := c.ask()
			c.expect(400, test.fault, "POST", path, fmt.Sprintf(`{"type":9,"data":{"custom_id":%q,"title":%q,"components":[%s]}}`, test.id, test.title, test.components))
		})
	}
}

// TestEditRules: an edit is held against the message that it changes.
func TestEditRules(t *testing.T) {
	s := newScene(t)
	path := "/channels/" + s.general.ID + "/messages/" + s.message
	s.expect(400, "50006", "PATCH", path, `{"content":"","components":[],`+quiet+`}`)
	s.expect(400, `"components":{"0":{"type"`, "PATCH", path, `{"components":[{"type":10,"content":"x"}],`+quiet+`}`)
	s.expect(200, "", "PATCH", path, `{"components":[],`+quiet+`}`)
	if seen, _ := s.See(s.alice, s.message); len(seen.Buttons) != 0 || seen.Content != "look" || !seen.Edited {
		t.Errorf("seen %+v", seen)
	}
	s.expect(204, "", "DELETE", path, "")
	s.expect(404, "10008", "DELETE", path, "")
	said := s.Say(s.alice, s.general, "mine").Asked
	s.expect(403, "50013", "DELETE", "/channels/"+s.general.ID+"/messages/"+said, "")
}

func TestOneCommandAtATime(t *testing.T) {
	c := newClient(t)
	path := "/applications/" + c.BotID() + "/commands"
	for range 2 {
		c.expect(200, `"name":"ask"`, "POST", path, `{"name":"ask","description":"d","default_member_permissions":"32","nsfw":false}`)
	}
	if n := c.CommandCreates(); n != 1 {
		t.Errorf("%d creates, want 1", n)
	}
	id := c.Commands("")[0].ID
	c.expect(200, `"description":"other"`, "PATCH", path+"/"+id, `{"description":"other"}`)
	c.violated("")
	c.expect(400, "50035", "PATCH", path+"/"+id, `{"name":"A B"}`)
	c.expect(204, "", "DELETE", path+"/"+id, "")
	c.expect(404, "10063", "DELETE", path+"/"+id, "")
}

func TestRateLimit(t *testing.T) {
	c := newClient(t)
	c.Limit("POST /channels/{channel}/typing", 1, 30*time.Millisecond)
	path := "/channels/" + c.Guild("g").Channel("c").ID + "/typing"
	c.expect(204, "", "POST", path, "")
	c.expect(429, `"retry_after"`, "POST", path, "")
	if c.TooSoon() != 0 || c.InvalidRequests() != 1 {
		t.Errorf("%d too soon, %d invalid", c.TooSoon(), c.InvalidRequests())
	}
	c.expect(429, `"retry_after"`, "POST", path, "")
	c.violated("before the end of the wait")
	time.Sleep(40 * time.Millisecond)
	c.expect(204, "", "POST", path, "")
	if c.TooSoon() != 1 {
		t.Errorf("%d too soon, want 1", c.TooSoon())
	}
}

func TestGlobalLimit(t *testing.T) {
	c := newClient(t)
	c.Break("GET /users/@me", discordtest.Fault{Status: 429, RetryAfter: time.Minute, Global: true})
	c.expect(429, `"global":true`, "GET", "/users/@me", "")
	c.expect(200, "ws://", "GET", "/gateway", "")
	if c.TooSoon() != 0 {
		t.Error("a route without authorisation counts towards the global limit")
	}
	c.expect(200, "", "GET", "/applications/@me", "")
	if c.TooSoon() != 1 {
		t.Errorf("%d too soon, want 1", c.TooSoon())
	}
}

func TestAttachments(t *testing.T) {
	c := newClient(t)
	channel := c.Guild("g").Channel("c")
	send := func(payload string) int {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		_ = w.WriteField("payload_json", payload)
		part, _ := w.CreateFormFile("files[0]", "quote.txt")
		_, _ = io.WriteString(part, "the quote")
		_ = w.Close()
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.URL()+"/api/v10/channels/"+channel.ID+"/messages", &b)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("User-Agent", "DiscordBot (test, 1)")
		req.Header.Set("Authorization", "Bot "+c.token)
		req.Header.Set("Content-Type", w.FormDataContentType())
		resp, err := c.http.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		_, _ = io.Copy(io.Discard, resp.Body)
		return resp.StatusCode
	}
	if got := send(`{"attachments":[{"id":0,"filename":"quote.txt"}],` + quiet + `}`); got != 200 {
		t.Fatalf("status %d: %v", got, c.Violations())
	}
	files := c.From(channel, c.Member("alice"))[0].Attachments
	if len(files) != 1 || files[0].Name != "quote.txt" || string(files[0].Content) != "the quote" {
		t.Errorf("attachments: %+v", files)
	}
	if got := send(`{"attachments":[{"id":3,"filename":"none.txt"}],` + quiet + `}`); got != 400 {
		t.Errorf("a file that did not come: status %d", got)
	}
}
