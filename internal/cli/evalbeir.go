package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/eval"
	"verbatim/internal/search"
	"verbatim/internal/search/baseline"
	"verbatim/knowledge"
)

func (p *Program) evalBEIRCommand() *cli.Command {
	return &cli.Command{
		Name: "beir", Usage: "how well the documents of a collection rank", ArgsUsage: "DIR",
		Description: "DIR holds corpus.jsonl (or .jsonl.gz) of {_id, title, text}, queries.jsonl\n" +
			"of {_id, text}, and qrels.tsv or qrels/test.tsv of query-id, corpus-id and\n" +
			"score. A document is ranked by its best passage; one that nobody judged is\n" +
			"not relevant, and neither is one judged 0. nDCG has the gain of trec_eval,\n" +
			"the score itself. Queries without a relevant document are left out.\n" +
			"--run writes the ranking as a run file for trec_eval.\n\n" +
			example("verbatim eval beir nfcorpus/", "verbatim eval beir nfcorpus/ --compare bleve --run verbatim.run"),
		Flags: []cli.Flag{
			halfFlag(), jsonFlag(), latencyFlag(), compareFlag(),
			&cli.StringFlag{Name: "run", Usage: "write the ranking to `FILE`", TakesFile: true},
		},
		Action: p.evalBEIR,
	}
}

func (p *Program) evalBEIR(ctx context.Context, c *cli.Command) error {
	if c.Args().Len() != 1 {
		return usageError{"name one folder; for example: verbatim eval beir nfcorpus/"}
	}
	opts, err := p.evalOptions(c)
	if err != nil {
		return err
	}
	report, err := p.measureBEIR(ctx, c.Args().First(), c.String("compare") != "", opts)
	if err != nil {
		return err
	}
	if path := c.String("run"); path != "" {
		write := func(w io.Writer) error { return report.Systems[0].Run.Write(w, report.Systems[0].Name) }
		if err := replaceFile(path, write); err != nil {
			return err
		}
	}
	if c.Bool("json") {
		return writeJSON(p.Out, report)
	}
	return report.WriteText(p.Out)
}

// measureBEIR ranks the collection in a folder, by bleve as it comes too if asked.
func (p *Program) measureBEIR(ctx context.Context, dir string, compare bool, opts eval.Options) (*eval.BEIRReport, error) {
	collection, err := eval.ReadCollection(ctx, os.DirFS(dir), workers())
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	synonyms, err := search.ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		return nil, err
	}
	index, err := search.Build(ctx, collection.Articles, synonyms)
	if err != nil {
		return nil, err
	}
	systems := []eval.System{{Name: "verbatim", PassageRanker: index}}
	if compare {
		others, err := openBaselines(ctx, collection.Articles)
		defer func() {
			for _, x := range others {
				_ = x.Close() // it only holds memory
			}
		}()
		if err != nil {
			return nil, err
		}
		for i, x := range others {
			systems = append(systems, eval.System{Name: scoringNames()[i], PassageRanker: x})
		}
	}
	return eval.BEIR(ctx, collection, systems, opts)
}

// openBaselines indexes whole articles under each of bleve's scoring models, in the
// order of scoringNames. What was opened is returned with an error too.
func openBaselines(ctx context.Context, articles []*article.Article) ([]*baseline.Index, error) {
	var out []*baseline.Index
	for _, name := range scoringNames() {
		x, err := baseline.Articles(ctx, articles, scorings()[name])
		if err != nil {
			return out, fmt.Errorf("%s: %w", name, err)
		}
		out = append(out, x)
	}
	return out, nil
}

// replaceFile writes a file under another name and renames it when it is complete,
// so that whoever reads it never sees half of one.
func replaceFile(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".verbatim-*")
	if err != nil {
		return fmt.Errorf("%w: %s: cannot be written", article.ErrUnavailable, path)
	}
	defer func() { _ = os.Remove(f.Name()) }() // fails, as it should, after the renaming
	if err := write(f); err != nil {
		_ = f.Close() // the first error is the one to report
		return err
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("%w: %s: %w", article.ErrUnavailable, path, err)
	}
	if err := os.Chmod(f.Name(), 0o644); err != nil {
		return fmt.Errorf("%w: %s: %w", article.ErrUnavailable, path, err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("%w: %s: cannot be written", article.ErrUnavailable, path)
	}
	return nil
}
