package library

import (
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"verbatim/internal/article"
)

// shelves is a Mover and a Trail in memory: tables of guilds.
type shelves struct {
	guilds map[string]map[string][]Row
	// fails is called before each Load, when it is set.
	fails func() error
}

func newShelves() *shelves { return &shelves{guilds: map[string]map[string][]Row{}} }

func (s *shelves) of(guild string) map[string][]Row {
	if s.guilds[guild] == nil {
		s.guilds[guild] = map[string][]Row{}
	}
	return s.guilds[guild]
}

func (s *shelves) Tables() []string {
	var names []string
	for _, table := range MovedTables() {
		names = append(names, table.Name)
	}
	return names
}

func (s *shelves) Rows(_ context.Context, guild, table string, from, limit int) ([]Row, error) {
	rows := s.of(guild)[table]
	return rows[min(from, len(rows)):min(from+limit, len(rows))], nil
}

func (s *shelves) Still(ctx context.Context, guild string, read func(RowsFunc) error) error {
	return read(func(table string, from, limit int) ([]Row, error) { return s.Rows(ctx, guild, table, from, limit) })
}

// identity is what tells a row of a table from the others.
func identity(table Table, row Row) string {
	var parts []string
	for _, c := range table.Columns {
		if c.Kind == KeyColumn || table.Name == "reviews" || c.Name == "n" {
			parts = append(parts, fmt.Sprintf("%q", row[c.Name]))
		}
	}
	return strings.Join(parts, " ")
}

func (s *shelves) Load(_ context.Context, guild, name string, rows []Row) (added int, err error) {
	if s.fails != nil {
		if err := s.fails(); err != nil {
			return 0, err
		}
	}
	table := MovedTables()[slices.Index(s.Tables(), name)]
	there := s.of(guild)[name]
	known := map[string]bool{}
	for _, row := range there {
		known[identity(table, row)] = true
	}
	for _, row := range rows {
		if err := table.Check(row); err != nil {
			return 0, err
		}
		if id := identity(table, row); !known[id] {
			known[id] = true
			there, added = append(there, maps.Clone(row)), added+1
		}
	}
	if table.Order == ByKey {
		key := table.Columns[0].Name
		slices.SortFunc(there, func(a, b Row) int { return strings.Compare(a.Text(key), b.Text(key)) })
	}
	s.of(guild)[name] = there
	return added, nil
}

func (s *shelves) Audit(_ context.Context, guild string, after int64, limit int) ([]Entry, error) {
	var page []Entry
	for _, row := range s.of(guild)["audit"] {
		if e := EntryOf(row); e.N > after && len(page) < limit {
			page = append(page, e)
		}
	}
	return page, nil
}

func (s *shelves) LastEntry(_ context.Context, guild string) (last Entry, err error) {
	if trail := s.of(guild)["audit"]; len(trail) > 0 {
		last = EntryOf(trail[len(trail)-1])
	}
	return last, nil
}

func (s *shelves) Note(ctx context.Context, guild string, e Entry, act Act) error {
	last, err := s.LastEntry(ctx, guild)
	if err != nil {
		return err
	}
	e.At, e.Actor, e.Reason = noon(), act.Actor, act.Reason
	s.of(guild)["audit"] = append(s.of(guild)["audit"], rowOf(e.Following(last, guild)))
	return nil
}

// rowOf is the row of an entry.
func rowOf(e Entry) Row {
	return Row{
		"n": e.N, "at": e.At.UnixMilli(), "actor": e.Actor, "action": e.Action, "subject": e.Subject,
		"before": e.Before, "after": e.After, "reason": e.Reason, "prev": e.Prev, "hash": e.Hash,
	}
}

// must loads rows that are as they should be.
func (s *shelves) must(t testing.TB, guild, table string, rows ...Row) {
	t.Helper()
	if n, err := s.Load(t.Context(), guild, table, rows); err != nil || n != len(rows) {
		t.Fatalf("%s: %d rows were new, %v", table, n, err)
	}
}

// essay is the source of an article.
func essay(title, text string) string {
	return "---\ntitle: " + title + "\nauthor: Ada Byron\nupdated: " + longAgo + "\n---\n\n" + text + "\n"
}

