// Package desk is the moderators' side of the bot in Discord: what they see when they
// use /kb, /safety, /settings and "Correct this answer", and what it does.
//
// It decides nothing about articles, answers or safety itself: it calls the workbench
// and shows what comes of it, in plain English sentences and within Discord's limits.
// It neither connects to Discord nor checks who may do what: package discord hands
// over uses that it has allowed, and sends the replies, in private.
//
// Invariants:
//   - every reply is private;
//   - a form never holds a word of a member's question;
//   - what does not fit into a message is attached, never cut without saying so;
//   - an error is one plain sentence that says what to do, and nothing that was typed
//     or uploaded is lost by it.
package desk

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/discord/render"
	"verbatim/internal/safety"
)

// Config is what [New] needs. Only Log may be left out.
type Config struct {
	Bench    Bench
	Articles Articles
	Answers  Answers
	Archives Archives
	Jobs     Jobs
	Reader   Reader
	Rules    *safety.Rules // those that came with the program
	Content  bool          // the bot may read what is not said to it
	Now      func() time.Time
	Log      *slog.Logger
}

// Desk answers the uses of all guilds. It keeps nothing and is safe for concurrent use.
type Desk struct {
	Config

	commands map[string]handler // by "command sub"
	typing   map[string]handler // by "command sub option"
	actions  map[Action]handler
}

// handler answers one sort of use.
type handler func(ctx context.Context, u Use) (Reply, error)

// New returns a desk.
func New(c Config) *Desk {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	d := &Desk{Config: c, commands: map[string]handler{}, typing: map[string]handler{}, actions: map[Action]handler{}}
	d.articleScreens()
	d.answerScreens()
	d.ruleScreens()
	return d
}

// Run answers the use of a command, a component or a form. Its error is for the log:
// the reply is always fit to be shown.
func (d *Desk) Run(ctx context.Context, u Use) (Reply, error) {
	handle := d.actions[u.Action]
	if u.Action == 0 {
		handle = d.commands[u.Command+" "+u.Sub]
	}
	if handle == nil {
		return say("This button is from an earlier version of the bot. Use the command again."), fmt.Errorf("%w: nothing handles %q %q %q", article.ErrNotFound, u.Command, u.Sub, u.Action)
	}
	reply, err := handle(ctx, u)
	if err != nil {
		return say(sentence(err)), unexpected(err)
	}
	if u.Action == 0 && u.Command != CommandSettings && !u.Settings.Ready {
		reply.remind()
	}
	return reply, nil
}

// remind says below a message that the first checklist is not done.
func (r Reply) remind() {
	if r.Show == nil || len(r.Show.Embeds) == 0 || r.Show.Embeds[len(r.Show.Embeds)-1].Footer != nil {
		return
	}
	r.Show.Embeds[len(r.Show.Embeds)-1].Footer = &render.Footer{Text: "The first checklist is not done yet, so nothing is answered unasked: /settings setup"}
}

// Complete completes what is typed into an option. A failure completes nothing.
func (d *Desk) Complete(ctx context.Context, u Use) ([]api.Choice, error) {
	handle := d.typing[u.Command+" "+u.Sub+" "+u.Focused]
	if handle == nil {
		return nil, nil
	}
	reply, err := handle(ctx, u)
	return reply.Choices, err
}

// say is a reply of one sentence or a few.
func say(text string) Reply {
	return Message(render.Message{Embeds: []render.Embed{{Description: render.Escape(text), Color: render.Neutral}}})
}

// unexpected returns those errors that are no moderator's doing.
func unexpected(err error) error {
	for _, class := range []error{article.ErrInvalid, article.ErrTooLarge, article.ErrNotFound, article.ErrConflict} {
		if errors.Is(err, class) {
			return nil
		}
	}
	return err
}
