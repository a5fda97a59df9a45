package eval

import (
	"fmt"
	"io"
	"strings"
)

// WriteText prints the figures as tables of at most 80 columns.
func (r *BEIRReport) WriteText(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s in %s", plural(r.Documents, "document"), plural(r.Passages, "passage"))
	if r.Empty > 0 {
		fmt.Fprintf(&b, ", and %d without a word", r.Empty)
	}
	b.WriteString("\n")
	for i := range r.Systems {
		r.Systems[i].write(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (r *SystemReport) write(b *strings.Builder) {
	b.WriteByte('\n')
	table(b, r.Name+"\t"+halvesHead, func(tw io.Writer) {
		line := func(name string, figure func(RankingFigures) string) {
			fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", name, figure(r.All), figure(r.InView), figure(r.Hidden))
		}
		line("queries", func(f RankingFigures) string { return fmt.Sprint(f.Queries) })
		for _, m := range []struct {
			name string
			mean func(RankingFigures) float64
		}{
			{"nDCG@10", func(f RankingFigures) float64 { return f.NDCG10 }},
			{"MRR@10", func(f RankingFigures) float64 { return f.MRR10 }},
			{"recall@1", func(f RankingFigures) float64 { return f.Recall1 }},
			{"recall@5", func(f RankingFigures) float64 { return f.Recall5 }},
			{"recall@10", func(f RankingFigures) float64 { return f.Recall10 }},
			{"recall@100", func(f RankingFigures) float64 { return f.Recall100 }},
		} {
			line(m.name, func(f RankingFigures) string {
				if f.Queries == 0 {
					return "-"
				}
				return fmt.Sprintf("%.4f", m.mean(f))
			})
		}
	})
	r.Times.write(b, "a query")
}

// plural renders a count of things with their name.
func plural(n int, name string) string {
	if n != 1 {
		name += "s"
	}
	return fmt.Sprintf("%d %s", n, name)
}
