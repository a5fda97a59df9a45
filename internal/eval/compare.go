package eval

import (
	"context"
	"fmt"
)

// Excerpter is a search engine to compare with: it returns the excerpt that it
// would show for a question, empty when it finds nothing. It must be safe for
// concurrent use when Options.Workers is above 1.
type Excerpter interface {
	Excerpt(ctx context.Context, question string) (string, error)
}

// Baseline is how often another engine's excerpt holds an answer, of the rows that
// have one: the figure to hold against Tally.Found.
type Baseline struct {
	Name   string `json:"name"`
	Found  Share  `json:"found"`
	InView Share  `json:"in_view"`
	Hidden Share  `json:"hidden"`
}

// Compare asks another engine every question of a set that has answers, each turn
// alone, since such an engine knows no conversation.
func Compare(ctx context.Context, name string, e Excerpter, set []Conversation, opts Options) (Baseline, error) {
	var questions []Question
	for _, c := range opts.Half.of(set) {
		for _, q := range c {
			if len(q.Answers) > 0 {
				questions = append(questions, q)
			}
		}
	}
	hits := make([]bool, len(questions))
	err := each(ctx, opts.Workers, len(questions), func(ctx context.Context, i int) error {
		text, err := e.Excerpt(ctx, questions[i].Text)
		if err != nil {
			return fmt.Errorf("%s: question %s: %w", name, questions[i].ID, err)
		}
		hits[i] = containsAny(text, questions[i].Answers)
		return nil
	})
	b := Baseline{Name: name}
	for i, q := range questions {
		b.Found.count(hits[i])
		if InView(q.ID) {
			b.InView.count(hits[i])
		} else {
			b.Hidden.count(hits[i])
		}
	}
	return b, err
}
