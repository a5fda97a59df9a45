package locale

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestNative(t *testing.T) {
	c := load(t)
	ask := c.Native(CommandAsk)
	if codes := slices.Sorted(maps.Keys(ask.Names)); !slices.Equal(codes, []string{"de", "es-419", "es-ES", "fr", "pt-BR"}) {
		t.Errorf("names in %q", codes)
	}
	if ask.Names["de"] != "fragen" || ask.Descriptions["es-419"] != ask.Descriptions["es-ES"] || ask.Descriptions["fr"] == "" {
		t.Errorf("%+v", ask)
	}
	menu := c.Native(CommandAnswer)
	if menu.Names["fr"] != "Répondre à ceci" || menu.Descriptions != nil {
		t.Errorf("the command of the menu: %+v", menu)
	}
	if article := c.Native(CommandArticle); article.Names["fr"] != "" || article.Names["es-ES"] != "artículo" {
		t.Errorf("what is as in English is left out: %+v", article)
	}
}

// TestNamesFitThePattern expects no name that Discord would refuse, and no two
// commands, or options of one command, of the same name in a language.
func TestNamesFitThePattern(t *testing.T) {
	c := load(t)
	for _, language := range Languages() {
		taken := make(map[string]ID)
		for _, id := range Commands() {
			name := c.For(language).Say(id.Name(), nil)
			if !isCommandName(name) {
				t.Errorf("%s: %s is called %q", language, id, name)
			}
			within := string(id)[:strings.LastIndex(string(id), ".")+1] + name
			if other, ok := taken[within]; ok {
				t.Errorf("%s: %s and %s are both called %q", language, id, other, name)
			}
			taken[within] = id
		}
	}
}

func TestIsCommandName(t *testing.T) {
	tests := map[string]bool{
		"ask": true, "löschen": true, "confidentialité": true, "a_b-c'd2": true, "ไทย": true, "ask this": false, "Ask": false, "": false,
		"über/ask": false, strings.Repeat("é", 32): true, strings.Repeat("é", 33): false,
	}
	for name, want := range tests {
		if got := isCommandName(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

// TestRefusedNamesStayEnglish drops what is not accepted.
func TestRefusedNamesStayEnglish(t *testing.T) {
	c := load(t)
	only := c.translations(CommandAsk.Name(), func(name string) bool { return name == "fragen" })
	if len(only) != 1 || only["de"] != "fragen" {
		t.Errorf("%q", only)
	}
}
