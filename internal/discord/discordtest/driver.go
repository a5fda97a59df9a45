package discordtest

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Run lets a member run a command, "/ask" or "/article list". It fails the test when
// Discord's client would not let the member do so.
func (s *Server) Run(by *Member, in *Channel, command string, options Options) *Reply {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	used, err := s.find(by, in, command)
	if err != nil {
		s.t.Fatalf("%s cannot run %s: %v", by.Name, command, err)
	}
	filled, found, err := used.fill(s, by, in, options)
	if err != nil {
		s.t.Fatalf("%s cannot run %s: %v", by.Name, command, err)
	}
	return s.interact(&interaction{kind: kindCommand, by: by, channel: in}, found.into(used.data(filled)))
}

// Say lets a member write a message.
func (s *Server) Say(by *Member, in *Channel, text string) *Reply {
	return s.say(&message{channel: in, author: by, content: text})
}

// ReplyTo lets a member reply to a message, which pings its author as Discord's
// client does unless told otherwise.
func (s *Server) ReplyTo(by *Member, id, text string) *Reply {
	s.t.Helper()
	return s.reply(by, id, text, false)
}

// ReplyQuietly lets a member reply to a message with "@ off".
func (s *Server) ReplyQuietly(by *Member, id, text string) *Reply {
	s.t.Helper()
	return s.reply(by, id, text, true)
}

func (s *Server) reply(by *Member, id, text string, quiet bool) *Reply {
	s.t.Helper()
	in := s.place(by, id)
	return s.say(&message{channel: in, author: by, content: text, quiet: quiet, reply: &Reference{MessageID: id, ChannelID: in.ID, GuildID: in.guildID()}})
}

// place returns the channel of a message that a member replies to.
func (s *Server) place(by *Member, id string) *Channel {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.visible(by, id, "reply to").channel
}

func (s *Server) say(m *message) *Reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	m.id, m.made = cmp.Or(m.id, s.newID()), time.Now()
	s.keep(m)
	s.dispatchMessage(m)
	return &Reply{s: s, by: m.author, said: m, Asked: m.id, SentAt: m.made}
}

// Edit lets a member change a message of theirs.
func (s *Server) Edit(by *Member, id, text string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.visible(by, id, "edit")
	if m.author != by {
		s.t.Fatalf("%s cannot edit the message of %s", by.Name, m.author.Name)
	}
	m.content = text
	m.touched()
	s.tell("MESSAGE_UPDATE", m)
	s.touch()
}

// Delete lets a member delete a message of theirs, or a moderator any. Who alone sees
// an ephemeral message can only dismiss it, which nobody hears of.
func (s *Server) Delete(by *Member, id string) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.visible(by, id, "delete")
	if m.author != by && m.viewer != by && by.mayIn(m.channel.guild)&mayManageMessages == 0 {
		s.t.Fatalf("%s cannot delete the message of %s", by.Name, m.author.Name)
	}
	s.deleted[id] = true
	s.drop(m)
	s.touch()
}

// visible returns a message that a member sees, or ends the test.
func (s *Server) visible(by *Member, id, todo string) *message {
	s.t.Helper()
	m := s.messages[id]
	if m == nil {
		s.t.Fatalf("%s cannot %s message %s: there is none", by.Name, todo, id)
		return nil
	}
	if _, ok := m.seen(by); !ok {
		s.t.Fatalf("%s cannot %s message %s: it is not for them", by.Name, todo, id)
	}
	return m
}

// See returns a message as a member sees it now, if they see it.
func (s *Server) See(by *Member, id string) (Seen, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if m := s.messages[id]; m != nil {
		return m.seen(by)
	}
	return Seen{}, false
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
	slices.SortFunc(found, func(a, b Seen) int { return byID(a.ID, b.ID) })
	return found
}

// byID compares ids, which grow with time.
func byID(a, b string) int {
	return cmp.Or(cmp.Compare(len(a), len(b)), strings.Compare(a, b))
}
