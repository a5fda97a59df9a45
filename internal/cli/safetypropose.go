package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

func aloneFlag() *cli.BoolFlag {
	return &cli.BoolFlag{Name: "alone", Usage: "the actor owns the server, and nobody else moderates it"}
}

func (p *Program) safetyProposeCommand() *cli.Command {
	return &cli.Command{
		Name: "propose", Usage: "adds, changes or removes a topic of a server's own", ArgsUsage: "FILE",
		Description: "FILE is one topic as the shipped ones are written, with its concepts and at\n" +
			"least three positive examples and two look-alikes, or a raise of a shipped\n" +
			"topic; - reads standard input. --remove NAME removes one. It is held to its\n" +
			"examples first, and is in force at once; what may weaken an addition at tier\n" +
			"emergency or crisis waits for a second moderator.\n\n" + guildHelp + "\n" +
			example(safetyExample("propose", " eel-shock.yaml"), safetyExample("propose", " --remove eel-shock")),
		Flags: append([]cli.Flag{
			guildFlag(), &cli.StringFlag{Name: "remove", Usage: "remove the topic `NAME`"}, aloneFlag(),
		}, actFlags()...),
		Action: p.safetyPropose,
	}
}

func (p *Program) safetyPropose(ctx context.Context, c *cli.Command) error {
	proposal, err := p.proposalOf(c)
	if err != nil {
		return err
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		d, err := b.Propose(ctx, guild, proposal, c.Bool("alone"), act)
		if err != nil {
			return err
		}
		return p.sayDecided(d, guild)
	})
}

// proposalOf reads what the command line proposes.
func (p *Program) proposalOf(c *cli.Command) (library.Proposal, error) {
	if name := c.String("remove"); name != "" {
		if c.Args().Present() {
			return library.Proposal{}, usageError{"give a file or --remove, not both"}
		}
		return library.Proposal{Kind: library.RemoveTopic, Topic: name}, nil
	}
	if c.Args().Len() != 1 {
		return library.Proposal{}, usageError{"name one file"}
	}
	body, err := p.topicFile(c.Args().First())
	return library.Proposal{Body: body}, err
}

// topicFile reads a topic's data; what would be too much anyway is not read.
func (p *Program) topicFile(path string) (string, error) {
	in := p.In
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return "", fmt.Errorf("%w: %s: cannot be read", article.ErrNotFound, path)
		}
		defer func() { _ = f.Close() }() // it was only read
		in = f
	}
	src, err := io.ReadAll(io.LimitReader(in, safety.MaxTopicsSource+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("%w: %s: cannot be read", article.ErrInvalid, path)
	case len(src) > safety.MaxTopicsSource:
		return "", fmt.Errorf("%w: %s has more than %d bytes, which is the limit", article.ErrTooLarge, path, safety.MaxTopicsSource)
	}
	return string(src), nil
}

// sayDecided prints what came of a proposal.
func (p *Program) sayDecided(d bench.Decided, guild string) error {
	state := string(d.Proposal.State)
	switch {
	case d.InForce:
		state = "in force"
	case d.Proposal.State == library.ProposalOpen:
		state = "waits"
		fmt.Fprintln(p.Err, d.Waits)
		fmt.Fprintf(p.Err, "Next: verbatim safety approve --guild %s --actor ID %s\n", guild, d.ID)
	}
	_, err := fmt.Fprintf(p.Out, "%s\t%s %s\t%s\n", d.ID, d.Proposal.Kind, printable(d.Proposal.Topic), state)
	return err
}

func (p *Program) safetyApproveCommand() *cli.Command {
	return &cli.Command{
		Name: "approve", Usage: "puts a proposal in force that somebody else made", ArgsUsage: "ID",
		Description: "ID is that of verbatim safety log.\n\n" + guildHelp + "\n" +
			example(safetyExample("approve", " ID")),
		Flags:  append([]cli.Flag{guildFlag(), aloneFlag()}, actFlags()...),
		Action: func(ctx context.Context, c *cli.Command) error { return p.safetyDecide(ctx, c, true) },
	}
}

func (p *Program) safetyRefuseCommand() *cli.Command {
	return &cli.Command{
		Name: "refuse", Usage: "refuses a proposal that waits", ArgsUsage: "ID",
		Description: "ID is that of verbatim safety log.\n\n" + guildHelp + "\n" +
			example(safetyExample("refuse", " ID")),
		Flags:  append([]cli.Flag{guildFlag()}, actFlags()...),
		Action: func(ctx context.Context, c *cli.Command) error { return p.safetyDecide(ctx, c, false) },
	}
}

func (p *Program) safetyDecide(ctx context.Context, c *cli.Command, approve bool) error {
	if c.Args().Len() != 1 {
		return usageError{"name one proposal by its id; verbatim safety log lists them"}
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		d, err := b.Decide(ctx, guild, c.Args().First(), approve, c.Bool("alone"), act)
		if errors.Is(err, article.ErrNotFound) {
			return fmt.Errorf("%w: there is no proposal %.40q; verbatim safety log --guild %s lists them", article.ErrNotFound, c.Args().First(), guild)
		}
		if err != nil {
			return err
		}
		return p.sayDecided(d, guild)
	})
}
