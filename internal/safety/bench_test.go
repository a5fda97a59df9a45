package safety

import (
	"os"
	"strings"
	"testing"
)

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(os.DirFS("../../knowledge/safety")); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTriage reads a message of 500 characters with many words of the rules.
func BenchmarkTriage(b *testing.B) {
	rules := shipped(b)
	text := strings.Repeat("my prostate hurts after the massage and there was blood, is it safe? ", 8)[:500]
	b.ReportAllocs()
	for b.Loop() {
		rules.Triage(text)
	}
}
