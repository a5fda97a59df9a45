package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/eval"
	"verbatim/internal/safety"
	"verbatim/knowledge"
)

// setForm describes the sets of both commands that measure triage.
const setForm = "A set is a JSON Lines file of {id, text, level, topic, note}, or of\n" +
	"{id, base_id, text, attack} for disguised forms of lines whose level stands\n" +
	"in the set itself or in that of --base. Rows whose note has the word\n" +
	"borderline, doubtful or also are shown apart and enter no gate.\n"

func baseFlag() *cli.StringFlag {
	return &cli.StringFlag{Name: "base", Usage: "set that holds the lines that an attack set disguises", TakesFile: true}
}

func missesFlag() *cli.BoolFlag {
	return &cli.BoolFlag{Name: "misses", Usage: "list every row that went wrong, with what fired"}
}

func (p *Program) safetyTestCommand() *cli.Command {
	return &cli.Command{
		Name: "test", Usage: "runs the examples of all topics, and measures a set",
		Description: setForm + "Exit code 1 when an example or a gate fails.\n\n" +
			example("verbatim safety test", "verbatim safety test --set safety.jsonl --misses",
				"verbatim safety test --set attacks.jsonl --base safety.jsonl"),
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "set", Usage: "labelled texts to measure", TakesFile: true}, baseFlag(), missesFlag(),
		},
		Action: p.safetyTest,
	}
}

func (p *Program) evalSafetyCommand() *cli.Command {
	return &cli.Command{
		Name: "safety", Usage: "the gates of triage, for a set of labelled texts", ArgsUsage: "[SET]",
		Description: setForm + "Exit code 1 when a gate fails.\n\n" +
			example("verbatim eval safety safety.jsonl", "verbatim eval safety --json --base safety.jsonl attacks.jsonl"),
		Flags: []cli.Flag{
			baseFlag(), missesFlag(), &cli.BoolFlag{Name: "json", Usage: "print the figures and the misses as one JSON object"},
		},
		Action: p.evalSafety,
	}
}

func (p *Program) safetyTest(ctx context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return usageError{"safety test takes no argument; name the set with --set"}
	}
	set, err := readSafetySet(c.String("set"), c.String("base"))
	if err != nil {
		return err
	}
	rules, err := shippedRules()
	if err != nil {
		return err
	}
	p.writeCounts(rules.Topics())
	if len(set) == 0 {
		return nil
	}
	fmt.Fprintln(p.Out)
	return p.measureSafety(ctx, c, rules, set)
}

func (p *Program) evalSafety(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() > 1 {
		return usageError{"name one set"}
	}
	set, err := readSafetySet(c.Args().First(), c.String("base"))
	if err != nil {
		return err
	}
	if len(set) == 0 {
		return usageError{"name a set; for example: verbatim eval safety safety.jsonl"}
	}
	rules, err := shippedRules()
	if err != nil {
		return err
	}
	return p.measureSafety(ctx, c, rules, set)
}

// measureSafety prints the figures of a set; a gate that fails makes the exit code 1.
func (p *Program) measureSafety(ctx context.Context, c *cli.Command, rules *safety.Rules, set []eval.SafetyRow) error {
	report, err := eval.Safety(ctx, rules, set, p.Now)
	if err != nil {
		return err
	}
	if c.Bool("json") {
		err = writeJSON(p.Out, report)
	} else {
		err = report.WriteText(p.Out, c.Bool("misses"))
	}
	if err == nil && !report.Passed() {
		return exitCode(exitError)
	}
	return err
}

// shippedSet is the name, beside the shipped safety data, of the set that is
// measured when none is named. There may be none.
const shippedSet = "set.jsonl"

// readSafetySet reads the set at path, or the shipped one when path is empty; it
// is empty when nothing is shipped.
func readSafetySet(path, basePath string) ([]eval.SafetyRow, error) {
	if path == "" {
		if basePath != "" {
			return nil, usageError{"--base goes with a set of attacks"}
		}
		src, err := fs.ReadFile(knowledge.Safety(), shippedSet)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		return eval.ParseSafetySet(src)
	}
	var bases []eval.SafetyRow
	if basePath != "" {
		var err error
		if bases, err = readRows(basePath, nil); err != nil {
			return nil, err
		}
	}
	return readRows(path, bases)
}

func readRows(path string, bases []eval.SafetyRow) ([]eval.SafetyRow, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: cannot be read", article.ErrNotFound, path)
	}
	rows, err := eval.ParseSafetySet(src, bases...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return rows, nil
}

// writeCounts says what was loaded, which includes that all examples passed.
func (p *Program) writeCounts(topics []safety.Topic) {
	positive, negative, reviewed := 0, 0, 0
	tiers := map[safety.Tier]int{}
	for _, topic := range topics {
		positive += len(topic.Positive)
		negative += len(topic.Negative)
		tiers[topic.Tier]++
		if topic.Reviewed != nil {
			reviewed++
		}
	}
	var byTier []string
	for tier := safety.TierCrisis; tier > safety.TierNone; tier-- {
		byTier = append(byTier, fmt.Sprintf("%s %d", tier, tiers[tier]))
	}
	fmt.Fprintf(p.Out, "%d topics: %s\n", len(topics), strings.Join(byTier, ", "))
	fmt.Fprintf(p.Out, "%d texts fire their topic and %d look-alikes do not: all examples pass\n", positive, negative)
	if reviewed == 0 {
		fmt.Fprintln(p.Out, "no clinician has reviewed any topic")
		return
	}
	fmt.Fprintf(p.Out, "a clinician has reviewed %d of %d topics\n", reviewed, len(topics))
}
