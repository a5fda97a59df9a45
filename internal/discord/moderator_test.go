package discord_test

import (
	"testing"

	"verbatim/internal/discord"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/library"
)

// TestWhoModerates asks who may take away a reply to somebody else, and who is not
// answered unasked.
func TestWhoModerates(t *testing.T) {
	t.Parallel()
	const administrator, manageGuild, manageMessages = 1 << 3, 1 << 5, 1 << 13
	h := open(t, true, func(c *discord.Config) { c.Limits.Unasked = generous.Member })
	auto := library.Settings{Ready: true, AutoChannels: []string{h.general.ID}}
	h.decide(auto)
	member := func(r *discordtest.Role) *discordtest.Member { return h.Member("m").Give(r) }
	named := h.guild.Role("named", 0)
	changing, fading := h.guild.Role("changing", 0), h.guild.Role("fading", administrator)
	faded := member(fading)
	owner := h.Member("owner")
	tests := []struct {
		name string
		who  *discordtest.Member
		set  func()
		want bool
	}{
		{"a member", h.bob, nil, false},
		{"a role that manages messages", member(h.guild.Role("r", manageMessages)), nil, false},
		{"a role that manages the guild", member(h.guild.Role("r", manageGuild)), nil, true},
		{"an administrator", member(h.guild.Role("r", administrator)), nil, true},
		{"a role that manages another guild", member(h.Guild("other").Role("r", manageGuild)), nil, false},
		{"not the owner yet", owner, nil, false},
		{"the owner", owner, func() { h.guild.OwnedBy(owner) }, true},
		{"not the owner any more", owner, func() { h.guild.OwnedBy(h.alice) }, false},
		{"a role that is not named", member(named), nil, false},
		{"a named role", member(named), func() { s := auto; s.ModeratorRoles = []string{named.ID}; h.decide(s) }, true},
		{"a role before", member(changing), nil, false},
		{"a role that is changed", member(changing), func() { changing.Permit(manageGuild) }, true},
		{"a role that is changed back", member(changing), func() { changing.Permit(0) }, false},
		{"a role that goes", faded, nil, true},
		{"a role that is gone", faded, func() { fading.Delete() }, false},
	}
	for _, test := range tests {
		if test.set != nil {
			test.set()
		}
		answer := h.reads(h.asks("is it safe?"))
		h.Click(test.who, answer.ID, "Remove")
		h.reads(h.Run(h.bob, h.general, "/help", nil))
		if test.want {
			eventually(t, test.name+" to remove", func() bool { _, there := h.See(h.alice, answer.ID); return !there })
		} else if _, there := h.See(h.alice, answer.ID); !there {
			t.Errorf("%s can remove", test.name)
		}
		r := h.Say(test.who, h.general, "is it safe?")
		if test.want {
			h.reads(h.mentions(h.alice, h.general, "is it safe?"))
			h.none(r, test.name)
		} else if seen := h.reads(r); len(seen.Pings) > 0 {
			t.Errorf("pings %q", seen.Pings)
		}
	}
}

// TestNothingPings: the article and the question mention everybody there is, and the
// local Discord says who would be pinged.
func TestNothingPings(t *testing.T) {
	t.Parallel()
	h := open(t, true, func(c *discord.Config) { limited(c) })
	h.decide(library.Settings{Ready: true, AutoChannels: []string{h.adults.ID}})
	role := h.guild.Role("all", 0)
	text := "is it safe, @everyone @here " + role.Mention() + " <@" + h.bob.ID + ">?"
	seen := map[string]discordtest.Seen{
		"/ask":     h.reads(h.Run(h.bob, h.general, "/ask", discordtest.Options{"question": text})),
		"mention":  h.reads(h.mentions(h.alice, h.general, text)),
		"unasked":  h.reads(h.Say(h.alice, h.adults, text)),
		"direct":   h.reads(h.Say(h.mod, h.DM(h.mod), text)),
		"card":     h.reads(h.mentions(h.alice, h.general, text+" I want to end it all")),
		"too much": h.reads(h.Run(h.alice, h.general, "/ask", discordtest.Options{"question": text})),
	}
	for why, one := range seen {
		if len(one.Pings) > 0 {
			t.Errorf("%s pings %q", why, one.Pings)
		}
	}
	contains(t, seen["mention"].Text(), "@everyone") // it is quoted
}
