package arch

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// lawful is a made-up module that keeps every rule, and comes close to breaking
// some: each file is a look-alike of a violation below.
func lawful() map[string]string {
	return map[string]string{
		"go.mod": "module verbatim", "go.sum": "", "Dockerfile": "", "README.md": "", ".ci/run": "",

		"cmd/verbatim/main.go":      "// Verbatim answers.\npackage main\nimport \"verbatim/internal/cli\"\nfunc main() { cli.Main() }",
		"cmd/verbatim/main_test.go": "package main\nimport _ \"verbatim/internal/discord/discordtest\"",
		"knowledge/embed.go":        "// Package knowledge is data.\npackage knowledge\nimport (\n_ \"embed\"\n_ \"io/fs\"\n)",
		"knowledge/embed_test.go":   "package knowledge_test\nimport (\n_ \"os\"\n_ \"verbatim/knowledge\"\n)",

		"internal/article/article.go":       "// Package article is text.\npackage article\ntype T struct{}\nfunc (T) init() {}",
		"internal/article/_old/old.go":      "package common",
		"internal/article/testdata/x/x.go":  "package util\nfunc init() {}",
		"internal/answer/answer.go":         "// Package answer answers.\npackage answer\nimport _ \"verbatim/internal/search\"",
		"internal/answer/answer_test.go":    "package answer_test\nimport (\n_ \"verbatim/internal/answer\"\n_ \"verbatim/knowledge\"\n)",
		"internal/search/search.go":         "// Package search finds.\npackage search\nimport _ \"github.com/blevesearch/bleve/v2\"",
		"internal/search/baseline/base.go":  "// Package baseline compares.\npackage baseline\nimport _ \"github.com/blevesearch/bleve/v2/search\"",
		"internal/store/store.go":           "// Package store keeps.\npackage store\nimport _ \"database/sql\"",
		"internal/store/store_test.go":      "package store\nimport _ \"verbatim/internal/store/storetest\"",
		"internal/store/storetest/suite.go": "// Package storetest is a contract.\npackage storetest\nimport _ \"verbatim/internal/store\"",
		"internal/discord/bot.go":           "// Package discord talks.\npackage discord\nimport (\n_ \"net/http\"\n_ \"github.com/bwmarrin/discordgo\"\n)",
		"internal/discord/discordtest/d.go": "// Package discordtest is local.\npackage discordtest\nimport _ \"net/http/httptest\"",
		"internal/ingest/fetch.go":          "// Package ingest reads.\npackage ingest\nimport (\n_ \"net/http\"\n_ \"code.dny.dev/ssrf\"\n)",
		"internal/cli/cli.go":               "// Package cli wires.\npackage cli\nimport (\n_ \"verbatim/internal/discord\"\n_ \"verbatim/knowledge\"\n)",
	}
}

// gone, as the text of a file, takes the file away.
const gone = "\x00"

