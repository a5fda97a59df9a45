package library

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"verbatim/internal/article"
)

func TestArchiveHoldsTheLibrary(t *testing.T) {
	s := fullShelves(t)
	data := exported(t, s)
	if again := exported(t, s); !bytes.Equal(data, again) {
		t.Error("the same library gave other bytes")
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, f := range z.File {
		names[f.Name] = true
	}
	for _, want := range []string{"manifest.json", "articles/garden-ponds.md", "articles/池.md", "tables/audit.jsonl", "tables/reviews.jsonl"} {
		if !names[want] {
			t.Errorf("%s is missing", want)
		}
	}
	a := opened(t, data)
	if got := a.Manifest().Rows(); got != 26 || len(a.Warnings()) != 0 {
		t.Errorf("%d rows, warnings %q", got, a.Warnings())
	}
}

func TestImportIntoItsOwnGuildIsWhole(t *testing.T) {
	data := exported(t, fullShelves(t))
	to := newShelves()
	summary, err := opened(t, data).Import(t.Context(), to, to, pondGuild, whole(""))
	if err != nil {
		t.Fatal(err)
	}
	if added, kept := summary.Totals(); !summary.Whole || added != 26 || kept != 0 {
		t.Errorf("whole %v, %d added, %d kept", summary.Whole, added, kept)
	}
	sameButEntry(t, data, opened(t, data), to)
	again, err := opened(t, data).Import(t.Context(), to, to, pondGuild, whole(""))
	if added, kept := again.Totals(); err != nil || added != 0 || kept != 26 {
		t.Errorf("again: %d added, %d kept, %v", added, kept, err)
	}
	sameButEntry(t, data, opened(t, data), to)
}

// whole are the options of an import that takes over as much as it can.
func whole(reason string) ImportOptions { return ImportOptions{Act: asAlice(reason), Whole: true} }

// sameButEntry wants a library that an archive was imported into to be exported to the
// same bytes, but for as many entries at the end of its trail, which say who did that.
func sameButEntry(t testing.TB, want []byte, a *Archive, to *shelves) {
	t.Helper()
	trail := to.of(pondGuild)["audit"]
	end := EntryOf(trail[len(trail)-1])
	if end.Action != ImportAction || end.Actor != alice || end.After != a.Hash() {
		t.Errorf("the trail ends with %+v", end)
	}
	to.of(pondGuild)["audit"] = trail[:len(trail)-1]
	if !bytes.Equal(want, exported(t, to)) {
		t.Error("what was imported exports as other bytes")
	}
	to.of(pondGuild)["audit"] = trail
}

// TestImportElsewhere: another guild, and a guild with a trail of its own, get the
// library without what belongs to the guild it comes from, and one entry of their own.
func TestImportElsewhere(t *testing.T) {
	data := exported(t, fullShelves(t))
	for _, guild := range []string{shedGuild, pondGuild} {
		to := newShelves()
		to.publish(t, guild, "garden-ponds", essay("Garden ponds", "Another text."))
		before := to.of(guild)["publications"][0]
		for run := range 2 {
			a := opened(t, data)
			summary, err := a.Import(t.Context(), to, to, guild, whole("moved"))
			if err != nil || summary.Whole {
				t.Fatalf("%s: whole %v, %v", guild, summary.Whole, err)
			}
			trail := to.of(guild)["audit"]
			e := EntryOf(trail[len(trail)-1])
			if len(trail) != 2 || e.Action != ImportAction || e.After != a.Hash() || e.Subject != pondGuild || e.Reason != "moved" {
				t.Errorf("%s, run %d: the trail ends with %+v after %d entries", guild, run, e, len(trail))
			}
			if run == 0 && summary.Kept["publications"] != 1 {
				t.Errorf("%s: kept %v", guild, summary.Kept)
			}
		}
		rows := to.of(guild)
		if len(rows["settings"])+len(rows["watches"])+len(rows["proposals"]) != 0 {
			t.Errorf("%s: what belongs to the other guild came along", guild)
		}
		if !cmp.Equal(rows["publications"][0], before) || len(rows["revisions"]) != 4 {
			t.Errorf("%s: %v is current, of %d revisions", guild, rows["publications"][0], len(rows["revisions"]))
		}
	}
}

// TestImportThatFindsMoreLaterIsEnteredAgain: what was removed since and comes back is
// a change, so the trail says so.
func TestImportThatFindsMoreLaterIsEnteredAgain(t *testing.T) {
	data := exported(t, fullShelves(t))
	to := newShelves()
	for run := 1; run <= 2; run++ {
		if _, err := opened(t, data).Import(t.Context(), to, to, shedGuild, whole("")); err != nil {
			t.Fatal(err)
		}
		if n := len(to.of(shedGuild)["audit"]); n != run {
			t.Errorf("run %d: %d entries", run, n)
		}
		delete(to.of(shedGuild), "bank")
	}
}

var errCut = errors.New("the power is cut")

// TestImportGoesOnWhereItStood ends an import before and after each batch, and goes on
// from the last cursor that was written.
func TestImportGoesOnWhereItStood(t *testing.T) {
	from := fullShelves(t)
	for i := range 250 {
		from.must(t, pondGuild, "bank", Row{"id": fmt.Sprintf("x%04d", i), "question": "?", "article": "", "actor": alice, "at": int64(i)})
	}
	data := exported(t, from)
	for guild, entries := range map[string]int{pondGuild: 4, shedGuild: 1} {
		want := newShelves()
		if _, err := opened(t, data).Import(t.Context(), want, want, guild, whole("")); err != nil {
			t.Fatal(err)
		}
		for cut := range 40 {
			to := newShelves()
			summary := importInTwo(t, to, guild, data, cut)
			if !cmp.Equal(want.of(guild), to.of(guild)) {
				t.Fatalf("%s, cut at %d: %s", guild, cut, cmp.Diff(want.of(guild), to.of(guild)))
			}
			if n := len(to.of(guild)["audit"]); n != entries {
				t.Fatalf("%s, cut at %d: %d entries", guild, cut, n)
			}
			if added, _ := summary.Totals(); added == 0 {
				t.Errorf("%s, cut at %d: %+v", guild, cut, summary)
			}
		}
	}
}

// importInTwo cuts an import at its nth step, a batch or a report, and resumes it.
func importInTwo(t *testing.T, to *shelves, guild string, data []byte, cut int) Summary {
	t.Helper()
	steps, cursor := 0, ""
	step := func() error {
		if steps++; steps-1 == cut {
			return errCut
		}
		return nil
	}
	to.fails = step
	report := func(_, _ int64, at string) error {
		if err := step(); err != nil {
			return err // before it was written
		}
		cursor = at
		return nil
	}
	summary, err := opened(t, data).Import(t.Context(), to, to, guild, ImportOptions{Act: asAlice(""), Whole: true, Progress: report})
	if err == nil {
		return summary
	}
	if !errors.Is(err, errCut) {
		t.Fatal(err)
	}
	to.fails = nil
	summary, err = opened(t, data).Import(t.Context(), to, to, guild, ImportOptions{Act: asAlice(""), Whole: true, From: cursor})
	if err != nil {
		t.Fatal(err)
	}
	return summary
}

func TestImportRefusesWhatIsNoCursor(t *testing.T) {
	data := exported(t, fullShelves(t))
	for _, cursor := range []string{"x", "{}", `{"table":-1,"added":{},"kept":{}}`, `{"table":99,"added":{},"kept":{}}`, `{"row":-1,"added":{},"kept":{}}`} {
		to := newShelves()
		_, err := opened(t, data).Import(t.Context(), to, to, pondGuild, ImportOptions{Act: asAlice(""), Whole: true, From: cursor})
		if !errors.Is(err, article.ErrInvalid) || len(to.guilds[pondGuild]) != 0 {
			t.Errorf("%s: %v", cursor, err)
		}
	}
}

func TestImportStopsWithItsContext(t *testing.T) {
	data := exported(t, fullShelves(t))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	to := newShelves()
	if _, err := opened(t, data).Import(ctx, to, to, pondGuild, whole("")); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestArchiveProperty: any library comes back byte for byte.
func TestArchiveProperty(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		from := newShelves()
		key := rapid.StringMatching(`[\p{L}\p{N}a-z%/. -]{1,12}`)
		word := rapid.StringOf(rapid.RuneFrom([]rune("aé池\"\\<&\u2028\u202e\n\r\t 😀")))
		for _, k := range rapid.SliceOfNDistinct(key, 0, 4, rapid.ID[string]).Draw(r, "articles") {
			for range rapid.IntRange(1, 2).Draw(r, "revisions") {
				from.publish(t, pondGuild, k, essay("T", "Text "+rapid.StringMatching(`[a-zäö池 ]{1,20}`).Draw(r, "text")+" "+HashOf(fmt.Sprint(from.guilds))))
			}
		}
		for _, table := range []string{"settings", "bank", "drafts", "watches", "proposals", "corrections"} {
			for _, k := range rapid.SliceOfNDistinct(key, 0, 3, rapid.ID[string]).Draw(r, table) {
				from.must(t, pondGuild, table, drawRow(r, table, k, word))
			}
		}
		data := exported(t, from)
		to := newShelves()
		if _, err := opened(t, data).Import(t.Context(), to, to, pondGuild, whole("")); err != nil {
			r.Fatal(err)
		}
		sameButEntry(t, data, opened(t, data), to)
	})
}

