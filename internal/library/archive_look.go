package library

import (
	"context"
)

// Outlook is what importing an archive would do to a guild's library, the trail,
// settings, watches and proposals aside.
type Outlook struct {
	Guild    string           // whose library the archive holds
	Added    map[string]int64 // rows by table that are not there yet
	Articles []string         // titles of articles that would be answered from besides, by key
	Hidden   []string         // keys of shipped articles that would be answered from no more
	Kept     int              // articles and shipped ones that stay as they are here
}

// lookedAt reports whether an outlook counts the rows of a table.
func lookedAt(table string) bool {
	switch table {
	case "publications", "drafts", "golden", "preferences", "synonyms", "bank":
		return true
	}
	return false
}

// Look says what an import would do, without doing it. ErrTooLarge when the guild would
// have more of something than it may keep, as by [Archive.Import].
func (a *Archive) Look(ctx context.Context, m Mover, guild string) (Outlook, error) {
	out := Outlook{Guild: a.manifest.Guild, Added: map[string]int64{}}
	titles, err := a.titles()
	if err != nil {
		return out, err
	}
	see := func(table string, row Row, fresh bool) {
		own, _ := row["own"].(bool)
		key, state := row.Text("article"), State(row.Text("state"))
		switch {
		case fresh:
			out.Added[table]++
		case table == "publications":
			out.Kept++
		}
		switch {
		case !fresh || table != "publications":
		case own && state == Published:
			out.Articles = append(out.Articles, titles[[2]string{key, row.Text("hash")}])
		case !own && state == Hidden:
			out.Hidden = append(out.Hidden, key)
		}
	}
	return out, a.compare(ctx, m, guild, see)
}

// titles are those of the revisions, by article and hash.
func (a *Archive) titles() (map[[2]string]string, error) {
	titles := map[[2]string]string{}
	err := a.each("revisions", func(row Row) {
		titles[[2]string{row.Text("article"), row.Text("hash")}] = row.Text("title")
	})
	return titles, err
}

// each calls do with each row of a table, without what is kept in files of its own.
func (a *Archive) each(name string, do func(Row)) error {
	for _, table := range MovedTables() {
		if table.Name != name {
			continue
		}
		a.budget = maxUnpacked
		_, err := a.rows(table, 0, false, func(row tableRow) error {
			do(row.Row)
			return nil
		})
		return err
	}
	return nil
}

// compare calls see with each row of the tables that an outlook counts, and says whether
// it would be new. ErrTooLarge beyond what a guild may keep of one sort.
func (a *Archive) compare(ctx context.Context, m Mover, guild string, see func(table string, row Row, fresh bool)) error {
	return m.Still(ctx, guild, func(read RowsFunc) error {
		for _, table := range MovedTables() {
			if !lookedAt(table.Name) {
				continue
			}
			key, there := table.Columns[0].Name, map[string]bool{}
			err := eachRow(ctx, read, table.Name, func(row Row) error {
				there[row.Text(key)] = true
				return nil
			})
			if err != nil {
				return err
			}
			fresh := 0
			err = a.each(table.Name, func(row Row) {
				if !there[row.Text(key)] {
					fresh++
				}
				see(table.Name, row, !there[row.Text(key)])
			})
			if err == nil {
				err = Room(table.Name, len(there), fresh)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// fits refuses an import that would leave a guild with more than it may keep.
func (a *Archive) fits(ctx context.Context, m Mover, guild string) error {
	return a.compare(ctx, m, guild, func(string, Row, bool) {})
}

// watched are the hashes of the pages that a watch of the archive refers to.
func (a *Archive) watched() (map[string]bool, error) {
	pages := map[string]bool{}
	err := a.each("watches", func(row Row) { pages[row.Text("page")] = true })
	return pages, err
}
