package search

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// kind is what sort of thing a question asks for. A nil kind asks for nothing
// in particular.
type kind struct {
	name     string
	question *regexp.Regexp // recognises the question
	cue      *regexp.Regexp // recognises a sentence that could answer it; nil fits every sentence
	hints    string         // words that such sentences use
	strict   bool           // an excerpt without the cue does not answer
}

// hintWeight is how much the hints of a kind count beside the words of the question.
const hintWeight = 0.35

const (
	// numbers leaves out four digits, which are most often a year.
	numbers = `\b[0-9]{1,3}([.,][0-9]+)?\b|\b[0-9]{5,}|\b(one|two|three|four|five|six|seven|eight|nine|ten|dozen|hundred|thousand|million|billion|half|quarter|twice|once|percent|per cent)\b|%`
	years   = `\b(1[0-9]{3}|20[0-9]{2}|january|february|march|april|may|june|july|august|september|october|november|december|century|[0-9]{1,2}(st|nd|rd|th))\b`
)

// kinds are tried in order; the first whose question matches counts. The cues
// follow the answer types of question answering (Li and Roth, "Learning Question
// Classifiers", 2002), coarse ones only.
var kinds = []kind{
	{
		"when", regexp.MustCompile(`(?i)\b(when (was|were|did|is|are|will|has)|what (year|month|date|day)|which (year|month|date|day)|since when|before or after [0-9]{4})\b`),
		regexp.MustCompile(`(?i)` + years), "year date", true,
	},
	{
		"duration", regexp.MustCompile(`(?i)\bhow (long|old)\b`),
		regexp.MustCompile(`(?i)` + numbers + `|\b\d+-year|\b(seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(y|ies)|long)\b`), "minute hour day week month year", true,
	},
	{
		"frequency", regexp.MustCompile(`(?i)\bhow (often|many times|frequently|regularly)\b`),
		regexp.MustCompile(`(?i)\b(daily|weekly|monthly|once|twice|times|every|per (day|week|month|year)|often|regularly)\b`), "daily weekly times often", true,
	},
	{
		"distance", regexp.MustCompile(`(?i)\bhow (deep|far|high|tall|wide|thick|close)\b`),
		regexp.MustCompile(`(?i)` + numbers + `|\b(inch(es)?|cm|mm|centimet\w+|met(er|re)s?|feet|foot|miles?|km|kilomet\w+)\b`), "inch inches depth deep centimeter feet distance", true,
	},
	{
		"size", regexp.MustCompile(`(?i)\bhow (big|large|small|heavy)\b|\bwhat size\b|\bsize of\b`),
		regexp.MustCompile(`(?i)` + numbers + `|\b\w+-sized\b|\bsize\b|\b(large|small)\w*\b`), "size sized big large small tiny inch centimeter", false,
	},
	{
		"quantity", regexp.MustCompile(`(?i)\bhow (many|much)\b|\bwhat (percentage|number|amount|proportion|share)\b`),
		regexp.MustCompile(`(?i)` + numbers), "", true,
	},
	{
		"who", regexp.MustCompile(`(?i)\b(who|whos|who's|whose|whom)\b|\b(which|what) (kind of |type of )?(hospital|university|doctor|doc|specialist|company|journal|person|people|group|expert|professional|school|institution)\b`),
		regexp.MustCompile(`\b[a-z,;]+ ["“(]?[A-Z][a-z]+|(?i:\b(by an?|doctors?|physicians?|nurses?|specialists?|partners?|professionals?|people|researchers?|scientists?|\w+ologists?)\b)`), "perform by doctor person partner", false,
	},
	{
		"where", regexp.MustCompile(`(?i)\b(where|wheres|where's|location|located)\b`),
		regexp.MustCompile(`(?i)\b(in|at|near|base|behind|below|above|under|between|inside|around|through|located|from|towards?)\b`), "located location situated base near found", false,
	},
	{
		"harm", regexp.MustCompile(`(?i)\b(what (happens|goes wrong|could go wrong|can go wrong|might go wrong)|worst|risks?|dangers?|dangerous|side effects?|downsides?|harm|hurt|bad for)\b`),
		nil, "risk danger dangerous damage injury cause serious harm concern", false,
	},
	{
		"why", regexp.MustCompile(`(?i)\b(why|how come|what for|what .{0,24} for|reasons?|purposes?|point of)\b`),
		regexp.MustCompile(`(?i)\b(because|since|due|so that|in order|cause[sd]?|causing|reasons?|purposes?|for|to|leads?|result)\b`), "purpose reason because", false,
	},
}

func kindOf(question string) *kind {
	i := slices.IndexFunc(kinds, func(k kind) bool { return k.question.MatchString(question) })
	if i < 0 {
		return nil
	}
	return &kinds[i]
}

// fits reports whether a sentence has the sort of thing that the kind asks for.
// Every sentence fits a question of no particular kind.
func (k *kind) fits(sentence string) bool {
	return k == nil || k.cue == nil || k.cue.MatchString(sentence)
}

// accepts reports whether an excerpt can answer at all: for a date, a number, a
// distance or a duration it must have one.
func (k *kind) accepts(excerpt string) bool { return k == nil || !k.strict || k.fits(excerpt) }

// hint returns the clause that stands for the words of a kind's answers.
func (x *Index) hint(k *kind) (clause, bool) {
	if k == nil || k.hints == "" {
		return clause{}, false
	}
	c := clause{surface: "(" + k.name + ")", weight: hintWeight, hint: true}
	for _, term := range x.analyzer.terms(k.hints) {
		if id := x.corpus.id(term); id != unknown {
			c.alternatives = append(c.alternatives, alternative{[]int32{id}, 1})
			c.idf = max(c.idf, x.corpus.idf(id))
		}
	}
	return c, len(c.alternatives) > 0
}

var (
	continues = regexp.MustCompile(`(?i)^\W*(and|but|or|n|so|then|also|what about|how about|ok(ay)? (and|so|n|then)|why( tho| though| not| is that)?\W*$|how so|says who|by who(m)?|from where|in what|which (ones?|way|direction))\b`)
	pronoun   = regexp.MustCompile(`(?i)\b(it|its|that|this|these|those|they|them|he|him|his|she|her|hers|there|one|ones|thing)\b`)
)

// leansOnContext reports whether a question may be an ellipsis, such as "and how
// deep?", that means little without the turn before it.
func leansOnContext(text string, clauses []clause) bool {
	strong := 0
	for _, c := range clauses {
		if c.weight >= 1 && len(c.alternatives) > 0 {
			strong++
		}
	}
	short := utf8.RuneCountInString(text) < 60
	return short && (strong == 0 || strong == 1 && len(clauses) == 1 ||
		continues.MatchString(strings.TrimSpace(text)) || pronoun.MatchString(text))
}
