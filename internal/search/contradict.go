package search

import "slices"

// conflictShare is the share of the best candidate's score from which another
// candidate is good enough to be set against it.
const conflictShare = 0.6

// conflicts returns the candidates of other articles that contradict the first
// one on what was asked, best first.
func conflicts(question string, candidates []Candidate) []Candidate {
	if len(candidates) == 0 || !severalArticles(candidates) {
		return nil
	}
	best, asked := candidates[0], topicsIn(question)
	mine := claimsOf(best, asked)
	var against []Candidate
	for _, c := range candidates[1:] {
		if c.Article != best.Article && c.Score >= conflictShare*best.Score && contradict(mine, c, asked) {
			against = append(against, c)
		}
	}
	return against
}

// contradiction reports whether the decisive sentences of two candidates of
// different articles say opposite things of one subject: one affirms what the
// other denies, or they give numbers of one unit that cannot both be right. It
// prefers to miss a contradiction over seeing one that is none: sentences that
// differ in a condition, a group of people or a qualifying word do not count.
func contradiction(best, other Candidate, asked map[string]bool) bool {
	return best.Article != other.Article && contradict(claimsOf(best, asked), other, asked)
}

func contradict(mine []claim, other Candidate, asked map[string]bool) bool {
	if len(mine) == 0 || !mayConcern(mine, other) {
		return false
	}
	theirs := claimsOf(other, asked)
	for stem := range asked {
		if says(mine, stem) && !says(theirs, stem) {
			return false
		}
	}
	for _, c := range mine {
		against := func(d claim) bool { return c.sameSubject(d, asked) && c.opposes(d) }
		if slices.ContainsFunc(theirs, against) {
			return true
		}
	}
	return false
}

// mayConcern is a quick look at whether a decisive sentence shares two topics
// with claims, or points back at some.
func mayConcern(claims []claim, c Candidate) bool {
	sentence, shared := c.decisiveText(), 0
	for stem := range topicsIn(sentence) {
		if says(claims, stem) {
			shared++
		}
	}
	return shared >= 2 || pointsBack.MatchString(sentence)
}

func says(claims []claim, stem string) bool {
	return slices.ContainsFunc(claims, func(c claim) bool { return c.has(stem) })
}

// extraShare is how much of what two claims speak of only one of them may have.
const extraShare = 0.25

// sameSubject reports whether two claims speak of the same thing, to somebody
// who asked about these words: one has all the content words of the other, and
// what it has beyond them narrows nothing down.
func (c claim) sameSubject(other claim, asked map[string]bool) bool {
	mine, theirs := c.beyond(other), other.beyond(c)
	switch {
	case len(mine) > 0 && len(theirs) > 0:
		return false
	case len(theirs) > 0:
		return other.sameSubject(c, asked)
	}
	shared, things, hits := 0, 0, 0
	for _, t := range other.topics {
		if !c.has(t.stem) {
			continue
		}
		shared++
		if !t.judgement {
			things++
		}
		if asked[t.stem] {
			hits++
		}
	}
	for _, t := range mine {
		if t.narrows || asked[t.stem] {
			return false
		}
	}
	return things > 0 && shared >= 2 && (hits > 0 || shared >= 3) &&
		float64(len(mine)) <= extraShare*float64(shared+len(mine))
}

// beyond returns the topics of a claim that another does not have. That
// something is proven is said of any claim, and not a topic of its own.
func (c claim) beyond(other claim) []topic {
	var out []topic
	for _, t := range c.topics {
		if t.stem != provenTopic && !other.has(t.stem) {
			out = append(out, t)
		}
	}
	return out
}

// opposes reports whether two claims about one subject cannot both be true.
func (c claim) opposes(other claim) bool {
	if c.vague || other.vague {
		return false
	}
	return c.numbers.contradict(other.numbers) || c.disagrees(other)
}

// disagrees reports whether one claim affirms what the other denies: a quality
// that both judge, or where they judge none, the claim as a whole.
func (c claim) disagrees(other claim) bool {
	judged, differ := false, false
	for _, t := range c.topics {
		if t.judgement && t.stem != provenTopic {
			judged = true
			differ = differ || c.denied(t.stem) != other.denied(t.stem)
		}
	}
	if judged {
		return differ
	}
	return c.denied(provenTopic) != other.denied(provenTopic)
}

// denied reports whether a claim denies a quality, or as a whole when it does
// not speak of that quality.
func (c claim) denied(stem string) bool {
	i := slices.IndexFunc(c.topics, func(t topic) bool { return t.stem == stem })
	return c.denies != (i >= 0 && c.topics[i].against)
}
