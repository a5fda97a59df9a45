package propagate_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/discord/propagate"
)

func TestCounterpart(t *testing.T) {
	t.Parallel()
	const heading = "How deep it is"
	tests := map[string]struct {
		then, section string
		now           []string
		want          string // empty for none
		under         string
	}{
		"the same words":          {"A pond is one metre deep.", heading, []string{heading, "Ask first. A pond is one metre deep."}, "A pond is one metre deep.", heading},
		"moved":                   {"A pond is one metre deep.", heading, []string{"Elsewhere", "A pond is one metre deep."}, "A pond is one metre deep.", "Elsewhere"},
		"rather below its own":    {"Ask first.", heading, []string{"Elsewhere", "Ask first.", heading, "Dig. Ask first."}, "Ask first.", heading},
		"another number":          {"A pond should be at least 80 centimetres deep.", heading, []string{heading, "Ask first. A pond should be at least 120 centimetres deep. Dig slowly."}, "A pond should be at least 120 centimetres deep.", heading},
		"one sentence became two": {"Dig the pond in spring and line it with clay.", heading, []string{heading, "Measure it. Dig the pond in spring. Line it with good clay. Frogs come later."}, "Dig the pond in spring. Line it with good clay.", heading},
		"the heading's case":      {"A pond should be at least 80 centimetres deep.", "how deep  It is", []string{heading, "A pond should be at least 120 centimetres deep."}, "A pond should be at least 120 centimetres deep.", heading},
		"another subject":         {"A pond should be at least 80 centimetres deep.", heading, []string{heading, "Frogs are green. Nobody feeds them in winter."}, "", ""},
		"only small words shared": {"It is a gland of the body.", heading, []string{heading, "It is a rule of the house. It is a matter of the law. It is a part of the game."}, "", ""},
		"another section":         {"A pond should be at least 80 centimetres deep.", heading, []string{"Elsewhere", "A pond should be at least 120 centimetres deep."}, "", ""},
		"without spaces":          {"池の深さは八十センチです。", heading, []string{heading, "最初に測る。池の深さは九十センチです。"}, "池の深さは九十センチです。", heading},
		"nothing":                 {"", heading, []string{heading, "Frogs are green."}, "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := parse(t, "Ponds", test.now...)
			q, section, ok := propagate.Counterpart(answer.Quote{Text: test.then, Section: test.section}, now)
			if ok != (test.want != "") || q.Text != test.want || section.Heading != test.under {
				t.Fatalf("%q below %q, %v; want %q below %q", q.Text, section.Heading, ok, test.want, test.under)
			}
			if text, err := now.Text(q.Span); ok && (err != nil || text != q.Text || q.Author != "Jo Kettle" || q.Section != test.under) {
				t.Errorf("its span reads %q, %v: %+v", text, err, q)
			}
		})
	}
}

// TestCounterpartIsASpan: whatever was quoted, what is found is a piece of the article.
func TestCounterpartIsASpan(t *testing.T) {
	t.Parallel()
	words := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("tea pond frog. deep, 80 120 is a Dig water? clay é 池")), 1, 30)
	rapid.Check(t, func(rt *rapid.T) {
		text := func(label string) string { return strings.Join(words.Draw(rt, label), " ") }
		now := parse(t, "Ponds", "One", text("one"), "Two", text("two"))
		then := answer.Quote{Text: text("then"), Section: rapid.SampledFrom([]string{"One", "Two", "", "Three"}).Draw(rt, "below")}
		q, section, ok := propagate.Counterpart(then, now)
		if !ok {
			return
		}
		got, err := now.Text(q.Span)
		if err != nil || got == "" || got != q.Text {
			rt.Fatalf("%q is no piece of the text: %q, %v", q.Text, got, err)
		}
		if r := (article.Range{Start: section.Start, End: section.End}); q.Span.Start < r.Start || q.Span.End > r.End {
			rt.Fatalf("%+v is not in %+v", q.Span, r)
		}
	})
}
