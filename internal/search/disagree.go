package search

import (
	"cmp"
	"context"
	"slices"

	"verbatim/internal/article"
)

// Repeats reports whether two texts say the same: in the same words, but for a few that
// are neither a number nor a negation, or one as whole sentences of the other. Texts of
// fewer than six different words are not compared.
func Repeats(one, other string) bool { return newWording(one).repeats(newWording(other), nil) }

// Disagreement is two sentences of different articles, in their canonical texts, that
// give numbers of one unit on one subject of which at most one can be right.
type Disagreement struct {
	Mine   article.Range
	Other  *article.Article
	Theirs article.Range
}

// maxCompared is how many sentences with numbers of other articles are looked at, so
// that the time is bounded, whatever a guild has.
const maxCompared = 20_000

// Disagreements lists sentences of other articles whose numbers contradict those of
// mine, in their order, at most limit. It judges by the rules by which a contradiction
// is shown below an answer, for somebody who asks about all that both sentences speak
// of, and like them prefers to miss one over seeing one that is none. It fails when
// ctx ends.
func Disagreements(ctx context.Context, mine *article.Article, others []*article.Article, limit int) ([]Disagreement, error) {
	own := numbered(mine, func(string, map[string]bool) bool { return true })
	byTopic := map[string][]int{}
	for i, s := range own {
		for stem := range s.topics() {
			byTopic[stem] = append(byTopic[stem], i)
		}
	}
	concerns := func(sentence string, about map[string]bool) bool { return sharesTwo(sentence, about, byTopic) }
	var found []Disagreement
	left := maxCompared
	for _, a := range others {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if len(byTopic) == 0 || left <= 0 || len(found) >= limit {
			break
		}
		theirs := numbered(a, concerns)
		left -= len(theirs)
		for _, s := range theirs {
			if i := s.contradicted(own, byTopic); i >= 0 && len(found) < limit {
				found = append(found, Disagreement{own[i].Range, a, s.Range})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Disagreement) int { return cmp.Compare(a.Mine.Start, b.Mine.Start) })
	return found, nil
}

// figured is a sentence that gives numbers, with the claims that do.
type figured struct {
	article.Range
	claims []claim
}

// numbered returns the sentences of an article that give numbers, of those that a quick
// look lets pass: it sees a sentence in plain form and the topics of heading and title.
// A sentence whose subject may be in one before it is read as one about those topics.
func numbered(a *article.Article, concerns func(sentence string, about map[string]bool) bool) []figured {
	var all []figured
	for _, p := range a.Passages {
		heading := a.Sections[p.Section].Heading
		var about map[string]bool
		for _, r := range p.Sentences {
			sentence := plain(textOf(a, r))
			if !hasNumber(sentence) {
				continue
			}
			if about == nil {
				about = topicsIn(heading + " " + a.Meta.Title)
			}
			if !concerns(sentence, about) {
				continue
			}
			c := Candidate{Article: a, Section: heading, Excerpt: a.Span(article.Range{Start: p.Start, End: r.End}), Decisive: r}
			claims := slices.DeleteFunc(claimsOf(c, about), func(c claim) bool { return len(c.numbers) == 0 || c.vague })
			if len(claims) > 0 {
				all = append(all, figured{r, claims})
			}
		}
	}
	return all
}

// sharesTwo is a quick look at whether a sentence, or what it may point back at, speaks
// of two topics of one of the sentences that topics numbers.
func sharesTwo(sentence string, about map[string]bool, topics map[string][]int) bool {
	shared, seen := map[int]int{}, map[string]bool{}
	pair := func(stem string) bool {
		if seen[stem] {
			return false
		}
		seen[stem] = true
		for _, i := range topics[stem] {
			if shared[i]++; shared[i] >= 2 {
				return true
			}
		}
		return false
	}
	if pointsBack.MatchString(sentence) {
		for stem := range about {
			if pair(stem) {
				return true
			}
		}
	}
	for word := range scan(sentence) {
		if t, ok := topicOfWord(word); ok && pair(t.stem) {
			return true
		}
	}
	return false
}

// topics are the stems of all that a sentence's claims speak of.
func (f figured) topics() map[string]bool {
	stems := map[string]bool{}
	for _, c := range f.claims {
		for _, t := range c.topics {
			stems[t.stem] = true
		}
	}
	return stems
}

// contradicted returns the first sentence whose numbers contradict f's, -1 for none.
func (f figured) contradicted(all []figured, byTopic map[string][]int) int {
	shared := map[int]int{}
	for stem := range f.topics() {
		for _, i := range byTopic[stem] {
			shared[i]++
		}
	}
	first := -1
	for i, n := range shared {
		if n >= 2 && (first < 0 || i < first) && f.against(all[i]) {
			first = i
		}
	}
	return first
}

// against reports whether a claim of each gives numbers of one subject that cannot both
// be right.
func (f figured) against(other figured) bool {
	for _, c := range f.claims {
		for _, d := range other.claims {
			if c.numbers.contradict(d.numbers) && c.sameSubject(d, common(c, d)) {
				return true
			}
		}
	}
	return false
}

// common are the stems of what both claims speak of.
func common(c, d claim) map[string]bool {
	both := map[string]bool{}
	for _, t := range c.topics {
		if d.has(t.stem) {
			both[t.stem] = true
		}
	}
	return both
}
