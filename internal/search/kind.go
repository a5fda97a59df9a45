package search

import "slices"

// kind is what sort of thing a question asks for. A nil kind asks for nothing
// in particular.
type kind struct {
	name string

	// How a question is recognised. Phrases stand with commas between, see
	// [kindTable]. What is asked in so many words comes before a topic that is only
	// mentioned, and that before a general form.
	asked   string // phrases that ask for it: "how many"
	topics  string // words that a question of this kind speaks of: "side effects"
	forms   string // general forms: "can i"
	heads   string // nouns after "what" or "what is the": "what year", "what is the cause of"
	classes string // nouns after "what" only: "which king"

	wants  cues   // any of these makes a sentence fit
	weaker cues   // any of these makes it fit half
	hints  string // words that answering sentences and their headings use
	strict bool   // an excerpt without the cue does not answer
	beyond bool   // the answer is a name that the question does not have
}

// kindOf returns the kind of a question, nil if none is recognised.
func kindOf(question string) *kind { return shippedKinds.of(question) }

// fit returns how well a sentence with these cues suits the kind of question: 1
// with a cue that it wants, .5 with a weaker one, else 0. Every sentence suits a
// question of no particular kind.
func (k *kind) fit(c cues) float64 {
	switch {
	case k == nil || k.wants == 0 || c&k.wants != 0:
		return 1
	case c&k.weaker != 0:
		return 0.5
	}
	return 0
}

// fits reports whether a sentence has the sort of thing that the kind asks for,
// or something near it.
func (k *kind) fits(sentence string) bool { return k == nil || k.fit(cuesOf(sentence)) > 0 }

// suits reports whether a text that stands alone, such as a biography, has what the
// kind asks for: of a strict kind the very thing, and not something near it.
func (k *kind) suits(text string) bool {
	return k == nil || (k.strict && k.fit(cuesOf(text)) == 1) || (!k.strict && k.fits(text))
}

// offers reports whether a sentence has what the kind asks for beyond the words
// of the question itself, given in lower case without apostrophes: "which king
// succeeded Henry" is not answered by Henry. A kind that asks for no name is
// offered what it wants by every sentence. The sentence is read anew, so this is
// for a few of them only.
func (k *kind) offers(question []string, sentence string) bool {
	if k == nil || !k.beyond {
		return true
	}
	return k.fit(cuesBeyond(sentence, question)) > 0
}

// hint returns the clause that stands for the words of a kind's answers.
func (x *Index) hint(k *kind) (clause, bool) {
	if k == nil || k.hints == "" {
		return clause{}, false
	}
	c := clause{surface: "(" + k.name + ")", weight: 1}
	for _, term := range x.analyzer.terms(k.hints) {
		id := x.corpus.id(term)
		known := slices.ContainsFunc(c.alternatives, func(a alternative) bool { return a.terms[0] == id })
		if id != unknown && !known {
			c.alternatives = append(c.alternatives, alternative{[]int32{id}, 1})
			c.idf = max(c.idf, x.corpus.idf(id))
		}
	}
	return c, len(c.alternatives) > 0
}

// offered returns the shape that a new word of an answer has, 0 for any.
func (k *kind) offered() shape {
	switch {
	case k == nil:
		return 0
	case k.wants&(cueNumber|cueMeasure|cueYear|cueDate|cueDuration|cueShare) != 0:
		return shapeNumber
	case k.wants&(cueName|cuePlaceName) != 0:
		return shapeName
	}
	return 0
}

// demands reports whether a sentence without what the kind asks for cannot answer.
func (k *kind) demands() bool { return k != nil && k.strict }
