package safety

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestWithHelplines(t *testing.T) {
	rules := shipped(t)
	const line = "Our own listeners: #listen, every night from 20:00."
	with, err := rules.WithHelplines([]string{line})
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		text string
		want bool
	}{
		{"i want to kill myself", true},
		{"quiero suicidarme", true},
		{"crushing chest pain and i cant breathe", false},
	} {
		for _, c := range with.Cards(with.Triage(tc.text)) {
			if got := slices.Contains(c.Bullets, line); got != tc.want || len(c.Bullets) > maxBullets {
				t.Errorf("%q: bullets %q", tc.text, c.Bullets)
			}
			if !strings.Contains(c.String(), "112") {
				t.Errorf("%q: the general number is gone: %q", tc.text, c)
			}
		}
		for _, c := range rules.Cards(rules.Triage(tc.text)) {
			if slices.Contains(c.Bullets, line) {
				t.Errorf("%q: the rules it was made from have changed", tc.text)
			}
		}
	}
	for name, lines := range map[string][]string{
		"too many": {"a", "b", "c"}, "empty": {" "}, "two lines": {"a\nb"}, "too long": {strings.Repeat("x", 121)},
	} {
		if _, err := rules.WithHelplines(lines); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: err = %v", name, err)
		}
	}
}
