package safety

import (
	"fmt"
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
	wrong := make([]string, len(b.examples))
	workers := runtime.GOMAXPROCS(0)
	rules := make(map[string]*rule, len(b.rules.rules))
	for i := range b.rules.rules {
		rules[b.rules.rules[i].ID] = &b.rules.rules[i]
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for i := w; i < len(b.examples); i += workers {
				wrong[i] = b.rules.fault(b.examples[i], rules[b.examples[i].topic])
			}
		})
	}
	wg.Wait()
	for i, e := range b.examples {
		if wrong[i] == "" {
			continue
		}
		b.file = e.file
		b.faultf(e.text.at, "%s %s", e.topic, wrong[i])
	}
}

// fault says what is wrong with an example, if anything: a positive must fire its
// topic; a negative must not, nor may it fire one of a higher tier, since it is
// written as something harmless that looks like the topic.
func (r *Rules) fault(e example, own *rule) string {
	var fires bool
	switch {
	case e.topic == techniqueGuard:
		fires = r.Technique(e.text.text)
	case own == nil:
		return ""
	case e.want:
		fires = r.matches(own, e.text.text)
	default:
		d := r.Triage(e.text.text)
		fires = slices.Contains(d.Topics(), e.topic)
		if !fires && d.Tier > own.Tier {
			return fmt.Sprintf("has a negative example that %s fires at the higher tier %s: %q", d.Matches[0].Topic, d.Tier, e.text.text)
		}
	}
	switch {
	case fires == e.want:
		return ""
	case e.want:
		return fmt.Sprintf("is not fired by its positive example %q", e.text.text)
	}
	return fmt.Sprintf("is fired by its negative example %q", e.text.text)
}

// matches reports whether one rule fires on a text.
func (r *Rules) matches(one *rule, text string) bool {
	for v := range r.views(text) {
		if one.match(r.look(v)) != nil {
			return true
		}
	}
	return false
}
