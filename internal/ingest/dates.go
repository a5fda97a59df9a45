package ingest

import (
	"regexp"
	"strings"
	"time"

	"verbatim/internal/article"
)

// dateLabel matches the words before a date: group 1 tells an update, group 2 a
// publication.
var dateLabel = regexp.MustCompile(`(?i)^(?:(?:this )?(?:article|page|post|content) )?(?:was )?(?:(?:last )?(updated|modified|revised)|((?:first |originally )?(?:published|posted)|date published))(?: on)?\s*:?\s+(.+)$`)

// bareDate says that a line has nothing but a date.
const bareDate = "date"

// dateLine takes a line such as "Updated July 19, 2017" or "Published: 1 May
// 2016 | Updated: 19 July 2017". Without a label it counts only in the header.
func (r *reader) dateLine(l line, inHeader bool) bool {
	parts := strings.FieldsFunc(l.text, func(c rune) bool { return strings.ContainsRune("|;•·", c) })
	var found []datePart
	for _, part := range parts {
		d := readDatePart(strings.TrimSpace(part))
		if d.label == "" || d.label == bareDate && !inHeader || d.date.IsZero() && !inHeader {
			return false
		}
		found = append(found, d)
	}
	for _, d := range found {
		r.takeDate(l, d)
	}
	return len(found) > 0
}

func (r *reader) takeDate(l line, d datePart) {
	switch {
	case d.date.IsZero():
		r.drop(l, "its date cannot be read")
		r.warn(`The date in "` + l.text + `" cannot be read; give it as 2017-07-19 in front matter.`)
	case d.label == "published" && r.published.IsZero():
		r.published = d.date
	case d.label == "updated" && r.draft.Meta.Updated.IsZero():
		r.draft.Meta.Updated = d.date
	case d.label == bareDate && r.draft.Meta.Updated.IsZero():
		r.draft.Meta.Updated = d.date
		r.warn("A date without a label, " + d.date.String() + ", is taken for the last update.")
	default:
		r.drop(l, "another date was found before")
	}
}

// A datePart is a date with the sense of the words before it.
type datePart struct {
	label string // "updated", "published", bareDate or empty
	date  article.Date
}

// longestDate is in bytes: "Wednesday, 21st of September, 2017" and a little.
const longestDate = 40

func readDatePart(s string) datePart {
	if m := dateLabel.FindStringSubmatch(s); m != nil && len(m[3]) <= longestDate && strings.ContainsAny(m[3], "0123456789") {
		d := datePart{label: "updated", date: parseDate(m[3])}
		if m[2] != "" {
			d.label = "published"
		}
		return d
	}
	if d := parseDate(s); !d.IsZero() {
		return datePart{label: bareDate, date: d}
	}
	return datePart{}
}

var (
	ordinal = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th)\b`)
	weekday = regexp.MustCompile(`(?i)^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\s+`)
)

// parseDate reads the written forms of a date that can be read in one way only;
// 07/08/2017 is not one of them. The zero Date says that s is none.
func parseDate(s string) article.Date {
	s = strings.TrimSuffix(strings.TrimSpace(s), ".")
	s = strings.Join(strings.Fields(strings.NewReplacer(",", " ", ".", " ", " of ", " ").Replace(s)), " ")
	s = ordinal.ReplaceAllString(weekday.ReplaceAllString(s, ""), "$1")
	s = strings.Replace(strings.ToLower(s), "sept ", "sep ", 1)
	for _, layout := range []string{"2006-01-02", "2006/1/2", "January 2 2006", "Jan 2 2006", "2 January 2006", "2 Jan 2006"} {
		if t, err := time.Parse(layout, s); err == nil {
			return article.DateOf(t)
		}
	}
	return article.Date{}
}
