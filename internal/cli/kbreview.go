package cli

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"verbatim/internal/article"
	"verbatim/internal/library/bench"
)

func (p *Program) kbReviewCommand() *cli.Command {
	return &cli.Command{
		Name: "review", Usage: "records that somebody read the current revision", ArgsUsage: "SLUG",
		Description: "It changes neither the article nor its date of update.\n\n" + guildHelp + "\n" +
			example(kbExample("review", " ponds --next 2027-03-01")),
		Flags: append([]cli.Flag{
			guildFlag(),
			&cli.StringFlag{Name: "next", Usage: "`DATE` of the next review, as in 2027-03-01"},
		}, actFlags()...),
		Action: p.kbReview,
	}
}

func (p *Program) kbReview(ctx context.Context, c *cli.Command) error {
	slug, err := slugOf(c)
	if err != nil {
		return err
	}
	next, err := dateFlag(c, "next")
	if err != nil {
		return err
	}
	act, err := actOf(c)
	if err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		done, err := b.Review(ctx, guild, slug, next, act)
		if err != nil {
			return err
		}
		if done.Next.IsZero() {
			fmt.Fprintln(p.Err, "No next review was agreed; --next DATE does that.")
		}
		return p.say(true, "reviewed", slug, done.Hash)
	})
}

// dateFlag returns the date that a flag gives, the zero one when it is not given.
func dateFlag(c *cli.Command, name string) (article.Date, error) {
	text := c.String(name)
	if text == "" {
		return article.Date{}, nil
	}
	d, err := article.ParseDate(text)
	if err != nil {
		return d, usageError{fmt.Sprintf("--%s %.40q is no date; write it as in 2027-03-01", name, text)}
	}
	return d, nil
}

func (p *Program) kbDueCommand() *cli.Command {
	return &cli.Command{
		Name: "due", Usage: "lists the articles that are to be reviewed",
		Description: "Those are the ones whose next review was agreed for that day or before, and\n" +
			"those that were reviewed and have changed since; the longest overdue first.\n\n" + guildHelp + "\n" +
			example(kbExample("due", ""), kbExample("due", " --by 2027-01-01")),
		Flags:  []cli.Flag{guildFlag(), &cli.StringFlag{Name: "by", Usage: "due by `DATE` (default: today)"}, jsonLinesFlag()},
		Action: p.kbDue,
	}
}

// jsonDue is one line of kb due --json; keys are added, never renamed.
type jsonDue struct {
	Slug     string `json:"slug"`
	Title    string `json:"title"`
	Next     string `json:"next,omitempty"`
	Reviewed string `json:"reviewed,omitempty"`
	By       string `json:"by,omitempty"`
	Changed  bool   `json:"changed"` // since it was reviewed
}

func (p *Program) kbDue(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	by, err := dateFlag(c, "by")
	if err != nil {
		return err
	}
	if by.IsZero() {
		by = article.DateOf(p.Now().UTC())
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		due, err := b.Due(ctx, guild, by)
		if err != nil {
			return err
		}
		return printRecords(p, c, "SLUG\tNEXT\tREVIEWED\tBY\tSINCE\tTITLE", due, func(d bench.Due) record {
			since := "-"
			if d.Changed {
				since = "changed"
			}
			return record{
				jsonDue{d.Key, d.Title, d.Next.String(), d.Last.On.String(), d.Last.By, d.Changed},
				[]string{d.Key, cell(d.Next.String()), cell(d.Last.On.String()), cell(d.Last.By), since, cell(d.Title)},
			}
		})
	})
}
