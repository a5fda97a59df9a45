package article

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// particles are the words that belong to the family name after them. Which
// styles move a particle behind the given name depends on the bearer's
// language, which front matter does not record, so it stays in front. Whoever
// wants otherwise writes "Beauvoir, Simone de".
var particles = wordSet(`
	van von der den de del della delle di da das do dos du des la le les lo zu zur zum ten ter te
	bin ibn bint ben al el af av op d' 't`)

// capitalisedParticles are the particles that also start a family name when
// they have a capital ("Robert De Niro"). Words that are common given names are
// left out.
var capitalisedParticles = wordSet(`Van Von Der Den De Del Della Di Du Des Dos La Le`)

var suffixes = wordSet(`jr sr ii iii iv`)

// credentials are dropped: APA 7 (9.8), MLA 9 and Chicago 17 all omit degrees.
var credentials = wordSet(`
	phd md rn do dds dmd dvm msc ma ms mph mba jd edd psyd pharmd dpt lmt np pa facp frcp mbbs bsc ba bs`)

var honorifics = wordSet(`dr prof professor mr mrs ms mx`)

func bareWord(s string) string {
	return strings.ToLower(strings.ReplaceAll(strings.Trim(s, " ,"), ".", ""))
}

func isParticle(w string) bool   { return particles[w] }
func isSuffix(s string) bool     { return suffixes[bareWord(s)] }
func isCredential(s string) bool { return credentials[bareWord(s)] }

// parseName reads one author in either order, "First Last" or "Last, First".
func parseName(s string) personName {
	s = strings.Join(strings.Fields(s), " ")
	pieces := namePieces(s)
	switch {
	case len(pieces) == 0:
		return personName{}
	case isOrganisation(s) || conjunction.MatchString(s) || writtenFamilyFirst(s) && len(pieces) == 1:
		return personName{literal: s}
	case len(pieces) == 1:
		return parseNatural(pieces[0], "")
	case len(pieces) == 2 && isSuffix(pieces[1]): // "Martin Luther King, Jr."
		return parseNatural(pieces[0], pieces[1])
	case len(pieces) > 3:
		return personName{literal: s}
	}
	return parseInverted(s, pieces)
}

// namePieces cuts at commas and leaves credentials out.
func namePieces(s string) []string {
	var pieces []string
	for p := range strings.SplitSeq(s, ",") {
		p = strings.TrimSpace(p)
		if p == "" || len(pieces) > 0 && isCredential(p) {
			continue
		}
		pieces = append(pieces, p)
	}
	return pieces
}

// writtenFamilyFirst reports whether s is in a script whose names already start
// with the family name, so that inverting would be wrong.
func writtenFamilyFirst(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
	})
}

func parseNatural(s, suffix string) personName {
	words := strings.Fields(s)
	for len(words) > 1 && honorifics[bareWord(words[0])] {
		words = words[1:]
	}
	if last := len(words) - 1; suffix == "" && last > 1 && isSuffix(words[last]) {
		words, suffix = words[:last], words[last]
	}
	if len(words) == 1 {
		return personName{literal: joinNonEmpty(" ", words[0], suffix)}
	}
	at := familyStart(words)
	n := personName{given: spaceInitials(words[:at]), suffix: suffix}
	n.particle, n.family = splitParticle(words[at:])
	return n
}

// familyStart finds the first word of the family name: a particle, the word
// before a Spanish "y", else the last word.
func familyStart(words []string) int {
	last := len(words) - 1
	for i, w := range words[:last] {
		switch {
		case i > 1 && w == "y":
			return i - 1
		case isParticle(w), i > 0 && capitalisedParticles[w]:
			return i
		}
	}
	return last
}

func splitParticle(family []string) (particle, rest string) {
	i := 0
	for i < len(family)-1 && isParticle(family[i]) {
		i++
	}
	return strings.Join(family[:i], " "), strings.Join(family[i:], " ")
}

// parseInverted reads "Last, First", "Last, First, Jr." and "Last, Jr., First".
func parseInverted(whole string, pieces []string) personName {
	var n personName
	n.particle, n.family = splitParticle(strings.Fields(pieces[0]))
	rest := pieces[1:]
	if i := slices.IndexFunc(rest, isSuffix); i >= 0 {
		n.suffix = rest[i]
		rest = slices.Delete(slices.Clone(rest), i, i+1)
	}
	if len(rest) != 1 {
		return personName{literal: whole}
	}
	given := strings.Fields(rest[0])
	at := len(given)
	for at > 1 && isParticle(given[at-1]) {
		at--
	}
	n.given, n.dropping = spaceInitials(given[:at]), strings.Join(given[at:], " ")
	return n
}

var runOfInitials = regexp.MustCompile(`^(?:\pL\.){2,}$`)

// spaceInitials writes "J.K." as "J. K." (MLA 9 and Chicago 17 alike).
func spaceInitials(given []string) string {
	out := make([]string, len(given))
	for i, w := range given {
		if runOfInitials.MatchString(w) {
			w = strings.TrimSpace(strings.ReplaceAll(w, ".", ". "))
		}
		out[i] = w
	}
	return strings.Join(out, " ")
}

// givenInitials abbreviates a given name as APA 7 (9.8) does: a full stop and a
// space after each initial, the hyphen kept, the author's own capitals kept.
// Nicknames in quotation marks or parentheses are left out.
func givenInitials(given string) string {
	var out []string
	for w := range strings.FieldsSeq(given) {
		if strings.IndexAny(w, `("'“`) == 0 {
			continue
		}
		var parts []string
		for part := range strings.SplitSeq(strings.ReplaceAll(w, "‐", "-"), "-") {
			if initial := firstLetter(part); initial != "" {
				parts = append(parts, initial+".")
			}
		}
		out = append(out, strings.Join(parts, "-"))
	}
	return joinNonEmpty(" ", out...)
}

// firstLetter returns the first letter with the accents that combine with it.
func firstLetter(s string) string {
	start := strings.IndexFunc(s, unicode.IsLetter)
	if start < 0 {
		return ""
	}
	for i, r := range s[start:] {
		if i > 0 && !unicode.IsMark(r) {
			return s[start : start+i]
		}
	}
	return s[start:]
}

// joinNonEmpty joins the parts that are not empty.
func joinNonEmpty(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(slices.Clone(parts), func(s string) bool { return s == "" }), sep)
}
