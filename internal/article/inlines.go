package article

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// inlines writes the text of a block without its markup.
func (w *blockWalker) inlines(n ast.Node) {
	w.hidden = ""
	w.inlineChildren(n)
	w.hidden = ""
}

func (w *blockWalker) inlineChildren(n ast.Node) {
	for child := n.FirstChild(); child != nil; child = child.NextSibling() {
		w.inline(child)
	}
}

func (w *blockWalker) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.RawHTML:
		w.rawHTML(n)
	case *ast.Image:
		w.image(n)
	case *ast.Text:
		w.text(n)
	case *ast.AutoLink:
		w.autoLink(n)
	case *extast.FootnoteLink, *extast.FootnoteBacklink:
	default:
		w.inlineChildren(n)
	}
}

func (w *blockWalker) text(n *ast.Text) {
	if w.hidden != "" {
		return
	}
	r := w.sourceRange(n.Segment)
	if n.IsRaw() {
		w.copy(r)
	} else {
		w.decode(r)
	}
	if n.SoftLineBreak() || n.HardLineBreak() {
		w.space(Range{r.End, min(r.End+1, len(w.source))})
	}
}

func (w *blockWalker) autoLink(n *ast.AutoLink) {
	label := n.Label(w.body)
	at := bytes.Index(w.body[max(n.Pos(), 0):], label)
	if at < 0 || w.hidden != "" {
		return
	}
	start := w.base + max(n.Pos(), 0) + at
	w.copy(Range{start, start + len(label)})
}

// rawHTML drops a tag, and with script and style what stands between the tags.
func (w *blockWalker) rawHTML(n *ast.RawHTML) {
	if n.Segments.Len() == 0 {
		return
	}
	first := n.Segments.At(0)
	tag := string(first.Value(w.body))
	w.notes.addf(w.lines.line(w.base+first.Start), "the HTML tags are left out")
	name := tagName(tag)
	switch {
	case w.hidden != "" && name == "/"+w.hidden:
		w.hidden = ""
	case w.hidden == "" && (name == "script" || name == "style"):
		w.hidden = name
	case name == "br" || name == "br/":
		w.space(w.sourceRange(first))
	}
}

// tagName returns "script" for "<script src=...>" and "/script" for its end.
func tagName(tag string) string {
	name := strings.Trim(strings.ToLower(tag), "<>")
	if i := strings.IndexAny(name, " \t\n"); i >= 0 {
		name = name[:i]
	}
	return name
}

// decode copies a range, resolving backslash escapes and character references
// as CommonMark 2.4 and 2.5 define them.
func (w *blockWalker) decode(r Range) {
	plain := r.Start
	for at := r.Start; at < r.End; {
		value, n := escapeAt(w.source[at:r.End])
		if n == 0 {
			at++
			continue
		}
		w.copy(Range{plain, at})
		if value == w.source[at+1:at+n] { // a backslash: the character itself is in the source
			w.copy(Range{at + 1, at + n})
		} else {
			w.decoded(value, Range{at, at + n})
		}
		at += n
		plain = at
	}
	w.copy(Range{plain, r.End})
}

// escapeAt reads an escape or a character reference at the start of s and
// returns what it stands for and its length, which is 0 when there is none.
func escapeAt(s string) (value string, n int) {
	switch {
	case len(s) > 1 && s[0] == '\\' && util.IsPunct(s[1]):
		return s[1:2], 2
	case len(s) > 2 && s[0] == '&':
		return reference(s)
	}
	return "", 0
}

// longestReference bounds the search for the semicolon; the longest name of
// HTML 5 has 31 letters.
const longestReference = 34

func reference(s string) (value string, n int) {
	end := strings.IndexByte(s[:min(len(s), longestReference)], ';')
	if end < 2 {
		return "", 0
	}
	name := s[1:end]
	if name[0] == '#' {
		return numeric(name[1:], end+1)
	}
	if entity, ok := util.LookUpHTML5EntityByName(name); ok {
		return string(entity.Characters), end + 1
	}
	return "", 0
}

// numeric reads the digits of "&#228;" or "&#xE4;": at most seven decimal or
// six hexadecimal ones.
func numeric(digits string, n int) (string, int) {
	base, most := 10, 7
	if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
		digits, base, most = digits[1:], 16, 6
	}
	code, err := strconv.ParseUint(digits, base, 32)
	if err != nil || len(digits) > most {
		return "", 0
	}
	if r := rune(code); code != 0 && utf8.ValidRune(r) {
		return string(r), n
	}
	return string(utf8.RuneError), n
}
