package cli

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

var escapes = regexp.MustCompile("\x1b\\[[0-9;]*m")

func card(t testing.TB, colour bool, ans answer.Answer) string {
	t.Helper()
	var b strings.Builder
	if err := (terminal{out: &b, colour: colour}).writeAnswer(ans); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestDecisiveSentenceIsBold reads the bold text out of quotes of all lengths:
// it is the sentence that answers, and without colour nothing marks it.
func TestDecisiveSentenceIsBold(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		piece := rapid.StringOfN(rapid.SampledFrom([]rune("ab é日\n\t.")), 0, 120, -1)
		before, sentence, after := piece.Draw(rt, "before"), "x"+piece.Draw(rt, "sentence"), piece.Draw(rt, "after")
		q := answer.Quote{Text: before + sentence + after, Decisive: article.Range{Start: len(before), End: len(before) + len(sentence)}}
		var coloured, bare strings.Builder
		terminal{colour: true}.excerpt(&coloured, q)
		terminal{}.excerpt(&bare, q)
		if got := escapes.ReplaceAllString(coloured.String(), ""); got != bare.String() {
			rt.Fatalf("colour changes the text:\n%q\n%q", got, bare.String())
		}
		if got := inkless(strings.ReplaceAll(bare.String(), "│", "")); got != inkless("“"+q.Text+"”") {
			rt.Fatalf("printed %q of %q", got, q.Text)
		}
		want := inkless(sentence)
		if _, part := q.DecisiveIn(); !part {
			want = ""
		}
		if got := inkless(boldOf(coloured.String())); got != want {
			rt.Fatalf("bold is %q, want %q", got, want)
		}
	})
}

func inkless(s string) string { return strings.Join(strings.Fields(s), "") }

// boldOf returns the text between the escape sequences of bold.
func boldOf(s string) string {
	var b strings.Builder
	for _, part := range strings.Split(s, "\x1b["+bold+"m")[1:] {
		text, _, _ := strings.Cut(part, "\x1b[0m")
		b.WriteString(text)
	}
	return b.String()
}

// TestContradictionStandsBelowTheQuote wants both authors and both dates, the
// quotes before what else there is, and the origin of what is of a third article.
func TestContradictionStandsBelowTheQuote(t *testing.T) {
	ans := everything()
	ans.Contradicts = []answer.Quote{{
		Text: "A gentle massage is not safe.", Article: "other", Title: "Another view", Author: "Kim Poe",
		Updated: article.Date{Year: 2023, Month: 4, Day: 5},
	}}
	ans.More = append(ans.More, answer.Quote{
		Text: "A massage is safe when gentle.", Article: "third", Title: "A third", Author: "Lee Loe",
		Updated: article.Date{Year: 2020, Month: 1, Day: 2},
	})
	text := card(t, false, ans)
	last := -1
	for _, want := range []string{
		"│ “A gentle massage is safe.", "— Pat Doe", "Updated July 19, 2017", "Another article says otherwise:",
		"│ “A gentle massage is not safe.”", "— Kim Poe", "Updated April 5, 2023", "Also in the articles:",
		"- “A massage is safe when gentle.”", "— Lee Loe, “A third”, updated January 2, 2020",
	} {
		i := strings.Index(text, want)
		if i <= last {
			t.Fatalf("%q is missing or out of order in\n%s", want, text)
		}
		last = i
	}
	if n := strings.Count(text, "Pat Doe"); n != 1 {
		t.Errorf("the author of the quote is named %d times", n)
	}
}

func TestAbstentionListsTheNearestHeadings(t *testing.T) {
	ans := answer.Answer{
		Outcome: answer.Abstained, Notice: "The articles do not answer that.",
		Nearest: []answer.Heading{{Article: "a", Title: "The gland", Section: "Safety"}, {Article: "a", Title: "The gland"}},
	}
	text := card(t, false, ans)
	if !strings.Contains(text, "The nearest they have:\n  - The gland: Safety\n  - The gland\n") {
		t.Errorf("%s", text)
	}
}
