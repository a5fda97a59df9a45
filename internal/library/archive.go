package library

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"

	"verbatim/internal/article"
)

// An archive is a guild's whole library in one zip file:
//
//	manifest.json           the format, the guild, and how many rows each table has
//	articles/KEY.md         the current text of each own article, for people to read
//	revisions/HASH.md       the text of each revision
//	texts/REVISION.txt      the canonical text that quotes are cut from
//	pages/HASH.bin          each web page as it was fetched
//	tables/NAME.jsonl       everything else: a row of a table a line
//
// The same library gives the same bytes, whichever engine it is kept in: files and
// rows have a fixed order, and no time of the export is noted. What members did is
// not in it: no posted answers, votes, missed questions or counts.

// The versions of that form. Format 2 has columns that format 1 has not; an archive in
// which all of them are empty is in format 1, so that a library that was exported by a
// program of then is exported to the same bytes.
const (
	archiveFirst  = 1
	archiveFormat = 2
)

// Limits of an archive, which keep a hostile one from filling memory or disk.
const (
	MaxArchive      = 64 << 20 // bytes of the zip file
	maxUnpacked     = 1 << 30  // bytes of all that is read from it
	maxArchiveRows  = 200_000
	maxArchiveFiles = 500_000
	maxArchiveFile  = MaxPage  // bytes of one text or page
	maxArchiveLine  = 16 << 20 // bytes of one row
	maxManifest     = 64 << 10
)

const manifestFile = "manifest.json"

// Manifest says what is in an archive.
type Manifest struct {
	Format int              `json:"format"`
	Guild  string           `json:"guild"`
	Tables map[string]int64 `json:"tables"` // rows of each
}

// Rows is how many rows all tables have.
func (m Manifest) Rows() (total int64) {
	for _, n := range m.Tables {
		total += n
	}
	return total
}

// tableFile is the name of the file with a table's rows.
func tableFile(table string) string { return "tables/" + table + ".jsonl" }

// A blob is a column that is kept in a file of its own instead of in its row.
type blob struct {
	column, folder, extension string
	name                      string // the column that names the file
	base64                    bool   // the file holds what the column's base64 stands for
}

// blobOf returns the column of a table that is kept in files.
func blobOf(table string) (blob, bool) {
	switch table {
	case "texts":
		return blob{column: "canonical", folder: "texts/", extension: ".txt", name: "revision"}, true
	case "revisions":
		return blob{column: "source", folder: "revisions/", extension: ".md", name: "hash"}, true
	case "pages":
		return blob{column: "body", folder: "pages/", extension: ".bin", name: "hash", base64: true}, true
	}
	return blob{}, false
}

// file names the file of a row.
func (b blob) file(row Row) string { return b.folder + fileName(row.Text(b.name)) + b.extension }

// articleFile names the file with the current text of an article.
func articleFile(key string) string { return "articles/" + fileName(key) + ".md" }

// maxFileName is how long a part of a file's name may be, which every file system takes.
const maxFileName = 200

// fileName makes a name that is safe on every file system from a key: letters,
// digits and "-" stay, other bytes become %XX. Different keys have different names.
func fileName(key string) string {
	var b strings.Builder
	for _, r := range key {
		if r == '-' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			b.WriteRune(r)
			continue
		}
		for _, c := range []byte(string(r)) {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	name := b.String()
	switch {
	case len(name) > maxFileName:
		return "%-" + HashOf(key)
	case isDevice(name):
		return fmt.Sprintf("%%%02X", name[0]) + name[1:]
	}
	return name
}

// isDevice reports whether Windows takes a file of that name for a device.
// Source: https://learn.microsoft.com/windows/win32/fileio/naming-a-file
func isDevice(name string) bool {
	switch name = strings.ToLower(name); name {
	case "con", "prn", "aux", "nul":
		return true
	}
	digit, ok := strings.CutPrefix(name, "com")
	if !ok {
		digit, ok = strings.CutPrefix(name, "lpt")
	}
	n, err := strconv.Atoi(digit)
	return ok && err == nil && n >= 0 && n <= 9
}

// archiveFault places an error in a file of an archive.
func archiveFault(file string, line int, err error) error {
	if _, placed := errors.AsType[*article.Problem](err); placed {
		return err
	}
	class := article.ErrInvalid
	for _, c := range []error{article.ErrTooLarge, article.ErrConflict, article.ErrUnavailable} {
		if errors.Is(err, c) {
			class = c
		}
	}
	message := strings.TrimPrefix(err.Error(), class.Error()+": ")
	switch {
	case errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrAlgorithm), errors.Is(err, io.ErrUnexpectedEOF):
		message = "the file is damaged"
	}
	return &article.Problem{File: file, Line: line, Message: message, Fix: exportAgain, Class: class}
}

// exportAgain is what to do about an archive that is not as it was written.
const exportAgain = "export the library again"

// archiveProblem is a fault of an archive in its own words.
func archiveProblem(file string, line int, class error, format string, args ...any) error {
	return &article.Problem{File: file, Line: line, Message: fmt.Sprintf(format, args...), Fix: exportAgain, Class: class}
}

// archiveProblemFix is archiveProblem with another cure.
func archiveProblemFix(file string, class error, message, fix string) error {
	return &article.Problem{File: file, Message: message, Fix: fix, Class: class}
}
