package shelf_test

import (
	"math"
	"strings"
	"testing"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
	"verbatim/internal/safety"
)

func (r *rig) explained(t testing.TB, guild string, q answer.Question) bench.Explanation {
	t.Helper()
	e, err := r.Explain(t.Context(), guild, q)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestExplain(t *testing.T) {
	m := newMemory()
	m.publish("own", "ferrets", ferret("eighteen"))
	r := newRig(t, m, nil)
	e := r.explained(t, "own", question(aboutFerrets))
	if quoteIn(e.Answer) == "" || e.Kind != "duration" || e.Score < e.Needed || e.Needed <= 0 || len(e.Preferred)+len(e.Guild) > 0 {
		t.Errorf("%+v", e)
	}
	var words []string
	for _, w := range e.Words {
		words = append(words, w.Text)
		if w.Weight <= 0 {
			t.Errorf("%+v", w)
		}
	}
	if got := strings.Join(words, " "); got != "long ferret sleep" {
		t.Errorf("words %q", got)
	}
	if len(e.Passages) == 0 || len(e.Passages) > 5 {
		t.Fatalf("%d passages", len(e.Passages))
	}
	articles, err := r.Articles(t.Context(), "own")
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range e.Passages {
		var sum float64
		for j, part := range p.Parts {
			sum += part.Points
			if part.Points == 0 || j > 0 && math.Abs(part.Points) > math.Abs(p.Parts[j-1].Points) {
				t.Errorf("%+v after %+v", part, p.Parts[:j])
			}
		}
		if math.Abs(sum-p.Score) > 1e-9 || i > 0 && p.Score > e.Passages[i-1].Score {
			t.Errorf("the parts of %q come to %v, and its score is %v", p.Excerpt, sum, p.Score)
		}
		q := answer.Quote{Article: p.Article, Span: article.Span{Revision: p.Place.Revision, Range: article.Range{Start: p.Place.Start, End: p.Place.End}}}
		if text, err := presentAt(articles, q); err != nil || text != p.Excerpt || p.Title == "" || p.Place.Article != p.Article {
			t.Errorf("%+v: %q, %v", p, text, err)
		}
	}
	if e.Passages[0].Excerpt != e.Answer.Quote.Text {
		t.Errorf("explained %q and quoted %q", e.Passages[0].Excerpt, e.Answer.Quote.Text)
	}
}

// TestExplainTriage: where there is nothing to quote nothing is searched for, and what
// fired is told, with what is the guild's own.
func TestExplainTriage(t *testing.T) {
	m := newMemory()
	m.set("g", library.SafetyTopics, ownTopics)
	r := newRig(t, m, nil)
	e := r.explained(t, "g", question(inCrisis))
	if e.Triage.Tier != safety.TierCrisis || e.Triage.Matches[0].Matched == "" || len(e.Answer.Cards) == 0 || len(e.Passages) > 0 || len(e.Guild) > 0 || e.Needed <= 0 {
		t.Errorf("%+v", e)
	}
	if e := r.explained(t, "g", question(aboutKettles)); len(e.Guild) != 1 || e.Guild[0] != "singing-kettle" {
		t.Errorf("%+v", e)
	}
	if e := r.explained(t, "g", question("?")); e.Needed <= 0 || e.Answer.Outcome != answer.Help {
		t.Errorf("%+v", e)
	}
	m.publish("broken", "ferrets", ferret("two"))
	broken := newRig(t, m, nil)
	m.breakReading(article.ErrUnavailable)
	if e, err := broken.Explain(t.Context(), "broken", question(inCrisis)); err == nil || len(e.Answer.Cards) == 0 || e.Triage.Tier != safety.TierCrisis {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestExplainPreferred says which decisions a question is like and which one holds.
func TestExplainPreferred(t *testing.T) {
	m := newMemory()
	wither, lost := preferred(aboutTea, place(t, teaKey, parse(t, tea), withers)), preferred("How long does a black tea steep?", library.Place{Article: "gone", End: 3})
	m.prefer("g", wither, lost, library.Preference{Question: "Is dough cool?"}, library.Preference{Question: "How long does it steep?"})
	r := newRig(t, m, nil)
	talking := answer.Conversation{}.With(answer.Turn{Question: "Is bread dough cool?", Article: breadKey})
	for name, c := range map[string]struct {
		ask  answer.Question
		want string // of each: the question, and "+" when it holds
	}{
		"two":           {question(aboutTea), aboutTea + "+ " + lost.Question},
		"none":          {question("When is the oven heated?"), ""},
		"of two parts":  {question("How long does black tea steep? Is dough cool?"), aboutTea + "+ " + lost.Question + " Is dough cool?+"},
		"pointing":      {question("How long does it steep?"), "How long does it steep?+"},
		"pointing back": {answer.Question{Text: "How long does it steep?", Conversation: talking}, "How long does it steep?"},
	} {
		t.Run(name, func(t *testing.T) {
			var got []string
			for _, p := range r.explained(t, "g", c.ask).Preferred {
				if p.Alike <= 0 || p.Alike > 1 {
					t.Errorf("%+v", p)
				}
				text := p.Preference.Question
				if p.Applied {
					text += "+"
				}
				got = append(got, text)
			}
			if got := strings.Join(got, " "); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestPassages(t *testing.T) {
	r := newRig(t, newMemory(), nil)
	for text, limit := range map[string]int{"tea": 1, "overdose of tea": 20, "leaves loaf water": 2, "nothing at all": -1} {
		got, err := r.Passages(t.Context(), "g", text, limit)
		if err != nil || len(got) > max(limit, 0) || limit > 0 && len(got) == 0 {
			t.Errorf("%q: %d, %v", text, len(got), err)
		}
	}
}
