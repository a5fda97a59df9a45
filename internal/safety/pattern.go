package safety

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// A pattern is written as terms with links between them:
//
//	{cannot} {urinate}            a few words (defaultGap) may stand between
//	{blood} near:6 {rectum}       in either order, at most six words between
//	{fever} then:10 {confused}    in this order, at most ten words between
//	passed out                    literal words side by side are one phrase
//	{blood|pus} (down there|out)  any of the concepts, any of the phrases
//
// Inside a phrase "word*" is a word beginning and "#38..43" a number in a range.
type pattern struct {
	source string
	terms  []conceptID
	links  []link // links[i] stands between terms[i] and terms[i+1]
}

// link says how far apart two terms may be.
type link struct {
	gap      int // words between, at most
	anyOrder bool
}

const (
	defaultGap    = 2
	maxGap        = 30
	maxTerms      = 6
	maxPatternLen = 1000 // bytes
)

// occurrence is a place where the terms so far match: the last term, and all of them.
type occurrence struct{ last, whole span }

// in returns the places where the pattern matches, at most one for each place of
// its last term. Adding text can add places but never removes one. The work is
// linear in the number of hits.
func (p *pattern) in(found hits) []span {
	for _, term := range p.terms {
		if len(found.of(term)) == 0 {
			return nil
		}
	}
	reached := make([]occurrence, 0, len(found.of(p.terms[0])))
	for _, at := range found.of(p.terms[0]) {
		reached = append(reached, occurrence{at, at})
	}
	for i, l := range p.links {
		if reached = l.follow(reached, found.of(p.terms[i+1])); len(reached) == 0 {
			return nil
		}
	}
	wholes := make([]span, 0, len(reached))
	for _, o := range reached {
		wholes = append(wholes, o.whole)
	}
	return wholes
}

// follow keeps those of next that the link allows after some of reached. Both
// are sorted by start, and a phrase is at most maxPhrase long, so only a sliding
// window of reached can be near enough.
func (l link) follow(reached []occurrence, next []span) []occurrence {
	var kept []occurrence
	from := 0
	for _, at := range next {
		for from < len(reached) && reached[from].last.start < at.start-l.gap-maxPhrase {
			from++
		}
		best, ok := span{}, false
		for _, o := range reached[from:] {
			if o.last.start > at.end+l.gap {
				break
			}
			if l.allows(o.last, at) && (!ok || length(o.whole, at) < best.end-best.start) {
				best, ok = cover(o.whole, at), true
			}
		}
		if ok {
			kept = append(kept, occurrence{at, best})
		}
	}
	return kept
}

// allows reports whether b may stand where it does relative to a.
func (l link) allows(a, b span) bool {
	if after := b.start - a.end; after >= 0 {
		return after <= l.gap
	}
	before := a.start - b.end
	return l.anyOrder && before >= 0 && before <= l.gap
}

func cover(a, b span) span { return span{min(a.start, b.start), max(a.end, b.end)} }
func length(a, b span) int { c := cover(a, b); return c.end - c.start }

// lexeme is a written term or link of a pattern.
type lexeme struct {
	term string // "{...}", "(...)" or a phrase; empty for a link
	link link
}

// lex cuts a written pattern into terms and links; literal words that stand side
// by side become one phrase.
func lex(source string) ([]lexeme, error) {
	var out []lexeme
	joinable := false
	for rest := strings.TrimSpace(source); rest != ""; rest = strings.TrimSpace(rest) {
		word, err := firstElement(rest)
		if err != nil {
			return nil, err
		}
		rest = rest[len(word):]
		l, isLink, err := parseLink(word)
		switch literal := word[0] != '{' && word[0] != '('; {
		case err != nil:
			return nil, err
		case isLink:
			out, joinable = append(out, lexeme{link: l}), false
		case literal && joinable:
			out[len(out)-1].term += " " + word
		default:
			out, joinable = append(out, lexeme{term: word}), literal
		}
	}
	return out, nil
}

// firstElement returns the first bracketed group or word of a pattern.
func firstElement(rest string) (string, error) {
	closing, bracketed := map[byte]string{'{': "}", '(': ")"}[rest[0]]
	if !bracketed {
		if i := strings.IndexAny(rest, " {("); i > 0 {
			return rest[:i], nil
		}
		return rest, nil
	}
	i := strings.Index(rest, closing)
	if i < 0 {
		return "", fmt.Errorf("%q is not closed", rest)
	}
	return rest[:i+1], nil
}

// parseLink reads "near:N" and "then:N".
func parseLink(word string) (link, bool, error) {
	kind, number, ok := strings.Cut(word, ":")
	if !ok || !slices.Contains([]string{"near", "then"}, kind) {
		return link{}, false, nil
	}
	gap, err := strconv.Atoi(number)
	if err != nil || gap < 0 || gap > maxGap {
		return link{}, false, fmt.Errorf("%q: write a number of words from 0 to %d", word, maxGap)
	}
	return link{gap: gap, anyOrder: kind == "near"}, true, nil
}

// alternatives returns what a term offers: names of concepts, or phrases.
func alternatives(term string) (parts []string, concepts bool) {
	switch term[0] {
	case '{':
		return splitTrim(term[1 : len(term)-1]), true
	case '(':
		return splitTrim(term[1 : len(term)-1]), false
	}
	return []string{term}, false
}

// splitTrim splits at | and trims; empty parts are kept, for the caller to refuse.
func splitTrim(s string) []string {
	parts := strings.Split(s, "|")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}
