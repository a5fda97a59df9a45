package answer

import (
	"testing"

	"verbatim/internal/article"
	"verbatim/internal/search"
)

// TestGateJudgesHeadings: what stands below a heading that asks for technique is for
// age-restricted channels, whatever was asked.
func TestGateJudgesHeadings(t *testing.T) {
	for name, tc := range map[string]struct {
		channel Channel
		heading string
		want    string
	}{
		"technique in general":      {General, "How deep it goes", noticeRestricted},
		"technique where it may be": {AgeRestricted, "How deep it goes", ""},
		"another heading":           {General, "How large it is", ""},
		"no heading":                {General, "", ""},
	} {
		g := gate{rules: newFakeRules(), channel: tc.channel}
		if got := g.refuses(search.Candidate{Article: &article.Article{}, Section: tc.heading}); got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}
