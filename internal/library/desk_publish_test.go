package library

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/article"
)

func TestDesk_Publish(t *testing.T) {
	d, m := desk(t)
	a := parsed(t, "Garden ponds", "A pond needs shade.")
	got, err := d.Publish(t.Context(), pondGuild, "", a, "", asAlice("from the club's leaflet"))
	if err != nil || !got.Changed || got.Key != "garden-ponds" || got.Hash != HashOf(a.Source) || len(got.Warnings) > 0 || got.Article != a {
		t.Fatalf("%+v, %v", got, err)
	}
	want := []Revision{{
		Article: "garden-ponds", Hash: got.Hash, Revision: a.Revision, Source: a.Source, Canonical: "A pond needs shade.",
		Title: "Garden ponds", By: alice, Note: "from the club's leaflet", At: noon(),
	}}
	if diff := cmp.Diff(want, m.of(pondGuild).revisions); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
	if again, err := d.Publish(t.Context(), pondGuild, "", a, "", asAlice("")); err != nil || again.Changed || again.Hash != got.Hash {
		t.Errorf("the same again: %+v, %v", again, err)
	}
	if len(m.guilds) != 1 {
		t.Errorf("%d guilds were touched", len(m.guilds))
	}
}

func TestDesk_Publish_base(t *testing.T) {
	d, _ := desk(t)
	first := published(t, d, "A pond needs shade.", "")
	next := parsed(t, "Garden ponds", "A pond needs sun.")
	for name, tc := range map[string]struct {
		key, base string
		a         *article.Article
		class     error
		says      string
	}{
		"none":          {"", "", next, article.ErrConflict, `there is an article "garden-ponds" already, at revision ` + first.Hash[:12]},
		"another":       {"", strings.Repeat("0", 64), next, article.ErrConflict, "by now, not at 000000000000;"},
		"too short":     {"", first.Hash[:5], next, article.ErrConflict, "by now, not at"},
		"not there":     {"", first.Hash, parsed(t, "Sheds", "A shed."), article.ErrNotFound, "publish it as a new one"},
		"unknown name":  {"sheds", AnyBase, next, article.ErrNotFound, `no article "sheds" of your own to revise`},
		"shipped":       {"", "", parsed(t, "Rain barrels", "Mine."), article.ErrConflict, "give your article another title"},
		"shipped named": {"rain-barrels", AnyBase, next, article.ErrConflict, "came with the program"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.Publish(t.Context(), pondGuild, tc.key, tc.a, tc.base, asAlice(""))
			wants(t, err, tc.class, tc.says)
		})
	}
	for i, base := range []string{first.Hash, AnyBase, ""} {
		a := parsed(t, "Garden ponds", fmt.Sprintf("A pond needs %d fish.", i))
		if base == "" { // the beginning of the current hash
			current, err := d.Show(t.Context(), pondGuild, "garden-ponds", "")
			if err != nil {
				t.Fatal(err)
			}
			base = strings.ToUpper(current.Hash[:8])
		}
		if got, err := d.Publish(t.Context(), pondGuild, "", a, base, asAlice("")); err != nil || !got.Changed {
			t.Errorf("base %q: %+v, %v", base, got, err)
		}
	}
}

// TestDesk_Publish_race has somebody else publish between the look and the write.
func TestDesk_Publish_race(t *testing.T) {
	d, m := desk(t)
	first := published(t, d, "A pond needs shade.", "")
	var other Receipt
	m.meanwhile = func() { other = published(t, d, "A pond needs mud.", first.Hash) }
	_, err := d.Publish(t.Context(), pondGuild, "", parsed(t, "Garden ponds", "A pond needs sun."), first.Hash, asAlice(""))
	wants(t, err, article.ErrConflict, other.Hash[:12], "not at "+first.Hash[:12], "look at what changed")

	m.meanwhile = func() {
		if _, err := d.Publish(t.Context(), pondGuild, "", parsed(t, "Sheds", "A shed."), "", asAlice("")); err != nil {
			t.Error(err)
		}
	}
	_, err = d.Publish(t.Context(), pondGuild, "", parsed(t, "Sheds", "Another shed."), "", asAlice(""))
	wants(t, err, article.ErrConflict, `there is an article "sheds" already`)
}

