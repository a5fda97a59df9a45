package article

import (
	"strings"
	"unicode/utf8"
)

// maxPassageWords is how long a passage of more than one sentence may be.
const maxPassageWords = 160

// packPassages groups neighbouring sentences for retrieval. A passage stays
// inside one paragraph, one list, one table or one block of code, except that a
// list or table belongs to a paragraph before it that ends in ":".
func packPassages(text string, blocks []Block, parts []part) []Passage {
	k := packer{text: text}
	for i, b := range blocks {
		if b.Kind == Heading {
			k.flush()
			continue
		}
		if i == 0 || !k.belongs(parts[i-1], parts[i]) {
			k.flush()
		}
		k.section = b.Section
		k.add(b.Sentences)
	}
	k.flush()
	return k.passages
}

// A packer fills one passage after the other.
type packer struct {
	text     string
	passages []Passage
	section  int
	open     []Range
	words    int
}

// belongs reports whether the sentences of part b may join those of part a.
func (k *packer) belongs(a, b part) bool {
	if a.kind == Code || b.kind == Code || a.footnote != b.footnote {
		return false
	}
	if a.group == b.group {
		return a.group > 0
	}
	return b.group > 0 && a.kind != Heading && strings.HasSuffix(k.text[a.Start:a.End], ":")
}

// add puts the sentences of one block where they fit. When they are more than
// one passage can hold they are spread evenly, so that no short rest is left.
func (k *packer) add(sentences []Range) {
	total := 0
	for _, s := range sentences {
		total += k.wordsIn(s)
	}
	if k.words+total > maxPassageWords {
		k.flushBeforeIntroduction()
	}
	target := maxPassageWords
	if total > maxPassageWords {
		pieces := (total + maxPassageWords - 1) / maxPassageWords
		target = (total + pieces - 1) / pieces
	}
	for _, s := range sentences {
		n := k.wordsIn(s)
		if len(k.open) > 0 && (k.words >= target || k.words+n > maxPassageWords) {
			k.flush()
		}
		k.open = append(k.open, s)
		k.words += n
	}
}

// flushBeforeIntroduction closes the passage, but keeps a last sentence that
// ends in ":", which needs what follows to make sense.
func (k *packer) flushBeforeIntroduction() {
	n := len(k.open)
	if n == 0 {
		return
	}
	last := k.open[n-1]
	if !strings.HasSuffix(k.text[last.Start:last.End], ":") {
		k.flush()
		return
	}
	k.open = k.open[:n-1]
	k.flush()
	k.open, k.words = []Range{last}, k.wordsIn(last)
}

func (k *packer) flush() {
	if len(k.open) > 0 {
		k.passages = append(k.passages, Passage{
			Range:     Range{k.open[0].Start, k.open[len(k.open)-1].End},
			Section:   k.section,
			Sentences: k.open,
		})
	}
	k.open, k.words = nil, 0
}

// wordsIn counts words; in scripts without spaces eight characters count as one.
func (k *packer) wordsIn(r Range) int {
	s := k.text[r.Start:r.End]
	return max(len(strings.Fields(s)), utf8.RuneCountInString(s)/8)
}
