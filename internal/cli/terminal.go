package cli

import (
	"io"
	"iter"
	"os"
	"strings"
	"unicode"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"github.com/mattn/go-runewidth"
	"golang.org/x/term"

	"verbatim/internal/article"
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
	t.lines(b, first, rest, text, func(line string) string { return t.styled(sgr, line) })
}

// marked is a paragraph with one piece of its text, given in bytes, in bold.
// Without colour nothing is added: what is printed is what the text says.
func (t terminal) marked(b *strings.Builder, first, rest, text string, piece article.Range) {
	skip, take := inkOf(text[:piece.Start]), inkOf(text[piece.Start:piece.End])
	t.lines(b, first, rest, text, func(line string) string {
		start, end := afterInk(line, skip), afterInk(line, skip+take)
		ink := inkOf(line)
		take -= max(0, min(ink-skip, take))
		skip = max(0, skip-ink)
		plain := line[start:end]
		lead := len(plain) - len(strings.TrimLeft(plain, " "))
		return line[:start+lead] + t.styled(bold, plain[lead:]) + line[end:]
	})
}

// lines writes text wrapped to the width, each line in a style and behind first
// or rest.
func (t terminal) lines(b *strings.Builder, first, rest, text string, style func(line string) string) {
	prefix := first
	for paragraph := range strings.SplitSeq(printable(text), "\n") {
		for _, line := range wrap(paragraph, textWidth-runewidth.StringWidth(first)) {
			b.WriteString(strings.TrimRight(prefix+style(line), " ") + "\n")
			prefix = rest
		}
	}
}

// inkOf counts the characters of text that are printed and are no white space,
// which wrapping leaves alone.
func inkOf(text string) int {
	n := 0
	for _, r := range printable(text) {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// afterInk returns where in a line its first n printed characters end.
func afterInk(line string, n int) int {
	for i, r := range line {
		if n == 0 {
			return i
		}
		if !unicode.IsSpace(r) {
			n--
		}
	}
	return len(line)
}

// printable keeps away from the terminal what would change more than the text
// shows: control characters, and the embeddings, overrides and isolates of the
// Unicode bidirectional algorithm (UAX 9), which reorder what stands around them.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return ' '
		case r != '\n' && unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x2069:
			return -1
		}
		return r
	}, text)
}

// wrap breaks text into lines of at most width columns: at spaces, and inside a
// word only when it is wider than a line.
func wrap(text string, width int) []string {
	var lines []string
	var line strings.Builder
	used := 0
	write := func(piece, glue string) {
		w := runewidth.StringWidth(piece)
		if line.Len() > 0 && used+len(glue)+w > width {
			lines = append(lines, line.String())
			line.Reset()
			used = 0
		}
		if line.Len() > 0 {
			line.WriteString(glue)
			used += len(glue)
		}
		line.WriteString(piece)
		used += w
	}
	for word := range strings.FieldsSeq(text) {
		glue := " "
		for piece := range pieces(word, width) {
			write(piece, glue)
			glue = ""
		}
	}
	return append(lines, line.String())
}

// pieces yields a word that fits into width columns whole, and the characters, as
// people see them, of a wider one.
func pieces(word string, width int) iter.Seq[string] {
	return func(yield func(string) bool) {
		if runewidth.StringWidth(word) <= width {
			yield(word)
			return
		}
		for cluster := graphemes.FromString(word); cluster.Next(); {
			if !yield(cluster.Value()) {
				return
			}
		}
	}
}
