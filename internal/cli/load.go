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

// loadArticles reads the articles at paths, or the shipped ones when there are
// no paths. Every fault of every file is reported, not only the first.
func (p *Program) loadArticles(paths []string) ([]*article.Article, error) {
	if len(paths) == 0 {
		return p.readAll(knowledge.Articles(), nil)
	}
	var all []*article.Article
	var errs []error
	for _, path := range paths {
		articles, err := p.loadPath(path)
		all = append(all, articles...)
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%w: no article (.md, .markdown or .txt) in %s", article.ErrNotFound, strings.Join(paths, ", "))
	}
	return all, distinct(all)
}

func (p *Program) loadPath(path string) ([]*article.Article, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("%w: --articles %s: no such file or folder", article.ErrNotFound, path)
	}
	if info.IsDir() {
		return p.readAll(os.DirFS(path), func(name string) string { return filepath.Join(path, name) })
	}
	src, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	a, _, err := ingest.Read(path, src, p.today())
	if err != nil {
		return nil, err
	}
	return []*article.Article{a}, nil
}

// readAll reads every article below a folder in the order of the names, skipping
// names that begin with a dot. shown turns a name into the one used in errors.
func (p *Program) readAll(fsys fs.FS, shown func(string) string) ([]*article.Article, error) {
	var all []*article.Article
	var errs []error
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if name != "." && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() || !isArticleName(name) {
			return nil
		}
		src, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		if shown != nil {
			name = shown(name)
		}
		a, _, err := ingest.Read(name, src, p.today())
		if err != nil {
			errs = append(errs, err)
			return nil
		}
		all = append(all, a)
		return nil
	})
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	return all, distinct(all)
}

func isArticleName(name string) bool {
	return slices.Contains([]string{".md", ".markdown", ".txt"}, strings.ToLower(filepath.Ext(name)))
}

// distinct refuses two articles of one title, since both would have one slug.
func distinct(all []*article.Article) error {
	seen := map[string]string{}
	for _, a := range all {
		if first, ok := seen[a.Slug]; ok {
			return fmt.Errorf("%w: two articles are titled %q (the other %q); change one title", article.ErrConflict, a.Meta.Title, first)
		}
		seen[a.Slug] = a.Meta.Title
	}
	return nil
}
