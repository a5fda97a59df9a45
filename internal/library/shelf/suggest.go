package shelf

import (
	"context"
	"fmt"
	"sync/atomic"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
	"verbatim/internal/library/suggest"
)

// Suggest returns what a member may want to ask who has typed so far: questions of
// the guild's own, shipped questions of the articles that it is answered from, their
// titles and headings, the best first, at most limit, each of at most
// [suggest.MaxText] characters. For an empty text it is a good beginning. What is
// age-restricted or tells a technique is only offered in an age-restricted channel.
// Nothing that was typed is kept.
//
// When the guild's questions cannot be read the rest is offered, and the error, which
// is logged, is tried again a while later. The error is that of the guild's articles,
// or of ctx when it ends before their index and the list of texts are there.
func (s *Shelves) Suggest(ctx context.Context, guild string, channel answer.Channel, typed string, limit int) ([]string, error) {
	h, err := s.hold(ctx, guild)
	if err != nil {
		return nil, err
	}
	defer h.release()
	list, err := h.prompts.get(ctx)
	if err != nil {
		return nil, fmt.Errorf("preparing what to suggest: %w", err)
	}
	lists := []*suggest.List{list}
	if own := s.banks.of(ctx, guild, h); own != nil {
		lists = []*suggest.List{own, list}
	}
	q := suggest.Query{Typed: typed, AgeRestricted: channel == answer.AgeRestricted, Limit: limit}
	return s.findFor(ctx, guild, q, lists)
}

// spare is how many texts more are found when some may have to be left out.
const spare = 25

// findFor finds what fits. What only the guild's own topics keep to age-restricted
// channels is left out elsewhere: the lists, which are made by the shipped rules, need
// not be made again when a guild's topics change.
func (s *Shelves) findFor(ctx context.Context, guild string, q suggest.Query, lists []*suggest.List) ([]string, error) {
	if q.AgeRestricted || s.Settings(guild).Topics == "" {
		return suggest.Find(ctx, q, lists...)
	}
	limit, rules := max(q.Limit, 0), s.rulesFor(guild)
	q.Limit += spare
	found, err := suggest.Find(ctx, q, lists...)
	var offered []string
	for _, text := range found {
		if len(offered) >= limit {
			break
		}
		if !rules.Triage(text).AgeGated(false) {
			offered = append(offered, text)
		}
	}
	return offered, err
}

// prompts is what the articles of one index give to suggest, prepared when somebody
// first types. Safe for concurrent use.
type prompts struct {
	number     uint64 // tells one from another; above 0
	turn       token
	list       atomic.Pointer[suggest.List]
	articles   func() []*article.Article
	vocabulary func() *suggest.Vocabulary
	prepare    func(ctx context.Context, p *prompts) (*suggest.List, error)
}

// get returns the list. One caller prepares it while the others wait, each as long
// as its context lasts.
func (p *prompts) get(ctx context.Context) (*suggest.List, error) {
	if l := p.list.Load(); l != nil {
		return l, nil
	}
	if err := p.turn.take(ctx); err != nil {
		return nil, err
	}
	defer p.turn.put()
	if l := p.list.Load(); l != nil {
		return l, nil
	}
	l, err := p.prepare(ctx, p)
	if err == nil {
		p.list.Store(l)
	}
	return l, err
}

// token is held by one at a time, who waits for it no longer than a context lasts.
type token chan struct{}

func newToken() token { return make(token, 1) }

func (t token) take(ctx context.Context) error {
	select {
	case t <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (t token) put() { <-t }

// commonPrompts are those of the shared index.
func (s *Shelves) commonPrompts() *prompts {
	return &prompts{number: s.numbered.Add(1), turn: newToken(), articles: s.common.Articles, vocabulary: s.vocabulary, prepare: s.prepare}
}

// ownPrompts are those of a guild's index, and count with it. They are only used by
// those who hold it.
func (s *Shelves) ownPrompts(o *opened) *prompts {
	p := &prompts{number: s.numbered.Add(1), turn: newToken(), articles: o.library.Articles, vocabulary: s.vocabulary}
	if len(o.synonyms.Groups)+len(o.synonyms.Related) > 0 {
		p.vocabulary = func() *suggest.Vocabulary { return s.vocabulary().With(o.synonyms) }
	}
	p.prepare = func(ctx context.Context, p *prompts) (*suggest.List, error) {
		l, err := s.prepare(ctx, p)
		if err == nil {
			s.grow(o, l.Bytes())
		}
		return l, err
	}
	return p
}

func (s *Shelves) prepare(ctx context.Context, p *prompts) (*suggest.List, error) {
	return suggest.New(ctx, s.entriesOf(p.articles()), p.vocabulary(), s.forAdults)
}

// entriesOf lists what articles give to suggest. Shipped questions belong to the
// shipped articles as they are, and not to what a guild has in their place.
func (s *Shelves) entriesOf(articles []*article.Article) []suggest.Entry {
	asked := map[string][]string{}
	for _, q := range s.config.Questions {
		asked[q.Article] = append(asked[q.Article], q.Question)
	}
	var all []suggest.Entry
	for _, a := range articles {
		add := func(kind suggest.Kind, text string) {
			all = append(all, suggest.Entry{Text: text, Kind: kind, Article: a.Slug, Restricted: forAdults(a)})
		}
		if shipped := presentOf(s.config.Shipped, a.Slug); shipped != nil && shipped.Revision == a.Revision {
			for _, q := range asked[a.Slug] {
				add(suggest.Shipped, q)
			}
		}
		add(suggest.Title, a.Meta.Title)
		for _, section := range a.Sections {
			if section.Heading != "" && section.Len() > 0 {
				add(suggest.Heading, section.Heading)
			}
		}
	}
	return all
}

func forAdults(a *article.Article) bool { return a.Meta.Audience == article.AgeRestricted }

// bankEntries lists a guild's own questions, without those of articles that it is not
// answered from.
func bankEntries(questions []library.Record[library.BankQuestion], articles []*article.Article) []suggest.Entry {
	present := make(map[string]*article.Article, len(articles))
	for _, a := range articles {
		present[a.Slug] = a
	}
	var all []suggest.Entry
	for _, q := range questions {
		a := present[q.Value.Article]
		if a == nil && q.Value.Article != "" {
			continue
		}
		all = append(all, suggest.Entry{
			Text: q.Value.Question, Kind: suggest.Own, Article: q.Value.Article, Restricted: a != nil && forAdults(a),
		})
	}
	return all
}
