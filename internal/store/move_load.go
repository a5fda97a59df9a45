package store

import (
	"context"
	"fmt"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Load implements library.Mover. One call is one transaction.
func (s *Store) Load(ctx context.Context, guild, name string, rows []library.Row) (added int, err error) {
	d, err := movedTable(name)
	if err != nil {
		return 0, err
	}
	for _, row := range rows {
		if err := checkRow(d, row); err != nil {
			return 0, err
		}
	}
	if len(rows) == 0 {
		return 0, nil
	}
	err = s.write(ctx, guild, func(t *tx) error {
		switch name {
		case "audit":
			added, err = t.loadTrail(d, rows)
		case "publications":
			added, err = t.loadPublications(d, rows)
		default:
			added, err = t.load(d, rows)
			if err == nil {
				err = t.roomFor(name, added)
			}
		}
		return err
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

// manyRows is more than any limit of a table allows.
const manyRows = 1 << 30

// roomFor refuses rows that were loaded beyond what a guild may keep. The guild's writers
// take turns, so the number holds until the commit.
func (t *tx) roomFor(name string, added int) error {
	if added == 0 || library.Room(name, manyRows, 1) == nil {
		return nil
	}
	var n int
	if err := t.row(`SELECT count(*) FROM `+name+` WHERE guild = $1`, t.guild).Scan(&n); err != nil {
		return err
	}
	return library.Room(name, n-added, added)
}

// checkRow refuses a row that no other port would have kept.
func checkRow(d library.Table, row library.Row) error {
	if err := d.Check(row); err != nil {
		return err
	}
	for _, c := range d.Columns {
		if err := checkTexts(maxText, row.Text(c.Name)); err != nil {
			return err
		}
	}
	if d.Name == "revisions" && row.Text("hash") != library.HashOf(row.Text("source")) {
		return fmt.Errorf("%w: the hash of a revision of %q is not that of its source", article.ErrInvalid, row.Text("article"))
	}
	return nil
}

// loadPublications is load that keeps to what may be answered from, and lets answers be
// brought in line that quote a shipped article which is hidden by it.
func (t *tx) loadPublications(d library.Table, rows []library.Row) (added int, err error) {
	var fresh []string
	for _, row := range rows {
		_, err := t.publication(row.Text("article"))
		if notFound(err) {
			fresh = append(fresh, row.Text("article"))
		} else if err != nil {
			return 0, err
		}
	}
	err = t.propagatingAll(fresh, func() error {
		if added, err = t.load(d, rows); err == nil && added > 0 {
			err = t.shelfFits()
		}
		return err
	})
	return added, err
}

// load inserts rows that are not there yet.
func (t *tx) load(d library.Table, rows []library.Row) (added int, err error) {
	query := insertQuery(d)
	var seq int64
	if d.Order == library.BySeq {
		if seq, err = t.ticks(len(rows)); err != nil {
			return 0, err
		}
	}
	for i, row := range rows {
		args := append([]any{t.guild}, valuesOf(d, row)...)
		if d.Order == library.BySeq {
			args = append(args, seq+int64(i))
		}
		n, err := t.count(query, args...)
		if err != nil {
			return 0, err
		}
		if n == 0 {
			continue
		}
		added++
		t.moved(d.Name, row)
		if d.Name == "settings" {
			if err := t.keepShorter(row.Text("name"), row.Text("value")); err != nil {
				return 0, err
			}
		}
	}
	return added, nil
}

// ticks gives out n sequence numbers, of which it returns the first: see tick.
func (t *tx) ticks(n int) (first int64, err error) {
	t.ticked = true
	err = t.row(`UPDATE clock SET seq = seq + $1 WHERE id = 1 RETURNING seq`, n).Scan(&first)
	return first - int64(n) + 1, err
}

func valuesOf(d library.Table, row library.Row) []any {
	values := make([]any, len(d.Columns))
	for i, c := range d.Columns {
		values[i] = row[c.Name]
	}
	return values
}

// insertQuery takes the guild, the columns and, where there is one, the sequence
// number. Reviews have no key but that number, so one is there already when all
// else is the same.
func insertQuery(d library.Table) string {
	n := len(d.Columns)
	columns := columnList(d)
	if d.Order == library.BySeq {
		columns, n = columns+", seq", n+1
	}
	insert := `INSERT INTO ` + d.Name + ` (guild, ` + columns + `) `
	if d.Name != "reviews" {
		return insert + `VALUES (` + places(1, n+1) + `) ON CONFLICT DO NOTHING`
	}
	var same strings.Builder
	for i, c := range d.Columns {
		same.WriteString(" AND " + c.Name + " = " + places(i+2, 1))
	}
	return insert + `SELECT ` + castPlaces(d) + ` WHERE NOT EXISTS (SELECT 1 FROM ` + d.Name + ` WHERE guild = $1` + same.String() + `)`
}

// castPlaces are the placeholders of a row with their types, which PostgreSQL cannot
// tell in a list that is selected.
func castPlaces(d library.Table) string {
	all := []string{"CAST($1 AS TEXT)"}
	for i, c := range d.Columns {
		kind := "TEXT"
		if c.Kind == library.NumberColumn {
			kind = "BIGINT"
		}
		all = append(all, "CAST("+places(i+2, 1)+" AS "+kind+")")
	}
	return strings.Join(append(all, "CAST("+places(len(d.Columns)+2, 1)+" AS BIGINT)"), ", ")
}

// moved puts a row that was loaded into the feed.
func (t *tx) moved(name string, row library.Row) {
	switch name {
	case "publications", "reviews":
		t.changed(library.ChangedArticle, row.Text("article"))
	case "settings":
		t.changed(library.ChangedSetting, row.Text("name"))
	case "synonyms":
		t.changed(library.ChangedSynonym, row.Text("id"))
	case "preferences":
		t.changed(library.ChangedPreference, row.Text("id"))
	case "golden", "bank", "corrections", "drafts", "watches", "proposals":
		t.changed(library.ChangedRecord, row.Text("id"))
	}
}

// loadTrail inserts those entries that follow the last one that is there; the
// others must be those that are there. So the chain holds whatever is loaded.
func (t *tx) loadTrail(d library.Table, rows []library.Row) (added int, err error) {
	last, err := t.lastEntry()
	if err != nil {
		return 0, err
	}
	var fresh []library.Row
	for _, row := range rows {
		e := library.EntryOf(row)
		if e.N <= last.N {
			err = t.sameEntry(e)
		} else {
			fresh = append(fresh, row)
			err, last = library.VerifyTrail(t.guild, last, []library.Entry{e}), e
		}
		if err != nil {
			return 0, err
		}
	}
	return t.load(d, fresh)
}

// sameEntry is ErrConflict unless the guild's trail has that entry.
func (t *tx) sameEntry(e library.Entry) error {
	there, err := readEntry(t.row(auditColumns+` AND n = $2`, t.guild, e.N))
	if err != nil && !notFound(err) {
		return err
	}
	if there.Hash != e.Hash || e.Hash != e.Sum(t.guild) {
		return fmt.Errorf("%w: the audit trail has another entry %d", article.ErrConflict, e.N)
	}
	return nil
}

// DropPage removes a page that KeepPage kept; one that is not there is gone already.
func (s *Store) DropPage(ctx context.Context, guild, hash string) error {
	if err := checkKeys(hash); err != nil {
		return err
	}
	return s.add(ctx, guild, func(t *tx) error {
		return t.exec(`DELETE FROM pages WHERE guild = $1 AND hash = $2`, guild, hash)
	})
}
