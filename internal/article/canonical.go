package article

import (
	"strings"
	"unicode"
)

// canonical is the plain text of a document with what is known of its parts.
type canonical struct {
	text    string
	offsets offsetMap
	parts   []part
	notes   notes
}

// A part is one block of canonical text before sections and sentences are known.
type part struct {
	kind  BlockKind
	level int // of a heading
	Range
	prose    int // where its own text starts, after a list marker
	group    int // parts of one list or table share a number above 0
	footnote bool
}

// hasProse reports whether there is anything to quote.
func (c *canonical) hasProse() bool {
	for _, p := range c.parts {
		if p.kind != Heading {
			return true
		}
	}
	return false
}

// A textBuilder writes canonical text part by part and keeps the offset map.
// White space is held back until something follows it, so that it collapses to
// one space inside a part and vanishes at both ends.
type textBuilder struct {
	source string
	out    strings.Builder
	canonical

	open     part
	marker   marker
	indent   int
	started  bool
	pending  Range // white space held back, when its End is above 0
	consumed int   // end of the source that the last bytes written stand for
}

// A marker is what a list item starts with, and the source it stands for.
type marker struct {
	text   string
	source Range
}

// begin opens a part. Nothing is written until it has text.
func (b *textBuilder) begin(p part, m marker, indent int) {
	b.open, b.marker, b.indent = p, m, indent
	b.started, b.pending = false, Range{}
}

// end closes the part and keeps it when it has text.
func (b *textBuilder) end() bool {
	if b.started {
		b.open.End = b.out.Len()
		b.parts = append(b.parts, b.open)
	}
	return b.started
}

// start writes what comes before the first byte of a part: the separator from
// the part before, and the list marker.
func (b *textBuilder) start(source int) {
	b.started = true
	if b.marker.text != "" {
		source = b.marker.source.Start
	}
	if glue := b.separator() + strings.Repeat(" ", b.indent); glue != "" {
		b.put(glue, Range{min(b.consumed, source), source})
	}
	b.open.Start = b.out.Len()
	if m := b.marker; m.text != "" {
		b.put(m.text, m.source)
	}
	b.open.prose = b.out.Len()
}

func (b *textBuilder) separator() string {
	if len(b.parts) == 0 {
		return ""
	}
	last := b.parts[len(b.parts)-1]
	if b.open.group > 0 && last.group == b.open.group && last.kind != Code && b.open.kind != Code {
		return "\n"
	}
	return "\n\n"
}

// put writes text that stands for a source range, as a copy if it is one.
func (b *textBuilder) put(text string, source Range) {
	at := b.out.Len()
	b.out.WriteString(text)
	run := offsetRun{canonical: Range{at, at + len(text)}, source: source}
	run.linear = b.source[source.Start:source.End] == text
	b.offsets = b.offsets.add(run)
	b.consumed = source.End
}

// space holds white space back.
func (b *textBuilder) space(source Range) {
	if b.pending.End == 0 {
		b.pending = source
		return
	}
	b.pending.End = max(b.pending.End, source.End)
}

// flush writes what has to come before visible text at a source offset.
func (b *textBuilder) flush(source int) {
	switch {
	case !b.started:
		b.start(source)
	case b.pending.Len() > 0 && b.source[b.pending.Start] == ' ':
		b.put(" ", Range{b.pending.Start, b.pending.Start + 1})
	case b.pending.End > 0:
		b.put(" ", b.pending)
	}
	b.pending = Range{}
}

// copy writes source bytes as they stand, apart from white space.
func (b *textBuilder) copy(r Range) {
	for at := r.Start; at < r.End; {
		n := wordLen(b.source[at:r.End])
		if n > 0 {
			b.flush(at)
			b.put(b.source[at:at+n], Range{at, at + n})
			at += n
		}
		if n = spaceLen(b.source[at:r.End]); n > 0 {
			b.space(Range{at, at + n})
			at += n
		}
	}
}

// decoded writes text that is not what the source has, such as "&" for "&amp;".
func (b *textBuilder) decoded(text string, source Range) {
	if strings.TrimSpace(text) == "" {
		b.space(source)
		return
	}
	b.flush(source.Start)
	b.put(text, source)
}

// verbatim writes text with its white space; the part must not be empty.
func (b *textBuilder) verbatim(text string, source Range) {
	if !b.started {
		b.start(source.Start)
	}
	b.put(text, source)
}

// wordLen returns the number of bytes before the first white space.
func wordLen(s string) int {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return i
	}
	return len(s)
}

// spaceLen returns the number of bytes of white space at the start.
func spaceLen(s string) int {
	for i, r := range s {
		if !unicode.IsSpace(r) {
			return i
		}
	}
	return len(s)
}
