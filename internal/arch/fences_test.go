package arch

import (
	"fmt"
	"strings"
)

// fence keeps packages that are not ours inside the packages of ours that may
// name them, in test files too.
type fence struct {
	packages []string // import paths, as patterns
	inside   []string // our packages, as patterns
	why      string
}

func fences() []fence {
	return []fence{
		{
			packages: []string{"github.com/blevesearch/..."},
			inside:   []string{"internal/search/..."},
			why:      "the search engine is a detail of search, which can then change it",
		},
		{
			packages: []string{
				"database/sql/...", "modernc.org/sqlite/...", "github.com/jackc/pgx/v5/...", "github.com/pressly/goose/v3/...",
			},
			inside: []string{"internal/store/..."},
			why:    "SQL and its drivers are a detail of store, behind the ports of library and jobs",
		},
		{
			packages: []string{"github.com/bwmarrin/discordgo/..."},
			inside:   []string{"internal/discord/..."},
			why:      "Discord's types end at the Discord packages, so that a question is the same from everywhere",
		},
		{
			packages: []string{"code.dny.dev/ssrf/..."},
			inside:   []string{"internal/ingest/..."},
			why:      "only ingest fetches addresses that a user supplied, behind one guard",
		},
		{
			packages: []string{"net/http/..."},
			inside: []string{
				"internal/discord/...",   // Discord's REST interface, and the local Discord of the tests
				"internal/ingest/...",    // pages that a moderator imports, behind the network guard
				"internal/telemetry/...", // metrics and health
				"internal/preview/...",   // the local preview page
				"internal/cli/...",       // wires the above, and doctor's reachability check
			},
			why: "whoever can make a request can leak a question; the list is short so that it can be read",
		},
	}
}

// ruleFences keeps each fenced package inside its fence.
func ruleFences(m module) []string {
	var problems []string
	m.eachImport(func(dir string, f file, imported string) {
		for _, fc := range fences() {
			if within(imported, fc.packages) && !within(dir, fc.inside) {
				problems = append(problems, fmt.Sprintf("%s imports %s, which only %s may: %s",
					f.path, imported, strings.Join(fc.inside, ", "), fc.why))
			}
		}
	})
	return problems
}

// ruleKnowledge keeps the shipped data free of code: it imports embed and io/fs.
func ruleKnowledge(m module) []string {
	var problems []string
	m.eachImport(func(dir string, f file, imported string) {
		if dir == "knowledge" && !f.test && imported != "embed" && imported != "io/fs" {
			problems = append(problems, fmt.Sprintf("%s imports %s; knowledge is data and imports embed and io/fs only", f.path, imported))
		}
	})
	return problems
}
