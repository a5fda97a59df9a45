package render_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
	"verbatim/internal/safety"
)

// wild is text of the kinds that break messages: markup, mentions, emoji built of
// many code points, lines, and lengths beyond every limit.
func wild(longest int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		piece := rapid.SampledFrom([]string{
			"word ", "*", "discord.gg/x ", "_x_", "`", "@everyone ", "<@123> ", "https://x.org ", "\n", "- ", "1. ", "👩‍👩‍👧‍👦", "é", "\\", "> ", "||", "日本語", "\u202E", "\u2066",
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
	q.Decisive = wildPiece(t, q.Text)
	q.Language, q.Updated, q.Reviewed = rapid.SampledFrom([]string{"", "en", "de", "*_x_*", "und"}).Draw(t, "language"), wildDate(t), wildDate(t)
	if rapid.Bool().Draw(t, "adapted") {
		q.AdaptedFrom = &article.Adaptation{Title: wild(2000).Draw(t, "work"), Author: wild(1000).Draw(t, "by")}
	}
	return q
}

// wildDate is a date, or none.
func wildDate(t *rapid.T) article.Date {
	if rapid.Bool().Draw(t, "undated") {
		return article.Date{}
	}
	return article.DateOf(time.Unix(rapid.Int64Range(-1<<33, 1<<33).Draw(t, "date"), 0).UTC())
}

// wildLook is a look, and wildRenderer renders in some language.
func wildLook(t *rapid.T) render.Look {
	is := func(what string) bool { return rapid.Bool().Draw(t, what) }
	return render.Look{
		Today: wildDate(t), StaleDays: rapid.IntRange(0, 9999).Draw(t, "stale"), ShowReview: is("review"),
		Thread: is("thread"), Shared: is("shared"), Changed: is("changed"), Withdrawn: is("withdrawn"),
	}
}

func wildRenderer(t *rapid.T, all *locale.Catalogue) *render.Renderer {
	return render.New(all.For(rapid.SampledFrom(locale.Languages()).Draw(t, "reader")))
}

func loadAll(t *testing.T) *locale.Catalogue {
	t.Helper()
	all, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// wildPiece is a range that may lie in text, or not.
func wildPiece(t *rapid.T, text string) article.Range {
	edge := rapid.IntRange(-1, len(text)+1)
	return article.Range{Start: edge.Draw(t, "start"), End: edge.Draw(t, "end")}
}

func wildAnswer(t *rapid.T, parts int) answer.Answer {
	a := answer.Answer{
		Outcome: rapid.SampledFrom([]answer.Outcome{answer.Answered, answer.Abstained, answer.CardOnly, answer.Help, answer.FromMeta}).Draw(t, "outcome"),
		Tier:    safety.Tier(rapid.IntRange(0, 6).Draw(t, "tier")),
		Notice:  wild(9000).Draw(t, "notice"),
		Reason:  rapid.SampledFrom([]answer.Reason{"", answer.Unanswered, answer.WhichOne}).Draw(t, "reason"), Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence"),
		Offered: rapid.SliceOfN(wild(900), 0, 7).Draw(t, "offered"),
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
		if rapid.Bool().Draw(t, "contradicted") {
			a.Contradicts = []answer.Quote{wildQuote(t)}
		}
	}
	if rapid.Bool().Draw(t, "meta") {
		a.Meta = wildAbout(t)
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
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		r, look := wildRenderer(t, all), wildLook(t)
		a := wildAnswer(t, 3)
		m := r.Message(a, look)
		safe(t, m)
		if m.Plain() == "" && len(m.Embeds) > 1 {
			t.Fatal("no plain text")
		}
		if a.Tier >= safety.TierEmergency && a.Tier <= safety.TierCrisis && strings.Contains(m.Plain(), "](<http") {
			t.Fatal("a quote beside a card of tier emergency or crisis")
		}
		if m.Ephemeral != anyCrisis(a) {
			t.Fatalf("ephemeral: %v", m.Ephemeral)
		}
	})
}

// TestCardsAreAlwaysShown puts ordinary cards before and beside wild text.
func TestCardsAreAlwaysShown(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		r, look := wildRenderer(t, all), wildLook(t)
		a := wildAnswer(t, 3)
		a.Tier, a.Cards = safety.TierEmergency, []safety.Card{card("Crisis"), card("Emergency")}
		disclaimed := card("Not medical advice")
		a.Disclaimer = &disclaimed
		m := r.Message(a, look)
		if len(m.Embeds) < 2 || m.Embeds[0].Title != "Crisis" || m.Embeds[1].Title != "Emergency" {
			t.Fatalf("the message starts with %+v", m.Embeds)
		}
	})
}

// outsideQuotes is a text without the lines that are marked as a quote.
func outsideQuotes(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, "> ") }), "\n")
}

func anyCrisis(a answer.Answer) bool {
	found := a.Tier == safety.TierCrisis
	for _, part := range a.Parts {
		found = found || part.Tier == safety.TierCrisis
	}
	return found
}

func limits(t failer, m render.Message) {
	t.Helper()
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

// TestQuoteComesBack reads the quote out of the message again, byte for byte,
// whichever sentence of it is in bold; and what is bold is that sentence.
func TestQuoteComesBack(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		r, look := wildRenderer(t, all), wildLook(t)
		q := wildQuote(t)
		q.Text = "x" + rapid.OneOf(rapid.StringN(0, 390, -1), wild(99)).Draw(t, "text")
		q.Decisive = wildPiece(t, q.Text)
		against := wildQuote(t)
		against.Text = "y" + q.Text
		m := r.Message(answer.Answer{Outcome: answer.Answered, Quote: &q, Contradicts: []answer.Quote{against}}, look)
		words, bold := readBack(quoted(m.Embeds[0]))
		if words != q.Text {
			t.Fatalf("read back %q, want %q", words, q.Text)
		}
		want := ""
		if d, ok := q.DecisiveIn(); ok {
			want = q.Text[d.Start:d.End]
		}
		if squeeze(bold) != squeeze(want) {
			t.Fatalf("bold is %q, want %q", bold, want)
		}
		if len(m.Embeds) > 1 && m.Embeds[1].Title != "" {
			if words, _ := readBack(quoted(m.Embeds[1])); words != against.Text && len(against.Text) < 1000 {
				t.Fatalf("the other quote reads %q, want %q", words, against.Text)
			}
		}
	})
}

// quoted returns the lines of an embed that are marked as a quote.
func quoted(e render.Embed) string {
	var lines []string
	for line := range strings.SplitSeq(e.Description, "\n") {
		if rest, ok := strings.CutPrefix(line, "> "); ok {
			lines = append(lines, rest)
		} else if len(lines) > 0 {
			break
		}
	}
	return strings.Join(lines, "\n")
}

// readBack reads Markdown as Discord does, as far as bold and backslashes go.
func readBack(markdown string) (words, bold string) {
	var all, strong strings.Builder
	inBold := false
	for i := 0; i < len(markdown); i++ {
		if strings.HasPrefix(markdown[i:], "**") {
			inBold = !inBold
			i++
			continue
		}
		if markdown[i] == '\\' && i+1 < len(markdown) {
			i++
		}
		all.WriteByte(markdown[i])
		if inBold {
			strong.WriteByte(markdown[i])
		}
	}
	return all.String(), strong.String()
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), "") }

func units(s string) int { return len(utf16.Encode([]rune(s))) }
