package article

import (
	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// footnotes writes the footnotes, which the Markdown parser has moved to the end.
func (w *blockWalker) footnotes(n *extast.FootnoteList) {
	for note := n.FirstChild(); note != nil; note = note.NextSibling() {
		w.children(note, context{kind: Footnote})
	}
}

// keepFootnotes gives footnotes that nothing refers to a number, so that they stay.
type keepFootnotes struct{}

// Transform implements parser.ASTTransformer.
func (keepFootnotes) Transform(root *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		list, ok := n.(*extast.FootnoteList)
		if !ok || !entering {
			return ast.WalkContinue, nil
		}
		for child := list.FirstChild(); child != nil; child = child.NextSibling() {
			if note, ok := child.(*extast.Footnote); ok && note.Index < 0 {
				list.Count++
				note.Index = list.Count
			}
		}
		return ast.WalkStop, nil
	})
}
