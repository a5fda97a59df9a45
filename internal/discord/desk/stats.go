package desk

import (
	"cmp"
	"context"
	"fmt"
	"strings"

	"verbatim/internal/discord/api"
	"verbatim/internal/discord/chart"
	"verbatim/internal/discord/render"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

const (
	statsDays = 30
	chartName = "activity.png"
	maxAlt    = 1024 // characters; https://discord.com/developers/docs/resources/message#attachment-object
)

// stats shows the numbers of the last days, as a chart and as text.
func (d *Desk) stats(ctx context.Context, u Use) (Reply, error) {
	s, err := d.Bench.Stats(ctx, u.Guild, statsDays)
	if err != nil {
		return Reply{}, err
	}
	if s.Total.Asked == 0 {
		return say(fmt.Sprintf("Nobody asked the bot anything in the last %d days.", statsDays)), nil
	}
	m := panel(fmt.Sprintf("The last %d days", statsDays), list(statsLines(s), 10), d.mostQuoted(ctx, u.Guild, s),
		"These are counts alone: nothing here says who asked. The numbers of each day are attached.")
	png, alt, err := chart.Activity(s)
	if err != nil {
		d.Log.WarnContext(ctx, "the chart of the numbers could not be drawn", "error", err)
	} else {
		m.Embeds[0].Image = &render.Image{URL: "attachment://" + chartName}
		m.Files = append(m.Files, api.File{Name: chartName, Type: "image/png", Data: png, Alt: cut(alt, maxAlt)})
	}
	m.Files = append(m.Files, api.File{Name: "activity.csv", Type: "text/csv", Data: []byte(statsTable(s))})
	return Reply{Show: &m}, nil
}

// statsLines are the numbers of all days together.
func statsLines(s bench.Stats) []string {
	t := s.Total
	lines := []string{
		fmt.Sprintf("**%s** asked, %.1f a day", counted(int(t.Asked), "question", "questions"), float64(t.Asked)/float64(max(1, len(s.Days)))),
		fmt.Sprintf("**%d** answered with a quote (%s)", t.Answered, percent(share(t.Answered, t.Asked))),
		fmt.Sprintf("**%d** not answered, because the articles do not say (%s)", t.Abstained, percent(share(t.Abstained, t.Asked))),
		fmt.Sprintf("**%d** got a safety card alone (%s)", t.Cards, percent(share(t.Cards, t.Asked))),
	}
	var tiers []string
	for tier := safety.TierNone; tier <= safety.TierCrisis; tier++ {
		if n := t.Tiers[tier.String()]; n > 0 {
			tiers = append(tiers, fmt.Sprintf("%s %d", tier, n))
		}
	}
	if len(tiers) > 0 {
		lines = append(lines, "By danger: "+strings.Join(tiers, ", "))
	}
	if rate, ok := t.HelpfulRate(); ok {
		return append(lines, fmt.Sprintf("**%s** of %s found the answer helpful", percent(rate), counted(int(t.Helpful+t.NotHelpful), "verdict", "verdicts")))
	}
	return append(lines, "Nobody has pressed Helpful or Not helpful yet")
}

func share(part, whole int64) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// mostQuoted lists the sections that were quoted most.
func (d *Desk) mostQuoted(ctx context.Context, guild string, s bench.Stats) string {
	if len(s.Sections) == 0 {
		return ""
	}
	titles := map[string]string{}
	if articles, err := d.Reader.Articles(ctx, guild); err == nil { // else the names of the articles do
		for _, a := range articles {
			titles[a.Slug] = a.Meta.Title
		}
	}
	return "**Quoted most**\n" + shortened(roomy-600, func(most int) []string {
		var lines []string
		for _, c := range s.Sections[:min(10, len(s.Sections))] {
			name := headingText(cmp.Or(titles[c.Article], c.Article), c.Section)
			lines = append(lines, fmt.Sprintf("%s: %d", plain(name, most), c.Count))
		}
		return lines
	})
}

// statsTable is the numbers of each day, with commas between them.
func statsTable(s bench.Stats) string {
	var b strings.Builder
	b.WriteString("day,asked,answered,not answered,cards,helpful,not helpful")
	for tier := safety.TierNone; tier <= safety.TierCrisis; tier++ {
		b.WriteString(",tier " + tier.String())
	}
	b.WriteString("\n")
	for _, day := range s.Days {
		fmt.Fprintf(&b, "%s,%d,%d,%d,%d,%d,%d", day.Day, day.Asked, day.Answered, day.Abstained, day.Cards, day.Helpful, day.NotHelpful)
		for tier := safety.TierNone; tier <= safety.TierCrisis; tier++ {
			fmt.Fprintf(&b, ",%d", day.Tiers[tier.String()])
		}
		b.WriteString("\n")
	}
	return b.String()
}
