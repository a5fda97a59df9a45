package propagate_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/internal/answer"
	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/safety"
)

// ledger is a propagate.Ledger in memory that fails once for each of its faults.
type ledger struct {
	mu     sync.Mutex
	posted []library.Posted // oldest first
	faults []error
}

func (l *ledger) fault() error {
	if len(l.faults) == 0 {
		return nil
	}
	err := l.faults[0]
	l.faults = l.faults[1:]
	return err
}

func (l *ledger) find(id string) int {
	return slices.IndexFunc(l.posted, func(p library.Posted) bool { return p.ID == id })
}

func (l *ledger) Quoting(_ context.Context, _, key, after string, limit int) (all []library.Posted, _ error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	from := 0
	if after != "" {
		if from = l.find(after) + 1; from == 0 {
			return nil, article.ErrNotFound
		}
	}
	for _, p := range l.posted[from:] {
		if len(all) < limit && (p.Quoted.Article == key || len(p.Against) > 0 && p.Against[0].Article == key) {
			all = append(all, p)
		}
	}
	return all, nil
}

func (l *ledger) PostedByID(_ context.Context, _, id string) (library.Posted, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if i := l.find(id); i >= 0 {
		return l.posted[i], nil
	}
	return library.Posted{}, article.ErrNotFound
}

func (l *ledger) change(id string, f func(p *library.Posted) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := l.fault(); err != nil {
		return err
	}
	i := l.find(id)
	if i < 0 {
		return article.ErrNotFound
	}
	return f(&l.posted[i])
}

// redo records another answer in the place of one, as an edit of its question does.
func (l *ledger) redo(to library.Posted) error {
	return l.change(to.ID, func(p *library.Posted) error {
		to.Channel, to.Message, to.Question, to.Asker, to.At = p.Channel, p.Message, p.Question, p.Asker, p.At
		*p = to
		return nil
	})
}

func (l *ledger) Repin(_ context.Context, _ string, was, now library.Posted) error {
	return l.change(was.ID, func(p *library.Posted) error {
		if p.Quoted != was.Quoted || p.Hash != was.Hash || p.Outcome != was.Outcome || p.Tier != was.Tier || p.Minor != was.Minor || p.Shown != was.Shown {
			return article.ErrConflict
		}
		p.Quoted, p.Hash, p.Against, p.Decisive, p.Sure, p.Shown = now.Quoted, now.Hash, now.Against, now.Decisive, now.Sure, now.Shown
		return nil
	})
}

func (l *ledger) Forget(_ context.Context, _, id string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.posted = slices.DeleteFunc(l.posted, func(p library.Posted) bool { return p.ID == id })
	return nil
}

// faulty is a ledger that records nothing.
type faulty struct {
	*ledger

	fail func() error
}

func (l faulty) Repin(context.Context, string, library.Posted, library.Posted) error { return l.fail() }

// shelves is a propagate.Reader of one guild.
type shelves struct {
	mu      sync.Mutex
	current map[string]*article.Article
	kept    map[article.Revision]*article.Article
	closed  string // the heading under which nothing may be shown in a general channel
}

func (s *shelves) publish(a *article.Article) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.current[a.Slug], s.kept[a.Revision] = a, a
}

func (s *shelves) withdraw(slug string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.current, slug)
}

func (s *shelves) Settled(context.Context, string) error { return nil }

func (s *shelves) Articles(context.Context, string) (all []*article.Article, _ error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, a := range s.current {
		all = append(all, a)
	}
	return all, nil
}

