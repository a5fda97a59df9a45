package article

import (
	"bytes"
	"encoding/json"
	"strings"
)

// cslItem is one item of CSL-JSON 1.0. The order of the fields is the order of
// the keys in the output.
type cslItem struct {
	ID           string    `json:"id"`
	Type         string    `json:"type"`
	Title        string    `json:"title,omitempty"`
	Container    string    `json:"container-title,omitempty"`
	Author       []cslName `json:"author,omitempty"`
	Issued       *cslDate  `json:"issued,omitempty"`
	OriginalDate *cslDate  `json:"original-date,omitempty"`
	Accessed     *cslDate  `json:"accessed,omitempty"`
	URL          string    `json:"URL,omitempty"`
	Language     string    `json:"language,omitempty"`
	Section      string    `json:"section,omitempty"`
	Note         string    `json:"note,omitempty"`
	Annote       string    `json:"annote,omitempty"`
}

type cslName struct {
	Family      string `json:"family,omitempty"`
	Given       string `json:"given,omitempty"`
	NonDropping string `json:"non-dropping-particle,omitempty"`
	Dropping    string `json:"dropping-particle,omitempty"`
	Suffix      string `json:"suffix,omitempty"`
	Literal     string `json:"literal,omitempty"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

// cslJSON renders an array of one item of type "webpage". The quote is the
// annotation, the adaptation and the licence are the note.
func (c cited) cslJSON() string {
	item := cslItem{
		ID:        c.key(),
		Type:      "webpage",
		Title:     c.title,
		Container: c.site,
		Issued:    cslDateOf(c.date()),
		Accessed:  cslDateOf(c.accessed),
		URL:       c.url,
		Language:  c.language,
		Section:   c.section,
		Note:      strings.Join(c.notes(), " "),
		Annote:    c.quote,
	}
	if !c.updated.IsZero() {
		item.OriginalDate = cslDateOf(c.published)
	}
	for _, n := range c.authors {
		item.Author = append(item.Author, cslName{n.family, n.given, n.particle, n.dropping, n.suffix, n.literal})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode([]cslItem{item}); err != nil {
		panic(err) // strings and integers always encode
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func cslDateOf(d Date) *cslDate {
	if d.IsZero() {
		return nil
	}
	return &cslDate{Parts: [][]int{{d.Year, int(d.Month), d.Day}}}
}
