package article

// MaxSource is the largest document that Parse reads, in bytes.
const MaxSource = 2 << 20

// Options are the circumstances of parsing.
type Options struct {
	// File is the name that errors carry. It is never opened.
	File string
	// Today is the latest date that updated, published and reviewed.on may
	// have. The zero Date leaves them unchecked.
	Today Date
}

// Parse reads Markdown with YAML front matter.
//
// On failure it returns no article and every [Problem] that it found, joined
// with errors.Join in the order of the source; each wraps ErrInvalid or, for a
// document beyond a stated limit, ErrTooLarge. Lines and columns are those of
// src as given, whatever its line ends. Parse never panics, keeps no reference
// to src and is safe for concurrent use.
func Parse(src []byte, opts Options) (*Article, error) {
	found := problems{file: opts.File}
	source := found.decode(src)
	if found.any() {
		return nil, found.err()
	}
	front, bodyStart, ok := found.split(source)
	if !ok {
		return nil, found.err()
	}
	meta := found.meta(front, opts.Today)
	doc := found.body(source, bodyStart, meta.Title)
	if found.any() {
		return nil, found.err()
	}
	return assemble(source, meta, doc), nil
}

// body reads the Markdown; without text there is a problem.
func (p *problems) body(source string, bodyStart int, title string) *canonical {
	if !p.guard(source, bodyStart) {
		return nil
	}
	line := lineOf(source, bodyStart)
	doc, err := canonicalize(source, bodyStart, title)
	switch {
	case err != nil:
		p.addf(line, 1, "simplify its markup", "the text cannot be read: %v", err)
	case !doc.hasProse():
		p.add(line, 1, "the article has no text", "write at least one paragraph below the front matter")
	}
	return doc
}

// assemble derives everything that follows from the metadata and the canonical text.
func assemble(source string, meta Meta, doc *canonical) *Article {
	a := &Article{Meta: meta, Source: source, Canonical: doc.text, Notes: doc.notes.sentences(), offsets: doc.offsets}
	a.Sections, a.Blocks = sectionize(doc)
	a.Passages = packPassages(a.Canonical, a.Blocks, doc.parts)
	a.Revision = revisionOf(a.Canonical, meta)
	a.Slug = slugOf(meta.Title, a.Revision)
	return a
}
