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
	// was taken over, the audit trail included. Otherwise settings, watches with their
	// pages, proposals and the trail stayed out.
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

// ImportOptions say how an archive is imported, and on whose behalf.
type ImportOptions struct {
	Act Act
	// Whole lets a library that returns to its own guild be taken over whole, with the
	// audit trail as the archive has it. The chain of a trail shows changes, not who
	// wrote it: that is for whoever runs the bot, and never for what somebody uploads.
	Whole bool
	From  string // the cursor from which an import goes on; empty to begin
	// Progress may be nil. It is called after each batch of rows with a cursor; its
	// error ends the import.
	Progress func(done, total int64, cursor string) error
}

// notForOthers reports whether a table stays out unless a library is taken over whole: it
// speaks of the channels, roles and changes of the guild that it comes from.
func notForOthers(table string) bool {
	return slices.Contains([]string{"settings", "watches", "pages", "proposals", "audit"}, table)
}

// Import puts the archive into a guild's library. What is there already stays as it
// is, so importing an archive again changes nothing.
//
// A library that returns to its own guild is taken over whole if the options say so, as
// long as the trail there is empty or the beginning of that in the archive. In any other
// case settings, watches with their pages, proposals and the trail stay out. Pages that
// no watch refers to always do. One entry of the guild's own trail says what was imported
// and by whom: its After is the hash of the archive. Exported again, a library that was
// taken over whole gives the same bytes but for that entry.
//
// An import that ended goes on from the last cursor, or from the empty one, with the same
// outcome. ErrTooLarge, before anything is changed, when the guild would have more drafts,
// golden questions or preferences than it may keep. ErrConflict when somebody else
// changed the guild's trail while it was taken over.
func (a *Archive) Import(ctx context.Context, m Mover, notes Trail, guild string, o ImportOptions) (Summary, error) {
	im := importer{Archive: a, mover: m, notes: notes, guild: guild, options: o}
	if err := errors.Join(o.Act.check(), im.begin(ctx)); err != nil {
		return Summary{}, err
	}
	for _, table := range im.plan()[im.at.Table:] {
		if err := im.table(ctx, table); err != nil {
			return im.summary(), err
		}
		if table.Name != "audit" {
			continue
		}
		if err := im.noteFirst(ctx); err != nil { // it follows the trail that was taken over
			return im.summary(), err
		}
	}
	return im.summary(), im.noteLate(ctx)
}

// importer is one import.
type importer struct {
	*Archive
	mover   Mover
	notes   Trail
	guild   string
	options ImportOptions
	at      importCursor
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
func (im *importer) begin(ctx context.Context) error {
	if im.options.From != "" {
		return im.resume(ctx)
	}
	if err := im.fits(ctx, im.mover, im.guild); err != nil {
		return err
	}
	trail, err := im.trail(ctx)
	if err != nil {
		return err
	}
	im.at = importCursor{Since: trail.end.N, Added: map[string]int64{}, Kept: map[string]int64{}}
	if im.options.Whole && im.guild == im.manifest.Guild {
		if im.at.Whole, err = im.continues(trail); err != nil {
			return err
		}
	}
	if err := im.report(); err != nil || im.at.Whole {
		return err
	}
	return im.noteFirst(ctx)
}

func (im *importer) resume(ctx context.Context) error {
	err := json.Unmarshal([]byte(im.options.From), &im.at)
	if err != nil || im.at.Added == nil || im.at.Kept == nil || im.at.Table < 0 || im.at.Row < 0 || im.at.Table > len(im.plan()) ||
		(im.at.Whole && !im.options.Whole) {
		return fmt.Errorf("%w: %.40q is not where an import stood", article.ErrInvalid, im.options.From)
	}
	if im.at.Whole && im.at.Table == 0 { // the trail is not there yet
		return nil
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

// ownTrail is what an import must know of a guild's trail.
type ownTrail struct {
	end   Entry // the last entry
	last  Entry // the last one before those at the end that say that this archive was imported
	noted bool  // there are such entries at the end
}

func (im *importer) trail(ctx context.Context) (t ownTrail, err error) {
	err = im.eachEntry(ctx, 0, func(e Entry) {
		t.end, t.noted = e, im.says(e)
		if !t.noted {
			t.last = e
		}
	})
	return t, err
}

// says reports whether an entry says that this archive was imported. None in the archive
// itself can.
func (im *importer) says(e Entry) bool { return e.Action == ImportAction && e.After == im.hash }

// continues reports whether the trail in the archive begins with that of the guild, or is
// followed there by nothing but entries of its own import.
func (im *importer) continues(t ownTrail) (bool, error) {
	if t.noted && t.last.N != im.manifest.Tables["audit"] {
		return false, nil
	}
	if t.last.N == 0 {
		return true, nil
	}
	same := false
	err := im.each("audit", func(row Row) {
		if row.Number("n") == t.last.N {
			same = row.Text("hash") == t.last.Hash
		}
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
	size, passed := 0, 0
	flush := func() error {
		im.at.Row += int64(passed)
		err := im.load(ctx, table.Name, batch)
		batch, size, passed = batch[:0], 0, 0
		return err
	}
	wanted, err := im.wanted(table.Name)
	if err != nil {
		return err
	}
	_, err = im.rows(table, im.at.Row, true, func(row tableRow) error {
		if !wanted(row.Row) {
			passed++
			return nil
		}
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

// wanted returns which rows of a table are taken over: all, but for pages that no watch
// refers to.
func (im *importer) wanted(table string) (func(Row) bool, error) {
	if table != "pages" {
		return func(Row) bool { return true }, nil
	}
	watched, err := im.watched()
	im.budget = maxUnpacked
	return func(row Row) bool { return watched[row.Text("hash")] }, err
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
	if im.options.Progress == nil {
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
	return im.options.Progress(added+kept, total, string(cursor))
}

// noteFirst enters the import into the trail before anything else is changed, unless the
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
	noted := false
	err := im.eachEntry(ctx, after, func(e Entry) { noted = noted || im.says(e) })
	if err != nil || noted {
		return err
	}
	e := Entry{Action: ImportAction, Subject: im.manifest.Guild, After: im.hash}
	if err := im.notes.Note(ctx, im.guild, e, im.options.Act); err != nil {
		return fmt.Errorf("enter the import into the audit trail: %w", err)
	}
	return nil
}
