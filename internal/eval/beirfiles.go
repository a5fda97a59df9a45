package eval

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"verbatim/internal/article"
)

// maxBEIRLine is the longest line of a collection, in bytes; it is above the
// largest document that is read.
const maxBEIRLine = 4 << 20

// BEIRQuery is one query of a collection with its judgements, at least one of
// which is above 0.
type BEIRQuery struct {
	ID    string
	Text  string
	Qrels Qrels
}

// beirDocument is one line of corpus.jsonl.
type beirDocument struct {
	ID    string `json:"_id"`
	Title string `json:"title"`
	Text  string `json:"text"`

	line int
}

// openFirst opens the first of the files that is there.
func openFirst(fsys fs.FS, names ...string) (fs.File, string, error) {
	for _, name := range names {
		f, err := fsys.Open(name)
		if err == nil {
			return f, name, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, "", &article.Problem{File: name, Message: "it cannot be read", Fix: "correct its permissions", Class: article.ErrUnavailable}
		}
	}
	return nil, "", &article.Problem{
		Message: "there is no " + strings.Join(names, " or "), Fix: "name a folder in the layout of BEIR", Class: article.ErrNotFound,
	}
}

// eachLine calls f with every line that is not blank, until it fails. An error is
// an [article.Problem] with the file and the number of the line.
func eachLine(r io.Reader, file, form string, f func(number int, line []byte) error) error {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, maxBEIRLine)
	number := 0
	problem := func(class error, message string) error {
		return &article.Problem{File: file, Line: number, Message: message, Fix: "each line is " + form, Class: class}
	}
	for lines.Scan() {
		number++
		line := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\xef\xbb\xbf")))
		if len(line) == 0 {
			continue
		}
		if err := f(number, line); err != nil {
			return problem(article.ErrInvalid, err.Error())
		}
	}
	number++
	switch err := lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return problem(article.ErrTooLarge, fmt.Sprintf("the line has more than %d bytes", maxBEIRLine))
	case err != nil:
		return problem(article.ErrUnavailable, "the file cannot be read further: "+err.Error())
	}
	return nil
}

// readCorpus reads corpus.jsonl or corpus.jsonl.gz.
func readCorpus(fsys fs.FS) (documents []beirDocument, file string, err error) {
	f, file, err := openFirst(fsys, "corpus.jsonl", "corpus.jsonl.gz")
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(file, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, file, &article.Problem{File: file, Message: "it is not compressed with gzip", Fix: "compress it, or name it corpus.jsonl"}
		}
	}
	seen := map[string]bool{}
	err = eachLine(r, file, "{_id, title, text}", func(number int, line []byte) error {
		d := beirDocument{line: number}
		if err := unmarshalUnique(line, &d, &d.ID, seen); err != nil {
			return err
		}
		documents = append(documents, d)
		return nil
	})
	return documents, file, err
}

// unmarshalUnique reads a JSON object whose _id must be there and new.
func unmarshalUnique(line []byte, into any, id *string, seen map[string]bool) error {
	if err := json.Unmarshal(line, into); err != nil {
		return fmt.Errorf("not JSON of the expected form: %w", err)
	}
	if *id == "" {
		return errors.New("_id is missing")
	}
	if seen[*id] {
		return fmt.Errorf("_id %q stands twice", *id)
	}
	seen[*id] = true
	return nil
}

// readQueries reads queries.jsonl, and returns the queries for which qrels has a
// relevant document, in their order.
func readQueries(fsys fs.FS, qrels map[string]Qrels) ([]BEIRQuery, error) {
	f, file, err := openFirst(fsys, "queries.jsonl")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var queries []BEIRQuery
	seen := map[string]bool{}
	err = eachLine(f, file, "{_id, text}", func(_ int, line []byte) error {
		var raw struct {
			ID   string `json:"_id"`
			Text string `json:"text"`
		}
		if err := unmarshalUnique(line, &raw, &raw.ID, seen); err != nil {
			return err
		}
		if q := qrels[raw.ID]; q.relevant() > 0 {
			queries = append(queries, BEIRQuery{ID: raw.ID, Text: raw.Text, Qrels: q})
		}
		return nil
	})
	return queries, err
}

// readQrels reads qrels.tsv or qrels/test.tsv. A first line whose score is not a
// number is the header.
func readQrels(fsys fs.FS) (map[string]Qrels, error) {
	f, file, err := openFirst(fsys, "qrels.tsv", "qrels/test.tsv")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	qrels := map[string]Qrels{}
	err = eachLine(f, file, "query-id, corpus-id and score with tabs between", func(number int, line []byte) error {
		fields := strings.Split(string(line), "\t")
		if len(fields) != 3 {
			return fmt.Errorf("there are %d fields", len(fields))
		}
		grade, err := strconv.Atoi(strings.TrimSpace(fields[2]))
		if err != nil {
			if number == 1 {
				return nil
			}
			return fmt.Errorf("the score %.40q is not a whole number", fields[2])
		}
		if qrels[fields[0]] == nil {
			qrels[fields[0]] = Qrels{}
		}
		qrels[fields[0]][fields[1]] = grade
		return nil
	})
	return qrels, err
}
