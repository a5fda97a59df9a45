package cli

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/library/shelf"
	"verbatim/internal/library/suggest"
	"verbatim/internal/store"
	"verbatim/knowledge"
)

// atBench does work at the moderators' workbench of one server, as the bot does it.
func (p *Program) atBench(ctx context.Context, c *cli.Command, work func(b *bench.Bench, guild string) error) error {
	if _, err := guildOf(c); err != nil {
		return err // before anything is read
	}
	known, err := p.knowledge(ctx, p.articlePaths(c))
	if err != nil {
		return err
	}
	return p.atStore(ctx, c, func(s *store.Store, guild string) error {
		b, err := p.benchOver(ctx, s, known)
		if err != nil {
			return err
		}
		return work(b, guild)
	})
}

// benchOver returns a workbench over an open store, with shelves of its own.
func (p *Program) benchOver(ctx context.Context, s *store.Store, known known) (*bench.Bench, error) {
	questions, err := suggest.Questions(knowledge.Questions(), known.shipped)
	if err != nil {
		return nil, err
	}
	shelves, err := shelf.New(ctx, shelf.Config{
		Rules: known.rules, Synonyms: known.synonyms, Shipped: known.shipped, Source: s, Archive: s,
		Bank: questionBank{s}, Questions: questions, Now: p.Now,
	})
	if err != nil {
		return nil, err
	}
	return newBench(s, shelves, known, questions, p.Now, nil), nil
}

// newBench connects a workbench to a store and to the shelves that answer from it.
func newBench(s *store.Store, shelves bench.Shelves, known known, questions []library.BankQuestion, now func() time.Time, log *slog.Logger) *bench.Bench {
	return bench.New(bench.Config{
		Desk: library.NewDesk(s, s, s, known.shipped, now),
		Book: s, Trail: s, Settings: s, Ledger: s, Counters: s, Gaps: s, Pages: s,
		Golden: s.Golden(), Bank: s.Bank(), Corrections: s.Corrections(), Preferences: s.Preferences(),
		Drafts: s.Drafts(), Proposals: s.Proposals(), Queue: s.Queue(),
		Shelves: shelves, Rules: known.rules, Questions: questions, Now: now, NewID: rand.Text, Log: log,
	})
}
