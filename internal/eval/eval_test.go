package eval

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

func TestJudge(t *testing.T) {
	quoted := func(text string) answer.Answer {
		return answer.Answer{Outcome: answer.Answered, Quote: &answer.Quote{Text: text}}
	}
	meta := func(f answer.MetaField, text string) answer.Answer {
		return answer.Answer{Outcome: answer.FromMeta, Meta: &answer.Meta{Field: f, Text: text}}
	}
	for _, tc := range []struct {
		name string
		q    Question
		ans  answer.Answer
		want Verdict
	}{
		{"span in the excerpt, white space and case aside", Question{Answers: []string{"A  Walnut"}}, quoted("of a\nwalnut size"), Right},
		{"another excerpt", Question{Answers: []string{"walnut"}}, quoted("a bladder"), WrongSpan},
		{"abstained from an answerable one", Question{Answers: []string{"walnut"}}, answer.Answer{Outcome: answer.Abstained}, Missed},
		{"a card for an answerable one", Question{Answers: []string{"walnut"}}, answer.Answer{Outcome: answer.CardOnly}, Missed},
		{"abstained from an unanswerable one", Question{}, answer.Answer{Outcome: answer.Abstained}, Quiet},
		{"quoted for an unanswerable one", Question{}, quoted("x"), Wrong},
		{"meta for an unanswerable one", Question{}, meta(answer.FieldTitle, "x"), Wrong},
		{"author by the biography", Question{Kind: "author", Answers: []string{"x"}}, meta(answer.FieldAuthorBio, "y"), Right},
		{"date by the citation", Question{Kind: "date", Answers: []string{"x"}}, meta(answer.FieldCitation, "y"), WrongSpan},
		{"title that holds the span", Question{Kind: "citation", Answers: []string{"the Gland"}}, meta(answer.FieldTitle, "The gland"), Right},
		{"the field that the set names", Question{Meta: answer.FieldContents}, meta(answer.FieldContents, "y"), Right},
		{"another field than the set names", Question{Meta: answer.FieldContents}, meta(answer.FieldTitle, "y"), WrongSpan},
	} {
		if got := Judge(tc.q, tc.ans); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestParseSet(t *testing.T) {
	set, err := ParseSet([]byte("{\"id\":\"a\",\"question\":\"q\",\"answers\":[\"x\"],\"kind\":\"fact\"}\n\n{\"id\":\"b\",\"turns\":[{\"question\":\"one\"},{\"question\":\"two\",\"answers\":[\"y\"]}]}\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(set) != 2 || len(set[1]) != 2 || set[1][1].Turn != 1 || set[1][1].Text != "two" || set[0][0].Kind != "fact" {
		t.Errorf("set %+v", set)
	}
	_, err = ParseSet([]byte("{\"id\":\"a\",\"question\":\"q\"}\nnope\n{\"id\":\"c\"}\n"))
	if !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), "2: ") || !strings.Contains(err.Error(), "3: ") {
		t.Errorf("err = %v", err)
	}
}

// echo answers every question that it knows with a quote of its own words, and
// remembers how long each conversation had become.
type echo struct {
	knows string
	turns []int
}

func (e *echo) Ask(_ context.Context, q answer.Question) (answer.Answer, error) {
	e.turns = append(e.turns, len(q.Conversation.Turns()))
	if q.Text != e.knows {
		return answer.Answer{Outcome: answer.Abstained}, nil
	}
	quote := &answer.Quote{Text: q.Text}
	return answer.Answer{Outcome: answer.Answered, Quote: quote, Best: quote}, nil
}

func TestQuestions(t *testing.T) {
	set := []Conversation{
		{{ID: "a", Text: "walnut", Answers: []string{"walnut"}, Kind: "fact"}, {ID: "a", Turn: 1, Text: "bladder", Answers: []string{"bladder"}, Kind: "fact"}},
		{{ID: "b", Text: "goat", Kind: "off-topic"}},
	}
	var clock time.Time
	now := func() time.Time { clock = clock.Add(time.Millisecond); return clock }
	asker := &echo{knows: "walnut"}
	r, err := Questions(t.Context(), asker, set, Options{Now: now})
	if err != nil {
		t.Fatal(err)
	}
	want := Tally{Answerable: 2, Right: 1, Found: 1, Missed: 1, Unanswerable: 1, Quiet: 1}
	if r.Total != want || r.LaterTurns != (Tally{Answerable: 1, Missed: 1}) {
		t.Errorf("total %+v, later turns %+v", r.Total, r.LaterTurns)
	}
	if r.MedianExcerpt != len("walnut") || r.MedianMicros != 1000 || len(r.Misses) != 1 {
		t.Errorf("report %+v", r)
	}
	if asker.turns[1] != 1 || asker.turns[2] != 0 {
		t.Errorf("turns before each question: %v", asker.turns)
	}
	var b strings.Builder
	if err := r.WriteText(&b, true); err != nil || !strings.Contains(b.String(), "1/2 50%") || !strings.Contains(b.String(), "a.1 missed") {
		t.Errorf("%v\n%s", err, b.String())
	}
}
