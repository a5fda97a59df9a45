package answer

import (
	"regexp"
	"slices"
	"strings"

	"verbatim/internal/article"
)

// metaQuestion is what a message asks of the front matter.
type metaQuestion struct {
	field   MetaField
	article *article.Article // when the message names it or its author
	style   article.Style    // of a citation
	// attribute says that something particular of the author is asked, so that
	// the biography answers only when it speaks of it.
	attribute bool
	// deictic says that only "this" or nothing at all stands for the article, so
	// that after a quote the question may be about what was quoted.
	deictic bool
}

// metaPatterns recognise questions about the article itself, in order. A
// pattern matches whole words anywhere in the form unless it is anchored.
var metaPatterns = compileMeta([]metaGroup{
	{FieldCitation, []string{
		`how (do|can|should|would|to)( i| we| you| one)? (cite|reference|credit)`,
		`(cite|citing|reference|referencing) (DOC|IT|in|for)`,
		`^(cite|citation|reference)( DOC| IT)?$`,
		`(give|get|need|want|have|show|is there|got)\b.* (citation|bibtex)`,
		`citation (for|of|generator|tool|format|style)`, `citation$`,
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
		`WHEN\b.* (DOC|IT)( \w+)? (updated|update|revised|edited|modified|refreshed)`, `WHEN\b.* last (updated|revised|edited|modified)`,
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
		`(title|headline) (of|for) (DOC|IT)`, `(what is|give|tell|full|exact) (me |us )?(the )?(full |exact )*(title|headline)`,
		`what (is|was) (DOC|IT) (called|titled|named)`, `what is DOC name$`, `name of DOC$`, `DOC (title|headline)$`,
	}},
	{FieldContents, []string{
		`what (is )?(in|inside) (here|DOC|IT)$`,
		`what (does|do|is) (DOC|IT) (cover|contain|talk about|discuss|include|go over|about)$`,
		`table of contents`, `^(what|which) (topics|sections?|headings?|chapters?)( \w+)? (in|are|does|do|have|has) (IT|DOC|there|here|you|in|covered)`,
		`^(which|what) DOC (do you have|are there|have you|can i)`, `list (of )?(the )?(sections|contents|DOC)`,
		`outline of (DOC|IT)`, `^contents$`,
		`what (can|could|should) i ask( you)? about$`,
	}},
	{FieldAuthor, []string{
		`who (is |was )?(wrote|written|authored|penned|typed|published|posted|made|created|behind|put together) (DOC|IT)$`,
		`who (is|are|was)? ?WRITER( of (DOC|IT))?$`, `^(and )?WRITER( name)?( for (DOC|IT))?$`,
		`WRITER (is )?(full )?name`, `name of WRITER`, `name (IT|DOC) (made|wrote) (DOC|IT)$`,
		`(written|authored|made) by who(m)?$`, `by who(m)?$`, `whose (DOC|article|writing|words)`,
		`who (is|was) (DOC|IT) (written |authored )?by$`,
		`name (is )?(IT|who) (wrote|made|authored|created) (DOC|IT)$`,
	}},
	{FieldAuthorBio, []string{
		`^(tell me about|about|what about) WRITER$`,
		`(WRITER|WRITER s) (an? |the |any |some (kind|sort) of |in the |\w+ ){0,3}SKILL`, `SKILL\b.* WRITER$`, `SKILL is WRITER`,
		`WRITER\b.* (is|was|are) (an? |the |\w+ )?SKILL`,
		`(is|was|are|were) (he|she|they) (an? |some (kind|sort) of |the |any |in the |\w+ )?SKILL`,
		`(he|she) is (an? )?SKILL`, `(his|her) SKILL`, `SKILL (him|her)$`,
		`^(is|are) (DOC|IT) SKILL$`, `^can i SKILL (DOC|IT)$`,
		`(written|made|authored) by an? (\w+ )?SKILL`, `SKILL (who )?(wrote|write|written|authored) (DOC|IT)`,
	}},
})

