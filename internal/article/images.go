package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
)

// image leaves a picture out and says so, since its alternative text is not
// prose. Inside a sentence that would leave a hole, so there the alternative
// text stays, which is what a reader without pictures gets.
func (w *blockWalker) image(n *ast.Image) {
	alt := w.plainText(n)
	switch {
	case alt == "":
		w.notes.addf(w.lineAt(n), "an image is left out")
	case w.hidden == "" && insideSentence(w.around(n)):
		w.inlineChildren(n)
	default:
		w.notes.addf(w.lineAt(n), "the image %q is left out", alt)
	}
}

// insideSentence reports whether what stands between two texts of a block is
// part of a sentence: the text before it does not end one, or the text behind it
// goes on with a small letter or a punctuation mark that cannot begin one.
func insideSentence(before, after string) bool {
	before, after = strings.TrimSpace(before), strings.TrimSpace(after)
	if !hasWord(before) && !hasWord(after) {
		return false
	}
	body, _ := cutClosingQuotes(before)
	last, _ := utf8.DecodeLastRuneInString(body)
	next, _ := utf8.DecodeRuneInString(after)
	return body != "" && !strings.ContainsRune(".?!…。？！", last) ||
		after != "" && (unicode.IsLower(next) || strings.ContainsRune(",;:.?!)…", next))
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// around returns the text of the block of an image that stands before and behind
// it, without that of other images.
func (w *blockWalker) around(image ast.Node) (before, after string) {
	block := image.Parent()
	for block.Type() == ast.TypeInline {
		block = block.Parent()
	}
	var text strings.Builder
	_ = ast.Walk(block, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.Image:
			if entering && n == image {
				before = text.String()
				text.Reset()
			}
			return ast.WalkSkipChildren, nil
		case *ast.Text:
			if entering {
				text.Write(n.Segment.Value(w.body))
				if n.SoftLineBreak() || n.HardLineBreak() {
					text.WriteByte(' ')
				}
			}
		case *ast.AutoLink:
			if entering {
				text.Write(n.Label(w.body))
			}
		}
		return ast.WalkContinue, nil
	})
	return before, text.String()
}
