package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"verbatim/internal/cli"
)

const (
	readme = "../../README.md"
	fence  = "```"
)

// output runs a command line in a clean environment.
func output(t *testing.T, args ...string) string {
	t.Helper()
	var out bytes.Buffer
	p := &cli.Program{
		In: strings.NewReader(""), Out: &out, Err: os.Stderr,
		Getenv: func(string) string { return "" }, Now: time.Now, Version: "test",
	}
	if code := p.Run(t.Context(), append([]string{"verbatim"}, args...)); code != 0 {
		t.Fatalf("%q: exit %d", args, code)
	}
	return strings.Trim(out.String(), "\n")
}

// transcripts are the commands that the README shows, with what they print.
func transcripts(t *testing.T) map[string]string {
	t.Helper()
	var ans struct {
		Quote struct {
			Start, End int
			Text       string
		}
	}
	const size = "how big is the prostate"
	if err := json.Unmarshal([]byte(output(t, "ask", "--json", size)), &ans); err != nil {
		t.Fatal(err)
	}
	return map[string]string{
		`$ verbatim ask "Is prostate massage safe?"`:                                           output(t, "ask", "Is prostate massage safe?"),
		`$ verbatim ask --json "` + size + `" | jq -r '.quote | "\(.start) \(.end) \(.text)"'`: fmt.Sprintf("%d %d %s", ans.Quote.Start, ans.Quote.End, ans.Quote.Text),
	}
}

// TestReadme holds the transcripts of the README to what the program prints.
// UPDATE_SCRIPTS=1 writes them anew.
func TestReadme(t *testing.T) {
	src, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	text := string(src)
	for command, want := range transcripts(t) {
		head := fence + "\n" + command + "\n"
		before, rest, found := strings.Cut(text, head)
		got, after, closed := strings.Cut(rest, "\n"+fence)
		if !found || !closed {
			t.Errorf("no transcript of %s", command)
			continue
		}
		if got != want && os.Getenv("UPDATE_SCRIPTS") == "" {
			t.Errorf("%s\nthe README has:\n%s\nthe program prints:\n%s", command, got, want)
		}
		text = before + head + want + "\n" + fence + after
	}
	if os.Getenv("UPDATE_SCRIPTS") == "" || text == string(src) {
		return
	}
	if err := os.WriteFile(readme, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
