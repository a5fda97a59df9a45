package suggest_test

import (
	"errors"
	"io/fs"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/suggest"
	"verbatim/knowledge"
)

func parse(t testing.TB, source string) *article.Article {
	t.Helper()
	a, err := article.Parse([]byte(source), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestQuestions(t *testing.T) {
	kettles := parse(t, "---\ntitle: Kettles of copper\nauthor: A. Smith\nupdated: 2024-01-02\n---\n\nCopper kettles boil in two minutes.\n")
	lamps := parse(t, "---\ntitle: Lamps\nauthor: A. Smith\nupdated: 2024-01-02\n---\n\nLamps burn oil. Copper is heavy.\n")
	const lines = `{"question": "how fast does a kettle boil", "answers": ["two minutes", "boil"]}

{"question": "How heavy are lamps?", "answers": ["heavy"]}
{"question": "is it fast", "answers": ["two minutes"]}
{"question": "are kettles dear", "answers": []}
{"question": "do kettles sing", "answers": ["two minutes", "sing"]}
`
	got, err := suggest.Questions([]byte(lines), []*article.Article{kettles, lamps})
	want := []library.BankQuestion{
		{Question: "How fast does a kettle boil?", Article: kettles.Slug},
		{Question: "How heavy are lamps?", Article: lamps.Slug},
	}
	if err != nil || !cmp.Equal(got, want) {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := suggest.Questions([]byte(lines+"{\n"), nil); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("%v", err)
	}
}

// TestShippedQuestions wants enough of those that ship for a good beginning.
func TestShippedQuestions(t *testing.T) {
	src, err := fs.ReadFile(knowledge.Articles(), "prostate-massage-safety.md")
	if err != nil {
		t.Fatal(err)
	}
	a := parse(t, string(src))
	all, err := suggest.Questions(knowledge.Questions(), []*article.Article{a})
	if err != nil || len(all) < 15 {
		t.Fatalf("%d questions, %v", len(all), err)
	}
	for _, q := range all {
		if q.Article != a.Slug || utf8.RuneCountInString(q.Question) > suggest.MaxText {
			t.Errorf("%+v", q)
		}
	}
}
