package storetest

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"verbatim/internal/jobs"
	"verbatim/internal/lease"
	"verbatim/internal/library"
)

// answered is a posted answer as the model remembers it.
type answered struct {
	id, article, against string
	shown                library.Standing
}

// answers is the part of the model that concerns posted answers.
type answers struct {
	posted  []answered // in the order in which they are found
	waiting []string   // articles of the jobs of propagation that nobody took, oldest first
	marks   map[string]string
	ids     int
}

// quotes are the ids of the answers that quote an article, or are contradicted by it.
func (a *answers) quotes(key string) (ids []string) {
	for _, p := range a.posted {
		if p.article == key || p.against == key {
			ids = append(ids, p.id)
		}
	}
	return ids
}

// changed is what a change of an article should do.
func (a *answers) changed(key string) {
	if len(a.quotes(key)) > 0 && !slices.Contains(a.waiting, key) {
		a.waiting = append(a.waiting, key)
	}
}

func articleNames() []string { return []string{"a", "b", "C", "shipped"} }

func (m *model) post(r *rapid.T) {
	m.ids++
	one := answered{
		id: fmt.Sprintf("%04d", m.ids), article: rapid.SampledFrom(articleNames()).Draw(r, "quoted"),
		against: rapid.SampledFrom(append(articleNames(), "")).Draw(r, "against"),
	}
	p := library.Posted{ID: one.id, Question: one.id, Quoted: library.Place{Article: one.article}}
	if one.against != "" {
		p.Against = []library.Place{{Article: one.against}}
	}
	if err := m.d.Post(m.t.Context(), m.guild, p, lease.Lease{}); err != nil {
		r.Fatal(err)
	}
	m.posted = append(m.posted, one)
}

// show records what an answer says, which no job hears of.
func (m *model) show(r *rapid.T) {
	if len(m.posted) == 0 {
		return
	}
	i := rapid.IntRange(0, len(m.posted)-1).Draw(r, "answer")
	s := rapid.SampledFrom([]library.Standing{"", library.Revised, library.Departed, library.Retracted}).Draw(r, "standing")
	was, err := m.d.PostedByID(m.t.Context(), m.guild, m.posted[i].id)
	if err != nil {
		r.Fatal(err)
	}
	now := was
	now.Shown = s
	if err := m.d.Repin(m.t.Context(), m.guild, was, now); err != nil {
		r.Fatal(err)
	}
	m.posted[i].shown = s
}

func (m *model) forget(r *rapid.T) {
	if len(m.posted) == 0 {
		return
	}
	i := rapid.IntRange(0, len(m.posted)-1).Draw(r, "answer")
	if err := m.d.Forget(m.t.Context(), m.guild, m.posted[i].id); err != nil {
		r.Fatal(err)
	}
	m.posted = slices.Delete(m.posted, i, i+1)
}

// work takes the oldest job of this guild, past those that other sequences left.
func (m *model) work(r *rapid.T) {
	for len(m.waiting) > 0 {
		j, ok, err := m.d.Queue().Take(m.t.Context(), "me", []string{library.PropagateJob}, time.Hour)
		if err != nil || !ok {
			r.Fatalf("no job was taken: %v", err)
		}
		if err := m.d.Queue().Finish(m.t.Context(), j, jobs.Done, ""); err != nil {
			r.Fatal(err)
		}
		if j.Guild != m.guild {
			continue
		}
		if want := fmt.Sprintf(`{"article":%q}`, m.waiting[0]); j.Args != want {
			r.Fatalf("took %s, want %s", j.Args, want)
		}
		m.waiting = m.waiting[1:]
		return
	}
}

func (m *model) mark(r *rapid.T) {
	name := rapid.SampledFrom([]string{"x", "X"}).Draw(r, "mark")
	value := rapid.SampledFrom([]string{"", "1", "2"}).Draw(r, "value")
	if err := m.d.SetMark(m.t.Context(), m.guild, name, value); err != nil {
		r.Fatal(err)
	}
	m.marks[name] = value
}

// compareAnswers compares posted answers, the jobs for them, and marks.
func (m *model) compareAnswers(r *rapid.T) {
	shown := make(map[string]library.Standing)
	for _, p := range m.posted {
		shown[p.id] = p.shown
	}
	for _, key := range articleNames() {
		var got []string
		all, err := m.d.Quoting(m.t.Context(), m.guild, key, "", 10_000)
		for _, p := range all {
			got = append(got, p.ID)
			if p.Shown != shown[p.ID] {
				r.Fatalf("answer %s shows %q, want %q", p.ID, p.Shown, shown[p.ID])
			}
		}
		if want := m.quotes(key); err != nil || !slices.Equal(got, want) {
			r.Fatalf("answers that quote %s: %v, want %v; error %v", key, got, want, err)
		}
	}
	for name, want := range m.marks {
		if got, err := m.d.Mark(m.t.Context(), m.guild, name); err != nil || got != want {
			r.Fatalf("mark %s is %q, want %q; error %v", name, got, want, err)
		}
	}
	var waiting []string
	all, err := m.d.Queue().Jobs(m.t.Context(), m.guild)
	for _, j := range all {
		var args library.PropagateArgs
		if j.State == jobs.Queued && json.Unmarshal([]byte(j.Args), &args) == nil {
			waiting = append(waiting, args.Article)
		}
	}
	if err != nil || !slices.Equal(waiting, m.waiting) {
		r.Fatalf("jobs for %v, want %v; error %v", waiting, m.waiting, err)
	}
}
