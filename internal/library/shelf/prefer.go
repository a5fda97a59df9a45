package shelf

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/search"
)

// preferences are what a guild's moderators decided, ready to be matched. Not changed
// once made; safe for concurrent use.
type preferences struct {
	asked *search.Asked
	all   []decision
}

// decision is a preference with where its passage stands now.
type decision struct {
	library.Preference

	chosen search.Chosen
	gone   bool // its passage stands nowhere
}

// alike is a decision on a question like the one at hand.
type alike struct {
	*decision

	share   float64
	applies bool
}

// prepareDecided makes preferences ready for a library. It returns nil for none. The errors
// are those of the archive when it cannot be reached, and ctx's.
func (s *Shelves) prepareDecided(ctx context.Context, guild string, all []library.Preference, index *search.Index) (*preferences, error) {
	if len(all) == 0 {
		return nil, nil
	}
	p := &preferences{all: make([]decision, len(all))}
	questions := make([]string, len(all))
	then := map[library.Place]*article.Article{} // by article and revision alone
	for i, one := range all {
		questions[i] = one.Question
		d, err := s.anchor(ctx, guild, one, index.Articles(), then)
		if err != nil {
			return nil, fmt.Errorf("preference %d of %d: %w", i+1, len(all), err)
		}
		p.all[i] = d
	}
	p.asked = index.Asked(questions)
	return p, nil
}

// Preferred implements answer.Preferences.
func (p *preferences) Preferred(question string) (search.Chosen, bool) {
	for _, a := range p.like(question) {
		if a.applies {
			return a.chosen, true
		}
	}
	return search.Chosen{}, false
}

// like returns the decisions on questions like this one, the most alike first, then
// the latest; at most one of them applies.
func (p *preferences) like(question string) []alike {
	var found []alike
	for _, l := range p.asked.Like(question) {
		found = append(found, alike{decision: &p.all[l.Number], share: l.Share})
	}
	slices.SortStableFunc(found, func(a, b alike) int { return cmp.Or(cmp.Compare(b.share, a.share), b.At.Compare(a.At)) })
	if i := slices.IndexFunc(found, func(a alike) bool { return !a.gone }); i >= 0 {
		found[i].applies = true
	}
	return found
}

// bytes estimates what preferences take, nil included.
func (p *preferences) bytes() (sum int64) {
	const each = 1 << 10 // with the analysed question
	if p != nil {
		for _, d := range p.all {
			sum += each + 4*int64(len(d.Question))
		}
	}
	return sum
}
