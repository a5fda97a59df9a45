package article

import "fmt"

// maxNotes bounds what is remembered about things left out of one article.
const maxNotes = 50

// notes are the things left out on purpose, each once.
type notes struct {
	list []string
	seen map[string]bool
	more int
}

func (n *notes) addf(line int, format string, args ...any) {
	note := fmt.Sprintf("Line %d: %s.", line, fmt.Sprintf(format, args...))
	switch {
	case n.seen[note]:
	case len(n.list) >= maxNotes:
		n.more++
	default:
		if n.seen == nil {
			n.seen = map[string]bool{}
		}
		n.seen[note] = true
		n.list = append(n.list, note)
	}
}

// sentences returns the notes, with a last one for those beyond the limit.
func (n *notes) sentences() []string {
	if n.more == 0 {
		return n.list
	}
	return append(n.list, fmt.Sprintf("%d more things are left out.", n.more))
}
