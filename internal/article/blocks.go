package article

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// canonicalize takes the markup away from the body, which starts at a byte
// offset of source. A first heading of level 1 that repeats the title is left out.
func canonicalize(source string, bodyStart int, title string) (*canonical, error) {
	body := []byte(source[bodyStart:])
	root, err := parseMarkdown(body)
	if err != nil {
		return nil, err
	}
	w := &blockWalker{textBuilder: textBuilder{source: source}, body: body, base: bodyStart, lines: indexLines(source), title: title}
	w.children(root, context{})
	w.canonical.text = w.out.String()
	return &w.canonical, nil
}

// parseMarkdown keeps a panic of the Markdown parser, which is foreign code that
// is fed foreign text, from spreading.
func parseMarkdown(body []byte) (root ast.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			root, err = nil, fmt.Errorf("the Markdown parser gave up (%v)", r)
		}
	}()
	return newMarkdown().Parser().Parse(text.NewReader(body)), nil
}

func newMarkdown() goldmark.Markdown {
	return goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote, extension.Linkify),
		// Before the transformer of the extension (999), which deletes footnotes that nothing refers to.
		goldmark.WithParserOptions(parser.WithASTTransformers(util.Prioritized(keepFootnotes{}, 900))),
	)
}

// A context is what surrounds a block: it decides the kind of a paragraph.
type context struct {
	kind   BlockKind
	group  int
	depth  int // levels of list around
	marker *marker
}

// nested reports whether the block stands inside another one.
func (c context) nested() bool { return c.kind != Paragraph }

// takeMarker returns the list marker for the first text of an item.
func (c context) takeMarker() (m marker, indent int) {
	if c.depth == 0 {
		return marker{}, 0
	}
	m, *c.marker = *c.marker, marker{}
	if m.text == "" {
		return m, 2 * c.depth
	}
	return m, 2 * (c.depth - 1)
}

// A blockWalker writes the blocks of a syntax tree.
type blockWalker struct {
	textBuilder
	body     []byte
	base     int // offset of body in source
	lines    lineIndex
	title    string
	headings int
	groups   int
	hidden   string // the script or style element whose content is being dropped
}

func (w *blockWalker) children(n ast.Node, c context) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		w.block(child, c)
	}
}

func (w *blockWalker) block(n ast.Node, c context) {
	switch n := n.(type) {
	case *ast.Heading:
		w.heading(n, c)
	case *ast.Blockquote:
		c.kind = Quotation
		w.children(n, c)
	case *ast.List:
		w.list(n, c)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		w.code(n, c)
	case *ast.HTMLBlock:
		w.notes.addf(w.lineAt(n), "a block of HTML is left out")
	case *extast.Table:
		w.table(n, c)
	case *extast.FootnoteList:
		w.footnotes(n)
	case *ast.Paragraph, *ast.TextBlock:
		w.paragraph(n, c)
	}
}

func (w *blockWalker) heading(n *ast.Heading, c context) {
	if c.nested() {
		w.paragraph(n, c)
		return
	}
	w.headings++
	if w.headings == 1 && n.Level == 1 && w.repeatsTitle(n) {
		w.notes.addf(w.lineAt(n), "the heading repeats the title and is left out")
		return
	}
	w.begin(part{kind: Heading, level: n.Level}, marker{}, 0)
	w.inlines(n)
	w.end()
}

// plainText reads the text of a node on the side, since what is written stays written.
func (w *blockWalker) plainText(n ast.Node) string {
	side := &blockWalker{textBuilder: textBuilder{source: w.source}, body: w.body, base: w.base, lines: w.lines}
	side.inlines(n)
	return side.out.String()
}

func (w *blockWalker) repeatsTitle(n *ast.Heading) bool {
	return strings.EqualFold(w.plainText(n), strings.Join(strings.Fields(w.title), " "))
}

func (w *blockWalker) paragraph(n ast.Node, c context) {
	m, indent := c.takeMarker()
	w.begin(part{kind: c.kind, group: c.group, footnote: c.kind == Footnote}, m, indent)
	w.inlines(n)
	if !w.end() && c.marker != nil {
		*c.marker = m // an item that starts with an image keeps its marker for what follows
	}
}

func (w *blockWalker) list(n *ast.List, c context) {
	c.kind, c.depth = ListItem, c.depth+1
	c.group = w.groupWithin(c)
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		text := "- "
		if n.IsOrdered() {
			text = strconv.Itoa(number) + ". "
			number++
		}
		c.marker = &marker{text: text, source: w.markerRange(item)}
		w.item(item, c)
	}
}

// item writes a list item. Its marker goes before its text, so an item that
// starts with something else, such as code, has none.
func (w *blockWalker) item(n ast.Node, c context) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		written := len(w.parts)
		w.block(child, c)
		if len(w.parts) > written {
			*c.marker = marker{}
		}
	}
}

// groupWithin continues the group of the surrounding block or opens one.
func (w *blockWalker) groupWithin(c context) int {
	if c.group > 0 {
		return c.group
	}
	w.groups++
	return w.groups
}

// markerRange finds "- " or "12) " in the source of a list item.
func (w *blockWalker) markerRange(item ast.Node) Range {
	start := min(max(item.Pos(), 0), len(w.body))
	end := start
	for end < len(w.body) && strings.IndexByte("0123456789", w.body[end]) >= 0 {
		end++
	}
	for range 2 { // the mark and the space behind it
		if end < len(w.body) && strings.IndexByte("-*+.) \t", w.body[end]) >= 0 {
			end++
		}
	}
	return Range{w.base + start, w.base + end}
}

// sourceRange translates a segment of the body.
func (w *blockWalker) sourceRange(s text.Segment) Range {
	return Range{w.base + s.Start, w.base + s.Stop}
}

// lineAt returns the line on which a node starts.
func (w *blockWalker) lineAt(n ast.Node) int {
	at := n.Pos()
	if at < 0 && n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		at = n.Lines().At(0).Start
	}
	return w.lines.line(w.base + max(at, 0))
}
