package shelf

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"verbatim/internal/library"
	"verbatim/internal/library/suggest"
)

// Bank keeps the questions that a guild offers while a member types. It must be safe
// for concurrent use.
type Bank interface {
	// Questions returns all of a guild's, oldest first.
	Questions(ctx context.Context, guild string) ([]library.Record[library.BankQuestion], error)
}

// How a guild's questions are read.
const (
	bankTime = 500 * time.Millisecond // a member is typing
	bankRest = 5 * time.Second        // after a failure
)

// banks holds the questions of the guilds whose members have typed something of late.
// Safe for concurrent use.
type banks struct {
	shelves *Shelves

	mu  sync.Mutex
	all map[string]*bank
}

// bank is a guild's questions. What is behind turn belongs to whoever holds it.
type bank struct {
	used time.Time // guarded by banks.mu

	turn      token
	read      bool
	failed    time.Time
	questions []library.Record[library.BankQuestion]
	list      *suggest.List // of the questions; nil for none
	beside    uint64        // the number of the prompts that the list was made for
}

func newBanks(s *Shelves) *banks { return &banks{shelves: s, all: map[string]*bank{}} }

// of returns a guild's own questions, nil when there are none or they cannot be had.
func (b *banks) of(ctx context.Context, guild string, h held) *suggest.List {
	if b.shelves.config.Bank == nil || !mayOwn(guild) {
		return nil
	}
	one := b.known(guild)
	if one.turn.take(ctx) != nil {
		return nil
	}
	defer one.turn.put()
	if !one.read && !b.fill(ctx, guild, one) {
		return nil
	}
	if len(one.questions) == 0 || one.beside == h.prompts.number {
		return one.list
	}
	p := h.prompts
	list, err := suggest.New(ctx, bankEntries(one.questions, p.articles()), p.list.Load().Vocabulary(), b.shelves.forAdults)
	if err != nil {
		return nil
	}
	one.list, one.beside = list, p.number
	return list
}

// fill reads a guild's questions, but for a while after that failed.
func (b *banks) fill(ctx context.Context, guild string, one *bank) bool {
	s := b.shelves
	if now := s.config.Now(); !one.failed.IsZero() && now.Sub(one.failed) < bankRest {
		return false
	}
	short, cancel := context.WithTimeout(ctx, bankTime)
	defer cancel()
	questions, err := s.config.Bank.Questions(short, guild)
	switch {
	case err == nil:
		one.questions, one.read = questions, true
	case ctx.Err() == nil:
		one.failed = s.config.Now()
		s.log.Warn("a guild's questions cannot be read; the others are suggested", slog.String("guild", guild), slog.Any("error", err))
		s.watch.failed(fmt.Errorf("questions of guild %s: %w", guild, err))
	}
	return err == nil
}

// known returns a guild's record, a new one when there is none yet.
func (b *banks) known(guild string) *bank {
	b.mu.Lock()
	defer b.mu.Unlock()
	one := b.all[guild]
	if one == nil {
		one = &bank{turn: newToken()}
		b.all[guild] = one
	}
	one.used = b.shelves.config.Now()
	return one
}

// drop forgets a guild's questions: they have changed. Whoever reads them at the
// moment puts them where nobody looks any more.
func (b *banks) drop(guild string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.all, guild)
}

// dropAll forgets the questions of all guilds.
func (b *banks) dropAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.all)
}

// dropIdle forgets those that nobody needed for as long.
func (b *banks) dropIdle(now time.Time, idle time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for guild, one := range b.all {
		if now.Sub(one.used) >= idle {
			delete(b.all, guild)
		}
	}
}
