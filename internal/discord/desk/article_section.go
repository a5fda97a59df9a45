package desk

import (
	"fmt"
	"slices"
	"strings"

	"verbatim/internal/article"
)

// part is a section as it stands in the source of an article: its heading's line with
// all that follows, up to the line of the next heading.
type part struct {
	heading string // empty for what stands before the first heading
	article.Range
}

// partsOf finds the sections of an article in its source. They follow each other
// without gaps. Footnotes are part of the section that they are written in.
func partsOf(a *article.Article) ([]part, error) {
	var parts []part
	for _, b := range a.Blocks {
		if b.Kind != article.Heading && len(parts) > 0 {
			continue
		}
		at, err := a.SourceRange(a.Span(b.Range))
		if err != nil {
			return nil, fmt.Errorf("sections of %q: %w", a.Slug, err)
		}
		start := strings.LastIndexByte(a.Source[:at.Start], '\n') + 1
		p := part{Range: article.Range{Start: start, End: len(a.Source)}}
		if b.Kind == article.Heading {
			p.heading = a.Sections[b.Section].Heading
		}
		if n := len(parts); n > 0 {
			if start < parts[n-1].Start {
				continue // only footnotes, which stand elsewhere in the source
			}
			parts[n-1].End = start
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// text is what of a source a part's author edits: without the blank lines around it.
func (p part) text(source string) string { return strings.Trim(source[p.Start:p.End], "\n") }

// replaced is the source with another text in the place of the part's. The blank lines
// around it, and all else, stay byte for byte.
func (p part) replaced(source, text string) string {
	whole, old := source[p.Start:p.End], p.text(source)
	start := p.Start + strings.Index(whole, old)
	text = strings.Trim(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	return source[:start] + text + source[start+len(old):]
}

// partNamed finds a section by "#" and its number, or by its heading. ErrNotFound lists
// what there is.
func partNamed(parts []part, name string) (int, error) {
	name = strings.TrimSpace(name)
	for i := range parts {
		if name == fmt.Sprintf("#%d", i+1) {
			return i, nil
		}
	}
	if i := slices.IndexFunc(parts, func(p part) bool { return strings.EqualFold(p.heading, name) }); i >= 0 {
		return i, nil
	}
	return 0, fmt.Errorf("%w: the article has no section %q; choose one that is offered while you type", article.ErrNotFound, cut(name, 80))
}

// label names a part for people.
func (p part) label() string {
	if p.heading == "" {
		return "(the text before the first heading)"
	}
	return p.heading
}
