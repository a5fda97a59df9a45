package search

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/knowledge"
)

// readShipped returns the source of the shipped article.
func readShipped() (string, error) {
	names, err := fs.Glob(knowledge.Articles(), "*.md")
	if err != nil || len(names) == 0 {
		return "", fmt.Errorf("no shipped article: %w", err)
	}
	src, err := fs.ReadFile(knowledge.Articles(), names[0])
	return string(src), err
}

func shippedQuestions(t testing.TB) []string {
	t.Helper()
	var out []string
	for line := range bytes.Lines(knowledge.Questions()) {
		var q struct {
			Question string `json:"question"`
		}
		if err := json.Unmarshal(line, &q); err != nil {
			t.Fatal(err)
		}
		out = append(out, q.Question)
	}
	return out
}

func BenchmarkFind(b *testing.B) {
	for _, copies := range []int{1, 100} {
		b.Run(fmt.Sprintf("articles=%d", copies), func(b *testing.B) {
			x := benchIndex(b, copies)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := x.Find(context.Background(), Query{Text: "how deep inside is the prostate and which way should the tip of the finger point to reach it safely"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	src, err := readShipped()
	if err != nil {
		b.Fatal(err)
	}
	a := parse(b, src)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Build(context.Background(), []*article.Article{a}, Synonyms{}); err != nil {
			b.Fatal(err)
		}
	}
}

// benchIndex indexes the shipped article several times under titles of its own.
func benchIndex(b *testing.B, copies int) *Index {
	b.Helper()
	src, err := readShipped()
	if err != nil {
		b.Fatal(err)
	}
	var all []*article.Article
	for i := range copies {
		all = append(all, parse(b, strings.Replace(src, `title: "`, fmt.Sprintf(`title: "Copy %d of `, i), 1)))
	}
	synonyms, err := ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		b.Fatal(err)
	}
	return build(b, synonyms, all...)
}
