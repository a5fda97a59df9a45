package library

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/article"
)

// wants fails unless err is of the class and says all of it.
func wants(t testing.TB, err, class error, says ...string) {
	t.Helper()
	if !errors.Is(err, class) {
		t.Errorf("error %v, want %v", err, class)
		return
	}
	for _, part := range says {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %q does not say %q", err, part)
		}
	}
}

func TestNamed(t *testing.T) {
	list := []Revision{{Hash: "abcdef01"}, {Hash: "abcdef02"}, {Hash: "12345678"}}
	if r, err := named(list, "x", "abcdef02"); err != nil || r.Hash != "abcdef02" {
		t.Errorf("%+v, %v", r, err)
	}
	_, err := named(list, "x", "abcdef")
	wants(t, err, article.ErrInvalid, `2 revisions of "x" begin with "abcdef"`)
}

func TestDesk_states(t *testing.T) {
	d, _ := desk(t)
	published(t, d, "A pond needs shade.", "")
	type step struct {
		do      func(key string) (bool, error)
		key     string
		changed bool
		class   error
		says    string
	}
	withdraw := func(key string) (bool, error) { return d.Withdraw(t.Context(), pondGuild, key, asAlice("")) }
	hide := func(key string) (bool, error) { return d.Hide(t.Context(), pondGuild, key, asAlice("")) }
	restore := func(key string) (bool, error) { return d.Restore(t.Context(), pondGuild, key, asAlice("")) }
	for i, s := range []step{
		{withdraw, "garden-ponds", true, nil, ""},
		{withdraw, "garden-ponds", false, nil, ""},
		{restore, "garden-ponds", true, nil, ""},
		{restore, "garden-ponds", false, nil, ""},
		{restore, "rain-barrels", false, nil, ""},
		{hide, "rain-barrels", true, nil, ""},
		{hide, "rain-barrels", false, nil, ""},
		{restore, "rain-barrels", true, nil, ""},
		{withdraw, "rain-barrels", false, article.ErrInvalid, "hide it instead"},
		{hide, "garden-ponds", false, article.ErrInvalid, "withdraw it instead"},
		{hide, "sheds", false, article.ErrNotFound, `no article "sheds"`},
		{withdraw, "sheds", false, article.ErrNotFound, `no article "sheds"`},
		{restore, "sheds", false, article.ErrNotFound, `no article "sheds"`},
	} {
		changed, err := s.do(s.key)
		if changed != s.changed || !errors.Is(err, s.class) || err != nil && !strings.Contains(err.Error(), s.says) {
			t.Errorf("step %d: %v, %v", i, changed, err)
		}
	}
	for name, do := range map[string]func(context Act) (bool, error){
		"withdraw": func(a Act) (bool, error) { return d.Withdraw(t.Context(), pondGuild, "garden-ponds", a) },
		"hide":     func(a Act) (bool, error) { return d.Hide(t.Context(), pondGuild, "rain-barrels", a) },
		"restore":  func(a Act) (bool, error) { return d.Restore(t.Context(), pondGuild, "rain-barrels", a) },
	} {
		if _, err := do(Act{Actor: "x"}); !errors.Is(err, article.ErrInvalid) {
			t.Errorf("%s by nobody: %v", name, err)
		}
	}
}

func TestDesk_List(t *testing.T) {
	d, m := desk(t)
	first := published(t, d, "A pond needs shade.", "")
	if _, err := d.Hide(t.Context(), pondGuild, "rain-barrels", asAlice("")); err != nil {
		t.Fatal(err)
	}
	m.of(pondGuild).publications["what-was-shipped"] = Publication{Article: "what-was-shipped", State: Hidden}
	own := Publication{Article: "garden-ponds", State: Published, Own: true, Hash: first.Hash, Title: "Garden ponds", By: alice, At: noon()}
	want := []Publication{
		own,
		{Article: "rain-barrels", State: Hidden, Title: "Rain barrels", By: alice, At: noon()},
		{Article: "what-was-shipped", State: Hidden},
	}
	got, err := d.List(t.Context(), pondGuild)
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	bare, err := d.List(t.Context(), shedGuild)
	if want := []Publication{{Article: "rain-barrels", State: Published, Title: "Rain barrels"}}; !cmp.Equal(bare, want) || err != nil {
		t.Errorf("another guild: %+v, %v", bare, err)
	}
	if _, err := d.Show(t.Context(), pondGuild, "what-was-shipped", ""); !errors.Is(err, article.ErrNotFound) {
		t.Errorf("what is shipped no more: %v", err)
	}
	if changed, err := d.Restore(t.Context(), pondGuild, "what-was-shipped", asAlice("")); err != nil || !changed {
		t.Errorf("restoring what is shipped no more: %v, %v", changed, err)
	}
}

