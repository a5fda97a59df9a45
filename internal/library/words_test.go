package library

import (
	"slices"
	"testing"
)

func TestWords(t *testing.T) {
	for name, tc := range map[string]struct {
		text string
		want []string
	}{
		"nothing":        {" – … ", nil},
		"sentence":       {"Frogs sing, at NIGHT.", []string{"frogs", "sing", "at", "night"}},
		"numbers":        {"80 cm², ½ a day", []string{"80", "cm²", "½", "a", "day"}},
		"marks":          {"cafe\u0301 au lait", []string{"cafe\u0301", "au", "lait"}},
		"without spaces": {"池の深さ", []string{"池", "の", "深", "さ"}},
		"mixed":          {"池pond池2", []string{"池", "pond", "池", "2"}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := Words(tc.text); !slices.Equal(got, tc.want) {
				t.Errorf("%q, want %q", got, tc.want)
			}
		})
	}
}
