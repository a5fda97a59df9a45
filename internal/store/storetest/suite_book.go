package storetest

import (
	"strings"
	"testing"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// revisionOf makes a revision of an article from its source.
func revisionOf(key, source string) library.Revision {
	hash := library.HashOf(source)
	return library.Revision{
		Article: key, Hash: hash, Revision: article.Revision("r" + hash[:20]), Source: source, Canonical: "canonical: " + source,
		Title: "On " + key, By: act().Actor, Note: "a note",
	}
}

func testBook(t *testing.T, e Engine) {
	for name, test := range map[string]func(*testing.T, *database){
		"publish":      bookPublish,
		"conflicts":    bookConflicts,
		"states":       bookStates,
		"withdrawn":    bookWithdrawn,
		"publications": bookPublications,
		"history":      bookHistory,
		"texts":        bookTexts,
		"shelf":        bookShelf,
		"reviews":      bookReviews,
	} {
		t.Run(name, func(t *testing.T) { test(t, e.open(t)) })
	}
}

// publish publishes and wants a change.
func (d *database) publish(t testing.TB, guild string, r library.Revision, base string) {
	t.Helper()
	if !must[bool](t)(d.Publish(t.Context(), guild, r, base, act())) {
		t.Fatalf("publishing %s changed nothing", r.Article)
	}
}

// quiet wants a call to change nothing that anybody can see.
func (d *database) quiet(t testing.TB, what string, call func() error) {
	t.Helper()
	head, trail := must[int64](t)(d.Head(t.Context())), d.trail(t)
	before := d.changes(t)
	succeed(t, call())
	same(t, what+": audit trail", d.trail(t), trail)
	same(t, what+": feed", d.changes(t), before)
	if after := must[int64](t)(d.Head(t.Context())); after < head {
		t.Errorf("%s: the head went from %d to %d", what, head, after)
	}
}

// trail is the audit trail of the first guild.
func (d *database) trail(t testing.TB) []library.Entry {
	t.Helper()
	return must[[]library.Entry](t)(d.Audit(t.Context(), guildA, 0, 1000))
}

// changes is the whole feed.
func (d *database) changes(t testing.TB) []library.Change {
	t.Helper()
	return must[[]library.Change](t)(d.Changes(t.Context(), 0, 100_000))
}

func bookPublish(t *testing.T, d *database) {
	r := revisionOf("rest", "Rest.")
	d.publish(t, guildA, r, "")
	at := d.clock.kept()
	d.clock.pass(time.Hour)
	d.quiet(t, "publishing it again", func() error {
		changed, err := d.Publish(t.Context(), guildA, r, "", act())
		if changed {
			t.Error("publishing what is current changed something")
		}
		return err
	})
	same(t, "publication", must[library.Publication](t)(d.Publication(t.Context(), guildA, "rest")), library.Publication{
		Article: "rest", State: library.Published, Own: true, Hash: r.Hash, Title: r.Title, By: act().Actor, At: at,
	})
	r.At = at
	same(t, "revision", must[library.Revision](t)(d.Revision(t.Context(), guildA, r.Hash)), r)
	same(t, "text", must[library.Text](t)(d.Text(t.Context(), guildA, r.Revision)), library.Text{Revision: r.Revision, Canonical: r.Canonical})
	entry := d.trail(t)[0]
	same(t, "audit", []string{entry.Actor, entry.Reason, entry.Action, entry.Subject, entry.Before, entry.After},
		[]string{act().Actor, act().Reason, "article.publish", "rest", "", r.Hash})

	given := revisionOf("given", "With a time.")
	given.At = time.Date(2001, 2, 3, 4, 5, 6, 789_000_000, time.UTC)
	d.publish(t, guildA, given, "")
	same(t, "revision with its own time", must[library.Revision](t)(d.Revision(t.Context(), guildA, given.Hash)), given)
}

func bookConflicts(t *testing.T, d *database) {
	first, second := revisionOf("rest", "First."), revisionOf("rest", "Second.")
	d.publish(t, guildA, first, "")
	d.publish(t, guildA, second, first.Hash)
	third := revisionOf("rest", "Third.")
	broken := third
	broken.Hash = first.Hash
	for name, c := range map[string]struct {
		r    library.Revision
		base string
		want error
	}{
		"new, but it exists":           {third, "", article.ErrConflict},
		"from a revision before":       {third, first.Hash, article.ErrConflict},
		"from a revision nobody knows": {third, library.HashOf("?"), article.ErrConflict},
		"changed, but it is new":       {revisionOf("new", "New."), first.Hash, article.ErrConflict},
		"a hash of something else":     {broken, second.Hash, article.ErrInvalid},
		"no key":                       {revisionOf("", "No key."), "", article.ErrInvalid},
		"a long key":                   {revisionOf(strings.Repeat("k", 513), "Key."), "", article.ErrTooLarge},
	} {
		changed, err := d.Publish(t.Context(), guildA, c.r, c.base, act())
		refused(t, name, err, c.want)
		if changed {
			t.Errorf("%s: it changed something", name)
		}
	}
	same(t, "current revision", must[library.Publication](t)(d.Publication(t.Context(), guildA, "rest")).Hash, second.Hash)
	if n := len(d.trail(t)); n != 2 {
		t.Errorf("%d entries in the audit trail, want 2", n)
	}
	_, err := d.Revision(t.Context(), guildA, third.Hash)
	refused(t, "the revision of a refused publish", err, article.ErrNotFound)
}

func bookStates(t *testing.T, d *database) {
	d.publish(t, guildA, revisionOf("own", "Own."), "")
	must[bool](t)(d.SetState(t.Context(), guildA, "unwanted", false, library.Hidden, act()))
	for name, c := range map[string]struct {
		key  string
		own  bool
		to   library.State
		want error
	}{
		"own, not there":               {"none", true, library.Withdrawn, article.ErrNotFound},
		"own, not there, published":    {"none", true, library.Published, article.ErrNotFound},
		"own, but it is a shipped one": {"unwanted", true, library.Withdrawn, article.ErrNotFound},
		"shipped, but it is an own":    {"own", false, library.Hidden, article.ErrConflict},
		"own, hidden":                  {"own", true, library.Hidden, article.ErrInvalid},
		"shipped, withdrawn":           {"shipped", false, library.Withdrawn, article.ErrInvalid},
		"no such state":                {"own", true, "lost", article.ErrInvalid},
		"no key":                       {"", false, library.Hidden, article.ErrInvalid},
	} {
		changed, err := d.SetState(t.Context(), guildA, c.key, c.own, c.to, act())
		refused(t, name, err, c.want)
		if changed {
			t.Errorf("%s: it changed something", name)
		}
	}
	steps := []struct {
		key  string
		own  bool
		to   library.State
		want bool
	}{
		{"shipped", false, library.Published, false},
		{"shipped", false, library.Hidden, true},
		{"shipped", false, library.Hidden, false},
		{"shipped", false, library.Published, true},
		{"shipped", false, library.Published, false},
		{"own", true, library.Published, false},
		{"own", true, library.Withdrawn, true},
		{"own", true, library.Withdrawn, false},
		{"own", true, library.Published, true},
	}
	for i, s := range steps {
		before := len(d.trail(t))
		if got := must[bool](t)(d.SetState(t.Context(), guildA, s.key, s.own, s.to, act())); got != s.want {
			t.Errorf("step %d: %s %s: changed is %t", i, s.key, s.to, got)
		}
		if grown := len(d.trail(t)) > before; grown != s.want {
			t.Errorf("step %d: %s %s: an entry in the audit trail is %t", i, s.key, s.to, grown)
		}
	}
	_, err := d.Publication(t.Context(), guildA, "shipped")
	refused(t, "a shipped article that is shown again", err, article.ErrNotFound)
}

func bookWithdrawn(t *testing.T, d *database) {
	r := revisionOf("rest", "Rest.")
	d.publish(t, guildA, r, "")
	must[bool](t)(d.SetState(t.Context(), guildA, "rest", true, library.Withdrawn, act()))
	same(t, "sources of the shelf", must[library.Shelf](t)(d.Shelf(t.Context(), guildA)).Sources, map[string]string{})
	p := must[library.Publication](t)(d.Publication(t.Context(), guildA, "rest"))
	if p.State != library.Withdrawn || p.Hash != r.Hash || !p.Own {
		t.Errorf("publication %+v", p)
	}
	_, err := d.Publish(t.Context(), guildA, r, "", act())
	refused(t, "publishing it as a new one", err, article.ErrConflict)
	d.publish(t, guildA, r, r.Hash)
	same(t, "state", must[library.Publication](t)(d.Publication(t.Context(), guildA, "rest")).State, library.Published)
}

func bookPublications(t *testing.T, d *database) {
	for _, key := range unsorted() {
		d.publish(t, guildA, revisionOf(key, "The source of "+key), "")
	}
	var keys []string
	for _, p := range must[[]library.Publication](t)(d.Publications(t.Context(), guildA)) {
		keys = append(keys, p.Article)
	}
	same(t, "keys", keys, inBytes())
	if all := must[[]library.Publication](t)(d.Publications(t.Context(), nobody)); len(all) != 0 {
		t.Errorf("a guild that did nothing has %v", all)
	}
}

func bookHistory(t *testing.T, d *database) {
	first, second := revisionOf("rest", "First."), revisionOf("rest", "Second.")
	first.At = d.clock.kept().Add(time.Hour) // the order is that of the publishing, whatever the times say
	second.At = d.clock.kept()
	d.publish(t, guildA, first, "")
	d.publish(t, guildA, second, first.Hash)
	d.publish(t, guildA, first, second.Hash) // reverted
	d.publish(t, guildA, revisionOf("twin", "First."), "")
	bare := func(r library.Revision) library.Revision {
		r.Source, r.Canonical = "", ""
		return r
	}
	same(t, "history", must[[]library.Revision](t)(d.History(t.Context(), guildA, "rest")), []library.Revision{bare(first), bare(second)})
	same(t, "current hash", must[library.Publication](t)(d.Publication(t.Context(), guildA, "rest")).Hash, first.Hash)
	same(t, "source", must[library.Revision](t)(d.Revision(t.Context(), guildA, first.Hash)).Source, "First.")
	_, err := d.History(t.Context(), guildA, "none")
	refused(t, "history of nothing", err, article.ErrNotFound)
	_, err = d.Revision(t.Context(), guildA, "none")
	refused(t, "a revision that is not there", err, article.ErrNotFound)
}

func bookTexts(t *testing.T, d *database) {
	shipped, own := library.Text{Revision: "shipped", Canonical: "It ships."}, library.Text{Revision: "own", Canonical: "It is ours."}
	succeed(t, d.KeepText(t.Context(), library.Shipped, shipped))
	succeed(t, d.KeepText(t.Context(), guildA, own))
	d.quiet(t, "keeping it again", func() error { return d.KeepText(t.Context(), guildA, own) })
	d.quiet(t, "keeping another text for it", func() error {
		return d.KeepText(t.Context(), guildA, library.Text{Revision: "own", Canonical: "Something else."})
	})
	same(t, "own text", must[library.Text](t)(d.Text(t.Context(), guildA, "own")), own)
	same(t, "shipped text", must[library.Text](t)(d.Text(t.Context(), guildA, "shipped")), shipped)
	for name, guild := range map[string]string{"of another guild": guildB, "as a shipped one": library.Shipped} {
		_, err := d.Text(t.Context(), guild, "own")
		refused(t, "the text "+name, err, article.ErrNotFound)
	}
	refused(t, "no revision", d.KeepText(t.Context(), guildA, library.Text{Canonical: "x"}), article.ErrInvalid)
}

func bookShelf(t *testing.T, d *database) {
	if !must[library.Shelf](t)(d.Shelf(t.Context(), guildA)).Bare() {
		t.Error("the shelf of a new guild is not bare")
	}
	first, second, gone := revisionOf("rest", "First."), revisionOf("rest", "Second."), revisionOf("gone", "Gone.")
	d.publish(t, guildA, first, "")
	d.publish(t, guildA, second, first.Hash)
	d.publish(t, guildA, gone, "")
	must[bool](t)(d.SetState(t.Context(), guildA, "gone", true, library.Withdrawn, act()))
	must[bool](t)(d.SetState(t.Context(), guildA, "shipped", false, library.Hidden, act()))
	succeed(t, d.Synonyms().Put(t.Context(), guildA, "s", library.Synonym{Words: []string{"one", "two"}, Related: true}, act()))
	succeed(t, d.Preferences().Put(t.Context(), guildA, "p", library.Preference{Question: "q", Start: 1, End: 2}, act()))
	reviews := shelfReviews(t, d)
	got := must[library.Shelf](t)(d.Shelf(t.Context(), guildA))
	at := d.clock.kept()
	same(t, "shelf", got, library.Shelf{
		Seq:          must[int64](t)(d.Head(t.Context())),
		Publications: must[[]library.Publication](t)(d.Publications(t.Context(), guildA)),
		Sources:      map[string]string{second.Hash: "Second."},
		Synonyms:     []library.Synonym{{Words: []string{"one", "two"}, Related: true, At: at}},
		Preferences:  []library.Preference{{Question: "q", Start: 1, End: 2, At: at}},
		Reviews:      reviews,
	})
	if got.Bare() || len(got.Publications) != 3 {
		t.Errorf("publications %v", got.Publications)
	}
}
