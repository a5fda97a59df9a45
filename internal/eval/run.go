package eval

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"verbatim/internal/article"
)

// Run is the rankings of one system, a query each.
type Run []QueryRun

// QueryRun is the documents that were found for one query, best first.
type QueryRun struct {
	Query     string
	Documents []RankedDocument
}

// Write prints the run in the format of trec_eval, "query Q0 document rank score
// tag" a line, the rank from 1. Scores have all their digits, so that equal ones
// in the file are equal indeed. An id with white space in it is ErrInvalid.
func (r Run) Write(w io.Writer, tag string) error {
	b := bufio.NewWriter(w)
	for _, q := range r {
		for i, d := range q.Documents {
			if strings.ContainsFunc(q.Query+d.ID, unicode.IsSpace) {
				return fmt.Errorf("%w: a run file cannot hold an id with white space: query %q, document %q", article.ErrInvalid, q.Query, d.ID)
			}
			fmt.Fprintf(b, "%s Q0 %s %d %s %s\n", q.Query, d.ID, i+1, strconv.FormatFloat(d.Score, 'g', -1, 64), tag)
		}
	}
	return b.Flush()
}
