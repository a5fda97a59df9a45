package bench

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// maxDays is for how many days numbers are kept.
const maxDays = 400

// topSections is how many sections [Stats] names.
const topSections = 10

// Stats returns the numbers of the last so many days, of which today, in UTC, is the
// last. ErrInvalid for more days than are kept, or none.
func (b *Bench) Stats(ctx context.Context, guild string, days int) (Stats, error) {
	if days < 1 || days > maxDays {
		return Stats{}, fmt.Errorf("%w: %d days; numbers are kept for 1 to %d", article.ErrInvalid, days, maxDays)
	}
	dates := lastDays(b.Now().UTC(), days)
	counts, err := b.Counters.Counts(ctx, guild, dates[0], dates[days-1])
	if err != nil {
		return Stats{}, fmt.Errorf("reading daily numbers: %w", err)
	}
	s := summed(dates, counts)
	b.nameSections(ctx, guild, s.Sections)
	return s, nil
}

// lastDays returns the days up to now's, oldest first.
func lastDays(now time.Time, n int) []article.Date {
	dates := make([]article.Date, n)
	for i := range dates {
		dates[i] = article.DateOf(now.AddDate(0, 0, i-n+1))
	}
	return dates
}

// summed puts numbers where they belong.
func summed(dates []article.Date, counts []library.Daily) Stats {
	s := Stats{Days: make([]DayStats, len(dates)), Total: DayStats{Tiers: map[string]int64{}}}
	at := make(map[article.Date]int, len(dates))
	for i, day := range dates {
		s.Days[i] = DayStats{Day: day, Tiers: map[string]int64{}}
		at[day] = i
	}
	sections := map[string]int64{}
	for _, c := range counts {
		i, ok := at[c.Day]
		if !ok {
			continue
		}
		addTo(&s.Days[i], c.Name, c.Count)
		addTo(&s.Total, c.Name, c.Count)
		if name, ok := strings.CutPrefix(c.Name, countSection); ok {
			sections[name] += c.Count
		}
	}
	s.Sections = mostQuoted(sections)
	return s
}

// addTo adds to the number of a name.
func addTo(d *DayStats, name string, n int64) {
	switch name {
	case countAsked:
		d.Asked += n
	case countAnswered:
		d.Answered += n
	case countAbstained:
		d.Abstained += n
	case countCard:
		d.Cards += n
	case countHelpful:
		d.Helpful += n
	case countUnhelpful:
		d.NotHelpful += n
	default:
		if tier, ok := strings.CutPrefix(name, countTier); ok {
			d.Tiers[tier] += n
		}
	}
}

// mostQuoted returns the sections with the largest numbers.
func mostQuoted(numbers map[string]int64) []SectionCount {
	var all []SectionCount
	for name, n := range numbers {
		key, heading, _ := strings.Cut(name, "/")
		all = append(all, SectionCount{key, heading, n})
	}
	slices.SortFunc(all, func(a, b SectionCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Article, b.Article), strings.Compare(a.Section, b.Section))
	})
	return all[:min(len(all), topSections)]
}

// nameSections completes headings that were too long for a name, and puts an article's
// title for the text before its first heading. What is answered from no more keeps the
// name that it has.
func (b *Bench) nameSections(ctx context.Context, guild string, sections []SectionCount) {
	articles, err := b.Shelves.Articles(ctx, guild)
	if err != nil {
		b.Log.Warn("the numbers name sections as they were counted", "error", err)
		return
	}
	for i, s := range sections {
		at := slices.IndexFunc(articles, func(a *article.Article) bool { return a.Slug == s.Article })
		if at < 0 {
			continue
		}
		if s.Section == "" {
			sections[i].Section = articles[at].Meta.Title
			continue
		}
		for _, section := range articles[at].Sections {
			if len(s.Section) > maxCountName-utf8.UTFMax && strings.HasPrefix(section.Heading, s.Section) {
				sections[i].Section = section.Heading
			}
		}
	}
}
