package discordtest

import "time"

// Interaction types.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-type
const (
	kindCommand   = 2
	kindComponent = 3
	kindTyping    = 4
	kindModal     = 5
)

// interaction is one use of a command, a component or a modal, and the state of its
// reply.
type interaction struct {
	id, token string
	kind      int
	by        *Member
	channel   *Channel
	message   *message // whose component was used
	sent      time.Time
	event     map[string]any // INTERACTION_CREATE
	callback  int            // type of the first callback, 0 before it
	answered  time.Time      // when the first callback came
	final     time.Time      // when the answer itself came
	original  *message
	settled   bool // the original is more than a promise
	choices   []Choice
	modal     *modal
	followUps []*message
	late      bool
	repeated  bool // the bot heard of it, or heard again, when its session went on
	unheard   bool // the bot was not told whether its callback came
}

// sign adds to a message which interaction it replies to.
func (i *interaction) sign(w map[string]any) {
	w["interaction_metadata"] = map[string]any{"id": i.id, "type": i.kind, "user": i.by.wire(), "authorizing_integration_owners": map[string]any{}}
	w["application_id"], w["webhook_id"] = w["author"].(map[string]any)["id"], w["author"].(map[string]any)["id"]
	if i.kind == kindCommand {
		w["type"] = 20
	}
}

// interact sends INTERACTION_CREATE with the given data. The caller holds s.mu.
func (s *Server) interact(i *interaction, data map[string]any) *Reply {
	i.id, i.token, i.sent = s.newID(), "token-"+s.newID(), time.Now()
	s.calls[i.token] = i
	s.ageCall(i.token)
	i.event = s.interactionCreate(i, data)
	s.dispatch(i.channel.guildID(), 0, "INTERACTION_CREATE", i.event)
	return &Reply{s: s, by: i.by, call: i, SentAt: i.sent}
}

func (s *Server) interactionCreate(i *interaction, data map[string]any) map[string]any {
	w := map[string]any{
		"id": i.id, "application_id": s.appID, "type": i.kind, "token": i.token, "version": 1,
		"channel_id": i.channel.ID, "channel": i.channel.partial(i.by), "locale": i.by.locale(), "app_permissions": "2147483647", "attachment_size_limit": maxFile,
		"entitlements": []any{}, "authorizing_integration_owners": map[string]any{}, "data": data,
	}
	if i.message != nil {
		w["message"] = i.message.wire(s)
	}
	if i.channel.guild == nil {
		w["user"], w["context"] = i.by.wire(), 1
		return w
	}
	g := i.channel.guild
	w["guild_id"], w["guild_locale"], w["context"], w["member"] = g.ID, "en-US", 0, i.by.interacting(g)
	w["guild"] = map[string]any{"id": g.ID, "locale": "en-US", "features": []any{}}
	return w
}

// interactionMessage makes a message in reply to an interaction.
func (s *Server) interactionMessage(i *interaction, b *body) *message {
	m := &message{id: s.newID(), channel: i.channel, author: s.bot, made: time.Now(), call: i}
	if b != nil {
		s.store(b)
		m.fill(b)
		m.pings = b.pinged(s, nil)
		if b.Flags != nil && *b.Flags&flagEphemeral != 0 {
			m.flags, m.viewer = m.flags|flagEphemeral, i.by
		}
	}
	s.keep(m)
	return m
}

// edit fills the original. What was deferred becomes a message by it.
func (s *Server) edit(i *interaction, b *body) map[string]any {
	m := i.original
	i.settled = true
	if b != nil {
		s.store(b)
		m.fill(b)
	}
	if m.loading {
		m.loading = false
		m.pings = b.pinged(s, nil)
		s.dispatchMessage(m)
	} else {
		m.touched()
		s.tell("MESSAGE_UPDATE", m)
	}
	return m.wire(s)
}
