package render_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/locale"
	"verbatim/internal/discord/render"
	"verbatim/internal/safety"
)

// TestBriefAndCards show wild cards to everybody and to one.
func TestBriefAndCards(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		r, a := wildRenderer(t, all), wildAnswer(t, 2)
		a.Tier, a.Cards = safety.TierCrisis, append([]safety.Card{card("Crisis")}, a.Cards...)
		brief, full := r.Brief(a, wildLook(t)), r.Cards(a)
		safe(t, brief)
		safe(t, full)
		if brief.Ephemeral || !full.Ephemeral {
			t.Fatalf("brief for one: %v, full for one: %v", brief.Ephemeral, full.Ephemeral)
		}
		if got := brief.Embeds[0]; got.Title != "Crisis" || strings.Contains(got.Description, "First.") {
			t.Fatalf("the short form opens with %+v", got)
		}
		if got := full.Embeds[0]; got.Title != "Crisis" || !strings.Contains(got.Description, "First.") {
			t.Fatalf("the whole form opens with %+v", got)
		}
	})
}

// TestBriefSaysWhereTheRestIs expects the hint once, and none where there is no card.
func TestBriefSaysWhereTheRestIs(t *testing.T) {
	twice := answer.Answer{Outcome: answer.CardOnly, Tier: safety.TierCrisis, Cards: []safety.Card{card("Crisis"), card("Emergency")}}
	twice.Parts = []answer.Answer{twice, {Outcome: answer.CardOnly, Tier: safety.TierCrisis, Cards: []safety.Card{card("Crisis")}}}
	m := renderer(t).Brief(twice, today(t))
	if n := strings.Count(m.Plain(), "The button shows helplines"); n != 1 || len(m.Embeds) != 2 {
		t.Errorf("%d hints in\n%s", n, m.Plain())
	}
	none := tiers(t)["safety"]
	if got, want := text(renderer(t).Brief(none, today(t))), text(renderer(t).Message(none, today(t))); got != want {
		t.Errorf("without cards\n%s\nwant\n%s", got, want)
	}
}

// TestTailIsShown expects the hint for a thread however full the message is, and
// never beside a card that forbids all else.
func TestTailIsShown(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		a := wildAnswer(t, 3)
		m := render.New(all.For("en")).Message(a, render.Look{Thread: true})
		said := strings.Contains(m.Embeds[len(m.Embeds)-1].Description, "In this thread")
		forbidden := slices.ContainsFunc(append([]answer.Answer{a}, a.Parts...), func(one answer.Answer) bool {
			return one.Tier == safety.TierCrisis || one.Tier == safety.TierEmergency
		})
		if said == forbidden {
			t.Fatalf("said: %v, forbidden: %v", said, forbidden)
		}
	})
}

// TestPassagesAreWhole reads each passage that is shown back, byte for byte.
func TestPassagesAreWhole(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		var quotes []answer.Quote
		for i := range rapid.IntRange(0, 4).Draw(t, "quotes") {
			q := wildQuote(t)
			q.Text = fmt.Sprint(i, "x") + q.Text
			q.Decisive = wildPiece(t, q.Text)
			quotes = append(quotes, q)
		}
		m := wildRenderer(t, all).Passages(quotes, wildLook(t))
		safe(t, m)
		for _, e := range m.Embeds {
			words, _ := readBack(quoted(e))
			if words != "" && !slices.ContainsFunc(quotes, func(q answer.Quote) bool { return q.Text == words }) {
				t.Fatalf("%q is none of the passages", words)
			}
		}
	})
}

// TestContextHoldsTheQuote reads back the quote and what stands around it: the end of
// what was before and the beginning of what was after, with a mark where it is cut.
func TestContextHoldsTheQuote(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		q := wildQuote(t)
		q.Text = "x" + rapid.OneOf(rapid.StringN(0, 390, -1), wild(99)).Draw(t, "text") + "x"
		before, after := wild(9000).Draw(t, "before"), wild(9000).Draw(t, "after")
		m := wildRenderer(t, all).Context(q, before, after, wildLook(t))
		safe(t, m)
		words, bold := readBack(quoted(m.Embeds[0]))
		first, last, found := strings.Cut(words, q.Text)
		if !found || squeeze(bold) != squeeze(q.Text) || !m.Ephemeral {
			t.Fatalf("%q with %q in bold, want %q", words, bold, q.Text)
		}
		if tail := strings.TrimPrefix(first, "… "); !strings.HasSuffix(before, tail) || tail == first && first != "" && squeeze(first) != squeeze(before) {
			t.Fatalf("before: %q of %q", first, before)
		}
		if head := strings.TrimSuffix(last, " …"); !strings.HasPrefix(after, head) || head == last && last != "" && squeeze(last) != squeeze(after) {
			t.Fatalf("after: %q of %q", last, after)
		}
	})
}

func TestContextIsCutAtSentences(t *testing.T) {
	before, after := strings.Repeat("One goes before it. ", 300), strings.Repeat(" Another goes after it.", 300)
	m := renderer(t).Context(*quote(t, "It is a gland."), before, after, today(t))
	words, bold := readBack(quoted(m.Embeds[0]))
	if !strings.HasPrefix(words, "… One goes before it. One") || !strings.HasSuffix(words, "goes after it. …") || bold != "It is a gland." || units(m.Embeds[0].Description) < 3900 {
		t.Errorf("%d characters: %.60q ... %q", units(m.Embeds[0].Description), words, words[len(words)-60:])
	}
	long := renderer(t).Context(*quote(t, strings.Repeat("a*", 3000)), before, after, today(t))
	if !strings.Contains(long.Embeds[0].Description, "too long") {
		t.Errorf("%.80q", long.Embeds[0].Description)
	}
}

