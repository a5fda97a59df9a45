package eval

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/search"
)

// words finds the article that holds the whole question, and quotes all of it. It
// is sure when it does, and the less sure the more articles it has when not.
type words struct {
	articles []*article.Article
}

func (w words) Find(_ context.Context, q search.Query) (search.Result, error) {
	for _, a := range w.articles {
		if strings.Contains(a.Canonical, q.Text) {
			whole := article.Range{Start: 0, End: len(a.Canonical)}
			return search.Result{Candidates: []search.Candidate{{Article: a, Excerpt: a.Span(whole)}}, Confidence: .75}, nil
		}
	}
	return search.Result{Confidence: .5 - .125*float64(len(w.articles))}, nil
}

// Ask answers "who" from the front matter and abstains from the rest.
func (w words) Ask(_ context.Context, q answer.Question) (answer.Answer, error) {
	if strings.HasPrefix(q.Text, "who") {
		return answer.Answer{Outcome: answer.FromMeta}, nil
	}
	return answer.Answer{Outcome: answer.Abstained}, nil
}

func documentArticle(t *testing.T, title, text string) *article.Article {
	t.Helper()
	a, err := beirDocument{ID: title, Title: title, Text: text}.article()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// wordsLibrary holds two articles, known to sets as first and second.
func wordsLibrary(t *testing.T) Library {
	t.Helper()
	one, two := documentArticle(t, "One", "walnut tree"), documentArticle(t, "Two", "goat cheese")
	all := words{[]*article.Article{one, two}}
	return Library{
		Asker: all, Finder: all, Articles: []Named{{"first", one}, {"second", two}},
		Build: func(_ context.Context, articles []*article.Article) (Finder, error) {
			return words{articles}, nil
		},
	}
}

func TestMeasureConfidence(t *testing.T) {
	lib := wordsLibrary(t)
	set := []Conversation{
		{{ID: "a", Text: "walnut", Answers: []string{"tree"}, Article: "first"}},
		{{ID: "b", Text: "goat", Answers: []string{"milk"}, Article: "two"}, {ID: "b", Turn: 1, Text: "a later turn is not asked"}},
		{{ID: "c", Text: "who", Answers: []string{"me"}, Article: "first"}}, // answered from the front matter
		{{ID: "d", Text: "pond"}},
	}
	offTopic := []Conversation{{{ID: "x", Text: "moon", Answers: []string{"cheese"}}}, {{ID: "y", Text: "who else"}}}
	c, err := MeasureConfidence(t.Context(), lib, set, offTopic, Options{Now: time.Now, Workers: 3})
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct{ got, want Area }{
		"own":       {c.Own.All, Area{1, 2, 1}},
		"removed":   {c.Removed.All, Area{1, 2, 2}},
		"off-topic": {c.OffTopic.All, Area{1, 2, 1}},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: %+v, want %+v", name, tc.got, tc.want)
		}
	}
	if c.LeftOut != 1 {
		t.Errorf("%d left out", c.LeftOut)
	}
	// Three rows decide: d predicts .25 and is not right; a and b predict .75, and
	// only a is right.
	bins := c.Reliability.Bins
	if len(bins) != 3 || bins[0].Predicted != .25 || bins[0].Observed != 0 || bins[1].Observed+bins[2].Observed != 1 {
		t.Errorf("bins %+v", bins)
	}
}

func TestMeasureConfidenceFails(t *testing.T) {
	lib := wordsLibrary(t)
	lib.Build = func(context.Context, []*article.Article) (Finder, error) { return nil, article.ErrUnavailable }
	set := []Conversation{{{ID: "a", Text: "walnut", Answers: []string{"tree"}, Article: "first"}}}
	_, err := MeasureConfidence(t.Context(), lib, set, nil, Options{Now: time.Now, Workers: 2})
	if !errors.Is(err, article.ErrUnavailable) || !strings.Contains(err.Error(), "without first") {
		t.Errorf("err = %v", err)
	}
}

func (w words) Excerpt(_ context.Context, question string) (string, error) {
	if question == "fail" {
		return "", article.ErrUnavailable
	}
	return "the " + question + " tree", nil
}

func TestCompare(t *testing.T) {
	set := []Conversation{
		{{ID: "a", Text: "walnut", Answers: []string{"Walnut  Tree"}}, {ID: "a", Turn: 1, Text: "goat", Answers: []string{"cheese"}}, {ID: "a", Turn: 2, Text: "why", Answers: []string{"walnut why"}}},
		{{ID: "b", Text: "pond", Answers: []string{"pond"}}},
		{{ID: "c", Text: "not asked"}},
	}
	b, err := Compare(t.Context(), "other", words{}, set, Options{Workers: 2})
	if err != nil {
		t.Fatal(err)
	}
	if b.HalvedShare != (HalvedShare{Share{3, 4, .75}, Share{2, 3, 2. / 3}, Share{1, 1, 1}}) {
		t.Errorf("%+v", b)
	}
	if b.LaterTurns != (HalvedShare{Found: Share{1, 2, .5}, InView: Share{1, 2, .5}}) {
		t.Errorf("later turns %+v", b.LaterTurns)
	}
	_, err = Compare(t.Context(), "other", words{}, []Conversation{{{ID: "a", Text: "fail", Answers: []string{"x"}}}}, Options{})
	if !errors.Is(err, article.ErrUnavailable) || !strings.Contains(err.Error(), "other: question a") {
		t.Errorf("err = %v", err)
	}
}
