package library

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"verbatim/internal/article"
)

// Summary is what came of an import.
type Summary struct {
	Guild string // whose library the archive holds
	// Whole is true when the library went back to where it came from: then all of it
	// was taken over, the audit trail included. Otherwise settings, watches,
	// proposals and the trail stayed out.
	Whole bool
	Added map[string]int64 // rows by table
	Kept  map[string]int64 // rows that were there already, and stay as they are
}

// Totals adds up the tables.
func (s Summary) Totals() (added, kept int64) {
	for _, n := range s.Added {
		added += n
	}
	for _, n := range s.Kept {
		kept += n
	}
	return added, kept
}

// ImportAction is what an import is called in the audit trail.
const ImportAction = "library.import"

// notForOthers reports whether a table stays out when a library goes to another guild:
// it speaks of the channels, roles and changes of the one that it comes from.
func notForOthers(table string) bool {
	return slices.Contains([]string{"settings", "watches", "proposals", "audit"}, table)
}

// Import puts the archive into a guild's library. What is there already stays as it
// is, so importing an archive again changes nothing.
//
// A library that returns to its own guild is taken over whole, as long as the trail
// there is empty or the beginning of that in the archive; exported again, it gives
// the same bytes. In any other case settings, watches, proposals and the trail stay
// out, and one entry of the guild's own trail says what was imported: its After is
// the hash of the archive.
//
// progress, which may be nil, is called after each batch of rows with a cursor;
// its error ends the import. An import that ended goes on from the last cursor, or
// from the empty one, with the same outcome. ErrConflict when somebody else changed
// the guild's trail while it was taken over.
func (a *Archive) Import(
	ctx context.Context, m Mover, notes Trail, guild string, act Act, from string,
	progress func(done, total int64, cursor string) error,
) (Summary, error) {
	im := importer{Archive: a, mover: m, notes: notes, guild: guild, act: act, progress: progress}
	if err := errors.Join(act.check(), im.begin(ctx, from)); err != nil {
		return Summary{}, err
	}
	for _, table := range im.plan()[im.at.Table:] {
		if err := im.table(ctx, table); err != nil {
			return im.summary(), err
		}
	}
	return im.summary(), im.noteLate(ctx)
}

// importer is one import.
type importer struct {
	*Archive
	mover    Mover
	notes    Trail
	guild    string
	act      Act
	progress func(done, total int64, cursor string) error
	at       importCursor
}

// importCursor is where an import stands.
type importCursor struct {
	Whole bool             `json:"whole"`
	Since int64            `json:"since"` // the last entry of the guild's trail when it began
	Table int              `json:"table"` // of the plan
	Row   int64            `json:"row"`   // of the table, counted from 0
	Added map[string]int64 `json:"added"`
	Kept  map[string]int64 `json:"kept"`
}

func (im *importer) summary() Summary {
	return Summary{Guild: im.manifest.Guild, Whole: im.at.Whole, Added: im.at.Added, Kept: im.at.Kept}
}

// plan lists the tables in the order in which they are put in. The trail comes
// first, so that what somebody changes meanwhile follows all of it.
func (im *importer) plan() []Table {
	var plan []Table
	for _, table := range MovedTables() {
		switch {
		case !im.at.Whole && notForOthers(table.Name):
		case table.Name == "audit":
			plan = slices.Insert(plan, 0, table)
		default:
			plan = append(plan, table)
		}
	}
	return plan
}

// begin finds out where the import starts.
func (im *importer) begin(ctx context.Context, from string) error {
	if from != "" {
		return im.resume(ctx, from)
	}
	last, err := im.lastEntry(ctx)
	if err != nil {
		return err
	}
	im.at = importCursor{Since: last.N, Added: map[string]int64{}, Kept: map[string]int64{}}
	if im.guild == im.manifest.Guild {
		if im.at.Whole, err = im.continues(last); err != nil {
			return err
		}
	}
	if err := im.report(); err != nil {
		return err
	}
	return im.noteFirst(ctx)
}

