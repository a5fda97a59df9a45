package eval

import (
	"bytes"
	"compress/gzip"
	"errors"
	"maps"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/internal/article"
)

// pond is a collection of four documents and four queries, one of which has
// nothing relevant and one no judgement at all.
func pond() map[string]string {
	return map[string]string{
		"corpus.jsonl": `{"_id":"d1","title":"Shade","text":"A pond needs shade.\n\nLilies give it.","metadata":{}}
{"_id":"d2","title":"","text":"A pump moves the water of a pond."}

{"_id":"d3","title":"Fish","text":"Fish eat flies."}
{"_id":"d4","title":"","text":" "}
`,
		"queries.jsonl": `{"_id":"a","text":"what gives a pond shade"}
{"_id":"b","text":"pump"}
{"_id":"c","text":"who eats flies"}
{"_id":"e","text":"nobody judged this"}
`,
		"qrels.tsv": "query-id\tcorpus-id\tscore\na\td1\t2\na\td2\t0\nb\td2\t1\nc\td3\t0\n",
	}
}

func fsOf(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return fsys
}

func readPond(t *testing.T) *Collection {
	t.Helper()
	c, err := ReadCollection(t.Context(), fsOf(pond()), 2)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestReadCollection(t *testing.T) {
	c := readPond(t)
	if len(c.Articles) != 3 || c.Empty != 1 || c.Passages() != 4 || c.ID(c.Articles[1]) != "d2" || c.Articles[0].Meta.Title != "Shade" {
		t.Errorf("%d articles, %d empty, %d passages, %q", len(c.Articles), c.Empty, c.Passages(), c.ID(c.Articles[1]))
	}
	if len(c.Queries) != 2 || c.Queries[0].ID != "a" || c.Queries[0].Qrels["d1"] != 2 || c.Queries[1].Text != "pump" {
		t.Errorf("queries %+v", c.Queries)
	}
}

func TestReadCollectionOfOtherNames(t *testing.T) {
	files := pond()
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	if _, err := w.Write([]byte(files["corpus.jsonl"])); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	delete(files, "corpus.jsonl")
	files["corpus.jsonl.gz"] = packed.String()
	_, body, _ := strings.Cut(files["qrels.tsv"], "\n")
	delete(files, "qrels.tsv")
	files["qrels/test.tsv"] = strings.ReplaceAll(body, "\n", "\r\n") // and no header
	c, err := ReadCollection(t.Context(), fsOf(files), 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Articles) != 3 || len(c.Queries) != 2 {
		t.Errorf("%d articles, %d queries", len(c.Articles), len(c.Queries))
	}
}

func TestReadCollectionFaults(t *testing.T) {
	const gone = "\x00"
	for name, tc := range map[string]struct {
		file, text string
		class      error
		want       string
	}{
		"no corpus":         {"corpus.jsonl", gone, article.ErrNotFound, "there is no corpus.jsonl or corpus.jsonl.gz"},
		"no queries":        {"queries.jsonl", gone, article.ErrNotFound, "there is no queries.jsonl"},
		"no judgements":     {"qrels.tsv", gone, article.ErrNotFound, "there is no qrels.tsv or qrels/test.tsv"},
		"corpus not JSON":   {"corpus.jsonl", "{\"_id\":\"d1\",\"text\":\"x\"}\n\nnope\n", article.ErrInvalid, "corpus.jsonl:3: not JSON"},
		"document no id":    {"corpus.jsonl", "{\"text\":\"x\"}\n", article.ErrInvalid, "corpus.jsonl:1: _id is missing"},
		"document twice":    {"corpus.jsonl", "{\"_id\":\"d\",\"text\":\"x\"}\n{\"_id\":\"d\",\"text\":\"y\"}\n", article.ErrInvalid, "corpus.jsonl:2: _id \"d\" stands twice"},
		"query not JSON":    {"queries.jsonl", "{\"_id\":\"a\",\"text\":7}\n", article.ErrInvalid, "queries.jsonl:1: not JSON"},
		"two fields":        {"qrels.tsv", "a\td1\t1\nb\td2\n", article.ErrInvalid, "qrels.tsv:2: there are 2 fields"},
		"score is a word":   {"qrels.tsv", "a\td1\t1\nb\td2\tgood\n", article.ErrInvalid, "qrels.tsv:2: the score \"good\""},
		"nothing relevant":  {"qrels.tsv", "a\td1\t0\n", article.ErrInvalid, "3 documents and 0 queries"},
		"line is too long":  {"corpus.jsonl", "{\"_id\":\"d\"}\n" + strings.Repeat("x", maxBEIRLine+1), article.ErrTooLarge, "corpus.jsonl:2: the line has more than"},
		"document too long": {"corpus.jsonl", "{\"_id\":\"d\",\"text\":\"" + strings.Repeat("y ", article.MaxSource/2) + "\"}\n", article.ErrTooLarge, "corpus.jsonl:1: document \"d\""},
	} {
		files := maps.Clone(pond())
		files[tc.file] = tc.text
		if tc.text == gone {
			delete(files, tc.file)
		}
		_, err := ReadCollection(t.Context(), fsOf(files), 2)
		if !errors.Is(err, tc.class) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	files := pond()
	delete(files, "corpus.jsonl")
	files["corpus.jsonl.gz"] = "plain"
	if _, err := ReadCollection(t.Context(), fsOf(files), 2); !errors.Is(err, article.ErrInvalid) || !strings.Contains(err.Error(), "not compressed") {
		t.Errorf("not gzip: %v", err)
	}
}
