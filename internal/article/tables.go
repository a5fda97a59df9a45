package article

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// table writes one line for each row that has text, the header first.
func (w *blockWalker) table(n *extast.Table, c context) {
	group := w.groupWithin(context{})
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		if !w.emptyRow(row) {
			w.begin(part{kind: TableRow, group: group, footnote: c.kind == Footnote}, marker{}, 0)
			w.row(row)
			w.end()
		}
	}
}

func (w *blockWalker) emptyRow(row ast.Node) bool {
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if w.plainText(cell) != "" {
			return false
		}
	}
	return true
}

// row writes the cells of a row with a bar between them.
func (w *blockWalker) row(row ast.Node) {
	at := max(w.consumed, w.base+max(row.Pos(), 0))
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		if cell.PreviousSibling() != nil {
			w.bar(cell, at)
		}
		w.inlines(cell)
		at = max(at, w.consumed)
	}
}

// bar writes the bar before a cell, which is the first one in the source from
// an offset on. A cell that the row lacks has no bar in the source.
func (w *blockWalker) bar(cell ast.Node, at int) {
	at = max(at, w.pending.End)
	before, bar, after := Range{at, at}, Range{at, at}, Range{at, at}
	if lines := cell.Lines(); lines != nil && lines.Len() > 0 {
		content := max(at, w.base+lines.At(0).Start)
		if i := strings.IndexByte(w.source[at:content], '|'); i >= 0 {
			before.End = at + i
			bar = Range{before.End, before.End + 1}
			after = Range{bar.End, content}
		}
	}
	w.space(before)
	w.flush(bar.Start)
	w.put("|", bar)
	w.space(after)
}
