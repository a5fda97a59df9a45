package storetest

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// testModel compares random sequences of operations with a model in memory. Each
// sequence has a guild of its own, so one database does for all of them.
func testModel(t *testing.T, e Engine) {
	d := e.open(t)
	done, failed := 0, false
	rapid.Check(t, func(r *rapid.T) {
		if done++; done > e.Checks && !failed { // rapid's number of checks is one for all tests
			return
		}
		whole := false
		defer func() { failed = failed || !whole }() // a failure is run again until it is small
		m := &model{
			d: d, t: t, guild: fmt.Sprint("guild", done),
			publications: map[string]library.Publication{}, sources: map[string]string{}, history: map[string][]string{},
			synonyms: map[string]library.Synonym{}, answers: answers{marks: map[string]string{}},
		}
		r.Repeat(map[string]func(*rapid.T){
			"":          m.compare,
			"publish":   m.publish,
			"set state": m.setState,
			"put":       m.put,
			"delete":    m.remove,
			"post":      m.post,
			"show":      m.show,
			"forget":    m.forget,
			"work":      m.work,
			"mark":      m.mark,
		})
		whole = true
	})
}

// model is what a guild should have.
type model struct {
	d     *database
	t     *testing.T
	guild string

	publications map[string]library.Publication
	sources      map[string]string   // by hash
	history      map[string][]string // hashes, by article
	synonyms     map[string]library.Synonym
	changes      int // entries in the audit trail
	answers
}

func (m *model) publish(r *rapid.T) {
	key := rapid.SampledFrom([]string{"a", "b", "C"}).Draw(r, "article")
	text := rapid.SampledFrom([]string{"One.", "Two.", "Three."}).Draw(r, "source")
	base := rapid.SampledFrom([]string{"current", "none", "other"}).Draw(r, "base")
	before := m.publications[key]
	base = map[string]string{"current": before.Hash, "none": "", "other": library.HashOf("?")}[base]
	rev := revisionOf(key, text)

	changed, err := m.d.Publish(m.t.Context(), m.guild, rev, base, act())
	var want error
	wantChange := false
	switch {
	case before.Hash == rev.Hash && before.State == library.Published:
	case before.Hash != base, before.State == library.Hidden:
		want = article.ErrConflict
	default:
		wantChange = true
		m.changes++
		m.changed(key)
		m.publications[key] = library.Publication{Article: key, State: library.Published, Own: true, Hash: rev.Hash, Title: rev.Title, By: act().Actor, At: m.d.clock.kept()}
		m.sources[rev.Hash] = text
		if !slices.Contains(m.history[key], rev.Hash) {
			m.history[key] = append(m.history[key], rev.Hash)
		}
	}
	m.is(r, "publish "+key, changed, err, wantChange, want)
}

func (m *model) setState(r *rapid.T) {
	key := rapid.SampledFrom([]string{"a", "b", "C", "shipped"}).Draw(r, "article")
	own := rapid.Bool().Draw(r, "own")
	to := rapid.SampledFrom([]library.State{library.Published, library.Hidden, library.Withdrawn}).Draw(r, "state")
	before, there := m.publications[key]

	changed, err := m.d.SetState(m.t.Context(), m.guild, key, own, to, act())
	var want error
	wantChange := false
	switch {
	case own && to == library.Hidden || !own && to == library.Withdrawn:
		want = article.ErrInvalid
	case own && (!there || !before.Own):
		want = article.ErrNotFound
	case !own && there && before.Own:
		want = article.ErrConflict
	case cmp.Or(before.State, library.Published) == to:
	default:
		wantChange = true
		m.changes++
		m.changed(key)
		if !own && to == library.Published {
			delete(m.publications, key)
			break
		}
		m.publications[key] = library.Publication{Article: key, State: to, Own: own, Hash: before.Hash, Title: before.Title, By: act().Actor, At: m.d.clock.kept()}
	}
	m.is(r, fmt.Sprintf("%s %s, own %t", key, to, own), changed, err, wantChange, want)
}

