package library

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"verbatim/internal/article"
)

// TestHostileArchivesAreRefused changes one thing in a good archive at a time. What is
// refused is named with its file and line.
func TestHostileArchivesAreRefused(t *testing.T) {
	good := exported(t, fullShelves(t))
	for name, tc := range map[string]struct {
		change func(*packed)
		class  error
		says   string
	}{
		"a path out of the folder": {put("../evil.md", "x"), article.ErrInvalid, "../evil.md: "},
		"a path from the root":     {put("/etc/evil", "x"), article.ErrInvalid, "/etc/evil: "},
		"a path within a folder":   {put("articles/../../evil.md", "x"), article.ErrInvalid, "articles/../../evil.md: "},
		"a path of Windows":        {put(`articles/..\evil.md`, "x"), article.ErrInvalid, `articles/..\evil.md: `},
		"a file too many":          {put("readme.txt", "x"), article.ErrInvalid, "readme.txt: "},
		"an article nobody has":    {put("articles/newts.md", "x"), article.ErrInvalid, "articles/newts.md: "},
		"a file twice":             {put("tables/bank.jsonl", "x"), article.ErrInvalid, "tables/bank.jsonl: the archive has two"},
		"no manifest":              {drop("manifest.json"), article.ErrInvalid, "manifest.json: the file is missing"},
		"no table":                 {drop("tables/bank.jsonl"), article.ErrInvalid, "tables/bank.jsonl: the file is missing"},
		"a newer format": {
			edit("manifest.json", `"format": 2`, `"format": 3`),
			article.ErrConflict, "use the newer program",
		},
		"no format":       {edit("manifest.json", `"format": 2`, `"format": 0`), article.ErrInvalid, "manifest.json: "},
		"another table":   {edit("manifest.json", `"bank"`, `"posted"`), article.ErrInvalid, `"posted"`},
		"another count":   {edit("manifest.json", `"bank": 1`, `"bank": 2`), article.ErrInvalid, "tables/bank.jsonl: "},
		"another guild":   {edit("manifest.json", pondGuild, shedGuild), article.ErrInvalid, "tables/audit.jsonl:1: "},
		"no JSON":         {fill("manifest.json", "{"), article.ErrInvalid, "manifest.json: "},
		"a line cut":      {edit("tables/settings.jsonl", `"on"}`, `"on`), article.ErrInvalid, "tables/settings.jsonl:2: "},
		"two on a line":   {fill("tables/bank.jsonl", "{} {}"), article.ErrInvalid, "tables/bank.jsonl:1: "},
		"a null":          {fill("tables/bank.jsonl", "null"), article.ErrInvalid, "tables/bank.jsonl:1: "},
		"not UTF-8":       {edit("tables/settings.jsonl", `"on"`, "\"\xff\""), article.ErrInvalid, "tables/settings.jsonl:2: "},
		"a NUL":           {edit("tables/settings.jsonl", `"on"`, `"\u0000"`), article.ErrInvalid, "tables/settings.jsonl:2: "},
		"another type":    {edit("tables/settings.jsonl", `"on"`, `1`), article.ErrInvalid, `tables/settings.jsonl:2: "value"`},
		"a fraction":      {edit("tables/golden.jsonl", `"start_at":0`, `"start_at":0.5`), article.ErrInvalid, "tables/golden.jsonl:1: "},
		"a column less":   {edit("tables/settings.jsonl", `"name":"paused",`, ``), article.ErrInvalid, `tables/settings.jsonl:2: the column "name"`},
		"a column more":   {edit("tables/settings.jsonl", `"name":"paused"`, `"guild":"1","name":"paused"`), article.ErrInvalid, `"guild"`},
		"an empty key":    {edit("tables/bank.jsonl", `"b1"`, `""`), article.ErrInvalid, "tables/bank.jsonl:1: "},
		"a long key":      {edit("tables/bank.jsonl", `b1`, strings.Repeat("b", 513)), article.ErrTooLarge, "tables/bank.jsonl:1: "},
		"out of order":    {edit("tables/settings.jsonl", `"paused"`, `"a"`), article.ErrInvalid, "tables/settings.jsonl:2: "},
		"a text in a row": {edit("tables/texts.jsonl", `{`, `{"canonical":"x",`), article.ErrInvalid, "tables/texts.jsonl:1: "},
		"another source":  {editHolding("revisions/", "<b>depth</b>", "needs", "need"), article.ErrInvalid, "tables/revisions.jsonl:2: the hash"},
		"another copy":    {edit("articles/garden-ponds.md", "needs", "need"), article.ErrInvalid, "articles/garden-ponds.md: the file was changed"},
		"another text": {
			editHolding("texts/", "by another name", "another", "no"),
			article.ErrInvalid, "tables/revisions.jsonl:3: the canonical text",
		},
		"another page": {editHolding("pages/", "html", "html", "HTML"), article.ErrInvalid, "tables/pages.jsonl:1: the hash"},
		"no source":    {dropHolding("revisions/", "another name"), article.ErrInvalid, "revisions/"},
		"a span beyond the text": {
			edit("tables/preferences.jsonl", `"end_at":`, `"end_at":9`),
			article.ErrInvalid, "tables/preferences.jsonl:1: ",
		},
		"a span backwards": {
			edit("tables/preferences.jsonl", `"start_at":0`, `"start_at":99`),
			article.ErrInvalid, "tables/preferences.jsonl:1: ",
		},
		"words of another form": {
			edit("tables/synonyms.jsonl", `[\"pond\",\"pool\"]`, `{}`),
			article.ErrInvalid, "tables/synonyms.jsonl:1: ",
		},
		"a right place of another form": {
			edit("tables/corrections.jsonl", `"right_place":"{`, `"right_place":"[{`),
			article.ErrInvalid, "tables/corrections.jsonl:2: ",
		},
		"a right place that is null": {
			fill("tables/corrections.jsonl", strings.ReplaceAll(
				`{"id":"c1",REST,"right_place":""}`+"\n"+`{"id":"c2",REST,"right_place":"null"}`, "REST",
				`"answer":"","kind":"","preference":"","golden":"","actor":"","at":1`)),
			article.ErrInvalid, "tables/corrections.jsonl:2: ",
		},
		"a right place beyond the text": {
			edit("tables/corrections.jsonl", `\"end\":`, `\"end\":9`),
			article.ErrInvalid, "tables/corrections.jsonl:2: ",
		},
		"a right place that is no text": {
			edit("tables/corrections.jsonl", `"right_place":"{`, `"right_place":7,"kind":"{`),
			article.ErrInvalid, `tables/corrections.jsonl:2: "right_place"`,
		},
		"a place that was quoted backwards": {
			edit("tables/corrections.jsonl", `"was_place":"{`, `"was_place":"{\"end\":0,\"start\":1,\"revision\":\"\"}","kind":"{`),
			article.ErrInvalid, "tables/corrections.jsonl:2: ",
		},
		"what gave way in another form": {
			edit("tables/corrections.jsonl", `"replaced":"{`, `"replaced":"[{`),
			article.ErrInvalid, `tables/corrections.jsonl:2: "replaced" is not a list`,
		},
		"what gave way without an id": {
			edit("tables/corrections.jsonl", `\"ID\":\"g0\"`, `\"ID\":\"\"`),
			article.ErrInvalid, `tables/corrections.jsonl:2: "replaced" is empty`,
		},
		"what gave way with a NUL": {
			edit("tables/corrections.jsonl", `\"Expect\":\"abstain`, `\"Expect\":\"\\u0000`),
			article.ErrInvalid, `tables/corrections.jsonl:2: "replaced" is not UTF-8`,
		},
		"what gave way backwards": {
			edit("tables/corrections.jsonl", `\"End\":9`, `\"End\":-9`),
			article.ErrInvalid, "tables/corrections.jsonl:2: ",
		},
		"a day that is none": {
			edit("tables/reviews.jsonl", "2030-01-01", "2030-13-01"),
			article.ErrInvalid, "tables/reviews.jsonl:2: ",
		},
		"a revision nobody has": {edit("tables/publications.jsonl", `"hash":"`, `"hash":"00`), article.ErrInvalid, "tables/publications.jsonl:1: "},
		"another state": {
			edit("tables/publications.jsonl", `"published"`, `"hidden"`),
			article.ErrInvalid, "tables/publications.jsonl:1: ",
		},
		"an entry changed": {
			edit("tables/audit.jsonl", `"reason":""`, `"reason":"x"`),
			article.ErrInvalid, "tables/audit.jsonl:1: ",
		},
		"an entry left out": {func(p *packed) {
			_, rest, _ := strings.Cut(p.content["tables/audit.jsonl"], "\n")
			p.content["tables/audit.jsonl"] = rest
		}, article.ErrInvalid, "tables/audit.jsonl:1: "},
	} {
		t.Run(name, func(t *testing.T) {
			p := unpack(t, good)
			tc.change(p)
			data := p.pack()
			_, err := OpenArchive(bytes.NewReader(data), int64(len(data)))
			if !errors.Is(err, tc.class) || !strings.Contains(err.Error(), tc.says) {
				t.Errorf("%v, want %v with %q", err, tc.class, tc.says)
			}
		})
	}
}

