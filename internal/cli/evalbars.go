package cli

import (
	"context"
	"path/filepath"
	"slices"

	"github.com/urfave/cli/v3"

	"verbatim/internal/answer"
	"verbatim/internal/eval"
)

func (p *Program) evalBarsCommand() *cli.Command {
	return &cli.Command{
		Name: "bars", Usage: "every bar of answer quality, measured, in one table", ArgsUsage: "DIR",
		Description: "DIR holds seed-questions.jsonl and followups.jsonl, which are asked of the\n" +
			"articles of --articles; retrieval/squad and retrieval/covidqa, each with\n" +
			"questions.jsonl and the folder articles; and retrieval/medquad and\n" +
			"retrieval/mediqa in the layout of BEIR. Exit code 1 when a bar fails.\n\n" +
			example("verbatim eval bars --articles seeds/ eval/", "verbatim eval bars --quick --articles seeds/ eval/"),
		Flags: []cli.Flag{
			articlesFlag(), jsonFlag(), &cli.BoolFlag{Name: "quick", Usage: "leave out medquad and mediqa"},
		},
		Action: p.evalBars,
	}
}

func (p *Program) evalBars(ctx context.Context, c *cli.Command) error {
	paths := p.articlePaths(c)
	switch {
	case c.Args().Len() != 1:
		return usageError{"name one folder; for example: verbatim eval bars --articles seeds/ eval/"}
	case len(paths) == 0:
		return usageError{"name the articles of seed-questions.jsonl with --articles"}
	}
	m := measurer{
		Program: p, dir: c.Args().First(), seeds: paths, quick: c.Bool("quick"),
		opts: eval.Options{Channel: answer.AgeRestricted, Now: p.Now, Workers: workers()},
	}
	measured, err := m.all(ctx)
	if err != nil {
		return err
	}
	report := eval.JudgeBars(measured, m.offTopic())
	if c.Bool("json") {
		err = writeJSON(p.Out, report)
	} else {
		err = report.WriteText(p.Out)
	}
	if err == nil && !report.Passed() {
		return exitCode(exitError)
	}
	return err
}

// measurer measures the development sets in a folder.
type measurer struct {
	*Program
	dir   string
	seeds []string // paths of the articles of the seed questions
	quick bool
	opts  eval.Options

	seed, squad, covidqa []eval.Conversation
}

// offTopic says which sets are off-topic for which.
func (m *measurer) offTopic() map[string][]string {
	names := map[string][]string{"squad": {"seed questions", "covidqa"}}
	if !m.quick {
		names["covidqa"] = []string{"seed questions", "squad"}
	}
	return names
}

func (m *measurer) path(parts ...string) string {
	return filepath.Join(append([]string{m.dir}, parts...)...)
}

// all measures one set after the other, so that only one index is in memory.
func (m *measurer) all(ctx context.Context) (out eval.Measured, err error) {
	if err := m.read(); err != nil {
		return out, err
	}
	if out.Seed, out.Followups, err = m.conversations(ctx); err != nil {
		return out, err
	}
	if out.Squad, err = m.retrieval(ctx, "squad", m.squad, slices.Concat(m.seed, m.covidqa)); err != nil {
		return out, err
	}
	var offTopic []eval.Conversation
	if !m.quick {
		offTopic = slices.Concat(m.seed, m.squad)
	}
	if out.Covidqa, err = m.retrieval(ctx, "covidqa", m.covidqa, offTopic); err != nil || m.quick {
		return out, err
	}
	if out.Medquad, err = m.measureBEIR(ctx, m.path("retrieval", "medquad"), false, m.opts); err != nil {
		return out, err
	}
	out.Mediqa, err = m.measureBEIR(ctx, m.path("retrieval", "mediqa"), false, m.opts)
	return out, err
}

// read reads the sets that are asked of more than one library.
func (m *measurer) read() (err error) {
	if m.seed, err = readSet(m.path("seed-questions.jsonl")); err != nil {
		return err
	}
	if m.squad, err = readSet(m.path("retrieval", "squad", "questions.jsonl")); err != nil {
		return err
	}
	m.covidqa, err = readSet(m.path("retrieval", "covidqa", "questions.jsonl"))
	return err
}

// conversations measures the two sets about the seed articles.
func (m *measurer) conversations(ctx context.Context) (seed, followups *eval.Report, err error) {
	turns, err := readSet(m.path("followups.jsonl"))
	if err != nil {
		return nil, nil, err
	}
	l, err := m.openCorpus(ctx, m.seeds)
	if err != nil {
		return nil, nil, err
	}
	if seed, err = eval.Questions(ctx, l, m.seed, m.opts); err != nil {
		return nil, nil, err
	}
	followups, err = eval.Questions(ctx, l, turns, m.opts)
	return seed, followups, err
}

// retrieval measures a set with articles of its own, and its confidence when there
// are off-topic questions.
func (m *measurer) retrieval(ctx context.Context, name string, set, offTopic []eval.Conversation) (*eval.Report, error) {
	l, err := m.openCorpus(ctx, []string{m.path("retrieval", name, "articles")})
	if err != nil {
		return nil, err
	}
	report, err := eval.Questions(ctx, l, set, m.opts)
	if err != nil || len(offTopic) == 0 {
		return report, err
	}
	report.Confidence, err = eval.MeasureConfidence(ctx, l.Library, set, offTopic, m.opts)
	return report, err
}
