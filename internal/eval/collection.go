package eval

import (
	"context"
	"fmt"
	"io/fs"
	"time"

	"verbatim/internal/article"
)

// Collection is a retrieval test collection in the layout of BEIR (Thakur et al.
// 2021): documents, queries, and judgements of which document is relevant.
type Collection struct {
	Articles []*article.Article // a document each
	Queries  []BEIRQuery        // those with a relevant document
	Empty    int                // documents without a word, which are left out

	ids map[*article.Article]string
}

// Passages returns how many passages the documents have.
func (c *Collection) Passages() int {
	n := 0
	for _, a := range c.Articles {
		n += len(a.Passages)
	}
	return n
}

// ID returns the id of the document that became the article.
func (c *Collection) ID(a *article.Article) string { return c.ids[a] }

// ReadCollection reads corpus.jsonl or corpus.jsonl.gz, queries.jsonl, and
// qrels.tsv or qrels/test.tsv. It parses as many documents at a time as workers. A
// line that is not of the expected form is ErrInvalid with its file and number,
// and a file that is missing ErrNotFound.
func ReadCollection(ctx context.Context, fsys fs.FS, workers int) (*Collection, error) {
	qrels, err := readQrels(fsys)
	if err != nil {
		return nil, err
	}
	c := &Collection{ids: map[*article.Article]string{}}
	if c.Queries, err = readQueries(fsys, qrels); err != nil {
		return nil, err
	}
	documents, file, err := readCorpus(fsys)
	if err != nil {
		return nil, err
	}
	parsed := make([]*article.Article, len(documents))
	err = each(ctx, workers, len(documents), func(_ context.Context, i int) (err error) {
		if parsed[i], err = documents[i].article(); err != nil {
			err = fmt.Errorf("%s:%d: document %q: %w", file, documents[i].line, documents[i].ID, err)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	for i, a := range parsed {
		if a == nil {
			c.Empty++
			continue
		}
		c.Articles = append(c.Articles, a)
		c.ids[a] = documents[i].ID
	}
	if len(c.Articles) == 0 || len(c.Queries) == 0 {
		return nil, &article.Problem{
			Message: fmt.Sprintf("it has %d documents and %d queries with a relevant one", len(c.Articles), len(c.Queries)),
			Fix:     "check that the ids of the judgements are those of the queries",
		}
	}
	return c, nil
}

// Stand-ins for the front matter that a collection does not have. Neither is
// searched: authors are not, and the title is taken away again.
const (
	untitled = "untitled"
	nobody   = "unknown"
)

// article turns a document into an article whose canonical text is that of the
// document with white space tidied. It is nil for a document without a word. A
// document with a title alone has it as its text.
func (d beirDocument) article() (*article.Article, error) {
	title := tidy(d.Title)
	text := d.Text
	if tidy(text) == "" {
		text = title
	}
	if tidy(text) == "" {
		return nil, nil //nolint:nilnil // no article and no fault
	}
	draft := article.Draft{
		Meta: article.Meta{Title: title, Author: nobody, Updated: article.Date{Year: 2000, Month: time.January, Day: 1}},
		Body: plainMarkdown(text),
	}
	if title == "" {
		draft.Meta.Title = untitled
	}
	a, err := draft.Article(article.Options{})
	if err != nil {
		return nil, err
	}
	a.Meta.Title = title // nobody else has it yet; no title is one without words
	return a, nil
}
