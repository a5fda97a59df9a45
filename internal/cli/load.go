package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/ingest"
	"verbatim/knowledge"
)

// loaded is an article with where it is from and what its import did to it.
type loaded struct {
	*article.Article
	file   string // as errors name it
	line   int    // of the title, 0 when it cannot be told
	report ingest.Report
}

// articlesOf returns the articles alone.
func articlesOf(all []loaded) []*article.Article {
	articles := make([]*article.Article, len(all))
	for i, l := range all {
		articles[i] = l.Article
	}
	return articles
}

// loader collects articles and everything that is wrong with them.
type loader struct {
	today article.Date
	all   []loaded
	errs  []error
}

// loadArticles reads the articles at paths, or the shipped ones when there are
// no paths. Every fault of every file is reported, not only the first.
func (p *Program) loadArticles(paths []string) ([]loaded, error) {
	l := loader{today: p.today()}
	if len(paths) == 0 {
		l.folder(knowledge.Articles(), func(name string) string { return name })
	}
	for _, path := range paths {
		l.path(path)
	}
	l.errs = append(l.errs, duplicates(l.all)...)
	if err := errors.Join(l.errs...); err != nil {
		return nil, err
	}
	if len(l.all) == 0 {
		return nil, fmt.Errorf("%w: no article (.md, .markdown or .txt) in %s", article.ErrNotFound, strings.Join(paths, ", "))
	}
	return l.all, nil
}

// fault remembers what is wrong with a file.
func (l *loader) fault(file, message, fix string, class error) {
	l.errs = append(l.errs, &article.Problem{File: file, Message: message, Fix: fix, Class: class})
}

// unreadable remembers that the system refuses a file or a folder.
func (l *loader) unreadable(file string, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		l.fault(file, "there is no such file or folder", "correct the path, or mend the link", article.ErrNotFound)
	case errors.Is(err, fs.ErrPermission):
		l.fault(file, "it may not be read", "change its permissions, or leave it out", article.ErrUnavailable)
	default:
		if inner, ok := errors.AsType[*fs.PathError](err); ok {
			err = inner.Err
		}
		l.fault(file, "it cannot be read: "+err.Error(), "mend it, or leave it out", article.ErrUnavailable)
	}
}

// path reads what one --articles names.
func (l *loader) path(path string) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		l.unreadable(path, err)
	case info.IsDir():
		l.folder(os.DirFS(path), func(name string) string { return filepath.Join(path, name) })
	default:
		l.file(path, info, func() (fs.File, error) { return os.Open(path) })
	}
}

// folder reads every article below a folder in the order of the names, skipping
// names that begin with a dot and links to other folders. shown turns a name
// into the one used in errors.
func (l *loader) folder(fsys fs.FS, shown func(string) string) {
	_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case name != "." && strings.HasPrefix(d.Name(), "."):
			return skip(d)
		case err != nil:
			l.unreadable(shown(name), err)
			return skip(d)
		case d.IsDir() || !isArticleName(name):
			return nil
		}
		info, err := fs.Stat(fsys, name)
		switch {
		case err != nil:
			l.unreadable(shown(name), err)
		case !info.IsDir():
			l.file(shown(name), info, func() (fs.File, error) { return fsys.Open(name) })
		}
		return nil
	})
}

// skip leaves an entry of a folder out, with all that is below it.
func skip(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

// file reads one article.
func (l *loader) file(name string, info fs.FileInfo, open func() (fs.File, error)) {
	if !info.Mode().IsRegular() {
		l.fault(name, "it is not a regular file", "save the article to a file, and name that", article.ErrInvalid)
		return
	}
	src, err := readAtMost(article.MaxSource, info, open)
	if err != nil {
		if errors.Is(err, article.ErrTooLarge) {
			l.fault(name, plainError(err), "split it into several articles", article.ErrTooLarge)
			return
		}
		l.unreadable(name, err)
		return
	}
	a, report, err := ingest.Read(name, src, l.today)
	if err != nil {
		l.errs = append(l.errs, err)
		return
	}
	l.all = append(l.all, loaded{Article: a, file: name, line: titleLine(string(src), a.Meta.Title), report: report})
}

func isArticleName(name string) bool {
	return slices.Contains([]string{".md", ".markdown", ".txt"}, strings.ToLower(filepath.Ext(name)))
}
