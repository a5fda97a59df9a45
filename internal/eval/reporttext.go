package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// WriteText prints the figures as tables of at most 80 columns, and the misses
// when asked for.
func (r *Report) WriteText(w io.Writer, misses bool) error {
	var b strings.Builder
	table(&b, "kind\tright\tfound\twrong span\tmissed\tkept quiet", func(tw io.Writer) {
		for _, kind := range slices.Sorted(maps.Keys(r.Kinds)) {
			row(tw, kind, *r.Kinds[kind])
		}
		row(tw, "all", r.Total)
		if r.LaterTurns != (Tally{}) {
			row(tw, "later turns", r.LaterTurns)
		}
	})
	b.WriteString(legend)
	r.writeHalves(&b)
	r.writeBaselines(&b)
	if r.Confidence != nil {
		r.Confidence.write(&b)
	}
	r.Times.write(&b, "a question")
	if misses {
		r.writeMisses(&b)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// legend says what the columns of the first table are, of the answerable questions
// and of the others.
const legend = `
right: the answer was shown, in an excerpt or from the front matter
found: right, or the best excerpt holds the answer and was not shown
kept quiet: of the questions that must not be answered
`

// table prints what rows writes, cells separated by tabs, in aligned columns.
func table(b *strings.Builder, head string, rows func(io.Writer)) {
	tw := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, head)
	rows(tw)
	_ = tw.Flush() // a strings.Builder takes everything
}

func row(w io.Writer, name string, t Tally) {
	fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%s\n", name, share(t.Right, t.Answerable), share(t.Found, t.Answerable), t.WrongSpan, t.Missed, share(t.Quiet, t.Unanswerable))
}

func share(n, of int) string {
	if of == 0 {
		return "-"
	}
	return fmt.Sprintf("%d/%d %.0f%%", n, of, 100*float64(n)/float64(of))
}

// halvesHead names the columns that every table with the halves of a set has.
const halvesHead = "all\tin view\thidden"

// writeHalves shows the figures of all rows beside those of each half.
func (r *Report) writeHalves(b *strings.Builder) {
	b.WriteByte('\n')
	table(b, "\t"+halvesHead, func(tw io.Writer) {
		line := func(name string, figure func(Figures) string) {
			fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", name, figure(r.Figures), figure(r.InView), figure(r.Hidden))
		}
		line("right", func(f Figures) string { return share(f.Total.Right, f.Total.Answerable) })
		line("found", func(f Figures) string { return share(f.Total.Found, f.Total.Answerable) })
		line("kept quiet", func(f Figures) string { return share(f.Total.Quiet, f.Total.Unanswerable) })
		if r.LaterTurns != (Tally{}) {
			line("later turns right", func(f Figures) string { return share(f.LaterTurns.Right, f.LaterTurns.Answerable) })
			line("later turns quiet", func(f Figures) string { return share(f.LaterTurns.Quiet, f.LaterTurns.Unanswerable) })
		}
		line("wrong replies", func(f Figures) string { return share(f.WrongReplies.Hits, f.WrongReplies.Rows) })
		line("median excerpt, bytes", func(f Figures) string { return fmt.Sprint(f.MedianExcerpt) })
	})
}

// writeBaselines shows the other engines beside the program, on all turns and, in a
// set of conversations, on the later ones.
func (r *Report) writeBaselines(b *strings.Builder) {
	if len(r.Baselines) == 0 {
		return
	}
	b.WriteString("\nexcerpt holds an answer, shown or not\n")
	r.compare(b, func(f Figures) Tally { return f.Total }, func(base Baseline) HalvedShare { return base.HalvedShare })
	if r.LaterTurns == (Tally{}) {
		return
	}
	b.WriteString("\nthe same of later turns; the others are given the first question before each\n")
	r.compare(b, func(f Figures) Tally { return f.LaterTurns }, func(base Baseline) HalvedShare { return base.LaterTurns })
}

func (r *Report) compare(b *strings.Builder, own func(Figures) Tally, other func(Baseline) HalvedShare) {
	table(b, "\t"+halvesHead, func(tw io.Writer) {
		found := func(f Figures) string { return share(own(f).Found, own(f).Answerable) }
		fmt.Fprintf(tw, "verbatim\t%s\t%s\t%s\n", found(r.Figures), found(r.InView), found(r.Hidden))
		for _, base := range r.Baselines {
			s := other(base)
			fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", base.Name, share(s.Found.Hits, s.Found.Rows),
				share(s.InView.Hits, s.InView.Rows), share(s.Hidden.Hits, s.Hidden.Rows))
		}
	})
}

func (c *Confidence) write(b *strings.Builder) {
	b.WriteString("\nconfidence: AUROC of answerable questions against\n")
	table(b, "\t"+halvesHead+"\tquestions", func(tw io.Writer) {
		line := func(name string, s Separation) {
			if s.All.defined() {
				fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%d, %d\n", name, s.All, s.InView, s.Hidden, s.All.Answerable, s.All.Negatives)
			}
		}
		line("the set's unanswerable ones", c.Own)
		line("those without their article", c.Removed)
		line("those of other sets", c.OffTopic)
	})
	fmt.Fprintf(b, "expected calibration error %.3f; %d left out, answered from the front matter or with help\n", c.Reliability.ECE, c.LeftOut)
}

// String renders the area with three digits, "-" where there is nothing to compare.
func (a Area) String() string {
	if !a.defined() {
		return "-"
	}
	return fmt.Sprintf("%.3f", a.AUROC)
}

// WriteText prints the bins as a table.
func (r Reliability) WriteText(w io.Writer) error {
	var b strings.Builder
	table(&b, "confidence\tquestions\tpredicted\tobserved", func(tw io.Writer) {
		for _, bin := range r.Bins {
			fmt.Fprintf(tw, "%.2f to %.2f\t%d\t%.3f\t%.3f\n", bin.Lowest, bin.Highest, bin.Rows, bin.Predicted, bin.Observed)
		}
	})
	fmt.Fprintf(&b, "expected calibration error %.3f\n", r.ECE)
	_, err := io.WriteString(w, b.String())
	return err
}

// write prints nothing when nothing was measured.
func (t *Times) write(b *strings.Builder, of string) {
	if t != nil {
		fmt.Fprintf(b, "\n%s takes %d µs at the median, %d µs at p99\n", of, t.Median, t.P99)
	}
}

func (r *Report) writeMisses(b *strings.Builder) {
	for _, m := range r.Misses {
		fmt.Fprintf(b, "\n%s.%d %s (%s, %.2f)\n  Q: %s\n  A: %s\n", m.ID, m.Turn, m.Verdict, m.Outcome, m.Confidence, m.Question, m.Reply)
	}
	if r.HiddenMisses > 0 {
		fmt.Fprintf(b, "\n%d more in the hidden half; --half hidden lists them\n", r.HiddenMisses)
	}
}
