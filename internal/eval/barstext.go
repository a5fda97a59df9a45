package eval

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// WriteText prints the bars as one table of at most 80 columns.
func (r *BarsReport) WriteText(w io.Writer) error {
	var b strings.Builder
	table(&b, "set\tfigure\tbar\tmeasured\tin view\thidden\t", func(tw io.Writer) {
		for _, bar := range r.Bars {
			fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", bar.Set, bar.Figure, bar.bound(),
				bar.digits(bar.All), bar.digits(bar.InView), bar.digits(bar.Hidden), bar.verdict())
		}
	})
	b.WriteByte('\n')
	for _, set := range slices.Sorted(maps.Keys(r.OffTopic)) {
		fmt.Fprintf(&b, "off-topic questions for %s: those of %s\n", set, strings.Join(r.OffTopic[set], ", "))
	}
	if len(r.Skipped) > 0 {
		fmt.Fprintf(&b, "not measured: %s\n", strings.Join(r.Skipped, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (b BarResult) verdict() string {
	switch {
	case b.Target == 0:
		return ""
	case b.Pass:
		return "pass"
	}
	return "FAIL"
}

// bound renders the target with its direction.
func (b Bar) bound() string {
	switch {
	case b.Target == 0:
		return "-"
	case b.AtMost:
		return "<= " + b.number(b.Target)
	}
	return ">= " + b.number(b.Target)
}

func (b Bar) digits(v BarValue) string {
	if v.Rows == 0 {
		return "-"
	}
	return b.number(v.Value)
}

// number renders a share with three digits, a count of bytes with none.
func (b Bar) number(v float64) string {
	if b.Target > 1 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.3f", v)
}