func (im *importer) resume(ctx context.Context, from string) error {
	err := json.Unmarshal([]byte(from), &im.at)
	if err != nil || im.at.Added == nil || im.at.Kept == nil || im.at.Table < 0 || im.at.Row < 0 || im.at.Table > len(im.plan()) {
		return fmt.Errorf("%w: %.40q is not where an import stood", article.ErrInvalid, from)
	}
	return im.noteFirst(ctx)
}

// eachEntry calls do with the entries of the guild's trail after one.
func (im *importer) eachEntry(ctx context.Context, after int64, do func(Entry)) error {
	for {
		page, err := im.notes.Audit(ctx, im.guild, after, trailPage)
		if err != nil || len(page) == 0 {
			return err
		}
		for _, e := range page {
			do(e)
			after = e.N
		}
	}
}

func (im *importer) lastEntry(ctx context.Context) (last Entry, err error) {
	err = im.eachEntry(ctx, 0, func(e Entry) { last = e })
	return last, err
}

// continues reports whether the trail in the archive begins with the one whose last
// entry is given.
func (im *importer) continues(last Entry) (bool, error) {
	if last.N == 0 {
		return true, nil
	}
	table := MovedTables()[len(MovedTables())-1]
	im.budget = maxUnpacked
	same := false
	_, err := im.rows(table, last.N-1, false, func(row tableRow) error {
		if row.Number("n") == last.N {
			same = row.Text("hash") == last.Hash
		}
		return nil
	})
	return same, err
}

// importRows and importBytes are how much is put in at once, so that other writers
// need not wait for long.
const (
	importRows  = 100
	importBytes = 4 << 20
)

// table puts in the rows of one table, and moves the cursor to the next.
func (im *importer) table(ctx context.Context, table Table) error {
	im.budget = maxUnpacked // the whole archive was found to be within it
	var batch []Row
	size := 0
	flush := func() error {
		err := im.load(ctx, table.Name, batch)
		batch, size = batch[:0], 0
		return err
	}
	_, err := im.rows(table, im.at.Row, true, func(row tableRow) error {
		batch, size = append(batch, row.Row), size+row.size()
		if len(batch) < importRows && size < importBytes {
			return nil
		}
		return flush()
	})
	if err == nil && len(batch) > 0 {
		err = flush()
	}
	im.at.Table, im.at.Row = im.at.Table+1, 0
	return err
}

// size is about how many bytes a row has.
func (r Row) size() int {
	n := 0
	for name := range r {
		n += len(r.Text(name))
	}
	return n
}

// load puts in a batch and reports it.
func (im *importer) load(ctx context.Context, table string, batch []Row) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	added, err := im.mover.Load(ctx, im.guild, table, batch)
	if err != nil {
		return fmt.Errorf("import the table %s: %w", table, err)
	}
	im.at.Row += int64(len(batch))
	im.at.Added[table] += int64(added)
	im.at.Kept[table] += int64(len(batch) - added)
	return im.report()
}

// report tells how far the import is.
func (im *importer) report() error {
	if im.progress == nil {
		return nil
	}
	var total int64
	for _, table := range im.plan() {
		total += im.manifest.Tables[table.Name]
	}
	cursor, err := json.Marshal(im.at)
	if err != nil {
		return err
	}
	added, kept := im.summary().Totals()
	return im.progress(added+kept, total, string(cursor))
}

// noteFirst enters the import into the trail before anything is changed, unless the
// archive was imported before.
func (im *importer) noteFirst(ctx context.Context) error { return im.note(ctx, 0) }

// noteLate enters an import that was entered before and yet found something to add.
func (im *importer) noteLate(ctx context.Context) error {
	if added, _ := im.summary().Totals(); added == 0 {
		return nil
	}
	return im.note(ctx, im.at.Since)
}

// note enters the import unless an entry after the one numbered after says so.
func (im *importer) note(ctx context.Context, after int64) error {
	if im.at.Whole {
		return nil
	}
	noted := false
	err := im.eachEntry(ctx, after, func(e Entry) { noted = noted || (e.Action == ImportAction && e.After == im.hash) })
	if err != nil || noted {
		return err
	}
	e := Entry{Action: ImportAction, Subject: im.manifest.Guild, After: im.hash}
	if err := im.notes.Note(ctx, im.guild, e, im.act); err != nil {
		return fmt.Errorf("enter the import into the audit trail: %w", err)
	}
	return nil
}
