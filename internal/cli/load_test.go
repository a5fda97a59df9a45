package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/internal/article"
)

const pond = "---\ntitle: Garden ponds\nauthor: Sam Roe\nupdated: 2021-05-06\n---\n\nA pond needs shade.\n"

// load reads paths and returns the titles and the lines of the error.
func load(paths ...string) (titles, faults []string) {
	p, _, _ := program("")
	all, err := p.loadArticles(paths)
	for _, a := range all {
		titles = append(titles, a.Meta.Title)
	}
	if err != nil {
		faults = strings.Split(err.Error(), "\n")
	}
	return titles, faults
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func link(t *testing.T, to, path string) {
	t.Helper()
	if err := os.Symlink(to, path); err != nil {
		t.Skip(err)
	}
}

// TestLoad_faults wants every fault of a folder, by the whole name of its file.
func TestLoad_faults(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/a.md", pond)
	link(t, "nowhere", dir+"/ab.md")
	write(t, dir+"/b.md", "---\ntitel: B\n---\nText.\n")
	write(t, dir+"/c.txt", "")
	link(t, ".", dir+"/loop.md")
	write(t, dir+"/sub/again.md", strings.Replace(pond, "ponds", "Ponds!", 1))
	write(t, dir+"/.hidden/x.md", "no article")
	if err := os.Truncate(dir+"/c.txt", 3<<30); err != nil { // a sparse file
		t.Skip(err)
	}
	_, faults := load(dir)
	want := []string{
		dir + "/ab.md: there is no such file or folder; ",
		dir + "/b.md:1:1: the front matter has no title",
		dir + "/b.md:1:1: the front matter has no author",
		dir + "/b.md:1:1: the front matter has no updated",
		dir + `/b.md:2:1: there is no key "titel"`,
		dir + "/c.txt: the document has 3221225472 bytes and the limit is 2097152; split it",
		dir + `/sub/again.md:2: the title "Garden Ponds!" is also that of ` + dir + `/a.md ("Garden ponds"), which gives both the name garden-ponds; change one`,
	}
	if len(faults) != len(want) {
		t.Fatalf("faults:\n%s", strings.Join(faults, "\n"))
	}
	for i, fault := range faults {
		if !strings.HasPrefix(fault, want[i]) {
			t.Errorf("%q, want %q", fault, want[i])
		}
	}
}

func TestLoad_paths(t *testing.T) {
	dir := t.TempDir()
	write(t, dir+"/a.md", pond)
	write(t, dir+"/raw", "Sheds\n\nBy Sam Roe\n\nUpdated May 6, 2021\n\nA shed keeps tools dry.\n\nShare\n")
	link(t, dir+"/a.md", dir+"/link.md")
	if titles, faults := load(dir+"/link.md", dir+"/raw"); len(faults) > 0 || strings.Join(titles, "|") != "Garden ponds|Sheds" {
		t.Errorf("%q, %q", titles, faults)
	}
	for path, want := range map[string]string{
		os.DevNull:      ": it is not a regular file; save",
		dir + "/none":   ": there is no such file or folder; correct",
		"./" + "none\n": ": there is no such file or folder; correct",
	} {
		if _, faults := load(path); !strings.HasPrefix(strings.Join(faults, "\n"), path+want) {
			t.Errorf("%s: %q", path, faults)
		}
	}
	if _, faults := load(dir+"/a.md", dir+"/./a.md"); len(faults) != 1 || !strings.HasSuffix(faults[0], "a.md: the file is read twice; name it once") {
		t.Errorf("%q", faults)
	}
}

// guarded is a file system that refuses some names.
type guarded struct {
	fstest.MapFS
	refuses string
}

func (g guarded) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, g.refuses) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return g.MapFS.Open(name)
}

// ReadDir hides the one of MapFS, which would not be refused.
func (g guarded) ReadDir(name string) ([]fs.DirEntry, error) {
	f, err := g.Open(name)
	if err != nil {
		return nil, err
	}
	dir, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, fs.ErrInvalid
	}
	return dir.ReadDir(-1)
}

func TestLoad_permissions(t *testing.T) {
	files := fstest.MapFS{"0.md": {Data: []byte(pond)}, "d/1.md": {Data: []byte("bad")}, "z.md": {Data: []byte("bad")}}
	for refused, want := range map[string]string{
		"0.md": "D/0.md: it may not be read; change its permissions, or leave it out",
		"d":    "D/d: it may not be read; change its permissions, or leave it out",
		".":    "D/.: it may not be read; change its permissions, or leave it out",
	} {
		l := loader{}
		l.folder(guarded{files, refused}, func(name string) string { return "D/" + name })
		found := false
		for _, err := range l.errs {
			found = found || err.Error() == want && errors.Is(err, article.ErrUnavailable)
		}
		if !found || refused != "." && len(l.errs) < 2 {
			t.Errorf("%s: %v", refused, l.errs)
		}
	}
}

func TestReadAtMost_grows(t *testing.T) {
	files := fstest.MapFS{"a": {Data: []byte("12345")}}
	info, err := files.Stat("a")
	if err != nil {
		t.Fatal(err)
	}
	files["a"].Data = []byte("1234567")
	open := func() (fs.File, error) { return files.Open("a") }
	if _, err := readAtMost(6, info, open); !errors.Is(err, article.ErrTooLarge) {
		t.Errorf("error %v", err)
	}
	if src, err := readAtMost(7, info, open); string(src) != "1234567" {
		t.Errorf("%q, %v", src, err)
	}
}

// TestShowReportsTheImport wants what an import left out in what people read and
// not in the canonical text.
func TestShowReportsTheImport(t *testing.T) {
	path := t.TempDir() + "/raw.txt"
	write(t, path, "Sheds\n\nBy Sam Roe\n\nMay 6, 2021\n\nA shed keeps tools dry.\n\nCite this Article\n")
	p, out, errs := program("")
	if code := p.Run(t.Context(), []string{"verbatim", "articles", "show", "--articles", path}); code != exitOK {
		t.Fatal("exit", code, errs)
	}
	for _, want := range []string{
		"Note: A date without a label, 2021-05-06, is taken for the last update.\n",
		"Note: Line 9: \"Cite this Article\" is left out: a link to a citation tool.\n",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	p, out, _ = program("")
	if code := p.Run(t.Context(), []string{"verbatim", "articles", "show", "--canonical", "--articles", path}); code != exitOK || out.String() != "A shed keeps tools dry." {
		t.Errorf("exit %d, %q", code, out)
	}
}
