package desk

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/jobs"
	"verbatim/internal/library"
	"verbatim/internal/library/bench"
)

const (
	pondGuild = "100000000000000001"
	alice     = "200000000000000001"
	bob       = "200000000000000002"
)

func noon() time.Time { return time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC) }

func pondSource(body string) string {
	return "---\ntitle: Garden ponds\nauthor: Ann Reed\nauthor_bio: Gardener\nupdated: 2024-05-01\n---\n\nA pond likes shade.\n\n## Fish\n\n" + body + "\n\n## Winter\n\nKeep a hole in the ice.\n"
}

// books is a library of one guild in memory. It stands for the desk, the workbench, the
// reader, the archives and the jobs, as far as the screens about articles use them.
type books struct {
	Bench
	Articles
	Reader
	publications []library.Publication
	revisions    map[string][]library.Revision
	kept         map[string][]byte // submissions as JSON would keep them
	submissions  map[string]bench.Submission
	drafts       []library.Record[library.Draft]
	reviews      map[string]library.Review
	due          []bench.Due
	impact       bench.Impact
	warnings     []string
	archive      []byte
	held         []string // archives that were looked at
	outlook      library.Outlook
	tested       []bench.Tested
	jobs         []jobs.Job
	acts         []string
	fail         map[string]error
}

func newBooks(t testing.TB) *books {
	t.Helper()
	b := &books{
		revisions: map[string][]library.Revision{}, kept: map[string][]byte{}, submissions: map[string]bench.Submission{},
		reviews: map[string]library.Review{}, fail: map[string]error{},
	}
	shipped := b.parse(t, "---\ntitle: Sheds\nauthor: The project\nupdated: 2023-01-02\n---\n\nSheds are dry.\n")
	b.publications = append(b.publications, library.Publication{Article: "sheds", State: library.Published, Title: "Sheds"})
	b.revisions["sheds"] = []library.Revision{{Article: "sheds", Hash: library.HashOf(shipped.Source), Source: shipped.Source, Title: "Sheds", By: library.Shipped, Revision: shipped.Revision}}
	b.put(t, "garden-ponds", pondSource("Goldfish like company."), alice, "first")
	b.put(t, "garden-ponds", pondSource("Goldfish are shy."), bob, "")
	return b
}

