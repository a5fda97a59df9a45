package baseline

import (
	"context"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/search/highlight/format/plain"
	fragmenter "github.com/blevesearch/bleve/v2/search/highlight/fragmenter/simple"
	highlighter "github.com/blevesearch/bleve/v2/search/highlight/highlighter/simple"
)

// excerptLimit is how long an excerpt may be, in bytes, as in package search. The
// highlighter, which counts characters, is let have all of it, twice its default.
const excerptLimit = 400

// Excerpt returns the fragment that bleve's highlighter picks from the best unit,
// at most 400 bytes, or "" when no unit matches. It fails as Rank does.
func (x *Index) Excerpt(ctx context.Context, question string) (string, error) {
	// A few more than one, so that ties are broken by our order and not by bleve's.
	found, err := x.match(ctx, question, 10, true)
	if err != nil || len(found) == 0 {
		return "", err
	}
	best := found[0]
	doc := document.NewDocument(best.ID)
	doc.AddField(document.NewTextField(fieldText, nil, []byte(x.units[best.number].text)))
	h := highlighter.NewHighlighter(fragmenter.NewFragmenter(excerptLimit), plain.NewFragmentFormatter("", ""), "")
	return cut(h.BestFragmentInField(best.DocumentMatch, doc, fieldText)), nil
}

// cut shortens a text to the limit, at the end of a character.
func cut(s string) string {
	if len(s) <= excerptLimit {
		return s
	}
	end := excerptLimit
	for end > 0 && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[:end]
}
