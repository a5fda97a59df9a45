package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/eval"
	"verbatim/knowledge"
)

// program returns a Program over buffers with a fixed clock and an empty environment.
func program(in string) (p *Program, out, errs *bytes.Buffer) {
	out, errs = &bytes.Buffer{}, &bytes.Buffer{}
	return &Program{
		In: strings.NewReader(in), Out: out, Err: errs,
		Getenv:  func(string) string { return "" },
		Now:     func() time.Time { return time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC) },
		Version: "test",
	}, out, errs
}

func open(t *testing.T, paths ...string) *engine {
	t.Helper()
	p, _, _ := program("")
	e, err := p.openEngine(t.Context(), paths)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// evaluate asks a set and returns the figures.
func evaluate(t *testing.T, e *engine, src []byte) *eval.Report {
	t.Helper()
	set, err := eval.ParseSet(src)
	if err != nil {
		t.Fatal(err)
	}
	r, err := eval.Questions(t.Context(), e, set, eval.Options{Channel: answer.AgeRestricted, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := r.WriteText(&b, testing.Verbose()); err != nil {
		t.Fatal(err)
	}
	t.Log("\n" + b.String())
	return r
}

// TestShippedQuestions asks the questions that ship with the article. The floors
// are a little below what was measured; raise them with the figures.
func TestShippedQuestions(t *testing.T) {
	r := evaluate(t, open(t), knowledge.Questions())
	if r.Total.Answerable < 40 || r.Total.Unanswerable < 10 {
		t.Fatalf("only %d answerable and %d unanswerable questions", r.Total.Answerable, r.Total.Unanswerable)
	}
	if right := float64(r.Total.Right) / float64(r.Total.Answerable); right < 0.80 {
		t.Errorf("right: %.2f", right)
	}
	if quiet := float64(r.Total.Quiet) / float64(r.Total.Unanswerable); quiet < 0.80 {
		t.Errorf("kept quiet: %.2f", quiet)
	}
}

// shared is where the development sets lie, beside the repository.
const shared = "../../../shared/"

func sharedFile(t *testing.T, name string) []byte {
	t.Helper()
	src, err := os.ReadFile(shared + name)
	if err != nil {
		t.Skipf("the development sets are not here: %v", err)
	}
	return src
}

// TestSeedQuestions holds the figure for the article as it came, read as raw text.
func TestSeedQuestions(t *testing.T) {
	src := sharedFile(t, "eval/seed-questions.jsonl")
	r := evaluate(t, open(t, shared+"seeds"), src)
	if right := float64(r.Total.Right) / float64(r.Total.Answerable); right < 0.80 {
		t.Errorf("right: %.2f", right)
	}
	if quiet := float64(r.Total.Quiet) / float64(r.Total.Unanswerable); quiet < 0.88 {
		t.Errorf("kept quiet: %.2f", quiet)
	}
}

// TestQuotesAreSlices checks from outside what the project promises: the quote
// is what stands between its offsets in the canonical text.
func TestQuotesAreSlices(t *testing.T) {
	p, out, _ := program("")
	if code := p.Run(t.Context(), []string{"verbatim", "articles", "show", "--canonical"}); code != 0 {
		t.Fatal("exit", code)
	}
	canonical := out.String()
	p, out, errs := program(string(knowledge.Questions()))
	if code := p.Run(t.Context(), []string{"verbatim", "ask", "--json", "--batch", "-"}); code != 0 {
		t.Fatal("exit", code, errs)
	}
	quotes := 0
	for line := range bytes.Lines(out.Bytes()) {
		var ans jsonAnswer
		if err := json.Unmarshal(line, &ans); err != nil {
			t.Fatal(err)
		}
		for _, q := range append(ans.More, deref(ans.Quote)...) {
			quotes++
			if canonical[q.Start:q.End] != q.Text {
				t.Errorf("bytes %d to %d are %q, the quote %q", q.Start, q.End, canonical[q.Start:q.End], q.Text)
			}
		}
	}
	if quotes < 30 {
		t.Errorf("only %d quotes were checked", quotes)
	}
}

func deref(q *jsonQuote) []jsonQuote {
	if q == nil {
		return nil
	}
	return []jsonQuote{*q}
}

func BenchmarkAsk(b *testing.B) {
	p, _, _ := program("")
	e, err := p.openEngine(context.Background(), nil)
	if err != nil {
		b.Fatal(err)
	}
	q := answer.Question{Text: "is it safe to massage the prostate hard, and can the lining of the anus tear if somebody does that"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Ask(context.Background(), q); err != nil {
			b.Fatal(err)
		}
	}
}
