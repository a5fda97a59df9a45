package eval

import (
	"errors"
	"testing"

	"verbatim/internal/article"
)

func TestInView(t *testing.T) {
	for id, want := range map[string]bool{ // FNV-1a 32, from the published test vectors
		"":       false, // 811c9dc5
		"a":      true,  // e40c292c
		"b":      false, // e70c2de5
		"foobar": true,  // bf9cf968
	} {
		if got := InView(id); got != want {
			t.Errorf("InView(%q) = %v", id, got)
		}
	}
}

func TestHalf(t *testing.T) {
	set := []Conversation{{{ID: "a"}}, {{ID: "b"}}, {{ID: "foobar"}}, {}}
	for name, want := range map[string]int{"": 3, "all": 3, "view": 2, "hidden": 1} {
		half, err := ParseHalf(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := len(half.of(set)); got != want {
			t.Errorf("half %q has %d conversations, want %d", name, got, want)
		}
	}
	if _, err := ParseHalf("third"); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("err = %v", err)
	}
}
