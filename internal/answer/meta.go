package answer

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/safety"
	"verbatim/internal/search"
)

// Notices of questions about an article that its front matter does not answer.
const (
	noticeNoPublished = "The article gives the date of its last update and not when it was first published."
	noticeNoBio       = "The article does not say that about its author."
	noticeWhich       = "Which article do you mean? Please ask again with words from its title."
)

// bioSupport is the share of a question's words that the biography must speak of.
const bioSupport = 0.5

// fromFrontMatter answers a question about an article from its front matter and
// reports whether the question was one. When the front matter does not hold the
// answer the outcome is an abstention that says so. It fails when ctx ends.
func (a *Answerer) fromFrontMatter(ctx context.Context, q Question, asked metaQuestion, ans *Answer) error {
	art, err := a.subject(ctx, q, asked)
	ok := art != nil
	switch {
	case err != nil:
		return a.unavailable(ans, err)
	case asked.field == FieldContents && !ok:
		all := titles(a.library.Articles())
		a.reply(ans, Meta{Field: FieldContents, Text: bulletList("", all), Titles: all})
	case !ok:
		a.abstain(ans, noticeWhich)
		ans.Nearest = shelfHeadings(a.library.Articles())
	case asked.attribute:
		a.attribute(q, ans, art)
	default:
		a.field(ans, asked, art)
	}
	return nil
}

// asksOfQuote reports whether a question such as "when was that published" is
// more likely about what was just quoted than about the article.
func asksOfQuote(asked metaQuestion, c Conversation) bool {
	last, talking := c.Last()
	return talking && last.Article != "" && last.Field == "" && asked.deictic &&
		(asked.field == FieldPublished || asked.field == FieldAuthor)
}

// field answers with one field of the front matter.
func (a *Answerer) field(ans *Answer, asked metaQuestion, art *article.Article) {
	m := art.Meta
	meta := Meta{Field: asked.field, Article: art.Slug, Title: m.Title, Work: &m}
	switch asked.field {
	case FieldAuthor:
		meta.Text = writerText(m)
	case FieldAuthorBio:
		meta.Text = cmp.Or(m.AuthorBio, m.Author)
		if m.AuthorBio == "" {
			a.abstain(ans, noticeNoBio)
			return
		}
	case FieldUpdated:
		meta.Text = updatedText(m)
	case FieldPublished:
		if m.Published.IsZero() {
			a.abstain(ans, noticeNoPublished)
			return
		}
		meta.Text = "Published " + m.Published.Long() + "; updated " + m.Updated.Long() + "."
	case FieldTitle:
		meta.Text = m.Title
	case FieldCitation:
		meta.Style = cmp.Or(asked.style, article.StyleAPA)
		meta.Text = citation(m, meta.Style)
	case FieldContents:
		meta.Headings = headings(art)
		meta.Text = bulletList(m.Title, meta.Headings)
	}
	a.reply(ans, meta)
}

func (a *Answerer) reply(ans *Answer, m Meta) {
	ans.Outcome, ans.Meta, ans.Confidence = FromMeta, &m, 1
}

// attribute answers what is asked of the author when the biography says it.
func (a *Answerer) attribute(q Question, ans *Answer, art *article.Article) {
	if a.bioHolds(q.Text, art.Meta) {
		a.field(ans, metaQuestion{field: FieldAuthorBio}, art)
		return
	}
	a.abstain(ans, noticeNoBio)
}

func (a *Answerer) bioHolds(question string, m article.Meta) bool {
	rest := strings.ReplaceAll(metaForm(named(question, a.shelf()).plain), tokenWriter, " ")
	rest = strings.NewReplacer(tokenDoc, " ", tokenWhen, "when", tokenIt, " ").Replace(rest)
	s := a.library.Support(rest, m.AuthorBio)
	return m.AuthorBio != "" && s.Fits && (s.Words == 0 || s.Coverage >= bioSupport)
}

// fromBio answers from the biography what the articles' text does not answer:
// a question about "he" or "she", or about degrees and diplomas, that the
// biography speaks of more than the best passage does. Only the biography of the
// article that is meant is looked at. It fails when ctx ends.
func (a *Answerer) fromBio(ctx context.Context, q Question, found search.Result, ans *Answer) (bool, error) {
	plain := plainWords(q.Text)
	last, talking := q.Conversation.Last()
	aboutAuthor := talking && (last.Field == FieldAuthor || last.Field == FieldAuthorBio)
	named := person.MatchString(plain) || (learning.MatchString(plain) && !self.MatchString(plain))
	if !aboutAuthor && !named {
		return false, nil
	}
	art, err := a.subject(ctx, q, metaQuestion{})
	if err != nil || art == nil || art.Meta.AuthorBio == "" {
		return false, err
	}
	s := a.library.Support(q.Text, art.Meta.AuthorBio)
	leans := aboutAuthor && s.Words == 0 // "from where", after the author was spoken of
	better := found.Sure() && found.Candidates[0].Features.Passage >= s.Coverage
	if !s.Fits || !leans && (s.Coverage < bioSupport || better) {
		return false, nil
	}
	a.field(ans, metaQuestion{field: FieldAuthorBio}, art)
	return true, nil
}

