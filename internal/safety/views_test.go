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
		"confusables":          {"ⲕіꮮꓡ ⅿе", "kill me"},
		"plain rn and m":       {"burn them", "burn them"},
		"digits of a script":   {"٣ and ९", "3 and 9"},
		"colours of a block":   {"k\x1b[0;31mill\x1b[0m me", "kill me"},
		"control characters":   {"ki\x00ll\tme", "kill\tme"},
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
		"masked link":          {"ki[ll](https://example.org/x) me", "kill me"},
		"hidden preview":       {"kill <https://example.org/a> me", "kill   me"},
		"heading":              {"## kill me", " kill me"},
		"timestamp":            {"ki<t:1600000000:r>ll", "kill"},
		"command":              {"ki</ask:123>ll", "kill"},
		"list and bold":        {"- **k**ill *m*e", "- kill me"},
		"block of code":        {"```\nkill me\n```", "\nkill me\n"},
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
	v.close(nil)
	return v
}

func TestTurned(t *testing.T) {
	v := wordsKnown(t, "kill", "myself", "help")
	tests := map[string]struct {
		in, whole, words string
		ok               bool
	}{
		"whole text":    {"flesym llik", "kill myself", "myself kill", true},
		"each word":     {"llik flesym", "myself kill", "kill myself", true},
		"nothing":       {"a plain text", "", "", false},
		"one by chance": {"pleh", "", "", false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			whole, words, ok := v.turned(tt.in)
			if whole != tt.whole || words != tt.words || ok != tt.ok {
				t.Errorf("turned(%q) = %q, %q, %t", tt.in, whole, words, ok)
			}
		})
	}
}

func TestUpright(t *testing.T) {
	if got, ok := upright("ɟlǝsʎɯ llᴉʞ"); !ok || got != "kill myself" {
		t.Errorf("upright gives %q, %t", got, ok)
	}
	if _, ok := upright("plain dup"); ok {
		t.Error("a plain text is taken for an upside-down one")
	}
}

func TestRepairs(t *testing.T) {
	v := wordsKnown(t, "kill", "myself", "suicide", "i", "want", "to", "die", "bleed*", "help", "catheter")
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
		"emoji between letters":    {v.joined, "d😀i😀e", "die"},
		"underscores":              {v.joined, "k_i_l_l", "kill"},
		"digits among letters":     {v.joined, "s u 1 c 1 d e", "suicide"},
		"a letter left over":       {v.joined, "k i l l x", "kill x"},
		"lines break a run":        {v.joined, "d i e\na", "die\na"},
		"a star at the end":        {v.uncensored, "d**", "d**"},
		"stars for most vowels":    {v.uncensored, "s**c*d*", "suicide"},
		"a star for the last":      {v.uncensored, "want d*e", "want die"},
		"one letter missing":       {v.corrected, "sucide", "suicide"},
		"one letter too many":      {v.corrected, "suiccide", "suicide"},
		"one letter wrong":         {v.corrected, "suizide", "suicide"},
		"letters swapped":          {v.corrected, "usicide", "suicide"},
		"swapped in a short word":  {v.corrected, "klil", "kill"},
		"two letters wrong stay":   {v.corrected, "suuzide", "suuzide"},
		"ordinary words stay":      {v.corrected, "decide helm", "decide helm"},
		"vowels left out":          {v.revowelled, "scd mtrx", "scd mtrx"},
		"vowels left out of long":  {v.revowelled, "cthtr", "catheter"},
		"doubled letters":          {v.undoubled, "ssuuiicciidde", "suicide"},
		"cut in two":               {v.rejoined, "sui cide now", "suicide now"},
		"cut by a hyphen":          {v.rejoined, "cath-eter", "catheter"},
		"known words stay apart":   {v.rejoined, "help me", "help me"},
		"no spaces":                {v.unspaced, "iwanttodie", "i want to die"},
		"no spaces, not all known": {v.unspaced, "iwanttoxdie", "iwanttoxdie"},
		"an ordinary long word":    {v.unspaced, "helpless", "helpless"},
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

func TestPictographsStandForWords(t *testing.T) {
	v := newVocabulary()
	if err := v.depict("⚰️", []string{"grave", "coffin"}); err != nil {
		t.Fatal(err)
	}
	symbols := v.symbols(tokenize(clean("⚰️"))[0], nil)
	if !slices.Equal(symbols, []symbol{v.words["grave"], v.words["coffin"]}) {
		t.Errorf("the pictograph stands for %v", symbols)
	}
	if err := v.depict("two words", nil); err == nil {
		t.Error("two words pass for a pictograph")
	}
}

func TestSpelledOut(t *testing.T) {
	v := newVocabulary()
	for _, word := range []string{"ending", "bleeding", "raisin"} {
		if _, err := v.intern(word); err != nil {
			t.Fatal(err)
		}
	}
	if err := v.abbreviate("2nite", "tonight"); err != nil {
		t.Fatal(err)
	}
	v.close(map[string]bool{"cabin": true})
	for in, want := range map[string]string{
		"endin it 2nite!": "ending it tonight!", "(bleedin)": "(bleeding)", "raisin": "raisin", "cabin in": "cabin in", "": "",
	} {
		if got := v.spelledOut(in); got != want {
			t.Errorf("spelledOut(%q) = %q, want %q", in, got, want)
		}
	}
	for _, bad := range []string{"", "to nite"} {
		if err := v.abbreviate(bad, "tonight"); err == nil {
			t.Errorf("abbreviate(%q) has no error", bad)
		}
	}
}
