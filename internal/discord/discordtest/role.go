package discordtest

import "slices"

// Role is a role of a guild.
type Role struct {
	ID   string
	Name string

	guild *Guild
	may   uint64
}

// Role adds a role with permission bits as Discord has them. Bots that are connected
// get GUILD_ROLE_CREATE.
func (g *Guild) Role(name string, permissions uint64) *Role {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	r := &Role{ID: g.s.newID(), Name: name, guild: g, may: permissions}
	g.roles = append(g.roles, r)
	r.tell("GUILD_ROLE_CREATE")
	return r
}

// Mention is how a role is mentioned in a message.
func (r *Role) Mention() string { return "<@&" + r.ID + ">" }

// Permit changes the permissions of a role.
func (r *Role) Permit(permissions uint64) {
	r.guild.s.mu.Lock()
	defer r.guild.s.mu.Unlock()
	r.may = permissions
	r.tell("GUILD_ROLE_UPDATE")
}

// Delete takes the role away from everybody, and out of the guild.
func (r *Role) Delete() {
	s := r.guild.s
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.members {
		delete(m.roles, r.ID)
	}
	r.guild.roles = slices.DeleteFunc(r.guild.roles, func(other *Role) bool { return other == r })
	s.dispatch(r.guild.ID, intentGuilds, "GUILD_ROLE_DELETE", map[string]any{"guild_id": r.guild.ID, "role_id": r.ID})
}

func (r *Role) tell(event string) {
	r.guild.s.dispatch(r.guild.ID, intentGuilds, event, map[string]any{"guild_id": r.guild.ID, "role": r.wire(len(r.guild.roles))})
}

// Give gives the member roles, and returns m. Bots with the members intent hear of it.
func (m *Member) Give(roles ...*Role) *Member {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	for _, r := range roles {
		m.roles[r.ID] = r
		m.updated(r.guild)
	}
	return m
}

// Take takes roles away from the member.
func (m *Member) Take(roles ...*Role) {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	for _, r := range roles {
		delete(m.roles, r.ID)
		m.updated(r.guild)
	}
}

func (m *Member) updated(g *Guild) {
	w := m.in(g)
	w["guild_id"] = g.ID
	m.s.dispatch(g.ID, intentGuildMembers, "GUILD_MEMBER_UPDATE", w)
}

// rolesIn returns the roles that a member has in a guild, in the guild's order.
func (m *Member) rolesIn(g *Guild) []*Role {
	if g == nil {
		return nil
	}
	var found []*Role
	for _, r := range g.roles {
		if m.roles[r.ID] == r {
			found = append(found, r)
		}
	}
	return found
}

// role returns the role of an id, nil when the guild has none such.
func (g *Guild) role(id string) *Role {
	if g == nil {
		return nil
	}
	for _, r := range g.roles {
		if r.ID == id {
			return r
		}
	}
	return nil
}

// wireRoles is the roles of a guild. The first one is everybody's and has the
// guild's id.
func (g *Guild) wireRoles() []any {
	everyone := &Role{ID: g.ID, Name: "@everyone", may: ordinary}
	roles := []any{everyone.wire(0)}
	for i, r := range g.roles {
		roles = append(roles, r.wire(i+1))
	}
	return roles
}

func (r *Role) wire(position int) map[string]any {
	return map[string]any{
		"id": r.ID, "name": r.Name, "permissions": bitText(r.may), "position": position,
		"color": 0, "colors": map[string]any{"primary_color": 0, "secondary_color": nil, "tertiary_color": nil},
		"hoist": false, "managed": false, "mentionable": false, "flags": 0, "icon": nil, "unicode_emoji": nil,
	}
}
