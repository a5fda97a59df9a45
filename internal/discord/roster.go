package discord

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"time"

	"verbatim/internal/library"
)

// roster tells a port which guilds the bot is in: once each, one after the other,
// and again until it is heard. What happened while nobody listened it finds out from
// what each new session begins with. It is safe for concurrent use.
type roster struct {
	guilds Guilds // nil for nobody to tell
	log    *slog.Logger
	retry  time.Duration
	wake   chan struct{}

	mu    sync.Mutex
	known map[string]bool // the guilds that were seen: whether the bot is in it
	due   map[string]bool // what is still to be told
	begun []beginning     // of sessions, still to be compared with what is kept
}

// beginning is what a session says first: all guilds of its shard.
type beginning struct {
	shard, count int
	guilds       map[string]bool
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
	r.rouse()
}

// rouse wakes run.
func (r *roster) rouse() {
	select {
	case r.wake <- struct{}{}:
	default: // it is awake already
	}
}

// began takes the guilds with which a new session of a shard begins: whichever else
// is kept for the shard, the bot was removed from it while no session could say so.
func (r *roster) began(shard, count int, guilds []string) {
	if r.guilds == nil {
		return
	}
	in := make(map[string]bool, len(guilds))
	for _, guild := range guilds {
		in[guild] = true
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for guild := range r.known {
		if shardOf(guild, count) == shard && !in[guild] {
			delete(r.known, guild)
		}
	}
	r.begun = append(slices.DeleteFunc(r.begun, func(b beginning) bool { return b.shard == shard }), beginning{shard, count, in})
	r.rouse()
}

// compare finds the guilds that were left before a session began, and reports whether
// it could.
func (r *roster) compare(ctx context.Context, b beginning) bool {
	var kept []library.Guild
	ctx, cancel := context.WithTimeout(ctx, telling)
	defer cancel()
	err := aside(ctx, func(ctx context.Context) (err error) {
		kept, err = r.guilds.Guilds(ctx)
		return err
	})
	if err != nil {
		r.log.Warn("it could not be found out which guilds were left meanwhile; trying again", "shard", b.shard, "error", err)
		return false
	}
	for _, g := range kept {
		if g.Left.IsZero() && shardOf(g.ID, b.count) == b.shard && !b.guilds[g.ID] && !r.isIn(g.ID) {
			r.left(g.ID)
		}
	}
	return true
}

// isIn reports whether a guild was joined, as far as was seen.
func (r *roster) isIn(guild string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.known[guild]
}

// nextBegun takes a session's beginning that is still to be compared.
func (r *roster) nextBegun() (beginning, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.begun) == 0 {
		return beginning{}, false
	}
	b := r.begun[0]
	r.begun = r.begun[1:]
	return b, true
}

// again puts a beginning back, unless the shard has begun anew.
func (r *roster) again(b beginning) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !slices.ContainsFunc(r.begun, func(other beginning) bool { return other.shard == b.shard }) {
		r.begun = append(r.begun, b)
	}
}

// forgetShard forgets the guilds of a shard that another process may hear of from
// now on. What is due stays due.
func (r *roster) forgetShard(shard, count int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.begun = slices.DeleteFunc(r.begun, func(b beginning) bool { return b.shard == shard })
	for guild := range r.known {
		if shardOf(guild, count) == shard {
			delete(r.known, guild)
		}
	}
}

// run tells what is due until ctx is done.
func (r *roster) run(ctx context.Context) {
	for {
		if b, ok := r.nextBegun(); ok && !r.compare(ctx, b) {
			r.again(b)
			if !pause(ctx, r.retry) {
				return
			}
			continue
		}
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
