// Package article is the document that everything else quotes from.
//
// It turns Markdown with strict YAML front matter into an [Article]: its
// metadata, its canonical text, and the sections, blocks, sentences and
// passages of that text as byte ranges. The canonical text is what a reader
// sees with the markup taken away; an offset map leads every byte of it back to
// the source.
//
// Invariants:
//   - every section, block, sentence and passage is a range of Canonical on
//     UTF-8 boundaries, so whatever is quoted is a substring of it;
//   - a passage never crosses a heading, and sentences never overlap;
//   - a Revision names one canonical text with the front matter shown beside
//     it: the same inputs give the same revision, and a [Span] resolves only
//     against the revision it was made for;
//   - parsing never panics, and needs no clock: today's date is an argument.
//
// The package imports nothing of ours. An Article is not changed after Parse
// and is safe for concurrent use.
package article

import "fmt"

// Audience says in which channels the technique parts of an article may be quoted.
type Audience string

// The audiences.
const (
	Everyone      Audience = "everyone"
	AgeRestricted Audience = "age-restricted"
)

// Meta is the front matter of an article.
type Meta struct {
	Title       string
	Author      string // who wrote it; several are separated by ";"
	AuthorBio   string // credentials, shown with every quote
	Updated     Date   // when the author last changed it, never the import date
	Published   Date
	SourceURL   string
	AdaptedFrom *Adaptation // set when the wording is not the original author's
	Audience    Audience
	Topics      []string
	Language    string // BCP 47, default "en"
	Reviewed    *Review
	License     string
}

// Adaptation names the work whose facts an article carries in other words.
type Adaptation struct {
	Title   string
	Author  string
	Updated Date
	URL     string
}

// Review records that a moderator read the article. It never changes Meta.Updated.
type Review struct {
	By   string
	On   Date
	Next Date
}

// Revision identifies one text of one article: the hexadecimal SHA-256 of the
// canonical text and of the front matter that is shown with a quote.
type Revision string

// Range is a half-open byte range [Start, End) of a canonical text.
type Range struct{ Start, End int }

// Len returns the length in bytes.
func (r Range) Len() int { return r.End - r.Start }

// Span is a range of the canonical text of one revision.
type Span struct {
	Revision Revision
	Range
}

// BlockKind says what a block of canonical text was in the source.
type BlockKind uint8

// The kinds of block.
const (
	Paragraph BlockKind = iota
	Heading
	ListItem
	TableRow
	Quotation
	Code
	Footnote
)

// Block is the smallest structural unit: a paragraph, a heading, one list item,
// one table row. Sentences are empty for a heading.
type Block struct {
	Kind BlockKind
	Range
	Section   int // index into Article.Sections
	Sentences []Range
}

// Section is a heading with what follows it, up to the next heading. The text
// before the first heading is a section with an empty Heading. Range covers the
// section's content without its heading line, and is empty for a heading that
// another heading follows at once.
type Section struct {
	Heading string
	Level   int // 0 for the text before the first heading, else 1 to 6
	Range
}

// Passage is the unit of retrieval: one to a few neighbouring sentences of one section.
type Passage struct {
	Range
	Section   int // index into Article.Sections
	Sentences []Range
}

// Article is a parsed document.
type Article struct {
	Slug      string // from the title: lower-case words joined by "-"
	Meta      Meta
	Revision  Revision
	Source    string // the Markdown, without a byte order mark and with LF line ends
	Canonical string
	Sections  []Section
	Blocks    []Block
	Passages  []Passage
	Notes     []string // what parsing left out on purpose, a plain sentence each

	offsets offsetMap
}

// Span returns the span of r in this revision.
func (a *Article) Span(r Range) Span { return Span{Revision: a.Revision, Range: r} }

// Text resolves a span. A span of another revision is ErrConflict; one outside
// the canonical text, or not on UTF-8 boundaries, is ErrInvalid.
func (a *Article) Text(s Span) (string, error) {
	if s.Revision != a.Revision {
		return "", fmt.Errorf("%w: the span belongs to revision %.12s and the article is at %.12s", ErrConflict, s.Revision, a.Revision)
	}
	if s.Start < 0 || s.End < s.Start || s.End > len(a.Canonical) || !onBoundary(a.Canonical, s.Start) || !onBoundary(a.Canonical, s.End) {
		return "", fmt.Errorf("%w: bytes %d to %d are not a piece of the text", ErrInvalid, s.Start, s.End)
	}
	return a.Canonical[s.Start:s.End], nil
}

func onBoundary(s string, i int) bool {
	return i == len(s) || s[i]&0xC0 != 0x80
}
