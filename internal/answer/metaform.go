package answer

import (
	"regexp"
	"strings"

	"verbatim/internal/article"
)

// Tokens that stand for a class of phrases in the form of a message. They are in
// capitals, which plainWords never yields.
const (
	tokenDoc    = "DOC"    // the article by a noun or by its title: "this article", "the page on sleep"
	tokenIt     = "IT"     // perhaps the article: "this", "it", "that"
	tokenWriter = "WRITER" // the author: by name, "the author", "the guy who wrote this"
	tokenWhen   = "WHEN"   // "when", "what year", "which month"
	tokenSkill  = "SKILL"  // what makes an author know the subject: "doctor", "qualified"
)

const (
	documentNoun = `(?:articles?|page|web ?page|piece|write ?up|guide)`
	wroteVerb    = `(?:wrote|made|authored|created|typed|did)`
)

// metaClasses are applied in order to plainWords of a message.
var metaClasses = []struct {
	re   *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`\b(what|who|when|where|how|that|it|there|he|she)s\b`), "$1 is"},
	{regexp.MustCompile(`\b(?:u|ya)\b`), "you"},
	{regexp.MustCompile(`\br\b`), "are"},
	{regexp.MustCompile(`\b(?:even|really|rly|actually|please|pls|plz|like|lol|exactly|anyway|btw|so|ok|okay|well|just|um|hey|hi|hello|the hell|tf|currently|now|then|properly|correctly|all)\b`), " "},
	{regexp.MustCompile(`\s+`), " "},
	{regexp.MustCompile(`\b(?:(?:the|this|that|these|your|an) )?(?:whole |full |original |entire )?` + documentNoun + `\b|\b(?:this|that|your) (?:info|information|text|post|material)\b`), tokenDoc},
	{regexp.MustCompile(`\b(?:this|it|that|these)\b`), tokenIt},
	{regexp.MustCompile(`\b(?:the )?(?:guy|dude|man|woman|person|one|lady|someone|somebody) (?:who|that|IT) ` + wroteVerb + ` (?:DOC|IT)\b|\bwhoever ` + wroteVerb + ` (?:DOC|IT)\b|\b(?:the )?(?:author|writer)s?\b`), tokenWriter},
	{regexp.MustCompile(`\b(?:when|(?:what|which) (?:date|day|year|month)|how (?:recently|long ago))\b`), tokenWhen},
	{regexp.MustCompile(`\b(?:doctors?|docs?|dr|md|physicians?|surgeons?|urologists?|nurses?|medical(?:ly)?|medics?|scientists?|legit(?:imate)?|qualified|qualifications?|credentials?|credible|credibility|experts?|expertise|background|licensed|trained|trust(?:ed|worthy)?|reliable|professionals?|profession|job|occupation|bio|biography|experience|therapist|authority|certified)\b`), tokenSkill},
}

// metaForm rewrites the plain words of a message into the form that the patterns
// are written for.
func metaForm(plain string) string {
	for _, c := range metaClasses {
		plain = c.re.ReplaceAllString(plain, c.with)
	}
	plain = described.ReplaceAllStringFunc(plain, func(phrase string) string {
		if apart.MatchString(phrase) {
			return phrase
		}
		return tokenDoc
	})
	plain = repeated.ReplaceAllString(plain, tokenDoc)
	return strings.Join(strings.Fields(plain), " ")
}

var (
	// described is an article with words that tell which: "the knee pain article",
	// of which metaClasses leave "the knee pain DOC", and "the article about knees".
	described = regexp.MustCompile(`\b(?:the|IT|your) (?:[a-z0-9]+ ){1,5}DOC\b|\bDOC (?:on|about) [a-z0-9]+(?: [a-z0-9]+){0,4}$|\bDOC (?:on|about) (?:[a-z0-9]+ ){1,3}`)
	// apart shows that such words are not the name of an article.
	apart = regexp.MustCompile(`\b(?:of|in|for|to|title|headline|name|date|author|who|what|when|is|was)\b`)
	// repeated is a title together with a noun: "the DOC article".
	repeated = regexp.MustCompile(`(?:\b(?:the|IT|your) )?\bDOC(?: DOC)*\b`)
)

// mention is a message with the names of articles and authors replaced by tokens.
type mention struct {
	plain   string
	article *article.Article // the one that was named, if any
}

// named replaces titles and full names of authors; those of the author of the
// work that an article is adapted from count too, since the biography is about both.
func named(text string, shelf []*article.Article) *mention {
	m := &mention{plain: plainWords(text)}
	for _, art := range shelf {
		if title := plainWords(art.Meta.Title); strings.Contains(title, " ") {
			m.replace(title, tokenDoc, art)
		}
		for _, n := range authorNames(art.Meta) {
			m.replace(plainWords(n.Full), tokenWriter, art)
		}
	}
	return m
}

// withFamilies returns the mention with family names replaced too,
// which are often ordinary words.
func (m *mention) withFamilies(shelf []*article.Article) *mention {
	out := *m
	for _, art := range shelf {
		for _, n := range authorNames(art.Meta) {
			out.replace(plainWords(n.Family), tokenWriter, art)
		}
	}
	return &out
}

func (m *mention) replace(phrase, token string, art *article.Article) {
	padded := " " + m.plain + " "
	if phrase == "" || !strings.Contains(padded, " "+phrase+" ") {
		return
	}
	m.plain = strings.TrimSpace(strings.ReplaceAll(padded, " "+phrase+" ", " "+token+" "))
	m.article = art
}

func authorNames(m article.Meta) []article.AuthorName {
	names := article.AuthorNames(m.Author)
	if m.AdaptedFrom != nil {
		names = append(names, article.AuthorNames(m.AdaptedFrom.Author)...)
	}
	return names
}
