package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbatim/internal/article"
	"verbatim/internal/library"
)

// table says how one sort of record is kept.
type table[T any] struct {
	name    string             // of the table in SQL
	action  string             // what its changes are called in the audit trail: "draft" for "draft.put"
	change  library.ChangeKind // what they are called in the feed
	columns []string           // beside guild and id
	fields  func(*T) []any     // what the columns hold, as pointers to read and write through
	at      func(*T) *time.Time
	most    int    // how many a guild may keep; 0 for any number
	instead string // what to do when there are that many
}

func (d table[T]) list() string { return strings.Join(d.columns, ", ") }

// upsert is the query that puts a record and returns it as it is kept.
func (d table[T]) upsert() string {
	sets := make([]string, len(d.columns))
	for i, c := range d.columns {
		sets[i] = c + " = excluded." + c
	}
	return `INSERT INTO ` + d.name + ` (guild, id, ` + d.list() + `) VALUES (` + places(1, len(d.columns)+2) + `)
		ON CONFLICT (guild, id) DO UPDATE SET ` + strings.Join(sets, ", ") + ` RETURNING ` + d.list()
}

// collection is library.Records over one table.
type collection[T any] struct {
	store *Store
	table table[T]
}

// Put implements library.Records. Putting what is there already changes nothing.
func (c collection[T]) Put(ctx context.Context, guild, id string, value T, act library.Act) error {
	if err := checkKeys(id); err != nil {
		return err
	}
	if err := checkAct(act); err != nil {
		return err
	}
	if err := checkFields(c.table.fields(&value)); err != nil {
		return err
	}
	if err := checkRecord(value); err != nil {
		return err
	}
	return c.store.write(ctx, guild, func(t *tx) error { return put(t, c.table, id, value, act) })
}

// checkAct refuses what cannot stand in the audit trail, also where nothing would change.
func checkAct(act library.Act) error { return checkTexts(maxText, act.Actor, act.Reason) }

func put[T any](t *tx, d table[T], id string, value T, act library.Act) error {
	before, err := get(t, d, id)
	added := notFound(err)
	if added {
		err = room(t, d)
	}
	if err != nil {
		return err
	}
	if at := d.at(&value); at.IsZero() {
		*at = t.at
	}
	var kept T
	args := append([]any{t.guild, id}, d.fields(&value)...)
	if err := t.row(d.upsert(), args...).Scan(d.fields(&kept)...); err != nil {
		return err
	}
	was, err := hashOf(before)
	if err != nil {
		return err
	}
	is, err := hashOf(kept)
	switch {
	case err != nil:
		return err
	case added:
		was = ""
	case was == is:
		return nil
	}
	t.changed(d.change, id)
	return t.audit(act, d.action+".put", id, was, is)
}

// room refuses a record beyond the limit. The guild's writers take turns, so the
// number holds until the commit.
func room[T any](t *tx, d table[T]) error {
	if d.most == 0 {
		return nil
	}
	var n int
	if err := t.row(`SELECT count(*) FROM `+d.name+` WHERE guild = $1`, t.guild).Scan(&n); err != nil {
		return err
	}
	if n >= d.most {
		return fmt.Errorf("%w: a guild keeps at most %d %s; %s", article.ErrTooLarge, d.most, d.name, d.instead)
	}
	return nil
}

// hashOf is the hash of a record for the audit trail: of its JSON.
func hashOf[T any](value T) (string, error) {
	text, err := jsonOf(value)
	return library.HashOf(text), err
}

func jsonOf[T any](value T) (string, error) {
	text, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("%w: a record that cannot be written as JSON: %w", article.ErrInvalid, err)
	}
	return string(text), nil
}

// checkRecord refuses what an archive has no room for.
func checkRecord[T any](value T) error {
	text, err := jsonOf(value)
	if err == nil && len(text) > library.MaxRecord {
		err = fmt.Errorf("%w: the record has %d bytes, and the limit is %d", article.ErrTooLarge, len(text), library.MaxRecord)
	}
	return err
}

// Get implements library.Records.
func (c collection[T]) Get(ctx context.Context, guild, id string) (value T, err error) {
	if err := checkTexts(maxKey, id); err != nil {
		return value, err
	}
	err = c.store.read(ctx, guild, func(t *tx) error {
		value, err = get(t, c.table, id)
		return err
	})
	return value, err
}

func get[T any](t *tx, d table[T], id string) (value T, err error) {
	err = t.row(`SELECT `+d.list()+` FROM `+d.name+` WHERE guild = $1 AND id = $2`, t.guild, id).Scan(d.fields(&value)...)
	return value, missing(err, d.action, id)
}

// List implements library.Records.
func (c collection[T]) List(ctx context.Context, guild string) (all []library.Record[T], err error) {
	err = c.store.read(ctx, guild, func(t *tx) error {
		all, err = recorded(t, c.table)
		return err
	})
	return all, err
}

// recorded lists the records of a table, oldest first. They are sorted here because
// the engines do not agree on the order of texts.
func recorded[T any](t *tx, d table[T]) ([]library.Record[T], error) {
	all, err := collect(t, func(r scanner) (one library.Record[T], err error) {
		return one, r.Scan(append([]any{&one.ID}, d.fields(&one.Value)...)...)
	}, `SELECT id, `+d.list()+` FROM `+d.name+` WHERE guild = $1`, t.guild)
	slices.SortFunc(all, func(a, b library.Record[T]) int {
		return cmp.Or(d.at(&a.Value).Compare(*d.at(&b.Value)), strings.Compare(a.ID, b.ID))
	})
	return all, err
}

// listed is recorded without the ids.
func listed[T any](t *tx, d table[T]) ([]T, error) {
	records, err := recorded(t, d)
	all := make([]T, len(records))
	for i, r := range records {
		all[i] = r.Value
	}
	return all, err
}

// Delete implements library.Records.
func (c collection[T]) Delete(ctx context.Context, guild, id string, act library.Act) error {
	if err := checkTexts(maxKey, id); err != nil {
		return err
	}
	if err := checkAct(act); err != nil {
		return err
	}
	return c.store.write(ctx, guild, func(t *tx) error {
		before, err := get(t, c.table, id)
		if err != nil {
			return err
		}
		was, err := hashOf(before)
		if err != nil {
			return err
		}
		if err := t.exec(`DELETE FROM `+c.table.name+` WHERE guild = $1 AND id = $2`, guild, id); err != nil {
			return err
		}
		t.changed(c.table.change, id)
		return t.audit(act, c.table.action+".delete", id, was, "")
	})
}
