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
// have one: the figures to hold against Tally.Found.
type Baseline struct {
	Name string `json:"name"`
	HalvedShare
	LaterTurns HalvedShare `json:"later_turns"` // all but the first turn of each conversation
}

// HalvedShare is a share of all rows and of those of each half.
type HalvedShare struct {
	Found  Share `json:"found"`
	InView Share `json:"in_view"`
	Hidden Share `json:"hidden"`
}

func (s *HalvedShare) count(id string, hit bool) {
	s.Found.count(hit)
	if InView(id) {
		s.InView.count(hit)
	} else {
		s.Hidden.count(hit)
	}
}

// Compare asks another engine every question of a set that has answers. Such an
// engine knows no conversation, so a later turn is asked with the first question of
// its conversation put before it, which has the words that the turn leaves out.
func Compare(ctx context.Context, name string, e Excerpter, set []Conversation, opts Options) (Baseline, error) {
	var questions []Question
	for _, c := range opts.Half.of(set) {
		for i, q := range c {
			if i > 0 {
				q.Text = c[0].Text + " " + q.Text
			}
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
		b.count(q.ID, hits[i])
		if q.Turn > 0 {
			b.LaterTurns.count(q.ID, hits[i])
		}
	}
	return b, err
}
