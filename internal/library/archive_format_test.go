package library

import (
	"os"
	"testing"
)

// TestImportOfAnEarlierVersion takes over what a program wrote that knew no right places
// of corrections, and exports it to the same bytes.
func TestImportOfAnEarlierVersion(t *testing.T) {
	data, err := os.ReadFile("testdata/format1.zip")
	if err != nil {
		t.Fatal(err)
	}
	a := opened(t, data)
	if m := a.Manifest(); m.Format != archiveFirst || m.Rows() != 25 {
		t.Errorf("format %d, %d rows", m.Format, m.Rows())
	}
	to := newShelves()
	summary, err := a.Import(t.Context(), to, to, pondGuild, whole(""))
	if added, kept := summary.Totals(); err != nil || !summary.Whole || added != 25 || kept != 0 {
		t.Errorf("whole %v, %d added, %d kept, %v", summary.Whole, added, kept, err)
	}
	if right, there := to.of(pondGuild)["corrections"][0]["right_place"]; !there || right != "" {
		t.Errorf("the right place of a correction is %v", right)
	}
	sameButEntry(t, data, a, to)
}

// TestFormatOfAnArchive wants the first format that has room for all rows.
func TestFormatOfAnArchive(t *testing.T) {
	for name, tc := range map[string]struct {
		right, replaced string
		want            int
	}{
		"without either":     {"", "", archiveFirst},
		"with a right place": {rightPlace("r", 1, 2), "", archiveFormat},
		"with what gave way": {"", `{"golden":[]}`, archiveFormat},
	} {
		s := newShelves()
		s.must(t, pondGuild, "corrections", Row{
			"id": "c", "answer": "", "kind": "", "hash": "", "was_place": "", "right_place": tc.right, "replaced": tc.replaced, "preference": "", "golden": "", "actor": "", "at": int64(1),
		})
		contents, err := Contents(t.Context(), s, pondGuild)
		if got := opened(t, exported(t, s)).Manifest().Format; err != nil || got != tc.want || contents.Format != tc.want {
			t.Errorf("%s: format %d, of the contents %d, want %d, %v", name, got, contents.Format, tc.want, err)
		}
	}
}
