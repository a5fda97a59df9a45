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

// shelved is an article with the words by which people name it and its authors,
// worked out once and not for every question.
type shelved struct {
	article  *article.Article
	title    string   // plain words; empty when it is a single word
	full     []string // full names of its authors, in plain words
	families []string // their family names
}

// shelve prepares the articles. The author of the work that one is adapted from
// counts too, since the biography is about both.
func shelve(articles []*article.Article) []shelved {
	shelf := make([]shelved, 0, len(articles))
	for _, art := range articles {
		s := shelved{article: art}
		if title := plainWords(art.Meta.Title); strings.Contains(title, " ") {
			s.title = title
		}
		names := article.AuthorNames(art.Meta.Author)
		if art.Meta.AdaptedFrom != nil {
			names = append(names, article.AuthorNames(art.Meta.AdaptedFrom.Author)...)
		}
		for _, n := range names {
			s.full = append(s.full, plainWords(n.Full))
			s.families = append(s.families, plainWords(n.Family))
		}
		shelf = append(shelf, s)
	}
	return shelf
}

// named replaces titles and full names of authors.
func named(text string, shelf []shelved) *mention {
	m := &mention{plain: plainWords(text)}
	for _, s := range shelf {
		m.replace(s.title, tokenDoc, s.article)
		for _, name := range s.full {
			m.replace(name, tokenWriter, s.article)
		}
	}
	return m
}

// withFamilies returns the mention with family names replaced too,
// which are often ordinary words.
func (m *mention) withFamilies(shelf []shelved) *mention {
	out := *m
	for _, s := range shelf {
		for _, name := range s.families {
			out.replace(name, tokenWriter, s.article)
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
