package render_test

import (
	"regexp"
	"strings"
	"testing"

	"verbatim/internal/discord/render"
)

// failer is what is left of *testing.T and *rapid.T here.
type failer interface {
	Helper()
	Fatalf(format string, args ...any)
}

// safe holds a message against Discord's limits and expects that nothing in it can
// ping, unfold or be read as Markdown that is not ours, in embeds and as plain text.
func safe(t failer, m render.Message) {
	t.Helper()
	limits(t, m)
	if len(m.Embeds) == 0 {
		t.Fatalf("an empty message")
	}
	for _, e := range m.Embeds {
		unmarked(t, e.Title)
		unmarked(t, e.Description)
	}
	plain := m.Plain()
	if n := units(plain); n > 2000 {
		t.Fatalf("the plain text has %d characters", n)
	}
	unmarked(t, plain)
	if rest := outsideQuotes(plain); strings.ContainsAny(rest, "\u202E\u2066") {
		t.Fatalf("the direction of text is changed in %q", rest)
	}
}

var (
	ours     = regexp.MustCompile(`\[[^]\\]*\]\(<https?://[^<>\s]*>\)|<#[0-9]{1,20}>|\*\*`) // links, channels, bold
	codes    = regexp.MustCompile("(?s)```\n.*?\n```")
	escaped  = regexp.MustCompile(`(?s)\\.`)
	quoteTag = regexp.MustCompile(`(?m)^> `)
	markup   = regexp.MustCompile("[*_~`|<>\\[\\]@]|://|(?m:^#)|discord\\.gg")
	inQuotes = regexp.MustCompile(`(?m)^> *(?:[-+#] |[0-9]+[.)] )`)
)

// unmarked expects text to hold no Markdown but what is ours.
func unmarked(t failer, text string) {
	t.Helper()
	text = codes.ReplaceAllString(text, "")
	if at := inQuotes.FindString(text); at != "" {
		t.Fatalf("%q opens a line of a quote in %q", at, text)
	}
	rest := quoteTag.ReplaceAllString(text, "")
	rest = ours.ReplaceAllString(escaped.ReplaceAllString(rest, ""), "")
	if at := markup.FindString(rest); at != "" {
		t.Fatalf("%q is markup in %q", at, text)
	}
}

func TestUnmarkedSeesMarkup(t *testing.T) {
	for text, marked := range map[string]bool{
		"plain": false, `\*a\*`: false, "**a**": false, "*a*": true, "> - a": true, `> \- a`: false, "[a](<https://x.org>)": false, "https://x.org": true,
		"```\n*@everyone*\n```": false, "@everyone": true, `\@everyone`: false, "<#12>": false, "<@12>": true, "# big": true, "a `b`": true,
	} {
		var seen recorder
		unmarked(&seen, text)
		if bool(seen) != marked {
			t.Errorf("%q: %v", text, seen)
		}
	}
}

// recorder remembers that something failed.
type recorder bool

func (r *recorder) Helper()               {}
func (r *recorder) Fatalf(string, ...any) { *r = true }
