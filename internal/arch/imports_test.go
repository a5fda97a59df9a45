package arch

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// row is one package of the import table.
type row struct {
	imports []string // what its files may import of ours
	tests   []string // what its test files may import on top of that
}

// The test supports: packages that exist for tests of several packages.
const (
	discordtest = "internal/discord/discordtest"
	storetest   = "internal/store/storetest"
)

// table says which package may import which of ours. Imports point one way. A
// new package adds its row in the same commit.
//
// Three things hold for every package and are not repeated here: an external
// test imports the package under test; a test may read the shipped data through
// knowledge, which imports nothing; and only test files, and test supports
// themselves, import a test support.
func table() map[string]row {
	return map[string]row{
		"cmd/verbatim": {imports: []string{"internal/cli"}, tests: []string{discordtest, storetest}},
		"knowledge":    {},

		// Words of the trade: nothing of ours below them.
		"internal/article":         {},
		"internal/safety":          {},
		"internal/safety/genfolds": {}, // these two write tables of safety's, at go generate
		"internal/safety/genwords": {},
		"internal/telemetry":       {},
		"internal/keyring":         {imports: []string{"internal/article"}},
		"internal/lease":           {imports: []string{"internal/article"}},
		"internal/arch":            {},

		// The way of a question.
		"internal/search":          {imports: []string{"internal/article"}},
		"internal/search/baseline": {imports: []string{"internal/search", "internal/article"}},
		"internal/answer":          {imports: []string{"internal/safety", "internal/search", "internal/article"}},
		"internal/eval":            {imports: []string{"internal/answer", "internal/safety", "internal/search", "internal/article"}},

		// The way of an article. The store knows the ports it implements, never Discord.
		"internal/ingest": {imports: []string{"internal/article"}},
		"internal/jobs":   {imports: []string{"internal/lease", "internal/article"}, tests: []string{storetest}},
		"internal/library": {
			imports: []string{"internal/answer", "internal/search", "internal/safety", "internal/lease", "internal/article"},
			tests:   []string{storetest},
		},
		"internal/library/suggest": {imports: []string{"internal/library", "internal/search", "internal/article"}},
		"internal/library/shelf": {
			imports: []string{"internal/library", "internal/library/suggest", "internal/library/bench", "internal/answer", "internal/search", "internal/safety", "internal/article"},
			tests:   []string{storetest, "internal/store"},
		},
		"internal/library/bench": {
			imports: []string{"internal/library", "internal/jobs", "internal/answer", "internal/search", "internal/safety", "internal/ingest", "internal/article"},
			tests:   []string{storetest, "internal/store", "internal/library/shelf"},
		},
		"internal/store": {
			imports: []string{"internal/library", "internal/answer", "internal/jobs", "internal/lease", "internal/article"},
			tests:   []string{storetest},
		},
		storetest: {imports: []string{
			"internal/store", "internal/library", "internal/answer", "internal/jobs", "internal/lease", "internal/article",
		}},

		// What members and moderators see.
		"internal/discord": {
			imports: []string{
				"internal/library", "internal/library/bench", "internal/ingest", "internal/jobs", "internal/lease", "internal/answer", "internal/safety",
				"internal/article", "internal/discord/...",
			},
			tests: []string{discordtest, storetest, "internal/keyring"},
		},
		"internal/discord/render": {
			imports: []string{"internal/answer", "internal/article", "internal/discord/locale"},
			tests:   []string{"internal/safety", discordtest},
		},
		"internal/discord/locale":  {},
		"internal/discord/memory":  {imports: []string{"internal/answer"}},
		"internal/discord/gateway": {imports: []string{"internal/article"}},
		"internal/discord/api":     {imports: []string{"internal/article", "internal/discord/render"}, tests: []string{discordtest}},
		"internal/discord/desk": {imports: []string{
			"internal/library", "internal/library/bench", "internal/jobs", "internal/answer", "internal/safety", "internal/article",
			"internal/discord/api", "internal/discord/render", "internal/discord/chart",
		}},
		"internal/discord/chart": {imports: []string{"internal/library/bench", "internal/article"}},
		"internal/discord/propagate": {imports: []string{
			"internal/library", "internal/jobs", "internal/answer", "internal/safety", "internal/article", "internal/discord/api", "internal/discord/render", "internal/discord/locale",
		}, tests: []string{discordtest, storetest}},
		"internal/discord/logbook": {imports: []string{
			"internal/library", "internal/library/bench", "internal/jobs", "internal/answer", "internal/safety", "internal/article", "internal/discord/api", "internal/discord/render",
		}, tests: []string{discordtest}},
		discordtest: {},
		"internal/preview": {
			imports: []string{
				"internal/discord/render", "internal/discord/locale", "internal/library", "internal/answer", "internal/article",
			},
		},

		// The one place that knows everything, and wires it.
		"internal/cli": {imports: []string{"internal/...", "knowledge"}, tests: []string{discordtest, storetest}},
	}
}

// testSupports are imported by test files and by each other, and never ship.
var testSupports = []string{discordtest, storetest}

// ruleImports is the table: every package has a row, and every import of ours is in it.
func ruleImports(m module) []string {
	rows := table()
	var problems []string
	for _, dir := range m.dirs() {
		if _, ok := rows[dir]; !ok {
			problems = append(problems, fmt.Sprintf("%s has no row in the import table; add it in internal/arch/imports_test.go", dir))
		}
	}
	m.eachImport(func(dir string, f file, imported string) {
		target, ours := strings.CutPrefix(imported, modulePath)
		if r, ok := rows[dir]; ok && ours && !allowed(r, dir, f, target) {
			problems = append(problems, fmt.Sprintf("%s imports %s, which the row of %s does not allow", f.path, imported, dir))
		}
	})
	return problems
}

// allowed reports whether a file of package dir may import target.
func allowed(r row, dir string, f file, target string) bool {
	if f.test {
		return target == dir || target == "knowledge" || within(target, slices.Concat(r.imports, r.tests))
	}
	return within(target, r.imports) && (!slices.Contains(testSupports, target) || slices.Contains(testSupports, dir))
}

// rules is every rule of this package.
func rules() []rule {
	return []rule{
		{"imports", ruleImports},
		{"fences", ruleFences},
		{"knowledge", ruleKnowledge},
		{"top level", ruleTopLevel},
		{"init", ruleNoInit},
		{"package name", rulePackageName},
		{"package comment", rulePackageComment},
	}
}

func TestThisModule(t *testing.T) {
	m, err := loadModule(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if len(m.packages["internal/arch"]) == 0 {
		t.Fatal("the loader did not find this very package, so it found nothing that counts")
	}
	for _, r := range rules() {
		t.Run(r.name, func(t *testing.T) {
			for _, problem := range r.check(m) {
				t.Error(problem)
			}
		})
	}
}
