package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v3"

	"verbatim/internal/discord/chart"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

func (p *Program) kbStatsCommand() *cli.Command {
	return &cli.Command{
		Name: "stats", Usage: "prints what came of questions, and draws it",
		Description: "These are counts alone. They are kept for 400 days, by days of UTC; days\n" +
			"without a question are left out of the table. --png draws the last 30 days.\n\n" + guildHelp + "\n" +
			example(kbExample("stats", ""), kbExample("stats", " --days 7 --png week.png")),
		Flags: []cli.Flag{
			guildFlag(),
			&cli.IntFlag{Name: "days", Value: 30, Usage: "count the last `N` days"},
			&cli.StringFlag{Name: "png", Usage: "draw a chart to `FILE`, which must be a new one", TakesFile: true},
			jsonObjectFlag(),
		},
		Action: p.kbStats,
	}
}

func (p *Program) kbStats(ctx context.Context, c *cli.Command) error {
	if err := noArguments(c); err != nil {
		return err
	}
	return p.atBench(ctx, c, func(b *bench.Bench, guild string) error {
		s, err := b.Stats(ctx, guild, c.Int("days"))
		if err != nil {
			return err
		}
		if path := c.String("png"); path != "" {
			if err := p.draw(path, s); err != nil {
				return err
			}
		}
		if c.Bool("json") {
			return writeJSON(p.Out, statsJSON(s))
		}
		return p.printStats(s)
	})
}

// draw writes the chart of the numbers, and says what it shows.
func (p *Program) draw(path string, s bench.Stats) error {
	png, alt, err := chart.Activity(s)
	if err != nil {
		return err
	}
	err = writeNewFile(path, false, func(w io.Writer) error {
		_, err := w.Write(png)
		return err
	})
	if err == nil {
		fmt.Fprintf(p.Err, "%s: %s\n", path, alt)
	}
	return err
}

func (p *Program) printStats(s bench.Stats) error {
	t := s.Total
	var b strings.Builder
	fmt.Fprintf(&b, "%s in %s: %d answered, %d not answered, %s alone\n",
		counted(int(t.Asked), "question"), counted(len(s.Days), "day"), t.Answered, t.Abstained, counted(int(t.Cards), "safety card"))
	if tiers := tiersOf(t); tiers != "" {
		fmt.Fprintf(&b, "by tier: %s\n", tiers)
	}
	if rate, ok := t.HelpfulRate(); ok {
		fmt.Fprintf(&b, "%.0f %% of %s found the answer helpful\n", 100*rate, counted(int(t.Helpful+t.NotHelpful), "verdict"))
	} else {
		b.WriteString("nobody said yet whether an answer was helpful\n")
	}
	if t.Asked > 0 {
		b.WriteByte('\n')
		if err := writeDays(&b, s.Days); err != nil {
			return err
		}
	}
	if len(s.Sections) > 0 {
		b.WriteString("\nquoted most\n")
		for _, section := range s.Sections {
			fmt.Fprintf(&b, "%5d  %s: %s\n", section.Count, cell(section.Article), cell(section.Section))
		}
	}
	_, err := io.WriteString(p.Out, b.String())
	return err
}

func tiersOf(d bench.DayStats) string {
	var list []string
	for tier := safety.TierNone; tier <= safety.TierCrisis; tier++ {
		if n := d.Tiers[tier.String()]; n > 0 {
			list = append(list, fmt.Sprintf("%s %d", tier, n))
		}
	}
	return strings.Join(list, ", ")
}

func writeDays(out io.Writer, days []bench.DayStats) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "DAY\tASKED\tANSWERED\tNOT ANSWERED\tCARDS\tHELPFUL\tNOT HELPFUL\t")
	for _, d := range days {
		if d.Asked+d.Helpful+d.NotHelpful > 0 {
			fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t\n", d.Day, d.Asked, d.Answered, d.Abstained, d.Cards, d.Helpful, d.NotHelpful)
		}
	}
	return w.Flush()
}

// jsonStats is what kb stats --json prints; keys are added, never renamed.
type jsonStats struct {
	Days     []jsonDay          `json:"days"` // oldest first, without gaps
	Total    jsonDay            `json:"total"`
	Sections []jsonSectionCount `json:"sections"` // most quoted first
}

type jsonDay struct {
	Day        string           `json:"day,omitempty"`
	Asked      int64            `json:"asked"`
	Answered   int64            `json:"answered"`
	Abstained  int64            `json:"abstained"`
	Cards      int64            `json:"cards"`
	Tiers      map[string]int64 `json:"tiers"`
	Helpful    int64            `json:"helpful"`
	NotHelpful int64            `json:"not_helpful"`
}

type jsonSectionCount struct {
	Article string `json:"article"`
	Section string `json:"section"`
	Count   int64  `json:"count"`
}

func statsJSON(s bench.Stats) jsonStats {
	out := jsonStats{Days: []jsonDay{}, Total: dayJSON(s.Total), Sections: []jsonSectionCount{}}
	for _, d := range s.Days {
		out.Days = append(out.Days, dayJSON(d))
	}
	for _, c := range s.Sections {
		out.Sections = append(out.Sections, jsonSectionCount(c))
	}
	return out
}

func dayJSON(d bench.DayStats) jsonDay {
	day := ""
	if !d.Day.IsZero() {
		day = d.Day.String()
	}
	return jsonDay{day, d.Asked, d.Answered, d.Abstained, d.Cards, d.Tiers, d.Helpful, d.NotHelpful}
}
