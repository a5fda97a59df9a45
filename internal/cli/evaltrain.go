package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/urfave/cli/v3"

	"verbatim/internal/eval"
	"verbatim/internal/search"
	"verbatim/knowledge"
)

func (p *Program) evalTrainCommand() *cli.Command {
	return &cli.Command{
		Name: "train", Usage: "fits the weights of the search on the development sets", ArgsUsage: "DIR",
		Description: "DIR holds seed-questions.jsonl and the folders retrieval/squad,\n" +
			"retrieval/covidqa, retrieval/medquad and retrieval/mediqa. --articles names\n" +
			"the article that the seed questions are about. The same sets and program give\n" +
			"the same file, byte for byte. The figures stand beside those of two folds, in\n" +
			"which every row is judged by weights that did not see it.\n\n" +
			example("verbatim eval train --articles seeds --out weights.json eval"),
		Flags: []cli.Flag{
			articlesFlag(), jsonFlag(),
			&cli.StringFlag{Name: "out", Usage: "write the weights to `FILE`", TakesFile: true},
			&cli.FloatFlag{Name: "precision", Value: 0.87, HideDefault: true, Usage: "`SHARE` of quotes to be right (0.87)"},
		},
		Action: p.evalTrain,
	}
}

func (p *Program) evalTrain(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() != 1 {
		return usageError{"name the folder of the development sets"}
	}
	precision := c.Float("precision")
	if !(precision >= 0 && precision <= 1) { // so that NaN is refused too
		return usageError{"--precision must be between 0 and 1"}
	}
	synonyms, err := search.ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		return err
	}
	trainer := eval.Trainer{
		Synonyms: synonyms, Workers: workers(), Precision: precision,
		Progress: func(what string) { fmt.Fprintln(p.Err, what) },
	}
	if trainer.Sets, err = p.trainingSets(ctx, c.Args().First(), c.StringSlice("articles")); err != nil {
		return err
	}
	weights, report, err := trainer.Train(ctx)
	if err != nil {
		return err
	}
	if out := c.String("out"); out != "" {
		write := func(w io.Writer) error { _, err := w.Write(weights.JSON()); return err }
		if err := replaceFile(out, write); err != nil {
			return err
		}
	}
	if c.Bool("json") {
		return writeJSON(p.Out, report)
	}
	return p.writeTraining(report, weights)
}

// trainingSets reads the five development sets and the questions that ship.
func (p *Program) trainingSets(ctx context.Context, dir string, seeds []string) ([]eval.TrainingSet, error) {
	retrieval := filepath.Join(dir, "retrieval")
	var out []eval.TrainingSet
	for _, s := range []struct {
		name, topic, questions string
		articles               []string
		members                bool
	}{
		{"seed", "prostate massage", filepath.Join(dir, "seed-questions.jsonl"), seeds, true},
		{"shipped", "prostate massage", "", nil, true},
		{"squad", "encyclopedia", filepath.Join(retrieval, "squad", "questions.jsonl"), []string{filepath.Join(retrieval, "squad", "articles")}, false},
		{"covidqa", "papers", filepath.Join(retrieval, "covidqa", "questions.jsonl"), []string{filepath.Join(retrieval, "covidqa", "articles")}, false},
	} {
		set := eval.TrainingSet{Name: s.name, Topic: s.topic, Members: s.members}
		all, err := p.loadArticles(s.articles)
		if err != nil {
			return nil, err
		}
		set.Articles = named(all)
		if set.Questions, err = questionsOf(s.questions); err != nil {
			return nil, err
		}
		out = append(out, set)
	}
	for _, name := range []string{"medquad", "mediqa"} {
		collection, err := eval.ReadCollection(ctx, os.DirFS(filepath.Join(retrieval, name)), workers())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, eval.TrainingSet{Name: name, Topic: name, Collection: collection})
	}
	return out, nil
}

// questionsOf reads the questions of a set; an empty path names those that ship.
func questionsOf(path string) ([]eval.Question, error) {
	var set []eval.Conversation
	var err error
	if path == "" {
		set, err = eval.ParseSet(knowledge.Questions())
	} else {
		set, err = readSet(path)
	}
	var out []eval.Question
	for _, c := range set {
		out = append(out, c...)
	}
	return out, err
}

func (p *Program) writeTraining(r *eval.TrainReport, w search.Weights) error {
	tw := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "set\tmeasure\trows\tfitted\ttwo folds")
	for _, s := range r.Sets {
		fmt.Fprintf(tw, "%s\t%s\t%d\t%.3f\t%.3f\n", s.Name, s.Metric, s.Rows, s.Fitted, s.CrossFold)
	}
	for _, s := range r.Confidence {
		fmt.Fprintf(tw, "%s\tAUROC, %s\t%d\t%.3f\t%.3f\n", s.Name, s.Against, s.Rows, s.Fitted, s.CrossFold)
	}
	fmt.Fprintf(tw, "threshold\t\t\t%.4f\t\n", w.Threshold)
	return tw.Flush()
}
