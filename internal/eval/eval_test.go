package eval

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
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
		{"a blank answer is in no excerpt", Question{Answers: []string{" "}}, quoted("a bladder"), WrongSpan},
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

// tick is a clock that moves on by a millisecond whenever it is read.
func tick() func() time.Time {
	var clock time.Time
	return func() time.Time { clock = clock.Add(time.Millisecond); return clock }
}

func pondSet() []Conversation { // a is in view, b hidden
	return []Conversation{
		{{ID: "a", Text: "walnut", Answers: []string{"walnut"}, Kind: "fact"}, {ID: "a", Turn: 1, Text: "bladder", Answers: []string{"bladder"}, Kind: "fact"}},
		{{ID: "b", Text: "goat", Kind: "off-topic"}, {ID: "b", Turn: 1, Text: "walnut"}},
	}
}

func TestQuestions(t *testing.T) {
	asker := &echo{knows: "walnut"}
	r, err := Questions(t.Context(), asker, pondSet(), Options{Now: tick()})
	if err != nil {
		t.Fatal(err)
	}
	if want := (Tally{Answerable: 2, Right: 1, Found: 1, Missed: 1, Unanswerable: 2, Quiet: 1}); r.Total != want {
		t.Errorf("total %+v", r.Total)
	}
	if want := (Tally{Answerable: 1, Missed: 1, Unanswerable: 1}); r.LaterTurns != want {
		t.Errorf("later turns %+v", r.LaterTurns)
	}
	if r.InView.Total.Right != 1 || r.Hidden.Total.Unanswerable != 2 || r.Hidden.WrongReplies != (Share{1, 1, 1}) || r.WrongReplies != (Share{1, 2, .5}) {
		t.Errorf("halves %+v, %+v", r.InView, r.Hidden)
	}
	if r.MedianExcerpt != len("walnut") || r.Times.Median != 1000 {
		t.Errorf("median excerpt %d, times %+v", r.MedianExcerpt, r.Times)
	}
	if !slices.Equal(asker.turns, []int{0, 1, 0, 1}) {
		t.Errorf("turns before each question: %v", asker.turns)
	}
	var b strings.Builder
	if err := r.WriteText(&b, true); err != nil {
		t.Fatal(err)
	}
	for _, piece := range []string{
		"all          1/2 50%  1/2 50%  0           1       1/2 50%\n",
		"right                  1/2 50%  1/2 50%  -\n",
		"wrong replies          1/2 50%  0/1 0%   1/1 100%\n",
		"right: the answer was shown", "found: right, or the best excerpt holds",
		"a.1 missed", "1 more in the hidden half",
	} {
		if !strings.Contains(b.String(), piece) {
			t.Errorf("no %q in\n%s", piece, b.String())
		}
	}
}

// TestHiddenMisses wants the rows of the hidden half to be listed only by name.
func TestHiddenMisses(t *testing.T) {
	for half, want := range map[Half]struct {
		listed string // ids of the misses
		hidden int
	}{All: {"a", 1}, View: {"a", 0}, Hidden: {"b", 0}} {
		r, err := Questions(t.Context(), &echo{knows: "walnut"}, pondSet(), Options{Now: tick(), Half: half})
		if err != nil {
			t.Fatal(err)
		}
		listed := ""
		for _, m := range r.Misses {
			listed += m.ID
		}
		if listed != want.listed || r.HiddenMisses != want.hidden {
			t.Errorf("%s: listed %q, and %d more", half, listed, r.HiddenMisses)
		}
	}
}

// shout knows every question and is safe for concurrent use.
type shout struct{}

func (shout) Ask(_ context.Context, q answer.Question) (answer.Answer, error) {
	if q.Text == "fail" {
		return answer.Answer{}, article.ErrUnavailable
	}
	quote := &answer.Quote{Text: strings.ToUpper(q.Text)}
	return answer.Answer{Outcome: answer.Answered, Quote: quote, Best: quote}, nil
}

// TestWorkersChangeNothing wants the same report however many ask, but for times.
func TestWorkersChangeNothing(t *testing.T) {
	var set []Conversation
	for i := range 50 {
		id, answer := strconv.Itoa(i), strconv.Itoa(i)
		if i > 40 {
			answer = "another"
		}
		set = append(set, Conversation{{ID: id, Text: id, Answers: []string{answer}, Kind: strconv.Itoa(i % 3)}})
	}
	var reports []string
	for _, workers := range []int{2, 8} {
		r, err := Questions(t.Context(), shout{}, set, Options{Now: time.Now, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if r.Times != nil {
			t.Errorf("%d workers were timed", workers)
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, string(text))
	}
	if reports[0] != reports[1] || !strings.Contains(reports[0], `"right":41`) {
		t.Errorf("reports differ:\n%s\n%s", reports[0], reports[1])
	}
	_, err := Questions(t.Context(), shout{}, append(set, Conversation{{ID: "bad", Text: "fail"}}), Options{Now: time.Now, Workers: 2})
	if !errors.Is(err, article.ErrUnavailable) || !strings.Contains(err.Error(), "question bad") {
		t.Errorf("err = %v", err)
	}
}
