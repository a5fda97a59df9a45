package knowledge_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"verbatim/knowledge"
)

const shipped = "prostate-massage-safety.md"

// question is one line of questions.jsonl.
type question struct {
	ID       string   `json:"id"`
	Question string   `json:"question"`
	Answers  []string `json:"answers"`
	Section  *string  `json:"section"`
	Kind     string   `json:"kind"`
	Meta     string   `json:"meta"`
}

func (q question) answerable() bool { return len(q.Answers) > 0 || q.Meta != "" }

func TestFoldersHoldTheShippedFiles(t *testing.T) {
	for name, at := range map[string]struct {
		files   fs.FS
		pattern string
	}{
		"articles": {knowledge.Articles(), "*.md"},
		"safety":   {knowledge.Safety(), "*.yaml"},
	} {
		found, err := fs.Glob(at.files, at.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 {
			t.Errorf("%s: no file matches %s at the root", name, at.pattern)
		}
	}
}

func TestReturnedBytesAreCopies(t *testing.T) {
	knowledge.Synonyms()[0] ^= 0xFF
	knowledge.Questions()[0] ^= 0xFF
	if knowledge.Synonyms()[0] != '#' || knowledge.Questions()[0] != '{' {
		t.Error("a caller changed the shipped data")
	}
}

func TestQuestions(t *testing.T) {
	front, body := readArticle(t)
	paragraphs := strings.Split(body, "\n\n")
	sections := headings(body)
	meta := map[string]bool{"": true, "author": true, "author_bio": true, "updated": true, "citation": true}
	kinds := map[string]bool{
		"fact": true, "procedure": true, "safety": true, "author": true, "citation": true, "date": true,
		"near-domain": true, "off-topic": true,
	}

	ids, texts := map[string]bool{}, map[string]bool{}
	answerable, abstain := 0, 0
	for _, q := range readQuestions(t) {
		if q.ID == "" || ids[q.ID] {
			t.Errorf("%q: the id is missing or used twice", q.ID)
		}
		if q.Question == "" || texts[q.Question] {
			t.Errorf("%s: the question is missing or asked twice", q.ID)
		}
		ids[q.ID], texts[q.Question] = true, true
		if !kinds[q.Kind] || !meta[q.Meta] {
			t.Errorf("%s: unknown kind %q or meta %q", q.ID, q.Kind, q.Meta)
		}
		if hasSection := q.Section != nil; hasSection != (len(q.Answers) > 0 && q.Meta == "") {
			t.Errorf("%s: a section goes with spans of the text, and only with them", q.ID)
		} else if hasSection && !sections[*q.Section] {
			t.Errorf("%s: the article has no section %q", q.ID, *q.Section)
		}
		for _, span := range q.Answers {
			checkSpan(t, q, span, front, paragraphs)
		}
		if q.answerable() {
			answerable++
		} else {
			abstain++
		}
	}
	if answerable < 33 || abstain < 12 {
		t.Errorf("%d answerable questions and %d to abstain from; want at least 33 and 12", answerable, abstain)
	}
}

// checkSpan reports a span that a right reply could not contain: one that is not
// inside one paragraph of the body or, for a meta question, in the front matter.
func checkSpan(t *testing.T, q question, span, front string, paragraphs []string) {
	t.Helper()
	if q.Meta != "" {
		if !strings.Contains(collapse(front), span) {
			t.Errorf("%s: %q is not in the front matter", q.ID, span)
		}
		return
	}
	if n := len(strings.Fields(span)); n < 3 || n > 12 {
		t.Errorf("%s: the span %q has %d words; want 3 to 12", q.ID, span, n)
	}
	for _, p := range paragraphs {
		if strings.Contains(collapse(p), span) {
			return
		}
	}
	t.Errorf("%s: %q is not inside one paragraph of the article", q.ID, span)
}

// TestSynonyms checks the form; internal/search checks the contents.
func TestSynonyms(t *testing.T) {
	var file struct {
		Groups  [][]string `yaml:"groups"`
		Related []struct {
			Asked   []string `yaml:"asked"`
			Written []string `yaml:"written"`
		} `yaml:"related"`
	}
	dec := yaml.NewDecoder(bytes.NewReader(knowledge.Synonyms()), yaml.DisallowUnknownField())
	if err := dec.Decode(&file); err != nil {
		t.Fatal(err)
	}
	if len(file.Groups) < 300 || len(file.Related) < 100 {
		t.Errorf("%d groups and %d relations; want at least 300 and 100", len(file.Groups), len(file.Related))
	}
	lists := file.Groups
	for _, r := range file.Related {
		lists = append(lists, r.Asked, r.Written)
	}
	for _, list := range lists {
		for _, entry := range list {
			if entry == "" || entry != strings.ToLower(collapse(entry)) {
				t.Errorf("%q: %q is empty, not lower-case or has stray spaces", list, entry)
			}
		}
	}
}

// readArticle returns the front matter and the body of the shipped article.
func readArticle(t *testing.T) (front, body string) {
	t.Helper()
	text, err := fs.ReadFile(knowledge.Articles(), shipped)
	if err != nil {
		t.Fatal(err)
	}
	parts := strings.SplitN(string(text), "---\n", 3)
	if len(parts) != 3 || parts[0] != "" {
		t.Fatalf("%s: no front matter between two lines of ---", shipped)
	}
	return parts[1], parts[2]
}

func readQuestions(t *testing.T) []question {
	t.Helper()
	var qs []question
	lines := bufio.NewScanner(bytes.NewReader(knowledge.Questions()))
	for n := 1; lines.Scan(); n++ {
		var q question
		dec := json.NewDecoder(bytes.NewReader(lines.Bytes()))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&q); err != nil {
			t.Fatalf("questions.jsonl:%d: %v", n, err)
		}
		qs = append(qs, q)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return qs
}

// headings returns the names that a question may give as its section; the text
// before the first heading is "intro".
func headings(body string) map[string]bool {
	found := map[string]bool{"intro": true}
	for line := range strings.Lines(body) {
		if name, ok := strings.CutPrefix(line, "## "); ok {
			found[strings.TrimSpace(name)] = true
		}
	}
	return found
}

func collapse(s string) string { return strings.Join(strings.Fields(s), " ") }
