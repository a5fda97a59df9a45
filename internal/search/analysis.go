package search

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/keyword"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
	"github.com/blevesearch/bleve/v2/analysis/token/stop"
	utok "github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"golang.org/x/text/unicode/norm"
)

// unstemmed is what the stemmer must leave alone: it takes an inflammation for
// the organ that is inflamed, and prostatitis for the prostate.
const unstemmed = `
	prostatitis urethritis cystitis orchitis epididymitis balanitis vaginitis cervicitis
	proctitis colitis appendicitis diverticulitis gastritis pancreatitis hepatitis nephritis
	pyelonephritis peritonitis meningitis encephalitis arthritis tendinitis tendonitis bursitis
	bronchitis sinusitis rhinitis tonsillitis laryngitis pharyngitis conjunctivitis dermatitis
	cellulitis phlebitis mastitis myocarditis pericarditis endocarditis gingivitis otitis`

// token is one analysed word with its place in the text it came from.
type token struct {
	term       string // the stem
	start, end int    // byte offsets
}

// analyzer turns text into terms: Unicode words, possessives off, lower case,
// accents off, one form for each number and unit, stop words off, Porter's English
// stems. Questions, passages and synonyms all go through it, so that a term means
// the same everywhere. Safe for concurrent use.
type analyzer struct {
	words *analysis.DefaultAnalyzer // text to words
	stems []analysis.TokenFilter    // words to terms
}

func newAnalyzer() (analyzer, error) {
	stopWords := analysis.NewTokenMap()
	if err := stopWords.LoadBytes(en.EnglishStopWords); err != nil {
		return analyzer{}, err
	}
	whole := analysis.NewTokenMap()
	for word := range bytes.FieldsSeq([]byte(unstemmed)) {
		whole.AddToken(string(word))
	}
	return analyzer{
		words: &analysis.DefaultAnalyzer{
			Tokenizer:    utok.NewUnicodeTokenizer(),
			TokenFilters: []analysis.TokenFilter{en.NewPossessiveFilter(), lowercase.NewLowerCaseFilter(), foldFilter{}},
		},
		stems: []analysis.TokenFilter{
			stop.NewStopTokensFilter(stopWords), keyword.NewKeyWordMarkerFilter(whole), porter.NewPorterStemmer(),
		},
	}, nil
}

func (a analyzer) analyze(text string) analysis.TokenStream {
	stream := readForms(text, a.words.Analyze([]byte(text)))
	for _, f := range a.stems {
		stream = f.Filter(stream)
	}
	return stream
}

func (a analyzer) tokens(text string) []token {
	stream := a.analyze(text)
	tokens := make([]token, len(stream))
	for i, t := range stream {
		tokens[i] = token{string(t.Term), t.Start, t.End}
	}
	return tokens
}

func (a analyzer) terms(text string) []string {
	stream := a.analyze(text)
	terms := make([]string, len(stream))
	for i, t := range stream {
		terms[i] = string(t.Term)
	}
	return terms
}

// foldFilter takes the accents off Latin letters, so that Celeron finds Céloron.
type foldFilter struct{}

func (foldFilter) Filter(input analysis.TokenStream) analysis.TokenStream {
	for _, t := range input {
		if slices.ContainsFunc(t.Term, func(b byte) bool { return b >= 0x80 }) {
			t.Term = foldAccents(t.Term)
		}
	}
	return input
}

func foldAccents(term []byte) []byte {
	out := make([]byte, 0, len(term))
	for _, r := range string(norm.NFD.Bytes(term)) {
		if !unicode.Is(unicode.Mn, r) {
			out = utf8.AppendRune(out, r)
		}
	}
	return out
}
