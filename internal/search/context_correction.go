package search

import (
	"regexp"
	"strings"
)

// correction is a question that takes back the one before: "no i meant green
// tea", "not black, green".
type correction struct {
	meant string // what takes the place of the last question's words
	not   string // what was not meant, if it says
}

var corrections = []*regexp.Regexp{
	// "no, not the black one, i meant green", "i was asking about green tea"
	regexp.MustCompile(`(?i)^\W*(?:(?:no|nah|nope|wait|sorry|oops|oh|wrong)\b\W*)*(?:not\s+(?P<not>[^,;.:–—-]+?)[\s,;.:–—-]+)?(?:but\s+)?(?:(?:i|what i)\s+(?:mean|meant|was asking (?:about|for)|am asking (?:about|for)|was talking about|am talking about|want(?:ed)? to know about)|i'?m (?:asking|talking) about)\b[\s,:]*(?P<meant>\S.*)$`),
	// "not black tea, green", "no not the tin, the leaves"
	regexp.MustCompile(`(?i)^\W*(?:(?:no|nah|nope|wait|sorry|oops|oh)\b\W*)*not\s+(?P<not>[^,;.:–—]+?)\s*(?:[,;.:–—]+|\s-+\s|\sbut\s)\s*(?:but\s+)?(?P<meant>\S.*)$`),
	// "no, the green one", "nah green tea"
	regexp.MustCompile(`(?i)^\W*(?:no|nah|nope|wrong)\b\W+(?:about\s+|for\s+)?(?P<meant>(?:the|a|an|about|for)\s+\S.*)$`),
	// "green, not black"
	regexp.MustCompile(`(?i)^\W*(?P<meant>[^,;.:]+?)[,;]\s*not\s+(?P<not>[^,;.:?]+?)\W*$`),
}

// readCorrection returns what a question takes back, and whether it does.
func readCorrection(text string) (correction, bool) {
	text = strings.TrimSpace(text)
	if len(text) > 2*shortQuestion {
		return correction{}, false
	}
	for _, re := range corrections {
		m := re.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		c := correction{meant: strings.TrimSpace(m[re.SubexpIndex("meant")])}
		if i := re.SubexpIndex("not"); i >= 0 {
			c.not = strings.TrimSpace(m[i])
		}
		return c, true
	}
	return correction{}, false
}
