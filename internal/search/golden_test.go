package search

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/knowledge"
)

// library returns an index over the shipped article and those of testdata, with
// the shipped synonyms.
func library(t testing.TB) *Index {
	t.Helper()
	src, err := readShipped()
	if err != nil {
		t.Fatal(err)
	}
	articles := []*article.Article{parse(t, src)}
	names, err := fs.Glob(os.DirFS("testdata/articles"), "*.md")
	if err != nil || len(names) == 0 {
		t.Fatalf("no articles in testdata: %v", err)
	}
	for _, name := range names {
		src, err := os.ReadFile(filepath.Join("testdata/articles", name))
		if err != nil {
			t.Fatal(err)
		}
		articles = append(articles, parse(t, string(src)))
	}
	synonyms, err := ParseSynonyms(knowledge.Synonyms())
	if err != nil {
		t.Fatal(err)
	}
	return build(t, synonyms, articles...)
}

// pageQuestions are the questions of the page: of several kinds, in chat spelling,
// with typos, and some that must be kept quiet.
const pageQuestions = `
how big is the prostate
where is the prostate
what does the prostate make
why would a urologist massage a prostate
can prostate massage cure prostatitis
is prostate massage dangerous
who should do the massage
what kinda lube should i use
how deep do u have to go to find it
wich way do i bend teh finger
what do i do before a prostate massage
does the study from 2006 say it works
can a prostate massage detect cancer
what is a barn owl
how do owls find mice in the dark
why is one ear of an owl higher than the other
how many voles does a pair of owls eat each night
what share of pellets is shrews
when do barn owls lay eggs
how long until the eggs hatch
what does a nest box need
where should the opening of a nest box be
who counted the owls in 1932
why did barn owls become rare
how do you keep owls from being killed on roads
how fast can a barn owl fly
do owls make good pets
what do i need for sourdough bread
how much salt goes in
is my starter dead if there is grey liquid on it
how hot should the oven be for a sourdough loaf
why shouldnt i cut the bread while its hot
can i eat raw dough
how do i store my sourdough
why is my loaf so dense
which flour brand is the best for croissants
what causes ringing in the ears
is there a cure for tinnitus
what did the university of lund find
when should i see a doctor about tinnitus
how do i protect my ears at gigs
can tinnitus be inherited
who won the world cup in 2014
`

// TestSentences shows, for each question of the page, which sentence is quoted
// and why. A candidate's and a sentence's score is the sum of its parts, each a
// value times its weight; the evidence adds up to the log-odds of the confidence.
func TestSentences(t *testing.T) {
	x := library(t)
	var b strings.Builder
	for question := range strings.Lines(strings.TrimSpace(pageQuestions)) {
		question = strings.TrimSpace(question)
		e, err := x.Examine(context.Background(), question, resultLimit)
		if err != nil {
			t.Fatal(err)
		}
		writeExamination(&b, x, question, e)
	}
	golden(t, "sentences.golden", b.String())
}

func writeExamination(b *strings.Builder, x *Index, question string, e Examination) {
	r := e.Result
	fmt.Fprintf(b, "%s\n", question)
	fmt.Fprintf(b, "  kind        %s\n", or(e.Kind, "none in particular"))
	fmt.Fprintf(b, "  words       %s\n", wordList(e.Words))
	verdict, sign := "quiet", "<"
	if r.Sure() {
		verdict, sign = "quoted", ">="
	}
	fmt.Fprintf(b, "  verdict     %s, confidence %.2f %s %.2f\n", verdict, r.Confidence, sign, r.Threshold)
	if e.Evidence != nil {
		fmt.Fprintf(b, "  evidence    %+.2f bias %s", x.weights.Bias, shares(EvidenceNames(), x.weights.Confidence, e.Evidence))
		if e.Factor != 1 {
			fmt.Fprintf(b, ", and the confidence times %.2f", e.Factor)
		}
		b.WriteString("\n")
	}
	if len(r.Candidates) > 0 {
		c := r.Candidates[0]
		fmt.Fprintf(b, "  from        %s / %s\n", c.Article.Meta.Title, or(c.Section, "(introduction)"))
		fmt.Fprintf(b, "  excerpt     %s\n", indented(marked(c), 14))
	}
	for i, c := range e.Candidates {
		fmt.Fprintf(b, "  candidate %d %.2f %s, passage %d: %s\n", i+1, c.Score, short(c.Article.Meta.Title), c.Passage,
			shares(RankingNames(), x.weights.Ranking, c.Values))
	}
	if len(e.Candidates) > 0 {
		writeSentences(b, x, e.Candidates[0])
	}
	b.WriteString("\n")
}

// writeSentences lists the sentences of the best passage, the chosen one with ">".
func writeSentences(b *strings.Builder, x *Index, c Examined) {
	for _, s := range c.Sentences {
		chosen := " "
		if s.Range == c.Decisive {
			chosen = ">"
		}
		text := c.Article.Canonical[s.Range.Start:s.Range.End]
		fmt.Fprintf(b, "  sentence  %s %.2f %s: %s\n", chosen, linear(x.weights.Sentence, s.Values), short(text), shares(SentenceNames(), x.weights.Sentence, s.Values))
	}
}

// wordList shows each word with its rarity, its weight unless that is 1, and
// whether the articles know it.
func wordList(words []Word) string {
	var out []string
	for _, w := range words {
		s := fmt.Sprintf("%s %.2f", w.Text, w.IDF)
		if w.Weight != 1 {
			s += fmt.Sprintf(" x %.2f", w.Weight)
		}
		if !w.Known {
			s += " unknown"
		}
		out = append(out, s)
	}
	return or(strings.Join(out, ", "), "none")
}

// shares shows what each value adds to a score, leaving out what adds nothing.
func shares(names []string, weights, values []float64) string {
	var out []string
	for i, name := range names {
		if p := weights[i] * values[i]; math.Abs(p) >= .005 {
			out = append(out, fmt.Sprintf("%+.2f %s", p, name))
		}
	}
	return strings.Join(out, " ")
}

// marked returns the excerpt with the deciding sentence in double brackets.
func marked(c Candidate) string {
	text := c.Article.Canonical
	return text[c.Excerpt.Start:c.Decisive.Start] + "[[" + text[c.Decisive.Start:c.Decisive.End] + "]]" + text[c.Decisive.End:c.Excerpt.End]
}

// indented moves all lines but the first to the right.
func indented(text string, by int) string {
	return strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", by))
}

// short returns the first words of a sentence.
func short(text string) string {
	const most = 30
	if utf8.RuneCountInString(text) <= most {
		return fmt.Sprintf("%q", text)
	}
	return fmt.Sprintf("%q", text[:offsetOf(text, most)]+"...")
}

func or(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
