package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"
	"golang.org/x/sync/errgroup"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/safety"
	"verbatim/internal/search"
	"verbatim/knowledge"
)

// engine is the wired pipeline over one set of articles.
type engine struct {
	*answer.Answerer
	rules *safety.Rules
	index *search.Index
}

// openEngine loads the safety data and indexes the articles at the same time.
func (p *Program) openEngine(ctx context.Context, paths []string) (*engine, error) {
	var e engine
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() (err error) {
		e.rules, err = p.openRules()
		return err
	})
	g.Go(func() (err error) {
		e.index, err = p.openIndex(ctx, paths)
		return err
	})
	if err := g.Wait(); err != nil {
		return nil, err
	}
	e.Answerer = answer.New(e.rules, e.index)
	return &e, nil
}

// openRules loads the shipped rules with the helplines of VERBATIM_HELPLINES,
// which are separated by ";".
func (p *Program) openRules() (*safety.Rules, error) {
	rules, err := shippedRules()
	if err != nil {
		return nil, err
	}
	var own []string
	for line := range strings.SplitSeq(p.Getenv("VERBATIM_HELPLINES"), ";") {
		if line = strings.TrimSpace(line); line != "" {
			own = append(own, line)
		}
	}
	if rules, err = rules.WithHelplines(own); err != nil {
		return nil, fmt.Errorf("VERBATIM_HELPLINES: %w", err)
	}
	return rules, nil
}

func (p *Program) openIndex(ctx context.Context, paths []string) (*search.Index, error) {
	articles, err := p.loadArticles(paths)
	if err != nil {
		return nil, err
	}
	synonyms, err := search.ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		return nil, err
	}
	return search.Build(ctx, articlesOf(articles), synonyms)
}

// articlesHelp explains --articles in the longer help texts.
const articlesHelp = "--articles names an article, Markdown or raw text, or a folder of them, in\n" +
	"place of the shipped one; it may be repeated. So does VERBATIM_ARTICLES.\n"

// articlesFlag is the flag that names other articles than the shipped ones.
func articlesFlag() *cli.StringSliceFlag {
	return &cli.StringSliceFlag{
		Name:      "articles",
		Usage:     "use the article or folder at `PATH`",
		TakesFile: true,
	}
}

// articlePaths returns the paths of --articles, or those of VERBATIM_ARTICLES,
// separated as in PATH; none means the shipped articles.
func (p *Program) articlePaths(c *cli.Command) []string {
	if paths := c.StringSlice("articles"); len(paths) > 0 {
		return paths
	}
	return filepath.SplitList(p.Getenv("VERBATIM_ARTICLES"))
}

// onlyArticle returns the article of the slug, or the only one when slug is empty.
func onlyArticle(articles []loaded, slug string) (loaded, error) {
	if slug == "" && len(articles) == 1 {
		return articles[0], nil
	}
	if slug == "" {
		return loaded{}, usageError{"there are several articles: name one by its slug; see verbatim articles list"}
	}
	for _, a := range articles {
		if a.Slug == slug {
			return a, nil
		}
	}
	return loaded{}, fmt.Errorf("%w: there is no article %q; see verbatim articles list", article.ErrNotFound, slug)
}
