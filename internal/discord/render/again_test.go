package render_test

import (
	"strings"
	"testing"

	"verbatim/internal/discord/render"
)

// TestAgainKeepsTheDisclaimer: whatever becomes of an answer, what warns of it stays
// first, and where the quote goes nothing of it is left.
func TestAgainKeepsTheDisclaimer(t *testing.T) {
	r := renderer(t)
	risky := tiers(t)["safety"]
	warned, _, _ := strings.Cut(text(r.Message(risky, today(t))), "== #1565C0")
	for fate, name := range fates() {
		got := text(r.Again(risky, fate, false, today(t)))
		if !strings.HasPrefix(got, warned) {
			t.Errorf("%s: the disclaimer is not first:\n%s", name, got)
		}
		if quoted := strings.Contains(got, "gloves"); quoted != (fate < render.Gone) {
			t.Errorf("%s: quoted %v:\n%s", name, quoted, got)
		}
	}
}

// TestAgainAsItWas renders an answer of which nothing became, as it was.
func TestAgainAsItWas(t *testing.T) {
	r := renderer(t)
	for name, a := range tiers(t) {
		_, got, _ := strings.Cut(text(r.Again(a, render.Stands, false, careful(t))), "\n")
		if _, want, _ := strings.Cut(text(r.Message(a, careful(t))), "\n"); got != want {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, want)
		}
	}
}

// TestThenAndNowFit has texts that would each fill a message of their own.
func TestThenAndNowFit(t *testing.T) {
	long := strings.Repeat("Word upon word is said here. ", 400)
	then := render.Around{Quote: *quote(t, "It is small."), Before: long, After: long}
	now := render.Around{Quote: *quote(t, "It is large."), Before: long, After: long}
	m := renderer(t).ThenAndNow(then, &now, today(t))
	if got := text(m); !strings.Contains(got, "**It is small.**") || !strings.Contains(got, "**It is large.**") || strings.Contains(got, "Not every passage") {
		t.Errorf("%s", got)
	}
}
