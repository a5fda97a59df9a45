package safety

import (
	"runtime"
	"slices"
	"sync"
)

// techniqueGuard stands in for a topic id in the examples of the quote guard.
const techniqueGuard = "technique quote guard"

// example is a text that must, or must not, fire a topic.
type example struct {
	topic string
	text  line
	file  string
	want  bool
}

func (b *builder) addExamples(topic string, e examplesData) {
	for _, text := range e.Positive {
		b.examples = append(b.examples, example{topic, text, b.file, true})
	}
	for _, text := range e.Negative {
		b.examples = append(b.examples, example{topic, text, b.file, false})
	}
}

// selfTest holds every topic to its own examples, on all processors, and reports
// the failures in the order of the data.
func (b *builder) selfTest() {
	wrong := make([]bool, len(b.examples))
	workers := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(b.examples); i += workers {
				wrong[i] = b.rules.fires(b.examples[i]) != b.examples[i].want
			}
		})
	}
	wg.Wait()
	for i, e := range b.examples {
		if !wrong[i] {
			continue
		}
		b.file = e.file
		verb := "is fired by its negative"
		if e.want {
			verb = "is not fired by its positive"
		}
		b.faultf(e.text.at, "%s %s example %q", e.topic, verb, e.text.text)
	}
}

// fires reports whether an example fires the topic that it belongs to.
func (r *Rules) fires(e example) bool {
	if e.topic == techniqueGuard {
		return r.Technique(e.text.text)
	}
	return slices.Contains(r.Triage(e.text.text).Topics(), e.topic)
}
