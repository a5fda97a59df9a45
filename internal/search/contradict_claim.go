package search

import (
	"regexp"
	"slices"
	"strings"
)

// claim is one clause of a sentence: what it speaks of, whether it affirms or
// denies it, and the quantities that it gives.
type claim struct {
	topics  []topic
	denies  bool // has an odd number of negations
	vague   bool // affirms and denies in part, asks, or reports what others say
	numbers quantities
}

// topic is a content word of a claim.
type topic struct {
	stem      string
	judgement bool // stands for "safe", "effective" and the like, whatever the word
	against   bool // the word says the opposite of what the topic stands for
	narrows   bool // stands where a word limits the claim: before a noun, behind a preposition, as its subject
}

// provenTopic stands for "proven", "unproven" and their like.
const provenTopic = "=proven"

// claimsOf returns the claims of a candidate's decisive sentence. A question
// makes none. A sentence whose subject may be in the one before is read as one
// about those words of the question that stand before it, and makes no claim
// where there are none.
func claimsOf(c Candidate, asked map[string]bool) []claim {
	sentence := c.decisiveText()
	if strings.HasSuffix(strings.TrimRight(sentence, "\"”’') "), "?") {
		return nil
	}
	var subject []topic
	if pointsBack.MatchString(sentence) && !expletive.MatchString(sentence) {
		if subject = c.namedBefore(asked); len(subject) == 0 {
			return nil
		}
	}
	var out []claim
	for _, text := range clausesOf(rephrase(plain(sentence))) {
		if cl := newClaim(text, subject); len(cl.topics) > 0 {
			out = append(out, cl)
		}
	}
	return out
}

// expletive recognises an "it" or a "there" that points at nothing.
var expletive = regexp.MustCompile(`^(?i:it (?:is|was|has)\s(?:\S+\s){1,6}that|there (?:is|are|was|were))\b`)

// namedBefore returns the topics asked about that stand in the excerpt before
// its decisive sentence, or where there is nothing before it in the heading and
// the title.
func (c Candidate) namedBefore(asked map[string]bool) []topic {
	before := c.Article.Canonical[c.Excerpt.Start:max(c.Excerpt.Start, c.Decisive.Start)]
	if before == "" {
		before = c.Section + " " + c.Article.Meta.Title
	}
	var named []topic
	for stem := range topicsIn(before) {
		if asked[stem] && !strings.HasPrefix(stem, "=") {
			named = append(named, topic{stem: stem})
		}
	}
	return named
}

var (
	clauseBreak = regexp.MustCompile(`[,;:()—–]\s+|\s[(—–-]\s*|\s(?:because|but|although|though|whereas|which|so that|and (?:it|they|this|he|she|you))\s`)
	// dependent opens a clause that limits the one beside it.
	dependent = regexp.MustCompile(`^(?:even |only |and |or |especially |particularly |as )*(?:if|when|whenever|unless|until|except|provided|while|once|where|after|before|during|without|within|with|in|for|among|under|over|on|at|by|to|from|of|than|given|depending|long as)\b`)
)

// clausesOf cuts a sentence into clauses that stand for themselves: a condition
// stays with what it limits.
func clausesOf(sentence string) []string {
	var out []string
	lead := ""
	for _, piece := range clauseBreak.Split(sentence, -1) {
		piece = strings.Trim(piece, " .")
		switch {
		case piece == "":
		case !dependent.MatchString(piece):
			out = append(out, lead+piece)
			lead = ""
		case len(out) == 0:
			lead += piece + " "
		default:
			out[len(out)-1] += " " + piece
		}
	}
	return out
}

// figure is a figure of speech that denies, or only looks as if it did, and plain
// words for it. It is looked for where one of its keys is.
type figure struct {
	keys []string
	find *regexp.Regexp
	put  string
}

