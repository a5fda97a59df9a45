package answer

import (
	"verbatim/internal/article"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// gate says whether an excerpt may be shown here, to this asker, after these
// decisions. All of them must allow it.
type gate struct {
	rules     Triager
	channel   Channel
	decisions []safety.Decision
}

// closed returns the notice to show when nothing may be quoted at all, or "".
func (g gate) closed() string {
	for _, d := range g.decisions {
		if notice := withheld(d.Withheld(g.channel == AgeRestricted)); notice != "" {
			return notice
		}
	}
	return ""
}

// refuses returns the notice to show instead of one excerpt, or "". What stands below
// a heading that asks for technique is one, whatever was asked: see [Closed].
func (g gate) refuses(c search.Candidate) string {
	adults := g.channel == AgeRestricted
	grownUpsOnly := c.Article.Meta.Audience == article.AgeRestricted
	for _, d := range g.decisions {
		if d.Minor && (grownUpsOnly || g.rules.Technique(c.Text())) {
			return noticeMinor
		}
	}
	if !adults && (grownUpsOnly || asksTechnique(g.rules, c.Section)) {
		return noticeRestricted
	}
	return ""
}

// choose returns the candidate, or the first of its duplicates, that may be
// shown; else the notice to show instead of the candidate itself.
func (g gate) choose(c search.Candidate) (search.Candidate, string) {
	reason := g.refuses(c)
	if reason == "" {
		return c, ""
	}
	for _, d := range c.Duplicates {
		if g.refuses(d) == "" {
			return d, ""
		}
	}
	return c, reason
}

// withheld turns the reason of triage into the sentence that the member sees.
func withheld(reason safety.Withholding) string {
	switch reason {
	case safety.NotWithheld:
		return ""
	case safety.WithheldByChannel:
		return noticeRestricted
	case safety.WithheldFromMinor:
		return noticeMinor
	default:
		return noticeWithheld
	}
}
