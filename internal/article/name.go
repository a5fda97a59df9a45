package article

import (
	"regexp"
	"strings"
	"unicode"
)

// personName is one author. Either literal is set, for an organisation or a
// name that is never inverted, or family is. The parts are those of CSL-JSON:
// particle stays in front of the family name when the name is inverted ("van
// Gogh, Vincent"), dropping follows the given name ("Beauvoir, Simone de").
type personName struct {
	given, particle, family, dropping, suffix, literal string
}

// surname is what an in-text citation shows: never the suffix (APA 7, 8.10).
func (n personName) surname() string {
	if n.literal != "" {
		return n.literal
	}
	return joinNonEmpty(" ", n.particle, n.family)
}

// inverted renders "Family, Given, Suffix" with the given name as the style wants it.
func (n personName) inverted(given func(string) string) string {
	if n.literal != "" {
		return n.literal
	}
	return joinNonEmpty(", ", n.surname(), joinNonEmpty(" ", given(n.given), n.dropping), n.suffix)
}

// natural renders "Given Family Suffix".
func (n personName) natural() string {
	if n.literal != "" {
		return n.literal
	}
	return joinNonEmpty(" ", n.given, n.dropping, n.particle, n.family, n.suffix)
}

func fullGiven(given string) string { return given }

// parseNames reads an author line. ";" separates authors; so do " and " and "&"
// when everything around them is a personal name, because organisations carry
// both inside their names. Braces around an author mean an organisation.
func parseNames(line string) []personName {
	var names []personName
	for _, author := range splitOutsideBraces(line) {
		if inner, ok := bracedName(author); ok {
			names = appendName(names, personName{literal: stripBraces(inner)})
			continue
		}
		for _, one := range splitConjunction(stripBraces(author)) {
			names = appendName(names, parseName(one))
		}
	}
	return names
}

func appendName(names []personName, n personName) []personName {
	if n == (personName{}) {
		return names
	}
	return append(names, n)
}

// splitOutsideBraces cuts at ";" except inside braces. A brace that is never
// closed counts as text, so that it cannot swallow the authors after it.
func splitOutsideBraces(line string) []string {
	var pieces []string
	closing := matchBraces(line)
	start := 0
	for i := 0; i < len(line); i++ {
		if line[i] == ';' {
			pieces = append(pieces, line[start:i])
			start = i + 1
		}
		i = max(i, closing[i])
	}
	return append(pieces, line[start:])
}

// matchBraces maps the index of each opening brace to that of the one that closes it.
func matchBraces(s string) map[int]int {
	closing := map[int]int{}
	var open []int
	for i := range len(s) {
		switch {
		case s[i] == '{':
			open = append(open, i)
		case s[i] == '}' && len(open) > 0:
			last := len(open) - 1
			closing[open[last]] = i
			open = open[:last]
		}
	}
	return closing
}

func bracedName(author string) (string, bool) {
	author = strings.TrimSpace(author)
	if len(author) < 2 || author[0] != '{' || matchBraces(author)[0] != len(author)-1 {
		return "", false
	}
	return author[1 : len(author)-1], true
}

func stripBraces(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("{", "", "}", "").Replace(s)), " ")
}

var conjunction = regexp.MustCompile(`,?\s+(?:and|&)\s+`)

// splitConjunction separates "Jane Doe, John Smith, and Ann Lee" into its
// people. One word on a side ("Johnson & Johnson") or a word that marks an
// organisation leaves the line whole.
func splitConjunction(line string) []string {
	parts := conjunction.Split(line, -1)
	if len(parts) == 1 {
		return parts
	}
	if isOrganisation(line) {
		return []string{line}
	}
	var people []string
	for _, part := range parts {
		people = append(people, splitPeopleAtCommas(part)...)
	}
	for _, p := range people {
		if !strings.Contains(p, " ") {
			return []string{line}
		}
	}
	return people
}

// splitPeopleAtCommas cuts "Jane Doe, John Smith" but leaves "Doe, Jane",
// "van Gogh, Vincent Willem" and "Jane Doe, PhD" alone.
func splitPeopleAtCommas(s string) []string {
	pieces := strings.Split(s, ", ")
	for _, p := range pieces {
		words := strings.Fields(p)
		if len(words) < 2 || isParticle(words[0]) || isSuffix(p) || isCredential(p) {
			return []string{s}
		}
	}
	return pieces
}

// organisationWords mark an author as an organisation. "of", "for", "the" and
// "without" stand for the many whose name is a phrase; names such as Teresa of
// Ávila are not inverted either.
var organisationWords = wordSet(`
	of for the without contributors editors staff team group
	university universities universität université universidad institute institutes institut instituto
	society association department ministry foundation agency council hospital hospitals clinic clinics
	organization organisation organizations organisations committee commission college service services
	network center centers centre centres academy board bureau office administration authority
	federation union trust library museum laboratory school press corporation corp company inc ltd llc gmbh`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// isOrganisation reports whether s names an organisation, or has one word and
// so nothing to invert.
func isOrganisation(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == ',' || r == '.' || r == '/'
	})
	if len(words) < 2 {
		return true
	}
	if family, _, ok := strings.Cut(s, ","); ok && !strings.Contains(strings.TrimSpace(family), " ") && len(words) < 4 {
		return false // "Service, Robert W.": someone put the family name first
	}
	for _, w := range words {
		if organisationWords[strings.ToLower(w)] {
			return true
		}
	}
	return false
}
