package discordtest

import (
	"fmt"
	"slices"
)

// Option types whose value is the id of something, which is sent beside it.
const (
	optionUser        = 6
	optionChannel     = 7
	optionRole        = 8
	optionMentionable = 9
	optionAttachment  = 11
)

// resolved is what the ids in an interaction stand for, as Discord sends it.
// Source: https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure
type resolved map[string]map[string]any

func (r resolved) put(kind, id string, value any) {
	if r[kind] == nil {
		r[kind] = make(map[string]any)
	}
	r[kind][id] = value
}

// into adds what was resolved to the data of an interaction.
func (r resolved) into(data map[string]any) map[string]any {
	if len(r) > 0 {
		data["resolved"] = r
	}
	return data
}

// user adds a user, and in a guild the member without the user in it.
func (r resolved) user(in *Channel, m *Member) {
	r.put("users", m.ID, m.wire())
	if in.guild == nil {
		return
	}
	w := m.partial(in.guild)
	w["permissions"] = bitText(m.mayIn(in.guild))
	delete(w, "deaf")
	delete(w, "mute")
	r.put("members", m.ID, w)
}

// name returns the id of what a member chose, and resolves it. ok is false for what
// has none. The caller holds s.mu.
func (r resolved) name(s *Server, by *Member, in *Channel, chosen any) (id string, kinds []int, ok bool) {
	switch v := chosen.(type) {
	case *Member:
		r.user(in, v)
		return v.ID, []int{optionUser, optionMentionable}, true
	case *Role:
		r.put("roles", v.ID, v.wire(1))
		return v.ID, []int{optionRole, optionMentionable}, v.guild == in.guild
	case *Channel:
		r.put("channels", v.ID, v.partial(by))
		return v.ID, []int{optionChannel}, v.guild == in.guild
	case Attachment:
		file := s.upload(v)
		r.put("attachments", file.ID, file.wire())
		return file.ID, []int{optionAttachment}, true
	}
	return "", nil, false
}

// upload keeps a file that a member sends. The caller holds s.mu.
func (s *Server) upload(a Attachment) *Attachment {
	file := &a
	s.storeFile(file)
	return file
}

// pick returns the value of an option that names something.
func (o CommandOption) pick(s *Server, by *Member, in *Channel, chosen any, found resolved) (string, error) {
	id, kinds, ok := found.name(s, by, in, chosen)
	if c, isChannel := chosen.(*Channel); isChannel && len(o.Channels) > 0 && !slices.Contains(o.Channels, c.kind()) {
		ok = false
	}
	if !ok || !slices.Contains(kinds, o.Type) {
		return "", fmt.Errorf("the option %s does not take %v", o.Name, chosen)
	}
	return id, nil
}

// pickAll resolves the ids that a member chose in a menu of users, roles or channels.
// The caller holds s.mu.
func (c *Component) pickAll(s *Server, by *Member, in *Channel, ids []string) (resolved, error) {
	found := make(resolved)
	if c.Type == componentSelect {
		return found, nil
	}
	const roles, mentionables, channels = 6, 7, 8
	for _, id := range ids {
		m, isUser := s.members[id]
		channel, isChannel := s.channels[id]
		role := in.guild.role(id)
		switch {
		case isUser && (c.Type == componentUserSelect || c.Type == mentionables):
			found.user(in, m)
		case role != nil && (c.Type == roles || c.Type == mentionables):
			found.put("roles", id, role.wire(1))
		case isChannel && c.Type == channels && (len(c.Channels) == 0 || slices.Contains(c.Channels, channel.kind())):
			found.put("channels", id, channel.partial(by))
		default:
			return nil, fmt.Errorf("the menu does not offer %s", id)
		}
	}
	return found, nil
}
