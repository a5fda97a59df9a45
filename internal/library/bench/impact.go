package bench

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/library"
)

// How much is looked at for an impact, so that a preview comes within seconds.
const (
	maxAsked   = 400              // bank questions
	maxLooked  = 2000             // posted answers
	bankTime   = 10 * time.Second // after which no more bank questions are asked
	postedPage = 200              // posted answers that are read at once
)

// Impact says what a change does to answers: which golden questions pass before it and
// not after it, or the other way round; which questions that are offered to members get
// other words, those about the article that changes first; and which posted answers
// quote words of it that are in the article now and would not be. All golden questions
// are asked; of the others as many as there is time for. All are asked as in an
// age-restricted channel. It changes nothing.
func (b *Bench) Impact(ctx context.Context, guild string, c Change) (Impact, error) {
	if err := b.settled(ctx, guild); err != nil {
		return Impact{}, err
	}
	t, err := b.try(ctx, guild, c)
	if err != nil {
		return Impact{}, err
	}
	defer t.Close()
	before, err := b.present(ctx, guild)
	if err != nil {
		return Impact{}, err
	}
	var i Impact
	if i.Golden, i.Asked, err = b.goldenChanges(ctx, guild, before, t); err != nil {
		return Impact{}, err
	}
	if err := b.bankChanges(ctx, guild, c.Key, before, t, &i); err != nil {
		return Impact{}, err
	}
	if c.Key != "" {
		err = b.postedChanges(ctx, guild, c, before, &i)
	}
	return i, err
}

func (b *Bench) try(ctx context.Context, guild string, c Change) (Trial, error) {
	t, err := b.Shelves.Try(ctx, guild, c)
	if err != nil {
		return nil, fmt.Errorf("trying the change out: %w", err)
	}
	return t, nil
}

// goldenChanges returns the golden questions that a change makes pass or fail, and how
// many there are.
func (b *Bench) goldenChanges(ctx context.Context, guild string, before *examiner, t Trial) ([]GoldenChange, int, error) {
	all, err := b.goldens(ctx, guild)
	if err != nil || len(all) == 0 {
		return nil, 0, err
	}
	now, err := before.testAll(ctx, all)
	if err != nil {
		return nil, 0, err
	}
	then, err := before.after(t).testAll(ctx, all)
	if err != nil {
		return nil, 0, err
	}
	var changes []GoldenChange
	for i := range all {
		if now[i].Passed != then[i].Passed {
			changes = append(changes, GoldenChange{now[i], then[i]})
		}
	}
	return changes, len(all), nil
}

// bankChanges asks the questions that are offered while members type.
func (b *Bench) bankChanges(ctx context.Context, guild, key string, before *examiner, t Trial, i *Impact) error {
	questions, err := b.offered(ctx, guild, key)
	if err != nil {
		return err
	}
	start := b.Now()
	for n, text := range questions {
		if n >= maxAsked || b.Now().Sub(start) > bankTime {
			i.Truncated = true
			return nil
		}
		q := answer.Question{Text: text, Channel: answer.AgeRestricted}
		now, err := before.ask(ctx, q)
		if err != nil {
			return fmt.Errorf("asking %s: %w", shown(text), err)
		}
		then, err := t.Ask(ctx, q)
		if err != nil {
			return fmt.Errorf("asking %s: %w", shown(text), err)
		}
		i.Asked++
		if one, other := said(now), said(then); one != other {
			i.Bank = append(i.Bank, AnswerChange{text, one, other})
		}
	}
	return nil
}

// offered returns the questions that are offered to members, each once: those about an
// article, then the guild's own, then those that came with the program.
func (b *Bench) offered(ctx context.Context, guild, key string) ([]string, error) {
	own, err := b.Bank.List(ctx, guild)
	if err != nil {
		return nil, fmt.Errorf("questions that are offered: %w", err)
	}
	var about, others []string
	seen := map[string]bool{}
	add := func(q library.BankQuestion) {
		id := strings.ToLower(strings.Join(strings.Fields(q.Question), " "))
		switch {
		case seen[id]:
		case key != "" && q.Article == key:
			about = append(about, q.Question)
		default:
			others = append(others, q.Question)
		}
		seen[id] = true
	}
	for _, q := range own {
		add(q.Value)
	}
	for _, q := range b.Questions {
		add(q)
	}
	return append(about, others...), nil
}

// said is what somebody reads who asked: the quoted words, or a sentence that says why
// there are none.
func said(ans answer.Answer) string {
	if quotes := quotesOf(ans); len(quotes) > 0 {
		texts := make([]string, len(quotes))
		for i, q := range quotes {
			texts[i] = q.Text
		}
		return strings.Join(texts, "\n\n")
	}
	if ans.Outcome == answer.CardOnly {
		return noQuote
	}
	return cmp.Or(metaText(ans), ans.Notice)
}

// postedChanges looks at the posted answers that quote the article, oldest first.
func (b *Bench) postedChanges(ctx context.Context, guild string, c Change, before *examiner, i *Impact) error {
	at := slices.IndexFunc(before.articles, func(a *article.Article) bool { return a.Slug == c.Key })
	if at < 0 {
		return nil // nothing that is quoted from it is current
	}
	now := before.articles[at]
	s := restated{was: now, now: library.NewPresent(now), then: library.NewPresent(c.Article), instead: map[string]string{}, next: c.Article}
	after := ""
	for {
		page, err := b.Ledger.Quoting(ctx, guild, c.Key, after, postedPage)
		if err != nil {
			return fmt.Errorf("posted answers: %w", err)
		}
		for _, p := range page {
			if i.Looked >= maxLooked {
				i.Truncated = true
				return nil
			}
			i.Looked++
			change, err := s.of(ctx, before.places, p, c.Key)
			if err != nil {
				return err
			}
			if change != nil {
				i.Posted = append(i.Posted, *change)
			}
		}
		if len(page) < postedPage {
			return nil
		}
		after = page[len(page)-1].ID
	}
}

// restated finds what becomes of words of an article.
type restated struct {
	now, then *library.Present
	was, next *article.Article
	instead   map[string]string // by the words that go
}

// of returns what becomes of the words of an article that an answer quotes, or that it
// shows against its quote; nil when they stay, when they are not current any more
// anyway, and for an answer that was found wrong.
func (s *restated) of(ctx context.Context, texts *places, p library.Posted, key string) (*PostedChange, error) {
	if p.Shown == library.Retracted {
		return nil, nil
	}
	for _, at := range append([]library.Place{p.Quoted}, p.Against...) {
		if at.Article != key {
			continue
		}
		words, err := texts.words(ctx, at)
		if err != nil {
			return nil, err
		}
		if words == "" || !s.now.Has(words) || s.then.Has(words) {
			continue
		}
		return &PostedChange{Posted: p, Before: words, After: s.reads(words)}, nil
	}
	return nil, nil
}

// reads returns what stands in the place of words that go, "" for nothing: rather below
// the same heading, as a posted answer is edited, than elsewhere.
func (s *restated) reads(words string) string {
	text, known := s.instead[words]
	if !known {
		r, ok := s.then.InsteadBelow(s.heading(words), words)
		if !ok {
			r, ok = s.then.Instead(words)
		}
		if ok {
			text = s.next.Canonical[r.Start:r.End]
		}
		s.instead[words] = text
	}
	return text
}

// heading returns the heading that words stand below now.
func (s *restated) heading(words string) string {
	at := strings.Index(s.was.Canonical, words)
	for _, section := range s.was.Sections {
		if section.Start <= at && at < section.End {
			return section.Heading
		}
	}
	return ""
}
