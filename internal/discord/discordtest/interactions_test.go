package discordtest_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/internal/discord/discordtest"
)

// scene is a member before a message of the bot's that has a button and a menu.
type scene struct {
	*client
	alice   *discordtest.Member
	general *discordtest.Channel
	message string
}

const widgets = `"components":[{"type":1,"components":[{"type":2,"style":1,"label":"More","custom_id":"more"},{"type":2,"style":2,"label":"Off","custom_id":"off","disabled":true},{"type":2,"style":5,"label":"Source","url":"https://example.org"}]},` +
	`{"type":1,"components":[{"type":3,"custom_id":"style","placeholder":"Style","options":[{"label":"APA","value":"apa"},{"label":"MLA","value":"mla"}]}]}]`

func newScene(t *testing.T, options ...discordtest.Option) *scene {
	t.Helper()
	c := newClient(t, options...)
	s := &scene{client: c, alice: c.Member("alice"), general: c.Guild("guild").Channel("general")}
	c.expect(200, `"name":"ask"`, "PUT", "/applications/"+c.BotID()+"/commands", `[{"name":"ask","description":"Ask","options":[{"type":3,"name":"question","description":"q","autocomplete":true}]},`+
		`{"name":"article","description":"a","options":[{"type":1,"name":"list","description":"l","options":[{"type":4,"name":"page","description":"p"}]}]},`+
		`{"name":"settings","description":"s","default_member_permissions":"32","contexts":[0]},{"type":3,"name":"Answer this"}]`)
	c.expect(200, "", "POST", "/channels/"+s.general.ID+"/messages", `{"content":"look",`+widgets+`,`+quiet+`}`)
	s.message = c.From(s.general, s.alice)[0].ID
	return s
}

func callbackPath(r *discordtest.Reply) string {
	id, token := r.Ticket()
	return "/interactions/" + id + "/" + token + "/callback"
}

const aModal = `{"type":9,"data":{"custom_id":"why","title":"Why?","components":[{"type":18,"label":"Reason","component":{"type":4,"custom_id":"reason","style":2,"required":true,"max_length":10}},{"type":1,"components":[{"type":4,"custom_id":"more","style":1,"label":"Else","required":false}]}]}}`

// TestCallbackTypes tries every callback type on every type of interaction.
func TestCallbackTypes(t *testing.T) {
	data := map[int]string{
		4: `{"type":4,"data":{"content":"x",` + quiet + `}}`, 5: `{"type":5}`, 6: `{"type":6}`,
		7: `{"type":7,"data":{"content":"x",` + quiet + `}}`, 8: `{"type":8,"data":{"choices":[]}}`, 9: aModal,
	}
	starts := map[string]struct {
		start func(*scene) *discordtest.Reply
		takes string
	}{
		"command": {func(s *scene) *discordtest.Reply { return s.Run(s.alice, s.general, "/ask", nil) }, "4 5 9"},
		"menu":    {func(s *scene) *discordtest.Reply { return s.Menu(s.alice, s.message, "Answer this") }, "4 5 9"},
		"button":  {func(s *scene) *discordtest.Reply { return s.Click(s.alice, s.message, "More") }, "4 5 6 7 9"},
		"select":  {func(s *scene) *discordtest.Reply { return s.Choose(s.alice, s.message, "Style", "MLA") }, "4 5 6 7 9"},
		"modal from a command": {func(s *scene) *discordtest.Reply {
			r := s.Run(s.alice, s.general, "/ask", nil)
			s.do("POST", callbackPath(r), aModal)
			return s.Submit(r, map[string]string{"Reason": "because"})
		}, "4 5"},
		"modal from a button": {func(s *scene) *discordtest.Reply {
			r := s.Click(s.alice, s.message, "More")
			s.do("POST", callbackPath(r), aModal)
			return s.Submit(r, map[string]string{"reason": "because"})
		}, "4 5 6 7"},
	}
	for name, test := range starts {
		t.Run(name, func(t *testing.T) {
			for kind := 4; kind <= 9; kind++ {
				s := newScene(t)
				status, piece := 204, ""
				if !strings.Contains(test.takes, fmt.Sprint(kind)) {
					status, piece = 400, `"type":{"_errors"`
				}
				s.expect(status, piece, "POST", callbackPath(test.start(s)), data[kind])
			}
		})
	}
}

// TestAutocomplete types, and gets what the bot offers.
func TestAutocomplete(t *testing.T) {
	type result struct {
		choices []discordtest.Choice
		err     error
	}
	typed := func(s *scene, reply string) (int, string, result) {
		p := dial(s.t, s.Server)
		p.enters(s.Server, guilds)
		done := make(chan result, 1)
		go func() {
			choices, err := s.Type(s.t.Context(), s.alice, s.general, "/ask", "is it")
			done <- result{choices, err}
		}()
		id, token := p.interaction()
		status, body := s.do("POST", "/interactions/"+id+"/"+token+"/callback", reply)
		if status != 204 { // so that Type does not wait
			s.do("POST", "/interactions/"+id+"/"+token+"/callback", `{"type":8,"data":{"choices":[]}}`)
		}
		return status, body, <-done
	}
	s := newScene(t)
	status, _, got := typed(s, `{"type":8,"data":{"choices":[{"name":"Is it safe?","value":"safe"}]}}`)
	if status != 204 || got.err != nil || len(got.choices) != 1 || got.choices[0].Name != "Is it safe?" {
		t.Errorf("%d, %+v", status, got)
	}
	if status, body, _ := typed(newScene(t), `{"type":4,"data":{"content":"x",`+quiet+`}}`); status != 400 || !strings.Contains(body, "one of {8}") {
		t.Errorf("a message: %d %s", status, body)
	}
	many := strings.Repeat(`{"name":"n","value":"v"},`, 26)
	if status, body, _ := typed(newScene(t), `{"type":8,"data":{"choices":[`+strings.TrimSuffix(many, ",")+`]}}`); status != 400 || !strings.Contains(body, "25 or fewer") {
		t.Errorf("26 choices: %d %s", status, body)
	}
	s = newScene(t, discordtest.ResponseWindow(20*time.Millisecond))
	if _, err := s.Type(t.Context(), s.alice, s.general, "/ask", "x"); !errors.Is(err, discordtest.ErrNoReply) {
		t.Errorf("nobody answers: %v", err)
	}
}

