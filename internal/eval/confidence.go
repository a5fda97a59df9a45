package eval

import (
	"context"
	"fmt"
	"slices"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/search"
)

// Finder finds the best candidates for a question; [search.Index] is one. It must
// be safe for concurrent use when Options.Workers is above 1.
type Finder interface {
	Find(ctx context.Context, q search.Query) (search.Result, error)
}

// Named is an article with the name by which the rows of a set speak of it.
type Named struct {
	Name string
	*article.Article
}

// Library is what questions are asked of, and how to build it anew from fewer
// articles.
type Library struct {
	Asker
	Finder
	Articles []Named
	Build    func(ctx context.Context, articles []*article.Article) (Finder, error)
}

// Confidence says how well the confidence of a search tells what is answered from
// what is not.
//
// The rows are the first turns of all conversations, each asked alone, with the
// confidence as the search gives it: a safety card, or a gate that withholds the
// quote, changes nothing. Rows whose reply is help or comes from the front matter
// need no confidence and are left out, of the answerable and of the others.
type Confidence struct {
	Own         Separation  `json:"own"`       // against the set's own unanswerable rows
	Removed     Separation  `json:"removed"`   // against answerable rows, asked without the article that they name
	OffTopic    Separation  `json:"off_topic"` // against rows of other sets
	LeftOut     int         `json:"left_out"`  // rows of the set itself that were left out
	Reliability Reliability `json:"reliability"`
}

// probe is one row with the confidence in its first candidate.
type probe struct {
	id         string
	confidence float64
	right      bool // the excerpt holds an answer
	leftOut    bool
}

// MeasureConfidence asks the rows of a set, those rows of it that name an article
// of a library without that article, and the rows of other sets. It fails when
// asking or building does.
func MeasureConfidence(ctx context.Context, lib Library, set, offTopic []Conversation, opts Options) (*Confidence, error) {
	answerable, others := firstTurns(opts.Half.of(set))
	own, err := probeAll(ctx, lib, slices.Concat(answerable, others), opts)
	if err != nil {
		return nil, err
	}
	off, err := probeAll(ctx, lib, slices.Concat(firstTurns(opts.Half.of(offTopic))), opts)
	if err != nil {
		return nil, err
	}
	var asked []Question // what the search decides, and so what can be asked again
	for i, q := range answerable {
		if !own[i].leftOut {
			asked = append(asked, q)
		}
	}
	removed, err := probeRemoved(ctx, lib, asked, opts)
	if err != nil {
		return nil, err
	}
	positive, negative := kept(own[:len(answerable)]), kept(own[len(answerable):])
	return &Confidence{
		Own: separate(positive, negative), Removed: separate(positive, removed), OffTopic: separate(positive, kept(off)),
		LeftOut:     len(own) - len(positive) - len(negative),
		Reliability: reliabilityOf(slices.Concat(positive, negative)),
	}, nil
}

// firstTurns returns the questions that open the conversations of a set.
func firstTurns(set []Conversation) (answerable, others []Question) {
	for _, c := range set {
		if c[0].answerable() {
			answerable = append(answerable, c[0])
		} else {
			others = append(others, c[0])
		}
	}
	return answerable, others
}

func kept(probes []probe) []probe {
	return slices.DeleteFunc(slices.Clone(probes), func(p probe) bool { return p.leftOut })
}

// probeAll asks each question of the whole library.
func probeAll(ctx context.Context, lib Library, questions []Question, opts Options) ([]probe, error) {
	probes := make([]probe, len(questions))
	err := each(ctx, opts.Workers, len(questions), func(ctx context.Context, i int) error {
		q := questions[i]
		ans, err := lib.Ask(ctx, answer.Question{Text: q.Text, Channel: opts.Channel})
		if err != nil {
			return fmt.Errorf("question %s: %w", q.ID, err)
		}
		if ans.Outcome == answer.Help || ans.Outcome == answer.FromMeta {
			probes[i] = probe{id: q.ID, leftOut: true}
			return nil
		}
		probes[i], err = probeOne(ctx, lib, q)
		return err
	})
	return probes, err
}

func probeOne(ctx context.Context, f Finder, q Question) (probe, error) {
	found, err := f.Find(ctx, search.Query{Text: q.Text})
	if err != nil {
		return probe{}, fmt.Errorf("question %s: %w", q.ID, err)
	}
	right := len(found.Candidates) > 0 && containsAny(found.Candidates[0].Text(), q.Answers)
	return probe{id: q.ID, confidence: found.Confidence, right: right}, nil
}

// probeRemoved asks the questions that name an article of a library without it,
// article by article.
func probeRemoved(ctx context.Context, lib Library, questions []Question, opts Options) ([]probe, error) {
	probes := make([][]probe, len(lib.Articles))
	err := each(ctx, opts.Workers, len(lib.Articles), func(ctx context.Context, i int) error {
		about := slices.DeleteFunc(slices.Clone(questions), func(q Question) bool {
			return q.Article == "" || (q.Article != lib.Articles[i].Name && q.Article != lib.Articles[i].Slug)
		})
		if len(about) == 0 {
			return nil
		}
		without, err := lib.without(ctx, i)
		if err != nil {
			return err
		}
		for _, q := range about {
			p, err := probeOne(ctx, without, q)
			if err != nil {
				return err
			}
			probes[i] = append(probes[i], p)
		}
		return nil
	})
	return slices.Concat(probes...), err
}

// without builds the library without its i-th article.
func (l Library) without(ctx context.Context, i int) (Finder, error) {
	built, err := l.Build(ctx, l.others(i))
	if err != nil {
		return nil, fmt.Errorf("build without %s: %w", l.Articles[i].Name, err)
	}
	return built, nil
}

// others returns the articles but the i-th.
func (l Library) others(i int) []*article.Article {
	var rest []*article.Article
	for j, a := range l.Articles {
		if j != i {
			rest = append(rest, a.Article)
		}
	}
	return rest
}
