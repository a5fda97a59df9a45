package cli

import (
	"strings"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/safety"
)

// TestHostileQuestions wants an answer to anything, soon even under the race
// detector, and the card of an emergency that is buried in it.
func TestHostileQuestions(t *testing.T) {
	e := open(t)
	const danger = "crushing chest pain and i cannot breathe"
	filler := strings.Repeat("how deep is the prostate and what does the gland make. ", 2000)
	for name, text := range map[string]string{
		"long":                   filler,
		"danger at the start":    danger + ". " + filler,
		"danger in the middle":   filler + danger + ". " + filler,
		"danger at the end":      filler + danger,
		"one word without space": strings.Repeat("prostate", 20000),
		"line ends":              strings.Repeat("\n", 10000),
		"questions":              strings.Repeat("how big is it? ", 5000),
		"not UTF-8":              "is it \xff\xfe safe \xc3",
		"control characters":     "is it\x00\x07 safe\x1b[2J",
		"emoji":                  strings.Repeat("🍑", 3000),
		"combining marks":        "s" + strings.Repeat("́", 5000) + "afe",
		"brackets":               strings.Repeat("[(", 20000),
		"query syntax":           `+safe -"prostate" title:(x OR *) ~2^9 /re.*/`,
	} {
		start := time.Now()
		ans, err := e.Ask(t.Context(), answer.Question{Text: text})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if strings.HasPrefix(name, "danger") && ans.Tier < safety.TierEmergency {
			t.Errorf("%s: tier %s", name, ans.Tier)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%s: took %s", name, took)
		}
	}
}
