package library

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"verbatim/internal/article"
)

// Archive is an archive that was checked from end to end. It reads from the reader
// that it was opened with, which must not change. It is not safe for concurrent use.
type Archive struct {
	manifest Manifest
	hash     string
	warnings []string
	files    map[string]*zip.File
	budget   int64 // bytes that may still be read
}

// Manifest says what is in the archive.
func (a *Archive) Manifest() Manifest { return a.manifest }

// Hash is the hexadecimal SHA-256 of the zip file.
func (a *Archive) Hash() string { return a.hash }

// Warnings lists what to look at in an archive that can be imported, a sentence each.
func (a *Archive) Warnings() []string { return a.warnings }

// OpenArchive reads and checks an archive of size bytes. Its errors name the file
// and the line: ErrInvalid for an archive that is damaged, or in which something
// does not belong to the rest; ErrTooLarge beyond the limits; ErrConflict for one
// that a newer program wrote.
func OpenArchive(r io.ReaderAt, size int64) (*Archive, error) {
	if size > MaxArchive {
		return nil, fmt.Errorf("%w: the archive has %d bytes, and the limit is %d", article.ErrTooLarge, size, MaxArchive)
	}
	hash, err := scanZip(io.NewSectionReader(r, 0, size))
	if err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // every name is looked at below
		return nil, fmt.Errorf("%w: this is no zip archive, or a part of it is missing; export the library again", article.ErrInvalid)
	}
	a := &Archive{hash: hash, files: map[string]*zip.File{}, budget: maxUnpacked}
	if err := a.list(z.File); err != nil {
		return nil, err
	}
	if err := a.readManifest(); err != nil {
		return nil, err
	}
	c := newChecker(a)
	if err := c.all(); err != nil {
		return nil, err
	}
	a.warnings = c.warnings
	return a, nil
}

// directoryEntry begins each entry of a zip's directory.
// Source: APPNOTE.TXT 6.3.10, 4.3.12.
const directoryEntry = "PK\x01\x02"

// scanZip returns the hash of a zip. It refuses one with more files than an archive
// may have before its directory is read into memory.
func scanZip(r io.Reader) (string, error) {
	hash := sha256.New()
	buffer := make([]byte, 64<<10)
	files, kept := 0, 0
	for {
		n, err := r.Read(buffer[kept:])
		hash.Write(buffer[kept : kept+n])
		seen := buffer[:kept+n]
		files += bytes.Count(seen, []byte(directoryEntry))
		if files > maxArchiveFiles {
			return "", fmt.Errorf("%w: the archive has more than %d files", article.ErrTooLarge, maxArchiveFiles)
		}
		if errors.Is(err, io.EOF) {
			return hex.EncodeToString(hash.Sum(nil)), nil
		}
		if err != nil {
			return "", fmt.Errorf("%w: the archive cannot be read: %w", article.ErrUnavailable, err)
		}
		// The end may be the beginning of an entry; of one that was counted, no more
		// than three bytes are looked at again.
		kept = copy(buffer, seen[max(0, len(seen)-len(directoryEntry)+1):])
	}
}

// list takes the files' names. The folders that a packer adds are passed over.
func (a *Archive) list(files []*zip.File) error {
	var size uint64
	for _, f := range files {
		if strings.HasSuffix(f.Name, "/") && f.UncompressedSize64 == 0 && isArchiveFolder(f.Name) {
			continue
		}
		if _, twice := a.files[f.Name]; twice {
			return archiveProblem(f.Name, 0, article.ErrInvalid, "the archive has two files of this name")
		}
		a.files[f.Name] = f
		if size += f.UncompressedSize64; size > maxUnpacked {
			return fmt.Errorf("%w: unpacked, the archive has more than %d MiB, which is the limit", article.ErrTooLarge, maxUnpacked>>20)
		}
	}
	return nil
}

func isArchiveFolder(name string) bool {
	switch name {
	case "articles/", "revisions/", "texts/", "pages/", "tables/":
		return true
	}
	return false
}

// open returns a file's content as a stream that ends with an error at the limit of
// what may be read from the archive.
func (a *Archive) open(name string) (io.ReadCloser, error) {
	f := a.files[name]
	if f == nil {
		return nil, archiveProblem(name, 0, article.ErrInvalid, "the file is missing")
	}
	r, err := f.Open()
	if err != nil {
		return nil, archiveFault(name, 0, err)
	}
	return &metered{r, &a.budget}, nil
}

// metered counts what is read. What a file says of its own size is not relied on.
type metered struct {
	io.ReadCloser
	budget *int64
}

func (m *metered) Read(p []byte) (int, error) {
	n, err := m.ReadCloser.Read(p)
	if *m.budget -= int64(n); *m.budget < 0 {
		return 0, fmt.Errorf("%w: unpacked, the archive has more than %d MiB, which is the limit", article.ErrTooLarge, maxUnpacked>>20)
	}
	return n, err
}

// read returns a file's content of at most limit bytes.
func (a *Archive) read(name string, limit int64) ([]byte, error) {
	r, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, archiveFault(name, 0, err)
	}
	if int64(len(content)) > limit {
		return nil, archiveProblem(name, 0, article.ErrTooLarge, "the file has more than %d bytes", limit)
	}
	return content, nil
}

// readManifest reads what the archive says of itself.
func (a *Archive) readManifest() error {
	text, err := a.read(manifestFile, maxManifest)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &a.manifest); err != nil {
		return archiveProblem(manifestFile, 0, article.ErrInvalid, "the file is not the JSON of a manifest")
	}
	m := a.manifest
	switch {
	case m.Format > archiveFormat:
		return archiveProblemFix(manifestFile, article.ErrConflict, fmt.Sprintf("a newer program wrote this archive, in format %d", m.Format), "use the newer program")
	case m.Format < archiveFirst:
		return archiveProblem(manifestFile, 0, article.ErrInvalid, "there is no format %d", m.Format)
	case m.Rows() > maxArchiveRows:
		return archiveProblem(manifestFile, 0, article.ErrTooLarge, "the library has more than %d rows", maxArchiveRows)
	}
	for name := range m.Tables {
		if !isMoved(name) {
			return archiveProblem(manifestFile, 0, article.ErrInvalid, "no table %.40q belongs to a library", name)
		}
	}
	if err := (Column{"guild", KeyColumn}).check(m.Guild); err != nil {
		return archiveFault(manifestFile, 0, err)
	}
	return nil
}

func isMoved(name string) bool {
	for _, table := range MovedTables() {
		if table.Name == name {
			return true
		}
	}
	return false
}
