package render_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
	"verbatim/internal/safety"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func renderer(t testing.TB) *render.Renderer {
	t.Helper()
	return inLanguage(t, "en")
}

func inLanguage(t testing.TB, language string) *render.Renderer {
	t.Helper()
	words, err := locale.New(language)
	if err != nil {
		t.Fatal(err)
	}
	return render.New(words)
}

// today is a look with a date and nothing else.
func today(t testing.TB) render.Look {
	t.Helper()
	return render.Look{Today: date(t, "2026-11-22")}
}

// careful is a look with all that a guild can ask for.
func careful(t testing.TB) render.Look {
	t.Helper()
	return render.Look{Today: date(t, "2026-11-22"), StaleDays: 1825, ShowReview: true}
}

func date(t testing.TB, iso string) article.Date {
	t.Helper()
	d, err := article.ParseDate(iso)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func card(title string) safety.Card {
	return safety.Card{
		Title: title, Action: "Do the one thing that helps.", Bullets: []string{"First.", "Second, at example.org/help_me."},
		Note: "No clinician has reviewed this text.",
	}
}

func quote(t testing.TB, text string) *answer.Quote {
	t.Helper()
	return &answer.Quote{
		Text: text, Article: "a-title", Title: "A title", Section: "What is *known*", Author: "Stephen Venneman",
		AuthorBio: "Writes about massage; holds a doctorate.", Updated: date(t, "2017-07-19"), SourceURL: "https://example.org/a_title?x=1",
		Language:    "en",
		AdaptedFrom: &article.Adaptation{Title: "Is it Safe to Massage a Prostate?", Author: "Stephen Venneman", Updated: date(t, "2017-07-19")},
	}
}

// decided is a quote whose middle part is the sentence that answers.
func decided(t testing.TB, before, sentence, after string) *answer.Quote {
	t.Helper()
	q := quote(t, before+sentence+after)
	q.Decisive = article.Range{Start: len(before), End: len(before) + len(sentence)}
	return q
}

// elsewhere is a quote of another article.
func elsewhere(t testing.TB, text string) answer.Quote {
	t.Helper()
	return answer.Quote{
		Text: text, Article: "moss", Title: "All of moss", Section: "In the cup", Author: "Kim Poe", AuthorBio: "Keeps a moss garden.",
		Updated: date(t, "2023-04-05"), Reviewed: date(t, "2026-05-03"), Language: "de-CH",
	}
}

// text writes a message down so that a difference can be read.
func text(m render.Message) string {
	var b strings.Builder
	fmt.Fprintf(&b, "ephemeral: %v\n", m.Ephemeral)
	for _, e := range m.Embeds {
		fmt.Fprintf(&b, "\n== #%06X %s\n", e.Color, e.Title)
		if e.URL != "" {
			fmt.Fprintf(&b, "-> %s\n", e.URL)
		}
		b.WriteString(e.Description + "\n")
		if e.Footer != nil {
			fmt.Fprintf(&b, "-- %s\n", e.Footer.Text)
		}
	}
	fmt.Fprintf(&b, "\n== plain\n%s\n", m.Plain())
	return b.String()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", filepath.FromSlash(name)+".golden")
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run go test -update", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestNearestIsShown expects the nearest headings wherever an abstention stands,
// alone or as a part, in embeds and as plain text.
func TestNearestIsShown(t *testing.T) {
	quiet := answer.Answer{Outcome: answer.Abstained, Notice: "The articles do not say.", Nearest: []answer.Heading{{Title: "A title", Section: "Close"}, {Title: "No section"}}}
	for name, a := range map[string]answer.Answer{
		"alone": quiet, "a part": {Outcome: answer.Answered, Quote: quote(t, "Yes."), Parts: []answer.Answer{quiet}},
	} {
		m := renderer(t).Message(a, today(t))
		for _, want := range []string{"- A title › Close", "- No section"} {
			if !strings.Contains(m.Embeds[len(m.Embeds)-1].Description, want) || !strings.Contains(m.Plain(), want) {
				t.Errorf("%s: %q is not shown", name, want)
			}
		}
	}
}

// TestContradictionIsNotShownAlone leaves room for neither quote.
func TestContradictionIsNotShownAlone(t *testing.T) {
	long := card("Long")
	long.Bullets = slices.Repeat([]string{strings.Repeat("word ", 98)}, 8)
	a := answer.Answer{
		Outcome: answer.Answered, Tier: safety.TierUrgent, Cards: []safety.Card{long}, Quote: quote(t, strings.Repeat("Long. ", 300)),
		Contradicts: []answer.Quote{elsewhere(t, "Short.")},
	}
	if got := text(renderer(t).Message(a, today(t))); strings.Contains(got, "says otherwise") || !strings.Contains(got, "did not fit") {
		t.Errorf("%s", got)
	}
}

func TestTiersDifferInColour(t *testing.T) {
	seen := make(map[int]safety.Tier)
	for tier := safety.TierNone; tier <= safety.TierCrisis; tier++ {
		a := answer.Answer{Tier: tier, Cards: []safety.Card{card("A level")}}
		color := renderer(t).Message(a, today(t)).Embeds[0].Color
		if other, ok := seen[color]; ok {
			t.Errorf("tiers %v and %v look the same", tier, other)
		}
		seen[color] = tier
	}
}

// TestQuoteIsNeverCut gives quotes that are far longer than any excerpt.
func TestQuoteIsNeverCut(t *testing.T) {
	for _, n := range []int{400, 3500, 4096, 9000} {
		long := strings.Repeat("a*", n/2)
		m := renderer(t).Message(answer.Answer{Quote: quote(t, long)}, today(t))
		shown := strings.Contains(m.Embeds[0].Description, "> "+render.Escape(long)+"\n")
		if said := strings.Contains(m.Embeds[0].Description, "too long"); shown == said {
			t.Errorf("%d characters: shown %v, said to be too long %v", n, shown, said)
		}
		if !strings.Contains(m.Embeds[0].Description, "Stephen Venneman") {
			t.Errorf("%d characters: no author", n)
		}
	}
}

// TestPlainOrder expects a screen reader to meet the parts of a reply in the order
// in which they matter, in embeds and as plain text.
func TestPlainOrder(t *testing.T) {
	disclaimer := card("Not medical advice")
	m := renderer(t).Message(answer.Answer{
		Outcome: answer.Answered, Tier: safety.TierUrgent, Cards: []safety.Card{card("Urgent: see a doctor today")}, Disclaimer: &disclaimer,
		Confidence: .95, Quote: quote(t, "It is a gland."),
	}, careful(t))
	var embeds strings.Builder
	for _, e := range m.Embeds {
		embeds.WriteString(e.Title + "\n" + e.Description + "\n")
		if e.Footer != nil {
			embeds.WriteString(e.Footer.Text + "\n")
		}
	}
	for name, got := range map[string]string{"embeds": embeds.String(), "plain": m.Plain()} {
		rest := got
		for _, want := range []string{
			"Urgent: see a doctor today", "Not medical advice", "A title", "It is a gland.", "By Stephen Venneman", "holds a doctorate",
			"Section: What is", "Updated 19 July 2017", "9 years ago", "out of date", "Not reviewed", "The wording is adapted", "Read it in the article",
			"This seems to answer",
		} {
			_, after, found := strings.Cut(rest, want)
			if !found {
				t.Errorf("%s: %q is missing or out of order in\n%s", name, want, got)
			}
			rest = after
		}
	}
}

func TestTextIsPlain(t *testing.T) {
	m := renderer(t).Text("*Wait* for @everyone, " + strings.Repeat("word ", 2000))
	if got := m.Embeds[0].Description; !strings.HasPrefix(got, `\*Wait\* for \@everyone,`) || len(got) > 4100 {
		t.Errorf("%.80q of %d", got, len(got))
	}
	if got := renderer(t).Sentence(locale.NoticeStale).Plain(); got != "This button no longer works. Please ask the question again." {
		t.Errorf("%q", got)
	}
}

// TestPlainReadsAsItLooks expects every message to have its words in one order, in
// embeds and as plain text.
func TestPlainReadsAsItLooks(t *testing.T) {
	r := renderer(t)
	messages := others(t, r)
	for name, a := range frontMatter(t) {
		messages[name] = r.Message(a, careful(t))
	}
	for name, m := range messages {
		rest := m.Plain()
		for _, e := range m.Embeds {
			pieces := []string{e.Title, e.Description}
			if e.Footer != nil {
				pieces = append(pieces, render.Escape(e.Footer.Text))
			}
			for _, piece := range pieces {
				_, after, found := strings.Cut(rest, piece)
				if !found {
					t.Errorf("%s: %q is missing or out of order in\n%s", name, piece, m.Plain())
				}
				rest = after
			}
		}
	}
}
