package discord_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// oracle is an Answerer with a small stock of answers, which it finds by a word
// of the question, and a memory of what it was asked.
type oracle struct {
	mu     sync.Mutex
	asked  []answer.Question
	guilds []string      // of the questions
	slow   time.Duration // how long Ask takes
	tea    *article.Article
	unsure bool          // answers are not likely to be right
	held   chan struct{} // when not nil, Ask waits for it to be closed
}

// library makes the oracle quote an article.
func (o *oracle) library(tea *article.Article) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tea = tea
}

var (
	crisisCard = safety.Card{
		Title: "Crisis: talk to somebody now", Action: "Call or text a helpline in your country.",
		Bullets: []string{"You are not alone with this.", "Emergency services help as well."}, Note: "No clinician has reviewed this text.",
	}
	urgentCard = safety.Card{
		Title: "Medical help today", Action: "Call a doctor today.",
		Bullets: []string{"Do not wait until tomorrow."}, Note: "No clinician has reviewed this text.",
	}
	disclaimer = safety.Card{
		Title: "Not medical advice", Action: "Ask a doctor about your own case.",
		Bullets: []string{"Call your emergency number if the pain is severe."}, Note: "No clinician has reviewed this text.",
	}
)

func aQuote(text string) *answer.Quote {
	updated, _ := article.ParseDate("2017-07-19")
	return &answer.Quote{
		Text: text, Article: "an-article", Title: "An article", Section: "Is it safe?", Author: "Stephen Venneman",
		AuthorBio: "A writer with credentials.", Updated: updated, SourceURL: "https://example.org/article",
		Span: article.Span{Revision: "rev-1", Range: article.Range{Start: 3, End: 3 + len(text)}},
	}
}

// Screen implements discord.Answerer.
func (o *oracle) Screen(_ string, q answer.Question) (answer.Answer, bool) {
	switch {
	case strings.Contains(q.Text, "end it all"):
		return answer.Answer{Outcome: answer.CardOnly, Tier: safety.TierCrisis, Topics: []string{"crisis-one"}, Cards: []safety.Card{crisisCard}}, true
	case strings.Contains(q.Text, "risk"):
		return answer.Answer{Tier: safety.TierSafety, Disclaimer: &disclaimer}, false
	case strings.Contains(q.Text, "fever"):
		return answer.Answer{Tier: safety.TierUrgent, Cards: []safety.Card{urgentCard}}, false
	case strings.Contains(q.Text, "screen panics"):
		panic("screen")
	}
	return answer.Answer{}, false
}