func TestDesk_Show(t *testing.T) {
	d, _ := desk(t)
	first := published(t, d, "A pond needs shade.", "")
	second := published(t, d, "A pond needs sun.", first.Hash)
	for name, tc := range map[string]struct{ key, hash, canonical string }{
		"current":       {"garden-ponds", "", "A pond needs sun."},
		"by hash":       {"garden-ponds", second.Hash, "A pond needs sun."},
		"old":           {"garden-ponds", strings.ToUpper(first.Hash[:6]), "A pond needs shade."},
		"shipped":       {"rain-barrels", "", "A barrel holds rain."},
		"shipped again": {"rain-barrels", HashOf(d.shipped[0].Source)[:10], "A barrel holds rain."},
	} {
		got, err := d.Show(t.Context(), pondGuild, tc.key, tc.hash)
		if err != nil || got.Canonical != tc.canonical || HashOf(got.Source) != got.Hash || got.Article != tc.key {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	_, err := d.Show(t.Context(), pondGuild, "rain-barrels", first.Hash)
	wants(t, err, article.ErrNotFound)
	versions, err := d.History(t.Context(), pondGuild, "rain-barrels")
	if err != nil || len(versions) != 1 || versions[0].By != Shipped || !versions[0].Current || versions[0].Source != "" {
		t.Errorf("history of a shipped article: %+v, %v", versions, err)
	}
}

func TestDesk_Settings(t *testing.T) {
	d, m := desk(t)
	for _, tc := range []struct{ name, value, want string }{
		{"language", "DE", "de"},
		{"language", "default", "en"},
		{"paused", "yes", "on"},
		{"log-channel", "", ""},
	} {
		if got, err := d.Set(t.Context(), pondGuild, tc.name, tc.value, asAlice("")); err != nil || got != tc.want {
			t.Errorf("%s %q: %q, %v", tc.name, tc.value, got, err)
		}
	}
	s, set, err := d.Settings(t.Context(), pondGuild)
	if err != nil || !s.Paused || s.Language != "en" || !cmp.Equal(set, map[string]string{"paused": "on"}) {
		t.Errorf("%+v, %v, %v", s, set, err)
	}
	_, err = d.Set(t.Context(), pondGuild, "langage", "de", asAlice(""))
	wants(t, err, article.ErrNotFound, "did you mean language?")
	_, err = d.Set(t.Context(), pondGuild, "language", "de", Act{})
	wants(t, err, article.ErrInvalid, "give a Discord id")
	m.of(pondGuild).settings["language"] = "xx"
	s, _, err = d.Settings(t.Context(), pondGuild)
	wants(t, err, article.ErrInvalid, "language: ")
	if !s.Paused || s.Language != "en" {
		t.Errorf("beside a broken one: %+v", s)
	}
}

// TestDesk_unavailable wants the class of a database that is out of reach to arrive.
func TestDesk_unavailable(t *testing.T) {
	d, m := desk(t)
	first := published(t, d, "A pond needs shade.", "")
	m.fails = fmt.Errorf("%w: gone", article.ErrUnavailable)
	ctx := t.Context()
	for name, do := range map[string]func() error{
		"publish": func() error {
			_, err := d.Publish(ctx, pondGuild, "", parsed(t, "Sheds", "A shed."), "", asAlice(""))
			return err
		},
		"revert":   func() error { _, err := d.Revert(ctx, pondGuild, "garden-ponds", first.Hash, asAlice("")); return err },
		"withdraw": func() error { _, err := d.Withdraw(ctx, pondGuild, "garden-ponds", asAlice("")); return err },
		"hide":     func() error { _, err := d.Hide(ctx, pondGuild, "rain-barrels", asAlice("")); return err },
		"list":     func() error { _, err := d.List(ctx, pondGuild); return err },
		"history":  func() error { _, err := d.History(ctx, pondGuild, "garden-ponds"); return err },
		"settings": func() error { _, _, err := d.Settings(ctx, pondGuild); return err },
		"set":      func() error { _, err := d.Set(ctx, pondGuild, "paused", "on", asAlice("")); return err },
		"verify":   func() error { _, err := d.VerifyTrail(ctx, pondGuild); return err },
	} {
		if err := do(); !errors.Is(err, article.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDesk_VerifyTrail(t *testing.T) {
	d, m := desk(t)
	if last, err := d.VerifyTrail(t.Context(), pondGuild); err != nil || last != (Entry{}) {
		t.Errorf("an empty trail: %+v, %v", last, err)
	}
	for i := range 2*trailPage + 1 {
		if err := m.Note(t.Context(), pondGuild, Entry{Action: "note", Subject: fmt.Sprint(i)}, asAlice("")); err != nil {
			t.Fatal(err)
		}
	}
	trail := m.of(pondGuild).trail
	if last, err := d.VerifyTrail(t.Context(), pondGuild); err != nil || last != trail[2*trailPage] {
		t.Errorf("%+v, %v", last, err)
	}
	page, err := d.Trail(t.Context(), pondGuild, 3, 2)
	if err != nil || len(page) != 2 || page[0].N != 4 {
		t.Errorf("a page: %+v, %v", page, err)
	}
	for name, damage := range map[string]func([]Entry) []Entry{
		"changed":   func(l []Entry) []Entry { l[700].Reason = "other"; return l },
		"left out":  func(l []Entry) []Entry { return append(l[:trailPage], l[trailPage+1:]...) },
		"exchanged": func(l []Entry) []Entry { l[3], l[4] = l[4], l[3]; return l },
		"rewritten": func(l []Entry) []Entry { l[0].Actor = otherAlice; l[0].Hash = l[0].Sum(pondGuild); return l },
	} {
		m.of(pondGuild).trail = damage(append([]Entry(nil), trail...))
		if _, err := d.VerifyTrail(t.Context(), pondGuild); !errors.Is(err, article.ErrConflict) {
			t.Errorf("%s: %v", name, err)
		}
	}
	m.of(shedGuild).trail = trail
	if last, err := d.VerifyTrail(t.Context(), shedGuild); !errors.Is(err, article.ErrConflict) || last.N != 0 {
		t.Errorf("the trail of another guild: %+v, %v", last, err)
	}
}