var figures = []figure{
	{[]string{"not ", "doubt"}, regexp.MustCompile(`\bnot (?:only|just|merely|simply|to mention)\b|\b(?:no|without(?: a| any)?) doubt(?: that)?\b`), " "},
	{[]string{"evidence", "proof"}, regexp.MustCompile(`\b(?:there is |there are |we have |has |have )?\b(?:no|little|insufficient|not (?:any|enough|sufficient)) (?:(?:good|solid|clear|strong|real|scientific|convincing|reliable) )*(?:evidence|proof)(?: (?:that|for|of))?\b`), " not =proven "},
	{[]string{" that"}, regexp.MustCompile(`\b(?:it is |that is )?(?:a |an )?(?:common |old |popular )*(?:myth|misconception|not true|untrue|false|wrong|incorrect)(?: (?:to (?:say|think|believe)))? that\b`), " not "},
	{[]string{"not "}, regexp.MustCompile(`\bnot (?:been )?(?:shown|demonstrated|established)\b`), " not proven "},
	{[]string{"no longer"}, regexp.MustCompile(`\bno longer\b`), " not "},
	{[]string{"daily", " day"}, regexp.MustCompile(`\b(?:daily|(?:a|per|each|every) day)\b`), " day "},
	{[]string{"weekly", " week"}, regexp.MustCompile(`\b(?:weekly|(?:a|per|each|every) week)\b`), " week "},
}

func rephrase(text string) string {
	for _, f := range figures {
		if slices.ContainsFunc(f.keys, func(key string) bool { return strings.Contains(text, key) }) {
			text = f.find.ReplaceAllString(text, f.put)
		}
	}
	return text
}

func newClaim(clause string, subject []topic) claim {
	c := claim{topics: slices.Clone(subject)}
	c.numbers, clause = quantitiesOf(clause)
	words := slices.Collect(scan(clause))
	c.denies, c.vague = judge(words)
	for i, word := range words {
		t, ok := topicOfWord(word)
		if !ok || c.has(t.stem) {
			continue
		}
		t.narrows = limitingWords[word] || t.judgement || len(c.topics) == 0 || bound(words[:i]) ||
			i+1 < len(words) && content(words[i+1])
		c.topics = append(c.topics, t)
	}
	return c
}

func (c claim) has(stem string) bool {
	return slices.ContainsFunc(c.topics, func(t topic) bool { return t.stem == stem })
}

// bound reports whether a word behind these stands behind a preposition.
func bound(before []string) bool {
	for i := len(before) - 1; i >= 0 && i >= len(before)-3; i-- {
		if bindingWords[before[i]] {
			return true
		}
		if content(before[i]) {
			return false
		}
	}
	return false
}

func content(word string) bool {
	_, ok := topicOfWord(word)
	return ok
}

// topicOfWord returns the topic that a word stands for, if it stands for one.
func topicOfWord(word string) (topic, bool) {
	if j, ok := judgements[word]; ok {
		return topic{stem: j.topic, judgement: true, against: j.against}, true
	}
	if limitingWords[word] {
		return topic{stem: stem(word)}, true
	}
	if emptyWords[word] || strings.Trim(word, "%°.=") == "" {
		return topic{}, false
	}
	return topic{stem: stem(word)}, true
}

// topicsIn returns the content words of a text.
func topicsIn(text string) map[string]bool {
	found := map[string]bool{}
	for word := range scan(plain(text)) {
		if t, ok := topicOfWord(word); ok {
			found[t.stem] = true
		}
	}
	return found
}

// judge decides whether the words of a clause deny, and whether they do so only
// in part, in comparison or on hearsay.
func judge(words []string) (denies, vague bool) {
	var negated, judged, modal, compares, limits bool
	for _, word := range words {
		j, ok := judgements[word]
		judged = judged || ok && j.topic != provenTopic
		modal, compares = modal || modalWords[word], compares || comparingWords[word]
		limits = limits || partlyWords[word]
		vague = vague || hedgingWords[word]
		if negatingWords[word] {
			negated, denies = true, !denies
		}
	}
	return denies, vague || negated && limits || judged && (compares || modal && !negated)
}
