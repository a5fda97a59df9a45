package eval

import (
	"slices"
	"strings"

	"verbatim/internal/answer"
)

// Verdict is how one reply is judged.
type Verdict string

// The verdicts. Wrong is a reply to a question that must not be answered;
// Missed an abstention from one that can be.
const (
	Right     Verdict = "right"
	WrongSpan Verdict = "wrong span"
	Missed    Verdict = "missed"
	Wrong     Verdict = "wrong"
	Quiet     Verdict = "quiet"
)

// Judge scores one reply by the rules of the evaluation sets: an excerpt is
// right when it contains one of the answers, case and white space aside.
func Judge(q Question, ans answer.Answer) Verdict {
	replied := ans.Outcome == answer.Answered || ans.Outcome == answer.FromMeta
	switch {
	case !q.answerable() && replied:
		return Wrong
	case !q.answerable():
		return Quiet
	case !replied:
		return Missed
	case ans.Meta != nil && metaIsRight(q, *ans.Meta):
		return Right
	case ans.Quote != nil && containsAny(ans.Quote.Text, q.Answers):
		return Right
	}
	return WrongSpan
}

func metaIsRight(q Question, m answer.Meta) bool {
	return m.Field == q.Meta || slices.Contains(metaRight(q.Kind), m.Field) || containsAny(m.Text, q.Answers)
}

// metaRight says which front matter fields are right answers to a kind of question.
func metaRight(kind string) []answer.MetaField {
	switch kind {
	case "author":
		return []answer.MetaField{answer.FieldAuthor, answer.FieldAuthorBio}
	case "date":
		return []answer.MetaField{answer.FieldUpdated}
	case "citation":
		return []answer.MetaField{answer.FieldCitation}
	}
	return nil
}

// holdsSpan reports whether the best candidate, shown or not, contains an answer.
func holdsSpan(q Question, ans answer.Answer) bool {
	return ans.Best != nil && containsAny(ans.Best.Text, q.Answers)
}

// containsAny reports whether the text holds one of the answers; a blank one is held
// by none.
func containsAny(text string, answers []string) bool {
	text = fold(text)
	for _, a := range answers {
		if a = fold(a); a != "" && strings.Contains(text, a) {
			return true
		}
	}
	return false
}

// fold is what two texts have in common when only case and white space differ.
func fold(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }
