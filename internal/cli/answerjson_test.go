package cli

import (
	"strings"
	"testing"

	"verbatim/internal/answer"
	"verbatim/internal/article"
)

// TestAnswerJSON holds the keys that scripts read to their names and forms.
func TestAnswerJSON(t *testing.T) {
	quote := answer.Quote{
		Text: "Moss is a plant. It is safe.", Decisive: article.Range{Start: 17, End: 28}, Article: "moss", Title: "Moss", Author: "A",
		Updated: article.Date{Year: 2020, Month: 1, Day: 2}, Span: article.Span{Revision: "r", Range: article.Range{Start: 5, End: 33}},
	}
	against := answer.Quote{Text: "It is not.", Article: "ferns", Title: "Ferns", Author: "B", Updated: article.Date{Year: 2021, Month: 3, Day: 4}}
	for name, tc := range map[string]struct {
		answer        answer.Answer
		holds, spares []string
	}{
		"decisive": {
			answer.Answer{Outcome: answer.Answered, Quote: &quote},
			[]string{`"text":"Moss is a plant. It is safe.","decisive":{"start":17,"end":28}`, `"start":5,"end":33}`},
			[]string{`"contradicts"`, `"more"`},
		},
		"one sentence": {
			answer.Answer{Outcome: answer.Answered, Quote: &against}, []string{`"text":"It is not."`}, []string{`"decisive"`},
		},
		"contradicts": {
			answer.Answer{Outcome: answer.Answered, Quote: &quote, Contradicts: []answer.Quote{against}},
			[]string{`"contradicts":[{"text":"It is not.","article":"ferns","title":"Ferns","author":"B","updated":"2021-03-04"`},
			[]string{`"more"`},
		},
		"nearest": {
			answer.Answer{Outcome: answer.Abstained, Notice: "No.", Nearest: []answer.Heading{{Article: "moss", Title: "Moss", Section: "Care"}}},
			[]string{`"outcome":"abstained"`, `"nearest":[{"article":"moss","title":"Moss","section":"Care"}]`},
			[]string{`"quote"`},
		},
		"nearest in a part": {
			answer.Answer{Outcome: answer.Answered, Parts: []answer.Answer{{Outcome: answer.Abstained, Nearest: []answer.Heading{{Article: "moss"}}}}},
			[]string{`"parts":[{"outcome":"abstained","tier":"none","confidence":0,"nearest":[{"article":"moss"}]}]`},
			nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			var b strings.Builder
			if err := writeJSON(&b, answerJSON(tc.answer)); err != nil {
				t.Fatal(err)
			}
			for _, want := range tc.holds {
				if !strings.Contains(b.String(), want) {
					t.Errorf("no %s in %s", want, b.String())
				}
			}
			for _, absent := range tc.spares {
				if strings.Contains(b.String(), absent) {
					t.Errorf("%s in %s", absent, b.String())
				}
			}
		})
	}
}
