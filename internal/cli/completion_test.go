package cli

import (
	"slices"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"
	"github.com/urfave/cli/v3"
)

// suggestions runs a completion request and returns the words without what explains them.
func suggestions(t *testing.T, words ...string) []string {
	t.Helper()
	p, out, errs := program("")
	if code := p.Run(t.Context(), append(append([]string{"verbatim"}, words...), completionRequest)); code != exitOK {
		t.Fatalf("%q: exit %d, %s", words, code, errs)
	}
	var got []string
	for line := range strings.Lines(out.String()) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), ":")
		got = append(got, word)
	}
	return got
}

func TestCompletion(t *testing.T) {
	const slug = "prostate-massage-what-it-is-and-whether-it-is-safe"
	for words, want := range map[string][]string{
		"articles":                           {"list", "show", "cite"},
		"articles show":                      {slug},
		"articles cite --style mla":          {slug},
		"articles cite " + slug:              nil,
		"articles cite --style":              {"apa", "mla", "chicago", "bibtex", "ris", "csl-json"},
		"articles cite --st":                 {"--style"},
		"articles show --articles":           nil,
		"articles show --articles /no/where": nil,
		"ask --channel":                      {"general", "age-restricted"},
		"ask --json --channel":               {"general", "age-restricted"},
		"ask --j":                            {"--json"},
		"ask":                                nil,
		"completion":                         {"bash", "zsh", "fish", "pwsh"},
	} {
		if got := suggestions(t, strings.Fields(words)...); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
	if got := suggestions(t); !slices.Contains(got, "ask") || !slices.Contains(got, "completion") {
		t.Errorf("commands: %q", got)
	}
	if got := suggestions(t, "safety", "explain"); !slices.Contains(got, "chest-pain") {
		t.Errorf("topics: %q", got)
	}
}

// TestHelp wants every help text to fit a terminal and to have an example.
func TestHelp(t *testing.T) {
	p, _, _ := program("")
	var walk func(c *cli.Command, path []string)
	walk = func(c *cli.Command, path []string) {
		p, out, _ := program("")
		if code := p.Run(t.Context(), append(slices.Clone(path), "--help")); code != exitOK {
			t.Errorf("%q --help: exit %d", path, code)
		}
		if !strings.Contains(out.String(), "Example:") {
			t.Errorf("%q has no example", path)
		}
		for line := range strings.Lines(out.String()) {
			if w := runewidth.StringWidth(strings.TrimRight(line, "\n")); w > 80 {
				t.Errorf("%q: %d columns: %s", path, w, line)
			}
		}
		for _, sub := range c.Commands {
			walk(sub, append(slices.Clone(path), sub.Name))
		}
	}
	walk(p.root(nil), []string{"verbatim"})
	walk(&cli.Command{}, []string{"verbatim", "completion"})
	walk(&cli.Command{}, []string{"verbatim", "completion", "fish"})
}