func (s *shelves) Recall(_ context.Context, _ string, p library.Place) (library.Recalled, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.kept[p.Revision]
	if a == nil {
		return library.Recalled{}, article.ErrNotFound
	}
	at := article.Range{Start: p.Start, End: p.End}
	text, err := a.Text(a.Span(at))
	if err != nil {
		return library.Recalled{}, fmt.Errorf("%w: %w", article.ErrNotFound, err)
	}
	q := answer.Quote{Text: text, Article: a.Slug, Title: a.Meta.Title, Author: a.Meta.Author, Updated: a.Meta.Updated, Language: "en", Span: a.Span(at)}
	for _, section := range a.Sections {
		if section.Start <= at.Start && at.End <= section.End {
			q.Section = section.Heading
		}
	}
	standing := library.Departed
	if now := s.current[a.Slug]; now != nil {
		standing = library.Revised
		if now.Revision == p.Revision {
			standing = library.Current
		}
	}
	return library.Recalled{Quote: q, Article: a, Standing: standing}, nil
}

func (s *shelves) Reading(_ string, c answer.Channel, _ *article.Article, heading string) answer.Reason {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c == answer.General && s.closed != "" && heading == s.closed {
		return answer.Restricted
	}
	return ""
}

func (s *shelves) Disclaimer(string) safety.Card {
	return safety.Card{Title: "Not medical advice", Action: "Ask a doctor about your own case."}
}

// corrections lists what was corrected.
type corrections struct {
	mu  sync.Mutex
	all []library.Record[library.Correction]
}

func (c *corrections) List(context.Context, string) ([]library.Record[library.Correction], error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.all), nil
}

func (c *corrections) set(all ...library.Correction) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = nil
	for _, one := range all {
		c.all = append(c.all, library.Record[library.Correction]{Value: one})
	}
}

// queue holds one job.
type queue struct {
	mu  sync.Mutex
	job jobs.Job
}

func (q *queue) Enqueue(_ context.Context, guild string, j jobs.Job) (jobs.Job, bool, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	j.Guild, j.State = guild, jobs.Queued
	q.job = j
	return j, true, nil
}

func (q *queue) Job(context.Context, string, string) (jobs.Job, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.job, nil
}

func (q *queue) Jobs(ctx context.Context, guild string) ([]jobs.Job, error) {
	j, err := q.Job(ctx, guild, "")
	return []jobs.Job{j}, err
}

func (q *queue) Cancel(context.Context, string, string) error { return nil }

func (q *queue) Take(_ context.Context, holder string, _ []string, _ time.Duration, _ ...jobs.Lane) (jobs.Job, bool, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.job.State != jobs.Queued {
		return jobs.Job{}, false, nil
	}
	q.job.State, q.job.Holder = jobs.Running, holder
	q.job.Epoch++
	return q.job, true, nil
}

func (q *queue) Checkpoint(_ context.Context, _ jobs.Job, p jobs.Progress, _ time.Duration) (jobs.Job, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.job.Done, q.job.Total, q.job.Cursor, q.job.Note = p.Done, p.Total, p.Cursor, p.Note
	return q.job, nil
}

func (q *queue) Renew(ctx context.Context, j jobs.Job, _ time.Duration) (jobs.Job, error) {
	return q.Job(ctx, j.Guild, j.ID)
}

func (q *queue) Finish(_ context.Context, _ jobs.Job, s jobs.State, note string) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.job.State, q.job.Note = s, note
	return nil
}

// parse makes an article of sections, each a heading and a text.
func parse(t testing.TB, title string, sections ...string) *article.Article {
	t.Helper()
	var b strings.Builder
	b.WriteString("---\ntitle: " + title + "\nauthor: Jo Kettle\nauthor_bio: Drinks it.\nupdated: 2017-07-19\n---\n\n")
	for i := 0; i+1 < len(sections); i += 2 {
		b.WriteString("## " + sections[i] + "\n\n" + sections[i+1] + "\n\n")
	}
	a, err := article.Parse([]byte(b.String()), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// placeIn is where some words stand in an article.
func placeIn(t testing.TB, a *article.Article, words string) library.Place {
	t.Helper()
	at := strings.Index(a.Canonical, words)
	if at < 0 {
		t.Fatalf("%q is not in %q", words, a.Canonical)
	}
	return library.Place{Article: a.Slug, Revision: a.Revision, Start: at, End: at + len(words)}
}
