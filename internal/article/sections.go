package article

// notesHeading is the section of the footnotes, which have no heading of their own.
const notesHeading = "Notes"

// sectionize groups the parts under their headings and finds the sentences of each.
func sectionize(doc *canonical) ([]Section, []Block) {
	var sections []Section
	blocks := make([]Block, 0, len(doc.parts))
	inNotes := false
	for _, p := range doc.parts {
		block := Block{Kind: p.kind, Range: p.Range}
		switch {
		case p.kind == Heading:
			sections = append(sections, Section{Heading: doc.text[p.Start:p.End], Level: p.level, Range: Range{p.End, p.End}})
		case p.footnote && !inNotes:
			inNotes = true
			sections = append(sections, Section{Heading: notesHeading, Level: 2, Range: Range{p.Start, p.Start}})
		case len(sections) == 0:
			sections = append(sections, Section{Range: Range{p.Start, p.Start}})
		}
		block.Section = len(sections) - 1
		if p.kind != Heading {
			sections[block.Section].cover(p.Range)
			block.Sentences = sentencesOf(doc.text, p)
		}
		blocks = append(blocks, block)
	}
	return sections, blocks
}

// cover extends the section to its next block.
func (s *Section) cover(r Range) {
	if s.Len() == 0 {
		s.Start = r.Start
	}
	s.End = r.End
}
