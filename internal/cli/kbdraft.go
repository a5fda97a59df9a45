package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

func (p *Program) kbDraftCommand() *cli.Command {
	return &cli.Command{
		Name: "draft", Usage: "keeps an article that is not to be published yet", ArgsUsage: "FILE",
		Description: "FILE need not be fit to be published; - reads standard input. It prints the\n" +
			fmt.Sprintf("draft's id. --draft replaces a draft that is there, and --slug says which\narticle it changes. A server may keep %d drafts.\n\n", library.MaxDrafts) + guildHelp + "\n" +
			example(kbExample("draft", " ponds.md"), kbExample("add", " --draft ID")),
		Flags: append([]cli.Flag{
			guildFlag(),
			&cli.StringFlag{Name: "slug", Usage: "`SLUG` of the article that it changes"},
			&cli.StringFlag{Name: "base", Usage: "`HASH` of the revision that it starts from"},
			&cli.StringFlag{Name: "draft", Usage: "`ID` of the draft that it replaces"},
		}, actFlags()...),
		Action: p.kbDraft,
	}
}

func (p *Program) kbDraft(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() != 1 {
		return usageError{"name one file"}
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	s, err := p.submissionOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		s, err := withDraft(ctx, c, b, guild, s)
		if err != nil {
			return err
		}
		id, err := b.SaveDraft(ctx, guild, s, act)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.Err, "Next: verbatim kb add --guild %s --draft %s\n", guild, id)
		return p.say(true, "saved", id, "")
	})
}

func (p *Program) kbDraftsCommand() *cli.Command {
	return &cli.Command{
		Name: "drafts", Usage: "lists drafts, oldest first; shows or drops one",
		Description: "Members are answered from none of them.\n\n" + guildHelp + "\n" +
			example(kbExample("drafts", ""), kbExample("drafts show", " ID >ponds.md"), kbExample("drafts drop", " ID")),
		Flags: []cli.Flag{guildFlag(), jsonLinesFlag()},
		Commands: []*cli.Command{
			{
				Name: "show", Usage: "prints the text of a draft", ArgsUsage: "ID",
				Description: guildHelp + "\n" + example(kbExample("drafts show", " ID >ponds.md")),
				Flags:       []cli.Flag{guildFlag()}, Action: p.kbShowDraft,
			},
			{
				Name: "drop", Usage: "deletes a draft, for good", ArgsUsage: "ID",
				Description: guildHelp + "\n" + example(kbExample("drafts drop", " ID")),
				Flags:       append([]cli.Flag{guildFlag()}, actFlags()...), Action: p.kbDropDraft,
			},
		},
		Action: p.kbDrafts,
	}
}

// jsonDraft is one line of kb drafts --json; keys are added, never renamed.
type jsonDraft struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Base  string `json:"base,omitempty"` // hash of the revision that it changes
	By    string `json:"by"`
	At    string `json:"at"`
}

func (p *Program) kbDrafts(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		all, err := b.Drafts(ctx, guild)
		if err != nil {
			return err
		}
		return printRecords(p, c, "ID\tSAVED\tBY\tCHANGES\tTITLE", all, func(r library.Record[library.Draft]) record {
			d := r.Value
			return record{jsonDraft{r.ID, d.Title, d.Base, d.By, stamp(d.At)}, []string{r.ID, stamp(d.At), d.By, cell(shortHash(d.Base)), cell(d.Title)}}
		})
	})
}

// idOf returns the one id that the command line names; list is the command that lists them.
func idOf(c *cli.Command, what, list string) (string, error) {
	if c.Args().Len() != 1 {
		return "", usageError{"name one " + what + " by its id; see verbatim kb " + list}
	}
	return c.Args().First(), nil
}

func (p *Program) kbShowDraft(ctx context.Context, c *cli.Command) error {
	id, err := idOf(c, "draft", "drafts")
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		s, err := b.Draft(ctx, guild, id)
		if err != nil {
			return err
		}
		_, err = io.WriteString(p.Out, s.Source)
		return err
	})
}

func (p *Program) kbDropDraft(ctx context.Context, c *cli.Command) error {
	id, err := idOf(c, "draft", "drafts")
	if err != nil {
		return err
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		if err := b.DropDraft(ctx, guild, id, act); err != nil {
			return err
		}
		return p.say(true, "dropped", id, "")
	})
}
