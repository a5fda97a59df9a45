package eval

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/knowledge"
)

func TestParseSet(t *testing.T) {
	set, err := ParseSet([]byte("\ufeff" + `{"id":"a","question":"q","answers":["x"],"kind":"fact","article":"pond","section":null}

{"id":"b","turns":[{"question":"one","answers":[]},{"question":"two","answers":["y"]}]}
{"id":"c","question":"q","meta":"author"}
{"id":"d","question":"q","answers":[]}
`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Conversation{
		{{ID: "a", Text: "q", Answers: []string{"x"}, Kind: "fact", Article: "pond"}},
		{{ID: "b", Text: "one", Answers: []string{}}, {ID: "b", Turn: 1, Text: "two", Answers: []string{"y"}}},
		{{ID: "c", Text: "q", Meta: answer.FieldAuthor}},
		{{ID: "d", Text: "q", Answers: []string{}}},
	}
	if diff := cmp.Diff(want, set); diff != "" {
		t.Error(diff)
	}
	for i, answerable := range []bool{true, false, true, false} {
		if set[i][0].answerable() != answerable {
			t.Errorf("%s: answerable %v", set[i][0].ID, !answerable)
		}
	}
}

// TestParseSetRefuses wants whatever would be counted as something else than was
// meant to be refused, with the number of its line.
func TestParseSetRefuses(t *testing.T) {
	const good = `{"id":"good","question":"q","answers":[]}` + "\n"
	for name, tc := range map[string]struct{ line, want string }{
		"not JSON":                 {`nope`, "not JSON of the expected form"},
		"not an object":            {`"nope"`, "not JSON of the expected form"},
		"no id":                    {`{"question":"q","answers":[]}`, "the id is missing"},
		"an id that is a number":   {`{"id":1,"question":"q","answers":[]}`, "id is not a string"},
		"an id twice":              {`{"id":"good","question":"q","answers":[]}`, `id "good" stands twice`},
		"no question":              {`{"id":"a","answers":[]}`, "a question is missing"},
		"a blank question":         {`{"id":"a","question":" ","answers":[]}`, "a question is missing"},
		"no answers":               {`{"id":"a","question":"q"}`, "answers is missing"},
		"answers misspelt":         {`{"id":"a","question":"q","answer":["x"]}`, "answers is missing"},
		"answers null":             {`{"id":"a","question":"q","answers":null}`, "answers is missing"},
		"answers null in a list":   {`{"id":"a","question":"q","answers":[null]}`, "an answer is blank"},
		"answers a string":         {`{"id":"a","question":"q","answers":"x"}`, "answers is not a list of strings"},
		"answers of numbers":       {`{"id":"a","question":"q","answers":[1]}`, "answers is not a list of strings"},
		"an empty answer":          {`{"id":"a","question":"q","answers":["x",""]}`, "an answer is blank"},
		"a blank answer":           {`{"id":"a","question":"q","answers":["\t "]}`, "an answer is blank"},
		"meta empty":               {`{"id":"a","question":"q","meta":""}`, "answers is missing"},
		"meta of another type":     {`{"id":"a","question":"q","meta":["author"]}`, "meta is not a string"},
		"meta unknown":             {`{"id":"a","question":"q","meta":"writer"}`, `meta is "writer"`},
		"no turns":                 {`{"id":"a","turns":[]}`, "turns is empty"},
		"turns of another type":    {`{"id":"a","turns":"q"}`, "turns is not a list"},
		"turns without answers":    {`{"id":"a","turns":[{"question":"q","answers":[]},{"question":"r"}]}`, "answers is missing"},
		"turns, answers a string":  {`{"id":"a","turns":[{"question":"q","answers":"x"}]}`, "answers is not a list of strings"},
		"turns without a question": {`{"id":"a","turns":[{"answers":[]}]}`, "a question is missing"},
		"turns beside a question":  {`{"id":"a","question":"q","answers":["x"],"turns":[{"question":"q","answers":[]}]}`, "question, answers and meta do not go with turns"},
	} {
		_, err := ParseSet([]byte(good + "\n" + tc.line + "\n"))
		if !errors.Is(err, article.ErrInvalid) || !strings.HasPrefix(err.Error(), "3: "+tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
	if _, err := ParseSet([]byte("nope\n\n{}\n")); err == nil || !strings.HasPrefix(err.Error(), "1: ") || !strings.Contains(err.Error(), "\n3: ") {
		t.Errorf("two bad lines: %v", err)
	}
	for _, empty := range []string{"", "\n \n", "\ufeff"} {
		if _, err := ParseSet([]byte(empty)); !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), "the set has no questions") {
			t.Errorf("%q: %v", empty, err)
		}
	}
}

// TestSetsParse wants the sets that ship and the development sets to be read whole.
func TestSetsParse(t *testing.T) {
	sets := map[string][]byte{"shipped": knowledge.Questions()}
	const shared = "../../../shared/eval"
	for _, name := range []string{"seed-questions.jsonl", "followups.jsonl", "retrieval/squad/questions.jsonl", "retrieval/covidqa/questions.jsonl"} {
		src, err := os.ReadFile(filepath.Join(shared, name))
		if err != nil {
			t.Logf("left out: %v", err)
			continue
		}
		sets[name] = src
	}
	for name, src := range sets {
		set, err := ParseSet(src)
		if lines := bytes.Count(bytes.TrimSpace(src), []byte("\n")) + 1; err != nil || len(set) != lines {
			t.Errorf("%s: %d of %d lines, %v", name, len(set), lines, err)
		}
	}
}
