package render_test

import (
	"strings"
	"testing"

	"verbatim/internal/discord/render"
)

func TestEscape(t *testing.T) {
	tests := map[string]string{
		"plain text, nothing else.":    "plain text, nothing else.",
		"*bold* _it_ ~~no~~ `code`":    `\*bold\* \_it\_ \~\~no\~\~ \` + "`code" + `\` + "`",
		"||spoiler||":                  `\|\|spoiler\|\|`,
		"@everyone <@1> <#2> <t:3>":    `\@everyone \<\@1\> \<#2\> \<t\:3\>`,
		"<:wave:123> :wave:":           `\<\:wave\:123\> \:wave:`,
		"https://example.org":          `https\://example.org`,
		"Discord.gg/x, discordapp.com": `Discord\.gg/x, discordapp\.com`,
		"discord it is. Accord.":       "discord it is. Accord.",
		"[text](https://x.org)":        `\[text\](https\://x.org)`,
		"# heading\n-# small":          "\\# heading\n\\-# small",
		"- one\n + two\n12. twelve":    "\\- one\n \\+ two\n12\\. twelve",
		"1) one 2) two":                `1\) one 2) two`,
		"> quoted":                     `\> quoted`,
		`back\slash`:                   `back\\slash`,
		"risk: high, at 12:30":         `risk: high, at 12\:30`,
		"well-known C# 3.5":            "well-known C# 3.5",
	}
	for in, want := range tests {
		if got := render.Escape(in); got != want {
			t.Errorf("Escape(%q) = %q, want %q", in, got, want)
		}
	}
}

// FuzzEscape checks that nothing is lost and that nothing that could be markup is
// left without its backslash.
func FuzzEscape(f *testing.F) {
	for _, seed := range []string{"", "*", `\`, "a\n# b", "<@!1>", "12. x", "```go\ncode```", "https://x", "ünï\U0001F600", "\xff\xfe", "\n\n- ", "1\n.", ":a: :"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		escaped := render.Escape(s)
		if got := render.Unescape(escaped); got != s {
			t.Fatalf("Unescape(Escape(%q)) = %q", s, got)
		}
		bare := withoutEscapes(escaped)
		if i := strings.IndexAny(bare, "*_~`|<>[]@"); i >= 0 {
			t.Errorf("%q is left in %q", bare[i], escaped)
		}
		for line := range strings.Lines(bare) {
			if start := strings.TrimLeft(line, " \t"); start != "" && strings.ContainsRune("#-+", rune(start[0])) {
				t.Errorf("a line of %q starts with %q", escaped, start[0])
			}
		}
		if strings.Contains(bare, "://") {
			t.Errorf("an address is left in %q", escaped)
		}
	})
}

// withoutEscapes replaces every escaped pair by a letter.
func withoutEscapes(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			b.WriteByte('x')
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
