package locale

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// message is one entry of a catalogue: its texts by plural form, "" for a message
// without plurals.
type message map[string]string

func (m *message) UnmarshalJSON(raw []byte) error {
	var text string
	if err := json.Unmarshal(raw, &text); err == nil {
		*m = message{"": text}
		return nil
	}
	return json.Unmarshal(raw, (*map[string]string)(m))
}

// catalogueFile reads a catalogue as it is written, without go-i18n.
func catalogueFile(t *testing.T, language string) map[ID]message {
	t.Helper()
	raw, err := catalogues.ReadFile("active." + language + ".json")
	if err != nil {
		t.Fatal(err)
	}
	var messages map[ID]message
	if err := json.Unmarshal(raw, &messages); err != nil {
		t.Fatalf("%s: %v", language, err)
	}
	return messages
}

// TestCataloguesAreComplete holds the files and the list of ids together: every id
// in every language, and nothing without an id.
func TestCataloguesAreComplete(t *testing.T) {
	want := slices.Sorted(slices.Values(IDs()))
	if len(slices.Compact(slices.Clone(want))) != len(want) {
		t.Error("an id is listed twice")
	}
	for _, language := range Languages() {
		if got := slices.Sorted(maps.Keys(catalogueFile(t, language))); !slices.Equal(got, want) {
			t.Errorf("%s: missing %q, without an id %q", language, without(want, got), without(got, want))
		}
	}
	files, err := catalogues.ReadDir(".")
	if err != nil || len(files) != len(Languages()) {
		t.Errorf("%d files for %d languages, %v", len(files), len(Languages()), err)
	}
}

func without(all, known []ID) []ID {
	return slices.DeleteFunc(slices.Clone(all), func(id ID) bool { return slices.Contains(known, id) })
}

// TestPlaceholdersAgree expects each text to name what the English one names, and
// no text to be empty or to have white space around it.
func TestPlaceholdersAgree(t *testing.T) {
	english := catalogueFile(t, "en")
	for _, language := range Languages() {
		for id, m := range catalogueFile(t, language) {
			for form, text := range m {
				if got, want := placeholders(text), placeholders(english[id].any()); !slices.Equal(got, want) {
					t.Errorf("%s: %s %s has %q, in English %q", language, id, form, got, want)
				}
				if text == "" || text != strings.TrimSpace(text) || strings.Contains(text, "  ") {
					t.Errorf("%s: %s is %q", language, id, text)
				}
			}
		}
	}
}

func (m message) any() string {
	if text, ok := m[""]; ok {
		return text
	}
	return m["other"]
}

var placeholder = regexp.MustCompile(`\{\{.*?\}\}`)

func placeholders(text string) []string {
	return slices.Sorted(slices.Values(placeholder.FindAllString(text, -1)))
}

// TestPluralForms expects a plural in every language where there is one in English,
// with the forms that the language has.
//
// Source: Unicode CLDR, "Language Plural Rules".
func TestPluralForms(t *testing.T) {
	english := catalogueFile(t, "en")
	forms := map[string][]string{
		"en": {"one", "other"}, "de": {"one", "other"},
		"es": {"many", "one", "other"}, "fr": {"many", "one", "other"}, "pt-BR": {"many", "one", "other"},
	}
	for _, language := range Languages() {
		for id, m := range catalogueFile(t, language) {
			_, plain := english[id][""]
			want := []string{""}
			if !plain {
				want = forms[language]
			}
			if got := slices.Sorted(maps.Keys(m)); !slices.Equal(got, want) {
				t.Errorf("%s: %s has the forms %q, want %q", language, id, got, want)
			}
		}
	}
}

// TestLengths holds texts to the limits of where Discord shows them, in characters.
//
// Source: https://discord.com/developers/docs, the pages on application commands,
// components and messages.
func TestLengths(t *testing.T) {
	limit := func(id ID) int {
		s := string(id)
		switch {
		case strings.HasPrefix(s, "command.") && strings.HasSuffix(s, ".name"):
			return 32
		case strings.HasPrefix(s, "command."), strings.HasPrefix(s, "modal.") && strings.HasSuffix(s, ".hint"):
			return 100
		case strings.HasPrefix(s, "button."):
			return 80
		case strings.HasPrefix(s, "menu."):
			return 150
		case strings.HasPrefix(s, "modal."):
			return 45
		case strings.HasPrefix(s, "title."):
			return 256
		}
		return 600
	}
	for _, language := range Languages() {
		for id, m := range catalogueFile(t, language) {
			for _, text := range m {
				if n := utf8.RuneCountInString(text); n > limit(id) {
					t.Errorf("%s: %s has %d characters, more than %d", language, id, n, limit(id))
				}
			}
		}
	}
}

// TestTranslated expects that a sentence was not left in English.
func TestTranslated(t *testing.T) {
	english := catalogueFile(t, "en")
	for _, language := range Languages()[1:] {
		for id, m := range catalogueFile(t, language) {
			if m.any() == english[id].any() && strings.Count(m.any(), " ") > 1 && !strings.HasPrefix(string(id), "date.") {
				t.Errorf("%s: %s reads %q, as in English", language, id, m.any())
			}
		}
	}
}

// TestNothingIsMarkup expects words and no Markdown, as most messages are shown
// without escaping; one is a link. Nothing can ping or be an address.
func TestNothingIsMarkup(t *testing.T) {
	for _, language := range Languages() {
		for id, m := range catalogueFile(t, language) {
			for _, text := range m {
				words := placeholder.ReplaceAllString(text, "")
				if id == QuoteSource {
					words = strings.NewReplacer("[", "", "]()", "", " ()", "").Replace(words)
				}
				if strings.ContainsAny(words, "*_~`|<>[]{}@#\\\n") || strings.Contains(words, "://") {
					t.Errorf("%s: %s reads %q", language, id, text)
				}
			}
		}
	}
}
