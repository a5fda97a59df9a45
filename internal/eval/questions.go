// Package eval measures the pipeline on sets of questions and on collections of
// documents: what is answered right, what is rightly left alone, how well the
// confidence tells the two apart, how well documents are ranked, how long the
// excerpts are, how fast it is.
//
// Invariants:
//   - a figure depends only on the set, the articles and the program, however many
//     questions are asked at a time; times are the one exception, and are there
//     only when questions were asked one after the other;
//   - every figure is also given for the two halves of a set apart, see [InView],
//     and the rows of the hidden half are listed only on request.
package eval

import (
	"context"
	"fmt"
	"time"

	"verbatim/internal/answer"
)

// Asker answers questions; [answer.Answerer] is one. It must be safe for
// concurrent use when Options.Workers is above 1.
type Asker interface {
	Ask(ctx context.Context, q answer.Question) (answer.Answer, error)
}

// Options of a run.
type Options struct {
	Channel answer.Channel
	Now     func() time.Time // the clock that latencies are measured with
	Half    Half             // which rows are asked; zero is all
	Workers int              // how many conversations at a time; latencies are measured only with 0 or 1
}

// A reply is an answer with the time it took.
type reply struct {
	answer.Answer
	took time.Duration
}

// Questions asks every conversation of a set in order and scores each turn. It
// fails only when asking does.
func Questions(ctx context.Context, a Asker, set []Conversation, opts Options) (*Report, error) {
	set = opts.Half.of(set)
	replies := make([][]reply, len(set))
	err := each(ctx, opts.Workers, len(set), func(ctx context.Context, i int) (err error) {
		replies[i], err = converse(ctx, a, set[i], opts)
		return err
	})
	if err != nil {
		return nil, err
	}
	r := newReport(opts)
	for i, c := range set {
		for turn, q := range c {
			r.add(q, replies[i][turn])
		}
	}
	r.finish()
	return r, nil
}

// converse asks the turns of one conversation, each with those before it.
func converse(ctx context.Context, a Asker, c Conversation, opts Options) ([]reply, error) {
	var before answer.Conversation
	replies := make([]reply, 0, len(c))
	for _, q := range c {
		start := opts.Now()
		ans, err := a.Ask(ctx, answer.Question{Text: q.Text, Channel: opts.Channel, Conversation: before})
		if err != nil {
			return nil, fmt.Errorf("question %s: %w", q.ID, err)
		}
		replies = append(replies, reply{ans, opts.Now().Sub(start)})
		before = before.With(answer.TurnOf(q.Text, ans))
	}
	return replies, nil
}
