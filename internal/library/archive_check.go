package library

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"verbatim/internal/article"
)

// checker looks at all rows of an archive in the order in which they would be put
// in, and at whether they belong together.
type checker struct {
	archive  *Archive
	warnings []string

	unread    map[string]bool     // files that no row named yet
	texts     map[string]keptText // by revision
	revisions map[[2]string]int64 // by article and hash, the size of the source
	previous  map[string]string   // by table, the key of the row before
	last      Entry
	published int
	size      int64 // of what is published, together
}

// keptText is what is remembered of a canonical text.
type keptText struct {
	hash string
	size int64
}

func newChecker(a *Archive) *checker {
	c := &checker{
		archive: a, unread: map[string]bool{}, texts: map[string]keptText{},
		revisions: map[[2]string]int64{}, previous: map[string]string{},
	}
	for name := range a.files {
		c.unread[name] = true
	}
	delete(c.unread, manifestFile)
	return c
}

// all checks everything.
func (c *checker) all() error {
	if err := c.known(); err != nil {
		return err
	}
	for _, table := range MovedTables() {
		if err := c.table(table); err != nil {
			return err
		}
	}
	if left := slices.Sorted(maps.Keys(c.unread)); len(left) > 0 {
		return archiveProblem(left[0], 0, article.ErrInvalid, "no row of the archive names this file")
	}
	return nil
}

