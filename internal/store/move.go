package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// Tables implements library.Mover.
func (*Store) Tables() []string {
	var names []string
	for _, d := range library.MovedTables() {
		names = append(names, d.Name)
	}
	return names
}

// Rows implements library.Mover.
func (s *Store) Rows(ctx context.Context, guild, name string, from, limit int) (rows []library.Row, err error) {
	err = s.Still(ctx, guild, func(read library.RowsFunc) error {
		rows, err = read(name, from, limit)
		return err
	})
	return rows, err
}

// Still implements library.Mover. It holds one transaction for reading until read
// returns, which may take its time between two looks.
func (s *Store) Still(ctx context.Context, guild string, read func(library.RowsFunc) error) error {
	return s.read(ctx, guild, func(t *tx) error {
		if err := s.dialect.linger(ctx, t.sql); err != nil {
			return err
		}
		m := mover{tx: t, keys: map[string][]string{}, seqs: map[string][]int64{}}
		return read(m.rows)
	})
}

// movedTable describes a table that belongs to a library.
func movedTable(name string) (library.Table, error) {
	all := library.MovedTables()
	if i := slices.IndexFunc(all, func(d library.Table) bool { return d.Name == name }); i >= 0 {
		return all[i], nil
	}
	return library.Table{}, fmt.Errorf("%w: no table %.40q belongs to a library", article.ErrInvalid, name)
}

// mover reads tables in one transaction.
type mover struct {
	*tx
	keys map[string][]string // by table, in the order of their bytes
	seqs map[string][]int64  // by table, ascending
}

func (m mover) rows(name string, from, limit int) ([]library.Row, error) {
	d, err := movedTable(name)
	if err != nil || from < 0 || limit <= 0 {
		return nil, err
	}
	switch d.Order {
	case library.BySeq:
		return m.bySeq(d, from, limit)
	case library.ByNumber: // they are counted from 1, without a gap
		return m.selected(d, ` AND n > $2 ORDER BY n LIMIT $3`, from, limit)
	default:
		return m.byKey(d, from, limit)
	}
}

// onlyOnce leaves out all but the first of reviews that differ in the sequence number
// alone, of which Load could not tell the second from one that is there already.
func onlyOnce(d library.Table) string {
	if d.Name != "reviews" {
		return ""
	}
	var same strings.Builder
	for _, c := range d.Columns {
		same.WriteString(` AND e.` + c.Name + ` = x.` + c.Name)
	}
	return ` AND NOT EXISTS (SELECT 1 FROM ` + d.Name + ` e WHERE e.guild = x.guild AND e.seq < x.seq` + same.String() + `)`
}

// bySeq reads rows in the order in which they were written. Their numbers are read
// once: to skip rows, a database would read the texts of all of them for each page.
func (m mover) bySeq(d library.Table, from, limit int) ([]library.Row, error) {
	all, read := m.seqs[d.Name]
	if !read {
		var err error
		number := func(r scanner) (seq int64, err error) { return seq, r.Scan(&seq) }
		all, err = collect(m.tx, number, `SELECT x.seq FROM `+d.Name+` x WHERE x.guild = $1`+onlyOnce(d)+` ORDER BY x.seq`, m.guild)
		if err != nil {
			return nil, err
		}
		m.seqs[d.Name] = all
	}
	return within(m, d, ` AND x.seq IN (`, `) ORDER BY x.seq`, all, from, limit)
}

// onlyWatched leaves out pages that no watch refers to: they are steps of moderators'
// dialogs, and archives that wait to be imported.
func onlyWatched(d library.Table) string {
	if d.Name != "pages" {
		return ""
	}
	return ` AND EXISTS (SELECT 1 FROM watches w WHERE w.guild = x.guild AND w.page = x.hash)`
}

// byKey reads rows in the order of their keys' bytes. The engines sort texts by
// rules of their own, so it is done here.
func (m mover) byKey(d library.Table, from, limit int) ([]library.Row, error) {
	key := d.Columns[0].Name
	all, read := m.keys[d.Name]
	if !read {
		var err error
		if all, err = texts(m.tx, `SELECT `+key+` FROM `+d.Name+` x WHERE guild = $1`+onlyWatched(d), m.guild); err != nil {
			return nil, err
		}
		slices.Sort(all)
		m.keys[d.Name] = all
	}
	rows, err := within(m, d, ` AND `+key+` IN (`, `)`, all, from, limit)
	slices.SortFunc(rows, func(a, b library.Row) int { return strings.Compare(a.Text(key), b.Text(key)) })
	return rows, err
}

// within reads the rows of one page of what names them.
func within[T any](m mover, d library.Table, before, after string, all []T, from, limit int) ([]library.Row, error) {
	page := all[min(from, len(all)):min(from+limit, len(all))]
	if len(page) == 0 {
		return nil, nil
	}
	args := make([]any, len(page))
	for i, name := range page {
		args[i] = name
	}
	return m.selected(d, before+places(2, len(page))+after, args...)
}

// selected reads the guild's rows of a table, called x, for which a condition holds.
func (m mover) selected(d library.Table, condition string, args ...any) ([]library.Row, error) {
	query := `SELECT ` + columnList(d) + ` FROM ` + d.Name + ` x WHERE x.guild = $1` + condition
	return collect(m.tx, func(r scanner) (library.Row, error) { return readRow(d, r) }, query, append([]any{m.guild}, args...)...)
}

func columnList(d library.Table) string {
	names := make([]string, len(d.Columns))
	for i, c := range d.Columns {
		names[i] = c.Name
	}
	return strings.Join(names, ", ")
}

// readRow reads one row by the kinds of its columns.
func readRow(d library.Table, r scanner) (library.Row, error) {
	into := make([]any, len(d.Columns))
	for i, c := range d.Columns {
		switch c.Kind {
		case library.NumberColumn:
			into[i] = new(int64)
		case library.TruthColumn:
			into[i] = new(bool)
		default:
			into[i] = new(string)
		}
	}
	if err := r.Scan(into...); err != nil {
		return nil, err
	}
	row := make(library.Row, len(into))
	for i, c := range d.Columns {
		switch value := into[i].(type) {
		case *int64:
			row[c.Name] = *value
		case *bool:
			row[c.Name] = *value
		case *string:
			row[c.Name] = *value
		}
	}
	return row, nil
}
