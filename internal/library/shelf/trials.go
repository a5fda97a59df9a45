package shelf

import (
	"context"
	"sync"
)

// trials lets few trials be open at once, and of each guild one. They have places of
// their own, so that no question waits for one of them. Safe for concurrent use.
type trials struct {
	places chan struct{} // one for each trial that is open

	mu    sync.Mutex
	turns map[string]*turn // of the guilds that have a trial, or wait for one
}

// turn is held by the guild's one trial.
type turn struct {
	token

	users int // who has it and who waits for it; guarded by trials.mu
}

// newTrials lets so many be open at once, and at least one.
func newTrials(most int) *trials {
	return &trials{places: make(chan struct{}, max(1, most)), turns: map[string]*turn{}}
}

// begin waits until a guild's trial may be built; end says that it is gone. A guild
// that waits for its own trial takes no place meanwhile. The error is ctx's.
func (t *trials) begin(ctx context.Context, guild string) (end func(), err error) {
	one := t.join(guild)
	if err := one.take(ctx); err != nil {
		t.leave(guild, one)
		return nil, err
	}
	select {
	case t.places <- struct{}{}:
	case <-ctx.Done():
		one.put()
		t.leave(guild, one)
		return nil, ctx.Err()
	}
	return func() {
		<-t.places
		one.put()
		t.leave(guild, one)
	}, nil
}

func (t *trials) join(guild string) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	one := t.turns[guild]
	if one == nil {
		one = &turn{token: newToken()}
		t.turns[guild] = one
	}
	one.users++
	return one
}

func (t *trials) leave(guild string, one *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if one.users--; one.users == 0 {
		delete(t.turns, guild)
	}
}
