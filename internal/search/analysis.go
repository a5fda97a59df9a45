package search

import (
	"errors"
	"fmt"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/token/keyword"
	"github.com/blevesearch/bleve/v2/analysis/token/lowercase"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/unicode"
	"github.com/blevesearch/bleve/v2/analysis/tokenmap"
	"github.com/blevesearch/bleve/v2/mapping"

	// The custom analyzer is looked up by type name in bleve's registry.
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
)

// The fields of a passage, as bleve and BM25F name them.
const (
	fieldText    = "text"
	fieldHeading = "heading"
	fieldTitle   = "title"
)

// english names the one analysis chain: Unicode words, possessives off, lower
// case, stop words off, Porter's English stems. Questions, passages and
// synonyms all go through it, so that a term means the same everywhere.
const english = "english"

// unstemmed names what the stemmer must leave alone: it takes an inflammation for
// the organ that is inflamed, and prostatitis for the prostate.
const unstemmed = "unstemmed"

func unstemmedWords() []any {
	return []any{
		"prostatitis", "urethritis", "cystitis", "orchitis", "epididymitis", "balanitis", "vaginitis", "cervicitis",
		"proctitis", "colitis", "appendicitis", "diverticulitis", "gastritis", "pancreatitis", "hepatitis", "nephritis",
		"pyelonephritis", "peritonitis", "meningitis", "encephalitis", "arthritis", "tendinitis", "tendonitis", "bursitis",
		"bronchitis", "sinusitis", "rhinitis", "tonsillitis", "laryngitis", "pharyngitis", "conjunctivitis", "dermatitis",
		"cellulitis", "phlebitis", "mastitis", "myocarditis", "pericarditis", "endocarditis", "gingivitis", "otitis",
	}
}

// token is one analysed word with its place in the text it came from.
type token struct {
	term       string // the stem
	start, end int    // byte offsets
}

// analyzer turns text into terms. Safe for concurrent use.
type analyzer struct{ chain analysis.Analyzer }

func (a analyzer) tokens(text string) []token {
	stream := a.chain.Analyze([]byte(text))
	tokens := make([]token, len(stream))
	for i, t := range stream {
		tokens[i] = token{string(t.Term), t.Start, t.End}
	}
	return tokens
}

func (a analyzer) terms(text string) []string {
	tokens := a.tokens(text)
	terms := make([]string, len(tokens))
	for i, t := range tokens {
		terms[i] = t.term
	}
	return terms
}

func addEnglish(m *mapping.IndexMappingImpl) error {
	return errors.Join(
		m.AddCustomTokenMap(unstemmed, map[string]any{"type": tokenmap.Name, "tokens": unstemmedWords()}),
		m.AddCustomTokenFilter(unstemmed, map[string]any{"type": keyword.Name, "keywords_token_map": unstemmed}),
		m.AddCustomAnalyzer(english, map[string]any{
			"type":          custom.Name,
			"tokenizer":     unicode.Name,
			"token_filters": []string{en.PossessiveName, lowercase.Name, en.StopName, unstemmed, porter.Name},
		}),
	)
}

// newMapping returns bleve's mapping for passages: three analysed fields, with
// nothing stored, no term vectors and no doc values, since quotes come from the
// article and scores are computed here.
func newMapping() (*mapping.IndexMappingImpl, analyzer, error) {
	m := bleve.NewIndexMapping()
	if err := addEnglish(m); err != nil {
		return nil, analyzer{}, fmt.Errorf("analysis chain: %w", err)
	}
	doc := bleve.NewDocumentStaticMapping()
	for _, name := range []string{fieldText, fieldHeading, fieldTitle} {
		field := bleve.NewTextFieldMapping()
		field.Analyzer, field.Store, field.IncludeTermVectors = english, false, false
		field.DocValues, field.IncludeInAll = false, false
		doc.AddFieldMappingsAt(name, field)
	}
	m.DefaultMapping, m.DefaultAnalyzer = doc, english
	return m, analyzer{m.AnalyzerNamed(english)}, nil
}
