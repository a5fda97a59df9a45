package ingest

import "regexp"

// longestFurniture is in bytes; a longer line is text, whatever it starts with.
const longestFurniture = 300

// furnitureRules tell the lines of a page that are not of its article, each with
// the reason that the report gives. They match whole lines.
var furnitureRules = []struct {
	why  string
	line *regexp.Regexp
}{
	{"a link to a citation tool", regexp.MustCompile(`(?i)^cite this (?:article|page)\b(?:.*\bcit.*)?$`)},
	{"a button of the page", regexp.MustCompile(`(?i)^(?:share|print|email|e-mail|tweet|pin it|save|bookmark|like|follow us|back to top|read more|continue reading|show more|see more|load more comments|menu|log ?in|sign ?in|sign up|close|print this (?:article|page)|(?:share|save|email|print) this(?: (?:article|page|post|story))?)[.!]?$`)},
	{"a button of the page", regexp.MustCompile(`(?i)^share (?:this )?(?:on|via|to|with) [\pL\d ,&/]{1,60}$`)},
	{"advertising", regexp.MustCompile(`(?i)^(?:advertisement|advertisements|ad|ads|sponsored|sponsored (?:content|links?)|advertisement - continue reading below|story continues below(?: advertisement)?)[.:]?$`)},
	{"an invitation to subscribe", regexp.MustCompile(`(?i)^(?:subscribe|subscribe (?:now|today|here|to (?:our|the|this) [\pL ]{1,60})|sign up for (?:our|the) [\pL ]{1,60}|get our [\pL ]{0,30}newsletter)[.!]?$`)},
	{"links to other pages", regexp.MustCompile(`(?i)^(?:related (?:articles?|posts?|stories|content|topics|reading|links)|more from [\pL ]{1,40}|you (?:may|might) also like|recommended for you|popular (?:articles|posts|now)|trending(?: now)?)\s*:?$`)},
	{"a copyright notice", regexp.MustCompile(`(?i)^(?:(?:copyright|©|\(c\)|copyright ©|copyright \(c\))\s.*|.{0,100}\ball rights reserved\b.{0,60})$`)},
	{"navigation", regexp.MustCompile(`(?i)^(?:skip to (?:main |the )?content|skip to navigation|terms of (?:use|service)|privacy policy|cookie policy|contact us|about us|home > .*)[.]?$`)},
	{"a cookie notice", regexp.MustCompile(`(?i)^(?:(?:we|this (?:site|website|page)) uses? cookies\b.*|(?:accept|manage|reject)(?: all)? cookies|cookie (?:notice|settings|preferences))$`)},
}

// furniture returns why a line is not part of the article, or "".
func furniture(s string) string {
	if len(s) > longestFurniture {
		return ""
	}
	for _, rule := range furnitureRules {
		if rule.line.MatchString(s) {
			return rule.why
		}
	}
	return ""
}

// withoutFurniture drops furniture and late date lines from the ends of each
// block. Inside a block a line may look like furniture by the chance of where a
// paragraph wraps.
func (r *reader) withoutFurniture(blocks []block) []block {
	var kept []block
	for _, b := range blocks {
		for len(b.lines) > 0 && r.dropped(b.lines[0]) {
			b.lines = b.lines[1:]
		}
		var tail []line
		for n := len(b.lines); n > 0 && furniture(b.lines[n-1].text) != ""; n-- {
			tail = append([]line{b.lines[n-1]}, tail...)
			b.lines = b.lines[:n-1]
		}
		for _, l := range tail {
			r.dropped(l)
		}
		if len(b.lines) > 0 {
			kept = append(kept, b)
		}
	}
	return kept
}

func (r *reader) dropped(l line) bool {
	if why := furniture(l.text); why != "" {
		r.drop(l, why)
		return true
	}
	return r.dateLine(l, false)
}
