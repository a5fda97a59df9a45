package discord

import (
	"context"
	"slices"
	"sync"
	"time"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/desk"
)

// greeter tells whoever owns a guild that the bot has joined how to begin, once and by
// direct message. It is safe for concurrent use.
type greeter struct {
	b     *Bot
	marks Marks // nil for nobody to greet
	wake  chan struct{}

	mu  sync.Mutex
	due []greeting
}

// greeting is a guild whose owner may not have been told yet.
type greeting struct{ guild, name, owner string }

func newGreeter(b *Bot, marks Marks) *greeter {
	return &greeter{b: b, marks: marks, wake: make(chan struct{}, 1)}
}

// joined takes note of a guild in which the bot is. The first checklist tells those
// apart that need no greeting any more.
func (g *greeter) joined(e guildEvent) {
	if g.marks == nil || g.b.moderators == nil || e.Owner == "" || g.b.isSelf(e.Owner) || g.b.settingsOf(place{guild: e.ID}).Ready {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if slices.ContainsFunc(g.due, func(other greeting) bool { return other.guild == e.ID }) {
		return // a new gateway session tells of all guilds again
	}
	g.due = append(g.due, greeting{e.ID, e.Name, e.Owner})
	select {
	case g.wake <- struct{}{}:
	default: // it is awake already
	}
}

// greetEvery is the least time between two greetings: Discord takes many direct
// messages at once for spam.
const greetEvery = 2 * time.Second

// markWelcome names what is kept once a guild's owner was told.
const markWelcome = "welcome"

// run greets until ctx is done. Whoever could not be asked for is met again with the
// next gateway session.
func (g *greeter) run(ctx context.Context) {
	for {
		next, ok := g.next()
		if !ok {
			select {
			case <-g.wake:
				continue
			case <-ctx.Done():
				return
			}
		}
		if g.greet(ctx, next) && !pause(ctx, greetEvery) {
			return
		}
		if ctx.Err() != nil {
			return
		}
	}
}

func (g *greeter) next() (greeting, bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.due) == 0 {
		return greeting{}, false
	}
	next := g.due[0]
	g.due = g.due[1:]
	return next, true
}

// greet greets an owner who was not greeted yet, and reports whether it sent anything.
// One whose direct messages are closed counts as greeted: the checklist is a command.
func (g *greeter) greet(ctx context.Context, to greeting) bool {
	mark, err := g.ask(ctx, func(ctx context.Context) (string, error) { return g.marks.Mark(ctx, to.guild, markWelcome) })
	if err != nil || mark != "" {
		return false
	}
	channel, err := g.b.rest.OpenDM(ctx, to.owner)
	if err == nil {
		_, err = g.b.rest.Post(ctx, channel, desk.Welcome(to.name))
	}
	if err != nil && api.CodeOf(err) != api.CodeNoDM {
		g.b.log.Warn("the owner of a server could not be greeted", "guild", to.guild, "error", err)
		return true
	}
	_, err = g.ask(ctx, func(ctx context.Context) (string, error) {
		return "", g.marks.SetMark(ctx, to.guild, markWelcome, "sent")
	})
	if err != nil {
		g.b.log.Warn("it could not be kept that an owner was greeted", "guild", to.guild, "error", err)
	}
	return true
}

// ask calls a port, within the time that recording may take.
func (g *greeter) ask(ctx context.Context, f func(context.Context) (string, error)) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, recordLimit)
	defer cancel()
	return askAside(ctx, g.b, "marks", f)
}
