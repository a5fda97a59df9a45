package cli

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"github.com/urfave/cli/v3"

	"verbatim/internal/library"
)

// jsonListing is one line of kb list --json; keys are added, never renamed.
type jsonListing struct {
	Slug  string `json:"slug"`
	State string `json:"state"`
	Own   bool   `json:"own"`
	Hash  string `json:"hash,omitempty"` // of an own article's current revision
	By    string `json:"by,omitempty"`
	At    string `json:"at,omitempty"`
	Title string `json:"title,omitempty"`
}

func (p *Program) kbListCommand() *cli.Command {
	return &cli.Command{
		Name: "list", Usage: "lists a server's articles and what it does with them",
		Description: guildHelp + "\n" + example(kbExample("list", "")),
		Flags:       []cli.Flag{guildFlag(), jsonLinesFlag()},
		Action:      p.kbList,
	}
}

func (p *Program) kbList(ctx context.Context, c *cli.Command) error {
	if c.Args().Present() {
		return usageError{"kb list takes no argument"}
	}
	return p.atDesk(ctx, c, func(d *library.Desk, guild string) error {
		list, err := d.List(ctx, guild)
		if err != nil {
			return err
		}
		if c.Bool("json") {
			for _, l := range list {
				if err := writeJSON(p.Out, jsonListing{l.Article, string(l.State), l.Own, l.Hash, l.By, stamp(l.At), l.Title}); err != nil {
					return err
				}
			}
			return nil
		}
		w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "SLUG\tSTATE\tFROM\tREVISION\tTITLE")
		for _, l := range list {
			from := "program"
			if l.Own {
				from = "server"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", l.Article, l.State, from, cell(shortHash(l.Hash)), cell(l.Title))
		}
		return w.Flush()
	})
}

// shortHash is as much of a hash as a table has room for, and commands take.
func shortHash(hash string) string { return hash[:min(len(hash), 12)] }

// stamp renders a time to the second, or nothing for the zero time.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// jsonVersion is one line of kb history --json; keys are added, never renamed.
type jsonVersion struct {
	Hash     string `json:"hash"`
	Revision string `json:"revision"` // as answers name it
	Title    string `json:"title"`
	By       string `json:"by"`
	At       string `json:"at,omitempty"`
	Reason   string `json:"reason,omitempty"`
	Current  bool   `json:"current"`
}

func (p *Program) kbHistoryCommand() *cli.Command {
	return &cli.Command{
		Name: "history", Usage: "lists the revisions of an article, oldest first", ArgsUsage: "SLUG",
		Description: guildHelp + "\n" + example(kbExample("history", " garden-ponds")),
		Flags:       []cli.Flag{guildFlag(), jsonLinesFlag()},
		Action:      p.kbHistory,
	}
}

func (p *Program) kbHistory(ctx context.Context, c *cli.Command) error {
	slug, err := slugOf(c)
	if err != nil {
		return err
	}
	return p.atDesk(ctx, c, func(d *library.Desk, guild string) error {
		versions, err := d.History(ctx, guild, slug)
		if err != nil {
			return err
		}
		if c.Bool("json") {
			for _, v := range versions {
				line := jsonVersion{v.Hash, string(v.Revision.Revision), v.Title, v.By, stamp(v.At), v.Note, v.Current}
				if err := writeJSON(p.Out, line); err != nil {
					return err
				}
			}
			return nil
		}
		w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "REVISION\tPUBLISHED\tBY\tNOW\tTITLE\tREASON")
		for _, v := range versions {
			current := "-"
			if v.Current {
				current = "current"
			}
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", shortHash(v.Hash), cell(stamp(v.At)), v.By, current, cell(v.Title), cell(v.Note))
		}
		return w.Flush()
	})
}
