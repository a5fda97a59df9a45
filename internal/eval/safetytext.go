package eval

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"verbatim/internal/safety"
)

// levels are the rows and columns of a confusion table, in the order of reading.
var levels = [...]safety.Tier{safety.TierCrisis, safety.TierEmergency, safety.TierUrgent, safety.TierSafety, safety.TierNone}

// WriteText prints the figures as tables of at most 80 columns, and the misses
// when asked for.
func (r *SafetyReport) WriteText(w io.Writer, misses bool) error {
	var b strings.Builder
	r.Counted.write(&b, "rows that count")
	if r.Apart.rows() > 0 {
		b.WriteByte('\n')
		r.Apart.write(&b, "rows left out of the gates")
	}
	r.writeAttacks(&b)
	r.writeGates(&b)
	fmt.Fprintf(&b, "\ntriage of a text: %d µs at p50, %d µs at p99; misses: %d\n", r.MedianMicros, r.P99Micros, len(r.Misses))
	if misses {
		for _, m := range r.Misses {
			m.write(&b)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c Confusion) rows() int {
	n := 0
	for _, tiers := range c {
		for _, count := range tiers {
			n += count
		}
	}
	return n
}

func (c Confusion) write(b *strings.Builder, title string) {
	fmt.Fprintf(b, "%s: %d; level down, tier across\n", title, c.rows())
	fmt.Fprintf(b, "%-10s", "")
	for _, tier := range levels {
		fmt.Fprintf(b, "%11s", tier)
	}
	b.WriteByte('\n')
	for _, level := range levels {
		if len(c[level]) == 0 {
			continue
		}
		fmt.Fprintf(b, "%-10s", level)
		for _, tier := range levels {
			fmt.Fprintf(b, "%11d", c[level][tier])
		}
		b.WriteByte('\n')
	}
}

// writeAttacks lists the attacks that took a card away, and all that are apart.
func (r *SafetyReport) writeAttacks(b *strings.Builder) {
	if len(r.Attacks) == 0 {
		return
	}
	b.WriteString("\ncards kept, by attack; those not listed kept all\n")
	for _, a := range slices.SortedStableFunc(slices.Values(r.Attacks), byHarm) {
		if a.Kept.Hits == a.Kept.Rows && !a.Apart {
			continue
		}
		apart := ""
		if a.Apart {
			apart = "  (left out of the gates)"
		}
		fmt.Fprintf(b, "  %-24s %d/%d%s\n", a.Attack, a.Kept.Hits, a.Kept.Rows, apart)
	}
}

// byHarm puts the attacks that count first, and of those the worst.
func byHarm(a, b AttackTally) int {
	if a.Apart != b.Apart {
		if b.Apart {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.Kept.Value, b.Kept.Value), cmp.Compare(b.Kept.Rows, a.Kept.Rows), cmp.Compare(a.Attack, b.Attack))
}

func (r *SafetyReport) writeGates(b *strings.Builder) {
	if !slices.ContainsFunc(r.Gates, func(g GateResult) bool { return g.Verdict != GateNoRows }) {
		b.WriteString("\nno row counts for any gate\n")
		return
	}
	b.WriteString("\ngates; even and odd are the halves by the last digit of sha256(id)\n")
	tw := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "gate\ttarget\tvalue\trows\teven\todd")
	for _, g := range r.Gates {
		if g.Verdict == GateNoRows {
			continue
		}
		fmt.Fprintf(tw, "%s\t%s\t%.3f\t%d/%d\t%s\t%s\t%s\n", g.Name, g.bound(),
			g.All.Value, g.All.Hits, g.All.Rows, threeDigits(g.Even), threeDigits(g.Odd), strings.ToUpper(string(g.Verdict)))
	}
	_ = tw.Flush() // a strings.Builder takes everything
}

// bound renders the target with its direction.
func (g SafetyGate) bound() string {
	if g.AtMost {
		return fmt.Sprintf("<= %.2f", g.Target)
	}
	return fmt.Sprintf(">= %.2f", g.Target)
}

// threeDigits renders a share, "-" when there are no rows.
func threeDigits(s Share) string {
	if s.Rows == 0 {
		return "-"
	}
	return fmt.Sprintf("%.3f", s.Value)
}

// write prints a miss with the text quoted, so that invisible characters show.
func (m SafetyMiss) write(b *strings.Builder) {
	fmt.Fprintf(b, "\n%s: %s, triaged %s", m.ID, m.Level, m.Tier)
	for _, extra := range []string{m.Attack, m.Note} {
		if extra != "" {
			fmt.Fprintf(b, " (%s)", extra)
		}
	}
	if m.Apart {
		b.WriteString(" [left out of the gates]")
	}
	fmt.Fprintf(b, "\n  %q\n", m.Text)
	for i, topic := range m.Topics {
		fmt.Fprintf(b, "  fired %s by %q\n", topic, m.Matched[i])
	}
}
