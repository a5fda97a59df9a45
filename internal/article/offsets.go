package article

import (
	"fmt"
	"sort"
)

// An offsetRun says which source bytes a stretch of canonical text stands for.
// A linear run is a copy, byte for byte. Any other run was synthesised: a
// separator, a list marker, a decoded entity or a collapsed white space, and
// stands for its source range as a whole.
type offsetRun struct {
	canonical Range
	source    Range
	linear    bool
}

// An offsetMap covers the canonical text without gaps, in its order.
type offsetMap []offsetRun

// add appends a run, extending the last one where both are parts of one copy.
func (m offsetMap) add(run offsetRun) offsetMap {
	if len(m) > 0 && run.linear {
		last := &m[len(m)-1]
		if last.linear && last.source.End == run.source.Start {
			last.canonical.End, last.source.End = run.canonical.End, run.source.End
			return m
		}
	}
	return append(m, run)
}

// covering returns the runs that share a byte with r, or the run that holds the
// position of an empty r.
func (m offsetMap) covering(r Range) offsetMap {
	first := sort.Search(len(m), func(i int) bool { return m[i].canonical.End > r.Start })
	last := sort.Search(len(m), func(i int) bool { return m[i].canonical.Start >= max(r.End, r.Start+1) })
	return m[min(first, last):last]
}

// sourceOf returns the part of the run's source that r needs.
func (o offsetRun) sourceOf(r Range) Range {
	if !o.linear {
		return o.source
	}
	return Range{
		Start: o.source.Start + max(0, r.Start-o.canonical.Start),
		End:   o.source.End - max(0, o.canonical.End-r.End),
	}
}

// SourceRange returns the smallest range of Source that produced the span. A
// span over footnotes, which move to the end of the canonical text, may lead to
// a range that holds more than the span. Errors are those of [Article.Text].
func (a *Article) SourceRange(s Span) (Range, error) {
	if _, err := a.Text(s); err != nil {
		return Range{}, fmt.Errorf("source of a span: %w", err)
	}
	runs := a.offsets.covering(s.Range)
	if len(runs) == 0 {
		return Range{len(a.Source), len(a.Source)}, nil
	}
	found := runs[0].sourceOf(s.Range)
	if s.Len() == 0 {
		return Range{found.Start, found.Start}, nil
	}
	for _, run := range runs[1:] {
		r := run.sourceOf(s.Range)
		found.Start, found.End = min(found.Start, r.Start), max(found.End, r.End)
	}
	return found, nil
}
