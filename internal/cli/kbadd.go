package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// overrideFlag is --override of a command that publishes.
func overrideFlag() *cli.StringFlag {
	return &cli.StringFlag{Name: "override", Usage: "publish although golden questions break, for `REASON`"}
}

func (p *Program) kbAddCommand() *cli.Command {
	return &cli.Command{
		Name: "add", Usage: "publishes an own article, or a new revision of one", ArgsUsage: "[FILE]",
		Description: submissionHelp + "\n" +
			"It prints the article's slug, which comes from the title, and the hash of the\n" +
			"revision. Golden questions that pass now and would not after it block it,\n" +
			"unless --override says why that is right; the audit trail keeps the reason.\n\n" + guildHelp + "\n" +
			example(kbExample("add", " ponds.md"), kbExample("add", " --base 3f2a91c0 ponds.md"), kbExample("add", " --dry-run ponds.md")),
		Flags:  append(append(submissionFlags(), overrideFlag(), dryRunFlag()), actFlags()...),
		Action: p.kbAdd,
	}
}

func (p *Program) kbAdd(ctx context.Context, c *cli.Command) error {
	act, err := actOf(c)
	if err != nil {
		return err
	}
	if c.Bool("dry-run") {
		return p.kbPreview(ctx, c)
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
		return p.publish(ctx, c, b, guild, s, "published", act)
	})
}

// publish publishes a submission and says what came of it.
func (p *Program) publish(ctx context.Context, c *cli.Command, b *bench.Bench, guild string, s bench.Submission, done string, act library.Act) error {
	got, err := b.Publish(ctx, guild, s, c.String("override"), act)
	if err != nil {
		return withFlags(err, guild, c.Name)
	}
	if c.Bool("json") {
		return writeJSON(p.Out, jsonReceipt{got.Key, got.Hash, got.Changed, texts(got.Warnings)})
	}
	if err := p.published(done, guild, got); err != nil || !got.Changed {
		return err
	}
	return p.sayPosted(ctx, b, guild, got.Key)
}

// jsonReceipt is what kb add --json prints; keys are added, never renamed.
type jsonReceipt struct {
	Slug     string   `json:"slug"`
	Hash     string   `json:"hash"`
	Changed  bool     `json:"changed"`
	Warnings []string `json:"warnings"`
}

// texts is a list that JSON shows as one even when it is empty.
func texts(list []string) []string { return append([]string{}, list...) }

// withFlags says with which commands and flags a refusal is settled.
func withFlags(err error, guild, command string) error {
	if conflict, ok := errors.AsType[*library.BaseError](err); ok {
		return fmt.Errorf("%w\n  verbatim kb show --guild %s %s   prints what is there\n  --dry-run   shows what others changed\n"+
			"  --base %.12s   publishes yours as a change of it\n  --replace   does so unseen",
			err, guild, conflict.Key, conflict.Current)
	}
	if _, ok := errors.AsType[*bench.BrokenError](err); ok {
		return fmt.Errorf("%w\n  verbatim kb %s --dry-run ...   shows what they would get instead\n"+
			"  --override REASON   publishes it all the same, and keeps the reason in the audit trail", err, command)
	}
	return err
}

// published prints what came of a publication; what to look at and what to do next
// goes to standard error.
func (p *Program) published(done, guild string, got library.Receipt) error {
	for _, note := range got.Warnings {
		fmt.Fprintf(p.Err, "Note: %s\n", printable(note))
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
		Description: "HASH is that of verbatim kb history, or the beginning of it. Golden questions\n" +
			"block it as they block verbatim kb add.\n\n" + guildHelp + "\n" +
			example(kbExample("revert", " garden-ponds 3f2a91"), kbExample("revert", " --dry-run garden-ponds 3f2a91")),
		Flags:  append([]cli.Flag{guildFlag(), overrideFlag(), dryRunFlag(), jsonObjectFlag()}, actFlags()...),
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
	slug, hash := c.Args().Get(0), c.Args().Get(1)
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		old, err := b.Desk.Show(ctx, guild, slug, hash)
		if err != nil {
			return err
		}
		s := bench.Submission{Source: old.Source, File: slug + ".md", Key: slug, Base: library.AnyBase}
		if c.Bool("dry-run") {
			return p.preview(ctx, c, b, guild, s)
		}
		return p.publish(ctx, c, b, guild, s, "reverted", act)
	})
}
