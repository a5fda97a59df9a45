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
	words, err := locale.New()
	if err != nil {
		t.Fatal(err)
	}
	return render.New(words)
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
		Updated: date(t, "2023-04-05"),
	}
}

// TestGolden renders one answer of each kind into text that can be read.
func TestGolden(t *testing.T) {
	disclaimer := card("Not medical advice")
	more := []answer.Quote{{Article: "a-title", Title: "A title", Section: "Further on"}, {Title: "Another title"}, {Title: "Another title"}}
	nearest := []answer.Heading{{Title: "A title", Section: "Close"}, {Title: "A title", Section: "Closer"}}
	tests := map[string]answer.Answer{
		"decisive": {Outcome: answer.Answered, Quote: decided(t, "It is a *gland*. ", "It is small:\n- as a walnut.", " More follows.")},
		"contradicts": {
			Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer,
			Quote:       decided(t, "Moss is a plant. ", "Moss tea is safe.", ""),
			Contradicts: []answer.Quote{elsewhere(t, "Moss tea is not safe.")},
			More:        []answer.Quote{elsewhere(t, "Moss tea is boiled."), {Article: "a-title", Title: "A title", Section: "Further on"}},
		},
		"none": {Outcome: answer.Answered, Quote: quote(t, "It is a gland.\nIt is small."), More: more},
		"safety": {
			Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer,
			Quote: quote(t, "1. Use *gloves*, see https://example.org and ask @everyone or <@123>."),
		},
		"safety-abstained": {Outcome: answer.Abstained, Tier: safety.TierSafety, Disclaimer: &disclaimer, Notice: "The articles say nothing of this.", Nearest: nearest},
		"urgent":           {Outcome: answer.Answered, Tier: safety.TierUrgent, Cards: []safety.Card{card("Urgent: see a doctor today")}, Quote: quote(t, "Stop.")},
		"emergency":        {Outcome: answer.CardOnly, Tier: safety.TierEmergency, Cards: []safety.Card{card("Emergency: call now")}},
		"crisis":           {Outcome: answer.CardOnly, Tier: safety.TierCrisis, Cards: []safety.Card{card("Crisis: talk to somebody"), card("Emergency: call now")}},
		"crisis-forbids":   {Outcome: answer.Answered, Tier: safety.TierCrisis, Cards: []safety.Card{card("Crisis: talk to somebody")}, Quote: quote(t, "No."), Disclaimer: &disclaimer},
		"meta":             {Outcome: answer.FromMeta, Meta: &answer.Meta{Field: answer.FieldAuthor, Text: "Stephen Venneman wrote it.", Title: "A title"}},
		"help":             {Outcome: answer.Help, Notice: "Ask me something."},
		"abstained":        {Outcome: answer.Abstained, Notice: "The articles do not say.", Nearest: nearest},
		"parts": {
			Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer, Quote: quote(t, "First."), Unasked: 2,
			Parts: []answer.Answer{
				{Outcome: answer.Answered, Tier: safety.TierSafety, Disclaimer: &disclaimer, Quote: quote(t, "First.")},
				{Outcome: answer.Abstained, Notice: "The articles do not say."},
				{Outcome: answer.Answered, Tier: safety.TierUrgent, Cards: []safety.Card{card("Urgent: see a doctor today")}, Quote: quote(t, "Third.")},
			},
		},
		"empty": {},
	}
	for name, a := range tests {
		t.Run(name, func(t *testing.T) { golden(t, name, text(renderer(t).Message(a))) })
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
	file := filepath.Join("testdata", name+".golden")
	if *update {
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
		m := renderer(t).Message(a)
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
	if got := text(renderer(t).Message(a)); strings.Contains(got, "says otherwise") || !strings.Contains(got, "did not fit") {
		t.Errorf("%s", got)
	}
}

func TestTiersDifferInColour(t *testing.T) {
	seen := make(map[int]safety.Tier)
	for tier := safety.TierNone; tier <= safety.TierCrisis; tier++ {
		a := answer.Answer{Tier: tier, Cards: []safety.Card{card("A level")}}
		color := renderer(t).Message(a).Embeds[0].Color
		if other, ok := seen[color]; ok {
			t.Errorf("tiers %v and %v look the same", tier, other)
		}
		seen[color] = tier
	}
}

func TestSourceLinks(t *testing.T) {
	tests := map[string]string{
		"https://example.org/a b>c": "https://example.org/a%20b%3Ec",
		"http://example.org":        "http://example.org",
		"javascript:alert(1)":       "",
		"example.org":               "",
		"https://":                  "",
		"://":                       "",
		"https://example.org/" + strings.Repeat("long/", 1000): "",
	}
	for raw, want := range tests {
		q := quote(t, "Text.")
		q.SourceURL = raw
		e := renderer(t).Message(answer.Answer{Quote: q}).Embeds[0]
		if e.URL != want || strings.Contains(e.Description, "Source:") != (want != "") {
			t.Errorf("%.40q became %q in %q", raw, e.URL, e.Description)
		}
	}
}

// TestQuoteIsNeverCut gives quotes that are far longer than any excerpt.
func TestQuoteIsNeverCut(t *testing.T) {
	for _, n := range []int{400, 3500, 4096, 9000} {
		long := strings.Repeat("a*", n/2)
		m := renderer(t).Message(answer.Answer{Quote: quote(t, long)})
		shown := strings.Contains(m.Embeds[0].Description, "> "+render.Escape(long)+"\n")
		if said := strings.Contains(m.Embeds[0].Description, "too long"); shown == said {
			t.Errorf("%d characters: shown %v, said to be too long %v", n, shown, said)
		}
		if !strings.Contains(m.Embeds[0].Description, "Stephen Venneman") {
			t.Errorf("%d characters: no author", n)
		}
	}
}