func TestDesk_Publish_newTitle(t *testing.T) {
	d, _ := desk(t)
	first := published(t, d, "A pond needs shade.", "")
	got, err := d.Publish(t.Context(), pondGuild, "garden-ponds", parsed(t, "Ponds", "A pond needs shade."), first.Hash, asAlice(""))
	if err != nil || got.Key != "garden-ponds" || !got.Changed {
		t.Fatalf("%+v, %v", got, err)
	}
	if want := []string{"The article keeps the name garden-ponds, although its title now gives ponds."}; !cmp.Equal(got.Warnings, want) {
		t.Errorf("warnings: %q", got.Warnings)
	}
}

func TestDesk_Publish_refusals(t *testing.T) {
	d, m := desk(t)
	long := parsed(t, "Long", strings.Repeat("A pond needs shade.\n\n", MaxArticleSource/20))
	tomorrow, later := parsed(t, "Tomorrow", "Text."), parsed(t, "Later", "Text.")
	tomorrow.Meta.Updated = article.Date{Year: 2026, Month: 3, Day: 5}
	later.Meta.Updated = article.Date{Year: 2026, Month: 3, Day: 6}
	blank := parsed(t, "Blank", "Text.")
	blank.Passages = nil
	for name, tc := range map[string]struct {
		a     *article.Article
		act   Act
		class error
		says  string
	}{
		"too large":     {long, asAlice(""), article.ErrTooLarge, "the limit is 1048576; split it"},
		"in the future": {later, asAlice(""), article.ErrInvalid, "2026-03-06, which is in the future"},
		"no passage":    {blank, asAlice(""), article.ErrInvalid, "nothing in the article can be quoted"},
		"nobody":        {blank, Act{}, article.ErrInvalid, "give a Discord id"},
		"no id":         {blank, Act{Actor: "alice"}, article.ErrInvalid, "give a Discord id"},
		"long reason":   {blank, asAlice(strings.Repeat("ä", 501)), article.ErrTooLarge, "501 characters, and the limit is 500"},
		"odd reason":    {blank, asAlice("a\x00"), article.ErrInvalid, "no plain text"},
		"no UTF-8":      {blank, asAlice("a\xff"), article.ErrInvalid, "no plain text"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.Publish(t.Context(), pondGuild, "", tc.a, "", tc.act)
			wants(t, err, tc.class, tc.says)
		})
	}
	if len(m.guilds) != 0 {
		t.Error("something was kept")
	}
	if _, err := d.Publish(t.Context(), pondGuild, "", tomorrow, "", Act{Actor: Host, Reason: strings.Repeat("ä", 500)}); err != nil {
		t.Errorf("what is today elsewhere: %v", err)
	}
}

// TestDesk_room fills a guild and wants the limit to hold on every way in.
func TestDesk_room(t *testing.T) {
	d, m := desk(t)
	first := published(t, d, "A pond needs shade.", "")
	withdrawn, err := d.Publish(t.Context(), pondGuild, "", parsed(t, "Sheds", "A shed."), "", asAlice(""))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Withdraw(t.Context(), pondGuild, withdrawn.Key, asAlice("")); err != nil {
		t.Fatal(err)
	}
	for i := range MaxArticles - 1 {
		key := fmt.Sprint("filler-", i)
		m.of(pondGuild).publications[key] = Publication{Article: key, State: Published, Own: true, Hash: first.Hash}
	}
	const says = "2000 articles of its own, and the limit is 2000; withdraw one"
	_, err = d.Publish(t.Context(), pondGuild, "", parsed(t, "One more", "Text."), "", asAlice(""))
	wants(t, err, article.ErrTooLarge, says)
	_, err = d.Publish(t.Context(), pondGuild, "sheds", parsed(t, "Sheds", "New."), AnyBase, asAlice(""))
	wants(t, err, article.ErrTooLarge, says)
	_, err = d.Restore(t.Context(), pondGuild, "sheds", asAlice(""))
	wants(t, err, article.ErrTooLarge, says)
	_, err = d.Revert(t.Context(), pondGuild, "sheds", withdrawn.Hash, asAlice(""))
	wants(t, err, article.ErrTooLarge, says)
	published(t, d, "A pond needs sun.", first.Hash)
	if _, err := d.Publish(t.Context(), shedGuild, "", parsed(t, "One more", "Text."), "", asAlice("")); err != nil {
		t.Errorf("another guild: %v", err)
	}
}

