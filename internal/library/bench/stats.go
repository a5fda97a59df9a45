package bench

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
)

// The names of the daily numbers, see [library.Counters].
const (
	countAsked     = "asked"
	countAnswered  = "answered"
	countAbstained = "abstained"
	countCard      = "card"
	countHelp      = "help" // greetings, and questions about an article's author or date
	countHelpful   = "helpful"
	countUnhelpful = "nothelpful"

	countTier    = "tier/"    // and the tier's name
	countSection = "section/" // and the article's key, and the section behind a slash
)

// maxCountName is how many bytes of an article's key and of a section's heading the
// name of a number has.
const maxCountName = 200

// Counted returns the names of the daily numbers that an answer adds one to. None of
// them says anything of the question.
func Counted(a answer.Answer) []string {
	names := []string{countAsked, countTier + a.Tier.String()}
	parts := slices.Concat([]answer.Answer{a}, a.Parts)
	if name := countedAs(a.Outcome, parts); name != "" {
		names = append(names, name)
	}
	for _, part := range parts {
		if part.Quote == nil {
			continue
		}
		if name := sectionName(part.Quote.Article, part.Quote.Section); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// countedAs returns the name of what came of a question: with several in one message,
// it is answered when one of them is. An apology has none.
func countedAs(o answer.Outcome, parts []answer.Answer) string {
	if slices.ContainsFunc(parts, func(p answer.Answer) bool { return p.Outcome == answer.Answered }) {
		return countAnswered
	}
	switch o {
	case answer.Answered:
		return countAnswered
	case answer.Abstained:
		return countAbstained
	case answer.CardOnly:
		return countCard
	case answer.Help, answer.FromMeta:
		return countHelp
	}
	return ""
}

// CountedVote returns the name of the daily number of a verdict.
func CountedVote(v library.Verdict) string {
	if v == library.Helpful {
		return countHelpful
	}
	return countUnhelpful
}

// sectionName is the name of a section's number. Keys have no slash in them.
func sectionName(key, heading string) string {
	return countSection + shortened(strings.ReplaceAll(key, "/", "-")) + "/" + shortened(heading)
}

// shortened returns what the name of a number may have of a text: valid, without NUL.
func shortened(s string) string {
	s = strings.ToValidUTF8(strings.ReplaceAll(s, "\x00", ""), "")
	for cut := min(len(s), maxCountName); cut > 0; cut-- {
		if cut == len(s) || utf8.RuneStart(s[cut]) {
			return s[:cut]
		}
	}
	return ""
}

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