// madeUp loads the lawful module with files laid over it.
func madeUp(t *testing.T, files map[string]string) module {
	t.Helper()
	all := lawful()
	maps.Copy(all, files)
	fsys := fstest.MapFS{}
	for name, text := range all {
		if text != gone {
			fsys[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	m, err := loadModule(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func ruleNamed(t *testing.T, name string) rule {
	t.Helper()
	all := rules()
	i := slices.IndexFunc(all, func(r rule) bool { return r.name == name })
	if i < 0 {
		t.Fatalf("there is no rule %q", name)
	}
	return all[i]
}

func TestLawfulModule(t *testing.T) {
	m := madeUp(t, nil)
	for _, r := range rules() {
		for _, problem := range r.check(m) {
			t.Errorf("%s: %s", r.name, problem)
		}
	}
}

func TestEveryRuleFindsItsViolations(t *testing.T) {
	tests := []struct {
		rule    string
		name    string
		files   map[string]string // laid over the lawful module
		problem string            // a piece of the one problem that must be found
	}{
		{
			"imports", "package without a row",
			map[string]string{"internal/novel/novel.go": "// Package novel is new.\npackage novel"},
			"internal/novel has no row",
		},
		{
			"imports", "against the direction",
			map[string]string{"internal/article/up.go": "package article\nimport _ \"verbatim/internal/search\""},
			"internal/article/up.go imports verbatim/internal/search",
		},
		{
			"imports", "store knows Discord",
			map[string]string{"internal/store/d.go": "package store\nimport _ \"verbatim/internal/discord\""},
			"internal/store/d.go imports verbatim/internal/discord",
		},
		{
			"imports", "main reaches past cli",
			map[string]string{"cmd/verbatim/more.go": "package main\nimport _ \"verbatim/knowledge\""},
			"cmd/verbatim/more.go imports verbatim/knowledge",
		},
		{
			"imports", "test against the direction",
			map[string]string{"internal/search/up_test.go": "package search_test\nimport _ \"verbatim/internal/answer\""},
			"internal/search/up_test.go imports verbatim/internal/answer",
		},
		{
			"imports", "shipped file imports a test support",
			map[string]string{"internal/cli/fake.go": "package cli\nimport _ \"verbatim/internal/discord/discordtest\""},
			"internal/cli/fake.go imports verbatim/internal/discord/discordtest",
		},
		{
			"imports", "test support where it makes no sense",
			map[string]string{"internal/search/fake_test.go": "package search\nimport _ \"verbatim/internal/store/storetest\""},
			"internal/search/fake_test.go imports verbatim/internal/store/storetest",
		},
		{
			"fences", "bleve outside search",
			map[string]string{"internal/answer/b.go": "package answer\nimport _ \"github.com/blevesearch/bleve/v2\""},
			"internal/answer/b.go imports github.com/blevesearch/bleve/v2",
		},
		{
			"fences", "bleve in a package with a similar name",
			map[string]string{"internal/searching/b.go": "package searching\nimport _ \"github.com/blevesearch/bleve/v2\""},
			"internal/searching/b.go imports",
		},
		{
			"fences", "database/sql outside store",
			map[string]string{"internal/cli/db.go": "package cli\nimport _ \"database/sql\""},
			"internal/cli/db.go imports database/sql",
		},
		{
			"fences", "SQLite driver outside store, in a test",
			map[string]string{"internal/library/db_test.go": "package library\nimport _ \"modernc.org/sqlite\""},
			"internal/library/db_test.go imports modernc.org/sqlite",
		},
		{
			"fences", "PostgreSQL driver outside store",
			map[string]string{"internal/cli/pg.go": "package cli\nimport _ \"github.com/jackc/pgx/v5/stdlib\""},
			"internal/cli/pg.go imports github.com/jackc/pgx/v5/stdlib",
		},
		{
			"fences", "discordgo outside discord",
			map[string]string{"internal/cli/gw.go": "package cli\nimport _ \"github.com/bwmarrin/discordgo\""},
			"internal/cli/gw.go imports github.com/bwmarrin/discordgo",
		},
		{
			"fences", "second network guard",
			map[string]string{"internal/discord/dial.go": "package discord\nimport _ \"code.dny.dev/ssrf\""},
			"internal/discord/dial.go imports code.dny.dev/ssrf",
		},
		{
			"fences", "HTTP in the pipeline",
			map[string]string{"internal/answer/web.go": "package answer\nimport _ \"net/http\""},
			"internal/answer/web.go imports net/http",
		},
		{
			"fences", "HTTP below net/http",
			map[string]string{"internal/search/web.go": "package search\nimport _ \"net/http/httputil\""},
			"internal/search/web.go imports net/http/httputil",
		},
		{
			"knowledge", "code beside the data",
			map[string]string{"knowledge/code.go": "package knowledge\nimport _ \"strings\""},
			"knowledge/code.go imports strings",
		},
		{
			"knowledge", "data that imports ours",
			map[string]string{"knowledge/code.go": "package knowledge\nimport _ \"verbatim/internal/article\""},
			"knowledge/code.go imports verbatim/internal/article",
		},
		{"top level", "stray file", map[string]string{"Makefile": ""}, "Makefile does not belong"},
		{"top level", "stray folder", map[string]string{"pkg/x.txt": ""}, "pkg does not belong"},
		{"top level", "missing file", map[string]string{"Dockerfile": gone}, "Dockerfile is missing"},
		{
			"init", "init function",
			map[string]string{"internal/cli/start.go": "package cli\nfunc init() {}"},
			"internal/cli/start.go declares init",
		},
		{
			"init", "init function in a test",
			map[string]string{"internal/cli/start_test.go": "package cli\nfunc init() {}"},
			"internal/cli/start_test.go declares init",
		},
		{
			"package name", "grab-bag",
			map[string]string{"internal/x/x.go": "// Package util is a bag.\npackage util"},
			"internal/x/x.go: package util",
		},
		{
			"package name", "grab-bag for tests",
			map[string]string{"internal/x/x_test.go": "package helpers_test"},
			"internal/x/x_test.go: package helpers",
		},
		{
			"package comment", "none",
			map[string]string{"internal/article/article.go": "package article"},
			"internal/article has 0 package comments",
		},
		{
			"package comment", "two",
			map[string]string{"internal/article/doc.go": "// Package article is two things.\npackage article"},
			"internal/article has 2 package comments",
		},
		{
			"package comment", "not in go doc's form",
			map[string]string{"internal/article/article.go": "// Text lives here.\npackage article"},
			"does not begin with",
		},
	}
	tested := map[string]bool{}
	for _, tt := range tests {
		tested[tt.rule] = true
		t.Run(tt.rule+"/"+tt.name, func(t *testing.T) {
			got := ruleNamed(t, tt.rule).check(madeUp(t, tt.files))
			if len(got) != 1 || !strings.Contains(got[0], tt.problem) {
				t.Errorf("found %q; want one problem with %q", got, tt.problem)
			}
		})
	}
	for _, r := range rules() {
		if !tested[r.name] {
			t.Errorf("the rule %q was never seen to fail", r.name)
		}
	}
}
