package shelf

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"verbatim/internal/answer"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// maxExplained is how many passages an explanation shows.
const maxExplained = 5

// Explain says how a question is answered now. Where triage leaves nothing to quote
// there is no search to explain. Of a message with several questions the search for the
// first is explained, without what was said before it, and the preferences that any of
// them is like are shown; these have no ids, which a shelf does not know. The errors are
// those of Ask; the answer is fit to be shown all the same.
func (s *Shelves) Explain(ctx context.Context, guild string, q answer.Question) (bench.Explanation, error) {
	e := bench.Explanation{Triage: s.rulesFor(guild).Triage(q.Text)}
	e.Guild = s.ofGuild(e.Triage)
	h, err := s.hold(ctx, guild)
	if err != nil {
		e.Answer = s.unavailable(ctx, guild, q)
		return e, err
	}
	defer h.release()
	e.Needed = h.index.Weights().Threshold
	if e.Answer, err = h.answerer.Ask(ctx, q); err != nil {
		return e, err
	}
	if _, done := h.answerer.Screen(q); done {
		return e, nil
	}
	questions := answer.Questions(q.Text)
	found, err := h.index.Examine(ctx, questions[0], maxExplained)
	if err != nil {
		return e, fmt.Errorf("examining the question: %w", err)
	}
	explainSearch(&e, found, h.index.Weights())
	for _, text := range questions {
		part := answer.Question{Text: text, Channel: q.Channel, Conversation: q.Conversation}
		e.Preferred = append(e.Preferred, h.explainPreferred(part)...)
		q.Conversation = q.Conversation.With(answer.Turn{Question: text})
	}
	return e, nil
}

// Passages returns what the search finds for a text, the best first and at most limit,
// however unsure it is; triage is not asked. The errors are those of the source, and ctx's.
func (s *Shelves) Passages(ctx context.Context, guild, text string, limit int) ([]bench.ExplainedPassage, error) {
	h, err := s.hold(ctx, guild)
	if err != nil {
		return nil, err
	}
	defer h.release()
	found, err := h.index.Examine(ctx, text, max(limit, 0))
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	return explainedPassages(found, h.index.Weights()), nil
}

// ofGuild returns the ids of the matches that are of the guild's own topics, or of
// shipped ones that it made stricter.
func (s *Shelves) ofGuild(d safety.Decision) []string {
	shipped := map[string]safety.Topic{}
	for _, t := range s.config.Rules.Topics() {
		shipped[t.ID] = t
	}
	var own []string
	for _, m := range d.Matches {
		if t, ok := shipped[m.Topic]; !ok || t.Tier != m.Tier || t.Quote != m.Quote {
			own = append(own, m.Topic)
		}
	}
	return own
}

// explainSearch fills in what the search took the question for and what it found.
func explainSearch(e *bench.Explanation, found search.Examination, w search.Weights) {
	e.Kind, e.Score, e.Needed = found.Kind, found.Result.Confidence, cmp.Or(found.Result.Threshold, e.Needed)
	for _, word := range found.Words {
		e.Words = append(e.Words, bench.ExplainedWord{Text: word.Text, Weight: word.Weight * word.IDF, Known: word.Known})
	}
	e.Passages = explainedPassages(found, w)
}

func explainedPassages(found search.Examination, w search.Weights) []bench.ExplainedPassage {
	var all []bench.ExplainedPassage
	for _, c := range found.Candidates {
		a := c.Article
		all = append(all, bench.ExplainedPassage{
			Title: a.Meta.Title, Section: c.Section, Article: a.Slug,
			Place:   library.Place{Article: a.Slug, Revision: c.Excerpt.Revision, Start: c.Excerpt.Start, End: c.Excerpt.End},
			Excerpt: c.Text(), Score: c.Score, Parts: partsOf(c.Values, w.Ranking),
		})
	}
	return all
}

// partsOf says what a score is made of: each measured value with what it adds by its
// weight, the largest first. What adds nothing is left out.
func partsOf(values, weights []float64) []bench.Part {
	var parts []bench.Part
	for i, name := range search.RankingNames() {
		if points := values[i] * weights[i]; points != 0 {
			parts = append(parts, bench.Part{Name: name, Value: values[i], Points: points})
		}
	}
	slices.SortStableFunc(parts, func(a, b bench.Part) int { return cmp.Compare(math.Abs(b.Points), math.Abs(a.Points)) })
	return parts
}

// explainPreferred lists the decisions on questions like this one, and which of them
// the answer goes by.
func (h held) explainPreferred(q answer.Question) []bench.AppliedPreference {
	if h.decided == nil {
		return nil
	}
	_, asked := h.answerer.Preferred(q)
	var all []bench.AppliedPreference
	for _, a := range h.decided.like(q.Text) {
		all = append(all, bench.AppliedPreference{Preference: a.Preference, Alike: a.share, Applied: a.applies && asked})
	}
	return all
}
