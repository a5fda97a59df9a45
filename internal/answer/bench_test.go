package answer

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/safety"
	"verbatim/internal/search"
	"verbatim/knowledge"
)

// benchQuestion has a hundred characters, a word that no passage may have, and
// some that many have.
const benchQuestion = "how long does the pain last after a hard massage of the prostate and should i see a doctor about it?"

// aboutAuthor are questions whose pronoun may stand for an author, so that the
// article that is meant is looked for by its title: a short one, and one as long
// as a message may be.
func aboutAuthor() []string {
	long := "is he licensed to do this " + strings.Repeat("to me and to "+wordOf(7)+" or to "+wordOf(1234)+" as well ", 45)
	return []string{"is he licensed to do this or does he only write about it", long[:min(len(long), 1800)]}
}

// BenchmarkAsk is a whole answer, triage included: over the shipped article, and
// over a thousand made-up articles of ten passages beside it. The 99th percentile
// is that of the questions, each by its median time.
func BenchmarkAsk(b *testing.B) {
	rules, err := safety.Load(os.DirFS("../../knowledge/safety"))
	if err != nil {
		b.Fatal(err)
	}
	synonyms, err := search.ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		b.Fatal(err)
	}
	shipped := shippedArticle(b)
	for _, made := range []int{0, 1000} {
		articles, questions := madeUp(b, made)
		x, err := search.Build(b.Context(), append(articles, shipped), synonyms)
		if err != nil {
			b.Fatal(err)
		}
		a := New(rules, x)
		questions = append(append(questions, benchQuestion), aboutAuthor()...)
		b.Run(fmt.Sprintf("articles=%d", made+1), func(b *testing.B) {
			b.ReportAllocs()
			took := make([][]time.Duration, len(questions))
			for i := 0; b.Loop(); i++ {
				q := i % len(questions)
				start := time.Now()
				if _, err := a.Ask(b.Context(), Question{Text: questions[q], Channel: AgeRestricted}); err != nil {
					b.Fatal(err)
				}
				took[q] = append(took[q], time.Since(start))
			}
			var medians []time.Duration
			for _, of := range took {
				if len(of) > 0 {
					slices.Sort(of)
					medians = append(medians, of[len(of)/2])
				}
			}
			slices.Sort(medians)
			for i, name := range []string{"he-µs", "he-long-µs"} {
				if of := took[len(questions)-2+i]; len(of) > 0 {
					b.ReportMetric(float64(of[len(of)/2].Nanoseconds())/1000, name)
				}
			}
			b.ReportMetric(float64(medians[len(medians)/2].Nanoseconds())/1000, "p50-µs")
			b.ReportMetric(float64(medians[len(medians)*99/100].Nanoseconds())/1000, "p99-µs")
		})
	}
}

func shippedArticle(b *testing.B) *article.Article {
	b.Helper()
	names, err := fs.Glob(knowledge.Articles(), "*.md")
	if err != nil || len(names) == 0 {
		b.Fatal("no shipped article", err)
	}
	src, err := fs.ReadFile(knowledge.Articles(), names[0])
	if err != nil {
		b.Fatal(err)
	}
	a, err := article.Parse(src, article.Options{File: names[0]})
	if err != nil {
		b.Fatal(err)
	}
	return a
}

// madeUp makes articles of ten passages, of words that follow Zipf's law, and a
// hundred questions of a hundred characters about them.
func madeUp(b *testing.B, n int) (articles []*article.Article, questions []string) {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.1, 20, 60_000)
	phrase := func(words int) string {
		out := make([]string, words)
		for i := range out {
			out[i] = wordOf(zipf.Uint64())
		}
		return strings.Join(out, " ")
	}
	for i := range n {
		var src strings.Builder
		fmt.Fprintf(&src, "---\ntitle: The %s\nauthor: %s\nupdated: 2020-01-02\n---\n", phrase(3), phrase(2))
		for range 10 {
			src.WriteString("\n")
			for range 5 {
				src.WriteString("The " + phrase(7) + " of the " + phrase(7) + ".\n")
			}
		}
		a, err := article.Parse([]byte(src.String()), article.Options{})
		if err != nil {
			b.Fatal(err)
		}
		articles = append(articles, a)
		if i%10 == 0 {
			words := strings.Fields(a.Canonical[:200])
			q := fmt.Sprintf("how long does the %s %s with a %s and %s %s of it", words[2], phrase(1), words[4], words[5], phrase(8))
			questions = append(questions, q[:99]+"?")
		}
	}
	return articles, questions
}

// wordOf writes a number as a word of two syllables or more.
func wordOf(n uint64) string {
	const consonants, vowels = "bdfghjklmnprtvwz", "aeiou"
	var b strings.Builder
	for i := 0; i < 2 || n > 0; i++ {
		b.WriteByte(consonants[n%16])
		b.WriteByte(vowels[n/16%5])
		n /= 80
	}
	return b.String() + "n"
}