// TestHonestChangesAreTaken is the look-alike: packing an archive anew, with another
// order of files and with folders, loses nothing.
func TestHonestChangesAreTaken(t *testing.T) {
	good := exported(t, fullShelves(t))
	p := unpack(t, good)
	p.names = append([]string{"tables/", "articles/"}, append(p.names[9:], p.names[:9]...)...)
	p.content["tables/"], p.content["articles/"] = "", ""
	to := newShelves()
	a := opened(t, p.pack())
	if _, err := a.Import(t.Context(), to, to, pondGuild, whole("")); err != nil {
		t.Fatal(err)
	}
	sameButEntry(t, good, a, to)
}

func TestCutArchivesAreRefused(t *testing.T) {
	good := exported(t, fullShelves(t))
	for n := 0; n < len(good); n += 7 {
		if _, err := OpenArchive(bytes.NewReader(good[:n]), int64(n)); !errors.Is(err, article.ErrInvalid) {
			t.Fatalf("the first %d bytes: %v", n, err)
		}
	}
}

// TestDamagedArchivesAreRefused turns one bit at a time: either the archive is refused,
// or what it says is the same.
func TestDamagedArchivesAreRefused(t *testing.T) {
	good := exported(t, fullShelves(t))
	refused := 0
	for n := 0; n < len(good); n += 17 {
		data := bytes.Clone(good)
		data[n] ^= 1 << (n % 8)
		a, err := OpenArchive(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			refused++
			continue
		}
		to := newShelves()
		if _, err := a.Import(t.Context(), to, to, pondGuild, whole("")); err != nil {
			t.Fatal(err)
		}
		if sameButEntry(t, good, a, to); t.Failed() {
			t.Fatalf("byte %d was changed, and nobody noticed", n)
		}
	}
	if refused == 0 {
		t.Error("no change was noticed")
	}
}

