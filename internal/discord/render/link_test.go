package render

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestWebAddress(t *testing.T) {
	tests := map[string]string{
		"https://example.org/a b>c":    "https://example.org/a%20b%3Ec",
		"https://example.org/a_(b)":    "https://example.org/a_%28b%29",
		"https://example.org/ü?q=é#ö":  "https://example.org/%C3%BC?q=%C3%A9#%C3%B6",
		"https://example.org/a\u202Eb": "https://example.org/a%E2%80%AEb",
		"https://[::1]/":               "https://%5B::1%5D/",
		"  http://example.org  ":       "http://example.org",
		"javascript:alert(1)":          "",
		"example.org":                  "",
		"https://":                     "",
		"https://:80/":                 "",
		"://":                          "",
		"https://example.org/\x00":     "",
		"https://example.org/" + strings.Repeat("long/", 1000): "",
	}
	for raw, want := range tests {
		if got := webAddress(raw); got != want {
			t.Errorf("%.40q became %q, want %q", raw, got, want)
		}
	}
}

func TestTextDirective(t *testing.T) {
	tests := map[string]struct{ quote, want string }{
		"short":           {"It is small.", "text=It%20is%20small."},
		"the grammar":     {"a-b, c & d=e#f", "text=a%2Db%2C%20c%20%26%20d%3De%23f"},
		"percent":         {"100% sure", "text=100%25%20sure"},
		"letters":         {"größer “so”", "text=gr%C3%B6%C3%9Fer%20%E2%80%9Cso%E2%80%9D"},
		"brackets":        {"f(x) [1] <b>", "text=f%28x%29%20%5B1%5D%20%3Cb%3E"},
		"white space":     {"  one \t two ", "text=one%20two"},
		"twelve words":    {"a b c d e f g h i j k l", "text=a%20b%20c%20d%20e%20f%20g%20h%20i%20j%20k%20l"},
		"thirteen words":  {"a b c d e f g h i j k l m", "text=a%20b%20c%20d%20e%20f,h%20i%20j%20k%20l%20m"},
		"two lines":       {"One two.\nThree four.", "text=One%20two.,Three%20four."},
		"empty lines":     {"\nOne.\n\n\nTwo.\n", "text=One.,Two."},
		"a list":          {"- Use gloves.\n2. Wash them.", "text=Use%20gloves.,Wash%20them."},
		"a number":        {"12 mm wide", "text=12%20mm%20wide"},
		"a year":          {"2017. A year", "text=2017.%20A%20year"},
		"only a mark":     {"-", "text=%2D"},
		"right to left":   {"\u202Eabc\u202C שלום", "text=%E2%80%AEabc%E2%80%AC%20%D7%A9%D7%9C%D7%95%D7%9D"},
		"nothing":         {" \n\t", ""},
		"not even a text": {"\xff", "text=%FF"},
	}
	for name, test := range tests {
		if got := textDirective(test.quote); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestLinkTo(t *testing.T) {
	tests := map[string]struct{ address, quote, want string }{
		"plain":             {"https://x.org/a", "One.", "https://x.org/a#:~:text=One."},
		"with a query":      {"https://x.org/?a=b&c", "One.", "https://x.org/?a=b&c#:~:text=One."},
		"with a fragment":   {"https://x.org/a#part", "One.", "https://x.org/a#part:~:text=One."},
		"with an empty one": {"https://x.org/a#", "One.", "https://x.org/a#:~:text=One."},
		"with a directive":  {"https://x.org/a#:~:text=Two", "One.", "https://x.org/a#:~:text=Two"},
		"no words":          {"https://x.org/a", "\n", "https://x.org/a"},
		"one endless word":  {"https://x.org/a", strings.Repeat("ab", 500), "https://x.org/a"},
		"no address":        {"", "One.", ""},
	}
	for name, test := range tests {
		if got := linkTo(test.address, test.quote); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

// FuzzTextDirective decodes a directive as a browser does, and expects the words
// with which the quote begins and ends, and nothing that could break the link.
func FuzzTextDirective(f *testing.F) {
	for _, seed := range []string{"", "It is, in short, a well-known thing & more.", "a\nb", "- x\n- y", "%2C", "日本語 です", "#:~:text=x", "\u2028", "> < ) ]"} {
		f.Add(seed)
	}
	f.Fuzz(checkDirective)
}

func checkDirective(t *testing.T, quote string) {
	t.Helper()
	directive := textDirective(quote)
	if directive == "" {
		if strings.TrimSpace(quote) != "" {
			t.Fatalf("%q has none", quote)
		}
		return
	}
	terms, ok := strings.CutPrefix(directive, "text=")
	if !ok || strings.ContainsAny(terms, "-&#<>()[] \n\\") || strings.Count(terms, ",") > 1 {
		t.Fatalf("%q became %q", quote, directive)
	}
	start, end, ranged := strings.Cut(terms, ",")
	plain := strings.Join(strings.Fields(quote), " ")
	if from := decoded(t, start); !strings.Contains(plain, from) || from == "" {
		t.Fatalf("%q starts with %q", quote, from)
	}
	if to := decoded(t, end); ranged && !strings.HasSuffix(plain, to) || ranged && to == "" {
		t.Fatalf("%q ends with %q", quote, to)
	}
}

func decoded(t *testing.T, term string) string {
	t.Helper()
	text, err := url.PathUnescape(term)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestDirectiveOfAnyText runs the check of the fuzz test on drawn text.
func TestDirectiveOfAnyText(t *testing.T) {
	pieces := rapid.SampledFrom([]string{"word ", ", ", "- ", "1. ", "\n", "&", "=", "well-known ", "é", "日本", "%41", "#", "\u202E", " "})
	rapid.Check(t, func(r *rapid.T) {
		checkDirective(t, strings.Join(rapid.SliceOfN(pieces, 0, 40).Draw(r, "pieces"), ""))
	})
}
