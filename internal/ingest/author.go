package ingest

import (
	"regexp"
	"strings"
)

const (
	nameWord  = `(?:\p{Lu}[\p{L}\p{M}'’.-]*)`
	nameInner = `(?:` + nameWord + `|de|del|der|den|da|di|dos|du|la|le|van|von|bin|ibn|al|el|ter|ten|y)`
	fullName  = nameWord + `(?: ` + nameInner + `){0,5}`
)

var (
	bylineForm = regexp.MustCompile(`^(?:(?i:written by|by|authors?:|by:)) ?(` + fullName + `(?: (?:and|&) ` + fullName + `)*)(?:,? \(?(.{1,200}?)\)?)?$`)
	nameJoint  = regexp.MustCompile(` (?:and|&) `)
	bioForm    = regexp.MustCompile(`^(` + nameWord + `(?: ` + nameInner + `){1,5}?)(?:, [^.]{1,80}?,)? (?:is|was|has|had|holds|works|worked|writes|wrote|serves|served|received|earned|graduated|began|started|lives|teaches|practices|practises|specializes|specialises)\b`)
	authorNote = regexp.MustCompile(`(?i)^about the (?:author|writer)s?\s*:?\s*(.*)$`)
)

// byline reads "By Jane Doe, MD": several authors come separated by ";", and
// what stands behind the comma are credentials.
func byline(s string) (author, credentials string, ok bool) {
	m := bylineForm.FindStringSubmatch(s)
	if m == nil {
		return "", "", false
	}
	return nameJoint.ReplaceAllString(m[1], "; "), strings.TrimSpace(m[2]), true
}

// authorOf reads the name that a biography starts with.
func authorOf(bio string) string {
	m := bioForm.FindStringSubmatch(bio)
	if m == nil {
		return ""
	}
	return m[1]
}

// withoutAuthorNote takes the blocks under "About the Author", up to the next
// heading, for the biography.
func (r *reader) withoutAuthorNote(blocks []block) []block {
	var kept []block
	var bio []string
	inside := false
	for _, b := range blocks {
		m := authorNote.FindStringSubmatch(b.text())
		switch {
		case m != nil && (m[1] == "" || strings.Contains(b.text(), ":")):
			inside = true
			if m[1] != "" {
				bio = append(bio, m[1])
			}
		case inside && !b.heading:
			bio = append(bio, b.text())
		default:
			inside = false
			kept = append(kept, b)
		}
	}
	r.takeBiography(strings.Join(bio, " "))
	return kept
}

func (r *reader) takeBiography(bio string) {
	if bio == "" {
		return
	}
	r.draft.Meta.AuthorBio = bio
	if r.draft.Meta.Author == "" {
		r.draft.Meta.Author = authorOf(bio)
	}
}
