package library

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/article"
)

// TestAnUploadIsNeverTakenOverWhole: an archive of the own guild, whose trail goes on
// from that of the guild, brings neither its trail nor its settings along unless whoever
// runs the bot wants that.
func TestAnUploadIsNeverTakenOverWhole(t *testing.T) {
	from := fullShelves(t)
	if err := from.Note(t.Context(), pondGuild, Entry{Action: "article.withdrawn", Subject: "garden-ponds"}, Act{Actor: "999"}); err != nil {
		t.Fatal(err)
	}
	data := exported(t, from)
	for name, there := range map[string]*shelves{"an empty server": newShelves(), "a server with the trail so far": fullShelves(t)} {
		before := len(there.of(pondGuild)["audit"])
		settings := slices.Clone(there.of(pondGuild)["settings"])
		a := opened(t, data)
		summary, err := a.Import(t.Context(), there, there, pondGuild, ImportOptions{Act: asAlice("")})
		if err != nil || summary.Whole {
			t.Fatalf("%s: whole %v, %v", name, summary.Whole, err)
		}
		trail := there.of(pondGuild)["audit"]
		if e := EntryOf(trail[len(trail)-1]); len(trail) != before+1 || e.Action != ImportAction || e.Actor != alice || e.After != a.Hash() {
			t.Errorf("%s: the trail ends with %+v after %d entries", name, e, len(trail))
		}
		if !cmp.Equal(settings, there.of(pondGuild)["settings"]) {
			t.Errorf("%s: the settings came along", name)
		}
	}
	if _, err := opened(t, data).Import(t.Context(), newShelves(), newShelves(), pondGuild,
		ImportOptions{Act: asAlice(""), From: `{"whole":true,"added":{},"kept":{}}`}); !errors.Is(err, article.ErrInvalid) {
		t.Errorf("a cursor of a whole import: %v", err)
	}
}

// TestPagesOfNoWatchStayOut of an import, also of one that is whole.
func TestPagesOfNoWatchStayOut(t *testing.T) {
	from := fullShelves(t)
	from.must(t, pondGuild, "pages", Row{"hash": HashOf("a step of a dialog"), "body": "YSBzdGVwIG9mIGEgZGlhbG9n", "at": int64(1)})
	data := exported(t, from)
	for guild, want := range map[string]int{pondGuild: 1, shedGuild: 0} {
		to := newShelves()
		if _, err := opened(t, data).Import(t.Context(), to, to, guild, whole("")); err != nil {
			t.Fatal(err)
		}
		if pages := to.of(guild)["pages"]; len(pages) != want {
			t.Errorf("%s: %d pages came along, want %d", guild, len(pages), want)
		}
	}
}

// TestImportKeepsToTheLimits: what would be more than a guild may keep is refused before
// anything is written; the last one that has room is taken, and so is what is there.
func TestImportKeepsToTheLimits(t *testing.T) {
	rows := func(s *shelves, guild, table, prefix string, n int) {
		for i := range n {
			row := map[string]Row{
				"drafts":      {"title": "T", "source": "x", "base": "", "actor": alice, "at": int64(1)},
				"golden":      {"question": "?", "expect": "abstain", "article": "", "revision": "", "tier": "", "actor": alice, "start_at": int64(0), "end_at": int64(0), "at": int64(1)},
				"preferences": {"question": "?", "article": "", "revision": "", "actor": alice, "start_at": int64(0), "end_at": int64(0), "at": int64(1)},
			}[table]
			row["id"] = fmt.Sprintf("%s%05d", prefix, i)
			s.must(t, guild, table, row)
		}
	}
	for table, tc := range map[string]struct {
		most int
		says string
	}{
		"drafts":      {MaxDrafts, "this server would have 26 drafts, and the limit is 25; delete 1 of them here first"},
		"golden":      {MaxGolden, "this server would have 501 tests, and the limit is 500; delete 1 of them here first"},
		"preferences": {MaxPreferences, "this server would have 1001 preferred passages, and the limit is 1000; delete 1 of them here first"},
	} {
		t.Run(table, func(t *testing.T) {
			from := newShelves()
			from.publish(t, pondGuild, "garden-ponds", essay("Garden ponds", "A pond needs shade."))
			rows(from, pondGuild, table, "a", 3)
			data := exported(t, from)
			to := newShelves()
			rows(to, shedGuild, table, "b", tc.most-3)
			rows(to, shedGuild, table, "a", 1)
			if _, err := opened(t, data).Import(t.Context(), to, to, shedGuild, whole("")); err != nil {
				t.Errorf("up to the limit: %v", err)
			}
			if _, err := opened(t, data).Import(t.Context(), to, to, shedGuild, whole("")); err != nil {
				t.Errorf("again at the limit: %v", err)
			}
			full := newShelves()
			rows(full, shedGuild, table, "b", tc.most-2)
			_, err := opened(t, data).Import(t.Context(), full, full, shedGuild, whole(""))
			if !errors.Is(err, article.ErrTooLarge) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("beyond the limit: %v", err)
			}
			if _, err := opened(t, data).Look(t.Context(), full, shedGuild); !errors.Is(err, article.ErrTooLarge) {
				t.Errorf("looking: %v", err)
			}
			if all := full.of(shedGuild); len(all["audit"])+len(all["publications"])+len(all["revisions"]) != 0 || len(all[table]) != tc.most-2 {
				t.Error("something was written")
			}
		})
	}
	if err := Room("drafts", 0, MaxDrafts+1); err == nil || !strings.Contains(err.Error(), "delete some where the archive comes from") {
		t.Errorf("more than there is room for anywhere: %v", err)
	}
}

func TestLookSaysWhatAnImportWouldDo(t *testing.T) {
	data := exported(t, fullShelves(t))
	to := newShelves()
	to.publish(t, shedGuild, "garden-ponds", essay("Garden ponds", "Another text."))
	before := len(to.of(shedGuild))
	got, err := opened(t, data).Look(t.Context(), to, shedGuild)
	if err != nil {
		t.Fatal(err)
	}
	want := Outlook{
		Guild: pondGuild, Articles: []string{"池"}, Hidden: []string{"shipped-one"}, Kept: 1,
		Added: map[string]int64{"publications": 2, "golden": 1, "bank": 1, "synonyms": 1, "preferences": 1, "drafts": 1},
	}
	if diff := cmp.Diff(want, got); diff != "" || len(to.of(shedGuild)) != before {
		t.Error(diff)
	}
}
