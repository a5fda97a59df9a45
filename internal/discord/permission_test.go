package discord_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/discord"
	"verbatim/internal/discord/api"
	modesk "verbatim/internal/discord/desk"
	"verbatim/internal/discord/discordtest"
	"verbatim/internal/discord/render"
	"verbatim/internal/library"
)

// recorder is a discord.Moderators that remembers what it was asked, and shows a
// message with every component, or a form for the action 'F'.
type recorder struct {
	mu   sync.Mutex
	uses []modesk.Use
	slow time.Duration
	show *modesk.Reply // instead of its own
}

// Run implements discord.Moderators.
func (r *recorder) Run(ctx context.Context, u modesk.Use) (modesk.Reply, error) {
	r.mu.Lock()
	r.uses = append(r.uses, u)
	slow, show := r.slow, r.show
	r.mu.Unlock()
	select {
	case <-time.After(slow):
	case <-ctx.Done():
	}
	switch {
	case show != nil:
		return *show, nil
	case u.Action == 'F' && !u.Form:
		return modesk.Reply{Form: &api.Modal{ID: u.Seal('F', "form", 0), Title: "A form", Inputs: []api.Input{{ID: "why", Label: "Why"}}}}, nil
	}
	m := api.Of(render.Message{
		Embeds: []render.Embed{{Description: "done: " + u.Command + " " + u.Sub + string(rune(max(u.Action, ' ')))}},
		Rows: []render.Row{
			{Buttons: []render.Button{{Label: "Press", ID: u.Seal('B', "on it", 3)}, {Label: "Open", ID: u.Seal('F', "", 0)}}},
			{Menu: &render.Menu{Hint: "Menu", ID: u.Seal('M', "", 0), Entries: []render.Entry{{Label: "one", Value: "1"}}}},
		},
	})
	return modesk.Reply{Show: &m}, nil
}

// Complete implements discord.Moderators.
func (r *recorder) Complete(_ context.Context, u modesk.Use) ([]api.Choice, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.uses = append(r.uses, u)
	return []api.Choice{{Name: "completed", Value: "completed"}}, nil
}

// taken returns what was asked since the last call.
func (r *recorder) taken() []modesk.Use {
	r.mu.Lock()
	defer r.mu.Unlock()
	uses := r.uses
	r.uses = nil
	return uses
}

// moderated starts a bot with moderators in a guild that names a role for them.
func moderated(t *testing.T) (*furnished, *recorder, *discordtest.Role) {
	t.Helper()
	r := &recorder{}
	f := furnish(t, func(c *discord.Config) {
		c.Moderators = r
	})
	named := f.guild.Role("named", 0)
	f.decide(library.Settings{ModeratorRoles: []string{named.ID}})
	f.OfferAll()
	return f, r, named
}

// who is somebody who tries.
type who struct {
	name    string
	member  *discordtest.Member
	in      *discordtest.Channel
	allowed bool
}

// everybody lists who may try what moderators may do.
func everybody(f *furnished, named *discordtest.Role) []who {
	const administrator, manageGuild, manageMessages = 1 << 3, 1 << 5, 1 << 13
	owner := f.Member("owner")
	f.guild.OwnedBy(owner)
	ex := f.Member("ex").Give(named)
	ex.Take(named)
	other := f.Guild("other")
	elsewhere := f.Member("elsewhere").Give(other.Role("theirs", administrator))
	plain := f.Member("plain")
	return []who{
		{"the owner", owner, f.general, true},
		{"an administrator", f.Member("admin").Give(f.guild.Role("admins", administrator)), f.general, true},
		{"who manages the guild", f.Member("manager").Give(f.guild.Role("managers", manageGuild)), f.general, true},
		{"a moderator by a named role", f.Member("moderator").Give(named), f.general, true},
		{"a member", plain, f.general, false},
		{"a member who manages messages", f.Member("janitor").Give(f.guild.Role("janitors", manageMessages)), f.general, false},
		{"who was a moderator", ex, f.general, false},
		{"who moderates another guild", elsewhere, f.general, false},
		{"the owner in direct messages", owner, f.DM(owner), false},
	}
}

