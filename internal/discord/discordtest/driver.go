package discordtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Options are the options of a command as a member fills them in: strings and
// booleans, by name.
type Options map[string]any

// Reply is what becomes of something that a member did.
type Reply struct {
	s      *Server
	by     *Member
	call   *interaction // of a command, else nil
	said   *message     // of a message, else nil
	Asked  string       // id of the member's message, "" for a command
	SentAt time.Time
}

// ErrNoReply says that Discord gave up waiting: "The application did not respond".
var ErrNoReply = errors.New("the application did not respond")

// Run lets a member run a command, "/ask". It fails the test when Discord's
// client would not let the member do so.
func (s *Server) Run(by *Member, in *Channel, command string, options Options) *Reply {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	registered, err := s.find(in, strings.TrimPrefix(command, "/"))
	if err != nil {
		s.t.Fatalf("%s cannot run %s: %v", by.Name, command, err)
	}
	filled, err := registered.fill(options)
	if err != nil {
		s.t.Fatalf("%s cannot run %s: %v", by.Name, command, err)
	}
	i := &interaction{id: s.newID(), token: "token-" + s.newID(), by: by, channel: in, sent: time.Now()}
	s.calls[i.token] = i
	i.event = s.interactionCreate(i, registered, filled)
	s.dispatch(in.guildID(), 0, "INTERACTION_CREATE", i.event)
	return &Reply{s: s, by: by, call: i, SentAt: i.sent}
}

func (s *Server) find(in *Channel, name string) (Command, error) {
	for _, scope := range slices.Compact([]string{"", in.guildID()}) {
		for _, c := range s.commands[scope] {
			if c.Name == name {
				return c, nil
			}
		}
	}
	return Command{}, errors.New("no such command is registered")
}

// fill checks options as Discord's client does and returns them as it sends them.
func (c Command) fill(options Options) ([]any, error) {
	sent := []any{}
	left := len(options)
	for _, o := range c.Options {
		value, given := options[o.Name]
		if !given {
			if o.Required {
				return nil, fmt.Errorf("the option %s is required", o.Name)
			}
			continue
		}
		if err := o.accept(value); err != nil {
			return nil, err
		}
		sent = append(sent, map[string]any{"type": o.Type, "name": o.Name, "value": value})
		left--
	}
	if left > 0 {
		return nil, fmt.Errorf("an option in %v does not exist", options)
	}
	return sent, nil
}

func (o CommandOption) accept(value any) error {
	switch v := value.(type) {
	case string:
		if o.Type == optionString && (o.MaxLength == nil || units(v) <= *o.MaxLength) {
			return nil
		}
	case bool:
		if o.Type == optionBoolean {
			return nil
		}
	}
	return fmt.Errorf("the option %s does not take %v", o.Name, value)
}

func (s *Server) interactionCreate(i *interaction, c Command, options []any) map[string]any {
	w := map[string]any{
		"id": i.id, "application_id": s.appID, "type": 2, "token": i.token, "version": 1,
		"channel_id": i.channel.ID, "channel": i.channel.wire(), "locale": "en-US", "app_permissions": "2147483647",
		"entitlements": []any{}, "authorizing_integration_owners": map[string]any{},
		"data": map[string]any{"id": c.ID, "name": c.Name, "type": c.Type, "options": options},
	}
	if i.channel.guild == nil {
		w["user"], w["context"] = i.by.wire(), 1
		return w
	}
	w["guild_id"], w["guild_locale"], w["context"], w["member"] = i.channel.guild.ID, "en-US", 0, i.by.guildMember()
	return w
}

// Say lets a member write a message.
func (s *Server) Say(by *Member, in *Channel, text string) *Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &message{id: s.newID(), channel: in, author: by, content: text, made: time.Now()}
	s.messages[m.id] = m
	s.dispatchMessage(m)
	return &Reply{s: s, by: by, said: m, Asked: m.id, SentAt: m.made}
}

// Wait returns the reply that the member who asked sees in the end: not the
// "thinking…" before it.
func (r *Reply) Wait(ctx context.Context) (Seen, error) {
	ctx, cancel := r.whileAnswerable(ctx)
	defer cancel()
	var seen Seen
	var late bool
	err := r.s.wait(ctx, "a reply", func() (ok bool) {
		seen, ok = r.seen(r.by)
		late = r.call != nil && r.call.late
		return ok || late
	})
	if late || errors.Is(context.Cause(ctx), ErrNoReply) {
		return Seen{}, ErrNoReply
	}
	return seen, err
}

// whileAnswerable ends ctx when Discord would tell the member that nothing came.
func (r *Reply) whileAnswerable(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancelCause(ctx)
	if r.call == nil {
		return ctx, func() { cancel(nil) }
	}
	timer := time.AfterFunc(time.Until(r.SentAt.Add(r.s.cfg.window)), func() {
		r.s.mu.Lock()
		defer r.s.mu.Unlock()
		if r.call.callback == 0 {
			cancel(ErrNoReply)
		}
	})
	return ctx, func() { timer.Stop(); cancel(nil) }
}

// SeenBy returns the reply as another member sees it now, if they see it.
func (r *Reply) SeenBy(m *Member) (Seen, bool) {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	return r.seen(m)
}

// seen is SeenBy for callers that hold the lock.
func (r *Reply) seen(m *Member) (Seen, bool) {
	if r.call != nil {
		if r.call.original == nil {
			return Seen{}, false
		}
		return r.call.original.seen(m)
	}
	for _, reply := range r.s.messages {
		if reply.reply != nil && reply.reply.MessageID == r.said.id {
			return reply.seen(m)
		}
	}
	return Seen{}, false
}

// Deferred reports whether the first callback only promised a reply.
func (r *Reply) Deferred() bool {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	return r.call != nil && r.call.callback == callbackDeferred
}

// Delay is the time from the command to its first callback, zero before it.
func (r *Reply) Delay() time.Duration {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	if r.call == nil || r.call.callback == 0 {
		return 0
	}
	return r.call.answered.Sub(r.call.sent)
}

// FollowUps counts the messages after the first one.
func (r *Reply) FollowUps() int {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	if r.call == nil {
		return 0
	}
	return len(r.call.followUps)
}

// Count is how often the bot replied: the first callback and the follow-ups of a
// command, or the messages that reply to a message. More than one reply fails the
// test by itself.
func (r *Reply) Count() int {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	switch {
	case r.call == nil:
		return r.s.repliesTo(r.said.id)
	case r.call.callback == 0:
		return 0
	}
	return 1 + len(r.call.followUps)
}

// repliesTo counts the bot's messages in reply to a message. The caller holds s.mu.
func (s *Server) repliesTo(id string) int {
	n := 0
	for _, m := range s.messages {
		if m.author == s.bot && m.reply != nil && m.reply.MessageID == id {
			n++
		}
	}
	return n
}

// From returns the messages that the bot wrote in a channel, oldest first, as m
// sees them.
func (s *Server) From(c *Channel, m *Member) []Seen {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []Seen
	for _, message := range s.messages {
		if seen, ok := message.seen(m); ok && message.channel == c && message.author == s.bot {
			found = append(found, seen)
		}
	}
	slices.SortFunc(found, func(a, b Seen) int { return strings.Compare(a.ID, b.ID) })
	return found
}

// Ticket returns the id and the token of the interaction behind a command.
func (r *Reply) Ticket() (id, token string) { return r.call.id, r.call.token }
