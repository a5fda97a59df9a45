package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// modulePath is what an import of ours begins with.
const modulePath = "verbatim/"

// module is what the rules look at: the source of one Go module.
type module struct {
	top      []string          // the entries of its root, dot-files left out
	packages map[string][]file // by directory, from the root: "internal/article"
}

// file is one Go file.
type file struct {
	path    string
	test    bool
	pkg     string   // the name in its package clause
	doc     string   // the comment on its package clause
	inits   int      // how many init functions it declares
	imports []string // import paths as written
}

// rule is one thing that must hold of a module; check returns a sentence for
// each place where it does not.
type rule struct {
	name  string
	check func(module) []string
}

// loadModule parses every Go file below fsys that the go command would build,
// whatever its build constraints: a rule holds on all systems.
func loadModule(fsys fs.FS) (module, error) {
	m := module{packages: map[string][]file{}}
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		if strings.HasPrefix(d.Name(), ".") {
			return skip(d)
		}
		if !strings.Contains(name, "/") {
			m.top = append(m.top, name)
		}
		if strings.HasPrefix(d.Name(), "_") || d.IsDir() && d.Name() == "testdata" {
			return skip(d)
		}
		if d.IsDir() || path.Ext(name) != ".go" {
			return nil
		}
		f, err := parseFile(fsys, name)
		m.packages[path.Dir(name)] = append(m.packages[path.Dir(name)], f)
		return err
	})
	return m, err
}

func skip(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func parseFile(fsys fs.FS, name string) (file, error) {
	src, err := fs.ReadFile(fsys, name)
	if err != nil {
		return file{}, err
	}
	tree, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return file{}, err
	}
	f := file{path: name, test: strings.HasSuffix(name, "_test.go"), pkg: tree.Name.Name, doc: tree.Doc.Text()}
	for _, imp := range tree.Imports {
		p, err := strconv.Unquote(imp.Path.Value)
		if err != nil {
			return file{}, err
		}
		f.imports = append(f.imports, p)
	}
	for _, decl := range tree.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
			f.inits++
		}
	}
	return f, nil
}

// dirs returns the directories of all packages, sorted.
func (m module) dirs() []string { return slices.Sorted(maps.Keys(m.packages)) }

// eachImport calls visit for every import of every file.
func (m module) eachImport(visit func(dir string, f file, imported string)) {
	for _, dir := range m.dirs() {
		for _, f := range m.packages[dir] {
			for _, imported := range f.imports {
				visit(dir, f, imported)
			}
		}
	}
}

// within reports whether a slash-separated path matches any of the patterns. As
// for the go command, "a/..." is a and all that is below it.
func within(name string, patterns []string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		if root, ok := strings.CutSuffix(p, "/..."); ok {
			return name == root || strings.HasPrefix(name, root+"/")
		}
		return name == p
	})
}
