package cli

import (
	"fmt"
	"path"

	"github.com/urfave/cli/v3"

	"verbatim/internal/safety"
	"verbatim/knowledge"
)

func (p *Program) safetyCommand() *cli.Command {
	return &cli.Command{
		Name:  "safety",
		Usage: "shows, explains and tests how questions are triaged",
		Description: "Rules decide how urgent a question is, and every decision can be explained\n" +
			"by the rule and the words that fired it. No clinician has reviewed the\n" +
			"shipped rules and cards.\n\n" +
			"A server may add topics of its own and make shipped ones stricter; such data\n" +
			"only ever raises a tier.\n\n" +
			example(`verbatim safety check "i can't pee since this morning"`, "verbatim safety explain urinary-retention",
				safetyExample("topics", "")),
		Commands: []*cli.Command{
			p.safetyCheckCommand(), p.safetyExplainCommand(), p.safetyTestCommand(), p.safetyLintCommand(),
			p.safetyTopicsCommand(), p.safetyProposeCommand(), p.safetyApproveCommand(), p.safetyRefuseCommand(),
			p.safetyLogCommand(), p.safetyResourcesCommand(),
		},
		Action: needsSubcommand,
	}
}

// shippedFolder is the place of the shipped safety data in the repository, for
// faults to point at.
var shippedFolder = path.Join("knowledge", "safety")

// shippedRules loads the safety data that the program ships with. Loading holds
// every topic to its own examples.
func shippedRules() (*safety.Rules, error) {
	rules, err := safety.Load(knowledge.Safety())
	if err != nil {
		return nil, fmt.Errorf("safety data: %w", err)
	}
	return rules, nil
}
