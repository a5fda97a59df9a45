package safety

import (
	"runtime"
	"slices"
	"strings"
	"sync"
)

// checkCost refuses data that would make reading a message slow: too many patterns,
// and phrases that can go on in too many ways at one place of a text.
func (b *topicsBuilder) checkCost() {
	if b.compiler.patterns > MaxOwnPatterns {
		b.faultf(0, "there are %d patterns, and the limit is %d; join or remove some", b.compiler.patterns, MaxOwnPatterns)
	}
	if open := b.openWords(); open > maxOpenWords {
		b.faultf(0, "phrases of several words with a word beginning (as in bleed*) or a number range have %d words in all, and the limit is %d; "+
			"write the words out, or make them shorter", open, maxOpenWords)
	}
}

// openWords counts the words of the guild's phrases in which several stand beside a
// word beginning or a number range. All others can match in one way only.
func (b *topicsBuilder) openWords() int {
	n := 0
	count := func(phrases []string) {
		for _, phrase := range phrases {
			if fields := strings.Fields(phrase); len(fields) > 1 && strings.ContainsAny(phrase, "*#") {
				n += len(fields)
			}
		}
	}
	for name := range b.own {
		count(b.compiler.defined[name])
	}
	for term := range b.compiler.ids {
		if parts, concepts := alternatives(term); !concepts && !strings.HasPrefix(term, "concept ") {
			count(parts)
		}
	}
	return n
}

// tryExamples holds every topic to its own examples under both layers, on all
// processors, and reports the failures in the order of the data.
func (b *topicsBuilder) tryExamples(with *Rules) {
	wrong := make([]bool, len(b.examples))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(b.examples); i += workers {
				e := b.examples[i]
				own := slices.IndexFunc(with.own.rules, func(r rule) bool { return r.ID == e.topic })
				wrong[i] = with.own.fires(with, own, e.text.text) != e.want
			}
		})
	}
	wg.Wait()
	for i, e := range b.examples {
		switch {
		case wrong[i] && e.want:
			b.faultf(e.text.at, "topic %q is not fired by its positive example %q", e.topic, e.text.text)
		case wrong[i]:
			b.faultf(e.text.at, "topic %q is fired by its negative example %q", e.topic, e.text.text)
		}
	}
}
