package cli

import (
	"context"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library/bench"
)

func (p *Program) kbCorrectionsCommand() *cli.Command {
	return &cli.Command{
		Name: "corrections", Usage: "lists what was corrected, newest first",
		Description: guildHelp + "\n" + example(kbExample("corrections", "")),
		Flags:       []cli.Flag{guildFlag(), jsonLinesFlag()},
		Action:      p.kbCorrections,
	}
}

// jsonCorrection is one line of kb corrections --json; keys are added, never renamed.
type jsonCorrection struct {
	ID         string `json:"id"`
	At         string `json:"at"`
	By         string `json:"by"`
	Kind       string `json:"kind"`
	Answer     string `json:"answer,omitempty"`   // id of the posted answer
	Right      string `json:"right,omitempty"`    // the passage that answers
	Question   string `json:"question,omitempty"` // in the moderator's words
	Golden     string `json:"golden,omitempty"`
	Preference string `json:"preference,omitempty"`
	InForce    bool   `json:"in_force"`
}

func (p *Program) kbCorrections(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		all, err := b.Corrections(ctx, guild)
		if err != nil {
			return err
		}
		return printRecords(p, c, "ID\tAT\tBY\tKIND\tSTATE\tQUESTION", all, func(one bench.Corrected) record {
			line, state := correctionJSON(one), "in force"
			if one.Undone {
				state = "spent"
			}
			return record{line, []string{one.ID, line.At, line.By, line.Kind, state, cell(line.Question)}}
		})
	})
}

func correctionJSON(c bench.Corrected) jsonCorrection {
	v := c.Correction
	out := jsonCorrection{
		ID: c.ID, At: stamp(v.At), By: v.By, Kind: string(v.Kind), Answer: v.Answer, Question: c.Question,
		Golden: v.Golden, Preference: v.Preference, InForce: !c.Undone,
	}
	if v.Right != nil {
		out.Right = placeText(*v.Right)
	}
	return out
}

func (p *Program) kbUndoCommand() *cli.Command {
	return &cli.Command{
		Name: "undo", Usage: "takes a correction back", ArgsUsage: "ID",
		Description: "Its golden question goes, questions like it are answered as before, and a\n" +
			"message that still stands is changed back by a bot that is running.\n\n" + guildHelp + "\n" +
			example(kbExample("undo", " ID")),
		Flags:  append([]cli.Flag{guildFlag()}, actFlags()...),
		Action: p.kbUndo,
	}
}

func (p *Program) kbUndo(ctx context.Context, c *cli.Command) error {
	id, err := idOf(c, "correction", "corrections")
	if err != nil {
		return err
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		if err := b.Undo(ctx, guild, id, act); err != nil {
			return err
		}
		return p.say(true, "undone", id, "")
	})
}
