package library

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"verbatim/internal/article"
)

// Table describes the rows of one table of a library, as they are moved.
type Table struct {
	Name    string
	Columns []Column
	Order   Order
}

// Column is one column of a table.
type Column struct {
	Name string
	Kind ColumnKind
}

// ColumnKind says what a column holds.
type ColumnKind int

// The kinds of column.
const (
	TextColumn   ColumnKind = iota // UTF-8 without NUL
	KeyColumn                      // a text of 1 to 512 bytes that is part of the table's key
	NumberColumn                   // int64
	TruthColumn                    // bool
	LaterColumn                    // a text that archives of format 1 do not have, nor others where it is empty
)

// Order says how the rows of a table are ordered, which is the same on every engine.
type Order int

// The orders.
const (
	ByKey    Order = iota // by the bytes of the only key column
	BySeq                 // as they were written, by a sequence number that is not in the row
	ByNumber              // by the number column "n", counted from 1
)

// maxKeyBytes is how long a key may be, which both engines can index.
const maxKeyBytes = 512

// MovedTables describes the tables of a library in the order in which they are to
// be put in. What concerns who asked or what was asked is in none of them.
func MovedTables() []Table {
	return []Table{
		tableOf("texts", ByKey, keyed("revision"), texts("canonical")),
		tableOf("revisions", BySeq, keyed("article", "hash"), texts("revision", "title", "source", "actor", "note"), numbers("at")),
		tableOf("reviews", BySeq, keyed("article"), texts("hash", "actor", "on_day", "next"), numbers("at")),
		tableOf("golden", ByKey, keyed("id"), texts("question", "expect", "article", "revision", "tier", "actor"), numbers("start_at", "end_at", "at")),
		tableOf("bank", ByKey, keyed("id"), texts("question", "article", "actor"), numbers("at")),
		tableOf("synonyms", ByKey, keyed("id"), texts("words", "actor"), truths("related"), numbers("at")),
		tableOf("corrections", ByKey, keyed("id"), texts("answer", "kind", "preference", "golden", "actor"), later("hash", "was_place", "right_place", "replaced"), numbers("at")),
		tableOf("preferences", ByKey, keyed("id"), texts("question", "article", "revision", "actor"), numbers("start_at", "end_at", "at")),
		tableOf("drafts", ByKey, keyed("id"), texts("title", "source", "base", "actor"), numbers("at")),
		tableOf("pages", ByKey, keyed("hash"), texts("body"), numbers("at")),
		tableOf("watches", ByKey, keyed("id"), texts("url", "article", "page", "actor"), numbers("every", "checked", "at")),
		tableOf("proposals", ByKey, keyed("id"), texts("kind", "topic", "body", "state", "actor", "decided_by"), numbers("at")),
		tableOf("settings", ByKey, keyed("name"), texts("value")),
		tableOf("publications", ByKey, keyed("article"), texts("state", "hash", "actor"), truths("own"), numbers("at")),
		tableOf("audit", ByNumber, texts("actor", "action", "subject", "before", "after", "reason", "prev", "hash"), numbers("n", "at")),
	}
}

func tableOf(name string, order Order, columns ...[]Column) Table {
	t := Table{Name: name, Order: order}
	for _, some := range columns {
		t.Columns = append(t.Columns, some...)
	}
	return t
}

func keyed(names ...string) []Column   { return columnsOf(KeyColumn, names) }
func texts(names ...string) []Column   { return columnsOf(TextColumn, names) }
func numbers(names ...string) []Column { return columnsOf(NumberColumn, names) }
func later(names ...string) []Column   { return columnsOf(LaterColumn, names) }
func truths(names ...string) []Column  { return columnsOf(TruthColumn, names) }

func columnsOf(kind ColumnKind, names []string) []Column {
	var columns []Column
	for _, name := range names {
		columns = append(columns, Column{name, kind})
	}
	return columns
}

// Check is ErrInvalid for a row that lacks a column, has one that the table does
// not have, or holds what cannot be kept; ErrTooLarge for a key that is too long.
func (t Table) Check(row Row) error {
	for _, c := range t.Columns {
		value, ok := row[c.Name]
		if !ok {
			return fmt.Errorf("%w: the column %q of %s is missing", article.ErrInvalid, c.Name, t.Name)
		}
		if err := c.check(value); err != nil {
			return err
		}
	}
	if len(row) == len(t.Columns) {
		return nil
	}
	for name := range row {
		if !t.has(name) {
			return fmt.Errorf("%w: %s has no column %.40q", article.ErrInvalid, t.Name, name)
		}
	}
	return nil
}

func (t Table) has(name string) bool {
	for _, c := range t.Columns {
		if c.Name == name {
			return true
		}
	}
	return false
}

// check is ErrInvalid for a value that the column cannot hold.
func (c Column) check(value any) error {
	switch c.Kind {
	case NumberColumn:
		if _, ok := value.(int64); !ok {
			return fmt.Errorf("%w: %q is not a whole number of 64 bits", article.ErrInvalid, c.Name)
		}
	case TruthColumn:
		if _, ok := value.(bool); !ok {
			return fmt.Errorf("%w: %q is neither true nor false", article.ErrInvalid, c.Name)
		}
	default:
		text, ok := value.(string)
		switch {
		case !ok:
			return fmt.Errorf("%w: %q is not a text", article.ErrInvalid, c.Name)
		case !utf8.ValidString(text) || strings.ContainsRune(text, 0):
			return fmt.Errorf("%w: %q is not UTF-8, or holds a NUL", article.ErrInvalid, c.Name)
		case c.Kind == KeyColumn && text == "":
			return fmt.Errorf("%w: %q is empty", article.ErrInvalid, c.Name)
		case c.Kind == KeyColumn && len(text) > maxKeyBytes:
			return fmt.Errorf("%w: %q has %d bytes, and the limit is %d", article.ErrTooLarge, c.Name, len(text), maxKeyBytes)
		}
	}
	return nil
}

// Text and Number return a column of a row that was checked.
func (r Row) Text(column string) string {
	text, _ := r[column].(string)
	return text
}

// Number returns a number column of a row that was checked.
func (r Row) Number(column string) int64 {
	n, _ := r[column].(int64)
	return n
}

// EntryOf reads a row of the table "audit".
func EntryOf(row Row) Entry {
	e := Entry{
		N: row.Number("n"), Actor: row.Text("actor"), Action: row.Text("action"), Subject: row.Text("subject"),
		Before: row.Text("before"), After: row.Text("after"), Reason: row.Text("reason"), Prev: row.Text("prev"), Hash: row.Text("hash"),
	}
	if at := row.Number("at"); at != 0 {
		e.At = time.UnixMilli(at).UTC()
	}
	return e
}
