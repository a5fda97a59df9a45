package answer

import "verbatim/internal/article"

// Closed says why a text of an article may not be shown to somebody who reads on
// outside an answer, page by page or around a quote. It is empty when it may be
// shown. There is no question to judge by, so the text itself is judged: what says
// how to do it, like an article for adults, is for age-restricted channels, and
// never for a reader who stated an age under 18.
func Closed(rules Triager, channel Channel, minor bool, art *article.Article, text string) Reason {
	switch {
	case channel == AgeRestricted && !minor:
		return ""
	case art.Meta.Audience != article.AgeRestricted && !rules.Technique(text):
		return ""
	case minor:
		return UnderAge
	}
	return Restricted
}
