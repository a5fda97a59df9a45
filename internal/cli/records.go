package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v3"
)

// record is one of several things that are listed: an object for --json, and the cells of
// a row for people.
type record struct {
	object any
	cells  []string
}

// printRecords lists things: an object a line with --json, else a table below a heading
// whose columns are separated by tabs.
func printRecords[T any](p *Program, c *cli.Command, heading string, all []T, show func(T) record) error {
	if c.Bool("json") {
		for _, one := range all {
			if err := writeJSON(p.Out, show(one).object); err != nil {
				return err
			}
		}
		return nil
	}
	w := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, heading)
	for _, one := range all {
		fmt.Fprintln(w, strings.Join(show(one).cells, "\t"))
	}
	return w.Flush()
}
