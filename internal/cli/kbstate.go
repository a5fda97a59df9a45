package cli

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// stateCommand is a command that changes what is done with one article.
type stateCommand struct {
	name, usage string
	done        string // what the article then is
	change      func(d *library.Desk, ctx context.Context, guild, key string, act library.Act) (bool, error)
	back        bool // it is answered from afterwards
}

func (p *Program) kbWithdrawCommand() *cli.Command {
	return p.kbStateCommand(stateCommand{"withdraw", "stops answering from an own article, and keeps it", "withdrawn", (*library.Desk).Withdraw, false})
}

func (p *Program) kbHideCommand() *cli.Command {
	return p.kbStateCommand(stateCommand{"hide", "stops answering from one that came with the program", "hidden", (*library.Desk).Hide, false})
}

func (p *Program) kbRestoreCommand() *cli.Command {
	return p.kbStateCommand(stateCommand{"restore", "answers from a hidden or withdrawn article again", "restored", (*library.Desk).Restore, true})
}

// dryRunFlag is --dry-run of a command that changes articles.
func dryRunFlag() *cli.BoolFlag {
	return &cli.BoolFlag{Name: "dry-run", Usage: "change nothing, and print what it would do to answers"}
}

func (p *Program) kbStateCommand(s stateCommand) *cli.Command {
	return &cli.Command{
		Name: s.name, Usage: s.usage, ArgsUsage: "SLUG",
		Description: "Golden questions do not block it. Answers that were posted from it are\n" +
			"brought in line by a bot that is running.\n\n" + guildHelp + "\n" +
			example(kbExample(s.name, " garden-ponds --reason old"), kbExample(s.name, " garden-ponds --dry-run")),
		Flags:  append([]cli.Flag{guildFlag(), dryRunFlag(), jsonObjectFlag()}, actFlags()...),
		Action: func(ctx context.Context, c *cli.Command) error { return p.kbState(ctx, c, s) },
	}
}

func (p *Program) kbState(ctx context.Context, c *cli.Command, s stateCommand) error {
	slug, err := slugOf(c)
	if err != nil {
		return err
	}
	act, err := actOf(c)
	switch {
	case err != nil:
		return err
	case c.Bool("json") && !c.Bool("dry-run"):
		return usageError{"--json is for --dry-run"}
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		if c.Bool("dry-run") {
			return p.tryState(ctx, c, b, guild, slug, s)
		}
		changed, err := s.change(b.Desk, ctx, guild, slug, act)
		if err != nil {
			return err
		}
		if err := p.say(changed, s.done, slug, ""); err != nil || !changed {
			return err
		}
		return p.sayPosted(ctx, b, guild, slug)
	})
}

// tryState prints what a change of an article's state would do to answers.
func (p *Program) tryState(ctx context.Context, c *cli.Command, b *bench.Bench, guild, slug string, s stateCommand) error {
	r, err := b.Desk.Show(ctx, guild, slug, "")
	if err != nil {
		return err
	}
	change := bench.Change{Key: slug}
	if s.back {
		if change.Article, err = article.Parse([]byte(r.Source), article.Options{File: slug}); err != nil {
			return fmt.Errorf("article %q: %w", slug, err)
		}
	}
	impact, err := b.Impact(ctx, guild, change)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		return writeJSON(p.Out, impactJSON(impact))
	}
	return p.terminal().writeImpact(impact)
}

// maxPosted is how many posted answers are counted.
const maxPosted = 10_000

// sayPosted says what becomes of the posted answers that quote an article.
func (p *Program) sayPosted(ctx context.Context, b *bench.Bench, guild, slug string) error {
	n, err := countPosted(ctx, b.Ledger, guild, slug)
	if err != nil || n == 0 {
		return err
	}
	settings, set, err := b.Desk.Settings(ctx, guild)
	if set == nil && err != nil {
		return err
	}
	does := "changes those whose words are not in it any more"
	switch settings.Propagation {
	case library.PropagateMark:
		does = "marks those whose words are not in it any more"
	case library.PropagateRemove:
		does = "removes those whose words are not in it any more"
	case library.PropagateEdit:
	}
	many := counted(n, "posted answer") + " quote it"
	switch {
	case n == 1:
		many = "1 posted answer quotes it"
	case n >= maxPosted:
		many = fmt.Sprintf("%d posted answers or more quote it", maxPosted)
	}
	fmt.Fprintf(p.Err, "%s: a bot that is running %s (setting propagation).\nWhile none runs they stay as they are; verbatim kb jobs --guild %s shows how far it is.\n", many, does, guild)
	return nil
}

// countPosted counts the posted answers that quote an article and that others can see.
func countPosted(ctx context.Context, ledger library.Ledger, guild, slug string) (n int, err error) {
	const page = 500
	after := ""
	for n < maxPosted {
		list, err := ledger.Quoting(ctx, guild, slug, after, page)
		if err != nil {
			return n, fmt.Errorf("posted answers: %w", err)
		}
		for _, a := range list {
			if !a.Private {
				n++
			}
			after = a.ID
		}
		if len(list) < page {
			break
		}
	}
	return n, nil
}
