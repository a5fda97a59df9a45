package library

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"time"

	"verbatim/internal/article"
)

// Export writes a guild's library to w as of one moment, and says what is in it. The
// same library gives the same bytes. ErrTooLarge when it is more than [OpenArchive]
// reads; what was written until then is of no use.
func Export(ctx context.Context, m Mover, guild string, w io.Writer) (Manifest, error) {
	x := newExporter(w)
	manifest := Manifest{Guild: guild, Tables: map[string]int64{}}
	err := m.Still(ctx, guild, func(read RowsFunc) error {
		if err := x.findCurrent(ctx, read); err != nil {
			return err
		}
		for _, table := range MovedTables() {
			n, err := x.table(ctx, table, read)
			if err != nil {
				return fmt.Errorf("export the table %s: %w", table.Name, err)
			}
			manifest.Tables[table.Name] = n
		}
		return nil
	})
	manifest.Format = x.format
	if err != nil {
		return manifest, err
	}
	return manifest, x.close(manifest)
}

// exporter writes the files of an archive.
type exporter struct {
	zip     *zip.Writer
	out     *countingWriter
	current map[[2]string]bool // article and hash of the current revisions
	written map[string]bool    // names of files that are there already
	rows    int64
	size    int64
	format  int
}

type countingWriter struct {
	io.Writer
	n int64
}

func (w *countingWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	w.n += int64(n)
	return n, err
}

func newExporter(w io.Writer) *exporter {
	out := &countingWriter{Writer: w}
	x := &exporter{zip: zip.NewWriter(out), out: out, current: map[[2]string]bool{}, written: map[string]bool{}, format: archiveFirst}
	var deflate *flate.Writer // one for all files, which are written one after the other
	x.zip.RegisterCompressor(zip.Deflate, func(w io.Writer) (_ io.WriteCloser, err error) {
		if deflate != nil {
			deflate.Reset(w)
			return deflate, nil
		}
		deflate, err = flate.NewWriter(w, flate.BestCompression)
		return deflate, err
	})
	return x
}

// How many rows are read at once. Those that hold whole articles or pages are held
// in memory together.
const (
	exportPage = 50
	blobPage   = 5
)

// pageOf is how many rows of a table are read at once.
func pageOf(table string) int {
	if _, split := blobOf(table); split || table == "drafts" {
		return blobPage
	}
	return exportPage
}

// eachRow calls do with each row of a table.
func eachRow(ctx context.Context, read RowsFunc, table string, do func(Row) error) error {
	page := pageOf(table)
	for from := 0; ; from += page {
		if err := ctx.Err(); err != nil {
			return err
		}
		rows, err := read(table, from, page)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := do(row); err != nil {
				return err
			}
		}
		if len(rows) < page {
			return nil
		}
	}
}

func (x *exporter) findCurrent(ctx context.Context, read RowsFunc) error {
	return eachRow(ctx, read, "publications", func(row Row) error {
		if own, _ := row["own"].(bool); own {
			x.current[[2]string{row.Text("article"), row.Text("hash")}] = true
		}
		return nil
	})
}

// table writes the files of a table's rows, and then the rows.
func (x *exporter) table(ctx context.Context, table Table, read RowsFunc) (n int64, err error) {
	var lines bytes.Buffer
	encoder := json.NewEncoder(&lines)
	encoder.SetEscapeHTML(false)
	blob, split := blobOf(table.Name)
	err = eachRow(ctx, read, table.Name, func(row Row) error {
		if n, x.rows = n+1, x.rows+1; x.rows > maxArchiveRows {
			return fmt.Errorf("%w: the library has more than %d rows", article.ErrTooLarge, maxArchiveRows)
		}
		x.format = max(x.format, table.formatOf(row))
		row = table.written(row)
		if split {
			if err := x.blob(blob, row); err != nil {
				return err
			}
			delete(row, blob.column)
		}
		before := lines.Len()
		if err := encoder.Encode(row); err != nil {
			return err
		}
		if lines.Len()-before > maxArchiveLine {
			return fmt.Errorf("%w: a row has more than %d bytes", article.ErrTooLarge, maxArchiveLine)
		}
		return nil
	})
	if err != nil {
		return n, err
	}
	return n, x.file(tableFile(table.Name), lines.Bytes())
}

// formatOf is the first format that has room for a row.
func (t Table) formatOf(row Row) int {
	for _, c := range t.Columns {
		if c.Kind == LaterColumn && row.Text(c.Name) != "" {
			return archiveFormat
		}
	}
	return archiveFirst
}

// written is a copy of a row without the columns that are left out where they are empty.
func (t Table) written(row Row) Row {
	row = maps.Clone(row)
	for _, c := range t.Columns {
		if c.Kind == LaterColumn && row.Text(c.Name) == "" {
			delete(row, c.Name)
		}
	}
	return row
}

// blob writes the column of a row that is kept in a file.
func (x *exporter) blob(b blob, row Row) error {
	content := []byte(row.Text(b.column))
	if b.base64 {
		decoded, err := base64.StdEncoding.Strict().DecodeString(row.Text(b.column))
		if err != nil {
			return fmt.Errorf("%w: the page %.12s is damaged in the database", article.ErrInvalid, row.Text(b.name))
		}
		content = decoded
	}
	if len(content) > maxArchiveFile {
		return fmt.Errorf("%w: %s has more than %d bytes", article.ErrTooLarge, b.file(row), maxArchiveFile)
	}
	if b.column == "source" && x.current[[2]string{row.Text("article"), row.Text("hash")}] {
		if err := x.file(articleFile(row.Text("article")), content); err != nil {
			return err
		}
	}
	return x.file(b.file(row), content)
}

// file writes a file, once.
func (x *exporter) file(name string, content []byte) error {
	// A file is read as often as there are rows that name it, so it counts each time.
	if x.size += int64(len(content)); x.size > maxUnpacked || x.out.n > MaxArchive {
		return tooMuch()
	}
	if x.written[name] {
		return nil
	}
	x.written[name] = true
	w, err := x.zip.CreateHeader(&zip.FileHeader{
		Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC), // the zero of zip's times
	})
	if err != nil {
		return err
	}
	_, err = w.Write(content)
	return err
}

func tooMuch() error {
	return fmt.Errorf("%w: the library is larger than an archive may be, %d MiB as a zip and %d MiB unpacked; make a backup of the database instead",
		article.ErrTooLarge, MaxArchive>>20, maxUnpacked>>20)
}

// close writes the manifest and ends the archive.
func (x *exporter) close(manifest Manifest) error {
	text, err := json.MarshalIndent(manifest, "", "  ")
	if err != nil {
		return err
	}
	if err := x.file(manifestFile, append(text, '\n')); err != nil {
		return err
	}
	if err := x.zip.Close(); err != nil {
		return err
	}
	if x.out.n > MaxArchive {
		return tooMuch()
	}
	return nil
}

// Contents counts the rows of a guild's library, as [Export] would write them.
func Contents(ctx context.Context, m Mover, guild string) (Manifest, error) {
	manifest := Manifest{Format: archiveFirst, Guild: guild, Tables: map[string]int64{}}
	err := m.Still(ctx, guild, func(read RowsFunc) error {
		for _, table := range MovedTables() {
			err := eachRow(ctx, read, table.Name, func(row Row) error {
				manifest.Tables[table.Name]++
				manifest.Format = max(manifest.Format, table.formatOf(row))
				return nil
			})
			if err != nil {
				return fmt.Errorf("count the table %s: %w", table.Name, err)
			}
		}
		return nil
	})
	return manifest, err
}
