package logbook

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"verbatim/internal/article"
	"verbatim/internal/discord/api"
	"verbatim/internal/library"
)

// shaky is a Poster that knows nonces, as Discord does, and loses requests and answers.
type shaky struct {
	posted []string
	nonces map[string]bool
	lost   func() (before, after bool)
}

func (s *shaky) Post(_ context.Context, _ string, m api.Message) (string, error) {
	before, after := s.lost()
	if before {
		return "", fmt.Errorf("%w: it did not arrive", article.ErrUnavailable)
	}
	if !s.nonces[m.Nonce] {
		s.nonces[m.Nonce] = true
		s.posted = append(s.posted, strings.Split(m.Embeds[0].Description, "\n")...)
	}
	if after {
		return "", fmt.Errorf("%w: its answer was lost", article.ErrUnavailable)
	}
	return "1", nil
}

// TestEachEntryOnce: whatever is lost, and whatever comes in between, each entry is
// posted once and in its order.
func TestEachEntryOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		m := newMemory()
		m.settings["g"] = library.Settings{LogChannel: "1"}
		m.marks["g"+markName] = "0"
		poster := &shaky{nonces: make(map[string]bool)}
		poster.lost = func() (bool, bool) {
			return rapid.IntRange(0, 3).Draw(rt, "before") == 0, rapid.IntRange(0, 3).Draw(rt, "after") == 0
		}
		for range rapid.IntRange(1, 12).Draw(rt, "turns") {
			m.add("g", rapid.IntRange(0, 14).Draw(rt, "added"))
			if rapid.Bool().Draw(rt, "marks fail") {
				m.faults = append(m.faults, nil, article.ErrUnavailable)
			}
			New(m.config(poster, nil)).follow(t.Context(), "g") // as after a restart
			m.passes(time.Hour)
		}
		m.faults, poster.lost = nil, func() (bool, bool) { return false, false }
		for range 2 {
			New(m.config(poster, nil)).follow(t.Context(), "g")
		}
		if len(poster.posted) != len(m.trails["g"]) {
			rt.Fatalf("%d lines for %d entries:\n%s", len(poster.posted), len(m.trails["g"]), strings.Join(poster.posted, "\n"))
		}
		for i, line := range poster.posted {
			if !strings.HasPrefix(line, fmt.Sprintf("**%d** ", i+1)) {
				rt.Fatalf("line %d: %s", i+1, line)
			}
		}
	})
}

func TestMarks(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]struct {
		mark mark
		ok   bool
	}{
		"7": {mark{7, 0}, true}, "7-9": {mark{7, 9}, true}, "0": {mark{}, true},
		"": {}, "x": {}, "7-": {mark{7, 0}, false}, "9-7": {mark{9, 7}, false}, "7-7": {mark{7, 7}, false},
	} {
		got, ok := parseMark(text)
		if ok != want.ok || ok && got != want.mark || ok && got.String() != text {
			t.Errorf("%q: %+v, %v", text, got, ok)
		}
	}
}
