package cli

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/urfave/cli/v3"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/eval"
	"verbatim/internal/search"
	"verbatim/knowledge"
)

func (p *Program) evalCommand() *cli.Command {
	return &cli.Command{
		Name:  "eval",
		Usage: "measures the program against sets of questions",
		Description: "Figures about answers and rankings are printed for all rows, and for each of\n" +
			"two halves: a row is in view when the 32-bit FNV-1a hash of its id is even,\n" +
			"and hidden when it is odd, so that what was tuned while reading the one half\n" +
			"can be held to the other.\n\n" +
			example("verbatim eval questions", "verbatim eval questions --misses --articles article.txt questions.jsonl"),
		Commands: []*cli.Command{
			p.evalQuestionsCommand(), p.evalFollowupsCommand(), p.evalBEIRCommand(), p.evalBarsCommand(),
			p.evalTrainCommand(), p.evalSafetyCommand(),
		},
		Action: needsSubcommand,
	}
}

// setHelp explains a set of questions in the longer help texts.
const setHelp = "SET is a JSON Lines file of {id, question, answers, kind, article}, or of\n" +
	"{id, turns} with a {question, answers} for each turn. An answer is right when\n" +
	"the excerpt holds one of answers, case and white space aside; an empty list\n" +
	"means that the bot must abstain. A question of kind author, date or citation\n" +
	"may also be answered from the front matter.\n"

func halfFlag() *cli.StringFlag {
	return &cli.StringFlag{
		Name: "half", Value: string(eval.All), HideDefault: true,
		Usage: "`HALF` of the set: view or hidden",
	}
}

func jsonFlag() *cli.BoolFlag {
	return &cli.BoolFlag{Name: "json", Usage: "print the figures as one JSON object"}
}

func latencyFlag() *cli.BoolFlag {
	return &cli.BoolFlag{Name: "latency", Usage: "ask in turn, and print the times"}
}

// listFlag is missesFlag for sets of questions, whose hidden half stays hidden.
func listFlag() *cli.BoolFlag {
	return &cli.BoolFlag{Name: "misses", Usage: "list what went wrong in view"}
}

func compareFlag() *cli.StringFlag {
	return &cli.StringFlag{Name: "compare", Usage: "measure `ENGINE` too, as it comes: bleve"}
}

// evalOptions reads the flags that the measuring commands share.
func (p *Program) evalOptions(c *cli.Command) (eval.Options, error) {
	opts := eval.Options{Channel: answer.AgeRestricted, Now: p.Now, Workers: workers()}
	half, err := eval.ParseHalf(c.String("half"))
	if err != nil {
		return opts, usageError{plainError(err)}
	}
	opts.Half = half
	if c.Bool("latency") {
		opts.Workers = 1
	}
	if engine := c.String("compare"); engine != "" && engine != "bleve" {
		return opts, usageError{fmt.Sprintf("there is no engine %q to compare with; there is bleve", engine)}
	}
	return opts, nil
}

// workers is how many questions are asked at a time where nothing is timed.
func workers() int { return max(2, runtime.GOMAXPROCS(0)) }

// corpus is what sets are asked of.
type corpus struct {
	eval.Library
	articles []*article.Article
	index    *search.Index
}

// openCorpus reads and indexes the articles at paths, or the shipped ones.
func (p *Program) openCorpus(ctx context.Context, paths []string) (*corpus, error) {
	all, err := p.loadArticles(paths)
	if err != nil {
		return nil, err
	}
	rules, err := p.openRules()
	if err != nil {
		return nil, err
	}
	synonyms, err := search.ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		return nil, err
	}
	l := &corpus{articles: articlesOf(all)}
	if l.index, err = search.Build(ctx, l.articles, synonyms); err != nil {
		return nil, err
	}
	l.Library = eval.Library{Asker: answer.New(rules, l.index), Finder: l.index, Articles: named(all)}
	l.Build = func(ctx context.Context, articles []*article.Article) (eval.Finder, error) {
		return search.Build(ctx, articles, synonyms)
	}
	return l, nil
}

// named gives each article the name of its file without the ending.
func named(all []loaded) []eval.Named {
	out := make([]eval.Named, len(all))
	for i, l := range all {
		base := filepath.Base(l.file)
		out[i] = eval.Named{Name: strings.TrimSuffix(base, filepath.Ext(base)), Article: l.Article}
	}
	return out
}

// readSet reads the set of questions at path.
func readSet(path string) ([]eval.Conversation, error) {
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: cannot be read", article.ErrNotFound, path)
	}
	set, err := eval.ParseSet(src)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return set, nil
}