// publish puts an article in, as the store keeps it, and enters it into the trail.
func (s *shelves) publish(t testing.TB, guild, key, source string) (hash string, text Text) {
	t.Helper()
	a, err := article.Parse([]byte(source), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	hash, at := HashOf(a.Source), noon().UnixMilli()
	s.must(t, guild, "texts", Row{"revision": string(a.Revision), "canonical": a.Canonical})
	s.must(t, guild, "revisions", Row{
		"article": key, "hash": hash, "revision": string(a.Revision), "title": a.Meta.Title, "source": a.Source,
		"actor": alice, "note": "", "at": at,
	})
	s.of(guild)["publications"] = slices.DeleteFunc(s.of(guild)["publications"], func(r Row) bool { return r.Text("article") == key })
	s.must(t, guild, "publications", Row{"article": key, "state": "published", "own": true, "hash": hash, "actor": alice, "at": at})
	if err := s.Note(t.Context(), guild, Entry{Action: "article.publish", Subject: key, After: hash}, asAlice("")); err != nil {
		t.Fatal(err)
	}
	return hash, Text{a.Revision, a.Canonical}
}

// fullShelves has one guild with rows in every table.
func fullShelves(t testing.TB) *shelves {
	t.Helper()
	const guild = pondGuild
	s := newShelves()
	at := noon().UnixMilli()
	s.publish(t, guild, "garden-ponds", essay("Garden ponds", "A pond needs shade. Fish like it."))
	hash, text := s.publish(t, guild, "garden-ponds", essay("Garden ponds", "A pond needs shade & <b>depth</b>. Fish like both."))
	s.publish(t, guild, "池", essay("池", "A pond, by another name."))
	end := int64(len(text.Canonical))
	s.must(t, guild, "publications", Row{"article": "shipped-one", "state": "hidden", "own": false, "hash": "", "actor": alice, "at": at})
	s.must(t, guild, "reviews",
		Row{"article": "garden-ponds", "hash": hash, "actor": alice, "on_day": longAgo, "next": "", "at": at},
		Row{"article": "garden-ponds", "hash": hash, "actor": alice, "on_day": longAgo, "next": "2030-01-01", "at": at})
	s.must(t, guild, "golden", Row{
		"id": "g1", "question": "How deep?\u2028", "expect": "quote", "article": "garden-ponds", "revision": string(text.Revision),
		"tier": "", "actor": alice, "start_at": int64(0), "end_at": end, "at": at,
	})
	s.must(t, guild, "bank", Row{"id": "b1", "question": "Do fish like shade?", "article": "", "actor": alice, "at": at})
	s.must(t, guild, "synonyms", Row{"id": "s1", "words": `["pond","pool"]`, "related": true, "actor": alice, "at": at})
	s.must(t, guild, "corrections",
		Row{"id": "c1", "answer": "a1", "kind": "remove", "hash": "", "was_place": "", "right_place": "", "replaced": "", "preference": "p1", "golden": "", "actor": alice, "at": at},
		Row{
			"id": "c2", "answer": "a2", "kind": "passage", "hash": HashOf("Fish"), "was_place": rightPlace(string(text.Revision), 1, 2),
			"right_place": rightPlace(string(text.Revision), 0, end),
			"replaced":    `{"golden":[{"ID":"g0","Value":{"Question":"How deep?","Expect":"abstain"}}],"preferences":[{"ID":"p0","Value":{"Question":"How deep?","End":9}}]}`,
			"preference":  "p1", "golden": "", "actor": alice, "at": at,
		})
	s.must(t, guild, "preferences", Row{
		"id": "p1", "question": "How deep?", "article": "garden-ponds", "revision": string(text.Revision),
		"actor": alice, "start_at": int64(0), "end_at": end, "at": at,
	})
	s.must(t, guild, "drafts", Row{"id": "d1", "title": "Newts", "source": "not yet\n", "base": "", "actor": alice, "at": at})
	page := "<html>\x00\xff"
	s.must(t, guild, "pages", Row{"hash": HashOf(page), "body": base64.StdEncoding.EncodeToString([]byte(page)), "at": at})
	s.must(t, guild, "watches", Row{
		"id": "w1", "url": "https://example.org/", "article": "garden-ponds", "page": HashOf(page), "actor": alice,
		"every": int64(86_400_000), "checked": at, "at": at,
	})
	s.must(t, guild, "proposals", Row{
		"id": "r1", "kind": "add", "topic": "ice", "body": "label: x\n", "state": "open", "actor": alice, "decided_by": "", "at": at,
	})
	s.must(t, guild, "settings", Row{"name": "language", "value": "de"}, Row{"name": "paused", "value": "on"})
	return s
}

// rightPlace is a place in an article as a correction has it.
func rightPlace(revision string, start, end int64) string {
	return fmt.Sprintf(`{"article":"garden-ponds","revision":%q,"start":%d,"end":%d}`, revision, start, end)
}

// exported is the archive of that guild's library.
func exported(t testing.TB, s *shelves) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := Export(t.Context(), s, pondGuild, &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// opened is an archive that can be imported.
func opened(t testing.TB, data []byte) *Archive {
	t.Helper()
	a, err := OpenArchive(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return a
}