// anyMeta matches what any of metaPatterns does: most questions are of none of
// them, and one look is quicker than one for each.
var anyMeta = func() *regexp.Regexp {
	sources := make([]string, len(metaPatterns))
	for i, p := range metaPatterns {
		sources[i] = p.re.String()
	}
	return regexp.MustCompile(strings.Join(sources, "|"))
}()

type metaGroup struct {
	field    MetaField
	patterns []string
}

type metaPattern struct {
	field MetaField
	re    *regexp.Regexp
}

func compileMeta(groups []metaGroup) []metaPattern {
	var out []metaPattern
	for _, g := range groups {
		for _, p := range g.patterns {
			out = append(out, metaPattern{g.field, regexp.MustCompile(`(?:^|\b)(?:` + p + `)(?:$|\b)`)})
		}
	}
	return out
}

var (
	// foreign words show that something other than this article is asked about.
	foreign = regexp.MustCompile(`\b(?:(?:the|IT|an?|any|which|what|whose|in)(?: [a-z0-9]+)? (?:study|research|paper|trial|survey|experiment|journal|book)|studies|researchers|trials|(?:they|he|she) cites?)\b`)
	// speech makes the author a source of the subject, not the subject.
	speech = regexp.MustCompile(`\b(?:says?|said|claims?|thinks?|recommends?|suggests?|means?|advises?|warns?|according|opinion|mentions?)\b`)
	// learning names what biographies are made of.
	learning = regexp.MustCompile(`\b(?:certs?|certifications?|certificates?|diplomas?|degrees?|bachelors?|masters?|phd|doctorate|undergrad|grad school|credentials?|qualifications?|licen[sc]ed?)\b`)
	// person is a pronoun that may stand for the author.
	person = regexp.MustCompile(`\b(?:he|hes|hed|his|him|she|shes|shed|her|hers)\b`)
	// self shows that the asker speaks of himself or of somebody near.
	self = regexp.MustCompile(`\b(?:i|im|ive|my|me|we|our|us|u|you|ur)\b`)
)

// maxMeta is the longest message, in bytes, that can be a question about the
// article itself or small talk; a longer one tells a story.
const maxMeta = 400

// classify returns what a message asks of the front matter of the articles on
// the shelf, and whether it does.
func classify(text string, shelf []shelved) (metaQuestion, bool) {
	if len(text) > maxMeta {
		return metaQuestion{}, false
	}
	m := named(text, shelf)
	form := metaForm(m.plain)
	byWriter := strings.Contains(form, tokenWriter)
	if foreign.MatchString(form) || (byWriter && speech.MatchString(form)) {
		return metaQuestion{}, false
	}
	if field, ok := matchMeta(form); ok {
		return metaOf(field, form, m), true
	}
	if byWriter {
		return metaQuestion{field: FieldAuthorBio, article: m.article, attribute: true}, true
	}
	family := m.withFamilies(shelf)
	if family.plain == m.plain {
		return metaQuestion{}, false
	}
	field, ok := matchMeta(metaForm(family.plain))
	if ok && (field == FieldAuthor || field == FieldAuthorBio) {
		return metaQuestion{field: FieldAuthorBio, article: family.article}, true
	}
	return metaQuestion{}, false
}

func matchMeta(form string) (MetaField, bool) {
	if !anyMeta.MatchString(form) {
		return "", false
	}
	i := slices.IndexFunc(metaPatterns, func(p metaPattern) bool { return p.re.MatchString(form) })
	if i < 0 {
		return "", false
	}
	return metaPatterns[i].field, true
}

func metaOf(field MetaField, form string, m *mention) metaQuestion {
	q := metaQuestion{field: field, article: m.article, deictic: !strings.Contains(form, tokenDoc) && !strings.Contains(form, tokenWriter)}
	if field == FieldAuthor && m.article != nil && !strings.Contains(form, tokenDoc) {
		q.field = FieldAuthorBio // "who is Jane Doe" knows the name already
	}
	for word := range strings.FieldsSeq(form) {
		if style, err := article.ParseStyle(word); err == nil {
			q.style = style
		}
	}
	return q
}
