package discord

import (
	"context"
	"log/slog"
	"sync"
	"time"
)

// roster tells a port which guilds the bot is in: once each, one after the other,
// and again until it is heard. It is safe for concurrent use.
type roster struct {
	guilds Guilds // nil for nobody to tell
	log    *slog.Logger
	retry  time.Duration
	wake   chan struct{}

	mu    sync.Mutex
	known map[string]bool // the guilds that were seen: whether the bot is in it
	due   map[string]bool // what is still to be told
}

func newRoster(guilds Guilds, log *slog.Logger, retry time.Duration) *roster {
	return &roster{
		guilds: guilds, log: log, retry: retry, wake: make(chan struct{}, 1),
		known: make(map[string]bool), due: make(map[string]bool),
	}
}

func (r *roster) joined(guild string) { r.note(guild, true) }
func (r *roster) left(guild string)   { r.note(guild, false) }

// note keeps what is new, to be told.
func (r *roster) note(guild string, in bool) {
	if r.guilds == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if was, seen := r.known[guild]; seen && was == in {
		return
	}
	r.known[guild], r.due[guild] = in, in
	select {
	case r.wake <- struct{}{}:
	default: // it is awake already
	}
}

// forgetShard forgets the guilds of a shard that another process may hear of from
// now on. What is due stays due.
func (r *roster) forgetShard(shard, count int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for guild := range r.known {
		if shardOf(guild, count) == shard {
			delete(r.known, guild)
		}
	}
}

// run tells what is due until ctx is done.
func (r *roster) run(ctx context.Context) {
	for {
		guild, in, ok := r.next()
		switch {
		case !ok:
			select {
			case <-r.wake:
			case <-ctx.Done():
				return
			}
		case r.tell(ctx, guild, in):
			r.told(guild, in)
		case !pause(ctx, r.retry):
			return
		}
	}
}

// next returns something that is due.
func (r *roster) next() (guild string, in, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for guild, in := range r.due {
		return guild, in, true
	}
	return "", false, false
}

// told strikes off what was told, unless it has changed meanwhile.
func (r *roster) told(guild string, in bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.due[guild] == in {
		delete(r.due, guild)
	}
}

// telling is how long the port may take for one guild.
const telling = 5 * time.Second

func (r *roster) tell(ctx context.Context, guild string, in bool) bool {
	ctx, cancel := context.WithTimeout(ctx, telling)
	defer cancel()
	tell := r.guilds.Left
	if in {
		tell = r.guilds.Joined
	}
	if err := aside(ctx, func(ctx context.Context) error { return tell(ctx, guild) }); err != nil {
		r.log.Warn("a guild could not be noted; trying again", "guild", guild, "joined", in, "error", err)
		return false
	}
	return true
}
