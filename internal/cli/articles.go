package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
)

func (p *Program) articlesCommand() *cli.Command {
	return &cli.Command{
		Name:        "articles",
		Usage:       "lists, shows and cites the articles",
		Description: articlesHelp + "\n" + example("verbatim articles list", "verbatim articles cite --style mla"),
		Commands: []*cli.Command{
			{
				Name: "list", Usage: "lists the articles: slug, updated, author, title",
				Description: example("verbatim articles list --articles notes/"),
				Flags:       []cli.Flag{articlesFlag()}, Action: p.listArticles,
			},
			{
				Name: "show", Usage: "prints one article", ArgsUsage: "[SLUG]",
				Description: "The slug may be left out when there is one article only. Notes say what was\n" +
					"left out of the text on the way in. With --canonical the output is the\n" +
					"canonical text and nothing else, so that the bytes from start to end of it\n" +
					"are the quote.\n\n" +
					example("verbatim articles show --canonical", "verbatim articles show --articles notes.txt"),
				Flags:  []cli.Flag{articlesFlag(), &cli.BoolFlag{Name: "canonical", Usage: "print exactly the canonical text"}},
				Action: p.showArticle,
			},
			{
				Name: "cite", Usage: "prints a citation of one article", ArgsUsage: "[SLUG]",
				Description: "Styles: " + styleNames() + ".\n\n" + example("verbatim articles cite --style bibtex"),
				Flags: []cli.Flag{articlesFlag(), &cli.StringFlag{
					Name: "style", Value: string(article.StyleAPA), HideDefault: true, Usage: "`STYLE` of the citation (default: apa)",
				}},
				Action: p.citeArticle,
			},
		},
		Action: needsSubcommand,
	}
}

// needsSubcommand refuses a command that is only a group of others.
func needsSubcommand(_ context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return usageError{fmt.Sprintf("there is no command %q; see %s --help", c.Args().First(), c.FullName())}
	}
	return cli.ShowSubcommandHelp(c)
}

func styleNames() string {
	var names []string
	for _, s := range article.Styles() {
		names = append(names, string(s))
	}
	return strings.Join(names, ", ")
}

func (p *Program) listArticles(_ context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return usageError{"articles list takes no argument"}
	}
	all, err := p.loadArticles(p.articlePaths(c))
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "SLUG\tUPDATED\tAUTHOR\tTITLE")
	for _, a := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", a.Slug, a.Meta.Updated, printable(a.Meta.Author), printable(a.Meta.Title))
	}
	return w.Flush()
}

// pick returns the article that the command line names.
func (p *Program) pick(c *cli.Command) (loaded, error) {
	if c.Args().Len() > 1 {
		return loaded{}, usageError{"name one article"}
	}
	all, err := p.loadArticles(p.articlePaths(c))
	if err != nil {
		return loaded{}, err
	}
	return onlyArticle(all, c.Args().First())
}

func (p *Program) showArticle(_ context.Context, c *cli.Command) error {
	a, err := p.pick(c)
	if err != nil {
		return err
	}
	if c.Bool("canonical") {
		_, err := io.WriteString(p.Out, a.Canonical)
		return err
	}
	var b strings.Builder
	t := p.terminal()
	t.frontMatter(&b, a.Article)
	for _, note := range a.report.Notes() {
		t.paragraph(&b, dim, "Note: ", "      ", note)
	}
	for _, block := range a.Blocks {
		b.WriteByte('\n')
		style := ""
		if block.Kind == article.Heading {
			style = bold
		}
		t.paragraph(&b, style, "", "", a.Canonical[block.Start:block.End])
	}
	_, err = io.WriteString(p.Out, b.String())
	return err
}

func (t terminal) frontMatter(b *strings.Builder, a *article.Article) {
	m := a.Meta
	t.paragraph(b, bold, "", "", m.Title)
	t.paragraph(b, "", "", "", "by "+m.Author)
	if m.AuthorBio != "" {
		t.paragraph(b, dim, "", "", m.AuthorBio)
	}
	t.paragraph(b, "", "", "", "Updated "+m.Updated.Long())
	if m.AdaptedFrom != nil {
		t.paragraph(b, "", "", "", adaptation(*m.AdaptedFrom))
	}
	t.paragraph(b, dim, "", "", "Revision "+string(a.Revision))
}

func (p *Program) citeArticle(_ context.Context, c *cli.Command) error {
	style, err := article.ParseStyle(c.String("style"))
	if err != nil {
		return usageError{plainError(err)}
	}
	a, err := p.pick(c)
	if err != nil {
		return err
	}
	text, err := article.WorkOf(a.Meta).Cite(style)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.Out, strings.TrimRight(text, "\r\n"))
	return err
}