// subject returns the article that a question about "this article" means, nil if
// that is not clear: the one it names, the only one, the one whose title has most
// of the question's words, or the one last spoken of. It fails when ctx ends.
func (a *Answerer) subject(ctx context.Context, q Question, asked metaQuestion) (*article.Article, error) {
	if asked.article != nil {
		return asked.article, nil
	}
	all := a.library.Articles()
	if len(all) == 1 {
		return all[0], nil
	}
	if art, err := a.titled(ctx, q.Text, all); art != nil || err != nil {
		return art, err
	}
	last, ok := q.Conversation.Last()
	i := slices.IndexFunc(all, func(art *article.Article) bool { return ok && art.Slug == last.Article })
	if i < 0 {
		return nil, nil
	}
	return all[i], nil
}

// titleShare is the share of a question's words that a title must have to be meant.
const titleShare = 0.3

// titled returns the one article whose title has more of the question's words
// than any other's, nil if there is none. It fails when ctx ends.
func (a *Answerer) titled(ctx context.Context, question string, all []*article.Article) (*article.Article, error) {
	held, err := a.titles().Held(ctx, question)
	if err != nil || len(held) == 0 {
		return nil, err
	}
	top := slices.Max(held)
	best := slices.Index(held, top)
	if top < titleShare || slices.Contains(held[best+1:], top) {
		return nil, nil
	}
	return all[best], nil
}

// adapted says whose facts an adapted article carries.
func adapted(m article.Meta) string {
	from := m.AdaptedFrom
	if from == nil {
		return ""
	}
	text := " Adapted, in other words, from " + from.Author + ", “" + from.Title + "”"
	if !from.Updated.IsZero() {
		text += " (updated " + from.Updated.Long() + ")"
	}
	return text + "."
}

// writerText says who wrote an article and what the author is.
func writerText(m article.Meta) string {
	switch {
	case m.AuthorBio == "":
		return authorText(m)
	case strings.Contains(m.AuthorBio, m.Author):
		return m.AuthorBio + adapted(m)
	}
	return m.Author + ". " + m.AuthorBio + adapted(m)
}

func authorText(m article.Meta) string {
	return m.Author + "." + adapted(m)
}

func updatedText(m article.Meta) string {
	return "Updated " + m.Updated.Long() + "." + adapted(m)
}

// citation cites an article. An unknown style is the only error of Cite.
func citation(m article.Meta, style article.Style) string {
	text, err := article.WorkOf(m).Cite(style)
	if err != nil {
		return authorText(m) + " " + m.Title + "."
	}
	return text
}

// headings returns the headings of an article, in order.
func headings(art *article.Article) []string {
	var all []string
	for _, s := range art.Sections {
		if s.Heading != "" {
			all = append(all, s.Heading)
		}
	}
	return all
}

func titles(all []*article.Article) []string {
	names := make([]string, len(all))
	for i, art := range all {
		names[i] = art.Meta.Title
	}
	return names
}

// bulletList writes a list below its title, if it has one.
func bulletList(title string, entries []string) string {
	var b strings.Builder
	b.WriteString(title)
	for _, entry := range entries {
		b.WriteString("\n- " + entry)
	}
	return strings.TrimPrefix(b.String(), "\n")
}

func shelfHeadings(all []*article.Article) []Heading {
	var out []Heading
	for _, art := range all[:min(3, len(all))] {
		out = append(out, Heading{Article: art.Slug, Title: art.Meta.Title})
	}
	return out
}

// TurnOf records a question with what it was answered from: of several questions
// in one message the last that was answered, which is what "why?" is about.
func TurnOf(question string, ans Answer) Turn {
	t := Turn{Question: question, Minor: ans.Minor}
	if ans.Tier >= safety.TierEmergency {
		t.Question = "" // what was said in an emergency is not carried along
	}
	for _, part := range slices.Backward(ans.Parts) {
		if part.Quote != nil || part.Meta != nil {
			ans = part
			break
		}
	}
	switch {
	case ans.Quote != nil:
		t.Article, t.Section, t.Quoted = ans.Quote.Article, ans.Quote.Section, ans.Quote.Span
		if d, part := ans.Quote.DecisiveIn(); part {
			t.Decisive = article.Range{Start: t.Quoted.Start + d.Start, End: t.Quoted.Start + d.End}
		}
	case ans.Meta != nil:
		t.Field = ans.Meta.Field
		t.Article = ans.Meta.Article
	}
	return t
}
