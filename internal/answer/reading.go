package answer

import (
	"verbatim/internal/article"
	"verbatim/internal/safety"
)

// Closed says why what an article says under a heading may not be shown to somebody
// who reads on outside an answer, page by page or around a quote. It is empty when it
// may be shown. There is no question to judge by, so the heading is judged as if
// somebody had asked it: what would be quoted in age-restricted channels alone is
// shown there alone, as an article for adults is. An answer to
// whoever stated an age under 18 has nothing that leads on.
func Closed(rules Triager, channel Channel, art *article.Article, heading string) Reason {
	if channel != AgeRestricted && (art.Meta.Audience == article.AgeRestricted || asksTechnique(rules, heading)) {
		return Restricted
	}
	return ""
}

// asksTechnique reports whether a text, as a question, is answered in age-restricted
// channels alone.
func asksTechnique(rules Triager, text string) bool {
	return text != "" && rules.Triage(text).Withheld(false) == safety.WithheldByChannel
}
