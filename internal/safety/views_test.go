package safety

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"lower case":           {"I CAN'T Pee", "i cant pee"},
		"curly apostrophe":     {"can’t", "cant"},
		"full width":           {"ｋｉｌｌ ｍｅ", "kill me"},
		"mathematical bold":    {"𝐤𝐢𝐥𝐥 𝐦𝐞", "kill me"},
		"circled":              {"ⓚⓘⓛⓛ", "kill"},
		"regional indicators":  {"🇰🇮🇱🇱", "kill"},
		"small capitals":       {"ᴋɪʟʟ ᴍᴇ", "kill me"},
		"zero width and soft":  {"ki\u200bll my\u00adself", "kill myself"},
		"strike overlay":       {"k\u0336i\u0336l\u0336l\u0336", "kill"},
		"diacritics":           {"kïll mÿsélf", "kill myself"},
		"cyrillic look-alikes": {"kіll mуsеlf", "kill myself"},
		"greek look-alikes":    {"κill", "kill"},
		"invalid bytes":        {"a\xffb", "a b"},
		"emoji stay":           {"pee 😭", "pee 😭"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := clean(tt.in); got != tt.want {
				t.Errorf("clean(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestUnmarked(t *testing.T) {
	tests := map[string]struct{ in, want string }{
		"bold inside a word":   {"k**ill** my||self||", "kill myself"},
		"strike and code":      {"~~kill~~ `me`", "kill me"},
		"quote prefix":         {"> kill me", " kill me"},
		"mention":              {"ki<@!123>ll", "kill"},
		"custom emoji":         {"ki<:pepe:456>ll <a:x:7>me", "kill me"},
		"address":              {"kill https://example.org/a?b=c me", "kill   me"},
		"nothing to take away": {"a plain text", "a plain text"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := unmarked(tt.in); got != tt.want {
				t.Errorf("unmarked(%q) = %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// wordsKnown is a vocabulary of the given words.
func wordsKnown(t *testing.T, words ...string) *vocabulary {
	t.Helper()
	v := newVocabulary()
	for _, word := range words {
		if _, err := v.intern(word); err != nil {
			t.Fatal(err)
		}
	}
	return v
}

func TestRepairs(t *testing.T) {
	v := wordsKnown(t, "kill", "myself", "suicide", "i", "want", "to", "die", "bleed*", "help")
	tests := map[string]struct {
		repair   func(string) string
		in, want string
	}{
		"leet":                     {v.unleeted, "k1ll my$3lf", "kill myself"},
		"leet l":                   {v.unleeted, "ki11", "kill"},
		"leet by beginning":        {v.unleeted, "bl33ding", "bleeding"},
		"a number with a unit":     {v.unleeted, "6hrs 103.4", "6hrs 103.4"},
		"an exclamation stays":     {v.unleeted, "help!", "help!"},
		"starred vowels":           {v.uncensored, "su*c*de", "suicide"},
		"bold is not a star":       {v.uncensored, "**help**", "**help**"},
		"spaced letters":           {v.joined, "k i l l  m y s e l f", "kill myself"},
		"dotted letters":           {v.joined, "s.u.i.c.i.d.e now", "suicide now"},
		"spaced without word gaps": {v.joined, "i w a n t t o d i e", "i want to die"},
		"a long spelled-out run":   {v.joined, strings.TrimSpace(strings.Repeat("i w a n t t o d i e ", 20)), strings.TrimSpace(strings.Repeat("i want to die ", 20))},
		"hyphens":                  {v.joined, "d-i-e", "die"},
		"short runs stay":          {v.joined, "a b test", "a b test"},
		"stretched to one":         {v.squeezed, "diiiie", "die"},
		"stretched to two":         {v.squeezed, "killlllll", "kill"},
		"unknown stretched":        {v.squeezed, "sooooo", "so"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			if got := tt.repair(tt.in); got != tt.want {
				t.Errorf("%q becomes %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestTokenize(t *testing.T) {
	var got []string
	for _, tok := range tokenize("6hrs, temp 103.4! my left nut 😭") {
		text := tok.text
		if tok.breaks {
			text = "|" + text
		}
		got = append(got, text)
	}
	want := []string{"6", "hrs", "|temp", "103.4", "|my", "left", "nut", "😭"}
	if !slices.Equal(got, want) {
		t.Errorf("tokens %q, want %q", got, want)
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"", "a\xffb", "k̶i̶l̶l̶", "İ", "\u202eabc", "🇰🇮", "ﷺ", strings.Repeat("́", 50)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		cleaned := clean(text)
		if !utf8.ValidString(cleaned) {
			t.Errorf("clean(%q) = %q is not UTF-8", text, cleaned)
		}
		for _, tok := range tokenize(cleaned) {
			if cleaned[tok.start:tok.end] != tok.text || tok.text == "" {
				t.Errorf("token %q does not stand at %d:%d", tok.text, tok.start, tok.end)
			}
		}
	})
}
