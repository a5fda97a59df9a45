package answer

import (
	"context"

	"verbatim/internal/search"
)

// Preferred returns what moderators decided about a single question, as Ask goes by it.
// In a conversation, one that points back asks of something that its own words do not
// name, and nothing was decided about that; nor was it about greetings.
func (a *Answerer) Preferred(q Question) (search.Chosen, bool) {
	if a.decided == nil || isSmallTalk(q.Text) || len(q.Conversation.turns) > 0 && pointsBack.MatchString(q.Text) {
		return search.Chosen{}, false
	}
	return a.decided.Preferred(q.Text)
}

// fromPreference answers with the excerpt that moderators chose, if it may be shown
// here, or with nothing when they chose that.
func (a *Answerer) fromPreference(ctx context.Context, q Question, chosen search.Chosen, g gate, ans *Answer) error {
	if chosen.Article == nil {
		notice := g.closed()
		if notice == "" {
			notice = noticeUnanswered
		}
		a.abstain(ans, notice)
		return nil
	}
	found, err := a.library.Find(ctx, search.Query{Text: q.Text, Chosen: &chosen})
	if err != nil {
		return a.unavailable(ans, err)
	}
	a.fromPassages(ans, found, g)
	return nil
}
