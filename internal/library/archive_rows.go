package library

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"verbatim/internal/article"
)

// tableRow is a row of an archive with its place.
type tableRow struct {
	Row
	line int
}

// rows calls do with each row of a table from the one numbered from, counted from
// 0, and checks that it is one. blobs says whether texts in files of their own are
// read too; without, their columns are empty.
func (a *Archive) rows(table Table, from int64, blobs bool, do func(tableRow) error) (n int64, err error) {
	name := tableFile(table.Name)
	r, err := a.open(name)
	if err != nil {
		return 0, err
	}
	defer r.Close()
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxArchiveLine)
	for lines.Scan() {
		if n++; n <= from {
			continue
		}
		line := int(n)
		if n > maxArchiveRows {
			return n, archiveProblem(name, line, article.ErrTooLarge, "the table has more than %d rows", maxArchiveRows)
		}
		row, err := a.row(table, lines.Bytes(), blobs)
		if err != nil {
			return n, archiveFault(name, line, err)
		}
		if err := do(tableRow{row, line}); err != nil {
			return n, err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return n, archiveProblem(name, int(n)+1, article.ErrTooLarge, "the row has more than %d bytes", maxArchiveLine)
	}
	if lines.Err() != nil {
		return n, archiveFault(name, 0, lines.Err())
	}
	return n, nil
}

// row reads one line.
func (a *Archive) row(table Table, line []byte, blobs bool) (Row, error) {
	row, err := decodeRow(line)
	if err != nil {
		return nil, err
	}
	for _, c := range table.Columns {
		if _, there := row[c.Name]; !there && c.Kind == LaterColumn {
			row[c.Name] = ""
		}
	}
	blob, split := blobOf(table.Name)
	if split {
		if _, there := row[blob.column]; there {
			return nil, fmt.Errorf("%w: %q belongs into a file of its own", article.ErrInvalid, blob.column)
		}
		row[blob.column] = ""
	}
	if err := table.Check(row); err != nil {
		return nil, err
	}
	if !split || !blobs {
		return row, nil
	}
	content, err := a.read(blob.file(row), maxArchiveFile)
	if err != nil {
		return nil, err
	}
	row[blob.column] = string(content)
	if blob.base64 {
		row[blob.column] = base64.StdEncoding.EncodeToString(content)
	}
	if err := table.Check(row); err != nil {
		return nil, archiveFault(blob.file(row), 0, err)
	}
	return row, nil
}

// decodeRow reads a JSON object of texts, whole numbers and truth values.
func decodeRow(line []byte) (Row, error) {
	if !utf8.Valid(line) { // which encoding/json would mend silently
		return nil, fmt.Errorf("%w: the line is not UTF-8", article.ErrInvalid)
	}
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var row Row
	if err := decoder.Decode(&row); err != nil || row == nil {
		return nil, fmt.Errorf("%w: the line is not a JSON object", article.ErrInvalid)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: something follows the JSON object in the line", article.ErrInvalid)
	}
	for name, value := range row {
		number, ok := value.(json.Number)
		if !ok {
			continue
		}
		n, err := number.Int64()
		if err != nil {
			return nil, fmt.Errorf("%w: %.40q is not a whole number of 64 bits", article.ErrInvalid, name)
		}
		row[name] = n
	}
	return row, nil
}
