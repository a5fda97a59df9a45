package discord_test

import (
	"errors"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/discord"
)

func TestCheckToken(t *testing.T) {
	t.Parallel()
	const good = "MTEwMDAwMDAwMDA0MTk0MzA1.GtEsTs.a-part-with_both"
	for _, token := range []string{good, "Bot " + good, "  " + good + "\n"} {
		if err := discord.CheckToken(token); err != nil {
			t.Errorf("CheckToken(%q) = %v", token, err)
		}
	}
	bad := map[string]string{
		"":                "empty",
		"Bot ":            "empty",
		"secretsecret":    "1 part ",
		"secret.secret":   "2 parts",
		"a.secret.c.d":    "4 parts",
		"secret..secret":  "part 2",
		`"secret.b.c"`:    "part 1",
		"secret.b.c d":    "part 3",
		"Bearer secret.b": "2 parts",
	}
	for token, want := range bad {
		err := discord.CheckToken(token)
		if !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), want) || strings.Contains(strings.ReplaceAll(err.Error(), "client secret", ""), "secret") {
			t.Errorf("CheckToken(%q) = %v, want %q and no piece of the token", token, err, want)
		}
	}
}

func TestNewRefuses(t *testing.T) {
	t.Parallel()
	const token = "a.b.c"
	tests := map[string]struct {
		cfg discord.Config
		a   discord.Answerer
	}{
		"no answerer":   {discord.Config{Token: token}, nil},
		"no token":      {discord.Config{}, &oracle{}},
		"not a web API": {discord.Config{Token: token, API: "ftp://example.org"}, &oracle{}},
		"no host":       {discord.Config{Token: token, API: "discord.com"}, &oracle{}},
	}
	for name, test := range tests {
		if _, err := discord.New(test.cfg, test.a); !errors.Is(err, article.ErrInvalid) {
			t.Errorf("%s: New = %v, want an invalid configuration", name, err)
		}
	}
}
