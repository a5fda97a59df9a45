package cli

import (
	"io"
	"os"
	"strings"

	"github.com/mattn/go-runewidth"
	"golang.org/x/term"
)

// textWidth is the width of printed text in terminal columns.
const textWidth = 78

// terminal writes text for people: wrapped, indented, and in colour where the
// output is a terminal that wants it.
type terminal struct {
	out    io.Writer
	colour bool
}

func (p *Program) terminal() terminal {
	return terminal{out: p.Out, colour: isTerminal(p.Out) && p.Getenv("NO_COLOR") == "" && p.Getenv("TERM") != "dumb"}
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// The styles that are used, as SGR parameters of ECMA-48.
const (
	bold   = "1"
	dim    = "2"
	red    = "1;31"
	yellow = "1;33"
)

func (t terminal) styled(sgr, text string) string {
	if !t.colour || sgr == "" || text == "" {
		return text
	}
	return "\x1b[" + sgr + "m" + text + "\x1b[0m"
}

// paragraph writes text wrapped to the width, each line behind first or rest.
func (t terminal) paragraph(b *strings.Builder, sgr, first, rest, text string) {
	prefix := first
	for paragraph := range strings.SplitSeq(printable(text), "\n") {
		for _, line := range wrap(paragraph, textWidth-runewidth.StringWidth(first)) {
			b.WriteString(strings.TrimRight(prefix+t.styled(sgr, line), " ") + "\n")
			prefix = rest
		}
	}
}

// wrap breaks text into lines of at most width columns at spaces; a word that
// is longer stands alone.
func wrap(text string, width int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	for word := range strings.FieldsSeq(text) {
		w := runewidth.StringWidth(word)
		if line.Len() > 0 && used+1+w > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		if line.Len() > 0 {
			line.WriteByte(' ')
			used++
		}
		line.WriteString(word)
		used += w
	}
	return append(lines, line.String())
}