// drawRow makes a row of a table.
func drawRow(r *rapid.T, table, key string, word *rapid.Generator[string]) Row {
	row := Row{}
	described := MovedTables()[slices.Index(newShelves().Tables(), table)]
	for _, c := range described.Columns {
		switch c.Kind {
		case KeyColumn:
			row[c.Name] = key
		case NumberColumn:
			row[c.Name] = rapid.Int64().Draw(r, c.Name)
		case LaterColumn:
			row[c.Name] = rapid.SampledFrom([]string{"", rightPlace("elsewhere", 1, 2)}).Draw(r, c.Name)
		case TruthColumn:
			row[c.Name] = rapid.Bool().Draw(r, c.Name)
		default:
			row[c.Name] = word.Draw(r, c.Name)
		}
	}
	return row
}

func TestFileNamesAreSafeAndDiffer(t *testing.T) {
	for key, want := range map[string]string{
		"garden-ponds": "garden-ponds", "池": "池", "a/b": "a%2Fb", "..": "%2E%2E", `a\b`: "a%5Cb", "a%2Fb": "a%252Fb",
		"con": "%63on", "COM1": "%43OM1", "com12": "com12", "": "", " x ": "%20x%20", "\u202ex": "%E2%80%AEx",
		strings.Repeat("a", 201): "%-" + HashOf(strings.Repeat("a", 201)),
	} {
		if got := fileName(key); got != want {
			t.Errorf("fileName(%q) = %q, want %q", key, got, want)
		}
	}
	seen := map[string]string{}
	rapid.Check(t, func(r *rapid.T) {
		key := rapid.String().Draw(r, "key")
		name := fileName(key)
		if other, taken := seen[name]; taken && other != key {
			r.Fatalf("%q and %q are both %q", key, other, name)
		}
		seen[name] = key
		if strings.ContainsAny(name, "/\\.:*?\"<>|\x00") {
			r.Fatalf("%q gives %q", key, name)
		}
	})
}

func TestContentsCountsWhatIsExported(t *testing.T) {
	s := fullShelves(t)
	m, err := Contents(t.Context(), s, pondGuild)
	if err != nil {
		t.Fatal(err)
	}
	want := maps.Clone(opened(t, exported(t, s)).Manifest().Tables)
	maps.DeleteFunc(want, func(_ string, n int64) bool { return n == 0 })
	if !cmp.Equal(m.Tables, want) {
		t.Error(cmp.Diff(want, m.Tables))
	}
}
