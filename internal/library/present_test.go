package library

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestPresent_Instead(t *testing.T) {
	const body = "The pond is the size of a table. It lies in the shade of the house.\n\n## Winter\n\n" +
		"A floating ball keeps the pond from freezing shut. Check the ball every week. Do not break the ice with a hammer.\n\n" +
		"## Fish\n\n- Goldfish eat the larvae of mosquitoes.\n- Koi need a pond of the depth of a man."
	a := parsed(t, "Garden ponds", body)
	p := NewPresent(a)
	for name, tc := range map[string]struct{ was, now string }{
		"same":             {"Check the ball every week.", "Check the ball every week."},
		"a word":           {"A floating pump keeps the pond from freezing shut.", "A floating ball keeps the pond from freezing shut."},
		"number":           {"Check the ball every two weeks.", "Check the ball every week."},
		"two sentences":    {"A small floating ball keeps the pond from freezing. Check the ball every month.", "A floating ball keeps the pond from freezing shut. Check the ball every week."},
		"one of two":       {"Never break the ice with a hammer.", "Do not break the ice with a hammer."},
		"list item":        {"Goldfish eat all larvae of mosquitoes.", "- Goldfish eat the larvae of mosquitoes."},
		"function words":   {"The shed is the colour of a cherry.", ""},
		"another matter":   {"Frogs sing at night.", ""},
		"nothing":          {"", ""},
		"across a heading": {"It lies in the shade of the house. A floating ball keeps the pond from freezing shut.", "A floating ball keeps the pond from freezing shut."},
	} {
		t.Run(name, func(t *testing.T) {
			r, ok := p.Instead(tc.was)
			if got := a.Canonical[r.Start:r.End]; ok != (tc.now != "") || ok && got != tc.now {
				t.Errorf("%q, %v, want %q", got, ok, tc.now)
			}
		})
	}
	const check = "Check the ball every two weeks."
	if r, ok := p.InsteadBelow("  WINTER", check); !ok || a.Canonical[r.Start:r.End] != "Check the ball every week." {
		t.Error("below its heading:", r, ok)
	}
	if r, ok := p.InsteadBelow("Fish", check); ok {
		t.Error("below another heading:", r)
	}
	if r, ok := NewPresent(nil).Instead("A pond."); ok || r.Len() > 0 || NewPresent(nil).Has("") {
		t.Error("of no article:", r, ok)
	}
}

// TestPresent_found finds whole sentences of one section that stand there still.
func TestPresent_found(t *testing.T) {
	words := []string{"pond", "water", "lily", "the", "a", "frog", "deep", "of", "in", "stone"}
	rapid.Check(t, func(rt *rapid.T) {
		sentence := rapid.Custom(func(rt *rapid.T) string {
			return "The " + strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 8).Draw(rt, "words"), " ") + "."
		})
		a := parsed(t, "Ponds", strings.Join(rapid.SliceOfN(sentence, 1, 9).Draw(rt, "text"), " "))
		p := NewPresent(a)
		all := a.Blocks[0].Sentences
		first := rapid.IntRange(0, len(all)-1).Draw(rt, "first")
		last := rapid.IntRange(first, len(all)-1).Draw(rt, "last")
		text := a.Canonical[all[first].Start:all[last].End]
		if !p.Has(text) {
			rt.Fatalf("%q is not in %q", text, a.Canonical)
		}
		r, ok := p.Instead(text)
		if !ok || len(Words(a.Canonical[r.Start:r.End])) != len(Words(text)) {
			rt.Fatalf("%q for %q in %q", a.Canonical[r.Start:r.End], text, a.Canonical)
		}
	})
}
