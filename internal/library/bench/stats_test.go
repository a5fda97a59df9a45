package bench

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// quoting is an answer that quotes a section.
func quoting(key, heading string) answer.Answer {
	return answer.Answer{Outcome: answer.Answered, Quote: &answer.Quote{Article: key, Section: heading, Text: "Tea is a drink."}}
}

func TestCounted(t *testing.T) {
	missed := answer.Answer{Outcome: answer.Abstained, Tier: safety.TierSafety}
	both := missed
	both.Parts = []answer.Answer{missed, quoting("tea", "How to brew"), quoting("tea", "How to brew")}
	tests := map[string]struct {
		answer answer.Answer
		want   string
	}{
		"answered":   {quoting("tea", "Is it safe?"), "asked tier/none answered section/tea/Is it safe?"},
		"no heading": {quoting("tea", ""), "asked tier/none answered section/tea/"},
		"abstained":  {missed, "asked tier/safety abstained"},
		"several":    {both, "asked tier/safety answered section/tea/How to brew"},
		"card":       {answer.Answer{Outcome: answer.CardOnly, Tier: safety.TierCrisis}, "asked tier/crisis card"},
		"help":       {answer.Answer{Outcome: answer.Help}, "asked tier/none help"},
		"author":     {answer.Answer{Outcome: answer.FromMeta}, "asked tier/none help"},
		"apology":    {answer.Answer{}, "asked tier/none"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := strings.Join(Counted(test.answer), " "); got != test.want {
				t.Errorf("counted as %q, want %q", got, test.want)
			}
		})
	}
}

// TestNamesAreBounded: they are what a store keeps, and lead back to the article.
func TestNamesAreBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringMatching(`[a-z-]{1,150}`).Draw(t, "key")
		heading := rapid.OneOf(rapid.String(), rapid.StringN(150, 400, -1), rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) })).Draw(t, "heading")
		name := Counted(quoting(key, heading))[3]
		if len(name) > 512 || !utf8.ValidString(name) || strings.Contains(name, "\x00") {
			t.Fatalf("%q is no name", name)
		}
		sections := mostQuoted(map[string]int64{strings.TrimPrefix(name, countSection): 1})
		if sections[0].Article != key || len(heading) < maxCountName && utf8.ValidString(heading) && sections[0].Section != strings.ReplaceAll(heading, "\x00", "") {
			t.Fatalf("%q of %q is read as %+v", heading, key, sections)
		}
	})
}

// numbers is a library.Counters and a Shelves in memory.
type numbers struct {
	Shelves

	all      []library.Daily
	articles []*article.Article
	fail     error
}

func (n *numbers) Count(_ context.Context, _ string, day article.Date, name string, by int64) error {
	n.all = append(n.all, library.Daily{Day: day, Name: name, Count: by})
	return nil
}

func (n *numbers) Counts(_ context.Context, _ string, first, last article.Date) (found []library.Daily, err error) {
	for _, d := range n.all {
		if !first.After(d.Day) && !d.Day.After(last) {
			found = append(found, d)
		}
	}
	return found, n.fail
}

func (n *numbers) Articles(context.Context, string) ([]*article.Article, error) {
	return n.articles, n.fail
}

// counts a few days up to 2 March 2026.
func counts(t *testing.T) *numbers {
	t.Helper()
	long := strings.Repeat("A heading without end ", 20)
	tea, err := article.Parse([]byte("---\ntitle: Tea\nauthor: Jo\nupdated: 2020-01-01\n---\n\nTea is a drink.\n\n## "+long+"\n\nIt is hot.\n"), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	n := &numbers{articles: []*article.Article{tea}}
	count := func(day article.Date, times int64, names ...string) {
		for _, name := range names {
			_ = n.Count(t.Context(), "g", day, name, times)
		}
	}
	today, before, old := article.Date{Year: 2026, Month: 3, Day: 2}, article.Date{Year: 2026, Month: 2, Day: 28}, article.Date{Year: 2026, Month: 1, Day: 31}
	count(today, 4, Counted(quoting("tea", ""))...)
	count(before, 3, Counted(quoting("tea", strings.TrimSpace(long)))...)
	count(before, 2, Counted(quoting("gone", "Gin"))...)
	count(before, 1, Counted(answer.Answer{Outcome: answer.CardOnly, Tier: safety.TierCrisis})...)
	count(before, 1, Counted(answer.Answer{Outcome: answer.Abstained})...)
	count(old, 50, Counted(quoting("tea", "Too old"))...)
	count(today, 3, CountedVote(library.Helpful))
	count(today, 1, CountedVote(library.NotHelpful), "a name of another version")
	return n
}

func TestStats(t *testing.T) {
	n := counts(t)
	b := New(Config{Counters: n, Shelves: n, Now: func() time.Time { return time.Date(2026, 3, 3, 1, 0, 0, 0, time.FixedZone("", 7200)) }})
	s, err := b.Stats(t.Context(), "g", 30)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Days) != 30 || s.Days[0].Day.String() != "2026-02-01" || s.Days[29].Day.String() != "2026-03-02" || s.Days[28].Asked != 0 || s.Days[28].Day.Day != 1 {
		t.Errorf("%d days from %v to %v", len(s.Days), s.Days[0], s.Days[29])
	}
	want := DayStats{Asked: 11, Answered: 9, Abstained: 1, Cards: 1, Tiers: map[string]int64{"none": 10, "crisis": 1}, Helpful: 3, NotHelpful: 1}
	if !reflect.DeepEqual(s.Total, want) {
		t.Errorf("in total %+v, want %+v", s.Total, want)
	}
	if rate, ok := s.Days[29].HelpfulRate(); !ok || rate != 0.75 {
		t.Errorf("%v of today's verdicts are helpful", rate)
	}
	sections := []SectionCount{{"tea", "Tea", 4}, {"tea", strings.TrimSpace(strings.Repeat("A heading without end ", 20)), 3}, {"gone", "Gin", 2}}
	if !slices.Equal(s.Sections, sections) {
		t.Errorf("sections are %+v", s.Sections)
	}
	for _, days := range []int{0, -1, 401} {
		if _, err := b.Stats(t.Context(), "g", days); !errors.Is(err, article.ErrInvalid) {
			t.Errorf("%d days: %v", days, err)
		}
	}
}

// TestTopSections are ten, and are named also when no article can be read.
func TestTopSections(t *testing.T) {
	n := &numbers{}
	for i := range 15 {
		_ = n.Count(t.Context(), "g", article.Date{Year: 2026, Month: 3, Day: 2}, sectionName("tea", fmt.Sprintf("Section %02d", i)), int64(i/2))
	}
	b := New(Config{Counters: n, Shelves: &numbers{fail: errors.New("out of reach")}, Now: func() time.Time { return time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC) }})
	s, err := b.Stats(t.Context(), "g", 1)
	if err != nil || len(s.Sections) != 10 || s.Sections[0] != (SectionCount{"tea", "Section 14", 7}) || s.Sections[1].Section != "Section 12" {
		t.Errorf("sections are %+v, %v", s.Sections, err)
	}
	n.fail = errors.New("out of reach")
	if _, err := b.Stats(t.Context(), "g", 1); !errors.Is(err, n.fail) {
		t.Errorf("a failure is %v", err)
	}
}