// known refuses files that are not in any archive before anything is unpacked.
func (c *checker) known() error {
	for _, name := range slices.Sorted(maps.Keys(c.unread)) {
		folder, rest, _ := strings.Cut(name, "/")
		if !isArchiveFolder(folder+"/") || rest == "" || strings.ContainsAny(rest, `/\`) {
			return archiveProblem(name, 0, article.ErrInvalid, "the file does not belong into an archive of a library")
		}
	}
	return nil
}

func (c *checker) table(table Table) error {
	name := tableFile(table.Name)
	delete(c.unread, name)
	n, err := c.archive.rows(table, 0, true, func(row tableRow) error {
		if blob, split := blobOf(table.Name); split {
			delete(c.unread, blob.file(row.Row))
		}
		err := c.order(table, row.Row)
		if err == nil {
			err = c.row(table.Name, row)
		}
		if err != nil {
			return archiveFault(name, row.line, err)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if want := c.archive.manifest.Tables[table.Name]; n != want {
		return archiveProblem(name, 0, article.ErrInvalid, "the table has %d rows, and %s says %d", n, manifestFile, want)
	}
	return nil
}

// order refuses a table whose rows are not in the order of an export, or which has a
// row twice: it would not come out again as it went in.
func (c *checker) order(table Table, row Row) error {
	if table.Order != ByKey {
		return nil
	}
	key := row.Text(table.Columns[0].Name)
	if before, ok := c.previous[table.Name]; ok && key <= before {
		return fmt.Errorf("%w: the row %.40q is there twice, or not in its place", article.ErrInvalid, key)
	}
	c.previous[table.Name] = key
	return nil
}

// row checks what a row says.
func (c *checker) row(table string, row tableRow) error {
	switch table {
	case "texts":
		c.texts[row.Text("revision")] = keptText{HashOf(row.Text("canonical")), int64(len(row.Text("canonical")))}
	case "revisions":
		return c.revision(row)
	case "reviews":
		return c.review(row.Row)
	case "golden", "preferences":
		return c.span(row.Row)
	case "synonyms":
		var list []string
		if err := json.Unmarshal([]byte(row.Text("words")), &list); err != nil {
			return fmt.Errorf(`%w: "words" is not a list of texts`, article.ErrInvalid)
		}
		return textsFit("words", list...)
	case "corrections":
		return c.correction(row.Row)
	case "pages":
		body, err := base64.StdEncoding.DecodeString(row.Text("body"))
		if err != nil || HashOf(string(body)) != row.Text("hash") {
			return fmt.Errorf("%w: the hash is not that of the page", article.ErrInvalid)
		}
	case "publications":
		return c.publication(row.Row)
	case "audit":
		e := EntryOf(row.Row)
		err := VerifyTrail(c.archive.manifest.Guild, c.last, []Entry{e})
		c.last = e
		if err != nil {
			return fmt.Errorf("%w: %s", article.ErrInvalid, strings.TrimPrefix(err.Error(), article.ErrConflict.Error()+": "))
		}
	}
	return nil
}

// revision checks that the source is what its hash says, and that the text that
// quotes are cut from is that of the source.
func (c *checker) revision(row tableRow) error {
	key, hash, source := row.Text("article"), row.Text("hash"), row.Text("source")
	text, kept := c.texts[row.Text("revision")]
	_, twice := c.revisions[[2]string{key, hash}]
	switch {
	case HashOf(source) != hash:
		return fmt.Errorf("%w: the hash is not that of the source", article.ErrInvalid)
	case len(source) > MaxArticleSource:
		return fmt.Errorf("%w: the article has %d bytes, and the limit is %d", article.ErrTooLarge, len(source), MaxArticleSource)
	case !kept:
		return fmt.Errorf("%w: the canonical text %.12s of the revision is missing", article.ErrInvalid, row.Text("revision"))
	case twice:
		return fmt.Errorf("%w: the revision %.12s of %q is there twice", article.ErrInvalid, hash, key)
	}
	c.revisions[[2]string{key, hash}] = int64(len(source))
	parsed, err := article.Parse([]byte(source), article.Options{File: key})
	switch {
	case err != nil:
		first, _, _ := strings.Cut(err.Error(), "\n")
		c.warn("Revision %s of %s cannot be read by this version of the program: %s", short(hash), key, first)
	case string(parsed.Revision) != row.Text("revision"):
		c.warn("Revision %s of %s was read otherwise by the version of the program that published it.", short(hash), key)
	case HashOf(parsed.Canonical) != text.hash:
		return fmt.Errorf("%w: the canonical text of the revision is not that of its source", article.ErrInvalid)
	}
	return nil
}

// maxWarnings is how many warnings are kept.
const maxWarnings = 100

func (c *checker) warn(format string, args ...any) {
	if len(c.warnings) < maxWarnings {
		c.warnings = append(c.warnings, fmt.Sprintf(format, args...))
	}
}

func (c *checker) review(row Row) error {
	for _, column := range []string{"on_day", "next"} {
		if text := row.Text(column); text != "" {
			if _, err := article.ParseDate(text); err != nil {
				return fmt.Errorf("%w: %q is not a date", article.ErrInvalid, column)
			}
		}
	}
	return nil
}

// span checks that a piece of a text lies in it. Texts that came with the program
// are not in the archive.
func (c *checker) span(row Row) error {
	start, end := row.Number("start_at"), row.Number("end_at")
	text, kept := c.texts[row.Text("revision")]
	if start < 0 || end < start || (kept && end > text.size) {
		return fmt.Errorf("%w: bytes %d to %d are not in the text", article.ErrInvalid, start, end)
	}
	return nil
}

func (c *checker) publication(row Row) error {
	key, hash := row.Text("article"), row.Text("hash")
	own, _ := row["own"].(bool)
	state := State(row.Text("state"))
	size, kept := c.revisions[[2]string{key, hash}]
	switch {
	case !own && (state == Hidden || state == Published) && hash == "":
		return nil
	case !own || (state != Published && state != Withdrawn):
		return fmt.Errorf("%w: %q cannot be %.40q at revision %.12q", article.ErrInvalid, key, state, hash)
	case !kept:
		return fmt.Errorf("%w: %q is at revision %.12s, which is not in the archive", article.ErrInvalid, key, hash)
	}
	if state == Published {
		c.published++
		c.size += size
	}
	switch {
	case c.published > MaxArticles:
		return fmt.Errorf("%w: the library has more than %d articles", article.ErrTooLarge, MaxArticles)
	case c.size > MaxShelf:
		return fmt.Errorf("%w: the articles of the library have more than %d MiB together", article.ErrTooLarge, MaxShelf>>20)
	}
	return c.copyOf(key, hash)
}

// copyOf checks the file that people read in place of a revision. Whoever changed it
// would see no change.
func (c *checker) copyOf(key, hash string) error {
	name := articleFile(key)
	delete(c.unread, name)
	content, err := c.archive.read(name, MaxArticleSource)
	if err != nil {
		return err
	}
	if HashOf(string(content)) != hash {
		return archiveProblemFix(name, article.ErrInvalid, "the file was changed", "publish the changed text as an article instead")
	}
	return nil
}
