package locale

import (
	"encoding/json"
	"maps"
	"slices"
	"testing"
)

// TestCatalogueIsComplete holds the English file and the list of ids together.
func TestCatalogueIsComplete(t *testing.T) {
	raw, err := catalogues.ReadFile("active.en.json")
	if err != nil {
		t.Fatal(err)
	}
	var messages map[ID]string
	if err := json.Unmarshal(raw, &messages); err != nil {
		t.Fatal(err)
	}
	if got, want := slices.Sorted(maps.Keys(messages)), slices.Sorted(slices.Values(IDs())); !slices.Equal(got, want) {
		t.Errorf("catalogue has\n%q\nids are\n%q", got, want)
	}
}

func TestSay(t *testing.T) {
	words, err := New("en-GB")
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		id     ID
		values Values
		want   string
	}{
		{QuoteUpdated, Values{"Date": "July 19, 2017"}, "Updated July 19, 2017"},
		{QuoteAuthor, Values{"Author": `<b> & "co"`}, `By <b> & "co"`},
		{TitleHelp, nil, "How to ask"},
		{"no.such.id", nil, "no.such.id"},
	}
	for _, test := range tests {
		if got := words.Say(test.id, test.values); got != test.want {
			t.Errorf("Say(%q) = %q, want %q", test.id, got, test.want)
		}
	}
}

// TestUnknownLanguageFallsBack keeps a language without a catalogue from
// showing message ids.
func TestUnknownLanguageFallsBack(t *testing.T) {
	words, err := New("tlh")
	if err != nil {
		t.Fatal(err)
	}
	if got := words.Say(TitleHelp, nil); got != "How to ask" {
		t.Errorf("Say = %q", got)
	}
}
