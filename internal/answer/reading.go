package answer

import (
	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// Closed says why a text of an article may not be shown to somebody who reads on
// outside an answer, page by page or around a quote. It is empty when it may be
// shown. There is no question to judge by, so the heading above the text is judged as
// if somebody had asked it: what would be quoted in age-restricted channels alone is
// shown there alone, as an article for adults is. To a reader who stated an age under
// 18 the text itself must not say how to do it either.
func Closed(rules Triager, channel Channel, minor bool, art *article.Article, heading, text string) Reason {
	adults := art.Meta.Audience == article.AgeRestricted
	switch {
	case minor && (adults || rules.Technique(text) || asksTechnique(rules, heading)):
		return UnderAge
	case channel != AgeRestricted && (adults || asksTechnique(rules, heading)):
		return Restricted
	}
	return ""
}

// asksTechnique reports whether a text, as a question, is answered in age-restricted
// channels alone.
func asksTechnique(rules Triager, text string) bool {
	return text != "" && rules.Triage(text).Withheld(false) == safety.WithheldByChannel
}
