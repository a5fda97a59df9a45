package suggest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Questions reads questions in the form of knowledge.Questions, and gives each to the
// first article in whose text all its answers stand. Those that are of no use to
// somebody who has asked nothing yet are left out: a question that no article
// answers, and one that has no word of its article's title and so does not say what
// it is about. They are written as sentences: a capital first, a question mark last.
// Input of another form is ErrInvalid.
func Questions(jsonl []byte, articles []*article.Article) ([]library.BankQuestion, error) {
	var all []library.BankQuestion
	number := 0
	for line := range bytes.Lines(jsonl) {
		number++
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		var q struct {
			Question string
			Answers  []string
		}
		if err := json.Unmarshal(line, &q); err != nil {
			return nil, fmt.Errorf("%w: questions, line %d: %w", article.ErrInvalid, number, err)
		}
		if a := answering(q.Answers, articles); a != nil && names(q.Question, a.Meta.Title) {
			all = append(all, library.BankQuestion{Question: sentence(q.Question), Article: a.Slug})
		}
	}
	return all, nil
}

// answering returns the article that has all answers, or nil.
func answering(answers []string, articles []*article.Article) *article.Article {
	for _, a := range articles {
		missing := func(text string) bool { return !strings.Contains(a.Canonical, text) }
		if len(answers) > 0 && !slices.ContainsFunc(answers, missing) {
			return a
		}
	}
	return nil
}

// shortestName is how many letters a word of a title must have to say what a text is about.
const shortestName = 5

// names reports whether a question has a word of a title.
func names(question, title string) bool {
	about := stems(strings.Fields(plain(title)))
	return slices.ContainsFunc(strings.Fields(plain(question)), func(word string) bool {
		return utf8.RuneCountInString(word) >= shortestName && slices.Contains(about, stem(word))
	})
}

// sentence begins a question with a capital and ends it with a question mark.
func sentence(question string) string {
	question = strings.TrimSpace(question)
	first, n := utf8.DecodeRuneInString(question)
	if n == 0 {
		return ""
	}
	question = string(unicode.ToUpper(first)) + question[n:]
	if last, _ := utf8.DecodeLastRuneInString(question); unicode.IsLetter(last) || unicode.IsDigit(last) {
		question += "?"
	}
	return question
}
