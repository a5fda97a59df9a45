package library

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
)

// Two guilds and a moderator.
const (
	pondGuild  = "100000000000000001"
	shedGuild  = "100000000000000002"
	alice      = "200000000000000001"
	longAgo    = "2001-02-03"
	otherAlice = "200000000000000002"
)

// asAlice is an act of a moderator's.
func asAlice(reason string) Act { return Act{Actor: alice, Reason: reason} }

// noon is the time of every test.
func noon() time.Time { return time.Date(2026, 3, 4, 12, 0, 0, 0, time.UTC) }

// memory keeps guilds as the ports ask for it: Book, Trail and SettingsTable.
type memory struct {
	guilds map[string]*kept
	// meanwhile runs once inside Publish, before its check: somebody else was faster.
	meanwhile func()
	// fails is returned by everything, when it is set.
	fails error
}

type kept struct {
	publications map[string]Publication
	revisions    []Revision
	settings     map[string]string
	trail        []Entry
}

func newMemory() *memory { return &memory{guilds: map[string]*kept{}} }

func (m *memory) of(guild string) *kept {
	if m.guilds[guild] == nil {
		m.guilds[guild] = &kept{publications: map[string]Publication{}, settings: map[string]string{}}
	}
	return m.guilds[guild]
}

func (k *kept) note(guild string, act Act, action, subject, before, after string) {
	var last Entry
	if n := len(k.trail); n > 0 {
		last = k.trail[n-1]
	}
	e := Entry{At: noon(), Actor: act.Actor, Reason: act.Reason, Action: action, Subject: subject, Before: before, After: after}
	k.trail = append(k.trail, e.Following(last, guild))
}

func (m *memory) Publish(_ context.Context, guild string, r Revision, base string, act Act) (bool, error) {
	if meanwhile := m.meanwhile; meanwhile != nil {
		m.meanwhile = nil
		meanwhile()
	}
	k := m.of(guild)
	before := k.publications[r.Article]
	switch {
	case m.fails != nil:
		return false, m.fails
	case r.Hash != HashOf(r.Source):
		return false, fmt.Errorf("%w: hash", article.ErrInvalid)
	case before.Hash == r.Hash && before.State == Published:
		return false, nil
	case before.Hash != base:
		return false, fmt.Errorf("%w: changed meanwhile", article.ErrConflict)
	}
	if !slices.ContainsFunc(k.revisions, func(o Revision) bool { return o.Article == r.Article && o.Hash == r.Hash }) {
		k.revisions = append(k.revisions, r)
	}
	k.publications[r.Article] = Publication{Article: r.Article, State: Published, Own: true, Hash: r.Hash, Title: r.Title, By: act.Actor, At: noon()}
	k.note(guild, act, "article.publish", r.Article, before.Hash, r.Hash)
	return true, nil
}

func (m *memory) SetState(_ context.Context, guild, key string, own bool, s State, act Act) (bool, error) {
	k := m.of(guild)
	before, found := k.publications[key]
	if !found {
		before = Publication{Article: key, State: Published}
	}
	switch {
	case m.fails != nil:
		return false, m.fails
	case own && !found:
		return false, fmt.Errorf("%w: %s", article.ErrNotFound, key)
	case own != before.Own, own && s == Hidden, !own && s == Withdrawn:
		return false, fmt.Errorf("%w: state %s", article.ErrInvalid, s)
	case before.State == s:
		return false, nil
	}
	k.publications[key] = Publication{Article: key, State: s, Own: own, Hash: before.Hash, By: act.Actor, At: noon()}
	if !own && s == Published {
		delete(k.publications, key)
	}
	k.note(guild, act, "article."+string(s), key, before.Hash, before.Hash)
	return true, nil
}

func (m *memory) Publications(_ context.Context, guild string) ([]Publication, error) {
	all := slices.Collect(maps.Values(m.of(guild).publications))
	slices.SortFunc(all, func(a, b Publication) int { return strings.Compare(a.Article, b.Article) })
	return all, m.fails
}

