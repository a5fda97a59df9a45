package article

import (
	"fmt"
	"strings"
)

// The limits keep the time and memory of parsing in proportion to the size of
// the document. The Markdown parser takes quadratic time for a block with many
// brackets, multiplies the columns of a table by its rows, and nests without end.
const (
	maxRun        = 64 << 10 // bytes without a blank line
	maxBrackets   = 800      // "[" without a blank line
	maxNesting    = 50       // quotes and lists that one line opens
	maxFootnotes  = 2000     // "[^" in the document
	maxTableCells = 100_000  // columns times rows, in the document
)

// A guard looks at the lines of the body one after the other.
type guard struct {
	*problems
	line      int // number of the current line
	runStart  int // line on which the current run starts
	runBytes  int
	brackets  int
	columns   int // of the tables in the current run
	cells     int
	footnotes int
}

// guard refuses a body that would be costly to parse, at its first such place.
// It reports whether the body may be parsed.
func (p *problems) guard(source string, bodyStart int) bool {
	g := guard{problems: p, line: lineOf(source, bodyStart)}
	for line := range strings.Lines(source[bodyStart:]) {
		if message, fix := g.next(line); message != "" {
			p.addTooLarge(max(g.runStart, 1), 1, message, fix)
			return false
		}
		g.line++
	}
	return true
}

// next returns what is wrong with one more line, if anything.
func (g *guard) next(line string) (message, fix string) {
	if strings.Trim(line, " \t\n") == "" {
		g.runStart, g.runBytes, g.brackets, g.columns = 0, 0, 0, 0
		return "", ""
	}
	if g.runBytes == 0 {
		g.runStart = g.line
	}
	g.runBytes += len(line)
	g.brackets += strings.Count(line, "[")
	g.footnotes += strings.Count(line, "[^")
	g.columns += delimiterColumns(line)
	g.cells += g.columns
	switch {
	case g.runBytes > maxRun:
		return fmt.Sprintf("more than %d bytes come without a blank line", maxRun), "put blank lines between paragraphs"
	case g.brackets > maxBrackets:
		return fmt.Sprintf("more than %d brackets come without a blank line", maxBrackets), "put blank lines between paragraphs"
	case g.footnotes > maxFootnotes:
		return fmt.Sprintf("there are more than %d footnote marks", maxFootnotes), "split the article"
	case g.cells > maxTableCells:
		return fmt.Sprintf("the tables have more than %d cells", maxTableCells), "split the table or the article"
	case nesting(line) > maxNesting:
		return fmt.Sprintf("quotes or lists are nested deeper than %d levels", maxNesting), "nest less"
	}
	return "", ""
}

// delimiterColumns returns the columns of a line that could open the body of a
// table, such as "|---|:-:|"; every line below it may become a row that long.
func delimiterColumns(line string) int {
	bars := strings.Count(line, "|")
	if bars == 0 || !strings.Contains(line, "-") || strings.Trim(line, "|-: \t\n>*+.)0123456789") != "" {
		return 0
	}
	return bars + 1
}

// nesting bounds how deep a line is inside quotes and lists: by the marks that it
// starts with, and by its indentation, since a list inside a list is indented by
// two columns or more.
func nesting(line string) int {
	depth, indent, marks := 0, 0, 0
	for i := range len(line) {
		switch c := line[i]; {
		case c == ' ' && marks == 0:
			indent++
		case c == '\t' && marks == 0:
			indent += 4
		case c == '>':
			marks++
		case c == '-' || c == '*' || c == '+' || c == '.' || c == ')':
			if i+1 < len(line) && !strings.ContainsRune(" \t\n", rune(line[i+1])) {
				return depth
			}
			marks++
		case c != ' ' && c != '\t' && (c < '0' || c > '9'):
			return depth
		}
		if marks > 0 {
			depth = indent/2 + marks
		}
	}
	return depth
}
