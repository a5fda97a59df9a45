package article

import "strings"

// AuthorName is one author of an article as people refer to him.
type AuthorName struct {
	Full   string // as it is read, without degrees: "Simone de Beauvoir"
	Family string // the family name alone; empty for an organisation and for a single name
}

// AuthorNames returns the authors of a front matter line such as
// "Jane Doe, MD; World Health Organization", in order.
func AuthorNames(author string) []AuthorName {
	var names []AuthorName
	for _, n := range parseNames(author) {
		name := AuthorName{Full: strings.TrimSpace(n.natural()), Family: n.surname()}
		if name.Family == name.Full {
			name.Family = ""
		}
		if name.Full != "" {
			names = append(names, name)
		}
	}
	return names
}