// TestArticlesAreCountedToTheEnd adds what is listed to what is said to be more.
func TestArticlesAreCountedToTheEnd(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		list := make([]article.Meta, rapid.IntRange(0, 60).Draw(t, "articles"))
		for i := range list {
			list[i] = wildMeta(t)
			list[i].Title = "Title"
		}
		m := render.New(all.For("en")).Articles(list, wildLook(t))
		safe(t, m)
		listed := strings.Count(m.Embeds[0].Description, "**Title**")
		more := 0
		if _, rest, cut := strings.Cut(m.Embeds[0].Description, "There are "); cut {
			fmt.Sscanf(rest, "%d more articles.", &more) //nolint:errcheck // zero then, which fails below
		} else if strings.Contains(m.Embeds[0].Description, "There is 1 more") {
			more = 1
		}
		if listed+more != len(list) {
			t.Fatalf("%d of %d listed and %d more in %q", listed, len(list), more, m.Embeds[0].Description)
		}
	})
}

// TestCitationStaysInItsBlock reads the citation out of its block of code.
func TestCitationStaysInItsBlock(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		cited := "x" + rapid.StringMatching("[`a\n]{0,60}").Draw(t, "backticks") + wild(2000).Draw(t, "rest")
		style := rapid.SampledFrom(article.Styles()).Draw(t, "style")
		m := wildRenderer(t, all).Citation(style, cited, wild(900).Draw(t, "title"))
		safe(t, m)
		inner, opened := strings.CutPrefix(m.Embeds[0].Description, "```\n")
		inner, closed := strings.CutSuffix(inner, "\n```")
		if !opened || !closed || strings.Contains(inner, "```") || !m.Ephemeral {
			t.Fatalf("%q", m.Embeds[0].Description)
		}
		shown, cut := strings.CutSuffix(strings.ReplaceAll(inner, "\u200b", ""), "…")
		want := strings.TrimSpace(strings.NewReplacer("\u202E", "", "\u2066", "").Replace(cited))
		if !strings.HasPrefix(want, shown) || !cut && shown != want {
			t.Fatalf("%q, want %q", shown, want)
		}
	})
}

func TestPointerNamesOnlyChannels(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		ids := rapid.SliceOf(rapid.OneOf(wild(100), rapid.StringMatching(`[0-9]{17,20}`))).Draw(t, "ids")
		m := wildRenderer(t, all).Pointer(ids)
		safe(t, m)
		named := strings.Count(m.Plain(), "<#")
		valid := 0
		for _, id := range ids {
			if strings.Trim(id, "0123456789") == "" && id != "" {
				valid++
			}
		}
		if named != min(5, valid) || !m.Ephemeral {
			t.Fatalf("%d of %d channels in %q", named, valid, m.Plain())
		}
	})
}

func TestFixedMessages(t *testing.T) {
	all := loadAll(t)
	rapid.Check(t, func(t *rapid.T) {
		r := wildRenderer(t, all)
		number := rapid.IntRange(0, 1e9)
		p := render.Privacy{
			Days: number.Draw(t, "days"), Gaps: rapid.Bool().Draw(t, "gaps"), Answers: number.Draw(t, "answers"), Votes: number.Draw(t, "votes"),
			OptedIn: rapid.Bool().Draw(t, "opted"), Direct: rapid.Bool().Draw(t, "direct"),
		}
		for _, m := range []render.Message{
			r.Help(rapid.SliceOf(wild(900)).Draw(t, "titles"), rapid.Bool().Draw(t, "intent"), rapid.Bool().Draw(t, "gaps")), r.Privacy(p), r.Veiled(), r.Confirm(),
		} {
			safe(t, m)
		}
		if said := r.Privacy(p).Plain(); !strings.Contains(said, fmt.Sprint(p.Days)) || p.Answers > 0 && !strings.Contains(said, fmt.Sprint(p.Answers)) {
			t.Fatalf("%+v: %s", p, said)
		}
	})
}

// TestEveryStyleHasAName in every language, as a label.
func TestEveryStyleHasAName(t *testing.T) {
	for _, language := range locale.Languages() {
		for _, style := range article.Styles() {
			if name := inLanguage(t, language).StyleName(style); name == "" || strings.HasPrefix(name, "style.") {
				t.Errorf("%s: %s is called %q", language, style, name)
			}
		}
	}
}

func TestLabel(t *testing.T) {
	tests := map[string]struct {
		texts []string
		want  string
	}{
		"the first":     {[]string{"Safety", "A title"}, "Safety"},
		"nothing first": {[]string{" \u202E", "A *title*"}, "A *title*"},
		"long":          {[]string{strings.Repeat("word ", 30)}, strings.TrimSpace(strings.Repeat("word ", 16)) + "…"},
		"lines":         {[]string{"a\nb"}, "a b"},
		"none":          {nil, ""},
	}
	for name, test := range tests {
		if got := render.Label(test.texts...); got != test.want || units(got) > 80 {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}
