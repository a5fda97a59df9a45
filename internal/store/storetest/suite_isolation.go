package storetest

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"verbatim/internal/library"
)

func testIsolation(t *testing.T, e Engine) {
	t.Run("every method is run", everyMethod)
	t.Run("two guilds", func(t *testing.T) { isolationOfTwo(t, e.open(t)) })
	t.Run("what is dropped is seen", func(t *testing.T) { isolationDrops(t, e) })
	t.Run("deleted", func(t *testing.T) { isolationDeleted(t, e.open(t)) })
}

// view is all that can be seen of a guild, by method.
type view map[string]string

func (d *database) view(t testing.TB, guild string) view {
	t.Helper()
	seen := make(view)
	for _, c := range calls() {
		if c.effect == looks {
			seen[c.name] = outcome(c.on(t.Context(), d, guild, ""))
		}
	}
	return seen
}

// outcome shows what a call came to. Of errors the class counts: their texts name ids.
func outcome(results []any, err error) string {
	if err != nil {
		return classOf(err)
	}
	text, err := json.Marshal(results) // which follows pointers
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// fill runs all methods that add something.
func (d *database) fill(t testing.TB, guild, mark string) {
	t.Helper()
	for _, c := range calls() {
		if c.effect == adds {
			if _, err := c.on(t.Context(), d, guild, mark); err != nil {
				t.Fatalf("%s: %v", c.name, err)
			}
		}
	}
}

// isolationOfTwo fills one guild, and then runs every method that changes something
// as another guild, with the same ids.
func isolationOfTwo(t *testing.T, d *database) {
	bare := d.view(t, nobody)
	d.fill(t, guildA, "A")
	filled := d.view(t, guildA)
	for name := range filled {
		if filled[name] == bare[name] {
			t.Errorf("%s shows nothing of a guild that has everything: %s", name, filled[name])
		}
	}
	same(t, "what another guild sees", d.view(t, guildB), bare)
	for _, effects := range [][]effect{{drops}, {adds}, {drops}} {
		for _, c := range calls() {
			if !slices.Contains(effects, c.effect) {
				continue
			}
			_, err := c.on(t.Context(), d, guildB, "B")
			if class := classOf(err); strings.Contains(class, "without a class") || class == "conflict" {
				t.Errorf("%s as another guild: %v", c.name, err)
			}
			if diff := cmp.Diff(filled, d.view(t, guildA)); diff != "" {
				t.Fatalf("%s as another guild changed the first one (-before +after):\n%s", c.name, diff)
			}
		}
	}
	same(t, "what is left of the other guild", d.view(t, guildB), bare)
}

// isolationDrops proves that the test above would notice: each method that drops
// something changes what is seen of its own guild.
func isolationDrops(t *testing.T, e Engine) {
	d := e.open(t)
	for _, c := range calls() {
		if c.effect != drops {
			continue
		}
		guild := "guild of " + c.name
		d.fill(t, guild, "A")
		before := d.view(t, guild)
		if _, err := c.on(t.Context(), d, guild, "A"); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
		if cmp.Equal(before, d.view(t, guild)) {
			t.Errorf("%s changes nothing that can be seen", c.name)
		}
	}
}

// isolationDeleted looks into every table for what is left of a deleted guild.
func isolationDeleted(t *testing.T, d *database) {
	const markA = "all-that-A-wrote"
	d.fill(t, guildA, markA)
	d.fill(t, guildB, "B")
	other := d.view(t, guildB)
	before := d.rowsWith(t, guildA, markA)
	for _, table := range d.tables(t) {
		if before[table] == 0 && !slices.Contains([]string{"clock", "leases", "goose_db_version", "sqlite_sequence"}, table) {
			t.Errorf("the table %s has no row of a guild that has everything: is it filled here?", table)
		}
	}
	succeed(t, d.Delete(t.Context(), guildA))
	after := d.rowsWith(t, guildA, markA)
	feed := after["feed"]
	delete(after, "feed")
	same(t, "rows that are left", after, map[string]int{})
	if feed == 0 {
		t.Error("the feed does not say that the guild is gone")
	}
	for _, c := range d.changes(t) {
		if c.Guild == guildA && c.Subject != "" && (c.Kind != library.ChangedGuild || c.Subject != "deleted") {
			t.Errorf("the feed still names %q", c.Subject)
		}
	}
	same(t, "the other guild", d.view(t, guildB), other)
	same(t, "the deleted guild", d.view(t, guildA), d.view(t, nobody))
}

// tables lists the tables, as the database knows them.
func (d *database) tables(t testing.TB) []string {
	t.Helper()
	return strings.Fields(d.one(t, choose(d.url,
		`SELECT group_concat(name, ' ') FROM sqlite_schema WHERE type = 'table'`,
		`SELECT string_agg(table_name, ' ') FROM information_schema.tables WHERE table_schema = 'public'`)))
}

// columns lists the columns of a table.
func (d *database) columns(t testing.TB, table string) []string {
	t.Helper()
	return strings.Fields(d.one(t, choose(d.url,
		`SELECT group_concat(name, ' ') FROM pragma_table_info('`+table+`')`,
		`SELECT string_agg(column_name, ' ') FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '`+table+`'`)))
}

func choose(url, sqlite, postgres string) string {
	if strings.HasPrefix(url, "sqlite:") {
		return sqlite
	}
	return postgres
}

// rowsWith counts, by table, the rows that have one of two texts somewhere.
func (d *database) rowsWith(t testing.TB, one, two string) map[string]int {
	t.Helper()
	found := make(map[string]int)
	for _, table := range d.tables(t) {
		var where []string
		for _, column := range d.columns(t, table) {
			where = append(where, fmt.Sprintf(`CAST(%[1]s AS TEXT) LIKE '%%%[2]s%%' OR CAST(%[1]s AS TEXT) LIKE '%%%[3]s%%'`, column, one, two))
		}
		var n int
		_, _ = fmt.Sscan(d.one(t, `SELECT CAST(count(*) AS TEXT) FROM `+table+` WHERE `+strings.Join(where, " OR ")), &n) // it is a number
		if n > 0 {
			found[table] = n
		}
	}
	return found
}

// one runs a query for one text, past the store.
func (d *database) one(t testing.TB, query string) (text string) {
	t.Helper()
	succeed(t, Raw(t, d.url).QueryRowContext(context.WithoutCancel(t.Context()), query).Scan(&text))
	return text
}