func TestDesk_warnings(t *testing.T) {
	d, _ := desk(t)
	src := "---\ntitle: Old ponds\nauthor: Sam Roe\nupdated: " + longAgo + "\n---\n\n![a pond](pond.png)\n\nA pond needs shade.\n"
	a, err := article.Parse([]byte(src), article.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := d.Publish(t.Context(), pondGuild, "", a, "", asAlice(""))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`Line 7: the image "a pond" is left out.`,
		"It does not say what the author is (author_bio), so replies cannot either.",
		"It was updated on 2001-02-03, more than 5 years ago, so check that it still holds.",
	}
	if diff := cmp.Diff(want, got.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	if _, err := d.Set(t.Context(), pondGuild, "stale-days", "0", asAlice("")); err != nil {
		t.Fatal(err)
	}
	if got, err := d.Publish(t.Context(), pondGuild, "", a, "", asAlice("")); err != nil || len(got.Warnings) != 2 {
		t.Errorf("nothing is old here: %q, %v", got.Warnings, err)
	}
}

func TestDesk_Revert(t *testing.T) {
	d, m := desk(t)
	first := published(t, d, "A pond needs shade.", "")
	second := published(t, d, "A pond needs sun.", first.Hash)
	back, err := d.Revert(t.Context(), pondGuild, "garden-ponds", first.Hash[:8], asAlice("sun was wrong"))
	if err != nil || back.Hash != first.Hash || !back.Changed || back.Article.Canonical != "A pond needs shade." {
		t.Fatalf("%+v, %v", back, err)
	}
	if again, err := d.Revert(t.Context(), pondGuild, "garden-ponds", first.Hash, asAlice("")); err != nil || again.Changed {
		t.Errorf("to where it is: %+v, %v", again, err)
	}
	versions, err := d.History(t.Context(), pondGuild, "garden-ponds")
	if err != nil || len(versions) != 2 || !versions[0].Current || versions[1].Current || versions[1].Hash != second.Hash {
		t.Errorf("history: %+v, %v", versions, err)
	}
	for name, tc := range map[string]struct {
		key, hash string
		class     error
		says      string
	}{
		"shipped":    {"rain-barrels", first.Hash, article.ErrInvalid, "came with the program"},
		"no article": {"sheds", first.Hash, article.ErrNotFound, `no article "sheds"`},
		"no such":    {"garden-ponds", strings.Repeat("0", 64), article.ErrNotFound, "take one from its history"},
		"too short":  {"garden-ponds", first.Hash[:3], article.ErrInvalid, "at least 6 characters"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := d.Revert(t.Context(), pondGuild, tc.key, tc.hash, asAlice(""))
			wants(t, err, tc.class, tc.says)
		})
	}
	if _, err := d.Withdraw(t.Context(), pondGuild, "garden-ponds", asAlice("")); err != nil {
		t.Fatal(err)
	}
	if again, err := d.Revert(t.Context(), pondGuild, "garden-ponds", first.Hash, asAlice("")); err != nil || !again.Changed ||
		m.of(pondGuild).publications["garden-ponds"].State != Published {
		t.Errorf("of a withdrawn article: %+v, %v", again, err)
	}
	_, err = d.Revert(t.Context(), shedGuild, "garden-ponds", first.Hash, asAlice(""))
	wants(t, err, article.ErrNotFound)
}

func TestDesk_Revert_unreadable(t *testing.T) {
	d, m := desk(t)
	first := published(t, d, "A pond needs shade.", "")
	second := published(t, d, "A pond needs sun.", first.Hash)
	m.of(pondGuild).revisions[0].Source = "what an earlier version took"
	_, err := d.Revert(t.Context(), pondGuild, "garden-ponds", first.Hash, asAlice(""))
	wants(t, err, article.ErrInvalid, "cannot be read any more")
	if got := m.of(pondGuild).publications["garden-ponds"].Hash; got != second.Hash {
		t.Errorf("at %s", got)
	}
}
