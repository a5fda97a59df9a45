package search

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"verbatim/internal/article"
)

func told(t testing.TB, title, text string) *article.Article {
	t.Helper()
	return parse(t, fmt.Sprintf("---\ntitle: %q\nauthor: A. Taster\nupdated: 2020-02-03\n---\n\n%s\n", title, text))
}

func TestDisagreements(t *testing.T) {
	for name, tc := range map[string]struct {
		mine, theirs string
		want         string // my sentence, empty for no disagreement
	}{
		"time":            {"Black tea steeps for four minutes.", "Steep black tea for 9 minutes.", "Black tea steeps for four minutes."},
		"converted":       {"The gland is about 3 cm long.", "The gland is 3 inches long.", "The gland is about 3 cm long."},
		"among others":    {"Tea is a drink. Black tea steeps for four minutes. It is hot.", "Milk is white. Black tea steeps for nine minutes.", "Black tea steeps for four minutes."},
		"pointing back":   {"Moss tea is a drink. It keeps for nine days.", "Moss tea keeps for two days.", "It keeps for nine days."},
		"agree":           {"Black tea steeps for 240 seconds.", "Black tea steeps for four minutes.", ""},
		"range":           {"Black tea steeps for 3 to 5 minutes.", "Black tea steeps for four minutes.", ""},
		"other subject":   {"Black tea steeps for four minutes.", "Green tea steeps for two minutes.", ""},
		"other dimension": {"Black tea steeps for four minutes.", "Black tea steeps at 95 degrees.", ""},
		"condition":       {"Black tea steeps for four minutes.", "In cold water black tea steeps for ten hours.", ""},
		"no number":       {"Moss tea is safe.", "Moss tea is not safe.", ""},
		"a question":      {"Does black tea steep for nine minutes?", "Black tea steeps for four minutes.", ""},
		"one shared word": {"The bath takes 20 minutes.", "The walk takes 90 minutes.", ""},
		"trials":          {"In a trial of 40 patients moss tea eased pain.", "In a trial of 900 patients moss tea eased pain.", ""},
	} {
		t.Run(name, func(t *testing.T) {
			mine, theirs := told(t, "Moss tea", tc.mine), told(t, "More of moss tea", tc.theirs)
			got, err := Disagreements(t.Context(), mine, []*article.Article{theirs}, 9)
			if err != nil || len(got) > 1 || (len(got) == 1) != (tc.want != "") {
				t.Fatalf("%+v, %v", got, err)
			}
			if tc.want == "" {
				return
			}
			if text := textOf(mine, got[0].Mine); text != tc.want || got[0].Other != theirs || !strings.Contains(tc.theirs, textOf(theirs, got[0].Theirs)) {
				t.Errorf("%q against %q", text, textOf(theirs, got[0].Theirs))
			}
			if back, err := Disagreements(t.Context(), theirs, []*article.Article{mine}, 9); err != nil || len(back) != 1 {
				t.Errorf("the other way round: %+v, %v", back, err)
			}
		})
	}
}

func TestDisagreements_bounds(t *testing.T) {
	mine := told(t, "Tea", "Black tea steeps for four minutes.\n\nA teapot holds two litres of tea.")
	others := []*article.Article{told(t, "Pots", "A teapot holds nine litres of tea."), told(t, "Time", "Black tea steeps for nine minutes."), told(t, "Hours", "Black tea steeps for nine hours.")}
	got, err := Disagreements(t.Context(), mine, others, 9)
	if err != nil || len(got) != 3 || got[0].Other != others[1] || got[2].Other != others[0] {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := Disagreements(t.Context(), mine, others, 2); err != nil || len(got) != 2 {
		t.Errorf("%+v, %v", got, err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if _, err := Disagreements(ended, mine, others, 9); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestRepeats(t *testing.T) {
	const text = "In a hard winter a ball of foam keeps a pond from freezing shut."
	for name, tc := range map[string]struct {
		other string
		want  bool
	}{
		"same":           {text, true},
		"case and stops": {strings.ToUpper(text) + "!", true},
		"with more":      {"Ponds freeze. " + text + " Mind the fish.", true},
		"one word":       {strings.Replace(text, "foam", "cork", 1), true},
		"denied":         {strings.Replace(text, "keeps", "never keeps", 1), false},
		"number":         {strings.Replace(text, "a ball", "3 balls", 1), false},
		"another":        {"In summer a pump moves the water of a pond about.", false},
		"few words":      {"A pond.", false},
	} {
		if got := Repeats(text, tc.other); got != tc.want || got != Repeats(tc.other, text) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