// TestBombsAreRefused: neither what an archive says of its size nor what it really
// unpacks to can fill the memory.
func TestBombsAreRefused(t *testing.T) {
	if _, err := OpenArchive(strings.NewReader(""), MaxArchive+1); !errors.Is(err, article.ErrTooLarge) {
		t.Errorf("a large file: %v", err)
	}
	p := unpack(t, exported(t, fullShelves(t)))
	p.content["tables/bank.jsonl"] = strings.Repeat(" ", maxArchiveLine+1)
	data := p.pack()
	_, err := OpenArchive(bytes.NewReader(data), int64(len(data)))
	if !errors.Is(err, article.ErrTooLarge) || !strings.Contains(err.Error(), "tables/bank.jsonl:1: ") {
		t.Errorf("a long line: %v", err)
	}
	p.content["manifest.json"] = strings.Repeat(" ", maxManifest+1)
	data = p.pack()
	if _, err := OpenArchive(bytes.NewReader(data), int64(len(data))); !errors.Is(err, article.ErrTooLarge) {
		t.Errorf("a large manifest: %v", err)
	}
	if _, err := scanZip(strings.NewReader(strings.Repeat(directoryEntry+strings.Repeat("x", 42), maxArchiveFiles+1))); !errors.Is(err, article.ErrTooLarge) {
		t.Errorf("many files: %v", err)
	}
}

