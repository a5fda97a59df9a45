package cli

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"verbatim/internal/eval"
	"verbatim/internal/search/baseline"
	"verbatim/knowledge"
)

func (p *Program) evalQuestionsCommand() *cli.Command {
	return &cli.Command{
		Name: "questions", Usage: "what is answered, right and left alone", ArgsUsage: "[SET]",
		Description: setHelp + "Default: the questions that ship with the embedded article.\n\n" +
			"The confidence is measured by AUROC: of all pairs of a question that can be\n" +
			"answered and one that cannot, the share in which the first has the higher\n" +
			"confidence. Those that cannot are, each for itself: the set's own without\n" +
			"answers; those that name an article, by its file or its slug, asked without\n" +
			"that article; and the questions of every set given with --off-topic.\n" +
			"Replies from the front matter, and help, are left out of it.\n\n" +
			example("verbatim eval questions --misses",
				"verbatim eval questions set.jsonl --articles notes/ --reliability"),
		Flags: []cli.Flag{
			articlesFlag(), channelFlag(), halfFlag(), jsonFlag(), latencyFlag(), compareFlag(), listFlag(),
			&cli.BoolFlag{Name: "reliability", Usage: "print how often each confidence is right"},
			&cli.StringSliceFlag{Name: "off-topic", Usage: "a `SET` on other topics, may be repeated", TakesFile: true},
		},
		Action: p.evalQuestions,
	}
}

func (p *Program) evalQuestions(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() > 1 {
		return usageError{"name one set"}
	}
	opts, err := p.questionOptions(c)
	if err != nil {
		return err
	}
	set, err := questionSet(c.Args().First())
	if err != nil {
		return err
	}
	offTopic, err := readSets(c.StringSlice("off-topic"))
	if err != nil {
		return err
	}
	return p.measureSet(ctx, c, set, opts, func(ctx context.Context, l *corpus, report *eval.Report, opts eval.Options) (err error) {
		report.Confidence, err = eval.MeasureConfidence(ctx, l.Library, set, offTopic, opts)
		return err
	})
}

// measureSet asks the questions of a set, measures what more is wanted, adds the
// baselines where they are asked for, and prints the report.
func (p *Program) measureSet(
	ctx context.Context, c *cli.Command, set []eval.Conversation, opts eval.Options,
	more func(context.Context, *corpus, *eval.Report, eval.Options) error,
) error {
	l, err := p.openCorpus(ctx, p.articlePaths(c))
	if err != nil {
		return err
	}
	report, err := eval.Questions(ctx, l, set, opts)
	if err != nil {
		return err
	}
	opts.Workers = workers() // what follows is not timed
	if err := more(ctx, l, report, opts); err != nil {
		return err
	}
	if c.String("compare") != "" {
		if report.Baselines, err = compareExcerpts(ctx, l, set, opts); err != nil {
			return err
		}
	}
	return p.writeReport(c, report)
}

// questionOptions adds the channel to the flags that all commands share.
func (p *Program) questionOptions(c *cli.Command) (eval.Options, error) {
	opts, err := p.evalOptions(c)
	if err != nil {
		return opts, err
	}
	opts.Channel, err = parseChannel(c.String("channel"))
	return opts, err
}

// questionSet reads the set at path, or the shipped one when path is empty.
func questionSet(path string) ([]eval.Conversation, error) {
	if path == "" {
		return eval.ParseSet(knowledge.Questions())
	}
	return readSet(path)
}

func readSets(paths []string) ([]eval.Conversation, error) {
	var all []eval.Conversation
	for _, path := range paths {
		set, err := readSet(path)
		if err != nil {
			return nil, err
		}
		all = append(all, set...)
	}
	return all, nil
}

func (p *Program) writeReport(c *cli.Command, report *eval.Report) error {
	if c.Bool("json") {
		return writeJSON(p.Out, report)
	}
	if err := report.WriteText(p.Out, c.Bool("misses")); err != nil {
		return err
	}
	if !c.Bool("reliability") {
		return nil
	}
	fmt.Fprintln(p.Out)
	return report.Confidence.Reliability.WriteText(p.Out)
}

// scorings are bleve's scoring models with the names that reports have for them.
func scorings() map[string]baseline.Scoring {
	return map[string]baseline.Scoring{"bleve": baseline.Default, "bleve bm25": baseline.BM25}
}

// scoringNames are the keys of scorings in the order of reading.
func scoringNames() []string { return []string{"bleve", "bleve bm25"} }

// compareExcerpts measures the excerpts of bleve's highlighter on the same set.
func compareExcerpts(ctx context.Context, l *corpus, set []eval.Conversation, opts eval.Options) ([]eval.Baseline, error) {
	var out []eval.Baseline
	for _, name := range scoringNames() {
		b, err := compareOne(ctx, l, set, name, opts)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

func compareOne(ctx context.Context, l *corpus, set []eval.Conversation, name string, opts eval.Options) (eval.Baseline, error) {
	x, err := baseline.Passages(ctx, l.articles, scorings()[name])
	if err != nil {
		return eval.Baseline{}, fmt.Errorf("%s: %w", name, err)
	}
	defer x.Close()
	return eval.Compare(ctx, name, x, set, opts)
}
