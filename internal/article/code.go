package article

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// code copies the lines of a block of code, without blank ones at its ends.
func (w *blockWalker) code(n ast.Node, c context) {
	lines := n.Lines()
	first, last := 0, lines.Len()
	for first < last && w.blank(lines.At(first)) {
		first++
	}
	for last > first && w.blank(lines.At(last-1)) {
		last--
	}
	w.begin(part{kind: Code, group: c.group, footnote: c.kind == Footnote}, marker{}, 0)
	for i := first; i < last; i++ {
		w.codeLine(lines.At(i), i == last-1)
	}
	w.end()
}

func (w *blockWalker) blank(s text.Segment) bool {
	return len(bytes.TrimSpace(w.body[s.Start:s.Stop])) == 0
}

// codeLine copies a line of code; padding stands for a tab that indents only in part.
func (w *blockWalker) codeLine(s text.Segment, last bool) {
	r := w.sourceRange(s)
	if s.Padding > 0 {
		w.verbatim(strings.Repeat(" ", s.Padding), Range{max(r.Start-1, w.base), r.Start})
	}
	line := w.source[r.Start:r.End]
	if last {
		line = strings.TrimRight(line, "\n")
	}
	if line != "" {
		w.verbatim(line, Range{r.Start, r.Start + len(line)})
	}
}
