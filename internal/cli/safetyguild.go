package cli

import (
	"context"
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
	"verbatim/internal/store"
)

func safetyExample(command, rest string) string {
	return "verbatim safety " + command + " --guild 123456789012345678" + rest
}

// rulesOf returns the rules as they hold in the server that --guild names, or the
// shipped ones without it.
func (p *Program) rulesOf(ctx context.Context, c *cli.Command) (*safety.Rules, error) {
	rules, err := p.openRules()
	if err != nil || c.String("guild") == "" {
		return rules, err
	}
	err = p.atStore(ctx, c, func(s *store.Store, guild string) error {
		rules, err = bench.New(bench.Config{Rules: rules, Settings: s}).OwnRules(ctx, guild)
		return err
	})
	return rules, err
}

func (p *Program) safetyTopicsCommand() *cli.Command {
	return &cli.Command{
		Name: "topics", Usage: "lists a server's own topics, or prints one's data", ArgsUsage: "[NAME]",
		Description: "Those are its additions, and its stricter versions of shipped topics.\n" +
			"verbatim safety explain --guild lists all topics.\n\n" + guildHelp + "\n" +
			example(safetyExample("topics", ""), safetyExample("topics", " eel-shock >eel-shock.yaml")),
		Flags:  []cli.Flag{guildFlag(), jsonLinesFlag()},
		Action: p.safetyTopics,
	}
}

// jsonOwnTopic is one line of safety topics --json; keys are added, never renamed.
type jsonOwnTopic struct {
	ID       string      `json:"id"`
	Tier     safety.Tier `json:"tier"`
	Raises   string      `json:"raises"` // the shipped topic that it makes stricter, or empty
	Positive []string    `json:"positive"`
	Negative []string    `json:"negative"`
	Data     string      `json:"data"`
}

func (p *Program) safetyTopics(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() > 1 {
		return usageError{"name one topic, or none for all of them"}
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		topics, err := b.Topics(ctx, guild)
		if err != nil {
			return err
		}
		if name := c.Args().First(); name != "" {
			i := slices.IndexFunc(topics, func(t bench.OwnTopic) bool { return t.ID == name })
			if i < 0 {
				return fmt.Errorf("%w: the server has no topic %q of its own; verbatim safety topics --guild %s lists them", article.ErrNotFound, name, guild)
			}
			topics = topics[i : i+1]
			if !c.Bool("json") {
				_, err := io.WriteString(p.Out, topics[0].Body)
				return err
			}
		}
		return p.printOwnTopics(c, topics)
	})
}

func (p *Program) printOwnTopics(c *cli.Command, topics []bench.OwnTopic) error {
	return printRecords(p, c, "TOPIC\tTIER\tWHAT", topics, func(t bench.OwnTopic) record {
		positive, negative := append([]string{}, t.Positive...), append([]string{}, t.Negative...)
		what := "own"
		switch {
		case t.Tier == safety.TierNone:
			what = "not in force: this version cannot read it"
		case t.Raises != "":
			what = "makes a shipped topic stricter"
		}
		return record{jsonOwnTopic{t.ID, t.Tier, t.Raises, positive, negative, t.Body}, []string{t.ID, t.Tier.String(), what}}
	})
}