// TestUpdates changes the message whose button was clicked.
func TestUpdates(t *testing.T) {
	s := newScene(t)
	r := s.Click(s.alice, s.message, "more")
	s.expect(200, `"type":7`, "POST", callbackPath(r)+"?with_response=true", `{"type":7,"data":{"content":"page two","components":[],`+quiet+`}}`)
	seen, err := r.Wait(t.Context())
	if err != nil || seen.ID != s.message || seen.Content != "page two" || len(seen.Buttons) != 0 {
		t.Errorf("seen %+v, %v", seen, err)
	}
	r = s.Stale(s.alice, s.message, "more")
	s.expect(204, "", "POST", callbackPath(r), `{"type":6}`)
	if _, ok := r.SeenBy(s.alice); ok || !r.Deferred() {
		t.Error("an acknowledgement is seen as a reply")
	}
	s.expect(200, "page three", "PATCH", s.original(r)+"/messages/@original", `{"content":"page three",`+quiet+`}`)
	if seen, err := r.Wait(t.Context()); err != nil || seen.ID != s.message || seen.Content != "page three" {
		t.Errorf("seen %+v, %v", seen, err)
	}
	s.violated("")
}

// TestAcknowledgedThenFollowedUp clicks a button to which only one member gets the reply.
func TestAcknowledgedThenFollowedUp(t *testing.T) {
	s := newScene(t)
	r := s.Click(s.alice, s.message, "more")
	s.expect(404, "10015", "POST", s.original(r), `{"content":"early",`+quiet+`}`)
	s.do("POST", callbackPath(r), `{"type":6}`)
	s.expect(200, "", "POST", s.original(r), `{"content":"for you","flags":64,`+quiet+`}`)
	seen, err := r.Wait(t.Context())
	if err != nil || seen.Content != "for you" || !seen.Ephemeral {
		t.Errorf("seen %+v, %v", seen, err)
	}
	if _, ok := s.See(s.Member("bob"), seen.ID); ok {
		t.Error("somebody else sees an ephemeral follow-up")
	}
	s.expect(200, "changed", "PATCH", s.original(r)+"/messages/"+seen.ID, `{"content":"changed",`+quiet+`}`)
	s.expect(204, "", "DELETE", s.original(r)+"/messages/"+seen.ID, "")
	s.expect(404, "10008", "GET", s.original(r)+"/messages/"+seen.ID, "")
	if err := r.Gone(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestModal(t *testing.T) {
	s := newScene(t)
	r := s.Click(s.alice, s.message, "More")
	s.expect(204, "", "POST", callbackPath(r), aModal)
	if _, err := r.Wait(t.Context()); !errors.Is(err, discordtest.ErrModal) {
		t.Errorf("Wait = %v", err)
	}
	form, err := r.Modal(t.Context())
	if err != nil || form.Title != "Why?" || len(form.Fields) != 2 || form.Fields[0].Label != "Reason" || !form.Fields[0].Paragraph || form.Fields[1].Label != "Else" {
		t.Errorf("the modal is %+v, %v", form, err)
	}
	p := dial(t, s.Server)
	p.enters(s.Server, guilds)
	s.Submit(r, map[string]string{"Reason": "because"})
	if got := p.event("INTERACTION_CREATE"); !strings.Contains(string(got.Data), `"value":"because"`) || !strings.Contains(string(got.Data), `"custom_id":"why"`) {
		t.Errorf("INTERACTION_CREATE says %s", got.Data)
	}
	for why, values := range map[string]map[string]string{
		"required": {}, "does not take": {"Reason": "much too long"}, "does not exist": {"Reason": "x", "Other": "x"},
	} {
		if got := s.fatal(func() { s.Submit(r, values) }); !strings.Contains(got, why) {
			t.Errorf("submitting %v: %q, want %q", values, got, why)
		}
	}
}

func TestTokenExpires(t *testing.T) {
	s := newScene(t, discordtest.TokenLife(time.Nanosecond))
	r := s.Run(s.alice, s.general, "/ask", nil)
	s.expect(204, "", "POST", callbackPath(r), `{"type":5}`)
	s.expect(401, "50027", "PATCH", s.original(r)+"/messages/@original", `{"content":"late",`+quiet+`}`)
	s.violated("Invalid Webhook Token")
	if got := s.InvalidRequests(); got != 1 {
		t.Errorf("%d invalid requests", got)
	}
}

// TestDeletedByAMember is no fault of the bot's.
func TestDeletedByAMember(t *testing.T) {
	s := newScene(t)
	r := s.Run(s.alice, s.general, "/ask", nil)
	s.do("POST", callbackPath(r), `{"type":4,"data":{"content":"x",`+quiet+`}}`)
	seen, err := r.Wait(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.Delete(s.Moderator("mod"), seen.ID)
	s.expect(404, "10008", "PATCH", s.original(r)+"/messages/@original", `{"content":"y",`+quiet+`}`)
	s.expect(404, "10008", "PATCH", "/channels/"+s.general.ID+"/messages/"+seen.ID, `{"content":"y",`+quiet+`}`)
	s.violated("")
}
