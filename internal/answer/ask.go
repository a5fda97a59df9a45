package answer

import (
	"context"
	"fmt"

	"verbatim/internal/article"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// The sentences that stand where a quote would. They are whole replies, so each
// says what to do next.
const (
	noticeUnanswered  = "The articles do not answer that."
	noticeWithheld    = "The articles are not quoted on this. Please ask a doctor, a nurse or a pharmacist."
	noticeRestricted  = "The articles are quoted on this only in an age-restricted channel."
	noticeMinor       = "The articles are not quoted on this to anyone under 18. A doctor or a nurse will answer it in private."
	noticeUnavailable = "The articles could not be searched just now. Please ask again in a minute."
)

// reasonOf returns the reason that a notice gives.
func reasonOf(notice string) Reason {
	return map[string]Reason{
		noticeUnanswered: Unanswered, noticeWithheld: Withheld, noticeRestricted: Restricted, noticeMinor: UnderAge,
		noticeUnavailable: Unavailable, noticeNoPublished: NoPublished, noticeNoBio: NoBio, noticeWhich: WhichOne,
	}[notice]
}

// Screen judges a question by triage alone, without any lookup. It returns true
// when a card is all there is to say: at crisis and emergency, and at urgent when
// a topic that fired forbids a quote. Otherwise the answer holds what comes before
// any quote, to be shown should the rest fail; its Reason is Restricted when the
// question is one that is answered only in another channel, so that whoever
// promises a reply can promise a private one.
func (a *Answerer) Screen(q Question) (Answer, bool) {
	d := a.triage(q)
	ans, done := a.screen(d, q.Channel)
	if !done && d.Withheld(q.Channel == AgeRestricted) == safety.WithheldByChannel {
		ans.Reason = Restricted
	}
	return ans, done
}

// triage judges a question. Whoever stated an age under 18 earlier in the
// conversation is still under 18.
func (a *Answerer) triage(q Question) safety.Decision {
	d := a.rules.Triage(q.Text)
	if q.Conversation.minor {
		d.Minor = true
		d.Tier = max(d.Tier, safety.TierSafety)
	}
	return d
}

func (a *Answerer) screen(d safety.Decision, c Channel) (Answer, bool) {
	ans := a.frame(d)
	if d.Tier < safety.TierUrgent || (d.Tier == safety.TierUrgent && d.MayQuote(c == AgeRestricted)) {
		return ans, false
	}
	ans.Outcome = CardOnly
	return ans, true
}

// Ask answers a question. The answer is always fit to be shown, whatever the
// error, which is for the log: when the lookup fails the cards and the
// disclaimer stand and Notice says that the articles could not be searched.
func (a *Answerer) Ask(ctx context.Context, q Question) (Answer, error) {
	whole := a.triage(q)
	if ans, done := a.screen(whole, q.Channel); done {
		return ans, nil
	}
	parts, more := splitQuestions(q.Text)
	if len(parts) < 2 {
		return a.one(ctx, q, whole, whole)
	}
	ans, err := a.several(ctx, q, parts, whole)
	ans.Unasked = more
	return ans, err
}

// frame returns what is said before any quote: tier, topics, cards, disclaimer.
func (a *Answerer) frame(d safety.Decision) Answer {
	ans := Answer{Tier: d.Tier, Topics: d.Topics(), Minor: d.Minor}
	switch {
	case d.Tier >= safety.TierUrgent:
		ans.Cards = a.rules.Cards(d)
	case d.Tier == safety.TierSafety:
		a.disclaim(&ans)
	}
	return ans
}

func (a *Answerer) disclaim(ans *Answer) {
	card := a.rules.Disclaimer()
	ans.Disclaimer = &card
}

// one answers a single question. d is the decision on its own text, whole the
// decision on the message it came in, whose limits on quoting also hold.
func (a *Answerer) one(ctx context.Context, q Question, d, whole safety.Decision) (Answer, error) {
	ans := a.frame(d)
	ans.Minor = whole.Minor
	if d.Tier == safety.TierNone && isSmallTalk(q.Text) {
		all := a.library.Articles()
		ans.Outcome, ans.Notice = Help, helpText(all)
		for _, art := range all {
			ans.Offered = append(ans.Offered, art.Meta.Title)
		}
		return ans, nil
	}
	limits := gate{rules: a.rules, channel: q.Channel, decisions: []safety.Decision{d, whole}}
	if chosen, ok := a.Preferred(q); ok {
		err := a.fromPreference(ctx, q, chosen, limits, &ans)
		return ans, err
	}
	asked, isMeta := classify(q.Text, a.shelf())
	if isMeta && !asksOfQuote(asked, q.Conversation) {
		err := a.fromFrontMatter(ctx, q, asked, &ans)
		return ans, err
	}
	found, err := a.library.Find(ctx, search.Query{Text: q.Text, Context: said(q.Conversation)})
	if err != nil {
		err = a.unavailable(&ans, err)
		return ans, err
	}
	if isMeta && !found.Sure() {
		err := a.fromFrontMatter(ctx, q, asked, &ans)
		return ans, err
	}
	if done, err := a.fromBio(ctx, q, found, &ans); err != nil {
		err = a.unavailable(&ans, err)
		return ans, err
	} else if done {
		return ans, nil
	}
	a.fromPassages(&ans, found, limits)
	return ans, nil
}

// said returns what a question may lean on: what was asked before and where the
// answers stood. Greetings and thanks come between and change nothing.
func said(c Conversation) []search.Turn {
	var turns []search.Turn
	for _, t := range c.turns {
		if t.Question != "" && isSmallTalk(t.Question) {
			continue
		}
		turns = append(turns, search.Turn{Question: t.Question, Article: t.Article, Quoted: t.Quoted, Decisive: t.Decisive})
	}
	return turns
}

// unavailable says that the lookup failed, and returns the error for the log.
func (a *Answerer) unavailable(ans *Answer, err error) error {
	a.abstain(ans, noticeUnavailable)
	return fmt.Errorf("find: %w", err)
}

// abstain leaves a card as the reply where there is one, else the notice.
func (a *Answerer) abstain(ans *Answer, notice string) {
	ans.Outcome, ans.Notice, ans.Reason = Abstained, notice, reasonOf(notice)
	if len(ans.Cards) > 0 {
		ans.Outcome, ans.Notice, ans.Reason = CardOnly, "", ""
	}
}

// fromPassages decides whether the best excerpt is shown, and fills the answer.
func (a *Answerer) fromPassages(ans *Answer, found search.Result, g gate) {
	ans.Confidence = found.Confidence
	if len(found.Candidates) > 0 {
		best := quoteOf(found.Candidates[0])
		ans.Best = &best
	}
	if reason := g.closed(); reason != "" {
		a.abstain(ans, reason)
		return
	}
	if !found.Sure() {
		a.abstain(ans, noticeUnanswered)
		if ans.Outcome == Abstained {
			ans.Nearest = nearest(found.Candidates, g)
		}
		return
	}
	chosen, reason := g.choose(found.Candidates[0])
	if reason != "" {
		a.abstain(ans, reason)
		return
	}
	quote := quoteOf(chosen)
	ans.Outcome, ans.Quote, ans.Best = Answered, &quote, &quote
	if len(ans.Cards) > 0 {
		a.disclaim(ans)
	}
	ans.beside(found, g)
}

func quoteOf(c search.Candidate) Quote {
	m := c.Article.Meta
	q := Quote{
		Text: c.Text(), Decisive: decisiveOf(c), Article: c.Article.Slug, Title: m.Title, Section: c.Section,
		Author: m.Author, AuthorBio: m.AuthorBio, Updated: m.Updated, Language: m.Language,
		AdaptedFrom: m.AdaptedFrom, SourceURL: m.SourceURL, Span: c.Excerpt,
	}
	if m.Reviewed != nil {
		q.Reviewed = m.Reviewed.On
	}
	return q
}

// decisiveOf returns the candidate's deciding sentence in offsets of its text.
func decisiveOf(c search.Candidate) article.Range {
	q := Quote{Text: c.Text(), Decisive: article.Range{Start: c.Decisive.Start - c.Excerpt.Start, End: c.Decisive.End - c.Excerpt.Start}}
	d, _ := q.DecisiveIn()
	return d
}

// nearCoverage is the share of a question that a passage must hold for its
// heading to be worth pointing at.
const nearCoverage = 0.1

// nearest lists the headings of the closest passages that may be quoted here,
// each once, at most three.
func nearest(candidates []search.Candidate, g gate) []Heading {
	var out []Heading
	seen := map[Heading]bool{}
	for _, c := range candidates {
		h := Heading{Article: c.Article.Slug, Title: c.Article.Meta.Title, Section: c.Section}
		if c.Features.Passage >= nearCoverage && !seen[h] && len(out) < 3 && g.refuses(c) == "" {
			seen[h] = true
			out = append(out, h)
		}
	}
	return out
}
