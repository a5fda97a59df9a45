package shelf

import (
	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// CardsFor returns the cards of a past decision by the ids of its topics, with the
// guild's helplines. It is false when none of the topics with a card exists any more.
func (s *Shelves) CardsFor(guild string, fired func(topic string) bool) (answer.Answer, bool) {
	rules := s.rulesFor(guild)
	var d safety.Decision
	for _, t := range rules.Topics() { // highest tier first, as triage has its matches
		if fired(t.ID) {
			d.Matches = append(d.Matches, safety.Match{Topic: t.ID, Tier: t.Tier, Quote: t.Quote})
			d.Tier, d.Minor = max(d.Tier, t.Tier), d.Minor || t.Minor
		}
	}
	cards := rules.Cards(d)
	return answer.Answer{Outcome: answer.CardOnly, Tier: d.Tier, Topics: d.Topics(), Minor: d.Minor, Cards: cards}, len(cards) > 0
}

// Disclaimer returns the medical-advice disclaimer as the guild shows it.
func (s *Shelves) Disclaimer(guild string) safety.Card { return s.rulesFor(guild).Disclaimer() }

// Reading says why what an article says under a heading may not be shown to somebody
// who reads on outside an answer; see [answer.Closed].
func (s *Shelves) Reading(guild string, channel answer.Channel, art *article.Article, heading string) answer.Reason {
	return answer.Closed(s.rulesFor(guild), channel, art, heading)
}

// rulesFor returns the rules that hold for a guild.
func (s *Shelves) rulesFor(guild string) *safety.Rules {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rulesOf(s.guilds[guild])
}

// forAdults reports whether a question is answered in age-restricted channels alone by
// the shipped rules, so that it is not offered elsewhere; see findFor for a guild's own.
func (s *Shelves) forAdults(question string) bool {
	return s.config.Rules.Triage(question).AgeGated(false)
}
