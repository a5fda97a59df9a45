package cli

import (
	"context"

	"github.com/urfave/cli/v3"

	"verbatim/internal/answer"
	"verbatim/internal/library/shelf"
)

// asker answers questions.
type asker interface {
	Ask(ctx context.Context, q answer.Question) (answer.Answer, error)
}

// guildAsker answers as the bot does in one server.
type guildAsker struct {
	shelves *shelf.Shelves
	guild   string
}

// Ask implements asker.
func (a guildAsker) Ask(ctx context.Context, q answer.Question) (answer.Answer, error) {
	return a.shelves.Ask(ctx, a.guild, q)
}

// asGuildFlag is --guild where it may be left out.
func asGuildFlag() *cli.StringFlag {
	return &cli.StringFlag{Name: "guild", Usage: "answer as in the Discord server `ID`"}
}

// openAsker opens what --guild names, or the articles alone. close is to be called
// in the end.
func (p *Program) openAsker(ctx context.Context, c *cli.Command) (a asker, closing func(), err error) {
	if c.String("guild") == "" {
		e, err := p.openEngine(ctx, p.articlePaths(c))
		return e, func() {}, err
	}
	guild, err := guildOf(c)
	if err != nil {
		return nil, nil, err
	}
	known, err := p.knowledge(ctx, p.articlePaths(c))
	if err != nil {
		return nil, nil, err
	}
	s, err := p.openStore(ctx)
	if err != nil {
		return nil, nil, err
	}
	closing = func() { _ = s.Close() } // nothing was written
	shelves, err := shelf.New(ctx, shelf.Config{Rules: known.rules, Synonyms: known.synonyms, Shipped: known.shipped, Source: s, Now: p.Now})
	if err != nil {
		closing()
		return nil, nil, err
	}
	return guildAsker{shelves, guild}, closing, nil
}
