package answer

import (
	"regexp"
	"strings"
)

// metaQuestion is what a message asks of the front matter.
type metaQuestion struct {
	field MetaField
	// attribute says that something particular of the author is asked, so that
	// the biography answers only when it speaks of it.
	attribute bool
}

// Tokens that stand for a class of phrases after metaForm.
const (
	tokenDoc    = "DOC"    // the article by a noun: "this article", "the page"
	tokenIt     = "IT"     // perhaps the article: "this", "it", "that"
	tokenWriter = "WRITER" // the author: "the author", "the guy who wrote this"
	tokenWhen   = "WHEN"   // "when", "what year", "which month"
	tokenSkill  = "SKILL"  // what makes an author know the subject: "doctor", "qualified"
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
	{regexp.MustCompile(`\b(?:(?:the|this|that|these|your|an) )?(?:whole |full |original )?(?:article|page|web ?page|piece|write ?up|post|guide|info|information|text|material)s?\b`), tokenDoc},
	{regexp.MustCompile(`\b(?:this|it|that|these)\b`), tokenIt},
	{regexp.MustCompile(`\b(?:the )?(?:guy|dude|man|woman|person|one|lady|someone|somebody) (?:who|that|IT) (?:wrote|made|authored|created|typed|did) (?:DOC|IT)\b|\bwhoever (?:wrote|made|authored|created) (?:DOC|IT)\b|\b(?:the )?(?:author|writer)s?\b`), tokenWriter},
	{regexp.MustCompile(`\b(?:when|(?:what|which) (?:date|day|year|month)|how (?:recently|long ago))\b`), tokenWhen},
	{regexp.MustCompile(`\b(?:doctors?|docs?|dr|md|physicians?|surgeons?|urologists?|nurses?|medical(?:ly)?|medics?|scientists?|legit(?:imate)?|qualified|qualifications?|credentials?|credible|credibility|experts?|expertise|background|licensed|trained|trust(?:ed|worthy)?|reliable|professionals?|profession|job|occupation|bio|biography|experience|therapist|authority|certified)\b`), tokenSkill},
	{regexp.MustCompile(`\s+`), " "},
}

// metaForm rewrites a message into the form that the patterns are written for.
func metaForm(text string) string {
	form := plainWords(text)
	for _, c := range metaClasses {
		form = c.re.ReplaceAllString(form, c.with)
	}
	return strings.TrimSpace(form)
}

