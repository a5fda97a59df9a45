package discordtest

import (
	"cmp"
	"strconv"
)

// Member is a user of the local Discord, in every guild of it.
type Member struct {
	ID   string
	Name string

	s      *Server
	bot    bool
	may    uint64           // permission bits, the same in every guild
	roles  map[string]*Role // by id
	lang   string           // of the member's client, "" for en-US
	closed bool             // takes no direct messages
}

// Permission bits of members.
// Source: https://discord.com/developers/docs/topics/permissions
const (
	mayAdministrate   = 1 << 3
	mayManageGuild    = 1 << 5
	mayManageMessages = 1 << 13
	ordinary          = 1<<6 | 1<<10 | 1<<11 | 1<<14 | 1<<15 | 1<<16 | 1<<31 | 1<<38 // read, write, react, run commands
	everything        = 1<<53 - 1
)

// Member adds a user.
func (s *Server) Member(name string) *Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.newMember(name)
}

// newMember adds a user. The caller holds s.mu, or nobody else has s yet.
func (s *Server) newMember(name string) *Member {
	m := &Member{ID: s.newID(), Name: name, s: s, may: ordinary, roles: make(map[string]*Role)}
	s.members[m.ID] = m
	return m
}

// Moderator adds a user who may manage messages and the guild, in every guild and
// without a role. [Guild.Role] is for those who may in one guild only.
func (s *Server) Moderator(name string) *Member {
	m := s.Member(name)
	m.may |= mayManageGuild | mayManageMessages
	return m
}

// OtherBot adds a user that is a bot.
func (s *Server) OtherBot(name string) *Member {
	m := s.Member(name)
	m.bot = true
	return m
}

// Speaks sets the language of the member's client, such as "de". It returns m.
func (m *Member) Speaks(locale string) *Member {
	m.lang = locale
	return m
}

func (m *Member) locale() string { return cmp.Or(m.lang, "en-US") }

// CloseDMs lets the member take no direct messages from the bot: one to them fails
// with 403 and 50007, which counts as an invalid request and is no violation, since a
// bot cannot know.
func (m *Member) CloseDMs() { m.takesDMs(false) }

// OpenDMs takes [Member.CloseDMs] back.
func (m *Member) OpenDMs() { m.takesDMs(true) }

func (m *Member) takesDMs(on bool) {
	m.s.mu.Lock()
	defer m.s.mu.Unlock()
	m.closed = !on
}

func (m *Member) wire() map[string]any {
	return map[string]any{"id": m.ID, "username": m.Name, "discriminator": "0", "global_name": m.Name, "avatar": nil, "bot": m.bot, "public_flags": 0}
}

// mayIn is what a member may do in a guild: the owner and administrators everything.
// In direct messages there is nothing to permit.
func (m *Member) mayIn(g *Guild) uint64 {
	bits := m.may
	for _, role := range m.rolesIn(g) {
		bits |= role.may
	}
	if bits&mayAdministrate != 0 || g != nil && g.owner == m {
		return everything
	}
	return bits
}

// in is the member object of a guild, without what only an interaction knows.
func (m *Member) in(g *Guild) map[string]any {
	w := m.partial(g)
	w["user"] = m.wire()
	return w
}

// partial is the member object beside a message, which names the author elsewhere.
func (m *Member) partial(g *Guild) map[string]any {
	ids := []string{}
	for _, role := range m.rolesIn(g) {
		ids = append(ids, role.ID)
	}
	return map[string]any{"roles": ids, "joined_at": "2024-01-01T00:00:00+00:00", "nick": nil, "avatar": nil, "deaf": false, "mute": false, "flags": 0, "pending": false, "premium_since": nil, "communication_disabled_until": nil}
}

// interacting is the member object of an interaction, with the permissions in the
// channel.
func (m *Member) interacting(g *Guild) map[string]any {
	w := m.in(g)
	w["permissions"] = bitText(m.mayIn(g))
	return w
}

func bitText(bits uint64) string { return strconv.FormatUint(bits, 10) }
