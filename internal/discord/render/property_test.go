package render_test

import (
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/render"
	"verbatim/internal/safety"
)

// wild is text of the kinds that break messages: markup, mentions, emoji built of
// many code points, lines, and lengths beyond every limit.
func wild(longest int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		piece := rapid.SampledFrom([]string{
			"word ", "*", "_x_", "`", "@everyone ", "<@123> ", "https://x.org ", "\n", "- ", "1. ", "👩‍👩‍👧‍👦", "é", "\\", "> ", "||", "日本語", "\u202E",
		})
		text := strings.Join(rapid.SliceOfN(piece, 0, 30).Draw(t, "pieces"), "")
		return strings.Repeat(text, rapid.IntRange(1, max(1, longest/100)).Draw(t, "times"))
	})
}

func wildCard(t *rapid.T) safety.Card {
	return safety.Card{
		Title: wild(1000).Draw(t, "title"), Action: wild(3000).Draw(t, "action"),
		Bullets: rapid.SliceOfN(wild(2000), 0, 5).Draw(t, "bullets"), Note: wild(3000).Draw(t, "note"),
	}
}

func wildQuote(t *rapid.T) answer.Quote {
	q := answer.Quote{
		Text: wild(3000).Draw(t, "text"), Title: wild(1000).Draw(t, "title"), Section: wild(1000).Draw(t, "section"),
		Author: wild(1000).Draw(t, "author"), AuthorBio: wild(5000).Draw(t, "bio"), SourceURL: "https://x.org/" + wild(3000).Draw(t, "url"),
	}
	if rapid.Bool().Draw(t, "adapted") {
		q.AdaptedFrom = &article.Adaptation{Title: wild(2000).Draw(t, "work"), Author: wild(1000).Draw(t, "by")}
	}
	return q
}

func wildAnswer(t *rapid.T, parts int) answer.Answer {
	a := answer.Answer{
		Outcome: rapid.SampledFrom([]answer.Outcome{answer.Answered, answer.Abstained, answer.CardOnly, answer.Help, answer.FromMeta}).Draw(t, "outcome"),
		Tier:    safety.Tier(rapid.IntRange(0, 6).Draw(t, "tier")),
		Notice:  wild(9000).Draw(t, "notice"),
	}
	for range rapid.IntRange(0, 3).Draw(t, "cards") {
		a.Cards = append(a.Cards, wildCard(t))
	}
	if rapid.Bool().Draw(t, "disclaimed") {
		d := wildCard(t)
		a.Disclaimer = &d
	}
	if rapid.Bool().Draw(t, "quoted") {
		q := wildQuote(t)
		a.Quote, a.More = &q, []answer.Quote{wildQuote(t), wildQuote(t)}
	}
	if rapid.Bool().Draw(t, "meta") {
		a.Meta = &answer.Meta{Field: answer.FieldCitation, Text: wild(9000).Draw(t, "metatext"), Title: wild(1000).Draw(t, "metatitle")}
	}
	for range rapid.IntRange(0, 4).Draw(t, "nearest") {
		a.Nearest = append(a.Nearest, answer.Heading{Title: wild(500).Draw(t, "near"), Section: wild(500).Draw(t, "section")})
	}
	for range rapid.IntRange(0, parts).Draw(t, "parts") {
		a.Parts = append(a.Parts, wildAnswer(t, 0))
	}
	return a
}

// TestAnyAnswerFits holds every message against Discord's limits and expects
// that something is shown, that cards keep their place at the top, and that
// nothing is quoted beside a card that forbids it.
func TestAnyAnswerFits(t *testing.T) {
	r := renderer(t)
	rapid.Check(t, func(t *rapid.T) {
		a := wildAnswer(t, 3)
		m := r.Message(a)
		limits(t, m)
		if len(m.Embeds) == 0 {
			t.Fatal("an empty message")
		}
		if n := units(m.Plain()); n > 2000 || n == 0 && len(m.Embeds) > 1 {
			t.Fatalf("the plain text has %d characters", n)
		}
		if a.Tier >= safety.TierEmergency && a.Tier <= safety.TierCrisis && strings.Contains(m.Plain(), "Source:") {
			t.Fatal("a quote beside a card of tier emergency or crisis")
		}
		if m.Ephemeral != anyCrisis(a) {
			t.Fatalf("ephemeral: %v", m.Ephemeral)
		}
	})
}

// TestCardsAreAlwaysShown puts ordinary cards before and beside wild text.
func TestCardsAreAlwaysShown(t *testing.T) {
	r := renderer(t)
	rapid.Check(t, func(t *rapid.T) {
		a := wildAnswer(t, 3)
		a.Tier, a.Cards = safety.TierEmergency, []safety.Card{card("Crisis"), card("Emergency")}
		disclaimed := card("Not medical advice")
		a.Disclaimer = &disclaimed
		m := r.Message(a)
		if len(m.Embeds) < 2 || m.Embeds[0].Title != "Crisis" || m.Embeds[1].Title != "Emergency" {
			t.Fatalf("the message starts with %+v", m.Embeds)
		}
	})
}

func anyCrisis(a answer.Answer) bool {
	found := a.Tier == safety.TierCrisis
	for _, part := range a.Parts {
		found = found || part.Tier == safety.TierCrisis
	}
	return found
}

func limits(t *rapid.T, m render.Message) {
	total := 0
	for i, e := range m.Embeds {
		footer := 0
		if e.Footer != nil {
			if footer = units(e.Footer.Text); footer == 0 || footer > 2048 {
				t.Fatalf("embed %d: footer of %d", i, footer)
			}
		}
		title, description := units(e.Title), units(e.Description)
		if title > 256 || description > 4096 || title+description+footer == 0 || units(e.URL) > 2048 {
			t.Fatalf("embed %d: title %d, description %d, address %d", i, title, description, units(e.URL))
		}
		total += title + description + footer
	}
	if len(m.Embeds) > 10 || total > 6000 {
		t.Fatalf("%d embeds, %d characters", len(m.Embeds), total)
	}
}

// TestQuoteComesBack reads the quote out of the message again, byte for byte.
func TestQuoteComesBack(t *testing.T) {
	r := renderer(t)
	rapid.Check(t, func(t *rapid.T) {
		q := wildQuote(t)
		q.Text = "x" + rapid.StringN(0, 390, -1).Draw(t, "text")
		e := r.Message(answer.Answer{Outcome: answer.Answered, Quote: &q}).Embeds[0]
		var quoted []string
		for line := range strings.SplitSeq(e.Description, "\n") {
			rest, ok := strings.CutPrefix(line, "> ")
			if !ok {
				break
			}
			quoted = append(quoted, rest)
		}
		if got := render.Unescape(strings.Join(quoted, "\n")); got != q.Text {
			t.Fatalf("read back %q, want %q", got, q.Text)
		}
	})
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }
