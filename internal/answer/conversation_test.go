package answer

import (
	"strings"
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// converse asks questions one after the other and returns the last answer.
func converse(t *testing.T, a *Answerer, questions ...string) Answer {
	t.Helper()
	var c Conversation
	var ans Answer
	for _, text := range questions {
		var err error
		if ans, err = a.Ask(t.Context(), Question{Text: text, Channel: AgeRestricted, Conversation: c}); err != nil {
			t.Fatal(err)
		}
		c = c.With(TurnOf(text, ans))
	}
	return ans
}

func TestConversations(t *testing.T) {
	a, _ := newAnswerer(t)
	for name, tc := range map[string]struct {
		questions []string
		shows     string
	}{
		"the author, and what the author is":     {[]string{"who wrote this"}, "gardener"},
		"where the author studied":               {[]string{"who wrote this", "and from where?"}, "Springfield College"},
		"in what":                                {[]string{"what is her diploma", "in what tho"}, "diploma in botany"},
		"the author of the article, then a fact": {[]string{"who wrote this", "how big is the gland"}, "walnut"},
		"why":                                    {[]string{"does a rough massage tear the lining", "why is that bad?"}, "infection"},
		"which way":                              {[]string{"how deep does the finger go", "which way does it bend"}, "navel"},
		"thanks in between":                      {[]string{"where is the gland", "thanks", "ok and how big is it"}, "walnut"},
		"author after a quote":                   {[]string{"where is the gland", "who wrote the article"}, "Pat Doe"},
		"date after the author":                  {[]string{"who wrote this", "and when was it updated"}, "July 19, 2017"},
	} {
		t.Run(name, func(t *testing.T) {
			if ans := converse(t, a, tc.questions...); !strings.Contains(shown(ans), tc.shows) {
				t.Errorf("shown %q, want %q", shown(ans), tc.shows)
			}
		})
	}
}

// TestConversationsThatEnd asks what only a stale topic could answer.
func TestConversationsThatEnd(t *testing.T) {
	a, _ := newAnswerer(t)
	for name, questions := range map[string][]string{
		"another subject":             {"where is the gland", "and the capital of peru?"},
		"why, of what has no answer":  {"where is the gland", "who won the hockey finals in peru", "why"},
		"an unknown word of its own":  {"how big is the gland", "is it contagious tho"},
		"the author is not the topic": {"who wrote this", "is it edible tho"},
	} {
		t.Run(name, func(t *testing.T) {
			if ans := converse(t, a, questions...); ans.Outcome != Abstained {
				t.Errorf("%s: %q", ans.Outcome, shown(ans))
			}
		})
	}
}

func TestSmallTalkIsNoTurnOfTheSearch(t *testing.T) {
	a, library := newAnswerer(t)
	converse(t, a, "where is the gland", "thanks", "and how big?")
	said := library.asked[len(library.asked)-1].Context
	if len(said) != 1 || said[0].Question != "where is the gland" {
		t.Errorf("said before: %+v", said)
	}
}

func TestTurnOf(t *testing.T) {
	quote := &Quote{
		Text: "One. Two.", Article: "a", Section: "S", Decisive: article.Range{Start: 5, End: 9},
		Span: article.Span{Revision: "r", Range: article.Range{Start: 100, End: 109}},
	}
	for name, tc := range map[string]struct {
		ans  Answer
		want Turn
	}{
		"nothing found": {Answer{Outcome: Abstained, Best: quote}, Turn{Question: "q"}},
		"a quote": {Answer{Outcome: Answered, Quote: quote}, Turn{
			Question: "q", Article: "a", Section: "S", Quoted: quote.Span, Decisive: article.Range{Start: 105, End: 109},
		}},
		"front matter": {Answer{Outcome: FromMeta, Meta: &Meta{Field: FieldUpdated, Article: "a"}}, Turn{Question: "q", Article: "a", Field: FieldUpdated}},
		"several questions": {Answer{Outcome: FromMeta, Meta: &Meta{Field: FieldAuthor, Article: "b"}, Parts: []Answer{
			{Outcome: FromMeta, Meta: &Meta{Field: FieldAuthor, Article: "b"}}, {Outcome: Answered, Quote: quote}, {Outcome: Abstained},
		}}, Turn{Question: "q", Article: "a", Section: "S", Quoted: quote.Span, Decisive: article.Range{Start: 105, End: 109}}},
		"an emergency": {Answer{Outcome: CardOnly, Tier: safety.TierEmergency}, Turn{}},
		"a minor":      {Answer{Outcome: Help, Minor: true}, Turn{Question: "q", Minor: true}},
	} {
		if got := TurnOf("q", tc.ans); got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, got, tc.want)
		}
	}
}