// metaPatterns recognise questions about the article itself, in order. A
// pattern matches whole words anywhere in the form unless it is anchored.
var metaPatterns = compileMeta([]struct {
	field    MetaField
	patterns []string
}{
	{FieldCitation, []string{
		`how (do|can|should|would|to)( i| we| you| one)? (cite|reference|credit)`,
		`(cite|citing|reference|referencing) (DOC|IT|in|for)`,
		`^(cite|citation|reference)( DOC| IT)?$`,
		`(give|get|need|want|have|show|is there|got)\b.* (citation|bibtex)`,
		`citation (for|of|generator|tool|format|style)`,
		`(in|as|an?) (apa|mla|bibtex)`, `^(apa|mla|bibtex)$`, `(apa|mla|chicago|harvard) (style|format|citation)`,
		`works cited`, `bibliography entry`,
	}},
	{FieldPublished, []string{
		`WHEN (was|is|did|were) (DOC|IT) (first|originally|initially)`,
		`WHEN (was|is|did|were) (DOC|IT) (publish|published|come out|released|go live)`,
		`(publication|original) (date|year) of (DOC|IT)`, `(what is )?the (publication|original) (date|year)$`,
		`WHEN\b.* (DOC|IT) .*(first|originally) (published|written|posted)`,
	}},
	{FieldUpdated, []string{
		`WHEN\b.* (updated|update|revised|edited|modified|refreshed)`,
		`WHEN\b.* last (touch|touched|change|changed) (up )?(DOC|IT)`, `WHEN\b.* (touched|changed) (up )?DOC`,
		`how (old|recent|current|fresh|new|outdated|up to date|dated) (is|are|was) (DOC|IT)$`,
		`^how old( is)? (DOC|IT)$`,
		`^(is|are|was) (DOC|IT) (still )?(current|up to date|outdated|out of date|old|recent)`,
		`(last|latest|most recent) (update|updated|revision|edit|edited|modified|revised)`,
		`^(what is )?the date( of| on)? ?(DOC|IT)?$`,
		`WHEN (was|is) (DOC|IT) (last )?(written|posted|made|created|from)`,
		`^(and )?date$`,
	}},
	{FieldTitle, []string{
		`(title|headline) (of|for) (DOC|IT)`, `(what is|give|tell|full|exact)\b.* (title|headline)`,
		`what (is|was) (DOC|IT) (called|titled|named)`, `what is DOC name$`, `name of DOC$`,
	}},
	{FieldContents, []string{
		`what (is )?(in|inside) (here|DOC|IT)$`,
		`what (does|do|is) (DOC|IT) (cover|contain|talk about|discuss|include|go over|about)$`, `what topics`,
		`table of contents`, `(what|which) (sections?|headings?|chapters?|topics?)( \w+)? (in|are|does|do|have|has) `,
		`(which|what) DOC (do|are|have|can) `, `list (of )?(the )?(articles|sections|contents|DOC)`,
		`outline of (DOC|IT)`, `^contents$`,
		`what (can|could|should) i ask( you)? about`,
	}},
	{FieldAuthor, []string{
		`who (is |was )?(wrote|written|authored|penned|typed|published|posted|made|created|behind|put together) (DOC|IT|(\w+ ){1,5}DOC)$`,
		`who (is|are|was)? ?WRITER( of (DOC|IT))?$`, `^(and )?WRITER( name)?( for (DOC|IT))?$`,
		`WRITER (is )?(full )?name`, `name of WRITER`, `name (IT|DOC) (made|wrote) (DOC|IT)$`,
		`(written|authored|made) by who(m)?$`, `by who(m)?$`, `whose (DOC|article|writing|words)`,
		`who (is|was) (DOC|IT) (written |authored )?by$`,
		`name (is )?(IT|who) (wrote|made|authored|created) (DOC|IT)$`,
	}},
	{FieldAuthorBio, []string{
		`^(who (is|was)|tell me about|about|what about) WRITER$`,
		`WRITER\b.* SKILL`, `SKILL\b.* WRITER`,
		`(is|was|are|were) (he|she|they) (an? |some (kind|sort) of |the |any |in the |\w+ )?SKILL`,
		`(he|she) is (an? )?SKILL`, `(his|her) SKILL`, `SKILL (him|her)$`,
		`(written|made|authored) by an? (\w+ )?SKILL`, `SKILL (who )?(wrote|write|written|authored) (DOC|IT)`,
	}},
})

type metaPattern struct {
	field MetaField
	re    *regexp.Regexp
}

func compileMeta(groups []struct {
	field    MetaField
	patterns []string
},
) []metaPattern {
	var out []metaPattern
	for _, g := range groups {
		for _, p := range g.patterns {
			out = append(out, metaPattern{g.field, regexp.MustCompile(`(?:^|\b)(?:` + p + `)(?:$|\b)`)})
		}
	}
	return out
}

// foreign words show that something other than this article is asked about.
var foreign = regexp.MustCompile(`\b(?:(?:the|IT|an?|any|which|what|whose|in)(?: [a-z0-9]+)? (?:study|research|paper|trial|survey|experiment|journal|book)|studies|researchers|trials|(?:they|he|she) cites?)\b`)

// maxMeta is the longest message, in bytes, that can be a question about the
// article itself or small talk; a longer one tells a story.
const maxMeta = 400

// classify returns what a message asks of the front matter, and whether it does.
func classify(text string) (metaQuestion, bool) {
	if len(text) > maxMeta {
		return metaQuestion{}, false
	}
	form := metaForm(text)
	if foreign.MatchString(form) {
		return metaQuestion{}, false
	}
	for _, p := range metaPatterns {
		if p.re.MatchString(form) {
			return metaQuestion{field: p.field}, true
		}
	}
	if strings.Contains(form, tokenWriter) {
		return metaQuestion{field: FieldAuthorBio, attribute: true}, true
	}
	return metaQuestion{}, false
}

var (
	// learning names what biographies are made of.
	learning = regexp.MustCompile(`\b(?:certs?|certifications?|certificates?|diplomas?|degrees?|bachelors?|masters?|phd|doctorate|undergrad|grad school|credentials?|qualifications?|licen[sc]ed?)\b`)
	// person is a pronoun that may stand for the author.
	person = regexp.MustCompile(`\b(?:he|hes|hed|his|him|she|shes|shed|her|hers)\b`)
	// self shows that the asker speaks of himself or of somebody near.
	self = regexp.MustCompile(`\b(?:i|im|ive|my|me|we|our|us|u|you|ur)\b`)
)
