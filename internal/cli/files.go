package cli

import (
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"strings"

	"verbatim/internal/article"
)

// readAtMost reads a file of which info is known. One that is larger than limit
// bytes is refused before it is read, and one that grows meanwhile when it has.
func readAtMost(limit int64, info fs.FileInfo, open func() (fs.File, error)) ([]byte, error) {
	if info.Size() > limit {
		return nil, fmt.Errorf("%w: the document has %d bytes and the limit is %d", article.ErrTooLarge, info.Size(), limit)
	}
	f, err := open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	src, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(src)) > limit {
		return nil, fmt.Errorf("%w: the document has more than %d bytes", article.ErrTooLarge, limit)
	}
	return src, nil
}

// titleLine returns the number of the first line that holds the title, 0 when
// none does, as when YAML escapes are used in it.
func titleLine(src, title string) int {
	number := 0
	for line := range strings.Lines(strings.ReplaceAll(strings.ReplaceAll(src, "\r\n", "\n"), "\r", "\n")) {
		number++
		if strings.Contains(strings.Join(strings.Fields(line), " "), title) {
			return number
		}
	}
	return 0
}

// duplicates finds articles that would have one slug, by which people and
// scripts name them.
func duplicates(all []loaded) []error {
	var errs []error
	first := map[string]loaded{}
	for _, l := range all {
		other, taken := first[l.Slug]
		if !taken {
			first[l.Slug] = l
			continue
		}
		errs = append(errs, duplicate(other, l))
	}
	return errs
}

func duplicate(a, b loaded) error {
	if filepath.Clean(a.file) == filepath.Clean(b.file) {
		return &article.Problem{File: b.file, Message: "the file is read twice", Fix: "name it once", Class: article.ErrConflict}
	}
	return &article.Problem{
		File: b.file, Line: b.line, Class: article.ErrConflict,
		Message: fmt.Sprintf("the title %q is also that of %s (%q), which gives both the name %s", b.Meta.Title, a.file, a.Meta.Title, b.Slug),
		Fix:     "change one of the two titles",
	}
}
