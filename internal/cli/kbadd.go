package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

func (p *Program) kbAddCommand() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "publishes an own article, or a new revision of one", ArgsUsage: "FILE",
		Description: "FILE is Markdown with front matter, or raw text with a title, an author and a\n" +
			"date. It prints the article's slug, which comes from the title, and the hash\n" +
			"of the revision.\n\n" +
			"An article that is there is changed with --base and the hash of the revision\n" +
			"that you started from, so that nobody's change is lost, or with --replace,\n" +
			"whatever it is at. --slug says which one when the title is another now.\n\n" + guildHelp + "\n" +
			example(kbExample("add", " ponds.md"), kbExample("add", " --base 3f2a91c0 ponds.md")),
		Flags: append([]cli.Flag{
			guildFlag(),
			&cli.StringFlag{Name: "base", Usage: "`HASH` of the revision that this one changes"},
			&cli.BoolFlag{Name: "replace", Usage: "change whatever revision is current"},
			&cli.StringFlag{Name: "slug", Usage: "`SLUG` of the article that this one changes"},
		}, actFlags()...),
		Action: p.kbAdd,
	}
}

func (p *Program) kbAdd(ctx context.Context, c *cli.Command) error {
	base := c.String("base")
	switch {
	case c.Args().Len() != 1:
		return usageError{"name one file"}
	case base != "" && c.Bool("replace"):
		return usageError{"give --base or --replace, not both"}
	case c.Bool("replace"):
		base = library.AnyBase
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	a, err := p.oneArticle(c.Args().First())
	if err != nil {
		return err
	}
	return p.atDesk(ctx, c, func(d *library.Desk, guild string) error {
		got, err := d.Publish(ctx, guild, c.String("slug"), a.Article, base, act)
		if err != nil {
			return withBaseFlags(err, guild)
		}
		return p.published("published", guild, got, a.report.Notes())
	})
}

// oneArticle reads the article in a file.
func (p *Program) oneArticle(path string) (loaded, error) {
	all, err := p.loadArticles([]string{path})
	switch {
	case err != nil:
		return loaded{}, err
	case len(all) > 1:
		return loaded{}, fmt.Errorf("%w: %s holds %d articles; add them one by one", article.ErrInvalid, path, len(all))
	}
	return all[0], nil
}

// withBaseFlags says with which commands and flags a conflict is settled.
func withBaseFlags(err error, guild string) error {
	conflict, ok := errors.AsType[*library.BaseError](err)
	if !ok {
		return err
	}
	return fmt.Errorf("%w\n  verbatim kb show --guild %s %s   prints what is there\n  --base %.12s   publishes yours as a change of it\n  --replace   does so unseen",
		err, guild, conflict.Key, conflict.Current)
}

// published prints what came of a publication; what to look at and what to do next
// goes to standard error.
func (p *Program) published(done, guild string, got library.Receipt, notes []string) error {
	seen := map[string]bool{}
	for _, note := range append(notes, got.Warnings...) {
		if !seen[note] {
			fmt.Fprintf(p.Err, "Note: %s\n", printable(note))
		}
		seen[note] = true
	}
	if err := p.say(got.Changed, done, got.Key, got.Hash); err != nil {
		return err
	}
	if got.Changed {
		fmt.Fprintf(p.Err, "Next: ask the bot about it; verbatim kb history --guild %s %s lists what to go back to.\n", guild, got.Key)
	}
	return nil
}

func (p *Program) kbRevertCommand() *cli.Command {
	return &cli.Command{
		Name: "revert", Usage: "publishes an earlier revision of an own article again", ArgsUsage: "SLUG HASH",
		Description: "HASH is that of verbatim kb history, or the beginning of it.\n\n" + guildHelp + "\n" +
			example(kbExample("revert", " garden-ponds 3f2a91")),
		Flags:  append([]cli.Flag{guildFlag()}, actFlags()...),
		Action: p.kbRevert,
	}
}

func (p *Program) kbRevert(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() != 2 {
		return usageError{"name an article and the hash of a revision; see verbatim kb history"}
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, c, func(d *library.Desk, guild string) error {
		got, err := d.Revert(ctx, guild, c.Args().Get(0), c.Args().Get(1), act)
		if err != nil {
			return err
		}
		return p.published("reverted", guild, got, nil)
	})
}
