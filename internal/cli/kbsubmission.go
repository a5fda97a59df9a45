package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

// submissionHelp explains the flags of submissionFlags.
const submissionHelp = "FILE is Markdown with front matter, or raw text with a title, an author and a\n" +
	"date; - reads standard input. With --draft it may be left out.\n\n" +
	"An article that is there is changed with --base and the hash of the revision\n" +
	"that you started from, so that nobody's change is lost, or with --replace,\n" +
	"whatever it is at. --slug says which one when the title is another now.\n"

// submissionFlags are those of commands that take an article.
func submissionFlags() []cli.Flag {
	return []cli.Flag{
		guildFlag(),
		&cli.StringFlag{Name: "base", Usage: "`HASH` of the revision that this one changes"},
		&cli.BoolFlag{Name: "replace", Usage: "change whatever revision is current"},
		&cli.StringFlag{Name: "slug", Usage: "`SLUG` of the article that this one changes"},
		&cli.StringFlag{Name: "draft", Usage: "`ID` of the draft that it comes from"},
		jsonObjectFlag(),
	}
}

// submissionOf reads the article that the command line names; with a draft there need
// be none.
func (p *Program) submissionOf(c *cli.Command) (bench.Submission, error) {
	s := bench.Submission{Key: c.String("slug"), Base: c.String("base"), Draft: c.String("draft")}
	switch {
	case c.Args().Len() > 1, c.Args().Len() == 0 && s.Draft == "":
		return s, usageError{"name one file"}
	case s.Base != "" && c.Bool("replace"):
		return s, usageError{"give --base or --replace, not both"}
	case c.Bool("replace"):
		s.Base = library.AnyBase
	}
	if !c.Args().Present() {
		return s, nil
	}
	var err error
	s.File = c.Args().First()
	s.Source, err = p.articleFile(s.File)
	if s.File == "-" {
		s.File = "standard input"
	}
	return s, err
}

// articleFile reads a file of at most as many bytes as an article may have, which
// whoever takes it says better than a file that was cut.
func (p *Program) articleFile(path string) (string, error) {
	const limit = library.MaxArticleSource + 1
	if path == "-" {
		src, err := io.ReadAll(io.LimitReader(p.In, limit))
		if err != nil {
			return "", fmt.Errorf("read standard input: %w", err)
		}
		return string(src), nil
	}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", fmt.Errorf("%w: %s: there is no such file", article.ErrNotFound, path)
	case err != nil:
		return "", fmt.Errorf("%w: %s cannot be read: %w", article.ErrUnavailable, path, err)
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%w: %s is not a regular file; articles are added one by one", article.ErrInvalid, path)
	}
	src, err := readAtMost(library.MaxArticleSource, info, func() (fs.File, error) { return os.Open(path) })
	switch {
	case errors.Is(err, article.ErrTooLarge):
		return "", fmt.Errorf("%w; split %s into several articles", err, path)
	case err != nil:
		return "", fmt.Errorf("%w: %s cannot be read: %w", article.ErrUnavailable, path, err)
	}
	return string(src), nil
}

// withDraft completes a submission with the draft that it comes from. What the command
// line says comes first.
func withDraft(ctx context.Context, c *cli.Command, b *bench.Bench, guild string, s bench.Submission) (bench.Submission, error) {
	if s.Draft == "" {
		return s, nil
	}
	kept, err := b.Draft(ctx, guild, s.Draft)
	if err != nil {
		return s, err
	}
	if !c.Args().Present() {
		s.Source, s.File = kept.Source, "draft"
	}
	s.Key, s.Base = cmp.Or(s.Key, kept.Key), cmp.Or(s.Base, kept.Base)
	return s, nil
}