// Ask implements discord.Answerer.
func (o *oracle) Ask(ctx context.Context, guild string, q answer.Question) (answer.Answer, error) {
	o.mu.Lock()
	o.guilds = append(o.guilds, guild)
	o.asked = append(o.asked, q)
	slow, held := o.slow, o.held
	o.mu.Unlock()
	if held != nil {
		select {
		case <-held:
		case <-ctx.Done():
		}
	}
	select {
	case <-time.After(slow):
	case <-ctx.Done():
		if !strings.Contains(q.Text, "stubborn") {
			return answer.Answer{Outcome: answer.Abstained, Disclaimer: &disclaimer, Notice: "Interrupted. Please ask again in a moment."}, ctx.Err()
		}
		time.Sleep(500 * time.Millisecond) // notices late
	}
	switch {
	case q.Text == "":
		return answer.Answer{Outcome: answer.Help, Notice: "Ask me about massage."}, nil
	case strings.Contains(q.Text, "ask panics"):
		panic("ask")
	case strings.Contains(q.Text, "broken"):
		return answer.Answer{Outcome: answer.Abstained, Notice: "The library is out of reach. Please try again."}, errors.New("the store is gone")
	case strings.Contains(q.Text, "technique") && q.Channel == answer.General:
		restricted := answer.Answer{Outcome: answer.Abstained, Notice: "Not in this channel.", Reason: answer.Restricted}
		if strings.Contains(q.Text, "risk") {
			restricted.Tier, restricted.Disclaimer = safety.TierSafety, &disclaimer
		}
		return restricted, nil
	case strings.Contains(q.Text, "who wrote"):
		return answer.Answer{Outcome: answer.FromMeta, Meta: &answer.Meta{Field: answer.FieldAuthor, Title: "An article", Text: "Stephen Venneman wrote it."}}, nil
	case strings.Contains(q.Text, "unknown"):
		missed := answer.Answer{Outcome: answer.Abstained, Notice: "No.", Reason: answer.Unanswered, Minor: strings.Contains(q.Text, "I am 15"), Nearest: []answer.Heading{
			{Article: "tea", Title: "The safety of tea", Section: "Is it safe?"}, {Article: "tea", Title: "The safety of tea", Section: "How to brew"},
		}}
		if strings.Contains(q.Text, "risk") {
			missed.Tier, missed.Disclaimer = safety.TierSafety, &disclaimer
		}
		if strings.Contains(q.Text, "fever") {
			missed.Tier = safety.TierUrgent
		}
		if strings.Contains(q.Text, "in part") {
			missed.Parts = []answer.Answer{missed, {Outcome: answer.Answered, Quote: aQuote("The second part.")}}
		}
		return missed, nil
	}
	found := answer.Answer{Outcome: answer.Answered, Quote: aQuote("It is *generally* safe, @everyone."), Confidence: .95}
	o.mu.Lock()
	tea := o.tea
	if o.unsure {
		found.Confidence = .5
	}
	o.mu.Unlock()
	if tea != nil {
		found.Quote = quoteOf(tea, "It is generally safe, @everyone.")
		for _, more := range []string{"Tea is a drink.", "Let it cool first.", "Pour hot water over the leaves.", "Wait for three minutes."} {
			found.More = append(found.More, *quoteOf(tea, more))
		}
		if strings.Contains(q.Text, "risk") {
			found.Tier, found.Disclaimer = safety.TierSafety, &disclaimer
		}
		if strings.Contains(q.Text, "fever") {
			found.Tier, found.Cards = safety.TierUrgent, []safety.Card{urgentCard}
		}
		found.Minor = strings.Contains(q.Text, "I am 15")
		if strings.Contains(q.Text, "how long") {
			found.Quote = quoteOf(tea, "Wait for three minutes.")
		}
		if strings.Contains(q.Text, "brew") {
			found.Quote = quoteOf(tea, "Pour hot water over the leaves.")
		}
		return found, nil
	}
	other := aQuote("More")
	other.Article, other.Span.Revision, other.Span.Start, other.Span.End = "another-article", "rev-2", 7, 11
	found.More = []answer.Quote{*other}
	if strings.Contains(q.Text, "two in one") {
		found.Quote, found.Outcome, found.Notice = nil, answer.Abstained, "The first part has no answer."
		found.Parts = []answer.Answer{
			{Outcome: answer.Answered, Quote: aQuote("The second part.")},
			{Outcome: answer.Answered, Quote: aQuote("The third part.")},
		}
	}
	if strings.Contains(q.Text, "risk") {
		found.Tier, found.Disclaimer = safety.TierSafety, &disclaimer
	}
	if strings.Contains(q.Text, "fever") {
		found.Tier, found.Cards = safety.TierUrgent, []safety.Card{urgentCard}
	}
	return found, nil
}

// questions returns what was asked so far.
func (o *oracle) questions() []answer.Question {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]answer.Question(nil), o.asked...)
}

// places returns the guilds of the questions so far.
func (o *oracle) places() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]string(nil), o.guilds...)
}

// forget empties the memory.
func (o *oracle) forget() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.asked, o.guilds = nil, nil
}

// take makes Ask take d from now on.
func (o *oracle) take(d time.Duration) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.slow = d
}

// hold makes Ask wait from now on, until it is let go.
func (o *oracle) hold() (release func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	held := make(chan struct{})
	o.held = held
	return sync.OnceFunc(func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		o.held = nil
		close(held)
	})
}

// doubts makes answers unlikely to be right, or likely.
func (o *oracle) doubts(on bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.unsure = on
}

// awaits waits until so many questions were asked.
func (w *walk) awaits(n int) {
	w.t.Helper()
	eventually(w.t, "questions", func() bool { return len(w.oracle.questions()) >= n })
}
