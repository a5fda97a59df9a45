package discordtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Type lets a member type into the first option of a command that completes, and
// returns what the bot offers.
// Without a result in time the error is [ErrNoReply].
func (s *Server) Type(ctx context.Context, by *Member, in *Channel, command, partial string) ([]Choice, error) {
	s.t.Helper()
	r := s.typing(by, in, command, partial)
	ctx, cancel := r.whileAnswerable(ctx)
	defer cancel()
	var choices []Choice
	err := s.wait(ctx, "completions", func() bool {
		choices = r.call.choices
		return r.call.callback != 0 || r.call.late
	})
	if r.Late() || errors.Is(context.Cause(ctx), ErrNoReply) {
		return nil, ErrNoReply
	}
	return choices, err
}

func (s *Server) typing(by *Member, in *Channel, command, partial string) *Reply {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	u, err := s.find(by, in, command)
	if err != nil {
		s.t.Fatalf("%s cannot type into %s: %v", by.Name, command, err)
	}
	at := slices.IndexFunc(u.takes, func(o CommandOption) bool { return o.Autocomplete })
	if at < 0 {
		s.t.Fatalf("%s cannot type into %s: nothing in it completes", by.Name, command)
	}
	typed := []any{map[string]any{"type": u.takes[at].Type, "name": u.takes[at].Name, "value": partial, "focused": true}}
	return s.interact(&interaction{kind: kindTyping, by: by, channel: in}, u.data(typed))
}

// Menu lets a member open the menu of a message and choose a command there.
func (s *Server) Menu(by *Member, id, command string) *Reply {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	target := s.visible(by, id, "open the menu of")
	offered, err := s.findNamed(by, target.channel, commandMessage, command)
	if err != nil {
		s.t.Fatalf("%s cannot choose %q: %v", by.Name, command, err)
	}
	data := used{command: offered}.data(nil)
	delete(data, "options")
	data["target_id"] = id
	found := make(resolved)
	found.put("messages", id, target.wire(s))
	return s.interact(&interaction{kind: kindCommand, by: by, channel: target.channel}, found.into(data))
}

// Click lets a member click a button, given by its label or custom id.
func (s *Server) Click(by *Member, id, button string) *Reply {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.visible(by, id, "click on")
	c, err := m.component(button, func(c *Component) bool { return c.Type == componentButton })
	if err != nil || c.CustomID == "" {
		s.t.Fatalf("%s cannot click %q: %v", by.Name, button, err)
	}
	return s.interact(m.use(by), map[string]any{"custom_id": c.CustomID, "component_type": c.Type, "id": c.Number})
}

// Stale lets a member click a button that the message no longer has, as a client
// does that has not heard of the change.
func (s *Server) Stale(by *Member, id, customID string) *Reply {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.interact(s.visible(by, id, "click on").use(by), map[string]any{"custom_id": customID, "component_type": componentButton, "id": 1})
}

// Choose lets a member choose from a select menu, given by its placeholder or custom
// id. The values are those of options, or their labels; of menus of users, roles and
// channels they are ids.
func (s *Server) Choose(by *Member, id, menu string, values ...string) *Reply {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.visible(by, id, "choose in")
	c, err := m.component(menu, (*Component).isSelect)
	var chosen []string
	var found resolved
	if err == nil {
		chosen, err = c.choose(values)
	}
	if err == nil {
		found, err = c.pickAll(s, by, m.channel, chosen)
	}
	if err != nil {
		s.t.Fatalf("%s cannot choose %v: %v", by.Name, values, err)
	}
	return s.interact(m.use(by), found.into(map[string]any{"custom_id": c.CustomID, "component_type": c.Type, "id": c.Number, "values": chosen}))
}

func (m *message) use(by *Member) *interaction {
	return &interaction{kind: kindComponent, by: by, channel: m.channel, message: m}
}

// component returns the first component that is called so, fits and can be used.
func (m *message) component(name string, fits func(*Component) bool) (*Component, error) {
	for c := range walk(m.components) {
		switch {
		case !fits(c) || c.Label != name && c.CustomID != name && c.Placeholder != name:
		case c.Disabled:
			return nil, errors.New("it is disabled")
		default:
			return c, nil
		}
	}
	return nil, errors.New("there is none")
}

// choose returns the values behind what a member chose.
func (c *Component) choose(wanted []string) ([]string, error) {
	if n := len(wanted); n < orElse(c.MinValues, 1) || n > orElse(c.MaxValues, 1) {
		return nil, fmt.Errorf("the menu does not take %d values", n)
	}
	if c.Type != componentSelect {
		return wanted, nil
	}
	chosen := []string{}
	for _, want := range wanted {
		at := slices.IndexFunc(c.Options, func(o SelectOption) bool { return o.Value == want || o.Label == want })
		if at < 0 {
			return nil, fmt.Errorf("there is no option %q", want)
		}
		chosen = append(chosen, c.Options[at].Value)
	}
	return chosen, nil
}