// TestPermissions crosses every command, subcommand and completion of the moderators,
// and their components and forms, with everybody who may try them.
func TestPermissions(t *testing.T) {
	t.Parallel()
	f, r, named := moderated(t)
	for _, w := range everybody(f, named) {
		for _, c := range modesk.Commands() {
			for _, name := range namesOf(c) {
				if c.Type == api.MessageCommand {
					f.triesMenu(t, r, w, c.Name)
					continue
				}
				f.tries(t, r, w, name, optionsOf(f, c, name))
			}
		}
		f.triesTyping(t, r, w)
		f.triesComponents(t, r, w, named)
	}
}

// namesOf lists a command with each of its subcommands.
func namesOf(c api.Command) []string {
	var names []string
	for _, o := range c.Options {
		if o.Type == api.OptionSub {
			names = append(names, "/"+c.Name+" "+o.Name)
		}
	}
	if len(names) == 0 {
		return []string{"/" + c.Name}
	}
	return names
}

// optionsOf fills in what a subcommand requires.
func optionsOf(f *furnished, c api.Command, name string) discordtest.Options {
	filled := discordtest.Options{}
	for _, o := range c.Options {
		if o.Name != strings.Fields(name)[1] {
			continue
		}
		for _, in := range o.Options {
			switch {
			case !in.Required:
			case in.Type == api.OptionUser:
				filled[in.Name] = f.alice
			case in.Type == api.OptionAttachment:
				filled[in.Name] = discordtest.Attachment{Name: "a.md", Content: []byte("x")}
			case len(in.Choices) > 0:
				filled[in.Name] = in.Choices[0].Value
			default:
				filled[in.Name] = "text"
			}
		}
	}
	return filled
}

func (f *furnished) tries(t *testing.T, r *recorder, w who, command string, options discordtest.Options) {
	t.Helper()
	f.judge(t, r, w, command, f.reads(f.Run(w.member, w.in, command, options)))
}

func (f *furnished) triesMenu(t *testing.T, r *recorder, w who, command string) {
	t.Helper()
	said := f.Say(w.member, w.in, "a message")
	f.judge(t, r, w, command, f.reads(f.Menu(w.member, said.Asked, command)))
}

// judge holds what came of a try to what should.
func (f *furnished) judge(t *testing.T, r *recorder, w who, what string, seen discordtest.Seen) {
	t.Helper()
	uses := r.taken()
	if w.allowed != (len(uses) > 0) {
		t.Errorf("%s: %s: %d uses are handed over", w.name, what, len(uses))
	}
	if !seen.Ephemeral && w.in.ID != f.DM(w.member).ID {
		t.Errorf("%s: %s: the reply is not private", w.name, what)
	}
	if !w.allowed && !strings.Contains(seen.Text(), "Only those who moderate") {
		t.Errorf("%s: %s: is told %q", w.name, what, seen.Text())
	}
	for _, u := range uses {
		if u.Member != w.member.ID || u.Guild != f.guild.ID || u.Owner != (w.name == "the owner") {
			t.Errorf("%s: %s: handed over as %+v", w.name, what, u)
		}
	}
}

func (f *furnished) triesTyping(t *testing.T, r *recorder, w who) {
	t.Helper()
	choices, err := f.Type(within(t, 5*time.Second), w.member, w.in, "/safety topics", "ab")
	uses := r.taken()
	if err != nil || w.allowed != (len(choices) == 1) || w.allowed != (len(uses) == 1) {
		t.Errorf("%s: completing gives %v, %d uses, %v", w.name, choices, len(uses), err)
	}
}