// TestWhatIsReadIsCounted: a file that says less of its size than it has is found out
// while it is read.
func TestWhatIsReadIsCounted(t *testing.T) {
	a := opened(t, exported(t, fullShelves(t)))
	a.budget = 10
	if _, err := a.read("articles/garden-ponds.md", MaxArticleSource); !errors.Is(err, article.ErrTooLarge) {
		t.Error(err)
	}
}

// TestTextsOfOtherParsersAreWarnings: what an earlier program could read is kept,
// although this one cannot read it.
func TestTextsOfOtherParsersAreWarnings(t *testing.T) {
	s := newShelves()
	source := "no front matter at all"
	at := noon().UnixMilli()
	s.must(t, pondGuild, "texts", Row{"revision": "r1", "canonical": source})
	s.must(t, pondGuild, "revisions", Row{
		"article": "old", "hash": HashOf(source), "revision": "r1", "title": "Old", "source": source, "actor": alice, "note": "", "at": at,
	})
	a := opened(t, exported(t, s))
	if len(a.Warnings()) != 1 || !strings.Contains(a.Warnings()[0], "old") {
		t.Errorf("%q", a.Warnings())
	}
}

// FuzzOpenArchive: no archive makes it panic, and what it accepts can be imported and
// comes back out.
func FuzzOpenArchive(f *testing.F) {
	f.Add(exported(f, fullShelves(f)))
	f.Add(exported(f, newShelves()))
	f.Add([]byte("PK\x05\x06" + strings.Repeat("\x00", 18)))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := OpenArchive(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		to := newShelves()
		guild := a.Manifest().Guild
		if _, err := a.Import(t.Context(), to, to, guild, whole("")); errors.Is(err, article.ErrTooLarge) {
			return // more drafts than a server may keep
		} else if err != nil {
			t.Fatal(err)
		}
		if _, err := Export(t.Context(), to, guild, io.Discard); err != nil {
			t.Fatal(err)
		}
	})
}

// TestAnArchiveOfMoreThanAShelfIsRefused before anything of it is put in.
func TestAnArchiveOfMoreThanAShelfIsRefused(t *testing.T) {
	for name, tc := range map[string]struct {
		state State
		last  int64 // bytes of the second article
		want  bool
	}{
		"as much as fits": {Published, MaxShelf / 2, false},
		"a byte more":     {Published, MaxShelf/2 + 1, true},
		"withdrawn":       {Withdrawn, MaxShelf, false},
	} {
		t.Run(name, func(t *testing.T) {
			c := newChecker(&Archive{})
			check := func(key string, state State, size int64) error {
				c.revisions[[2]string{key, "h"}] = size
				return c.publication(Row{"article": key, "state": string(state), "own": true, "hash": "h"})
			}
			first := check("one", Published, MaxShelf/2)
			second := check("two", tc.state, tc.last)
			if errors.Is(first, article.ErrTooLarge) || errors.Is(second, article.ErrTooLarge) != tc.want {
				t.Errorf("the first article: %v; the second: %v", first, second)
			}
		})
	}
}