func (m *model) put(r *rapid.T) {
	id := rapid.SampledFrom([]string{"x", "Y", "-"}).Draw(r, "id")
	v := synonym(rapid.IntRange(1, 3).Draw(r, "value"))
	v.At = m.d.clock.kept()
	if err := m.d.Synonyms().Put(m.t.Context(), m.guild, id, v, act()); err != nil {
		r.Fatalf("put %s: %v", id, err)
	}
	if old, there := m.synonyms[id]; !there || !slices.Equal(old.Words, v.Words) {
		m.changes++
	}
	m.synonyms[id] = v
}

func (m *model) remove(r *rapid.T) {
	id := rapid.SampledFrom([]string{"x", "Y", "-"}).Draw(r, "id")
	err := m.d.Synonyms().Delete(m.t.Context(), m.guild, id, act())
	_, there := m.synonyms[id]
	var want error
	if there {
		m.changes++
		delete(m.synonyms, id)
	} else {
		want = article.ErrNotFound
	}
	m.is(r, "delete "+id, there, err, there, want)
}

// is compares what an operation came to.
func (m *model) is(r *rapid.T, what string, changed bool, err error, wantChange bool, want error) {
	r.Helper()
	if changed != wantChange || !errors.Is(err, want) {
		r.Fatalf("%s: changed is %t, error %v; want %t, %v", what, changed, err, wantChange, want)
	}
}

// compare compares everything that can be read.
func (m *model) compare(r *rapid.T) {
	shelf, err := m.d.Shelf(m.t.Context(), m.guild)
	if err != nil {
		r.Fatal(err)
	}
	var publications []library.Publication
	sources := map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(m.publications)) {
		p := m.publications[key]
		publications = append(publications, p)
		if p.Own && p.State == library.Published {
			sources[p.Hash] = m.sources[p.Hash]
		}
	}
	var synonyms []library.Synonym
	for _, id := range slices.Sorted(maps.Keys(m.synonyms)) {
		synonyms = append(synonyms, m.synonyms[id])
	}
	if !slices.Equal(shelf.Publications, publications) || !maps.Equal(shelf.Sources, sources) {
		r.Fatalf("publications %v, want %v; sources %v, want %v", shelf.Publications, publications, shelf.Sources, sources)
	}
	equal := func(a, b library.Synonym) bool {
		return slices.Equal(a.Words, b.Words) && a.Related == b.Related && a.At.Equal(b.At)
	}
	if !slices.EqualFunc(shelf.Synonyms, synonyms, equal) {
		r.Fatalf("synonyms %v, want %v", shelf.Synonyms, synonyms)
	}
	for key, hashes := range m.history {
		var got []string
		all, err := m.d.History(m.t.Context(), m.guild, key)
		for _, one := range all {
			got = append(got, one.Hash)
		}
		if err != nil || !slices.Equal(got, hashes) {
			r.Fatalf("history of %s %v, want %v; error %v", key, got, hashes, err)
		}
	}
	m.compareTrail(r)
	m.compareAnswers(r)
}

func (m *model) compareTrail(r *rapid.T) {
	trail, err := m.d.Audit(m.t.Context(), m.guild, 0, 10_000)
	if err != nil || len(trail) != m.changes {
		r.Fatalf("%d entries in the audit trail, want %d; error %v", len(trail), m.changes, err)
	}
	if err := library.VerifyTrail(m.guild, library.Entry{}, trail); err != nil {
		r.Fatal(err)
	}
	var want library.Entry
	if len(trail) > 0 {
		want = trail[len(trail)-1]
	}
	if last, err := m.d.LastEntry(m.t.Context(), m.guild); err != nil || last != want {
		r.Fatalf("the last entry is %v, want %v; error %v", last, want, err)
	}
}