// triesComponents uses the components of a private message that was shown to a member
// while they moderated: whoever does not any more gets nothing by it.
func (f *furnished) triesComponents(t *testing.T, r *recorder, w who, named *discordtest.Role) {
	t.Helper()
	if w.in.ID != f.general.ID {
		return // nothing with a component of a guild's stands in direct messages
	}
	w.member.Give(named)
	shown := f.reads(f.Run(w.member, w.in, "/settings show", nil))
	form := f.Click(w.member, shown.ID, "Open")
	if _, err := form.Modal(within(t, 5*time.Second)); err != nil {
		t.Fatal(err)
	}
	if w.name != "a moderator by a named role" {
		w.member.Take(named)
	}
	r.taken()
	f.judge(t, r, w, "a form", f.reads(f.Submit(form, map[string]string{"why": "because"})))
	again := shown.ID
	f.judge(t, r, w, "a button", f.reads(f.Click(w.member, again, "Press")))
	f.judge(t, r, w, "a menu", f.reads(f.Choose(w.member, again, "Menu", "one")))
}

// TestForeignComponents uses custom ids that were made for another guild, or for nobody.
func TestForeignComponents(t *testing.T) {
	t.Parallel()
	f, r, _ := moderated(t)
	shown := f.reads(f.Run(f.mod, f.general, "/settings show", nil))
	r.taken()
	forged := func(guild, payload string) string {
		return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, "%s\x00%s", guild[max(0, len(guild)-6):], payload))
	}
	for name, id := range map[string]string{
		"of another guild": forged("000000", "!\x00\x00Bx"), "of nobody": "nonsense", "without an action": forged(f.guild.ID, "!\x00\x00"),
	} {
		seen := f.reads(f.Stale(f.mod, shown.ID, id))
		if uses := r.taken(); len(uses) > 0 || !seen.Ephemeral {
			t.Errorf("%s: %+v is handed over", name, uses)
		}
	}
}

// TestModeratorsAreShown looks at the ways of a reply: at once, late, beside, as a form,
// watched.
func TestModeratorsAreShown(t *testing.T) {
	t.Parallel()
	f, r, _ := moderated(t)
	shown := f.reads(f.Run(f.mod, f.general, "/settings show", nil))
	contains(t, shown.Text(), "done: settings show")
	pressed := f.reads(f.Click(f.mod, shown.ID, "Press"))
	if pressed.ID != shown.ID {
		t.Error("a button of a private message does not change it")
	}
	if u := r.taken(); u[1].Action != 'B' || u[1].On != "on it" || u[1].Page != 3 {
		t.Errorf("handed over as %+v", u[1])
	}
	r.mu.Lock()
	r.slow = 2 * quick.Fast
	r.mu.Unlock()
	late := f.Run(f.mod, f.general, "/settings pause", nil)
	seen, err := late.Becomes(within(t, 10*time.Second), func(s discordtest.Seen) bool { return strings.Contains(s.Text(), "done: settings pause") })
	if err != nil || !seen.Ephemeral || !late.Deferred() {
		t.Errorf("late: %v, %+v", err, seen)
	}
	lateForm := f.reads(f.Click(f.mod, seen.ID, "Open"))
	contains(t, lateForm.Text(), "in time")
}

// TestModeratorsWatch follows long work in the place of the reply.
func TestModeratorsWatch(t *testing.T) {
	t.Parallel()
	f, r, _ := moderated(t)
	text := func(s string) api.Message { return api.Message{Embeds: []render.Embed{{Description: s}}} }
	first := text("begun")
	first.Files = []api.File{{Name: "a.txt", Data: []byte("text")}}
	r.show = &modesk.Reply{Show: &first, Follow: func(_ context.Context, show func(api.Message)) { show(text("half")); show(text("whole")) }}
	run := f.Run(f.mod, f.general, "/settings show", nil)
	seen, err := run.Becomes(within(t, 5*time.Second), func(s discordtest.Seen) bool { return strings.Contains(s.Text(), "whole") })
	if err != nil || len(seen.Attachments) > 0 {
		t.Errorf("%v, %+v", err, seen)
	}
}