func (b *books) parse(t testing.TB, source string) *article.Article {
	t.Helper()
	a, err := article.Parse([]byte(source), article.Options{File: "a.md"})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// put publishes a text.
func (b *books) put(t testing.TB, key, source, by, note string) library.Revision {
	t.Helper()
	a := b.parse(t, source)
	r := library.Revision{
		Article: key, Hash: library.HashOf(a.Source), Revision: a.Revision, Source: a.Source, Title: a.Meta.Title, By: by, Note: note,
		At: noon().Add(time.Duration(len(b.revisions[key])) * time.Hour),
	}
	b.set(key, r, library.Published)
	return r
}

func (b *books) set(key string, r library.Revision, s library.State) {
	p := library.Publication{Article: key, Own: true, State: s, Hash: r.Hash, Title: r.Title, By: r.By, At: r.At}
	if i := slices.IndexFunc(b.publications, func(p library.Publication) bool { return p.Article == key }); i >= 0 {
		b.publications[i] = p
	} else {
		b.publications = append(b.publications, p)
	}
	if !slices.ContainsFunc(b.revisions[key], func(old library.Revision) bool { return old.Hash == r.Hash }) {
		b.revisions[key] = append(b.revisions[key], r)
	}
}

func (b *books) publication(key string) (library.Publication, bool) {
	i := slices.IndexFunc(b.publications, func(p library.Publication) bool { return p.Article == key })
	if i < 0 {
		return library.Publication{}, false
	}
	return b.publications[i], true
}

func (b *books) List(context.Context, string) ([]library.Publication, error) {
	return slices.Clone(b.publications), b.fail["list"]
}

func (b *books) History(_ context.Context, _, key string) ([]library.Version, error) {
	p, _ := b.publication(key)
	var all []library.Version
	for _, r := range b.revisions[key] {
		all = append(all, library.Version{Revision: r, Current: r.Hash == p.Hash || !p.Own})
	}
	return all, nil
}

func (b *books) Show(_ context.Context, _, key, hash string) (library.Revision, error) {
	p, ok := b.publication(key)
	if !ok {
		return library.Revision{}, fmt.Errorf("%w: there is no article %q here", article.ErrNotFound, key)
	}
	if hash == "" {
		hash = p.Hash
	}
	for _, r := range b.revisions[key] {
		if strings.HasPrefix(r.Hash, hash) {
			return r, nil
		}
	}
	return library.Revision{}, fmt.Errorf("%w: %q has no revision %q; take one from its history", article.ErrNotFound, key, hash)
}

func (b *books) state(key string, s library.State, what string, act library.Act) (bool, error) {
	for i := range b.publications {
		if b.publications[i].Article == key {
			changed := b.publications[i].State != s
			b.publications[i].State = s
			b.acts = append(b.acts, what+" "+key+" by "+act.Actor+": "+act.Reason)
			return changed, b.fail[what]
		}
	}
	return false, article.ErrNotFound
}

func (b *books) Withdraw(_ context.Context, _, key string, act library.Act) (bool, error) {
	return b.state(key, library.Withdrawn, "withdraw", act)
}

func (b *books) Hide(_ context.Context, _, key string, act library.Act) (bool, error) {
	return b.state(key, library.Hidden, "hide", act)
}

func (b *books) Restore(_ context.Context, _, key string, act library.Act) (bool, error) {
	return b.state(key, library.Published, "restore", act)
}

// fakeReader keeps the name of the method apart from that of the field.
type fakeReader struct{ *books }

func (b fakeReader) Articles(context.Context, string) ([]*article.Article, error) {
	var all []*article.Article
	for _, p := range b.publications {
		if p.State != library.Published {
			continue
		}
		r, err := b.Show(context.Background(), "", p.Article, "")
		if err != nil {
			return nil, err
		}
		a, err := article.Parse([]byte(r.Source), article.Options{})
		if err != nil {
			return nil, err
		}
		if v, ok := b.reviews[p.Article]; ok && v.Hash == r.Hash {
			a.Meta.Reviewed = &article.Review{By: v.By, On: v.On, Next: v.Next}
		}
		all = append(all, a)
	}
	return all, b.fail["articles"]
}

func (b *books) Preview(_ context.Context, _ string, s bench.Submission) (bench.Preview, error) {
	if err := b.fail["preview"]; err != nil {
		return bench.Preview{}, err
	}
	source, dropped := s.Source, []string(nil)
	if strings.HasSuffix(s.File, ".txt") {
		source, dropped = "---\ntitle: From text\nauthor: Ann Reed\nupdated: 2024-01-01\n---\n\n"+s.Source, []string{"line 3: “Cite this Article” is page furniture"}
	}
	a, err := article.Parse([]byte(source), article.Options{File: s.File, Today: article.DateOf(noon())})
	if err != nil {
		return bench.Preview{}, err
	}
	p := bench.Preview{Key: s.Key, Article: a, Markdown: a.Source, Dropped: dropped, Warnings: b.warnings, Impact: b.impact}
	if p.Key == "" {
		p.Key = a.Slug
	}
	current, found := b.publication(p.Key)
	p.New = !found
	if !found {
		return p, nil
	}
	now, err := b.Show(context.Background(), "", p.Key, "")
	if err != nil {
		return p, err
	}
	p.Same = current.State == library.Published && now.Hash == library.HashOf(a.Source)
	p.Diff = lineDiff(now.Source, a.Source)
	if !p.Same && s.Base != current.Hash {
		p.Conflict = &library.BaseError{Key: p.Key, Current: current.Hash, Base: s.Base}
		if base, err := b.Show(context.Background(), "", p.Key, s.Base); err == nil && s.Base != "" {
			p.Theirs = lineDiff(base.Source, now.Source)
		}
	}
	return p, nil
}

// lineDiff is all lines of one text that the other has not, which is enough here.
func lineDiff(from, to string) string {
	var b strings.Builder
	b.WriteString("--- before\n+++ after\n")
	for line := range strings.Lines(from) {
		if !strings.Contains(to, line) {
			b.WriteString("-" + line)
		}
	}
	for line := range strings.Lines(to) {
		if !strings.Contains(from, line) {
			b.WriteString("+" + line)
		}
	}
	return b.String()
}

func (b *books) Publish(ctx context.Context, guild string, s bench.Submission, override string, act library.Act) (library.Receipt, error) {
	if err := b.fail["publish"]; err != nil {
		return library.Receipt{}, err
	}
	p, err := b.Preview(ctx, guild, s)
	switch {
	case err != nil:
		return library.Receipt{}, err
	case p.Conflict != nil:
		return library.Receipt{}, p.Conflict
	case p.Impact.Breaks() && override == "":
		return library.Receipt{}, fmt.Errorf("%w: a golden question would break", article.ErrConflict)
	}
	r := library.Revision{Article: p.Key, Hash: library.HashOf(p.Markdown), Revision: p.Article.Revision, Source: p.Markdown, Title: p.Article.Meta.Title, By: act.Actor, At: noon()}
	b.set(p.Key, r, library.Published)
	b.acts = append(b.acts, "publish "+p.Key+" by "+act.Actor+": "+override)
	b.drafts = slices.DeleteFunc(b.drafts, func(d library.Record[library.Draft]) bool { return d.ID == s.Draft })
	return library.Receipt{Key: p.Key, Hash: r.Hash, Changed: !p.Same, Article: p.Article, Warnings: p.Warnings}, nil
}

func nameOf(n int) string {
	return string(binary.BigEndian.AppendUint32([]byte("\x00\xff kept under a raw name 2"), uint32(n))) + "abc"
}

func (b *books) Keep(_ context.Context, _ string, s bench.Submission) (string, error) {
	name := nameOf(len(b.submissions))
	b.submissions[name] = s
	return name, b.fail["keep"]
}

func (b *books) Kept(_ context.Context, _, name string) (bench.Submission, error) {
	s, ok := b.submissions[name]
	if !ok {
		return s, fmt.Errorf("%w: nothing is kept under that name", article.ErrNotFound)
	}
	return s, nil
}

func (b *books) Note(_ context.Context, _ string, value []byte) (string, error) {
	name := nameOf(1000 + len(b.kept))
	b.kept[name] = value
	return name, b.fail["keep"]
}

func (b *books) Noted(_ context.Context, _, name string) ([]byte, error) {
	value, ok := b.kept[name]
	if !ok {
		return nil, fmt.Errorf("%w: nothing is kept under that name", article.ErrNotFound)
	}
	return value, nil
}

func (b *books) Impact(_ context.Context, _ string, c bench.Change) (bench.Impact, error) {
	b.acts = append(b.acts, fmt.Sprintf("impact of %s, article %v", c.Key, c.Article != nil))
	return b.impact, b.fail["impact"]
}

func (b *books) Diff(_ context.Context, _, key, from, to string) (string, error) {
	after, err := b.Show(context.Background(), "", key, to)
	if err != nil {
		return "", err
	}
	if from == "" {
		from = b.revisions[key][0].Hash
	}
	before, err := b.Show(context.Background(), "", key, from)
	if err != nil || before.Hash == after.Hash {
		return "", err
	}
	return lineDiff(before.Source, after.Source), nil
}

func (b *books) SaveDraft(_ context.Context, _ string, s bench.Submission, act library.Act) (string, error) {
	if err := b.fail["draft"]; err != nil {
		return "", err
	}
	id := s.Draft
	if id == "" {
		id = fmt.Sprintf("draft%d", len(b.drafts)+1)
		b.drafts = append(b.drafts, library.Record[library.Draft]{ID: id})
	}
	for i := range b.drafts {
		if b.drafts[i].ID == id {
			b.drafts[i].Value = library.Draft{Title: "Moss", Source: s.Source, Base: s.Base, By: act.Actor, At: noon()}
		}
	}
	return id, nil
}

func (b *books) Drafts(context.Context, string) ([]library.Record[library.Draft], error) {
	return b.drafts, nil
}

func (b *books) Draft(_ context.Context, _, id string) (bench.Submission, error) {
	for _, d := range b.drafts {
		if d.ID == id {
			return bench.Submission{Source: d.Value.Source, Base: d.Value.Base, Draft: id}, nil
		}
	}
	return bench.Submission{}, fmt.Errorf("%w: there is no such draft any more; it was published or deleted", article.ErrNotFound)
}

func (b *books) DropDraft(_ context.Context, _, id string, _ library.Act) error {
	b.drafts = slices.DeleteFunc(b.drafts, func(d library.Record[library.Draft]) bool { return d.ID == id })
	return nil
}

func (b *books) Review(_ context.Context, _, key string, next article.Date, act library.Act) (library.Review, error) {
	r, err := b.Show(context.Background(), "", key, "")
	b.reviews[key] = library.Review{Article: key, Hash: r.Hash, By: act.Actor, On: article.DateOf(noon()), Next: next, At: noon()}
	return b.reviews[key], err
}

func (b *books) Due(context.Context, string, article.Date) ([]bench.Due, error) { return b.due, nil }

func (b *books) Export(_ context.Context, _ string, to io.Writer, limit int64) error {
	if int64(len(b.archive)) > limit {
		return fmt.Errorf("%w: the archive is larger than %d bytes", article.ErrTooLarge, limit)
	}
	_, err := to.Write(b.archive)
	return err
}

func (b *books) Look(ctx context.Context, _ string, fetch func(context.Context) ([]byte, error)) (string, library.Outlook, error) {
	data, err := fetch(ctx)
	if err != nil {
		return "", library.Outlook{}, err
	}
	b.held = append(b.held, string(data))
	return string(data), b.outlook, b.fail["look"]
}

func (b *books) Import(_ context.Context, _, held string, act library.Act) (jobs.Job, error) {
	if !slices.Contains(b.held, held) {
		return jobs.Job{}, fmt.Errorf("%w: this archive is not kept any more. Use /kb import with the file again", article.ErrNotFound)
	}
	b.acts = append(b.acts, act.Reason)
	b.jobs = append(b.jobs, jobs.Job{ID: fmt.Sprintf("job%d", len(b.jobs)+1), Kind: "library.import", State: jobs.Queued, Total: int64(len(held))})
	return b.jobs[len(b.jobs)-1], b.fail["import"]
}

func (b *books) Drop(_ context.Context, _, held string) error {
	b.held = slices.DeleteFunc(b.held, func(h string) bool { return h == held })
	return nil
}

func (b *books) Test(context.Context, string) ([]bench.Tested, error) {
	return b.tested, b.fail["test"]
}

// fakeJobs does a quarter of each job at each look.
type fakeJobs struct{ *books }

func (b fakeJobs) Jobs(context.Context, string) ([]jobs.Job, error) { return b.jobs, nil }

func (b fakeJobs) Job(_ context.Context, _, id string) (jobs.Job, error) {
	for i := range b.jobs {
		j := &b.jobs[i]
		switch {
		case j.ID != id:
			continue
		case j.Cancelling && j.State.Alive():
			j.State = jobs.Cancelled
		case j.State.Alive():
			j.State, j.Done = jobs.Running, min(j.Done+25, 100)
			j.Total = 100
			if j.Done == 100 {
				j.State, j.Note = jobs.Done, "3 articles were taken over."
			}
		}
		return *j, b.fail["job"]
	}
	return jobs.Job{}, fmt.Errorf("%w: there is no job %q", article.ErrNotFound, id)
}

func (b fakeJobs) Cancel(_ context.Context, _, id string, act library.Act) error {
	all := b.books
	all.acts = append(all.acts, act.Actor+" cancels "+id)
	for i := range b.jobs {
		if b.jobs[i].ID == id {
			b.jobs[i].Cancelling = true
		}
	}
	return nil
}