func (m *memory) Publication(_ context.Context, guild, key string) (Publication, error) {
	if p, ok := m.of(guild).publications[key]; ok || m.fails != nil {
		return p, m.fails
	}
	return Publication{}, fmt.Errorf("%w: %s", article.ErrNotFound, key)
}

func (m *memory) Revision(_ context.Context, guild, hash string) (Revision, error) {
	all := m.of(guild).revisions
	if i := slices.IndexFunc(all, func(r Revision) bool { return r.Hash == hash }); i >= 0 {
		return all[i], m.fails
	}
	return Revision{}, fmt.Errorf("%w: %s", article.ErrNotFound, hash)
}

func (m *memory) History(_ context.Context, guild, key string) ([]Revision, error) {
	var all []Revision
	for _, r := range m.of(guild).revisions {
		if r.Article == key {
			r.Source, r.Canonical = "", ""
			all = append(all, r)
		}
	}
	return all, m.fails
}

// What a desk has no use for.
func (*memory) Text(context.Context, string, article.Revision) (Text, error) { panic("Text") }
func (*memory) KeepText(context.Context, string, Text) error                 { panic("KeepText") }
func (*memory) Shelf(context.Context, string) (Shelf, error)                 { panic("Shelf") }
func (*memory) AddReview(context.Context, string, Review, Act) error         { panic("AddReview") }
func (*memory) Reviews(context.Context, string, string) ([]Review, error)    { panic("Reviews") }

func (m *memory) SwapSetting(ctx context.Context, guild, key, _, to string, act Act) error {
	return m.SetSetting(ctx, guild, key, to, act)
}

func (m *memory) SetSetting(_ context.Context, guild, key, value string, act Act) error {
	k := m.of(guild)
	k.note(guild, act, "setting.set", key, k.settings[key], value)
	k.settings[key] = value
	if value == "" {
		delete(k.settings, key)
	}
	return m.fails
}

func (m *memory) Settings(_ context.Context, guild string) (map[string]string, error) {
	return maps.Clone(m.of(guild).settings), m.fails
}

func (m *memory) Audit(_ context.Context, guild string, after int64, limit int) ([]Entry, error) {
	var page []Entry
	for _, e := range m.of(guild).trail {
		if e.N > after && len(page) < limit {
			page = append(page, e)
		}
	}
	return page, m.fails
}

func (m *memory) LastEntry(_ context.Context, guild string) (last Entry, err error) {
	if trail := m.of(guild).trail; len(trail) > 0 {
		last = trail[len(trail)-1]
	}
	return last, m.fails
}

func (m *memory) Note(_ context.Context, guild string, e Entry, act Act) error {
	m.of(guild).note(guild, act, e.Action, e.Subject, e.Before, e.After)
	return m.fails
}

// parsed is an article with a body of its own.
func parsed(t testing.TB, title, body string) *article.Article {
	t.Helper()
	src := "---\ntitle: " + title + "\nauthor: Sam Roe\nauthor_bio: Sam Roe digs ponds.\nupdated: 2025-05-06\n---\n\n" + body + "\n"
	a, err := article.Parse([]byte(src), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// desk returns a desk over an empty memory, with one shipped article, "rain-barrels".
func desk(t testing.TB) (*Desk, *memory) {
	t.Helper()
	m := newMemory()
	shipped := []*article.Article{parsed(t, "Rain barrels", "A barrel holds rain.")}
	return NewDesk(m, m, m, shipped, noon), m
}

// published puts an article of the title "Garden ponds" on a desk.
func published(t testing.TB, d *Desk, body, base string) Receipt {
	t.Helper()
	got, err := d.Publish(t.Context(), pondGuild, "", parsed(t, "Garden ponds", body), base, asAlice(""))
	if err != nil {
		t.Fatal(err)
	}
	return got
}
