package article

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const testFront = "---\ntitle: A title\nauthor: Jane Doe\nupdated: 2017-07-19\n---\n"

// FuzzParse feeds whole documents.
func FuzzParse(f *testing.F) {
	for _, seed := range append(seedDocuments(f), "", "---", "---\n---\n", "---\n? a\n---\nx", "---\n&a a: *a\n---\nx", "---\ntitle: [[[\n---\n", "\xff", "---\r\ntitle: a\r\n---\r\nx") {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		a, err := Parse(src, Options{File: "a.md"})
		if err != nil {
			checkProblems(t, err)
			return
		}
		checkInvariants(t, a)
		again, err := Parse([]byte(a.Source), Options{})
		if err != nil || again.Revision != a.Revision {
			t.Errorf("the source does not parse to the same revision: %v", err)
		}
	})
}

// FuzzBody feeds the text below a sound front matter, which reaches deeper.
func FuzzBody(f *testing.F) {
	for _, seed := range append(seedDocuments(f), "a[^1]\n\n[^1]: b", "- a\n  - b\n\n\tc", "|a|b|\n|-|-|\n|c", "> - # x\n> 1) y", "&#0;&#x110000;&nbsp;\\*", "a\u0301.) B", "a  \nb\\\nc", "<script>x</script>y<br>z") {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body string) {
		a, err := Parse([]byte(testFront+body), Options{})
		if err != nil {
			checkProblems(t, err)
			return
		}
		checkInvariants(t, a)
	})
}

func checkProblems(t tester, err error) {
	t.Helper()
	var p *Problem
	if !errors.As(err, &p) || p.Message == "" || p.Fix == "" {
		t.Errorf("%v is not a problem with a message and a fix", err)
	}
	if strings.Contains(err.Error(), "gave up") {
		t.Errorf("a parser panicked: %v", err)
	}
	if !errors.Is(err, ErrInvalid) && !errors.Is(err, ErrTooLarge) {
		t.Errorf("%v has no class", err)
	}
}

func seedDocuments(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob("testdata/*.md")
	if err != nil || len(files) == 0 {
		t.Fatalf("there are no documents in testdata: %v", err)
	}
	var docs []string
	for _, file := range files {
		src, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, string(src))
	}
	return docs
}
