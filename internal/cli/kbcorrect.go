package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

func (p *Program) kbCorrectCommand() *cli.Command {
	return &cli.Command{
		Name: "correct", Usage: "says what is wrong with a posted answer", ArgsUsage: "ANSWER",
		Description: "ANSWER is the message's id or link, or the answer's id. KIND is one of\n" +
			"  passage   another passage answers: --right says which\n" +
			"  abstain   it should not have been answered\n" +
			"  tier      it is more dangerous than it was taken for: --tier says how much\n" +
			"  remove    it should not stand there\n" +
			"  right     it is what it should be; needs --question\n\n" +
			"--question is the question in a moderator's words, never the asker's. It\n" +
			"becomes a golden question, and after passage and abstain questions like it\n" +
			"are answered so from now on. Without it only the posted answer changes.\n\n" + guildHelp + "\n" +
			example(kbExample("correct", " ANSWER --kind remove"),
				kbExample("correct", ` ANSWER --kind passage \
      --right garden-ponds:0-21 --question "Do ponds need shade?"`)),
		Flags: append([]cli.Flag{
			guildFlag(),
			&cli.StringFlag{Name: "kind", Usage: "`KIND`: passage, abstain, tier, remove or right"},
			&cli.StringFlag{Name: "right", Usage: "the passage at `PLACE` answers; see verbatim kb search"},
			&cli.StringFlag{Name: "tier", Usage: "`TIER`: safety, urgent, emergency or crisis"},
			&cli.StringFlag{Name: "question", Usage: "`TEXT` of the question, in your own words"},
		}, actFlags()...),
		Action: p.kbCorrect,
	}
}

func (p *Program) kbCorrect(ctx context.Context, c *cli.Command) error {
	answer, err := idOf(c, "answer", "correct --help")
	if err != nil {
		return err
	}
	kind, err := correctionOf(c)
	if err != nil {
		return err
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		r := bench.Repair{Kind: kind, Question: c.String("question"), Tier: c.String("tier")}
		if r.Answer, err = answerOf(ctx, b, guild, answer); err != nil {
			return err
		}
		if kind == library.WrongPassage {
			right, err := placeOf(ctx, b, guild, c.String("right"))
			if err != nil {
				return err
			}
			r.Right = &right
		}
		done, err := b.Correct(ctx, guild, r, act)
		if err != nil {
			return err
		}
		p.sayRepaired(guild, r, done)
		return p.say(true, "corrected", done.Correction, "")
	})
}

// correctionOf returns the kind of correction, with the flags that go with it.
func correctionOf(c *cli.Command) (library.CorrectionKind, error) {
	kind := library.CorrectionKind(c.String("kind"))
	kinds := []library.CorrectionKind{library.WrongPassage, library.NoAnswer, library.WrongTier, library.RemoveAnswer, library.RightAnswer}
	switch {
	case kind == "":
		return "", usageError{"--kind is missing: passage, abstain, tier, remove or right"}
	case !slices.Contains(kinds, kind):
		return "", usageError{fmt.Sprintf("--kind is passage, abstain, tier, remove or right, not %.40q", kind)}
	case (kind == library.WrongPassage) != c.IsSet("right"):
		return "", usageError{"--right goes with --kind passage, and that needs it; verbatim kb search finds passages"}
	case (kind == library.WrongTier) != c.IsSet("tier"):
		return "", usageError{"--tier goes with --kind tier, and that needs it"}
	case kind == library.RemoveAnswer && c.IsSet("question"):
		return "", usageError{"--question teaches nothing with --kind remove; leave it out"}
	}
	return kind, nil
}

// answerOf returns the id of the posted answer that a message's id or link, or an id
// of its own, names.
func answerOf(ctx context.Context, b *bench.Bench, guild, text string) (string, error) {
	if link, ok := strings.CutPrefix(text, "https://"); ok {
		parts := strings.Split(link, "/")
		if len(parts) != 5 || parts[2] != guild || !library.IsID(parts[4]) {
			return "", usageError{fmt.Sprintf("%.120q is no link to a message of this server", text)}
		}
		text = parts[4]
	}
	if !library.IsID(text) {
		return text, nil
	}
	posted, err := b.Ledger.PostedByMessage(ctx, guild, text)
	if err != nil {
		return "", fmt.Errorf("the message %s is no answer that is kept: %w", text, err)
	}
	return posted.ID, nil
}

// sayRepaired says what came of a correction.
func (p *Program) sayRepaired(guild string, r bench.Repair, done bench.Repaired) {
	if done.Golden != "" {
		fmt.Fprintf(p.Err, "Golden question %s: verbatim kb test --guild %s asks it.\n", done.Golden, guild)
	}
	if done.Preference != "" {
		fmt.Fprintf(p.Err, "Questions like it are answered so from now on; verbatim kb undo --guild %s %s takes that back.\n", guild, done.Correction)
	}
	if r.Question == "" && r.Kind != library.RemoveAnswer {
		fmt.Fprintln(p.Err, "Nothing is learnt from it without --question: only the posted answer changes.")
	}
	if done.Job != "" {
		fmt.Fprintln(p.Err, "The message is changed by a bot that is running; while none runs it stays as it is.")
	}
	if r.Kind == library.WrongTier {
		fmt.Fprintf(p.Err, "Next: verbatim safety propose --guild %s FILE, so that such questions are taken as %s.\n", guild, printable(r.Tier))
	}
}

func (p *Program) kbPointCommand() *cli.Command {
	return &cli.Command{
		Name: "point", Usage: "makes a passage the answer to a question", ArgsUsage: `"question"`,
		Description: "Questions like it are answered by that passage from now on, and it becomes a\n" +
			"golden question. It is listed among the corrections, and can be undone.\n\n" + guildHelp + "\n" +
			example(kbExample("point", ` --right ponds:0-21 "Is it?"`)),
		Flags: append([]cli.Flag{
			guildFlag(), &cli.StringFlag{Name: "right", Usage: "the passage at `PLACE` answers; see verbatim kb search"},
		}, actFlags()...),
		Action: p.kbPoint,
	}
}

func (p *Program) kbPoint(ctx context.Context, c *cli.Command) error {
	question, err := questionOf(c)
	if err != nil {
		return err
	}
	if c.String("right") == "" {
		return usageError{"--right is missing: the passage that answers, as verbatim kb search prints it"}
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		right, err := placeOf(ctx, b, guild, c.String("right"))
		if err != nil {
			return err
		}
		done, err := b.Point(ctx, guild, question, right, act)
		if err != nil {
			return err
		}
		p.sayRepaired(guild, bench.Repair{Kind: library.WrongPassage, Question: question}, done)
		return p.say(true, "pointed", done.Correction, "")
	})
}
